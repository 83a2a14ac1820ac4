"""The unpacked size of the record batches of an Arrow file, read from their headers before any is unpacked.

The reader below allocates the memory that a buffer claims to unpack to. Arrow files and streams describe their batches
in FlatBuffers; only the few fields that state sizes are read here.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coercivity.base.sums import total
from coercivity.files.bounds import bomb, check_swelling
from coercivity.files.chunk import damaged

_MOST_HEAD = 64 << 20
_MOST_BATCHES = 1 << 20
_MOST_STREAM = 1 << 30  # a stream is read in one piece
_DICTIONARY, _BATCH = 2, 3
_CONTINUES = 0xFFFFFFFF
_FAULTS = (IndexError, ValueError, struct.error, OverflowError)


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch: its rows, whether every reader needs it, and its size packed and unpacked [bytes]."""

    rows: int
    always: bool
    packed: int
    unpacked: int


class Batches:
    """The batches of an Arrow file or stream.

    Args:
        path: The file.
        stream: Whether it is a stream, which has no table of contents.

    Raises:
        CoercivityError: If its headers contradict each other.
    """

    def __init__(self, path: Path, *, stream: bool) -> None:
        self.path = path
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            try:
                places = _places_of_stream(file, size) if stream else _places_of_file(file, size)
                self._held = [_batch(file, size, at, length) for at, length in places]
            except _FAULTS as error:
                raise damaged(path, "the Arrow file is truncated or damaged: a batch of rows is invalid") from error
        if stream and self._unpacked(self._held) > _MOST_STREAM:
            what = f"a stream is read in one piece, and this one unpacks to {self._unpacked(self._held):,} bytes"
            raise bomb(path, what, next="save it as an Arrow file or as Parquet")
        if stream:
            self._check(self._held)

    def check(self, start: int, stop: int) -> None:
        """Checks the batches of a range of rows.

        Args:
            start: The first row, counted from 0.
            stop: The row after the last one.

        Raises:
            CoercivityError: If they unpack to far more than their packed size.
        """
        wanted, row = [], 0
        for batch in self._held:
            if batch.always or (row < stop and row + batch.rows > start):
                wanted.append(batch)
            row += 0 if batch.always else batch.rows
        self._check(wanted)

    def _check(self, batches: list[_Batch]) -> None:
        packed = total(batch.packed for batch in batches)
        check_swelling(self.path, "a batch of rows", packed, self._unpacked(batches))

    @staticmethod
    def _unpacked(batches: list[_Batch]) -> int:
        return total(batch.unpacked for batch in batches)


def _places_of_file(file: BinaryIO, size: int) -> list[tuple[int, int]]:
    """Returns the offsets of the messages of a file and the lengths of their headers, from its footer."""
    length = int.from_bytes(_read(file, size - 10, 4), "little")
    footer = _Flat(_read(file, size - 10 - length, length))
    root = footer.root()
    return [(footer.i64(at), footer.i32(at + 8)) for field in (2, 3) for at in footer.vector(root, field, 24)]


def _places_of_stream(file: BinaryIO, size: int) -> list[tuple[int, int]]:
    """Returns the offsets of the messages of a stream and the lengths of their headers, one after another."""
    at, found = 0, []
    while at + 8 <= size:
        length = int.from_bytes(_read(file, at, 4), "little")
        prefix = 8 if length == _CONTINUES else 4
        if prefix == 8:
            length = int.from_bytes(_read(file, at + 4, 4), "little")
        if not length:
            break
        head = _Flat(_read(file, at + prefix, length))
        found.append((at, prefix + length))
        body = head.i64_of(head.root(), 3)
        if body < 0 or len(found) > _MOST_BATCHES:
            raise ValueError
        at += prefix + length + body
    return found


def _batch(file: BinaryIO, size: int, at: int, length: int) -> _Batch:
    """Returns a batch from its header; a header of another kind counts as a batch without rows."""
    prefix = 8 if _read(file, at, 4) == _CONTINUES.to_bytes(4, "little") else 4
    head = _Flat(_read(file, at + prefix, length - prefix))
    message = head.root()
    kind, body = head.byte_of(message, 1), at + length
    if kind not in (_DICTIONARY, _BATCH):
        return _Batch(0, True, 0, 0)
    batch = head.table(message, 2)
    if kind == _DICTIONARY:
        batch = head.table(batch, 1)
    compressed = bool(head.field(batch, 3))
    packed = unpacked = 0
    for place in head.vector(batch, 2, 16):
        offset, own = head.i64(place), head.i64(place + 8)
        if offset < 0 or own < 0 or body + offset + own > size:
            raise ValueError
        packed += own
        unpacked += own
        if compressed and own >= 8:
            claimed = int.from_bytes(_read(file, body + offset, 8), "little", signed=True)
            if claimed < -1:
                raise ValueError
            unpacked += max(0, claimed - own)
    return _Batch(max(0, head.i64_of(batch, 0)), kind == _DICTIONARY, packed, unpacked)


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    if not 0 <= length <= _MOST_HEAD or at < 0:
        raise ValueError
    file.seek(at)
    found = file.read(length)
    if len(found) < length:
        raise IndexError
    return found


class _Flat:
    """A FlatBuffers buffer; an offset outside of it raises an error."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def root(self) -> int:
        return self._unsigned(0)

    def i64(self, at: int) -> int:
        return int(struct.unpack_from("<q", self._data, self._inside(at))[0])

    def i32(self, at: int) -> int:
        return int(struct.unpack_from("<i", self._data, self._inside(at))[0])

    def field(self, table: int, number: int) -> int:
        """Returns the offset of a field of a table; 0 if the table omits it."""
        index = self._inside(table - self.i32(table))
        size = int(struct.unpack_from("<H", self._data, index)[0])
        slot = 4 + 2 * number
        if slot + 2 > size:
            return 0
        offset = int(struct.unpack_from("<H", self._data, index + slot)[0])
        return table + offset if offset else 0

    def i64_of(self, table: int, number: int) -> int:
        at = self.field(table, number)
        return self.i64(at) if at else 0

    def byte_of(self, table: int, number: int) -> int:
        at = self.field(table, number)
        return self._data[at] if at else 0

    def table(self, table: int, number: int) -> int:
        at = self.field(table, number)
        if not at:
            raise ValueError
        return at + self._unsigned(at)

    def vector(self, table: int, number: int, width: int) -> Iterator[int]:
        """Yields the offsets of the entries of a list of records."""
        at = self.field(table, number)
        if not at:
            return
        start = at + self._unsigned(at)
        count = self._unsigned(start)
        if count > _MOST_BATCHES or start + 4 + count * width > len(self._data):
            raise IndexError
        yield from (start + 4 + entry * width for entry in range(count))

    def _unsigned(self, at: int) -> int:
        return int(struct.unpack_from("<I", self._data, self._inside(at))[0])

    def _inside(self, at: int) -> int:
        if at < 0:
            raise IndexError
        return at
