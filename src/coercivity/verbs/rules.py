"""`rules`: the rulebook as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypedDict

from coercivity.base.days import Day, day_of, parse_day
from coercivity.base.errors import Argument, CoercivityError, Faults, nearest
from coercivity.base.sums import total
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, clocks
from coercivity.files.write.whole import write_file
from coercivity.intake.ownership.regimes import check_regimes
from coercivity.law.explain.proof import event_facts
from coercivity.law.explain.upcoming import AgendaEntry, agenda
from coercivity.law.rules.check import RulesReport, check_rules
from coercivity.law.rules.load import aliases, law_folder
from coercivity.law.rules.model import Event, Instrument, Provision
from coercivity.law.rules.parsed import forget
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import EventShown, short_name
from coercivity.law.rules.status import StatusOn, status_on
from coercivity.papers.shared.ics import calendar_ics
from coercivity.papers.shared.names import clause_ref, name_of
from coercivity.verbs.cases import cover_cases

__all__ = [
    "AgendaEntry", "Event", "Instrument", "LastCheck", "Provision", "RulesReport", "calendar_file", "calendar_plain",
    "clause_ids", "instruments", "is_clause", "last_check", "law_hash", "rules_calendar",
    "rules_check", "rules_list", "rules_show", "rules_shown", "rules_status", "taken_out_by",
]  # fmt: skip


class InstrumentRow(TypedDict):
    """An instrument in brief."""

    id: str
    number: str
    type: str
    name_en: str
    name_zh: str
    title_en: str
    title_zh: str
    published: str
    verified_through: str
    provisions: int
    with_effect: int
    confidence: str


class ShownState(TypedDict):
    """The status of a clause on a date; blank or empty if there is no end, event or scenario."""

    status: str
    until: str
    event: EventShown | dict[str, object]
    branches: dict[str, str]


class ProvisionState(ShownState):
    """The status of a clause, with its reference."""

    instrument: str
    provision: str
    ref: str
    ref_zh: str
    effect: str


class WatchDay(TypedDict):
    """An upcoming date."""

    day: str
    kind: str
    instrument_id: str
    by: str
    note: str
    days_left: int


def rules_list(law: Law = PACKED) -> list[InstrumentRow]:
    """Returns the instruments as plain rows."""
    return [
        {
            "id": i.id,
            "number": i.number,
            "type": i.type,
            "name_en": short_name(i, "en"),
            "name_zh": short_name(i, "zh"),
            "title_en": i.title_en,
            "title_zh": i.title_zh,
            "published": i.published.isoformat() if i.published else "",
            "verified_through": i.verified_through.isoformat(),
            "provisions": len(i.provisions),
            "with_effect": total(p.has_effect for p in i.provisions),
            "confidence": i.confidence,
        }
        for i in law.book().instruments.values()
    ]


def rules_show(name: str, law: Law = PACKED) -> tuple[Instrument, tuple[Provision, ...], str]:
    """Returns an instrument, its clauses (or the one named) and our interpretation.

    Args:
        name: Id, alias or number of an instrument, or id of a clause.
        law: The rulebook to use.

    Raises:
        CoercivityError: If nothing has that name.
    """
    book = law.book()
    found = book.provision(name)
    if found is not None:
        return found[0], (found[1],), _reading(book, found[0].id)
    known = aliases(book.instruments)
    if name in known:
        instrument = book.instruments[known[name]]
        return instrument, tuple(instrument.provisions), _reading(book, instrument.id)
    pool = [*known, *(p.id for i in book.instruments.values() for p in i.provisions)]
    raise CoercivityError.of(
        "INSTRUMENT",
        f"no instrument or clause is called {name[:60]!r}",
        nearest=nearest(name, pool),
        next="run `coercivity rules list` for all instruments",
    )


def taken_out_by(provision_id: str, law: Law = PACKED) -> list[str]:
    """Returns the ids of the clauses that make an exception from a clause."""
    book = law.book()
    rule = book.rule(provision_id)
    return [book.rules[rank].id for rank in rule.taken_out_by] if rule else []


def is_clause(name: str, law: Law = PACKED) -> bool:
    """Returns whether a name is the id of a clause."""
    return law.book().provision(name) is not None


def instruments(law: Law = PACKED) -> Mapping[str, Instrument]:
    """Returns the instruments by id."""
    return law.book().instruments


def clause_ids(law: Law = PACKED) -> frozenset[str]:
    """Returns the ids of all clauses."""
    return frozenset(p.id for i in law.book().instruments.values() for p in i.provisions)


def law_hash(law: Law = PACKED) -> str:
    """Returns the hash by which results identify the rulebook."""
    return law.book().content_hash


def rules_status(
    on: str, known: str | None = None, assume: str | None = None, law: Law = PACKED
) -> list[ProvisionState]:
    """Returns the status of every clause with an effect on a date.

    Raises:
        CoercivityError: If a date or an assumption is invalid.

    Examples:
        >>> rows = coercivity.rules_status("2026-01-05")
        >>> {row["provision"]: row["status"] for row in rows}["a18-1c905"]
        'in_force'
    """
    book = law.book()
    faults = Faults()
    times = clocks(book, on, known, assume, faults)
    faults.raise_if_any()
    assert times.on is not None
    statuses = book.statuses(times.on, times.known or book.default_known(times.on), times.assume)
    return [
        {
            "instrument": rule.instrument.id,
            "provision": rule.id,
            "ref": rule.provision.ref,
            "ref_zh": clause_ref(rule.provision, "zh"),
            "effect": rule.provision.effect,
            **_status(status),
        }
        for rule, status in zip(book.rules, statuses, strict=True)
    ]


def rules_shown(
    name: str, on: str | None = None, known: str | None = None, assume: str | None = None, law: Law = PACKED
) -> dict[str, object]:
    """Returns an instrument, or one of its clauses, as plain data; with a date also the statuses on it.

    Args:
        name: Id, alias or number of an instrument, or id of a clause.
        on: Transaction date; None if no statuses are wanted.
        known: Information cut-off.
        assume: Planning assumption for suspensions.
        law: The rulebook to use.

    Raises:
        CoercivityError: If nothing has that name, or a date or an assumption is invalid.
    """
    book, faults = law.book(), Faults()
    times = clocks(book, on, known, assume, faults)
    instrument, provisions, reading = rules_show(name, law)
    faults.raise_if_any()
    found = instrument.model_dump(mode="json", exclude_none=True, exclude={"provisions"})
    rows = [provision.model_dump(mode="json", exclude_none=True) for provision in provisions]
    if times.on is not None:
        seen = times.known or book.default_known(times.on)
        for row, provision in zip(rows, provisions, strict=True):
            picked = times.assume.get(instrument.id)
            row["state"] = _status(status_on(provision, instrument, times.on, seen, assume=picked))
    return {**found, "provisions": rows, "reading_text": reading}


def rules_calendar(on: str, known: str | None = None, to: str | None = None, law: Law = PACKED) -> list[AgendaEntry]:
    """Returns the upcoming dates after `on`, sorted.

    Raises:
        CoercivityError: If a date is invalid.
    """
    faults = Faults()
    day, known_day, last = day_of(on, ON, faults), day_of(known, KNOWN, faults), day_of(to, Argument("to"), faults)
    faults.raise_if_any()
    assert day is not None
    return agenda(law.book(), day, known=known_day, to=last)


@dataclass(frozen=True, slots=True)
class LastCheck:
    """How far the rulebook was verified against new announcements, seen from a date.

    Attributes:
        through: Last date on which the list of announcements was checked.
        days_ago: Days from then to the date asked about; None if it is earlier.
    """

    through: Day
    days_ago: int


def last_check(on: Day, law: Law = PACKED) -> LastCheck:
    """Returns how long ago the rulebook was last checked against new announcements."""
    through = law.book().verified_through
    return LastCheck(through, max((on - through).days, 0))


def calendar_plain(entries: list[AgendaEntry], on: str) -> list[WatchDay]:
    """Returns upcoming dates as plain data, each with the days left.

    Args:
        entries: The upcoming dates.
        on: Date from which to count, YYYY-MM-DD.
    """
    start = parse_day(on)
    return [
        {
            "day": entry.day.isoformat(),
            "kind": entry.kind,
            "instrument_id": entry.instrument_id,
            "by": entry.by,
            "note": entry.note,
            "days_left": (entry.day - start).days,
        }
        for entry in entries
    ]


def calendar_file(entries: list[AgendaEntry], law: Law = PACKED) -> bytes:
    """Returns upcoming dates as an iCalendar file, dated by the version of the rulebook."""
    book = law.book()
    return calendar_ics(
        entries, name=partial(name_of, book, lang="en"), stamp=parse_day(book.version.partition("+")[0])
    )


def write_calendar(path: Path, entries: list[AgendaEntry], law: Law = PACKED) -> None:
    """Writes upcoming dates to an iCalendar file."""
    write_file(path, calendar_file(entries, law))


def rules_check(progress: Callable[[int, int], None] | None = None, law: Law = PACKED) -> RulesReport:
    """Checks the rulebook, user-supplied notices included, and that each clause has a positive and a negative case."""
    forget(law.pack or law_folder())  # the files themselves are checked, not what is kept of them
    book = law.book()
    report = check_rules(book, book.folder, progress=progress)
    faults = Faults()
    for name, lacking in cover_cases(law).items():
        what = f"{name} has no {' and no '.join(f'{key} case' for key in lacking)}"
        faults.add("CASE-COVER", what, where="cases.yaml", next="add one next to its instrument")
    check_regimes(book, faults)
    return replace(report, faults=(*report.faults, *faults.items))


def _reading(book: Rulebook, instrument_id: str) -> str:
    path = book.folder / "instruments" / instrument_id / "reading.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _status(status: StatusOn) -> ShownState:
    return {
        "status": status.status.value,
        "until": status.until.isoformat() if status.until else "",
        "event": event_facts(status.event) if status.event else {},
        "branches": {branch.label: branch.status.value for branch in status.branches},
    }
