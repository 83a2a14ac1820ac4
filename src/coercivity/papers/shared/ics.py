"""Days to watch as an iCalendar file (RFC 5545), the same bytes for the same entries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.explain.upcoming import AgendaEntry

_FOLD = 74
_WORDS = {
    "pause_ends": "pause ends",
    "term_ends": "term ends",
    "starts": "takes effect",
    "delisting": "listing is stopped",
    "resumption": "applies again",
    "repeal": "is repealed",
    "stated": "day named by a statement, which changes nothing",
}


def calendar_ics(entries: Sequence[AgendaEntry], *, name: Callable[[str], str], stamp: Day) -> bytes:
    """Returns an iCalendar file with one all-day entry a day to watch.

    Args:
        entries: The days to watch, sorted.
        name: Gives the name of an instrument by its id.
        stamp: Day that stands as the time of writing; the version of the pack, so that the file does not change by
            itself.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coercivity//rules calendar//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += _event(entry, name, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: AgendaEntry, name: Callable[[str], str], stamp: Day) -> list[str]:
    told = "|".join((entry.day.isoformat(), entry.kind, entry.instrument_id, entry.by))
    uid = hashlib.sha256(told.encode()).hexdigest()[:32]
    by = f" by {name(entry.by)}" if entry.by and entry.by != entry.instrument_id else ""
    note = f"{entry.note}. " if entry.note else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@coercivity",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + ONE_DAY:%Y%m%d}",
        f"SUMMARY:{_escaped(f'{name(entry.instrument_id)}: {_WORDS.get(entry.kind, entry.kind)}{by}')}",
        f"DESCRIPTION:{_escaped(f'{note}Look for newer notices. Not legal advice.')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    flat = " ".join(text.split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> list[str]:
    """A line of at most 75 octets, and its continuations, cut between characters."""
    found, current = [], ""
    for sign in line:
        if len((current + sign).encode()) > _FOLD:
            found.append(current)
            current = " "
        current += sign
    return [*found, current]
