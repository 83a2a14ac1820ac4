"""The result in each scenario of what became of a rule, where that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.explain.proof import decision_hash
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook

MOST_TOGETHER = 3  # scenarios combined with each other; of more, each is varied alone
SCENARIO = "scenario"  # source of a fact that a scenario supposes


@dataclass(frozen=True, slots=True)
class ScenarioWay:
    """The result of one scenario.

    Attributes:
        picks: Value supposed of each open scenario.
        hash: Decision hash of the result under it.
    """

    picks: Mapping[str, str]
    outcome: Outcome
    finding: Finding
    hash: str


def ways(book: Rulebook, deal: Deal, decision: Decision) -> tuple[ScenarioWay, ...]:
    """Returns the result in every scenario that could still change it; empty if none could.

    Args:
        book: The rulebook.
        deal: The deal, with the scenarios open.
        decision: Its result.
    """
    return tuple(_way(book, deal, decision, picks) for picks in _picks(book, decision))


def _picks(book: Rulebook, decision: Decision) -> Iterator[dict[str, str]]:
    open_ones = [name for name in decision.missing if book.catalogue[name].scenario]
    values = [list(book.catalogue[name].values) for name in open_ones]
    if len(open_ones) > MOST_TOGETHER:
        yield from ({name: value} for name, held in zip(open_ones, values, strict=True) for value in held)
    elif open_ones:
        yield from (dict(zip(open_ones, way, strict=True)) for way in product(*values))


def _way(book: Rulebook, deal: Deal, decision: Decision, picks: Mapping[str, str]) -> ScenarioWay:
    said_by = {**deal.said_by, **dict.fromkeys(picks, SCENARIO)}
    supposed = replace(deal, facts={**deal.facts, **picks}, said_by=said_by)
    found = decide(book, supposed, decision.on, known=decision.known, assume=decision.assume)
    return ScenarioWay(picks, found.outcome, found.finding, decision_hash(book, found))
