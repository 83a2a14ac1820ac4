"""One transaction of a report: result, legal basis, exceptions, periods, next question, procedure, penalties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from coercivity.base.days import Day
from coercivity.cases.transactions import Transaction
from coercivity.law.consequences.exposure import Exposure, exposure
from coercivity.law.consequences.procedure import Procedure, procedure
from coercivity.law.engine.branches import BranchResult
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.proof import proof
from coercivity.law.explain.proof_parts import Proof
from coercivity.law.explain.questions import Question, ask
from coercivity.law.explain.reasons import Reason, grounds, reasons
from coercivity.law.explain.timeline import Pause, Window, pauses, windows
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.status import Assumption


@dataclass(frozen=True, slots=True)
class Planned:
    """The same transaction on its planned date."""

    decision: Decision
    hash: str


@dataclass(frozen=True, slots=True)
class BriefRow:
    """Everything the rules say about one transaction.

    Attributes:
        grounds: Clauses that lead to the finding, strongest first.
        exclusions: Exceptions to a ground that could still be established.
        taken_out: Clauses that would have applied, with the exception that excludes them.
        question: The question to clarify first, if a fact is missing.
        windows: The result for every day of the horizon, as periods.
        biting: Instruments that apply, would apply or may apply on some day of the horizon.
        planned: The result on the planned date, if the row gives another date than `on`.
        procedure: What has to be obtained first and what follows, by law.
        exposure: Articles on the penalties for a breach.
    """

    transaction: Transaction
    decision: Decision
    proof: Proof
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
        """The period that includes `on`."""
        return next(window for window in reversed(self.windows) if window.start <= self.decision.on)

    @property
    def next_change(self) -> Window | None:
        """The first period after `on` in which the rules themselves give another result, within the horizon."""
        now = self.now
        later = (window for window in self.windows if window.start > now.start)
        return next((w for w in later if (w.finding, w.may_become) != (now.finding, now.may_become)), None)

    @property
    def unchecked_from(self) -> Day | None:
        """The first day after `on` on which PROCEED becomes undetermined because nothing was verified that far."""
        return next((w.start for w in self.windows if w.start > self.now.start and w.unverified), None)

    @property
    def ways(self) -> tuple[BranchResult, ...]:
        """Every legal scenario for rules whose status is unconfirmed; empty if there are none."""
        return self.decision.branches if len(self.decision.branches) > 1 else ()


def make_row(
    book: Rulebook,
    transaction: Transaction,
    on: Day,
    known: Day,
    assume: Mapping[str, Assumption],
    start: Day,
    end: Day,
) -> BriefRow:
    """Returns everything the rules say about one transaction.

    Args:
        book: The rulebook.
        transaction: The row.
        on: Date for which it is decided; its planned date is decided as well.
        known: Information cut-off.
        assume: Planning assumptions by instrument.
        start: First day of the periods.
        end: Last day of the periods.
    """
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
    """Returns the instruments that apply, would or may apply on some day: only their suspensions matter here."""
    ranks: set[int] = set()
    for run in runs:
        for branch in run.decision.branches:
            ranks |= {*branch.benign.bites, *branch.benign.might, *branch.suspended, *branch.perhaps_suspended}
    return frozenset(book.rules[rank].instrument.id for rank in ranks if not book.rules[rank].exclusion)


def _catch_all_last(rule: Rule) -> tuple[int, bool]:
    """Orders equally strong clauses: one that names the item comes before a catch-all."""
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
    """Returns, for each ground, the exceptions that would exclude it if established."""
    named: dict[str, tuple[Rule, ...]] = {}
    for rule in found:
        ranks = {r for branch in decision.branches for r in branch.benign.unless.get(rule.rank, ())}
        if ranks:
            named[rule.id] = tuple(book.rules[rank] for rank in sorted(ranks))
    return named


def _taken_out(book: Rulebook, decision: Decision) -> tuple[tuple[Rule, Rule], ...]:
    pairs = {(rank, by) for branch in decision.branches for rank, by in branch.benign.out.items()}
    return tuple((book.rules[rank], book.rules[by]) for rank, by in sorted(pairs))
