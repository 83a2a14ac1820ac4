"""Compares the expectations of a worked case with its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.cases.files import CaseDeal
from coercivity.data.textyaml import line_of
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.coverage import holds_on_day, part_of
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rule, Rulebook

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
STATED += ("duties", "holds", "penalty", "status_uncertain")
_TRUTHS: dict[str, Truth] = {truth.word: truth for truth in (NO, UNKNOWN, YES)}
_WORD: dict[Truth | None, str] = {YES: "has its effect", NO: "has no effect"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expectations of a worked case that can be compared with a result.

    Attributes:
        yes: Clauses that have their effect in the result (see `part_of`).
        no: Clauses that have no effect.
        holds: Whether a clause holds on the date itself, by clause (see `holds_on_day`).
    """

    finding: str
    outcome: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    holds: Mapping[str, Truth]


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
        found = [_clause(book, name, _where(case, key, rank), faults) for rank, name in enumerate(names)]
        parts[key] = tuple(name for name, there in zip(names, found, strict=True) if there)
    return Expectation(finding, outcome, parts["yes"], parts["no"], _holds(book, case, faults))


def _clause(book: Rulebook, name: str, where: str, faults: Faults) -> bool:
    """Returns whether a clause with an effect has this id; otherwise that is an error."""
    if book.rule(name) is None:
        close = nearest(name, [rule.id for rule in book.rules])
        what = f"{name[:60]!r} is not a clause with an effect"
        faults.add("CASE-EXPECTED", what, where=where, nearest=close)
    return book.rule(name) is not None


def _holds(book: Rulebook, case: CaseDeal, faults: Faults) -> dict[str, Truth]:
    stated, found = case.expected.get("holds", {}), dict[str, Truth]()
    if not isinstance(stated, dict):
        what = f"{brief_value(stated)!r} is not a mapping of clauses to yes, no or unknown"
        faults.add("CASE-EXPECTED", what, where=_where(case, "holds"))
        return found
    for name, word in stated.items():
        where = f"{_where(case, 'holds')}, {name[:60]}"
        if word not in _TRUTHS:
            close = nearest(str(word), _TRUTHS)
            faults.add("CASE-EXPECTED", f"{brief_value(word)!r} is not yes, no or unknown", where=where, nearest=close)
        elif _clause(book, name, where, faults):
            found[name] = _TRUTHS[word]
    return found


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
    for name, wanted_truth in wanted.holds.items():
        rule = book.rule(name)
        holds = UNKNOWN if decision is None or rule is None else holds_on_day(book, decision, rule)
        if holds is not wanted_truth:
            found.append(f"{name} holds: {holds.word}, expected {wanted_truth.word}")
    return found


def _part(book: Rulebook, decision: Decision | None, name: str) -> Truth | None:
    rule = book.rule(name)
    return None if decision is None or rule is None else part_of(book, decision, rule)


def _covers(case: Expectation, rule: Rule, key: str) -> bool:
    """Returns whether a case shows that a rule has its effect, or none; a rule of unclear text is open at most."""
    if rule.id in getattr(case, key):
        return True
    most = UNKNOWN if rule.provision.effect == "unknown" else YES
    return case.holds.get(rule.id) is (most if key == "yes" else NO)


def uncovered(book: Rulebook, cases: Mapping[str, list[Expectation]]) -> dict[str, tuple[str, ...]]:
    """Returns the clauses that lack a positive or a negative case among the cases of their instrument.

    Args:
        book: The rulebook.
        cases: Expectations by instrument.
    """
    found: dict[str, tuple[str, ...]] = {}
    for rule in book.rules:
        own = cases.get(rule.instrument.id, [])
        lacking = tuple(key for key in ("yes", "no") if not any(_covers(case, rule, key) for case in own))
        if lacking:
            found[rule.id] = lacking
    return found
