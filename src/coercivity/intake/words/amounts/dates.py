"""Days, weeks, months and quarters in a text: offered as evidence, never the date of a transaction by themselves."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from coercivity.base.days import FIRST_YEAR, LAST_YEAR, ONE_DAY, Day
from coercivity.intake.words.amounts.date_words import HAN, MONTH, MONTH_BEFORE, MONTHS, RELATIVE, SOON
from coercivity.intake.words.amounts.marks import FigureMark
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.results import Evidence

_NOT_BEFORE, _NOT_AFTER = r"(?<![\d.,/-])", r"(?![\d]|[.,/-]\d)"
_YEAR = r"(?P<year>\d{4})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("day", rf"{_NOT_BEFORE}{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){_NOT_AFTER}"),
        (
            "figures",
            rf"{_NOT_BEFORE}(?P<first>\d{{1,2}})(?P<sign>[./-]) ?(?P<second>\d{{1,2}})(?P=sign) ?"
            rf"(?P<year>\d{{4}}|\d{{2}}){_NOT_AFTER}",
        ),
        ("day", rf"(?<!\d)(?:{_YEAR} ?年 ?)?(?P<month>\d{{1,2}}) ?月 ?(?P<day>\d{{1,2}}) ?[日号號]"),
        ("reiwa", r"令和 ?(?P<year>\d{1,2}|元) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日"),
        (
            "day",
            rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? ?(?:of )?(?P<word>{MONTH})(?![a-z])\.?,?"
            rf"(?: ?{_YEAR}(?!\d))?",
        ),
        (
            "day",
            rf"(?<![a-z])(?P<word>{MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.x×*/-])(?:,? {_YEAR}(?!\d))?",
        ),
        ("month", rf"(?<![a-z])(?P<word>{MONTH})\.?,? ?{_YEAR}(?!\d)"),
        ("month", rf"(?<![a-z])(?:{MONTH_BEFORE}) (?P<word>{MONTH})(?![a-z])(?!\.? \d)"),
        ("month", rf"(?<!\d)(?:{_YEAR} ?年 ?)?(?P<month>\d{{1,2}}) ?月(?! ?\d)(?:份|初|中旬|上旬|下旬|底|末)?"),
        (
            "week",
            r"(?<![a-z])(?:kw|cw|wk|calendar week|week|kalenderwoche)[ .]*(?P<week>\d{1,2})(?![\d.,]?\d)"
            rf"(?:[ ./,-]*{_YEAR}(?!\d))?",
        ),
        ("week", rf"(?<!\d)(?:{_YEAR} ?年 ?)?第 ?(?P<week>\d{{1,2}}) ?[周週]"),
        ("week", rf"(?<![\d-]){_YEAR}[ /-]?(?:kw|w)[ ]?(?P<week>\d{{1,2}})(?![\da-z])"),
        ("week", rf"(?<![a-z\d])w(?P<week>\d{{1,2}})/{_YEAR}(?!\d)"),
        ("quarter", rf"(?<![a-z\d])q(?P<quarter>[1-4])(?![\da-z])(?:[ ./-]*{_YEAR}(?!\d))?"),
        ("quarter", rf"(?<![\d-]){_YEAR}[ /-]?q(?P<quarter>[1-4])(?![\da-z])"),
        ("quarter", rf"(?<!\d)(?P<quarter>[1-4])\. ?(?:quartal|quarter)(?: {_YEAR}(?!\d))?"),
        ("quarter", rf"(?<!\d)(?:{_YEAR} ?年? ?)?第?(?P<quarter>[1-4一二三四])季度"),
        ("relative", "(?<![a-z])(?P<words>" + "|".join(RELATIVE) + ")(?![a-z])"),
        ("soon", rf"(?<![a-z])(?:{SOON})(?![a-z])"),
    )
)
_STEPS = {word: step for words, step in RELATIVE.items() for word in words.split("|")}
_CJK = re.compile("[\u3005-\u9fff]")
_CJK_FORMS = frozenset(at for at, (_, form) in enumerate(_FORMS) if _CJK.search(form.pattern.replace(SOON, "")))
_NAMED, _SOME = re.compile(MONTH), re.compile("|".join(RELATIVE))  # quick, before the forms
_WORDED = frozenset(("month", "quarter", "relative", "soon"))  # kinds with forms without figures
_MIXED = frozenset(("relative", "soon"))  # forms with Chinese and with Latin words
_QUARTER, _NEXT_MONTH = 3, 32  # months; days that reach the next month from a first


def date_marks(folded: Folded, on: Day | None = None) -> tuple[FigureMark, ...]:
    """Returns the days and periods of a folded text, in order, each with one piece of evidence.

    The value of the evidence is the day (2026-03-20), or the first and the last day of a period
    (2026-03-30/2026-04-05). It is blank if the text does not settle it: without a year, or a day and month that may be
    exchanged.

    Args:
        folded: The text.
        on: Day of the text; it settles `next month`, and a month without a year as the next one. None if unknown.
    """
    flat = folded.flat
    digits, cjk = any(map(str.isdigit, flat)), _CJK.search(flat) is not None
    named = _NAMED.search(flat) is not None
    found = [
        (match.start(), -match.end(), rank, match)
        for rank, (kind, form) in enumerate(_FORMS)
        if (digits or kind in _WORDED) and (cjk or kind in _MIXED or rank not in _CJK_FORMS)
        if (named or "word" not in form.groupindex) and (kind != "relative" or _SOME.search(flat))
        for match in form.finditer(flat)
    ]
    ordered = sorted(found, key=lambda one: one[:3])
    return tuple(_kept(folded, [(_FORMS[rank][0], match) for _, _, rank, match in ordered], on))


def _kept(folded: Folded, found: list[tuple[str, re.Match[str]]], on: Day | None) -> Iterator[FigureMark]:
    over = 0
    for kind, match in found:
        if match.start() < over:
            continue
        told = _told(kind, match, on)
        if told is None:
            continue
        over = match.end()
        text, value = told
        spans = (folded.span(match.start(), match.end()),)
        yield FigureMark(match.start(), match.end(), {}, (Evidence("date", text, spans, value),))


def _told(kind: str, match: re.Match[str], on: Day | None) -> tuple[str, str] | None:
    """Returns what a match says in English, and the day or period; None if there is no such day."""
    parts = match.groupdict()
    if kind == "soon":
        return "as soon as possible: no day is given", ""
    if kind == "figures":
        return _figures(parts)
    if kind == "relative":
        return _relative(match[0], on)
    if kind == "reiwa":
        era = str(parts["year"]).replace("元", "1")
        parts["year"], kind = str(2018 + int(era)), "day"
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if kind == "week":
        return _week(int(parts["week"] or 0), year, on)
    if kind == "quarter":
        written = str(parts["quarter"])
        return _quarter(HAN.get(written) or int(written), year, on)
    month = MONTHS[str(parts["word"])] if parts.get("word") else int(parts["month"] or 0)
    if not 1 <= month <= 12:
        return None
    return _month(month, year, on) if kind == "month" else _day(year, month, int(parts["day"] or 0), on)


def _day(year: int | None, month: int, day: int, on: Day | None) -> tuple[str, str] | None:
    if year is None:
        if not 1 <= day <= calendar.monthrange(2024, month)[1]:
            return None
        if on is None:
            return f"day {day} of {calendar.month_name[month]}, year not given", ""
        year = on.year if (month, day) >= (on.month, on.day) else on.year + 1
    try:
        found = Day(year, month, day)
    except ValueError:
        return None
    return found.isoformat(), found.isoformat()


def _figures(parts: dict[str, str | None]) -> tuple[str, str] | None:
    """Returns the day of two numbers and a year, if its order is settled."""
    first, second, year = int(parts["first"] or 0), int(parts["second"] or 0), str(parts["year"])
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return None
    if len(year) == 4 and not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    if len(year) == 2:
        return (f"day and month with the year {year} of two digits", "") if parts["sign"] != "-" else None
    days = _made(int(year), second, first), _made(int(year), first, second)
    if parts["sign"] == ".":
        return (days[0].isoformat(), days[0].isoformat()) if days[0] else None
    sound = sorted({day for day in days if day is not None})
    if not sound:
        return None
    return " or ".join(day.isoformat() for day in sound), sound[0].isoformat() if len(sound) == 1 else ""


def _made(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(year, month, day)
    except ValueError:
        return None


def _week(week: int, year: int | None, on: Day | None) -> tuple[str, str] | None:
    if not 1 <= week <= 53:
        return None
    if year is None:
        if on is None:
            return f"week {week}, year not given", ""
        year = on.year if week >= on.isocalendar().week else on.year + 1
    if week > Day(year, 12, 28).isocalendar().week:
        return None
    first = Day.fromisocalendar(year, week, 1)
    return _period(f"week {week} of {year}", first, first + 6 * ONE_DAY)


def _month(month: int, year: int | None, on: Day | None) -> tuple[str, str]:
    if year is None:
        if on is None:
            return f"{calendar.month_name[month]}, year not given", ""
        year = on.year if month >= on.month else on.year + 1
    first = Day(year, month, 1)
    return _period(f"{calendar.month_name[month]} {year}", first, _end(first))


def _quarter(quarter: int, year: int | None, on: Day | None) -> tuple[str, str]:
    if year is None:
        if on is None:
            return f"quarter {quarter}, year not given", ""
        year = on.year if quarter * _QUARTER >= on.month else on.year + 1
    return _period(
        f"quarter {quarter} of {year}",
        Day(year, quarter * _QUARTER - 2, 1),
        _end(Day(year, quarter * _QUARTER, 1)),
    )


def _relative(words: str, on: Day | None) -> tuple[str, str]:
    unit, step = _STEPS[words]
    told = {0: {"day": "today"}.get(unit, f"this {unit}"), 1: {"day": "tomorrow"}.get(unit, f"next {unit}")}[step]
    if on is None:
        return f"{told}, from a day that is not given", ""
    if unit == "day":
        day = on + step * ONE_DAY
        return day.isoformat(), day.isoformat()
    if unit == "week":
        first = on - dt.timedelta(days=on.weekday()) + step * 7 * ONE_DAY
        return _period(told, first, first + 6 * ONE_DAY)
    if unit == "year":
        return _period(told, Day(on.year + step, 1, 1), Day(on.year + step, 12, 31))
    length = _QUARTER if unit == "quarter" else 1
    first = Day(on.year, (on.month - 1) // length * length + 1, 1)
    for _ in range(step * length):
        first = _following(first)
    last = first
    for _ in range(length - 1):
        last = _following(last)
    return _period(told, first, _end(last))


def _following(first: Day) -> Day:
    """Returns the first day of the next month."""
    return (first + _NEXT_MONTH * ONE_DAY).replace(day=1)


def _end(first: Day) -> Day:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _period(told: str, first: Day, last: Day) -> tuple[str, str]:
    return f"{told} ({first} to {last})", f"{first}/{last}"
