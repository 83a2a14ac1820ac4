"""Checks the page headers of a Parquet file before it is read.

The reader below allocates memory for as many values as a page header claims, and aborts the process if there is no
such memory. So the claims are first compared with the footer.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from coercivity.base.errors import CoercivityError
from coercivity.base.sums import total
from coercivity.files.bounds import check_swelling
from coercivity.files.chunk import damaged

_MOST_FOOTER = 256 << 20
_MOST_PAGE = 1 << 30
_MOST_DEPTH = 16
_SHARED_BEGINNINGS = 7
_NAMED = " in the encoding DELTA_BYTE_ARRAY"
_Told = Any  # the content of a record of the file; a value of an unexpected type raises one of `_FAULTS`
_FAULTS = (IndexError, KeyError, TypeError, ValueError, RecursionError, AttributeError)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a row group: its name, the start and end of its pages, and its number of values."""

    name: str
    start: int
    end: int
    values: int


class _Size(NamedTuple):
    """Largest unpacked size of a column of a row group [bytes], and whether values may repeat parts of earlier ones."""

    unpacked: int
    repeats: bool


@dataclass(slots=True)
class Pages:
    """The row groups of a Parquet file.

    Attributes:
        path: The file.
        ends: Cumulative number of rows at the end of each row group.
        groups: Columns of each row group.
    """

    path: Path
    ends: list[int] = field(default_factory=list)
    groups: list[list[_Column]] = field(default_factory=list)
    _checked: dict[tuple[int, str, int], _Size] = field(default_factory=dict)

    def check(self, start: int, stop: int, columns: Collection[str]) -> None:
        """Checks the pages of a range of rows.

        Args:
            start: The first row, counted from 0.
            stop: The row after the last one.
            columns: Columns that will be read.

        Raises:
            CoercivityError: If a page contradicts the footer, or the pages unpack to far more than their packed size.
        """
        wanted, packed, sizes = set(columns), 0, list[_Size]()
        with self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            for number in range(bisect_right(self.ends, start), len(self.ends)):
                if number and self.ends[number - 1] >= stop:
                    break
                for column in self.groups[number]:
                    if column.name in wanted:
                        packed += column.end - column.start
                        sizes.append(self._size(file, size, number, column))
        named = _NAMED if any(one.repeats for one in sizes) else ""
        check_swelling(self.path, f"a group of rows{named}", packed, total(one.unpacked for one in sizes))

    def _size(self, file: BinaryIO, size: int, number: int, column: _Column) -> _Size:
        key = (number, column.name, column.start)
        if key not in self._checked:
            try:
                self._checked[key] = _check_column(file, size, column)
            except _FAULTS as error:
                raise _damaged(self.path, f"a page of column {column.name} is invalid") from error
        return self._checked[key]


def read_pages(path: Path) -> Pages:
    """Locates the pages of a Parquet file.

    Args:
        path: The file.

    Returns:
        Its row groups.

    Raises:
        CoercivityError: If its footer contradicts itself.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(size - 8)
        length = int.from_bytes(file.read(4), "little")
        if length > _MOST_FOOTER:
            raise _damaged(path, "its footer is larger than 256 MB")
        file.seek(size - 8 - length)
        footer = file.read(length)
    pages = Pages(path)
    try:
        told, _ = _struct(footer, 0)
        rows = 0
        for group in told[4]:
            if group[3] < 0:
                raise ValueError
            rows += group[3]
            pages.ends.append(rows)
            pages.groups.append([_column(chunk[3], group[3]) for chunk in group[1]])
        if rows != told[3]:
            raise ValueError
    except _FAULTS as error:
        raise _damaged(path, "its footer contradicts itself") from error
    return pages


def _column(told: dict[int, _Told], rows: int) -> _Column:
    """Returns a column of a row group from its metadata."""
    path = [part.decode() for part in told[3]]
    start = min(offset for offset in (told[9], told.get(11, 0)) if offset > 0)
    if len(path) == 1 and told[5] != rows:
        raise ValueError
    return _Column(path[0], start, start + told[7], told[5])


def _check_column(file: BinaryIO, size: int, column: _Column) -> _Size:
    """Raises an error if the pages of a column do not add up to it; returns their unpacked size."""
    if not 4 <= column.start <= column.end <= size:
        raise ValueError
    at, values, whole, any_repeats = column.start, 0, 0, False
    while at < column.end and values < column.values:
        header, used = _header(file, at)
        packed, unpacked = header[3], header[2]
        body = header.get(5) or header.get(8)
        claimed = (body or header[7])[1]
        if packed < 0 or not 0 <= unpacked <= _MOST_PAGE or claimed < 0 or at + used + packed > column.end:
            raise ValueError
        if body is None:
            if claimed > unpacked:
                raise ValueError
        else:
            values += claimed
        # If each value may repeat the beginning of the previous one, only the number of values limits the total size.
        encoding = header[5][2] if 5 in header else header[8][4] if 8 in header else None
        repeats = encoding == _SHARED_BEGINNINGS
        whole += unpacked * claimed if repeats else unpacked
        any_repeats |= repeats
        at += used + packed
    if values != column.values:
        raise ValueError
    return _Size(whole, any_repeats)


def _header(file: BinaryIO, at: int) -> tuple[dict[int, _Told], int]:
    """Reads a page header; returns it and its length."""
    for length in (512, 1 << 20):
        file.seek(at)
        data = file.read(length)
        try:
            return _struct(data, 0)
        except IndexError:
            if length > 512:
                raise
    raise IndexError


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Reads an unsigned integer of variable length (seven bits per byte)."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError


def _zigzag(data: bytes, at: int) -> tuple[int, int]:
    """Reads a signed integer of variable length."""
    value, at = _varint(data, at)
    return (value >> 1) ^ -(value & 1), at


def _struct(data: bytes, at: int, depth: int = 0) -> tuple[dict[int, _Told], int]:
    """Reads a record in Thrift's compact format: values by field number."""
    if depth > _MOST_DEPTH:
        raise ValueError
    out: dict[int, _Told] = {}
    number = 0
    while kind := data[at]:
        at += 1
        if kind >> 4:
            number += kind >> 4
        else:
            number, at = _zigzag(data, at)
        kind &= 15
        if kind in (1, 2):
            out[number] = kind == 1
        else:
            out[number], at = _value(data, at, kind, depth)
    return out, at + 1


def _value(data: bytes, at: int, kind: int, depth: int) -> tuple[_Told, int]:
    """Reads a value of the given type."""
    if kind in (4, 5, 6):
        return _zigzag(data, at)
    if kind == 8:
        length, at = _varint(data, at)
        if at + length > len(data):
            raise IndexError
        return data[at : at + length], at + length
    if kind in (9, 10):
        return _list(data, at, depth)
    if kind == 12:
        return _struct(data, at, depth + 1)
    if kind in (1, 2, 3):
        return data[at], at + 1
    if kind == 7 and at + 8 <= len(data):
        return None, at + 8
    raise ValueError


def _list(data: bytes, at: int, depth: int) -> tuple[list[_Told], int]:
    """Reads a list."""
    count, kind = data[at] >> 4, data[at] & 15
    at += 1
    if count == 15:
        count, at = _varint(data, at)
    if count > len(data) - at:  # every element takes at least one byte
        raise IndexError
    out = []
    for _ in range(count):
        value, at = _value(data, at, kind, depth + 1)
        out.append(value)
    return out, at


def _damaged(path: Path, what: str) -> CoercivityError:
    """Returns the error for a damaged file."""
    return damaged(path, f"the Parquet file is damaged: {what}", next="write the file again")
