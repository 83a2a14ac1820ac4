"""Days as lists of parties write them: ISO 8601, Chinese, with dots or slashes, and only a month or a year."""

from __future__ import annotations

import calendar
import re
import unicodedata
from functools import lru_cache

from coercivity.base.days import LAST_YEAR, ONE_DAY, Day, parse_day

_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|年?)", re.ASCII)
_NAMED = re.compile(r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3})[a-z]*\.?[ -](?P<year>\d{4})", re.ASCII)
_AMERICAN = re.compile(r"(?P<month>[A-Za-z]{3})[a-z]*\.? (?P<day>\d{1,2}),? (?P<year>\d{4})", re.ASCII)
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
_BLANK = frozenset({"", "-", "n/a", "na", "none", "null", "nil", "无", "/"})


@lru_cache(maxsize=16_384)
def read_list_day(text: str, *, last: bool = False, month_first: bool = False) -> Day | None:
    """Returns the day that a text states; None if it states none.

    Args:
        text: A day, or only a year or a month.
        last: Whether it is an end: a month or a year stands for its last day, and a day after 2199 for none. Default: a
            beginning, for which they stand for their first day.
        month_first: Whether the first number of 3/4/2025 is the month, as in American lists.

    Raises:
        ValueError: If it cannot be read, or only if one knew which number is the month.
    """
    whole = unicodedata.normalize("NFKC", text).strip()
    if whole.casefold() in _BLANK:
        return None
    for form in (_YEAR_FIRST, _COMPACT):
        if match := form.fullmatch(whole):
            return None if last and int(match[1]) > LAST_YEAR else _day(*match.groups())
    if match := _DAY_FIRST.fullmatch(whole):
        return _day(match[3], match[2], match[1])
    if match := _SLASHES.fullmatch(whole):
        return _with_slashes(whole, match, month_first)
    if (match := _NAMED.fullmatch(whole) or _AMERICAN.fullmatch(whole)) and match["month"].casefold() in _MONTHS:
        return _day(match["year"], str(_MONTHS[match["month"].casefold()]), match["day"])
    if match := _MONTH.fullmatch(whole):
        return _whole_time(match, last)
    raise ValueError(f"{whole[:40]!r} is not a date in the form YYYY-MM-DD")


def day_after(day: Day | None) -> Day | None:
    """Returns the first day without an entry whose last day on the list is given."""
    return None if day is None else day + ONE_DAY


def _day(year: str, month: str, day: str) -> Day:
    return parse_day(f"{year}-{int(month):02}-{int(day):02}")


def _with_slashes(whole: str, match: re.Match[str], month_first: bool) -> Day:
    first, second = int(match[1]), int(match[2])
    if not month_first and first <= 12 and second <= 12 and first != second:
        raise ValueError(f"{whole} can be read in two ways, day or month first")
    month, day = (first, second) if second > 12 or (month_first and first <= 12) else (second, first)
    return _day(match[3], str(month), str(day))


def _whole_time(match: re.Match[str], last: bool) -> Day:
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    end = calendar.monthrange(year, month)[1] if last and 1 <= month <= 12 and year else 1
    return _day(match[1], str(month), str(end))
