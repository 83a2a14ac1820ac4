"""Dates as an iCalendar file (RFC 5545); the same entries give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.explain.upcoming import AgendaEntry
from coercivity.papers.shared.words import paper_words

_FOLD = 74
_WORDS = paper_words("shared_parts", "calendar")


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """An all-day event.

    Attributes:
        key: What tells it apart from the other events of the same calendar, whatever its day and language.
        on: The day.
        title: What happens.
        note: What to do or to know.
    """

    key: str
    on: Day
    title: str
    note: str


def ics_file(events: Sequence[IcsEvent], *, product: str, stamp: Day) -> bytes:
    """Returns an iCalendar file with one all-day event each.

    Args:
        events: The events in their order, each with a key of its own.
        product: What made the calendar.
        stamp: Date written as the time of creation, so that the file does not change on its own.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//coercivity//{product}//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def calendar_ics(entries: Sequence[AgendaEntry], *, name: Callable[[str], str], stamp: Day) -> bytes:
    """Returns an iCalendar file with one all-day entry per date to watch.

    Args:
        entries: The dates to watch, sorted.
        name: Gives the name of an instrument by its id.
        stamp: Date written as the time of creation: the version of the rulebook, so that the file does not change on
            its own.
    """
    return ics_file([_entry(entry, name) for entry in entries], product="rules calendar", stamp=stamp)


def _entry(entry: AgendaEntry, name: Callable[[str], str]) -> IcsEvent:
    what = _WORDS.get(entry.kind, {"en": entry.kind.replace("_", " ")})["en"]
    if entry.by and entry.by != entry.instrument_id:
        what = _WORDS["by"]["en"].format(what, name(entry.by))
    note = f"{entry.note}. " if entry.note else ""
    key = "|".join((entry.day.isoformat(), entry.kind, entry.instrument_id, entry.by))
    return IcsEvent(key, entry.day, f"{name(entry.instrument_id)}: {what}", note + _WORDS["note"]["en"])


def _event(event: IcsEvent, stamp: Day) -> list[str]:
    uid = hashlib.sha256(event.key.encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@coercivity",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.on + ONE_DAY:%Y%m%d}",
        f"SUMMARY:{_escaped(event.title)}",
        f"DESCRIPTION:{_escaped(event.note)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    flat = " ".join(text.split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> list[str]:
    """Returns a line of at most 75 octets and its continuations, split between characters."""
    found, current = [], ""
    for sign in line:
        if len((current + sign).encode()) > _FOLD:
            found.append(current)
            current = " "
        current += sign
    return [*found, current]
