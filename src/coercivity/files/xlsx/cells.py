"""Cells of an XLSX sheet as text: whole numbers without a decimal point, dates as ISO dates, errors as errors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

from coercivity.base.errors import brief_value
from coercivity.files.chunk import LONGEST_CELL
from coercivity.files.xlsx.workbook import Book, unescaped

MOST_PLACES = 16_384
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:T00:00(?::00(?:\.0+)?)?Z?)?")
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465


@dataclass(slots=True)
class SheetCell:
    """A cell as stored in the sheet.

    Attributes:
        column: Letters of its column.
        style: Number of its style, "" for none.
        kind: Its type: s, inlineStr, str, b, e, d, n or "".
        value: Its value as stored.
        inline: Text stored in the cell itself.
        formula: Whether it contains a formula.
    """

    column: str
    style: str = ""
    kind: str = ""
    value: str = ""
    inline: str = ""
    formula: bool = False


class UnreadableCellError(Exception):
    """Raised for a cell whose content cannot be used as its value."""


def place_of(column: str) -> int:
    """Returns the position of a column from its letters, counted from 0."""
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - 64
    return place - 1


def letters_of(place: int) -> str:
    """Returns the letters of a column from its position, counted from 0."""
    letters, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@dataclass(slots=True)
class CellReading:
    """Reads the cells of one workbook, and caches the numbers and dates it has converted.

    Attributes:
        book: The workbook.
        percent: Whether a number shown in per cent is read as shown: 0.25 as `25%`.
    """

    book: Book
    percent: bool = False
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def text(self, style: str, kind: str, value: str, inline: str) -> str:
        """Returns the text of a cell, "" if it is empty.

        Raises:
            UnreadableCellError: If it contains an error, or contradicts the workbook.
        """
        if kind == "s":
            try:
                text = self.book.texts[int(value)] if value else ""
            except (ValueError, IndexError):
                raise UnreadableCellError("refers to a text that is not in the workbook") from None
        elif kind == "inlineStr":
            text = unescaped(inline)
        elif kind in ("", "n"):
            return self._figure(style, value)
        else:
            text = _other(kind, value)
        if len(text) > LONGEST_CELL:
            raise UnreadableCellError(f"contains more than {LONGEST_CELL:,} characters")
        return text

    def _figure(self, style: str, value: str) -> str:
        """Returns a number, a date or a time as text."""
        known = self._known.get((style, value))
        if known is not None:
            return known
        number = int(style) if style else -1
        if number in self.book.days:
            text = _day(value, self.book.since_1904)
        elif number in self.book.times:
            text = _time(value)
        elif self.percent and number in self.book.percents:
            text = _percent(value)
        else:
            text = _number(value)
        if len(self._known) < 200_000:
            self._known[style, value] = text
        return text


def _other(kind: str, value: str) -> str:
    """Returns the text of a cell that is neither a number nor a shared text."""
    if kind == "str":
        return unescaped(value)
    if kind == "b":
        if value in ("0", "1"):
            return "true" if value == "1" else "false"
        raise UnreadableCellError(f"contains {brief_value(value)!r}; expected true or false")
    if kind == "e":
        raise UnreadableCellError(f"contains the error {brief_value(value)}")
    if kind == "d":
        found = _DATED.fullmatch(value.strip())
        return found[1] if found else value
    raise UnreadableCellError(f"has the unknown type {brief_value(kind)!r}")


def _float(value: str) -> float:
    """Returns the number in a cell."""
    number = float(value) if _NUMBER.fullmatch(value) and len(value) < 400 else float("nan")
    if not isfinite(number):
        raise UnreadableCellError(f"contains {brief_value(value)!r}; expected a number")
    return number


def _number(value: str) -> str:
    """Returns a number as a spreadsheet stores it: with at most 15 significant digits."""
    value = value.strip()
    if not value:
        return ""
    if value.isdigit() and value.isascii() and len(value) < 16 and (value[0] != "0" or value == "0"):
        return value
    number = float(f"{_float(value):.15g}")
    text = repr(number)
    if number == 0:
        return "0"
    if text.endswith(".0"):
        return text[:-2]
    return text


def _percent(value: str) -> str:
    """Returns a number in per cent."""
    text = _number(value)
    return f"{(Decimal(text) * 100).normalize():f}%" if text else ""


def _day(value: str, since_1904: bool) -> str:
    """Returns a date, with its time if it has one."""
    if not value.strip():
        return ""
    number = _float(value.strip())
    seconds = round(number * 86_400)
    serial, rest = divmod(seconds, 86_400)
    if since_1904:
        day = _DAY_ZERO_1904
    else:
        if serial == 60:
            raise UnreadableCellError("shows 1900-02-29, which does not exist")
        day = _DAY_ZERO + timedelta(days=1 if serial < 60 else 0)
    if not (0 if since_1904 else 1) <= serial <= _LAST_SERIAL - (1462 if since_1904 else 0):
        raise UnreadableCellError(f"contains {brief_value(value)}, which is not a date")
    text = (day + timedelta(days=serial)).isoformat()
    return f"{text}T{_clock(rest)}" if rest else text


def _time(value: str) -> str:
    """Returns a time of day or a duration as hours, minutes and seconds."""
    if not value.strip():
        return ""
    seconds = round(_float(value.strip()) * 86_400)
    return f"-{_clock(-seconds)}" if seconds < 0 else _clock(seconds)


def _clock(seconds: int) -> str:
    """Returns seconds as hours, minutes and seconds."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
