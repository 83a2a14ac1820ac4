"""Dates inside sentences, and the working calendar a user asked for, in words.

Dates are ISO in English, and year, month and day in Chinese.
"""

from __future__ import annotations

from collections.abc import Collection

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.law.consequences.licensing import ClockEnd
from coercivity.law.rules.calendars.calendar import calendar_of, short_of_law
from coercivity.law.rules.calendars.working_days import load_calendar
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.names import IN_BOTH, Text
from coercivity.papers.shared.report_data import AssumedEnd, CalendarData
from coercivity.papers.shared.words import paper_words

_CALENDAR = paper_words("shared_parts", "working_calendar")
_HASH_SHOWN = 16
BY_OWN = _CALENDAR["by_own"]


def day_text(day: Day | str, lang: Lang = "en") -> str:
    """Returns a date as a sentence writes it: `2026-11-10`, 2026年11月10日."""
    text = day if isinstance(day, str) else day.isoformat()
    if lang != "zh":
        return text
    year, month, number = text.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def month_text(month: str, lang: Lang = "en") -> str:
    """Returns a month as a sentence writes it: `2026-11`, 2026年11月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月" if lang == "zh" else month


def span_text(first: Day | str, last: Day | str, lang: Lang = "en") -> str:
    """Returns a span of dates as a sentence writes it; a span of one day is that day."""
    ends = [day_text(day, lang) for day in dict.fromkeys((first, last))]
    return ("至" if lang == "zh" else " to ").join(ends)


def calendar_data(book: Rulebook) -> CalendarData | None:
    """Returns the working calendar a user asked for, or None if the published one is used."""
    file, assumed = book.calendar.file, book.calendar.assumed
    if file is None and not assumed:
        return None
    body: CalendarData = {"words": []}
    if file is not None:
        own, published = calendar_of(book).own, load_calendar(book.folder).off
        body["file"], body["hash"] = file.name, file.hash
        body["adds"], body["replaces"] = sorted(own - set(published)), sorted(own & set(published))
        body["words"].append({lang: _own(body, lang) for lang in IN_BOTH})
        for year, (given, due) in short_of_law(book).items():
            short = _CALENDAR["short"]
            body["words"].append({lang: say(short, lang).format(year, given, due) for lang in IN_BOTH})
    if assumed:
        body["assumed"] = list(assumed)
        body["words"].append({lang: say(_CALENDAR["assumed"], lang).format(_years(assumed, lang)) for lang in IN_BOTH})
    return body


def _own(body: CalendarData, lang: Lang) -> str:
    told = [say(_CALENDAR["own"], lang).format(body["file"], body["hash"][:_HASH_SHOWN])]
    for word, years in (("adds", body["adds"]), ("replaces", body["replaces"])):
        if years:
            told.append(say(_CALENDAR[word], lang).format(_years(years, lang)))
    return ("；" if lang == "zh" else "; ").join(told)


def _years(years: Collection[int], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(map(str, years))


def assumed_end(end: ClockEnd) -> AssumedEnd:
    """Returns the end of a time limit that rests on assumed holidays, as plain data.

    Args:
        end: The end; it has a range.
    """
    assert end.day is not None
    assert end.span is not None
    earliest, latest = end.span
    return {"day": end.day.isoformat(), "earliest": earliest.isoformat(), "latest": latest.isoformat()}


def assumed_words(end: ClockEnd) -> Text:
    """Returns the same in words, which never read like a date by the published calendar."""
    data = assumed_end(end)
    return {
        lang: say(_CALENDAR["end"], lang).format(*(day_text(data[key], lang) for key in ("day", "earliest", "latest")))
        for lang in IN_BOTH
    }
