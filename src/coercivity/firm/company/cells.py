"""Cells of a workbook as values: exact numbers, dates, choices; a cell that cannot be read says why."""

from __future__ import annotations

import re
from fractions import Fraction

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import brief_value
from coercivity.firm.company.spec import ColumnSpec

Value = str | int | Fraction | Day | tuple[str, ...] | tuple[int, bool] | None
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d{1,15})?", re.ASCII)
_SPLIT = re.compile(r"[\s,;，；、]+")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_ROUND = re.compile(r"(\d{1,2})\s*(and later|\+|起|及以后)?", re.ASCII)
_LONGEST_DAYS = 3660
REFUSED = ("refused", "不予许可", "拒绝")


def read_cell(text: str, spec: ColumnSpec) -> Value:
    """Returns the value of a cell that is not blank.

    Raises:
        ValueError: With what is wrong and what was expected.
    """
    word = text.strip()
    match spec.kind:
        case "id" | "text" | "country":
            return word
        case "ids" | "elements":
            return tuple(part for part in _SPLIT.split(word) if part)
        case "choice":
            return _choice(word, spec)
        case "kg" | "number":
            return _number(word)
        case "share":
            return _share(word)
        case "days" | "count":
            return _days(word)
        case "delay":
            return "refused" if word.casefold() in REFUSED else _days(word)
        case "day":
            return parse_day(word[:10] if word.endswith(" 00:00:00") else word)
        case "month":
            return _month(word)
        case "round":
            return _round(word)
    raise AssertionError(spec.kind)


def _choice(word: str, spec: ColumnSpec) -> str:
    plain = word.casefold().replace("_", " ")
    for each in spec.of:
        if plain == each.casefold():
            return each
    raise ValueError(f"{brief_value(word)!r} is not one of " + ", ".join(spec.of))


def _number(word: str) -> Fraction:
    plain = word.replace(",", "") if _COMMA.fullmatch(word) else word
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"{brief_value(word)!r} is not a number; write digits and a point, such as 1200.5")
    number = Fraction(plain)
    if number < 0:
        raise ValueError(f"{brief_value(word)} is negative")
    return number


def _share(word: str) -> Fraction:
    percent = word.endswith(("%", "％"))
    number = _number(word[:-1].strip() if percent else word)
    share = number / 100 if percent else number
    if share > 1:
        raise ValueError(f"{brief_value(word)} is above 1; write a share such as 0.25, or 25 %")
    return share


def _days(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word[:9]) <= _LONGEST_DAYS):
        raise ValueError(f"{brief_value(word)!r} is not a whole number of days from 0 to {_LONGEST_DAYS:,}")
    return int(word)


def _month(word: str) -> str:
    if _MONTH.fullmatch(word[:7]) and (len(word) == 7 or parse_day(word).day == 1):
        return word[:7]
    raise ValueError(f"{brief_value(word)!r} is not a month in the form YYYY-MM")


def _round(word: str) -> tuple[int, bool]:
    found = _ROUND.fullmatch(word)
    if not found or int(found[1]) < 1:
        raise ValueError(f"{brief_value(word)!r} is not a round; write 1, 2, or `3 and later`")
    return int(found[1]), bool(found[2])
