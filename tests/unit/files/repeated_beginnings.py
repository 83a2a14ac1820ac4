"""A Parquet file whose values repeat the beginning of the previous one, which no available writer produces."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

_DELTA_BYTE_ARRAY, _UTF8, _BYTE_ARRAY = 7, 0, 6


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def zigzag(number: int) -> bytes:
    return varint(number * 2 if number >= 0 else -number * 2 - 1)


def deltas(values: list[int]) -> bytes:
    """Whole numbers in DELTA_BINARY_PACKED: blocks of 128 in 4 parts of 32."""
    out = varint(128) + varint(4) + varint(len(values)) + zigzag(values[0])
    steps = [after - before for before, after in pairwise(values)]
    for start in range(0, len(steps), 128):
        block = steps[start : start + 128]
        least = min(block)
        parts = [[step - least for step in block[at : at + 32]] for at in range(0, 128, 32)]
        widths = [max(part, default=0).bit_length() for part in parts]
        out += zigzag(least) + bytes(widths)
        for part, width in zip(parts, widths, strict=True):
            bits = sum(value << (place * width) for place, value in enumerate(part))
            out += bits.to_bytes(4 * width, "little")
    return out


def struct(fields: dict[int, Any]) -> bytes:
    """A record of Thrift's compact form: whole numbers, bytes, lists and records."""
    out, last = b"", 0
    for number, value in sorted(fields.items()):
        kind, content = coded(value)
        out += bytes([(number - last) << 4 | kind]) + content
        last = number
    return out + b"\0"


def coded(value: Any) -> tuple[int, bytes]:
    if isinstance(value, dict):
        return 12, struct(value)
    if isinstance(value, list):
        coded_entries = [coded(entry) for entry in value]
        return 9, bytes([len(value) << 4 | coded_entries[0][0]]) + b"".join(entry for _, entry in coded_entries)
    if isinstance(value, bytes):
        return 8, varint(len(value)) + value
    return 6 if value >= 2**31 else 5, zigzag(value)


def repeated(name: str, text: bytes, rows: int) -> bytes:
    """A file of one column that holds the same text in every row, written out once."""
    prefixes = deltas([0] + [len(text)] * (rows - 1))
    page = prefixes + deltas([len(text)] + [0] * (rows - 1)) + text
    header = struct({1: 0, 2: len(page), 3: len(page), 5: {1: rows, 2: _DELTA_BYTE_ARRAY, 3: 3, 4: 3}})
    size = len(header) + len(page)
    column = {1: _BYTE_ARRAY, 2: [_DELTA_BYTE_ARRAY], 3: [name.encode()], 4: 0, 5: rows, 6: size, 7: size, 9: 4}
    schema = [{4: b"root", 5: 1}, {1: _BYTE_ARRAY, 3: 0, 4: name.encode(), 6: _UTF8}]
    group = {1: [{2: 4, 3: column}], 2: size, 3: rows}
    footer = struct({1: 1, 2: schema, 3: rows, 4: [group]})
    return b"PAR1" + header + page + footer + len(footer).to_bytes(4, "little") + b"PAR1"
