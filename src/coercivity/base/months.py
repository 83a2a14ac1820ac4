"""Months as whole numbers, and the day of a month for which the law is evaluated."""

from __future__ import annotations

import re

from coercivity.base.days import FIRST_YEAR, LAST_YEAR, Day

Month = int
_FORM = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)
MIDDLE = 15


def parse_month(text: str) -> Month:
    """Returns a month from YYYY-MM.

    Raises:
        ValueError: If the text has another form or the month does not exist.
    """
    found = _FORM.match(text)
    if not found:
        raise ValueError(f"{text[:40]!r} is not a valid month; write YYYY-MM")
    year, month = int(found[1]), int(found[2])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise ValueError(f"{text} does not exist")
    return year * 12 + month - 1


def month_text(month: Month) -> str:
    """Returns a month as YYYY-MM."""
    return f"{month // 12}-{month % 12 + 1:02d}"


def middle_of(month: Month) -> Day:
    """Returns the day of a month for which the law is evaluated, also its information cut-off: the fifteenth."""
    return Day(month // 12, month % 12 + 1, MIDDLE)


def first_of(month: Month) -> Day:
    """Returns the first day of a month."""
    return Day(month // 12, month % 12 + 1, 1)


def month_of(day: Day) -> Month:
    """Returns the month of a day."""
    return day.year * 12 + day.month - 1
