"""Controlled inputs that magnet plants need which began after the base year."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import ABROAD, CHINA, NDFEB, Coefficients
from coercivity.market.network.network import Network
from coercivity.market.network.trade import CIVIL
from coercivity.market.program.state import State
from coercivity.market.run.industry.industry import Industry

_FAMILIES = {"magnet": NDFEB, "magnet_smco": ("mag_SmCo",)}
Bucket = tuple[str, str, str, str]


def new_need_of(
    network: Network, coefficients: Coefficients, base: BaseFlows, industry: Industry
) -> Callable[[Month, State], Mapping[Bucket, float]]:
    """Returns what plants added since the base year need of controlled oxide or metal from China [t/month].

    Their owners apply for it as others do for their usual shipments: a region that made no magnets in the base year
    would otherwise never get more than what it imported then. Oxide and metal stand for each other, so each bucket has
    the whole need.

    Args:
        network: The network of the run.
        coefficients: Coefficients of the base year.
        base: Flows of the base year.
        industry: Plants outside China.

    Source: equation 34 of docs/market.md.
    """
    per_unit = {
        bucket.name: needed
        for bucket in network.buckets
        if bucket.origin == CHINA and bucket.user == CIVIL and bucket.destination in ABROAD
        if (needed := _per_unit(coefficients, base, bucket.good, bucket.destination))
    }

    def need(month: Month, state: State) -> Mapping[Bucket, float]:
        added = industry.added(month, month, state)
        found = {
            name: total(max(added.get(limit, 0.0), 0.0) * mass for limit, mass in units.items())
            for name, units in per_unit.items()
        }
        return {name: mass for name, mass in found.items() if mass > 0}

    return need


def _per_unit(coefficients: Coefficients, base: BaseFlows, good: str, region: str) -> dict[str, float]:
    """Returns what a tonne of magnets of each capacity of a region needs of an oxide or metal, by capacity [t/t]."""
    form, _, element = good.partition("_")
    if form not in ("ox", "met"):
        return {}
    found: dict[str, float] = {}
    for family, grades in _FAMILIES.items():
        made = {grade: mass for (grade, where), mass in base.magnets().items() if where == region and grade in grades}
        # A region without makers in the base year gets the mix of those outside China.
        made = made or _made_abroad(base, grades)
        whole = total(made.values())
        metal = total(
            mass / whole * coefficients.input(grade, region).get(element, 0.0) for grade, mass in sorted(made.items())
        )
        if metal:
            per_metal = coefficients.oxide_per_metal(element, region) if form == "ox" else 1.0
            found[f"{family}:{region}"] = metal * per_metal
    return found


def _made_abroad(base: BaseFlows, grades: tuple[str, ...]) -> dict[str, float]:
    made: dict[str, float] = {}
    for (grade, where), mass in base.magnets().items():
        if where != CHINA and grade in grades:
            made[grade] = made.get(grade, 0.0) + mass
    return made
