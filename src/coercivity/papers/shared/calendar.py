"""The working calendar a user asked for, and the ends of time limits that rest on assumed holidays, in words."""

from __future__ import annotations

from collections.abc import Collection

from coercivity.base.words import Lang, say
from coercivity.law.consequences.licensing import ClockEnd
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.working_days import load_calendar
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import IN_BOTH, Text
from coercivity.papers.shared.report_data import AssumedEnd, CalendarData
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("shared_parts", "working_calendar")
_HASH_SHOWN = 16


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
    if assumed:
        body["assumed"] = list(assumed)
        body["words"].append({lang: say(_WORDS["assumed"], lang).format(_years(assumed, lang)) for lang in IN_BOTH})
    return body


def _own(body: CalendarData, lang: Lang) -> str:
    told = [say(_WORDS["own"], lang).format(body["file"], body["hash"][:_HASH_SHOWN])]
    for word, years in (("adds", body["adds"]), ("replaces", body["replaces"])):
        if years:
            told.append(say(_WORDS[word], lang).format(_years(years, lang)))
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
        lang: say(_WORDS["end"], lang).format(*(day_text(data[key], lang) for key in ("day", "earliest", "latest")))
        for lang in IN_BOTH
    }
