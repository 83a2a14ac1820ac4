"""Dates as people and programs write them; a text that could be two dates is rejected."""

from __future__ import annotations

import datetime as dt
import re

from coercivity.base.days import FIRST_YEAR, LAST_YEAR, ONE_DAY, Day
from coercivity.base.errors import brief_value
from coercivity.base.words import bare
from coercivity.intake.cells.cell import Cell, faulty
from coercivity.intake.composition.flat import flat
from coercivity.intake.words.amounts.date_words import MONTHS

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_TIME = re.compile(
    r"(?<=\d)[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?"
    r"(?: ?(Z|UTC|GMT)| ?(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?)?\Z",
    re.ASCII,
)
_CHINA = 8 * 60  # [min] before UTC, the whole year
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\Z", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})\Z", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z", re.ASCII)
_CJK = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号號]?\Z", re.ASCII)
_KOREAN = re.compile(r"(\d{4})(?:\. ?|년 ?)(\d{1,2})(?:\. ?|월 ?)(\d{1,2})[.일]\Z", re.ASCII)
_HAN = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]\Z"
)
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_REIWA = re.compile(r"(?:令和|R) ?(\d{1,2}|元)(?: ?年 ?|[./-])(\d{1,2})(?: ?月 ?|[./-])(\d{1,2}) ?日?\Z", re.ASCII)
_EXCEL = re.compile(r"\d{5}(?:\.\d+)?\Z", re.ASCII)
_EXCEL_FIRST, _EXCEL_LAST, _EXCEL_ZERO = 36_526, 73_050, Day(1899, 12, 30)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]?([a-zäé]{3,9})\.?,?[ -]?(\d{4}|'?\d{2})\Z")
_MONTH_DAY = re.compile(r"([a-zäé]{3,9})\.?[ -]?(\d{1,2})(?:st|nd|rd|th)?(?:, ?| )(\d{4})\Z")
_YEAR_MONTH = re.compile(r"(\d{4})[ -]([a-zäé]{3,9})\.?[ -](\d{1,2})\Z")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ")
_LAST_OF_2000S = 68  # of two-digit years
_NEXT = "write the date as YYYY-MM-DD"


def read_day(text: str, *, dates: str = "") -> Cell:
    """Returns the date in a cell as its value.

    Args:
        text: The cell, not blank.
        dates: `dmy` or `mdy`, which settles 03/04/2026; a date with dots is always day, month, year.

    Returns:
        A time in another time zone counts on its date in China (UTC+8); 24:00 is the next day.
    """
    if _ISO.match(text):
        year, month, day = text.split("-")
        return _made(text, int(year), int(month), int(day), noted=False)
    whole = flat(text)
    time = _TIME.search(whole)
    cell = _read(text, _TIME.sub("", whole), dates)
    return cell if time is None or cell.fault is not None else _at(text, cell, time)


def _read(text: str, short: str, dates: str) -> Cell:
    """Returns the date in a cell whose time of day was removed."""
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT, _CJK, _KOREAN):
        if found := pattern.match(short):
            if pattern is _ISO:
                return _made(text, *(int(part) for part in short.split("-")))
            parts = [part for part in found.groups() if part.isdigit()]
            return _made(text, int(parts[0]), int(parts[1]), int(parts[2]))
    if found := _YEAR_LAST.match(short):
        return _year_last(text, found, dates)
    if found := _REIWA.match(short):
        return _made(text, 2018 + int(found[1].replace("元", "1")), int(found[2]), int(found[3]))
    if found := _HAN.match(short):
        return _made(text, int(found[1].translate(_HAN_DIGITS)), _han(found[2]), _han(found[3]))
    if _EXCEL.match(short):
        return _excel(text, int(short.partition(".")[0]))
    return _worded(text, _WEEKDAY.sub("", short.lower()), dates)


def _han(text: str) -> int:
    """Returns a number below 40 in Chinese numerals, 0 if it is not one."""
    found = re.fullmatch(r"(?:([二三])?(十))?([一二三四五六七八九])?", text)
    if found is None:
        return 0
    tens, ten, ones = found.groups()
    return (int((tens or "一").translate(_HAN_DIGITS)) * 10 if ten else 0) + int((ones or "〇").translate(_HAN_DIGITS))


def _at(text: str, cell: Cell, time: re.Match[str]) -> Cell:
    """Returns the date in China of a date with a time."""
    hour, minute, second, half, sign = int(time[1]), int(time[2]), int(time[3] or 0), time[4], time[6]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    elif half:
        hour = 25
    sound = minute < 60 and second <= 60 and (hour < 24 or (hour == 24 and not minute and not second))
    away = (int(time[7]) * 60 + int(time[8] or 0)) * (-1 if sign == "-" else 1) if sign else 0
    if not sound or abs(away) > 14 * 60 or not isinstance(cell.value, Day):
        return faulty("DATE", f"{brief_value(text)!r} has a time that does not exist", next=_NEXT)
    placed = bool(time[5] or sign)
    minutes = hour * 60 + minute + (_CHINA - away if placed else 0)
    found = cell.value + dt.timedelta(days=minutes // (24 * 60))
    if found == cell.value and not (placed and away != _CHINA):
        return cell
    why = "the date in China (UTC+8): " if placed else "the next day, because 24:00 ends the day: "
    return _made(text, found.year, found.month, found.day, how=why)


def _made(text: str, year: int, month: int, day: int, *, noted: bool = True, how: str = "") -> Cell:
    try:
        found = Day(year, month, day)
    except ValueError:
        return faulty("DATE", f"{brief_value(text)!r} does not exist", next=_NEXT)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return faulty("DATE", f"{brief_value(text)!r} is outside {FIRST_YEAR} to {LAST_YEAR}", next=_NEXT)
    notes = (f"{brief_value(text.strip())} interpreted as {how}{found.isoformat()}",) if noted else ()
    return Cell(value=found, notes=notes)


def _year_last(text: str, found: re.Match[str], dates: str) -> Cell:
    first, sign, second, year = int(found[1]), found[2], int(found[3]), found[4]
    if len(year) == 2:
        return faulty("DATE-YEAR", f"{brief_value(text)!r} has a two-digit year", next=_NEXT)
    order = "dmy" if sign == "." else dates
    if not order and first <= 12 and second <= 12 and first != second:
        what = f"{brief_value(text)!r} is {year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
        return faulty("DATE-AMBIGUOUS", what, next="set the option `dates: dmy` or `dates: mdy`, or write YYYY-MM-DD")
    if not order:
        order = "mdy" if second > 12 else "dmy"
    day, month = (first, second) if order == "dmy" else (second, first)
    return _made(text, int(year), month, day)


def _excel(text: str, number: int) -> Cell:
    if not _EXCEL_FIRST <= number <= _EXCEL_LAST:
        return faulty("DATE", f"{brief_value(text)!r} is not a date", next=_NEXT)
    day = _EXCEL_ZERO + number * ONE_DAY
    return _made(text, day.year, day.month, day.day, how="a spreadsheet date: ")


def _worded(text: str, short: str, dates: str) -> Cell:
    for pattern, order in ((_DAY_MONTH, (2, 1, 0)), (_MONTH_DAY, (2, 0, 1)), (_YEAR_MONTH, (0, 1, 2))):
        found = pattern.match(short)
        if not found or not (month := MONTHS.get(bare(found.groups()[order[1]]))):
            continue
        year, day = found.groups()[order[0]].lstrip("'"), int(found.groups()[order[2]])
        if len(year) == 4:
            return _made(text, int(year), month, day)
        if dates != "dmy":
            # 25-DEC-24 may begin with its year.
            what = f"{brief_value(text)!r} has a two-digit year"
            return faulty(
                "DATE-YEAR", what, next="write YYYY-MM-DD, or set the option `dates: dmy` if the day is first"
            )
        century = 2000 if int(year) <= _LAST_OF_2000S else 1900
        how = "day first and years 00 to 68 as 2000 to 2068, as set by the option dates: "
        return _made(text, century + int(year), month, day, how=how)
    return faulty("DATE", f"{brief_value(text)!r} is not a date", next=_NEXT)
