"""Finds the header of a table in its first rows: titles above it, one or several header rows, and the names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults, brief_value
from coercivity.files.chunk import MOST_COLUMNS

PREVIEW = 40
_MOST_TITLES = 20
_LEAST_NAMES = 3
IsName = Callable[[str], bool]
_FIGURES = re.compile(r"[-+−]?[\d\s.,'/:年月日%\-]*\d[\d\s.,'/:年月日%\-]*(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    Attributes:
        names: Names of the columns.
        rows: Number of first rows that belong to the header or are above it.
        notes: What was assumed.
    """

    names: tuple[str, ...]
    rows: int
    notes: tuple[str, ...]


def find_header(
    path: Path,
    preview: Sequence[Sequence[str]],
    lines: Sequence[int],
    *,
    header_rows: int | None = None,
    merged: frozenset[int] = frozenset(),
    is_name: IsName | None = None,
) -> Header:
    """Finds the header in the first rows.

    Args:
        path: The file, for messages.
        preview: The first rows as text, an empty cell as "".
        lines: Line numbers of these rows.
        header_rows: Number of header rows. Default: detected.
        merged: Lines with cells merged to the right.
        is_name: Returns whether a text is a usual name of a column, to tell a header from the lines above it.

    Returns:
        The header.

    Raises:
        CoercivityError: If there is no header or no row, or there are duplicate names or too many columns.
    """
    if not preview:
        raise _wrong(path, "TABLE-EMPTY", "the file has no rows", "export the table again")
    at, deep = _place(preview, lines, header_rows, merged)
    if header_rows is None and is_name is not None:
        at, deep = _by_names(preview, is_name, at, deep)
    notes = []
    if at:
        notes.append("title line skipped" if at == 1 else f"{at} title lines skipped")
    head = preview[at : at + deep]
    filled = [cell for cell in head[0] if cell.strip()]
    if header_rows is None and filled and all(_FIGURES.fullmatch(cell.strip()) for cell in filled):
        what = f"line {lines[at]} contains only numbers; expected column names"
        raise _wrong(path, "TABLE-HEADER", what, "put a line with column names at the top")
    if deep > 1:
        notes.append(f"header of {deep} rows merged")
    names = _trimmed(_joined(head), preview[at + deep :])
    more = _named(path, names, lines[at])
    if len(preview) <= at + deep:
        raise _wrong(path, "TABLE-EMPTY", "the table has a header but no rows", "export the table again")
    return Header(tuple(names), at + deep, (*notes, *more))


def _place(
    preview: Sequence[Sequence[str]], lines: Sequence[int], header_rows: int | None, merged: frozenset[int]
) -> tuple[int, int]:
    """Returns the row where the header begins and the number of header rows."""
    filled = [sum(1 for cell in row if cell.strip()) for row in preview]
    wide = sorted(count for count in filled if count > 1)
    usual = wide[len(wide) // 2] if wide else 1
    for at in range(min(_MOST_TITLES + 1, len(preview))):
        few = filled[at] * 2 < usual or (filled[at] == 1 < usual)
        if header_rows is None and _is_group(preview, at, lines[at] in merged):
            return at, 2
        if not filled[at] or few:
            continue
        if header_rows is None:
            return at, 1
        rows_follow = at + 1 < len(preview) and any(_has_digit(preview[at + 1], place) for place in range(usual))
        return (max(0, at + 1 - header_rows) if rows_follow else at), header_rows
    return 0, header_rows or 1


def _by_names(preview: Sequence[Sequence[str]], is_name: IsName, at: int, deep: int) -> tuple[int, int]:
    """Returns the first row with the most usual names of columns, if the row found has few: `Contract no.: 17` is none.

    The row must have at least three, twice as many as the row found, and be at least half names.
    """
    named = [
        sum(1 for cell in row if cell.strip() and not _FIGURES.fullmatch(cell.strip()) and is_name(cell))
        for row in preview[: _MOST_TITLES + 1]
    ]
    if deep == 2 and named[at + 1] >= _LEAST_NAMES and all(":" in cell for cell in preview[at] if cell.strip()):
        return at + 1, 1  # `Report: 17`, `User: desk`: entries of their own, not names of groups
    best = max(range(len(named)), key=lambda place: (named[place], -place), default=at)
    filled = sum(1 for cell in preview[best] if cell.strip())
    held = max(named[at : at + deep], default=0)
    clear = best >= at + deep and named[best] >= _LEAST_NAMES and named[best] >= 2 * held and named[best] * 2 >= filled
    return (best, 1) if clear else (at, deep)


def _is_group(preview: Sequence[Sequence[str]], at: int, merged: bool) -> bool:
    """Returns whether a row contains group names, with the column names in the next row.

    The next row must complete every name, and contain no digit where the rows below it do, so that a data row is
    never taken for a header.
    """
    if at + 2 >= len(preview):
        return False
    width = max(len(preview[at]), len(preview[at + 1]))
    top, sub = _padded(preview[at], width), _padded(preview[at + 1], width)
    while width and not top[width - 1] and not sub[width - 1]:
        width -= 1
    spans = any(top[place] and sub[place] and not top[place + 1] and sub[place + 1] for place in range(width - 1))
    whole = all(top[place] or sub[place] for place in range(width))
    if not spans or not whole or sum(map(bool, top)) < 2:
        return False
    if merged:
        return True
    if any(sign.isdigit() for cell in (*top, *sub) for sign in cell):
        return False
    return any(sub[place] and any(_has_digit(row, place) for row in preview[at + 2 :]) for place in range(width))


def _has_digit(row: Sequence[str], place: int) -> bool:
    """Returns whether a cell contains a digit."""
    return place < len(row) and any(sign.isdigit() for sign in row[place])


def _padded(row: Sequence[str], width: int) -> list[str]:
    """Returns a row at full width, with its cells stripped."""
    return [cell.strip() for cell in row] + [""] * (width - len(row))


def _joined(head: Sequence[Sequence[str]]) -> list[str]:
    """Joins header rows into one name per column; a group name extends to the right over blank cells."""
    width = max(len(row) for row in head)
    rows = [_padded(row, width) for row in head]
    for upper, lower in pairwise(rows):
        for place in range(1, width):
            if not upper[place] and lower[place] and lower[place - 1]:
                upper[place] = upper[place - 1]
    names = []
    for place in range(width):
        parts = dict.fromkeys(" ".join(row[place].split()) for row in rows if row[place])
        names.append(" / ".join(parts))
    return names


def _trimmed(names: list[str], below: Sequence[Sequence[str]]) -> list[str]:
    """Drops empty, unnamed columns at the end."""
    width = len(names)
    while width > 1 and not names[width - 1] and not any(len(row) >= width and row[width - 1].strip() for row in below):
        width -= 1
    return names[:width]


def _named(path: Path, names: list[str], line: int) -> list[str]:
    """Names blank columns, and raises an error for duplicate names or too many columns."""
    faults, notes = Faults(), []
    if len(names) > MOST_COLUMNS:
        faults.add(
            "TABLE-COLUMNS",
            f"the table has {len(names):,} columns; the limit is {MOST_COLUMNS}",
            where=f"{path}, line {line}",
            next="remove columns that are not needed",
        )
        faults.raise_if_any()
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names, 1):
        if not name:
            names[place - 1] = f"column {place}"
            notes.append(f"column {place} has no name")
        places.setdefault(names[place - 1], []).append(place)
    for name, taken in places.items():
        if len(taken) > 1:
            faults.add(
                "TABLE-COLUMN-TWICE",
                f"duplicate column name {brief_value(name)}, at {_listed(taken)}",
                where=f"{path}, line {line}",
                next="rename all but one",
            )
    faults.raise_if_any()
    return notes


def _listed(places: list[int]) -> str:
    """Returns positions as text."""
    shown = [str(place) for place in places[:10]]
    if len(places) > 10:
        shown.append(f"{len(places) - 10} more")
    return "columns " + ", ".join(shown[:-1]) + " and " + shown[-1]


def _wrong(path: Path, code: str, what: str, do: str) -> CoercivityError:
    """Returns the error for a table without a usable header."""
    return CoercivityError.of(code, what, where=str(path), next=do)
