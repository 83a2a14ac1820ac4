"""Why an answer is open, as plain data: facts, standing questions, the state of a rule, a text, or the last check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.truth import YES
from coercivity.data.values import is_definite
from coercivity.law.engine.branches import BranchResult, raising
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.defeat import open_facts
from coercivity.law.engine.name_questions import NameQuestion
from coercivity.law.rules.model import GRAVITY, Finding, Outcome, Status, outcome_of
from coercivity.law.rules.rulebook import Rule, Rulebook

MOST_NAMES = 6  # told as reasons, the most alike first; a proof holds them all

Kind = Literal["facts", "standing", "status", "text", "not_verified", "not_held", "unread", "names"]
Cause = Literal["facts", "law", "check"]
_CAUSES: dict[Kind, Cause] = {
    "facts": "facts",
    "standing": "facts",
    "unread": "facts",
    "names": "facts",
    "text": "law",
    "status": "law",
    "not_verified": "check",
    "not_held": "check",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why an answer is open or may still rise.

    Attributes:
        kind: What is open.
        names: Facts, or provisions, concerned.
        day: Day of the last check, last day of the pause, or first day for which the law is held.
        question: The name in question, where the kind is `names`.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    day: Day | None = None
    question: NameQuestion | None = None

    @property
    def cause(self) -> Cause:
        """Whose it is to settle: a fact of the deal, the law, or a check of it."""
        return _CAUSES[self.kind]


def causes(found: Iterable[Reason]) -> tuple[Cause, ...]:
    """Returns why an answer is open in three words: facts are missing, the law is unconfirmed, it was not checked."""
    held = {reason.cause for reason in found}
    return tuple(cause for cause in dict.fromkeys(_CAUSES.values()) if cause in held)


def missing_facts(decision: Decision) -> tuple[str, ...]:
    """Returns the facts still to be answered: open ones, less those that the deal states in full.

    What is stated in full may be open all the same, where a text leaves open what it means.
    """
    return tuple(name for name in decision.missing if not is_definite(decision.deal.facts.get(name)))


def reasons(book: Rulebook, decision: Decision) -> tuple[Reason, ...]:
    """Returns why the outcome is UNKNOWN, or why a licence may become a refusal; nothing where neither holds."""
    if decision.outcome is not Outcome.UNKNOWN and decision.may_become is None:
        return ()
    found = []
    if decision.deal.unread:
        found.append(Reason("unread", decision.deal.unread))
    asked = [question for question in decision.deal.name_questions if question.is_open]
    found += [Reason("names", (question.fact,), question=question) for question in asked[:MOST_NAMES]]
    missing = missing_facts(decision)
    if missing:
        found.append(Reason("facts", missing))
    if decision.open_standing:
        found.append(Reason("standing", decision.open_standing))
    texts = sorted(
        {
            book.rules[r].id
            for b in decision.branches
            for r in raising(book, b)
            if _text_open(book, decision, b, book.rules[r])
        }
    )
    if texts:
        found.append(Reason("text", tuple(texts)))
    found += _statuses(book, decision)
    if decision.unverified and decision.on < book.covered_from:
        found.append(Reason("not_held", (), book.covered_from))
    elif decision.unverified:
        found.append(Reason("not_verified", tuple(_least_checked(book, decision)), decision.horizon))
    return tuple(found)


def grounds(book: Rulebook, decision: Decision) -> tuple[Rule, ...]:
    """Returns the rules on which the finding rests, strongest first.

    Where no branch decides, the strongest rules of the branches, so that a reader sees what is at stake.
    """
    finding = decision.finding
    ranks: set[int] = set()
    for branch in decision.branches:
        ranks |= set(branch.benign.bites)
        if finding is Finding.SUSPENDED:
            ranks |= {*branch.suspended, *branch.perhaps_suspended}
        if finding is Finding.EXEMPT:
            ranks |= set(branch.benign.exempted)
        if finding is Finding.NEED_FACTS:
            ranks |= set(raising(book, branch))
    found = [book.rules[rank] for rank in ranks]
    return tuple(sorted(found, key=lambda rule: (-(rule.bite or 0), rule.any_item, rule.rank)))


def _text_open(book: Rulebook, decision: Decision, branch: BranchResult, rule: Rule) -> bool:
    """Whether no fact could settle a rule: its effect is not settled, or its words leave open what is stated."""
    if rule.provision.effect == "unknown" and branch.benign.match[rule.rank] is YES:
        return True
    stated = open_facts(book, branch.benign, rule) & set(decision.missing)
    return bool(stated) and stated.isdisjoint(missing_facts(decision))


def _statuses(book: Rulebook, decision: Decision) -> list[Reason]:
    """The instruments whose unknown state tells, grouped by the last day of the pause that nobody saw end."""
    by_day: dict[Day | None, list[str]] = {}
    for name in decision.telling:
        ends = [
            status.until
            for rule, status in zip(book.rules, decision.statuses, strict=True)
            if rule.instrument.id == name and status.status is Status.UNKNOWN
        ]
        by_day.setdefault(ends[0] if ends else None, []).append(name)
    return [Reason("status", tuple(names), day) for day, names in by_day.items()]


def _least_checked(book: Rulebook, decision: Decision) -> list[str]:
    return [name for name in decision.used if book.instruments[name].verified_through == decision.horizon] or ["pack"]


def effect_of(book: Rulebook, decision: Decision, instrument_id: str) -> str:
    """Returns what one instrument does to a deal on its day, whatever others do.

    LICENCE or STOP where it bites, `suspended`, `unknown` or `not_yet` where its description fits and its status
    is that, and `not_listed` where no description of it fits.
    """
    found: dict[Status, Outcome] = {}
    for rule, status, match in zip(book.rules, decision.statuses, decision.match, strict=True):
        if rule.instrument.id != instrument_id or rule.exclusion or rule.bite is None or match is not YES:
            continue
        if status.status is Status.IN_FORCE and not any(rule.rank in b.benign.bites for b in decision.branches):
            continue
        outcomes = [outcome_of(rule.bite), *([found[status.status]] if status.status in found else [])]
        found[status.status] = max(outcomes, key=GRAVITY.__getitem__)
    for state in (Status.IN_FORCE, Status.UNKNOWN, Status.SUSPENDED, Status.NOT_YET):
        if state in found:
            return found[state].value if state is Status.IN_FORCE else state.value
    return "not_listed"
