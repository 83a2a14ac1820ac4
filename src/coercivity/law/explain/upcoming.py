"""Upcoming dates: ends of suspensions and terms, effective dates, and the dates of last verification."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Event
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import last_day


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One date to watch.

    Attributes:
        day: First date on which the change applies.
        kind: `pause_ends`, `term_ends`, `starts`, `stated` (a statement of policy names it), or `checked_through`.
        instrument_id: Instrument concerned.
        by: Instrument or statement that causes it.
        note: The event's own note.
        note_zh: The same in Chinese.
        scope: Ids of the clauses that it is about; empty if it is about all of the instrument.
    """

    day: Day
    kind: str
    instrument_id: str
    by: str = ""
    note: str = ""
    note_zh: str = ""
    scope: tuple[str, ...] = ()


def agenda(book: Rulebook, on: Day, *, known: Day | None = None, to: Day | None = None) -> list[AgendaEntry]:
    """Returns the dates to watch after `on`, sorted.

    Args:
        book: The rulebook.
        on: Date after which an entry counts as upcoming.
        known: Information cut-off.
        to: Last date of interest.
    """
    known = known or book.default_known(on)
    scopes: dict[AgendaEntry, set[str]] = {}
    for instrument in book.instruments.values():
        every = {provision.id for provision in instrument.provisions}
        for event in instrument.events:
            entry = _entry(event) if known_by(event, known) else None
            if entry is not None:
                one = AgendaEntry(entry[0], entry[1], instrument.id, event.by, event.note, event.note_zh)
                scopes.setdefault(one, set()).update(every if event.scope == "all" else event.scope)
    wanted = [
        replace(entry, scope=_part(book, entry.instrument_id, scope))
        for entry, scope in scopes.items()
        if entry.day > on and (to is None or entry.day <= to)
    ]
    return sorted(wanted, key=lambda entry: (entry.day, entry.kind, entry.instrument_id, entry.by, entry.note))


def _part(book: Rulebook, instrument_id: str, scope: set[str]) -> tuple[str, ...]:
    return () if len(scope) == len(book.instruments[instrument_id].provisions) else tuple(sorted(scope))


def _entry(event: Event) -> tuple[Day, str] | None:
    end = last_day(event)
    if event.type == "policy_statement":
        return (end + ONE_DAY, "stated") if end else None
    if end is not None:
        return end + ONE_DAY, "pause_ends" if event.type == "suspension" else "term_ends"
    if event.type in ("entry_into_force", "listing", "delisting", "resumption", "repeal") and event.effective:
        return event.effective, "starts" if event.type in ("entry_into_force", "listing") else event.type
    return None
