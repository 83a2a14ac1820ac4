"""Other designs of magnet uses: leaner and richer in heavy rare earths, and without magnets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.network.network import USUAL, Activity, Good, GoodAmount, Recipe
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE, good
from coercivity.market.network.uses.response import HEAVY, Response, oxide_value

Prices = Mapping[Good, float]
# Multiples of the prices of dysprosium and terbium oxide between which leaner designs are taken up, finest near 1.
SAVING = (1.0, 1.03, 1.11, 1.3, 1.75, 3.0, 8.0, 40.0)
# And below 1, where richer ones are.
SPENDING = (1.0, 0.97, 0.88, 0.75, 0.6, 0.45, 0.25)
_ALL_YEAR = 12
_FREE_OF_MAGNETS = {
    "ev_traction": ("S005", "S004"),
    "other_automotive": ("S063", "S062"),
    "wind": ("S038", "S037"),
    "electronics": ("S060", "S059"),
    "industry": ("S053", "S052"),
    "defence": ("S071", "S072"),
}
# Content of each grade that a leaner design still needs, by the grade that it replaces.
_LEAN = {"mag_high": {"mag_high": 0.3, "mag_low": 0.7}, "mag_low": {"mag_low": 0.3, "mag_none": 0.7}}
_RICH = {"mag_low": {"mag_low": 0.7, "mag_high": 0.3}, "mag_none": {"mag_none": 0.9, "mag_low": 0.1}}


def used(use: str, name: str, region: str) -> Good:
    """Returns the product that a use consumes; goods under an end-use undertaking serve any use but defence."""
    return good(name, region, CHINA_FREE if use == "defence" else CHINA_BOUND)


def mix_price(prices: Prices, use: str, region: str, shares: Mapping[str, float]) -> float:
    """Returns the price of the magnets of a design [USD/kg]."""
    return total(share * prices[used(use, grade, region)] for grade, share in shares.items())


def usual(use: str, region: str, shares: Mapping[str, float], service: Good, most: float) -> tuple[Activity, Recipe]:
    """Returns the usual design, which may supply every step of demand.

    Args:
        use: The use.
        region: Its region.
        shares: Share of each grade.
        service: The product of the design.
        most: Width of all steps together, those beyond usual demand included.
    """
    activity, recipe = _recipe(use, region, USUAL, shares, service, 0.0)
    return activity, replace(recipe, most_share=most)


def redesigns(
    coefficients: Coefficients,
    prices: Prices,
    use: str,
    region: str,
    shares: Mapping[str, float],
    service: Good,
    answer: Response,
) -> list[tuple[Activity, Recipe]]:
    """Returns designs with less dysprosium and terbium when they are expensive, with more when they are cheap.

    Each step costs its saving, or is worth its additional use, at a multiple of the prices of their oxides; together
    they give heavy rare earths the part of their elasticity that recipes have. The first lean design spreads by
    itself, with diffusion.

    Source: equation 11 of docs/market.md.
    """
    heavy, price = _heavy(coefficients, shares), mix_price(prices, use, region, shares)
    oxides = oxide_value(coefficients, shares, HEAVY)
    found: list[tuple[Activity, Recipe]] = []
    for name, other, multiples in (("lean", _LEAN, SAVING), ("rich", _RICH, SPENDING)):
        design = _redesigned(shares, other)
        change = abs(1 - _heavy(coefficients, design) / heavy) if heavy else 0.0
        if not change:
            continue
        if name == "lean":
            drift = coefficients.figures.assumption("diffusion_saving") / change / _ALL_YEAR
            activity, _ = _recipe(use, region, "lean_by_itself", design, service, 0.0)
            found.append((activity, Recipe(activity.name, use, region, 1.0, drift=drift)))
        premium = price - mix_price(prices, use, region, design)
        saved = oxides - oxide_value(coefficients, design, HEAVY)
        for first, then in pairwise(multiples):
            width = abs(first**-answer.recipes - then**-answer.recipes) / change
            cost = premium + ((first * then) ** 0.5 - 1) * saved
            activity, _ = _recipe(use, region, f"{name}_{then:g}", design, service, cost)
            found.append((activity, Recipe(activity.name, use, region, width)))
    return found


def magnet_free(
    coefficients: Coefficients, use: str, region: str, price: float, service: Good
) -> tuple[Activity, Recipe]:
    """Returns a machine without rare-earth magnets: more expensive, and limited by the time of qualification."""
    share_row, time_row = _FREE_OF_MAGNETS[use]
    figures = coefficients.figures
    most, years = figures.value("substitution", share_row), figures.value("substitution", time_row)
    cost = price + figures.assumption(f"magnet_free_cost_{use}")
    activity = Activity("recipe", (use, region, "without"), (), (GoodAmount(service, 1.0),), cost)
    return activity, Recipe(activity.name, use, region, most, speed=most / years / _ALL_YEAR)


def _recipe(
    use: str, region: str, name: str, shares: Mapping[str, float], service: Good, cost: float
) -> tuple[Activity, Recipe]:
    takes = tuple(GoodAmount(used(use, grade, region), share) for grade, share in sorted(shares.items()))
    activity = Activity("recipe", (use, region, name), takes, (GoodAmount(service, 1.0),), cost)
    return activity, Recipe(activity.name, use, region, 1.0)


def _redesigned(shares: Mapping[str, float], other: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for grade, share in shares.items():
        for to, part in other.get(grade, {grade: 1.0}).items():
            found[to] = found.get(to, 0.0) + share * part
    return found


def _heavy(coefficients: Coefficients, shares: Mapping[str, float]) -> float:
    return total(
        share * total(mass for e, mass in coefficients.content[grade].items() if e in HEAVY)
        for grade, share in shares.items()
    )
