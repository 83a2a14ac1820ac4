"""The status of clauses and instruments over time, with the information of one date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED, Law, clocks
from coercivity.law.rules.model import Instrument, Provision, Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption, StatusOn, last_day, status_on
from coercivity.law.rules.tree import facts_of

__all__ = [
    "CONTROLS",
    "FRAME",
    "GROUPS",
    "ORDER",
    "PARTIES",
    "RARE_EARTHS",
    "Clause",
    "Mix",
    "Status",
    "StatusOn",
    "StatusSpan",
    "Timeline",
    "TimelineLine",
    "clause_on",
    "facts_asked",
    "timeline",
]  # fmt: skip

# In order of relevance: in force, then unconfirmed, then inactive.
ORDER = (Status.IN_FORCE, Status.UNKNOWN, Status.SUSPENDED, Status.NOT_YET, Status.ENDED)
RARE_EARTHS, CONTROLS, PARTIES, FRAME = "rare_earths", "controls", "parties", "frame"
GROUPS = (RARE_EARTHS, CONTROLS, PARTIES, FRAME)
_RARE_EARTH_FACTS = frozenset(("magnet_type", "process_stage"))


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """A period of one status.

    Attributes:
        first: First day; None if the period has no beginning.
        last: Last day; None if the period has no end.
        status: The status, as it is on the first day.
    """

    first: Day | None
    last: Day | None
    status: Status


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision over time.

    Attributes:
        now: Its status on the transaction date, with event, end and legal scenarios.
        spans: Its periods.
        since: First day of the period that contains the transaction date; None if it has no beginning.
    """

    provision: Provision
    now: StatusOn
    spans: tuple[StatusSpan, ...]
    since: Day | None


@dataclass(frozen=True, slots=True)
class Mix:
    """A period in which the clauses of an instrument have the same statuses.

    Attributes:
        counts: Number of clauses by status, in the order of `ORDER`.
    """

    first: Day | None
    last: Day | None
    counts: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """An instrument over time.

    Attributes:
        group: One of `GROUPS`.
        clauses: The provisions that decide its status: those with an effect, or all if none has one.
        spans: Its periods.
    """

    instrument: Instrument
    group: str
    clauses: tuple[Clause, ...]
    spans: tuple[Mix, ...]

    @property
    def now(self) -> dict[Status, tuple[Clause, ...]]:
        """The clauses by their status on the transaction date, in the order of `ORDER`."""
        held = {status: tuple(c for c in self.clauses if c.now.status is status) for status in ORDER}
        return {status: clauses for status, clauses in held.items() if clauses}


@dataclass(frozen=True, slots=True)
class Timeline:
    """The law over time.

    Attributes:
        on: The transaction date.
        known: Information cut-off.
        lines: One line per instrument, the most relevant first.
    """

    on: Day
    known: Day
    lines: tuple[TimelineLine, ...]

    def line(self, instrument_id: str) -> TimelineLine:
        """Returns the line of an instrument."""
        return next(line for line in self.lines if line.instrument.id == instrument_id)


def timeline(on: str, known: str | None = None, assume: str | None = None, law: Law = PACKED) -> Timeline:
    """Returns the status of all instruments over time.

    Args:
        on: Transaction date, YYYY-MM-DD.
        known: Information cut-off; by default the earlier of `on` and the last verification of the rulebook.
        assume: Planning assumptions.
        law: The rulebook to use.

    Raises:
        CoercivityError: If a date or an assumption is not valid.

    Examples:
        >>> line = coercivity.timeline("2026-01-05").line("mofcom-2025-61")
        >>> [status.value for status in line.now]
        ['suspended']
    """
    if law is PACKED:
        return _packed(on, known, assume)
    return _timeline(law.book(), on, known, assume)


@lru_cache(maxsize=64)
def _packed(on: str, known: str | None, assume: str | None) -> Timeline:
    return _timeline(PACKED.book(), on, known, assume)


def _timeline(book: Rulebook, on: str, known: str | None, assume: str | None) -> Timeline:
    faults = Faults()
    times = clocks(book, on, known, assume, faults)
    faults.raise_if_any()
    assert times.on is not None
    seen = times.known or book.default_known(times.on)
    lines = [_line(book, i, times.on, seen, times.assume.get(i.id)) for i in book.instruments.values()]
    return Timeline(times.on, seen, tuple(sorted(lines, key=_place)))


def clause_on(
    provision_id: str, on: str, known: str | None = None, assume: str | None = None, law: Law = PACKED
) -> tuple[Instrument, Clause]:
    """Returns a provision over time, with or without an effect, and its instrument.

    Raises:
        CoercivityError: If the provision does not exist, or a date or an assumption is not valid.
    """
    book, faults = law.book(), Faults()
    found = book.provision(provision_id)
    times = clocks(book, on, known, assume, faults)
    if found is None:
        what = f"clause {provision_id[:60]!r} not found"
        raise CoercivityError.of("PROVISION", what, next="`coercivity rules list` lists the instruments")
    faults.raise_if_any()
    assert times.on is not None
    instrument, provision = found
    picked = times.assume.get(instrument.id)
    return instrument, _clause(instrument, provision, times.on, times.known or book.default_known(times.on), picked)


def facts_asked(provision_id: str, law: Law = PACKED) -> tuple[str, ...]:
    """Returns the facts that a provision needs, in the order of the catalogue; none if it has no effect."""
    book = law.book()
    rule = book.rule(provision_id)
    names = {name for tree in rule.trees for name in facts_of(tree)} if rule else set()
    return tuple(name for name in book.catalogue if name in names)


def _line(book: Rulebook, instrument: Instrument, on: Day, known: Day, picked: Assumption | None) -> TimelineLine:
    held = [p for p in instrument.provisions if p.has_effect] or instrument.provisions
    clauses = tuple(_clause(instrument, p, on, known, picked) for p in held)
    return TimelineLine(instrument, _group(book, instrument), clauses, _mixes(clauses))


def _clause(instrument: Instrument, provision: Provision, on: Day, known: Day, picked: Assumption | None) -> Clause:
    def status(day: Day) -> StatusOn:
        return status_on(provision, instrument, day, known, assume=picked)

    runs: list[tuple[Day | None, Status]] = []
    turns = sorted(_turns(instrument, provision, picked))
    for day in (None, *turns):
        found = status(day or (turns[0] - ONE_DAY if turns else on)).status
        if not runs or runs[-1][1] is not found:
            runs.append((day, found))
    ends = [first - ONE_DAY for first, _ in runs[1:] if first is not None]
    spans = tuple(StatusSpan(first, last, kind) for (first, kind), last in zip(runs, [*ends, None], strict=True))
    since = next(span.first for span in reversed(spans) if span.first is None or span.first <= on)
    return Clause(provision, status(on), spans, since)


def _turns(instrument: Instrument, provision: Provision, picked: Assumption | None) -> set[Day]:
    """Returns the dates on which the status of a provision may change."""
    days = {provision.effective_from, picked.extended_through + ONE_DAY if picked and picked.extended_through else None}
    for event in instrument.events:
        if event.touches(provision.id):
            end = last_day(event)
            days |= {event.effective, event.published, end + ONE_DAY if end else None}
    return {day for day in days if day is not None}


def _mixes(clauses: tuple[Clause, ...]) -> tuple[Mix, ...]:
    firsts = sorted({span.first for clause in clauses for span in clause.spans if span.first is not None})
    found: list[tuple[Day | None, tuple[tuple[Status, int], ...]]] = []
    for first in (None, *firsts):
        seen = Counter(_status_at(clause, first) for clause in clauses)
        counts = tuple((status, seen[status]) for status in ORDER if seen[status])
        if not found or found[-1][1] != counts:
            found.append((first, counts))
    ends = [first - ONE_DAY for first, _ in found[1:] if first is not None]
    return tuple(Mix(first, last, counts) for (first, counts), last in zip(found, [*ends, None], strict=True))


def _status_at(clause: Clause, day: Day | None) -> Status:
    held = [s for s in clause.spans if s.first is None or (day is not None and s.first <= day)]
    return held[-1].status


def _group(book: Rulebook, instrument: Instrument) -> str:
    """Returns the group of an instrument: rules on goods, on parties, or general rules."""
    rules = [rule for p in instrument.provisions if (rule := book.rule(p.id)) is not None]
    if instrument.type == "list_notice":
        return PARTIES
    if not rules or instrument.type not in ("announcement", "catalogue"):
        return FRAME
    asked = {name for rule in rules for tree in rule.trees for name in facts_of(tree)}
    named = "rare earth" in instrument.title_en.lower()
    return RARE_EARTHS if named or asked & _RARE_EARTH_FACTS else CONTROLS


def _place(line: TimelineLine) -> tuple[int, int, str]:
    day = line.instrument.published
    return GROUPS.index(line.group), -(day.toordinal() if day else 0), line.instrument.id
