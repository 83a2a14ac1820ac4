"""Compares the expectations of a worked case with its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.errors import Faults, nearest
from coercivity.base.truth import NO, YES, Truth
from coercivity.cases.files import CaseDeal
from coercivity.data.textyaml import line_of
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.coverage import part_of
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook

# Other keys of a case are for its reader and are not compared.
STATED: tuple[str, ...] = (
    "finding",
    "outcome",
    "yes",
    "no",
    "basis",
    "basis_ids",
    "reasoning",
    "track",
    "licence_type_allowed",
)
STATED += ("duties", "penalty", "status_uncertain")
_WORD: dict[Truth | None, str] = {YES: "has its effect", NO: "has no effect"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expectations of a worked case that can be compared with a result.

    Attributes:
        yes: Clauses that have their effect in the result (see `part_of`).
        no: Clauses that have no effect.
    """

    finding: str
    outcome: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


def expectation(book: Rulebook, case: CaseDeal, faults: Faults) -> Expectation:
    """Returns what a case expects; a finding, outcome or clause that does not exist is an error."""
    stated = case.expected
    for key in stated:
        if key not in STATED and (close := nearest(key, STATED)):
            faults.add("KEY-UNKNOWN", f"unknown key {key!r}", where=_where(case, key), nearest=close)
    finding, outcome = str(stated.get("finding", "")), str(stated.get("outcome", ""))
    _known(finding, [word.word for word in Finding], case, "finding", faults)
    _known(outcome, [word.value for word in Outcome], case, "outcome", faults)
    parts: dict[str, tuple[str, ...]] = {}
    for key in ("yes", "no"):
        listed = stated.get(key, [])
        names = tuple(str(name) for name in listed) if isinstance(listed, list) else (str(listed),)
        for rank, name in enumerate(names):
            if book.rule(name) is None:
                close = nearest(name, [rule.id for rule in book.rules])
                what = f"{name[:60]!r} is not a clause with an effect"
                faults.add("CASE-EXPECTED", what, where=_where(case, key, rank), nearest=close)
        parts[key] = tuple(name for name in names if book.rule(name) is not None)
    return Expectation(finding, outcome, parts["yes"], parts["no"])


def _known(word: str, words: list[str], case: CaseDeal, key: str, faults: Faults) -> None:
    if word and word not in words:
        what = f"{word[:60]!r} is not a valid {key}"
        faults.add("CASE-EXPECTED", what, where=_where(case, key), nearest=nearest(word, words))


def _where(case: CaseDeal, key: str, *rank: int) -> str:
    return f"{case.file}:{line_of(case.expected, (key, *rank))}, {case.id}, expected, {key}"


def decided(book: Rulebook, case: CaseDeal) -> Decision | None:
    """Returns the decision on a worked case, or None if it gives no date."""
    return None if case.on is None else decide(book, case.deal, case.on, known=case.known)


def differences(book: Rulebook, wanted: Expectation, decision: Decision | None) -> list[str]:
    """Returns the differences between the expectations of a case and its result."""
    finding = decision.finding.word if decision else Finding.NEED_FACTS.word
    outcome = decision.outcome if decision else Outcome.UNKNOWN
    found = []
    if wanted.finding not in ("", finding):
        found.append(f"finding {finding}, expected {wanted.finding}")
    if wanted.outcome not in ("", outcome.value):
        found.append(f"outcome {outcome.value}, expected {wanted.outcome}")
    for names, truth in ((wanted.yes, YES), (wanted.no, NO)):
        for name in names:
            part = _part(book, decision, name)
            if part is not truth:
                found.append(f"{name} {_WORD.get(part, 'is undetermined')}, expected that it {_WORD[truth]}")
    return found


def _part(book: Rulebook, decision: Decision | None, name: str) -> Truth | None:
    rule = book.rule(name)
    return None if decision is None or rule is None else part_of(book, decision, rule)


def uncovered(book: Rulebook, cases: Mapping[str, list[Expectation]]) -> dict[str, tuple[str, ...]]:
    """Returns the clauses that lack a positive or a negative case among the cases of their instrument.

    Args:
        book: The rulebook.
        cases: Expectations by instrument.
    """
    found: dict[str, tuple[str, ...]] = {}
    for rule in book.rules:
        own = cases.get(rule.instrument.id, [])
        lacking = tuple(key for key in ("yes", "no") if not any(rule.id in getattr(case, key) for case in own))
        if lacking:
            found[rule.id] = lacking
    return found
