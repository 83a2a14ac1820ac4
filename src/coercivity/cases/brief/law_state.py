"""The legal status on the date of a report, as far as it is relevant to the case, and upcoming dates."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.cases.brief.transaction import BriefRow
from coercivity.law.explain.proof_parts import StepShown
from coercivity.law.explain.upcoming import AgendaEntry, agenda
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Event, Instrument, Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.status import StatusOn

PACK = "pack"
_OPEN = (Status.SUSPENDED, Status.UNKNOWN)
_IN_PLAY = frozenset({"bites", "depends", "might_bite", "would_bite", "exempts", "takes_out", "taken_out"})


@dataclass(frozen=True, slots=True)
class InstrumentState:
    """The status on the date of the relevant clauses of one instrument.

    Attributes:
        rules: Clauses with this status.
        statements: Policy statements that mention them.
        used_by: Ids of the transactions for which they are relevant.
    """

    instrument: Instrument
    state: StatusOn
    rules: tuple[Rule, ...]
    statements: tuple[Event, ...]
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """An upcoming date, with the days from `on`; negative if it has passed since the last check."""

    entry: AgendaEntry
    days: int
    concerns: tuple[str, ...]


def law_on_the_day(book: Rulebook, rows: list[BriefRow]) -> tuple[InstrumentState, ...]:
    """Returns the status of every relevant clause, grouped by instrument and status, in order of relevance and id."""
    ranks: dict[int, list[str]] = {}
    for row in rows:
        for step in row.proof["steps"]:
            rule = book.rule(step["provision"])
            if rule is not None and _in_play(rule, step):
                ranks.setdefault(rule.rank, []).append(row.transaction.id)
    if not rows:
        return ()
    statuses, known = rows[0].decision.statuses, rows[0].decision.known
    groups: dict[tuple[str, ...], list[int]] = {}
    for rank in sorted(ranks):
        groups.setdefault((book.rules[rank].instrument.id, *_key(statuses[rank])), []).append(rank)
    order = {row.transaction.id: place for place, row in enumerate(rows)}
    found = []
    for (name, *_), members in groups.items():
        rules, state = tuple(book.rules[rank] for rank in members), statuses[members[0]]
        used = sorted({entry for rank in members for entry in ranks[rank]}, key=order.__getitem__)
        said = _statements(book.instruments[name], rules, known) if state.status in _OPEN else ()
        found.append(InstrumentState(book.instruments[name], state, rules, said, tuple(used)))
    return tuple(found)


def _in_play(rule: Rule, step: StepShown) -> bool:
    """Returns whether a proof step says something about this case, and not only that a clause was evaluated."""
    role = step["role"]
    if role == "not_yet":
        return step["match"] == "yes"
    return role in _IN_PLAY and not (role == "might_bite" and rule.exclusion)


def _key(state: StatusOn) -> tuple[str, ...]:
    """Returns what must be equal for two clauses to be shown together."""
    event = state.event
    dates = (event.type, str(event.effective), event.by) if event is not None else ()
    return (state.status.value, str(state.until), str(state.other_reading), *dates)


def _statements(instrument: Instrument, rules: tuple[Rule, ...], known: Day) -> tuple[Event, ...]:
    return tuple(
        event
        for event in instrument.events
        if event.type == "policy_statement" and known_by(event, known) and any(event.touches(rule.id) for rule in rules)
    )


def what_is_coming(book: Rulebook, rows: list[BriefRow], on: Day, known: Day) -> tuple[Coming, ...]:
    """Returns what takes effect after the last check: what has passed by `on` since then, and what is upcoming."""
    since = min(known, on)
    entries = agenda(book, since, known=known)
    entries += [
        AgendaEntry(instrument.verified_through + ONE_DAY, "first_unverified", instrument.id)
        for instrument in book.instruments.values()
        if instrument.verified_through >= since and not book.vouches
    ]
    entries.append(AgendaEntry(min(known, book.checked_through) + ONE_DAY, "first_unverified", PACK))
    touched: dict[str, list[str]] = {}
    for row in rows:
        for name in _instruments_of(row):
            touched.setdefault(name, []).append(row.transaction.id)
    return tuple(
        Coming(entry, (entry.day - on).days, tuple(touched.get(entry.instrument_id, ())))
        for entry in sorted(set(entries), key=lambda e: (e.day, e.kind, e.instrument_id, e.by, e.note))
    )


def _instruments_of(row: BriefRow) -> set[str]:
    """Returns the instruments that decide the result on some day, those that suspend them, and their exemptions."""
    by = {pause.by for pause in row.pauses}
    return {*row.biting, *by, *(excluding.instrument.id for _, excluding in row.taken_out)}
