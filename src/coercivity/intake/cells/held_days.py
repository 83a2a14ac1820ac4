"""Entries of a date column that are no date but no mistake either: as soon as possible, a week, a month, a quarter.

A row with such an entry waits for its date. Nothing is concluded from the period: the law may change within it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from coercivity.base.days import FIRST_YEAR, LAST_YEAR, Day
from coercivity.base.errors import brief_value
from coercivity.intake.composition.flat import flat

_WORDS = frozenset(
    word.strip()
    for line in """
asap|a.s.a.p|as soon as possible
immediately|immediate|at once|prompt|promptly|urgent|rush|on call|on demand
on call-off|on request|to be agreed|to be confirmed|to be determined|to be advised
to be announced
tbd|tba|tbc|t.b.d|t.b.a|t.b.c|?|??
open|pending|not fixed|n/k|unknown|various|rolling|stock|ex stock|next week|next month|this week|this month
sofort|so schnell wie möglich|schnellstmöglich|schnellstens|baldmöglichst
umgehend|eilt|dringend|auf abruf|abruf
n. abruf|nach abruf|per abruf|auf anfrage|a. anfrage|nach vereinbarung|n. v|n.v|n. vereinb|noch offen
offen|noch unbekannt
unbekannt|wird nachgereicht|folgt|laufend|diverse|ab lager|lager|nächste woche|nächster monat
尽快|尽速|立即|马上|待定|未定|待通知|另行通知|待确认|待协商|按需|现货|随时|不详|不明|未知|下周|下月
至急|別途連絡|要相談|できるだけ早く|即納|随時
""".splitlines()
    for word in line.split("|")
    if word.strip()
)
_EARLY = (
    r"(?:anfang|mitte|ende|early|mid|late|end of|beginning of|begin|start of|by|until|before|from|ca\.?|about|around|"
    r"approx\.?|bis|ab|vor|nach|spätestens|frühestens|voraussichtlich|voraus\.|vsl\.?)?[ -]?"
)
_BY = r"[ ./,-]*(?P<year>\d{4}|'?\d{2})?\Z"
_WEEK = re.compile(
    _EARLY + r"(?:kw|cw|wk|ww|week|kalenderwoche|woche|第)[ .]*(?P<week>\d{1,2})(?:\. ?kw)?(?:周|週)?" + _BY
)
_YEAR_WEEK = re.compile(
    _EARLY + r"(?P<year>\d{4})[ ./-]*(?:年第?|[ -]?kw|[ -]?cw|[ -]?wk|-?w)[ .]*(?P<week>\d{1,2})(?:周|週)?\Z"
)
_WEEK_FIRST = re.compile(_EARLY + r"(?P<week>\d{1,2})\. ?(?:kw|kalenderwoche|woche)" + _BY)
_QUARTER = re.compile(
    _EARLY + r"(?:q ?(?P<q>[1-4])|(?P<q2>[1-4])\.? ?(?:q|quartal|quarter)|第?(?P<q3>[1-4一二三四])季度)" + _BY
)
_YEAR_QUARTER = re.compile(_EARLY + r"(?P<year>\d{4})[ ./年-]*(?:q ?(?P<q>[1-4])|第?(?P<q3>[1-4一二三四])季度)\Z")
_HALF = re.compile(
    r"(?:h[12]|[12]\. ?(?:hj|halbjahr|half)|上半年|下半年)[ ./,-]*(?:\d{4}|'?\d{2})?\Z|"
    r"\d{4}[ ./年-]*(?:h[12]|上半年|下半年)\Z"
)
_MONTHS = (
    "jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|mär(?:z)?|mrz|apr(?:il)?|may|mai|jun[ie]?|jul[iy]?|aug(?:ust)?|"
    "sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
_MONTH = re.compile(_EARLY + rf"(?P<month>{_MONTHS})\.?[ ./,-]*(?P<year>\d{{4}}|'?\d{{2}})?\Z")
_MONTH_IN_FIGURES = re.compile(r"(?P<month>\d{1,2}) ?[./-] ?(?P<year>\d{4})\Z", re.ASCII)
_YEAR_MONTH = re.compile(
    r"(?P<year>\d{4}) ?(?:[./-]|年) ?(?P<month>\d{1,2}) ?月?(?:份|初|中|底|中旬|上旬|下旬)?\Z", re.ASCII
)
_CHINESE_MONTH = re.compile(r"(?P<month>\d{1,2}) ?月(?:份|初|中|底|末|中旬|上旬|下旬)?\Z", re.ASCII)
_YEAR = re.compile(_EARLY + r"(?P<year>20\d{2}) ?年?(?:底|初)?\Z")
_RANGE = re.compile(
    r"\d{1,2}\.?(?:\d{1,2}\.?)?(?:\d{2,4})? ?(?:-|–|—|bis|to|~|至) ?\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\Z"
)
_LENGTH = re.compile(
    r"(?:in |within |ca\. ?|approx\.? ?)?\d{1,3}(?: ?[-–] ?\d{1,3})? ?"
    r"(?:days?|weeks?|months?|wks?|tagen?|wochen?|monaten?|天|周|个月|日内)(?: aro| nach.*| after.*)?\Z"
)
_PERIODS = (
    (_WEEK, "week"), (_YEAR_WEEK, "week"), (_WEEK_FIRST, "week"), (_QUARTER, "quarter"), (_YEAR_QUARTER, "quarter"),
    (_MONTH_IN_FIGURES, "month"), (_YEAR_MONTH, "month"), (_CHINESE_MONTH, "month"), (_MONTH, "month"),
    (_HALF, "half-year"), (_YEAR, "year"),
)  # fmt: skip
_STEM = {"jan": 1, "feb": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8}
_STEM |= {"sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12}
_LONGEST = 60
_NEXT = "enter the day of the transaction as YYYY-MM-DD"


def held_day(text: str) -> str:
    """Returns why an entry of a date column gives no day and what to enter; blank if it is a mistake.

    Args:
        text: The cell, which is not a date.
    """
    if len(text) > _LONGEST:
        return ""
    short = " ".join(flat(text).casefold().split()).strip("!.*() ")
    if short in _WORDS:
        return f"{brief_value(text)!r} gives no day, so the row waits for its date; {_NEXT}"
    for pattern, kind in _PERIODS:
        if found := pattern.match(short):
            span = _span(kind, found.groupdict())
            if span is None:
                return ""
            if span:
                first, last = span
                return f"{brief_value(text)!r} covers {first} to {last}, so the row waits for its date; {_NEXT}"
            return f"{brief_value(text)!r} is a period, not a day, so the row waits for its date; {_NEXT}"
    if _RANGE.match(short) or _LENGTH.match(short):
        return f"{brief_value(text)!r} is a period, not a day, so the row waits for its date; {_NEXT}"
    return ""


def _span(kind: str, parts: dict[str, str | None]) -> tuple[()] | tuple[Day, Day] | None:
    """Returns first and last day of a period, empty if the year is not given; None if there is no such period."""
    year = _year(parts.get("year"))
    if kind == "week":
        week = int(parts["week"] or 0)
        if not 1 <= week <= (53 if year is None else Day(year, 12, 28).isocalendar().week):
            return None
        first = None if year is None else Day.fromisocalendar(year, week, 1)
        return () if first is None else (first, first + dt.timedelta(days=6))
    if kind == "month":
        written = parts["month"] or ""
        month = _STEM[written[:3]] if written[:3] in _STEM else int(written)
        if not 1 <= month <= 12:
            return None
        return () if year is None else (Day(year, month, 1), _end(year, month))
    if kind == "quarter":
        written = parts.get("q") or parts.get("q2") or parts.get("q3") or "1"
        last = 3 * (int(written) if written.isascii() else "一二三四".index(written) + 1)
        return () if year is None else (Day(year, last - 2, 1), _end(year, last))
    return ()


def _year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text.lstrip("'"))
    year += 2000 if year < 100 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _end(year: int, month: int) -> Day:
    return Day(year, month, calendar.monthrange(year, month)[1])
