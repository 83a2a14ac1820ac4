"""Cells of a table: converts text to a typed value, with one function per column type.

Only a blank cell is absent (None); `NA`, `nan` and `0` are ordinary text and numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from coercivity.base.days import Day, parse_day

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\Z", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}\Z", re.ASCII)
_URL = re.compile(r"https?://[^\s/]+(/\S*)?\Z")
_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?\Z", re.ASCII)
_TRAIL = re.compile(r"\b([a-z][a-z0-9_]*):([A-Z]{1,4}\d+)\b")
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Period:
    """A period of time and the text it was written as.

    Attributes:
        text: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Q1, YYYY-H1, or two of them as A..B.
        first: First day.
        last: Last day, inclusive.
    """

    text: str
    first: Day
    last: Day


Cell = str | int | float | bool | Decimal | Day | Period | tuple[str, ...] | None


def parse_period(text: str) -> Period:
    """Parses a year, half-year, quarter, month, day, or A..B.

    Raises:
        ValueError: If the text has another form, names a day that does not exist, or ends before it begins.
    """
    ends = text.split("..")
    if len(ends) > 2:
        raise ValueError("expected a period such as 2024, 2024-06, 2024-Q2, 2024-H1, 2024-06-30 or A..B")
    first, last = _span(ends[0])[0], _span(ends[-1])[1]
    if last < first:
        raise ValueError("the period ends before it begins")
    return Period(text, first, last)


def _span(text: str) -> tuple[Day, Day]:
    found = _PART.match(text)
    if not found:
        raise ValueError("expected a period such as 2024, 2024-06, 2024-Q2, 2024-H1, 2024-06-30 or A..B")
    year, quarter, half, month, day = found.groups()
    if day:
        return (parse_day(text), parse_day(text))
    if quarter:
        return _months(int(year), 3 * int(quarter) - 2, 3)
    if half:
        return _months(int(year), 6 * int(half) - 5, 6)
    if month:
        return _months(int(year), int(month), 1)
    return _months(int(year), 1, 12)


def _months(year: int, month: int, count: int) -> tuple[Day, Day]:
    if not 1 <= year <= 9998 or not 1 <= month <= 12:
        raise ValueError("the month does not exist")
    after = year * 12 + month - 1 + count
    return Day(year, month, 1), Day(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)


def _number(text: str) -> float:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.match(text):
        raise ValueError("expected a finite decimal number")
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("the number is too large")
    return value


def _exact(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.match(text):
        raise ValueError("expected a finite decimal number")
    return Decimal(text)


def _integer(text: str) -> int:
    if not _INTEGER.match(text):
        raise ValueError("expected a whole number")
    return int(text)


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("expected 0 or 1")
    return text == "1"


def _url(text: str) -> str:
    if not _URL.match(text):
        raise ValueError("expected an address that begins with http:// or https://")
    return text


def _list(separator: str) -> Callable[[str], tuple[str, ...]]:
    def split(text: str) -> tuple[str, ...]:
        parts = tuple(text.split(separator))
        if "" in parts:
            raise ValueError(f"an empty entry between two {separator!r}")
        if len(set(parts)) != len(parts):
            raise ValueError("duplicate entry")
        return parts

    return split


PARSERS: dict[str, Callable[[str], Cell]] = {
    "text": str,
    "id": str,
    "choice": str,
    "unit": str,
    "source": str,
    "ref": str,
    "trail": str,
    "url": _url,
    "integer": _integer,
    "number": _number,
    "exact": _exact,
    "flag": _flag,
    "day": parse_day,
    "period": parse_period,
    "choices": _list(";"),
    "refs": _list(";"),
    "sources": _list(";"),
    "parts": _list("+"),
}
NUMERIC = frozenset({"integer", "number", "exact"})
WORDS = frozenset({"choice", "choices", "parts"})


def trail_of(text: str) -> list[tuple[str, str]]:
    """Returns the rows that a text refers to as table:id, in order."""
    return _TRAIL.findall(text)
