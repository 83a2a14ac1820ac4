"""The law for the market, by bucket or activity, month and information cut-off; clauses can be lifted."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache

from coercivity.base.days import Day
from coercivity.market.inputs.months import Month, middle_of
from coercivity.market.program.state import Law
from coercivity.permission.buckets import Bucket, PlantAct
from coercivity.permission.gate import Gate
from coercivity.permission.gates import Gates
from coercivity.permission.licence_terms import terms

# Month of information, activity, region, stage, month of activity: control status, and share of applications granted.
PlantLawSeen = Callable[[Month, str, str, str, Month], tuple[Gate, float]]


def law_of(gates: Gates, known: Day | None = None) -> Law:
    """Returns the law for the market: by bucket, month of the transaction and month of the information.

    Args:
        gates: Access to the rules.
        known: Information cut-off.
    """
    marks: dict[tuple[Month, Month], dict[tuple[str, str, str, str], Gate]] = {}
    alike: dict[Hashable, dict[tuple[str, str, str, str], Gate]] = {}

    def ask(bucket: tuple[str, str, str, str], month: Month, seen_from: Month) -> Gate:
        found = marks.get((month, seen_from))
        if found is None:
            mark = gates.alike(middle_of(month), known_in(seen_from, known))
            found = marks[month, seen_from] = alike.setdefault(mark, {})
        if bucket not in found:
            on, by = middle_of(month), known_in(seen_from, known)
            good, origin, destination, user = bucket
            found[bucket] = gates.gate(Bucket(good, origin, destination, user), on, by)
        return found[bucket]

    return ask


def known_in(month: Month, known: Day | None) -> Day:
    """Returns the information cut-off of a month."""
    return middle_of(month) if known is None else min(middle_of(month), known)


def lifted_law(before: Law, after: Law, begin: Month) -> Law:
    """Returns the law with a clause lifted from a month on, without prior notice and without effect on the past."""

    def ask(bucket: tuple[str, str, str, str], month: Month, seen_from: Month) -> Gate:
        law = after if min(month, seen_from) >= begin else before
        return law(bucket, month, seen_from)

    return ask


def plant_law_of(gates: Gates, known: Day | None) -> PlantLawSeen:
    """Returns the law for activities at plants, and the share of applications granted as known in the month."""

    @cache
    def answer(act: str, region: str, stage: str, month: Month, by: Day) -> tuple[Gate, float]:
        gate = gates.plant_gate(PlantAct(act, region, stage), middle_of(month), by)
        return gate, 1.0 if gate.free else terms(gate.passes, region, "civil", by).grant_share

    def ask(seen_from: Month, act: str, region: str, stage: str, month: Month) -> tuple[Gate, float]:
        by = known_in(seen_from, known)
        return answer(act, region, stage, month, min(by, middle_of(month)))

    return ask


def lifted_plant_law(before: PlantLawSeen, after: PlantLawSeen, begin: Month) -> PlantLawSeen:
    """Returns the law for activities at plants with a clause lifted from a month on, without prior notice."""

    def ask(seen_from: Month, act: str, region: str, stage: str, month: Month) -> tuple[Gate, float]:
        law = after if min(month, seen_from) >= begin else before
        return law(seen_from, act, region, stage, month)

    return ask
