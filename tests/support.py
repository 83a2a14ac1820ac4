"""Short notation for deals in tests."""

from __future__ import annotations

from typing import Any

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing, gather
from coercivity.data.textyaml import load_text
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()

DY_MAGNET = "act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr, Dy], from: CN, exporter_nationality: CN, origin: CN"
ND_MAGNET = (
    "act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr], from: CN, exporter_nationality: CN, origin: CN"
)
SINTERING_RECIPE = (
    "act: technology, form: technology, process_stage: magnetic_material_manufacturing, magnet_type: [NdFeB], from: CN,"
    " to: EE, exporter_nationality: CN, recipient_nationality: EE, public_domain: false, activity_place: EE,"
    " serves_stage: magnetic_material_manufacturing"
)


def deal(facts: str, *, standing: bool = True) -> Deal:
    """A deal written as the inside of a flow mapping; later words override earlier ones."""
    merged: dict[str, Any] = {}
    for name, value in load_pairs(facts):
        merged[name] = value
    faults = Faults()
    found = gather(BOOK, merged, standing=packed_standing() if standing else Standing(), where="test", faults=faults)
    faults.raise_if_any()
    return found


def load_pairs(facts: str) -> list[tuple[str, Any]]:
    """Name and value of each pair; values with commas stand in brackets."""
    pairs, depth, start = [], 0, 0
    for place, letter in enumerate(facts + ","):
        depth += (letter == "[") - (letter == "]")
        if letter == "," and depth == 0:
            if facts[start:place].strip():
                pairs.append(facts[start:place].strip())
            start = place + 1
    return [next(iter(load_text("{" + pair + "}").items())) for pair in pairs]


def on(facts: str, day: str, *, standing: bool = True, known: str | None = None, **assume: Any) -> Decision:
    """The decision on a deal on a day."""
    known_day: Day | None = parse_day(known) if known else None
    return decide(BOOK, deal(facts, standing=standing), parse_day(day), known=known_day, assume=assume.get("assume"))


def biting(decision: Decision) -> set[str]:
    """The provisions that bite in every branch."""
    return set.intersection(*({BOOK.rules[r].id for r in branch.benign.bites} for branch in decision.branches))


def role(decision: Decision, provision: str) -> str:
    """The role of a provision in the proof of a decision; absent where it is not in play."""
    from coercivity.law.explain.proof import proof

    roles: dict[str, str] = {step["provision"]: step["role"] for step in proof(BOOK, decision)["steps"]}
    return roles.get(provision, "absent")
