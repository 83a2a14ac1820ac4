"""The days by which a company must act, as an iCalendar file."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from coercivity.base.words import Lang, plain
from coercivity.firm.line_stop.results import LineStops, OwnDeadline
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.ics import IcsEvent, ics_file
from coercivity.papers.shared.words import paper_words

_TITLE = paper_words("firm_deadlines", "title")
_OF = paper_words("firm_deadlines", "of")
_WITH = paper_words("firm_deadlines", "with")
_NOTE = paper_words("firm_deadlines", "note")


def deadlines_ics(found: LineStops, lang: Lang = "en") -> bytes:
    """Returns an iCalendar file with one event for each day that has not passed.

    An event keeps its identity when its day moves, so that a calendar that takes the file again moves it.

    Args:
        found: The stops of the company.
        lang: Language of titles and notes.
    """
    return ics_file(deadline_events(found, lang), product="company deadlines", stamp=found.on)


def deadline_events(found: LineStops, lang: Lang = "en") -> list[IcsEvent]:
    """Returns the same days as events, for a file with others.

    Args:
        found: The stops of the company.
        lang: Language of titles and notes.
    """
    firm = found.company.settings.firm
    return [_event(firm, entry, lang) for entry in found.deadlines if "passed" not in entry.why]


def _event(firm: str, entry: OwnDeadline, lang: Lang) -> IcsEvent:
    told = {name: entry.why[name] for name in ("confidence", "serves") if name in entry.why}
    if entry.kind == "released":
        told["on"] = entry.on.isoformat()  # the same goods may be released in parts
    key = "|".join([firm, entry.kind, *(f"{name}={value}" for name, value in {**entry.of, **told}.items())])
    note = plain(" ".join(_notes(entry, lang)) if lang != "zh" else "".join(_notes(entry, lang)))
    return IcsEvent(key, entry.on, plain(f"{firm}: {_title(entry, lang)}" if firm else _title(entry, lang)), note)


def _title(entry: OwnDeadline, lang: Lang) -> str:
    of = entry.of
    if entry.kind == "licence_ends":
        return _TITLE["licence_ends"][_in(lang)].format(of["licence"])
    words = _OF["lot" if "lot" in of else "part"][_in(lang)]
    title = _TITLE[entry.kind][_in(lang)].format(words.format(of["plant"], of["part"], of.get("lot", "")))
    if "confidence" in entry.why:
        percent = int(Fraction(entry.why["confidence"]) * 100)
        return _WITH["confidence"][_in(lang)].format(title, percent)
    return _WITH["licence"][_in(lang)].format(title, of["licence"]) if "licence" in of else title


def _notes(entry: OwnDeadline, lang: Lang) -> Iterator[str]:
    of, why = entry.of, entry.why
    if entry.kind == "licence_ends":
        yield _note("licence_ends", lang, of["supplier"])
    elif entry.kind == "released":
        yield _note("released", lang)
        if "serves" in why:
            yield _note("serves", lang, why["serves"])
    else:
        yield _note("stop", lang, of["plant"], day_text(why["stop_on"], lang), of["part"])
        if "single_days" in why:
            yield _note("counted", lang, why["transit_days"], why["leaves_days"], why["single_days"])
        else:
            yield _note("transport", lang, why["transit_days"])
        if why.get("file_on", entry.on.isoformat()) != entry.on.isoformat():
            yield _note("file_on", lang, why["file_on"])
        if why.get("transit") == "assumed":
            yield _note("assumed_days", lang)
        if why.get("calendar") == "assumed":
            yield _note("assumed_calendar", lang)
    yield _note("advice", lang)


def _note(key: str, lang: Lang, *values: str) -> str:
    return _NOTE[key][_in(lang)].format(*values)


def _in(lang: Lang) -> str:
    return "zh" if lang == "zh" else "en"
