"""What is said about a deal in addition to its facts: claims of an order, a label or a supplier, and its licence.

A claim is only evidence, reported if it disagrees, and the licence a note: no rule reads either, neither is part of any
hash, and neither replaces a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coercivity.base.errors import Faults, brief_value
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.textyaml import TextMap
from coercivity.data.values import FactValue
from coercivity.intake.cells.stated import stated_facts
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.derived_facts import conflicts

LICENCE_KEYS = ("licence", "license")  # two spellings


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as claimed by somebody.

    Attributes:
        by: Source of the claim: an order, a label, a declaration.
    """

    by: str
    fact: str
    value: FactValue


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that contradicts the facts on which a deal was decided.

    Attributes:
        against: The facts that it disagrees with, with their values.
    """

    claim: Claim
    against: Mapping[str, FactValue]


def read_claims(catalogue: FactCatalogue, raw: object, where: str, faults: Faults) -> tuple[Claim, ...]:
    """Returns the claims of a block `{order: {elements: [Nd, Pr]}}`; errors are added, not raised."""
    if not isinstance(raw, TextMap):
        what = f"claims must be a mapping of sources to facts, found {brief_value(raw)!r}"
        faults.add("CASE-FORM", what, where=where, next="write {order: {elements: [Nd, Pr]}}")
        return ()
    found = []
    for by, facts in raw.items():
        if not isinstance(facts, TextMap):
            faults.add("CASE-FORM", f"claims of {brief_value(by)!r} must be a mapping of facts to values", where=where)
            continue
        place = f"{where}, claims, {brief_value(by)}"
        for name, value in stated_facts(catalogue, facts, where=place, faults=faults).facts.items():
            parsed = catalogue.parse(name, value, where=place, faults=faults)
            if parsed is not None:
                found.append(Claim(by, name, parsed))
    return tuple(found)


def disagreements(deal: Deal, claims: tuple[Claim, ...]) -> Iterator[Disagreement]:
    """Yields the claims that contradict the facts of a deal.

    A claim disagrees with another value of the same fact, or with a fact that cannot be true together with it.
    """
    for claim in claims:
        decided = deal.facts.get(claim.fact)
        if decided is not None and decided != claim.value:
            yield Disagreement(claim, {claim.fact: decided})
            continue
        against = {name: value for name, value in deal.facts.items() if _contradicts(name, value, claim)}
        if against:
            yield Disagreement(claim, against)


def _contradicts(name: str, value: FactValue, claim: Claim) -> bool:
    faults = Faults()
    conflicts({name: value, claim.fact: claim.value}, where="", faults=faults)
    return bool(faults.items)


def licence_named(deal: TextMap, file: str, faults: Faults) -> str:
    """Returns the number of the licence that a deal is shipped under; empty without one.

    Args:
        deal: The deal as written.
        file: Name of its file, for messages.
        faults: Collects anything but one number.
    """
    key = next((key for key in LICENCE_KEYS if key in deal), None)
    if key is None:
        return ""
    number = deal[key]
    if isinstance(number, str) and number.strip():
        return number.strip()
    what = f"`{key}` must be the number of one licence, found {brief_value(number)!r}"
    step = "write one number; list goods under a second licence as another deal"
    faults.add("CASE-FORM", what, where=f"{file}:{deal.key_lines[key]}", next=step)
    return ""
