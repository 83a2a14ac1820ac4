"""Dates to watch as an iCalendar file (RFC 5545); the same entries give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.explain.upcoming import AgendaEntry
from coercivity.papers.shared.words import paper_words

_FOLD = 74
_WORDS = paper_words("shared_parts", "calendar")


def calendar_ics(entries: Sequence[AgendaEntry], *, name: Callable[[str], str], stamp: Day) -> bytes:
    """Returns an iCalendar file with one all-day entry per date to watch.

    Args:
        entries: The dates to watch, sorted.
        name: Gives the name of an instrument by its id.
        stamp: Date written as the time of creation: the version of the rulebook, so that the file does not change on
            its own.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coercivity//rules calendar//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += _event(entry, name, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: AgendaEntry, name: Callable[[str], str], stamp: Day) -> list[str]:
    told = "|".join((entry.day.isoformat(), entry.kind, entry.instrument_id, entry.by))
    uid = hashlib.sha256(told.encode()).hexdigest()[:32]
    what = _WORDS.get(entry.kind, {"en": entry.kind.replace("_", " ")})["en"]
    if entry.by and entry.by != entry.instrument_id:
        what = _WORDS["by"]["en"].format(what, name(entry.by))
    note = f"{entry.note}. " if entry.note else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@coercivity",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + ONE_DAY:%Y%m%d}",
        f"SUMMARY:{_escaped(f'{name(entry.instrument_id)}: {what}')}",
        f"DESCRIPTION:{_escaped(note + _WORDS['note']['en'])}",
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
