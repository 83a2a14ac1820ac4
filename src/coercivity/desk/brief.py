"""A case folder to a brief as plain data: every transaction decided, with what stands behind it and what is coming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.desk.brief_case import TABLE_FILE, CaseHead, read_case
from coercivity.desk.transactions import Transaction, read_transactions
from coercivity.law.agenda import AgendaEntry, agenda
from coercivity.law.ask import Question, ask
from coercivity.law.decide import BranchResult, Decision, decide
from coercivity.law.exposure import Exposure, exposure
from coercivity.law.model import GRAVITY, Event, Instrument, Outcome, Status
from coercivity.law.procedure import Procedure, procedure
from coercivity.law.proof import proof
from coercivity.law.reasons import Reason, grounds, reasons
from coercivity.law.rulebook import Rule, Rulebook
from coercivity.law.status import Assumption, StatusOn
from coercivity.law.windows import Pause, Window, pauses, windows

MOST_TRANSACTIONS = 1_000
PACK = "pack"
_IN_PLAY = frozenset({"bites", "depends", "might_bite", "would_bite", "exempts", "takes_out", "taken_out", "not_yet"})

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """The same transaction on the day for which it is planned."""

    decision: Decision
    hash: str


@dataclass(frozen=True, slots=True)
class BriefRow:
    """Everything the rules say of one transaction.

    Attributes:
        grounds: Rules on which the finding rests, strongest first.
        exclusions: For a ground, the exclusions that somebody could still establish.
        taken_out: Rules that would have bitten, with the exclusion that takes them out.
        question: The one question to ask, where a fact is open.
        windows: The answer for every day of the horizon, as runs of days.
        biting: Instruments that bite, would bite, or might, on some day of the horizon.
        planned: The answer on the planned day, where the row gives another day than `on`.
        procedure: What has to be obtained first and what follows, by law.
        exposure: Articles that a breach would fall under.
    """

    transaction: Transaction
    decision: Decision
    proof: dict[str, Any]
    grounds: tuple[Rule, ...]
    exclusions: Mapping[str, tuple[Rule, ...]]
    taken_out: tuple[tuple[Rule, Rule], ...]
    reasons: tuple[Reason, ...]
    question: Question | None
    windows: tuple[Window, ...]
    biting: frozenset[str]
    pauses: tuple[Pause, ...]
    planned: Planned | None
    procedure: Procedure
    exposure: tuple[Exposure, ...]

    @property
    def now(self) -> Window:
        """The run of days that holds `on`."""
        return next(window for window in reversed(self.windows) if window.start <= self.decision.on)

    @property
    def next_change(self) -> Window | None:
        """The first run of days after `on` on which the rules themselves answer otherwise, within the horizon."""
        now = self.now
        later = (window for window in self.windows if window.start > now.start)
        return next((w for w in later if (w.finding, w.may_become) != (now.finding, now.may_become)), None)

    @property
    def unchecked_from(self) -> Day | None:
        """The first day after `on` on which a PROCEED is held back because nothing was checked that far."""
        return next((w.start for w in self.windows if w.start > self.now.start and w.unverified), None)

    @property
    def ways(self) -> tuple[BranchResult, ...]:
        """Each way in which the unknown state of a rule may turn out; none where nothing is unknown."""
        return self.decision.branches if len(self.decision.branches) > 1 else ()


@dataclass(frozen=True, slots=True)
class InstrumentState:
    """The state on the day of the clauses of one instrument that are in play.

    Attributes:
        rules: Clauses in this state.
        statements: Statements of policy that speak of them.
        used_by: Ids of the transactions in which they are in play.
    """

    instrument: Instrument
    state: StatusOn
    rules: tuple[Rule, ...]
    statements: tuple[Event, ...]
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day to watch, with the days from `on`; negative where it has passed since the last check."""

    entry: AgendaEntry
    days: int
    concerns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """One case on one day.

    Attributes:
        known: Day by which things count as published.
        first_unverified: First day that lies past what is known and checked.
        start: First day of the charts.
        end: Last day of the charts.
        least_checked: The earliest last check among the instruments used.
    """

    case: CaseHead
    on: Day
    known: Day
    assume: Mapping[str, Assumption]
    first_unverified: Day
    least_checked: Day
    start: Day
    end: Day
    rows: tuple[BriefRow, ...]
    states: tuple[InstrumentState, ...]
    coming: tuple[Coming, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """Number of transactions by outcome, all four outcomes named."""
        found = Counter(row.decision.outcome for row in self.rows)
        return {outcome: found.get(outcome, 0) for outcome in Outcome}

    @property
    def outcome(self) -> Outcome:
        """The gravest outcome, in the order PROCEED, LICENCE, UNKNOWN, STOP."""
        return max((row.decision.outcome for row in self.rows), key=GRAVITY.__getitem__)


def make_brief(
    book: Rulebook,
    folder: Path,
    on: Day,
    *,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
    progress: Progress | None = None,
) -> Brief:
    """Returns the brief of a case folder.

    Args:
        book: The rulebook.
        folder: Folder with `case.yaml` and `transactions.csv`.
        on: Day for which every transaction is decided; planned days are decided beside it.
        known: Day by which things count as published.
        assume: Branches picked for planning, by instrument.
        progress: Called with (transactions done, all).

    Raises:
        CoercivityError: With every fault of the head, or else every fault of the table.
    """
    case, rows = _read(book, folder)
    known = known or book.default_known(on)
    picked = dict(assume or {})
    start, end = min(case.horizon.start, on), max(case.horizon.end, on)
    done = []
    for count, transaction in enumerate(rows, 1):
        done.append(_row(book, transaction, on, known, picked, start, end))
        if progress is not None:
            progress(count, len(rows))
    return Brief(
        case=case,
        on=on,
        known=known,
        assume=picked,
        first_unverified=min(known, book.verified_through) + ONE_DAY,
        least_checked=min(row.decision.horizon for row in done),
        start=start,
        end=end,
        rows=tuple(done),
        states=_states(book, done),
        coming=_coming(book, done, on, known, end),
    )


def _read(book: Rulebook, folder: Path) -> tuple[CaseHead, list[Transaction]]:
    """Reads both files; where both are at fault, the faults of both are told."""
    faults = Faults()
    try:
        case, standing = read_case(folder, book.catalogue.countries)
    except CoercivityError as error:
        faults.items += error.faults
        if folder.is_dir():
            try:
                read_transactions(book, folder / TABLE_FILE)
            except CoercivityError as second:
                faults.items += second.faults
        raise CoercivityError(faults.items) from None
    rows = read_transactions(book, folder / TABLE_FILE, standing=standing)
    if len(rows) > MOST_TRANSACTIONS:
        raise CoercivityError.of(
            "BRIEF-ROWS",
            f"{len(rows):,} transactions; a brief takes at most {MOST_TRANSACTIONS:,}",
            where=TABLE_FILE,
            next="use `coercivity batch` for large tables, or split the case",
        )
    return case, rows


def _row(
    book: Rulebook,
    transaction: Transaction,
    on: Day,
    known: Day,
    assume: Mapping[str, Assumption],
    start: Day,
    end: Day,
) -> BriefRow:
    deal = transaction.deal
    decision = decide(book, deal, on, known=known, assume=assume)
    open_answer = decision.outcome is Outcome.UNKNOWN or decision.may_become is not None
    runs = tuple(windows(book, deal, start, end, known=known, assume=assume))
    biting = _biting(book, runs)
    found = tuple(sorted(grounds(book, decision), key=_catch_all_last))
    return BriefRow(
        transaction=transaction,
        decision=decision,
        proof=proof(book, decision),
        grounds=found,
        exclusions=_exclusions(book, decision, found),
        taken_out=_taken_out(book, decision),
        reasons=reasons(book, decision),
        question=ask(book, decision) if open_answer else None,
        windows=runs,
        biting=biting,
        pauses=tuple(p for p in pauses(book, deal, known) if p.instrument_id in biting),
        planned=_planned(book, transaction, on, known, assume),
        procedure=procedure(book, decision),
        exposure=tuple(
            exposure(
                book,
                decision,
                turnover_cny=_amount(transaction, "turnover_cny"),
                income_cny=_amount(transaction, "income_cny"),
            )
        ),
    )


def _biting(book: Rulebook, runs: tuple[Window, ...]) -> frozenset[str]:
    """The instruments that bite, would bite, or might, on some day: only their pauses matter to the deal."""
    ranks: set[int] = set()
    for run in runs:
        for branch in run.decision.branches:
            ranks |= {*branch.benign.bites, *branch.benign.might, *branch.suspended, *branch.perhaps_suspended}
    return frozenset(book.rules[rank].instrument.id for rank in ranks if not book.rules[rank].exclusion)


def _catch_all_last(rule: Rule) -> tuple[int, bool]:
    """Of grounds that are equally strong, the clause that names the thing is told before one that catches the rest."""
    return (-(rule.bite or 0), rule.provision.kind == "catch_all")


def _amount(transaction: Transaction, name: str) -> Decimal | None:
    text = transaction.about.get(name)
    return Decimal(text) if text is not None else None


def _planned(
    book: Rulebook, transaction: Transaction, on: Day, known: Day, assume: Mapping[str, Assumption]
) -> Planned | None:
    day = transaction.on
    if day is None or day == on:
        return None
    decision = decide(book, transaction.deal, day, known=known, assume=assume)
    return Planned(decision, str(proof(book, decision)["hash"]))


def _exclusions(book: Rulebook, decision: Decision, found: tuple[Rule, ...]) -> dict[str, tuple[Rule, ...]]:
    """For each ground, the exclusions that would take it out once they were established."""
    named: dict[str, tuple[Rule, ...]] = {}
    for rule in found:
        ranks = {r for branch in decision.branches for r in branch.benign.unless.get(rule.rank, ())}
        if ranks:
            named[rule.id] = tuple(book.rules[rank] for rank in sorted(ranks))
    return named


def _taken_out(book: Rulebook, decision: Decision) -> tuple[tuple[Rule, Rule], ...]:
    pairs = {(rank, by) for branch in decision.branches for rank, by in branch.benign.out.items()}
    return tuple((book.rules[rank], book.rules[by]) for rank, by in sorted(pairs))


def _states(book: Rulebook, rows: list[BriefRow]) -> tuple[InstrumentState, ...]:
    """The state of every clause in play, grouped by instrument and state, instruments in play first by their id."""
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


def _in_play(rule: Rule, step: Mapping[str, Any]) -> bool:
    """Whether a proof step says something of this case, and not only that a clause was looked at."""
    role = step["role"]
    if role == "not_yet":
        return bool(step["match"] == "yes")
    return role in _IN_PLAY and not (role == "might_bite" and rule.exclusion)


_OPEN = (Status.SUSPENDED, Status.UNKNOWN)


def _key(state: StatusOn) -> tuple[str, ...]:
    """What has to be equal for two clauses to be told together."""
    event = state.event
    dates = (event.type, str(event.effective), event.by) if event is not None else ()
    return (state.status.value, str(state.until), str(state.other_reading), *dates)


def _statements(instrument: Instrument, rules: tuple[Rule, ...], known: Day) -> tuple[Event, ...]:
    return tuple(
        event
        for event in instrument.events
        if event.type == "policy_statement"
        and event.published is not None
        and event.published <= known
        and any(event.touches(rule.id) for rule in rules)
    )


def _coming(book: Rulebook, rows: list[BriefRow], on: Day, known: Day, end: Day) -> tuple[Coming, ...]:
    """What bites after the last check: what has passed by `on` since then, and what is to come."""
    since = min(known, on)
    entries = agenda(book, since, known=known)
    entries += [
        AgendaEntry(instrument.verified_through + ONE_DAY, "first_unverified", instrument.id)
        for instrument in book.instruments.values()
        if instrument.verified_through >= since
    ]
    entries.append(AgendaEntry(min(known, book.verified_through) + ONE_DAY, "first_unverified", PACK))
    touched: dict[str, list[str]] = {}
    for row in rows:
        for name in _instruments_of(row):
            touched.setdefault(name, []).append(row.transaction.id)
    return tuple(
        Coming(entry, (entry.day - on).days, tuple(touched.get(entry.instrument_id, ())))
        for entry in sorted(set(entries), key=lambda e: (e.day, e.kind, e.instrument_id, e.by, e.note))
    )


def _instruments_of(row: BriefRow) -> set[str]:
    return {*row.decision.used, *(pause.instrument_id for pause in row.pauses)}
