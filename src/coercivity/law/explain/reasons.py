"""Why a result is undetermined, as plain data: facts, compliance questions, status of a rule, text, or last check."""

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
from coercivity.law.engine.other_content import OTHER_CONTENT, wholly_unread
from coercivity.law.rules.model import GRAVITY, Finding, Outcome, Status, outcome_of
from coercivity.law.rules.rulebook import Rule, Rulebook

MOST_NAMES = 6  # most similar names given as reasons; a proof contains them all

Kind = Literal["facts", "standing", "status", "text", "not_verified", "not_held", "unread", "other_content", "names"]
Cause = Literal["facts", "law", "check"]
_CAUSES: dict[Kind, Cause] = {
    "facts": "facts",
    "standing": "facts",
    "unread": "facts",
    "other_content": "facts",
    "names": "facts",
    "text": "law",
    "status": "law",
    "not_verified": "check",
    "not_held": "check",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a result is undetermined or may become stricter.

    Attributes:
        kind: What is open: facts, status, text, verification.
        names: Facts or provisions concerned; of `not_held` the kind of deal, goods or technology, or
            `law` if the rulebook has no rule of the jurisdiction at all.
        day: Date of the last check, last day of the suspension, or first date covered.
        question: The name in question, if the kind is `names`.
        lists: Restricted-party lists still to be searched, if that is one of the compliance questions.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    day: Day | None = None
    question: NameQuestion | None = None
    lists: tuple[str, ...] = ()

    @property
    def cause(self) -> Cause:
        """Who can settle it: a fact of the deal, the law, or a check of it."""
        return _CAUSES[self.kind]


def causes(found: Iterable[Reason]) -> tuple[Cause, ...]:
    """Returns the causes: facts missing, law unconfirmed, or rules not verified."""
    held = {reason.cause for reason in found}
    return tuple(cause for cause in dict.fromkeys(_CAUSES.values()) if cause in held)


def missing_facts(decision: Decision) -> tuple[str, ...]:
    """Returns the missing facts, except those the deal states in full.

    A fact stated in full may still be open if a text leaves its meaning open.
    """
    return tuple(name for name in decision.missing if not is_definite(decision.deal.facts.get(name)))


def reasons(book: Rulebook, decision: Decision) -> tuple[Reason, ...]:
    """Returns why the outcome is UNKNOWN or why a licence may become a refusal; empty if neither applies."""
    if decision.outcome is not Outcome.UNKNOWN and decision.may_become is None:
        return ()
    found = []
    if unread := wholly_unread(decision.deal.unread):
        found.append(Reason("unread", unread))
    asked = decision.deal.names_open_on(decision.on)
    found += [Reason("names", (question.fact,), question=question) for question in asked[:MOST_NAMES]]
    missing = missing_facts(decision)
    if missing:
        found.append(Reason("facts", missing))
    if OTHER_CONTENT in decision.deal.unread and decision.outcome is Outcome.UNKNOWN:
        found.append(Reason("other_content", (OTHER_CONTENT,)))
    if decision.open_standing:
        found.append(Reason("standing", decision.open_standing, lists=decision.open_lists))
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
    if not book.rules:
        found.append(Reason("not_held", ("law",), decision.covered_from))
    elif decision.on < decision.covered_from and decision.finding <= Finding.NEED_FACTS:
        found.append(Reason("not_held", (book.covered_from.kind(decision.values),), decision.covered_from))
    elif decision.unverified:
        found.append(Reason("not_verified", tuple(_least_checked(book, decision)), decision.checked_through))
    return tuple(found)


def grounds(book: Rulebook, decision: Decision) -> tuple[Rule, ...]:
    """Returns the rules that lead to the finding, strongest first.

    If no scenario decides, the strongest rules of the scenarios, so that a reader sees what is at stake.
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
    """Returns whether no fact could settle a rule: its effect is unclear, or its text leaves stated facts open."""
    if rule.provision.effect == "unknown" and branch.benign.match[rule.rank] is YES:
        return True
    stated = open_facts(book, branch.benign, rule) & set(decision.missing)
    return bool(stated) and stated.isdisjoint(missing_facts(decision))


def _statuses(book: Rulebook, decision: Decision) -> list[Reason]:
    """Returns the instruments whose unknown status matters, by the last day of the unverified suspension."""
    by_day: dict[Day | None, list[str]] = {}
    for name in decision.telling:
        ranks = decision.law.in_doubt.get(name)
        by_day.setdefault(decision.statuses[ranks[0]].until if ranks else None, []).append(name)
    return [Reason("status", tuple(names), day) for day, names in by_day.items()]


def _least_checked(book: Rulebook, decision: Decision) -> list[str]:
    if decision.checked_through > decision.horizon:
        return ["pack"]  # a person looked at all announcements
    return [name for name in decision.used if book.instruments[name].verified_through == decision.horizon] or ["pack"]


def effect_of(book: Rulebook, decision: Decision, instrument_id: str) -> str:
    """Returns the effect of one instrument on a deal on its date, regardless of the others.

    LICENCE or STOP if it applies; `suspended`, `unknown` or `not_yet` if its description fits and that is its
    status; `not_listed` if no description fits.
    """
    found: dict[Status, Outcome] = {}
    for rank in decision.live:
        rule, status = book.rules[rank], decision.statuses[rank]
        fits = rule.instrument.id == instrument_id and decision.match[rank] is YES
        if not fits or rule.exclusion or rule.bite is None:
            continue
        if status.status is Status.IN_FORCE and not any(rule.rank in b.benign.bites for b in decision.branches):
            continue
        outcomes = [outcome_of(rule.bite), *([found[status.status]] if status.status in found else [])]
        found[status.status] = max(outcomes, key=GRAVITY.__getitem__)
    for state in (Status.IN_FORCE, Status.UNKNOWN, Status.SUSPENDED, Status.NOT_YET):
        if state in found:
            return found[state].value if state is Status.IN_FORCE else state.value
    return "not_listed"
