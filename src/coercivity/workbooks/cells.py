"""Cells of a workbook as values: exact numbers, dates, choices; a cell that cannot be read says why."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import zip_longest

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import brief_value, nearest
from coercivity.base.words import plain, steers
from coercivity.workbooks.elements import ELEMENTS, element_of
from coercivity.workbooks.spec import ColumnSpec

Value = str | int | Fraction | Day | tuple[str, ...] | tuple[int, bool] | None
_NUMBER = re.compile(r"[+-]?(\d{1,25}(\.\d{1,60})?|\.\d{1,60})(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d{1,15})?", re.ASCII)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_POINT = re.compile(r"[1-9]\d{0,2}\.\d\d0", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,15},\d{1,15}", re.ASCII)
_MARKS, _SPLIT = re.compile(r"[,;，；、\n]+"), re.compile(r"\s+")
_LOOSE = re.compile(r"[\s_\-]+")
_LISTED = re.compile(r"(?:[\s,;，；、+&]|\band\b)+")
_SLASHED = re.compile(r"(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_ROUND = re.compile(r"(\d{1,2})\s*(and later|\+|起|及以后)?", re.ASCII)
_LONGEST_DAYS = 3660
_MOST, _MOST_PARTS = 10**20, 10**40  # what is read must be readable again once it is written out
LONGEST_MONTHS, _LONGEST_YEARS = 120, 50
_MINUS = ("-", "\u2212")
REFUSED = ("refused", "不予许可", "拒绝")


def read_cell(text: str, spec: ColumnSpec) -> Value:
    """Returns the value of a cell that is not blank.

    Raises:
        ValueError: With what is wrong and what was expected.
    """
    word = text.strip()
    match spec.kind:
        case "text":
            return word
        case "id" | "country":
            return _id(word)
        case "ids":
            return tuple(map(_id, _parted(word)))
        case "elements":
            return _elements(word)
        case "choice":
            return _choice(word, spec)
        case "kg" | "number":
            return read_figure(word)
        case "signed":
            return -read_figure(word[1:]) if word[:1] in _MINUS else read_figure(word)
        case "share":
            return _share(word)
        case "ratio":
            return _ratio(word)
        case "percent":
            return _number(word[:-1].strip() if word.endswith(("%", "％")) else word) / 100
        case "days" | "count":
            return _days(word)
        case "months":
            return _months(word)
        case "years":
            return _years(word)
        case "delay":
            return "refused" if word.casefold() in REFUSED else _days(word)
        case "day":
            return _day(word)
        case "month":
            return _month(word)
        case "round":
            return _round(word)
    raise AssertionError(spec.kind)


def _choice(word: str, spec: ColumnSpec) -> str:
    typed = _LOOSE.sub("", word).casefold()
    for each, chinese in zip_longest(spec.of, spec.of_zh):
        if typed in (_LOOSE.sub("", each).casefold(), chinese):
            return str(each)
    listed = spec.of_zh if spec.of_zh and _CHINESE.search(word) else spec.of  # in the language that was typed
    raise ValueError(f"{brief_value(word)!r} is not one of " + ", ".join(listed))


def _id(word: str) -> str:
    if any(map(steers, word)):
        raise ValueError(f"{brief_value(plain(word))!r} contains a line break or an invisible character")
    return word


def _parted(word: str) -> list[str]:
    """Returns several ids: parted by commas or semicolons, which keep blanks inside ids, or else by blanks."""
    parts = _MARKS.split(word) if _MARKS.search(word) else _SPLIT.split(word)
    return [part.strip() for part in parts if part.strip()]


def _elements(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in _LISTED.split(word.strip(" ,;，；、")):
        symbol = element_of(part)
        if symbol is None:
            near = nearest(part, ELEMENTS, most=1)
            raise ValueError(f"{brief_value(part)!r} is not an element" + (f"; {near[0]} is near" if near else ""))
        if symbol not in found:
            found.append(symbol)
    return tuple(found)


def _day(word: str) -> Day:
    found = _SLASHED.fullmatch(word)
    if found:
        return parse_day(f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}")
    return parse_day(word[:10] if word.endswith(" 00:00:00") else word)


def _number(word: str) -> Fraction:
    digits = word.replace(",", "") if _COMMA.fullmatch(word) else word
    if not _NUMBER.fullmatch(digits):
        if _DECIMAL_COMMA.fullmatch(word):
            what = f"{brief_value(word)!r} has a decimal comma; write a point, such as {word.replace(',', '.')}"
            raise ValueError(what)
        raise ValueError(f"{brief_value(word)!r} is not a number; write digits and a point, such as 1200.5")
    number = Fraction(digits)
    if number < 0:
        raise ValueError(f"{brief_value(word)} is negative")
    if number >= _MOST:
        raise ValueError(f"{brief_value(word)} is too large to be meant; check the digits and the exponent")
    if number.denominator > _MOST_PARTS:
        raise ValueError(f"{brief_value(word)} is too small to be meant; check the digits and the exponent")
    return number


def two_numbers(word: str) -> tuple[str, str] | None:
    """Returns both numbers that a typed figure may be; None if it is one.

    One point before three digits that end in 0 is read as a point of thousands in much of Europe: `1.200` is 1200 or
    1.2. Programs write no such zero, so that 1.234 of a spreadsheet or of JSON is one number.
    """
    return (word.replace(".", ""), word.rstrip("0").rstrip(".")) if _POINT.fullmatch(word) else None


def read_figure(word: str) -> Fraction:
    """Returns a mass, an amount of money or a price as typed: `1200.5`, `1,200`.

    Raises:
        ValueError: If it is not a number, is negative, or may be two numbers.
    """
    if both := two_numbers(word):
        raise ValueError(f"{word!r} may be {both[0]} or {both[1]}; write one of the two")
    return _number(word)


def _ratio(word: str) -> Fraction:
    """Returns a share that may be above 1."""
    percent = word.endswith(("%", "％"))
    number = _number(word[:-1].strip() if percent else word)
    return number / 100 if percent else number


def _share(word: str) -> Fraction:
    share = _ratio(word)
    if share > 1:
        raise ValueError(f"{brief_value(word)} is above 1; write a share such as 0.25, or 25 %")
    return share


def _days(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word[:9]) <= _LONGEST_DAYS):
        raise ValueError(f"{brief_value(word)!r} is not a whole number of days from 0 to {_LONGEST_DAYS:,}")
    return int(word)


def _months(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word[:9]) <= LONGEST_MONTHS):
        raise ValueError(f"{brief_value(word)!r} is not a whole number of months from 0 to {LONGEST_MONTHS}")
    return int(word)


def _years(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word[:9]) <= _LONGEST_YEARS):
        raise ValueError(f"{brief_value(word)!r} is not a whole number of years from 0 to {_LONGEST_YEARS}")
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
