"""The dates of a report as an iCalendar file: dates of the law, and days by which the company must act."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.days import Day
from coercivity.base.words import Lang, plain, say
from coercivity.firm.line_stop.results import LineStops
from coercivity.papers.brief.report_data import BriefReport, ComingData
from coercivity.papers.brief.words import coming_words
from coercivity.papers.firm.deadlines_ics import deadline_events
from coercivity.papers.shared.ics import IcsEvent, ics_file
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("brief_files", "calendar")


def brief_ics(body: BriefReport, stops: LineStops | None, lang: Lang = "en") -> bytes:
    """Returns an iCalendar file with the dates ahead: those of the law first, then those of the company.

    Args:
        body: The report data.
        stops: The line stops of the company, for its deadlines; None without a company.
        lang: Language of titles and notes.
    """
    events = [*_law(body, lang), *(deadline_events(stops, lang) if stops is not None else ())]
    return ics_file(events, product="report on a case", stamp=Day.fromisoformat(body["on"]))


def _law(body: BriefReport, lang: Lang) -> Iterator[IcsEvent]:
    for entry in body["coming"]:
        if entry["days"] > 0:
            yield _event(body, entry, lang)


def _event(body: BriefReport, entry: ComingData, lang: Lang) -> IcsEvent:
    names = [_name(body, name, lang) for name in entry["instruments"]]
    named = ("、" if lang == "zh" else ", ").join(names)
    told = say(coming_words(body, entry), lang)
    notes = list(entry["notes_zh" if lang == "zh" else "notes"])
    if entry["concerns"]:
        notes.append(say(_WORDS["concerns"], lang).format(("、" if lang == "zh" else ", ").join(entry["concerns"])))
    notes.append(say(_WORDS["advice"], lang))
    key = "|".join((body["case"]["id"], entry["kind"], entry["by"], *entry["instruments"], entry["day"]))
    joint, stop = ("", "。") if lang == "zh" else (" ", ".")
    title = say(_WORDS["title"], lang).format(named, told)
    note = joint.join(text.rstrip(stop) + stop for text in notes)
    return IcsEvent(key, Day.fromisoformat(entry["day"]), plain(title), plain(note))


def _name(body: BriefReport, name: str, lang: Lang) -> str:
    held = body["instruments"].get(name)
    if held is None:
        return say(_WORDS["announcements"], lang)
    return held["name_zh" if lang == "zh" else "name"]
