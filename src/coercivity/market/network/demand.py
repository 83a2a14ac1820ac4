"""Uses: their demand, their substitutes, and their maximum willingness to pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import SURPLUS, USING, Coefficients
from coercivity.market.network.network import LESS, MORE, Activity, Demand, DemandStep, Good, GoodAmount, Recipe
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE, MONTHS, good

Prices = Mapping[Good, float]
# Multiples of the price of the base year at which a demand curve is cut into steps.
MULTIPLES = (40.0, 16.0, 7.0, 3.5, 2.0, 1.4, 1.15, 1.0, 0.8, 0.5, 0.1)
# Coarser, for surplus elements: their price stays close to the cost of finishing.
COARSE = (40.0, 12.0, 4.0, 2.0, 1.0, 0.5, 0.1)
# The same for savings of heavy rare earths: finer, since a gram of dysprosium changes a magnet's price little.
SAVING = (1.0, 1.2, 1.6, 2.3, 3.5, 6.0, 12.0, 40.0)
# And for additional use when they are cheap.
SPENDING = (1.0, 0.8, 0.55, 0.25)
_ALL_YEAR = 12
_ELASTICITY = {"La": "E073", "Ce": "E073", "Y": "E074", "NdPr": "E071", "Dy": "E069", "Tb": "E069"}
_WORTH = {
    "ev_traction": "E037",
    "other_automotive": "E039",
    "wind": "E041",
    "electronics": "E045",
    "industry": "E047",
    "defence": "E057",
}
_FREE_OF_MAGNETS = {
    "ev_traction": ("S005", "S004"),
    "other_automotive": ("S063", "S062"),
    "wind": ("S038", "S037"),
    "electronics": ("S060", "S059"),
    "industry": ("S053", "S052"),
    "defence": ("S071", "S072"),
}
_LEANER = {"La": ("S076", "S078"), "Ce": ("S079", "S080"), "Y": ("S074", "S075")}
_GROWTH = {"ev_traction": ("D0011", "D0012"), "wind": ("D0001", "D0002")}
_OTHER_GROWTH, _YEARS = ("D0021", "D0022"), 6
# Content of each grade that a leaner design still needs, by the grade that it replaces.
_LEAN = {"mag_high": {"mag_high": 0.3, "mag_low": 0.7}, "mag_low": {"mag_low": 0.3, "mag_none": 0.7}}
_RICH = {"mag_low": {"mag_low": 0.7, "mag_high": 0.3}, "mag_none": {"mag_none": 0.9, "mag_low": 0.1}}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Demands with their formulations.

    Attributes:
        activities: Formulations as columns.
    """

    demands: tuple[Demand, ...]
    activities: tuple[Activity, ...]
    recipes: tuple[Recipe, ...]


def demand(coefficients: Coefficients, base: BaseFlows, prices: Prices) -> Wanted:
    """Returns every use of every region with its formulations.

    Source: equations 10 and 11 of docs/market.md.
    """
    demands: list[Demand] = []
    activities: list[Activity] = []
    recipes: list[Recipe] = []
    shares = _shares(base)
    for use, region in sorted(shares):
        wanted, found = _magnet_use(coefficients, prices, use, region, shares[use, region])
        demands.append(wanted)
        for activity, recipe in found:
            activities.append(activity)
            recipes.append(recipe)
    for (oxide, region), yearly in sorted(base.nonmagnet().items()):
        wanted, found = _oxide_use(coefficients, prices, oxide, region, yearly)
        demands.append(wanted)
        for activity, recipe in found:
            activities.append(activity)
            recipes.append(recipe)
    for region in USING:
        activities.append(_cerium(region))
    return Wanted(tuple(demands), tuple(activities), tuple(recipes))


def _shares(base: BaseFlows) -> dict[tuple[str, str], dict[str, float]]:
    """Returns tonnes per year by use, region and grade; cerium magnets replace those without heavy rare earths."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for (use, grade, region), yearly in sorted(base.use().items()):
        grades = found.setdefault((use, region), {})
        name = "mag_none" if grade == "mag_Ce" else grade
        grades[name] = grades.get(name, 0.0) + yearly
    return {key: grades for key, grades in found.items() if total(grades.values()) > 0}


def used(use: str, name: str, region: str) -> Good:
    """Returns the product that a use consumes; goods under an end-use undertaking serve any use but defence."""
    return good(name, region, CHINA_FREE if use == "defence" else CHINA_BOUND)


def _magnet_use(
    coefficients: Coefficients, prices: Prices, use: str, region: str, grades: Mapping[str, float]
) -> tuple[Demand, list[tuple[Activity, Recipe]]]:
    figures = coefficients.figures
    yearly = total(grades.values())
    shares = {grade: mass / yearly for grade, mass in grades.items() if mass > 0}
    service = Good(f"service_{use}", region)
    price = _price(prices, use, region, shares)
    elasticity = -figures.value("economics", "E071")
    choke = min(
        figures.value("economics", _WORTH[use]) * figures.assumption("revenue_margin"),
        figures.assumption("greatest_choke_price"),
    )
    growth = _yearly_growth(coefficients, use)
    wanted = Demand(use, region, service, yearly / MONTHS, growth, choke, _steps(price, elasticity, choke))
    found = [_recipe(use, region, "usual", shares, service, 0.0)]
    found += _leaner(coefficients, prices, use, region, shares, service)
    found.append(_magnet_free(coefficients, use, region, price, service))
    return wanted, found


def _recipe(
    use: str, region: str, name: str, shares: Mapping[str, float], service: Good, cost: float
) -> tuple[Activity, Recipe]:
    takes = tuple(GoodAmount(used(use, grade, region), share) for grade, share in sorted(shares.items()))
    activity = Activity("recipe", (use, region, name), takes, (GoodAmount(service, 1.0),), cost)
    return activity, Recipe(activity.name, use, region, 1.0)


def _leaner(
    coefficients: Coefficients, prices: Prices, use: str, region: str, shares: Mapping[str, float], service: Good
) -> list[tuple[Activity, Recipe]]:
    """Returns designs with less dysprosium and terbium when they are expensive, with more when they are cheap.

    Each step costs its saving, or is worth its additional use, at a multiple of the price of the base year; together
    they give heavy rare earths the tabulated elasticity. The first lean design spreads by itself, with diffusion.
    """
    elasticity = -coefficients.figures.value("economics", "E069")
    heavy, price = _heavy(coefficients, shares), _price(prices, use, region, shares)
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
        for first, then in pairwise(multiples):
            width = abs(first**-elasticity - then**-elasticity) / change
            cost = (price - _price(prices, use, region, design)) * (first * then) ** 0.5
            activity, _ = _recipe(use, region, f"{name}_{then:g}", design, service, cost)
            found.append((activity, Recipe(activity.name, use, region, width)))
    return found


def _redesigned(shares: Mapping[str, float], other: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for grade, share in shares.items():
        for to, part in other.get(grade, {grade: 1.0}).items():
            found[to] = found.get(to, 0.0) + share * part
    return found


def _price(prices: Prices, use: str, region: str, shares: Mapping[str, float]) -> float:
    return total(share * prices[used(use, grade, region)] for grade, share in shares.items())


def _heavy(coefficients: Coefficients, shares: Mapping[str, float]) -> float:
    return total(
        share * total(mass for e, mass in coefficients.content[grade].items() if e in ("Dy", "Tb"))
        for grade, share in shares.items()
    )


def _magnet_free(
    coefficients: Coefficients, use: str, region: str, price: float, service: Good
) -> tuple[Activity, Recipe]:
    """Returns a machine without rare-earth magnets: more expensive, and limited by the time of qualification."""
    share_row, time_row = _FREE_OF_MAGNETS[use]
    figures = coefficients.figures
    most, years = figures.value("substitution", share_row), figures.value("substitution", time_row)
    cost = price + figures.assumption(f"magnet_free_cost_{use}")
    activity = Activity("recipe", (use, region, "without"), (), (GoodAmount(service, 1.0),), cost)
    return activity, Recipe(activity.name, use, region, most, speed=most / years / _ALL_YEAR)


def _cerium(region: str) -> Activity:
    """Returns cerium magnets as a substitute for magnets without heavy rare earths."""
    return Activity(
        "loosen",
        ("mag_Ce", region),
        (GoodAmount(Good("mag_Ce", region), 1.0),),
        (GoodAmount(Good("mag_none", region), 1.0),),
        0.0,
    )


def _oxide_use(
    coefficients: Coefficients, prices: Prices, oxide: str, region: str, yearly: float
) -> tuple[Demand, list[tuple[Activity, Recipe]]]:
    element = oxide.removeprefix("ox_")
    figures = coefficients.figures
    drawn = good(oxide, region, CHINA_BOUND)
    price = prices[drawn]
    row = _ELASTICITY.get(element)
    elasticity = -(figures.value("economics", row) if row else figures.assumption("nonmagnet_elasticity"))
    light = element in ("La", "Ce")
    choke = figures.assumption("choke_price_light") if light else figures.assumption("choke_price_ratio") * price
    service = Good(f"service_nonmagnet_{element}", region)
    growth = figures.assumption("nonmagnet_growth")
    use = f"nonmagnet_{element}"
    multiples = COARSE if element in SURPLUS and element != "Y" else MULTIPLES
    steps = _steps(price, elasticity, choke, multiples)
    wanted = Demand(use, region, service, yearly / MONTHS, growth, choke, steps)
    usual = Activity("recipe", (use, region, "usual"), (GoodAmount(drawn, 1.0),), (GoodAmount(service, 1.0),), 0.0)
    saving_row, time_row = _LEANER.get(element, ("S074", "S075"))
    saving = figures.value("substitution", saving_row) or float(figures.row("substitution", saving_row)["high"])
    years = figures.value("substitution", time_row)
    cost = saving * price * figures.assumption("leaner_cost_ratio")
    lean = Activity(
        "recipe", (use, region, "lean"), (GoodAmount(drawn, 1 - saving),), (GoodAmount(service, 1.0),), cost
    )
    recipes = (Recipe(usual.name, use, region, 1.0), Recipe(lean.name, use, region, 1.0, speed=1 / years / _ALL_YEAR))
    return wanted, list(zip((usual, lean), recipes, strict=True))


def _steps(
    price: float, elasticity: float, choke: float, multiples: tuple[float, ...] = MULTIPLES
) -> tuple[DemandStep, ...]:
    """Returns the demand curve through demand and price of the base year as falling steps, up to the choke price."""
    core = multiples[0] ** -elasticity
    found = [DemandStep(choke, core)]
    for above, below in pairwise(multiples):
        worth = min(price * (above * below) ** 0.5, choke)
        found.append(DemandStep(worth, below**-elasticity - above**-elasticity, LESS if below >= 1 else MORE))
    return tuple(found)


def _yearly_growth(coefficients: Coefficients, use: str) -> float:
    """Returns the yearly growth of a use in the middle scenario of the IEA; small uses grow as the remainder."""
    figures = coefficients.figures
    first, last = (figures.value("demand", row) for row in _GROWTH.get(use, _OTHER_GROWTH))
    return float((last / first) ** (1 / _YEARS)) - 1
