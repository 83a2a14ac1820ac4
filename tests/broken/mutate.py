"""Small valid files of every kind, and byte changes determined by a key."""

from __future__ import annotations

import hashlib
import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.files.table import open_table
from tests.broken.build import CSV, PLAIN, cell, frame, sheet_row, sheet_rows, write_xlsx, write_zip

QUOTED = "id,name,mass_kg\n" + "".join(f'R{i},"magnet, ""N{i}""\nsintered",{i}\n' for i in range(20))
ZH = "编号,日期,品名,数量\n" + "".join(f"R{i},2026-01-0{i},烧结钕铁硼磁体,{i}\n" for i in range(1, 9))
SHARED = sheet_row(1, *(cell(f"{letter}1", place, kind="s") for place, letter in enumerate("ABC"))) + "".join(
    sheet_row(n, cell(f"A{n}", n % 4, kind="s"), cell(f"B{n}", 46000 + n, style=1), cell(f"C{n}", n / 8))
    for n in range(2, 30)
)

VALID: dict[str, Callable[[Path], object]] = {
    "plain.csv": lambda path: path.write_text(CSV),
    "quoted.csv": lambda path: path.write_text(QUOTED),
    "gb18030.csv": lambda path: path.write_bytes(ZH.encode("gb18030")),
    "shift-jis.csv": lambda path: path.write_bytes("番号,品名\n1,磁石\n2,ネオジム\n".encode("cp932")),
    "utf-16.csv": lambda path: path.write_bytes(ZH.encode("utf-16")),
    "inline.xlsx": lambda path: write_xlsx(path, sheet_rows(PLAIN)),
    "shared.xlsx": lambda path: write_xlsx(path, SHARED, shared=["id", "day", "mass &amp; unit", "x"]),
    "plain.parquet": lambda path: frame().write_parquet(path),
    "raw.parquet": lambda path: frame().write_parquet(path, compression="uncompressed", row_group_size=10),
    "plain.arrow": lambda path: frame().write_ipc(path),
    "packed.arrow": lambda path: frame().write_ipc(path, compression="zstd"),
    "stream.arrow": lambda path: frame().write_ipc_stream(path),
}  # fmt: skip


def valid_files() -> dict[str, bytes]:
    """Returns the bytes of every valid file."""
    with tempfile.TemporaryDirectory() as folder:
        out = {}
        for name, build in VALID.items():
            path = Path(folder, name)
            build(path)
            out[name] = path.read_bytes()
        return out


def changed(data: bytes, name: str, number: int) -> bytes:
    """Returns the bytes with one to four changes: flipped, cut, doubled, moved; within members for a zip file."""
    draw = random.Random(int.from_bytes(hashlib.sha256(f"{name} {number}".encode()).digest()[:8], "big"))
    if name.endswith("xlsx") and draw.random() < 0.6:
        return _zip_changed(data, draw)
    in_place = not name.endswith("csv") and draw.random() < 0.7  # the length stays, so that the footer is still found
    for _ in range(draw.randint(1, 4)):
        data = _once(data, draw, draw.choice((0, 0, 4, 6) if in_place else range(7)))
    return data


def _once(data: bytes, draw: random.Random, way: int) -> bytes:
    size = len(data)
    if not size:
        return b"\n"
    at, more = draw.randrange(size), draw.randint(1, min(64, size))
    match way:
        case 0:
            return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[at + more :]
        case 3:
            return data[: at + more] + data[at:]
        case 4:
            return data[:at] + draw.randbytes(min(more, size - at)) + data[at + more :]
        case 5:
            return (
                data[:at]
                + draw.choice([b"\0", b"\xff" * 8, b'"', b"\n", b"\r", b",,", b"<", b"&", b"</row>"])
                + data[at:]
            )
        case _:
            tail = max(0, size - draw.randint(1, 64))  # footers stand at the end
            return data[:tail] + bytes(byte ^ draw.choice([0, 0, 0, 255, 1]) for byte in data[tail:])


def _zip_changed(data: bytes, draw: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    names = sorted(parts)
    one, two = draw.choice(names), draw.choice(names)
    match draw.randrange(4):
        case 0:
            parts[one], parts[two] = parts[two], parts[one]
        case 1:
            parts.pop(one)
        case _:
            for _ in range(draw.randint(1, 3)):
                parts[one] = _once(parts[one], draw, draw.randrange(7))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x")
        write_zip(path, parts)
        return path.read_bytes()


def reads_or_refuses(path: Path) -> str:
    """Reads a file to its end; returns the code of the fault, or what was read. Any other error comes through."""
    try:
        table = open_table(path)
        rows = broken = 0
        for chunk in table.chunks(7):
            assert chunk.first == rows + 1
            assert tuple(chunk.frame.columns) == table.columns
            assert chunk.lines is None or len(chunk.lines) == chunk.frame.height
            assert all(0 <= place < chunk.frame.height for place in (*chunk.broken, *chunk.notes))
            rows += chunk.frame.height
            broken += len(chunk.broken)
        return f"read {rows} rows, {broken} broken"
    except CoercivityError as error:
        return error.code
