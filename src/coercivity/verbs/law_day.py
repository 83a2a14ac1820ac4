"""The law on a date at a glance: rules in force, suspended or unconfirmed, and upcoming dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import PACKED, clocks
from coercivity.law.explain.upcoming import AgendaEntry
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Instrument
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import StatusOn
from coercivity.papers.brief.words import statement_text, status_text
from coercivity.papers.shared.names import IN_BOTH, Text, name_of
from coercivity.verbs.rules import LastCheck, last_check, rules_calendar

LISTS, BACKGROUND = ("list_notice",), ("law", "regulation", "guidance")
OPEN = ("unknown", "suspended")


@dataclass(slots=True)
class InState:
    """An instrument with one status on the date.

    Attributes:
        of: Total number of its clauses.
        clauses: Number of its clauses with this status.
        text: Reason for the status.
        statements: What policy statements say about it; they do not change the law.
    """

    id: str
    name: Text
    title: Text
    of: int
    text: Text
    statements: list[str] = field(default_factory=list)
    clauses: int = 0


class DayToWatch(NamedTuple):
    """A date on which the status of instruments changes, all for one reason."""

    day: str
    kind: str
    by: Text
    names: list[Text]


class LawOnDay(NamedTuple):
    """The law on a date at a glance.

    Attributes:
        groups: Instruments by status, grouped by reason; `lists` of parties and the laws in the `background` are
            separate from the other rules in force.
    """

    on: Day
    known: Day
    groups: Mapping[str, list[list[InState]]]
    coming: list[DayToWatch]
    passed: list[DayToWatch]
    check: LastCheck


def law_day(on: str, known: str | None = None, assume: str | None = None, lang: Lang = "en") -> LawOnDay:
    """Returns the law on a date at a glance.

    Args:
        on: The date, YYYY-MM-DD.
        known: Information cut-off.
        assume: Planning assumption for suspensions.
        lang: Language of the policy statements.

    Raises:
        CoercivityError: If a date or an assumption is invalid.
    """
    book, faults = PACKED.book(), Faults()
    times = clocks(book, on, known, assume, faults)
    faults.raise_if_any()
    assert times.on is not None
    seen = times.known or book.default_known(times.on)
    states = _states(book, book.statuses(times.on, seen, times.assume), seen, lang)
    ahead = rules_calendar(seen.isoformat())
    return LawOnDay(
        times.on,
        seen,
        {group: _alike(held) for group, held in states.items()},
        _days(book, [entry for entry in ahead if entry.day > times.on]),
        _days(book, [entry for entry in ahead if entry.day <= times.on]),
        last_check(times.on),
    )


def _states(book: Rulebook, statuses: Sequence[StatusOn], known: Day, lang: Lang) -> dict[str, list[InState]]:
    """Groups instruments by status; controls are separate from lists of parties and from the laws behind them."""
    groups: dict[str, dict[str, InState]] = {}
    sizes: dict[str, int] = {}
    for rule in book.rules:
        sizes[rule.instrument.id] = sizes.get(rule.instrument.id, 0) + 1
    for rule, status in zip(book.rules, statuses, strict=True):
        group, held = status.status.value, rule.instrument
        if group == "in_force" and held.type in (*LISTS, *BACKGROUND):
            group = "lists" if held.type in LISTS else "background"
        entries = groups.setdefault(group, {})
        if held.id not in entries:
            text = status_text(book, held, status, known)
            said = _statements(book, held, known, lang) if group in OPEN else []
            entries[held.id] = InState(held.id, _named(book, held.id), held.title, sizes[held.id], text, said)
        entries[held.id].clauses += 1
    return {group: sorted(held.values(), key=lambda e: _newest(book, e.id)) for group, held in groups.items()}


def _alike(held: list[InState]) -> list[list[InState]]:
    """Groups instruments that have their status for the same reason, so that it is stated once."""
    groups: dict[tuple[str, ...], list[InState]] = {}
    for entry in held:
        groups.setdefault((entry.text.get("en", ""), *entry.statements), []).append(entry)
    return sorted(groups.values(), key=len, reverse=True)


def _statements(book: Rulebook, instrument: Instrument, known: Day, lang: Lang) -> list[str]:
    """Returns what policy statements published by then say about an instrument."""
    said = [e for e in instrument.events if e.type == "policy_statement" and known_by(e, known)]
    return list(dict.fromkeys(say(statement_text(book, event), lang) for event in said))


def _newest(book: Rulebook, name: str) -> tuple[int, str]:
    """Sorts rare-earth controls by publication date, newest first."""
    published = book.instruments[name].published
    return (-published.toordinal() if published else 0, name)


def _days(book: Rulebook, entries: list[AgendaEntry]) -> list[DayToWatch]:
    """Returns upcoming dates, those with the same date and reason together."""
    groups: dict[tuple[str, str, str], list[Text]] = {}
    for entry in entries:
        names = groups.setdefault((entry.day.isoformat(), entry.kind, entry.by), [])
        if entry.instrument_id in book.instruments:
            names.append(_named(book, entry.instrument_id))
    return [DayToWatch(day, kind, _named(book, by), names) for (day, kind, by), names in sorted(groups.items())]


def _named(book: Rulebook, name: str) -> Text:
    return {lang: name_of(book, name, lang) for lang in IN_BOTH}
