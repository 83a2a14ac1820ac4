"""Uses: their demand, their substitutes, and the prices at which they go without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import SURPLUS, USES, USING, Coefficients
from coercivity.market.network.network import USUAL, Activity, Demand, DemandStep, Good, GoodAmount, Recipe
from coercivity.market.network.supply import CHINA_BOUND, MONTHS, good
from coercivity.market.network.uses.curve import CHEAP, COARSE_CHEAP, COARSE_LADDER, LADDER, curve, ladder, width
from coercivity.market.network.uses.demand_figures import check_demand_figures
from coercivity.market.network.uses.devices import REVENUE, Devices, assumed
from coercivity.market.network.uses.options import options
from coercivity.market.network.uses.redesign import Prices, magnet_free, mix_price, redesigns, used, usual
from coercivity.market.network.uses.response import TOTAL, Response, response, total_elasticity
from coercivity.market.network.uses.spread import Device, moved_cuts, segments

# Segments of the spread of prices at which the devices of a use are not built.
SEGMENTS = 6
OXIDE_SEGMENTS = 5
_ALL_YEAR = 12
_LEANER = {"La": ("S076", "S078"), "Ce": ("S079", "S080"), "Y": ("S074", "S075")}
_GROWTH = {"ev_traction": ("D0011", "D0012"), "wind": ("D0001", "D0002")}
_OTHER_GROWTH, _YEARS = ("D0021", "D0022"), 6
Shares = Mapping[tuple[str, str], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Demands with their formulations.

    Attributes:
        activities: Formulations as columns.
    """

    demands: tuple[Demand, ...]
    activities: tuple[Activity, ...]
    recipes: tuple[Recipe, ...]


@dataclass(frozen=True, slots=True)
class MagnetUse:
    """A magnet use of a region.

    Attributes:
        yearly: Magnets used in the base year [t/yr].
        shares: Share of each grade.
        price: Price of these magnets [USD/kg].
        devices: Prices at which its devices are not built.
        answer: Its elasticities.
    """

    use: str
    region: str
    yearly: float
    shares: Mapping[str, float]
    price: float
    devices: tuple[Device, ...]
    answer: Response


def demand(coefficients: Coefficients, base: BaseFlows, prices: Prices, *, qualified: bool = True) -> Wanted:
    """Returns every use of every region with its formulations.

    Args:
        coefficients: Coefficients of the base year.
        base: Flows of the base year.
        prices: Prices of the base year [USD/kg].
        qualified: Whether other designs must be qualified first; if not, each use has one design without magnets.

    Raises:
        CoercivityError: If figures of the data set are missing or outside their limits.

    Source: equations 10 and 11 of docs/market.md.
    """
    check_demand_figures(coefficients.figures, REVENUE, TOTAL.values())
    demands: list[Demand] = []
    activities: list[Activity] = []
    recipes: list[Recipe] = []
    found = [
        _magnet_use(coefficients, prices, one, qualified=qualified) for one in magnet_uses(coefficients, base, prices)
    ]
    found += [_oxide_use(coefficients, prices, *key, yearly) for key, yearly in sorted(base.nonmagnet().items())]
    for wanted, designs in found:
        demands.append(wanted)
        activities += [activity for activity, _ in designs]
        recipes += [recipe for _, recipe in designs]
    activities += [_cerium(region) for region in USING]
    return Wanted(tuple(demands), tuple(activities), tuple(recipes))


def magnet_uses(coefficients: Coefficients, base: BaseFlows, prices: Prices) -> list[MagnetUse]:
    """Returns the magnet uses of every region with their elasticities and spreads."""
    masses = _masses(base)
    devices = Devices(coefficients, _mean_prices(masses, prices))
    found = []
    for (use, region), grades in sorted(masses.items()):
        yearly = total(grades.values())
        shares = {grade: mass / yearly for grade, mass in grades.items() if mass > 0}
        price = mix_price(prices, use, region, shares)
        parts = {grade: (share, prices[used(use, grade, region)]) for grade, share in shares.items()}
        answer = response(coefficients, devices.cost_share(use, region, price), shares, price)
        spread = devices.spread(use, region, parts)
        found.append(MagnetUse(use, region, yearly, shares, price, spread, answer))
    return found


def _masses(base: BaseFlows) -> dict[tuple[str, str], dict[str, float]]:
    """Returns tonnes per year by use, region and grade; cerium magnets replace those without heavy rare earths."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for (use, grade, region), yearly in sorted(base.use().items()):
        grades = found.setdefault((use, region), {})
        name = "mag_none" if grade == "mag_Ce" else grade
        grades[name] = grades.get(name, 0.0) + yearly
    return {key: grades for key, grades in found.items() if total(grades.values()) > 0}


def _mean_prices(masses: Shares, prices: Prices) -> dict[str, float]:
    """Returns the mean price of the magnets of each use over all regions [USD/kg]."""
    found = {}
    for use in USES:
        grades = [
            (mass, prices[used(use, grade, region)])
            for (name, region), parts in masses.items()
            if name == use
            for grade, mass in parts.items()
        ]
        if grades:
            found[use] = total(mass * price for mass, price in grades) / total(mass for mass, _ in grades)
    return found


def _magnet_use(
    coefficients: Coefficients, prices: Prices, one: MagnetUse, *, qualified: bool
) -> tuple[Demand, list[tuple[Activity, Recipe]]]:
    use, region, shares, price = one.use, one.region, one.shares, one.price
    service = Good(f"service_{use}", region)
    low = _mean_low(one.devices)
    steps = _steps(coefficients, region, price, one.answer.magnet, one.devices, low, (LADDER, CHEAP), SEGMENTS)
    growth = yearly_growth(coefficients, use)
    wanted = Demand(use, region, service, one.yearly / MONTHS, growth, steps[0].worth, steps)
    found = [usual(use, region, shares, service, width(steps))]
    found += redesigns(coefficients, prices, use, region, shares, service, one.answer)
    if qualified:
        found += options(coefficients, prices, use, region, shares, service)
    else:
        found.append(magnet_free(coefficients, use, region, price, service))
    return wanted, found


def _mean_low(devices: tuple[Device, ...]) -> float:
    """Returns the price below which the devices of a use are built: the geometric mean of their lows [USD/kg]."""
    product = 1.0
    for one in devices:
        product *= one.low**one.share
    return product


def _steps(
    coefficients: Coefficients,
    region: str,
    price: float,
    elasticity: float,
    devices: tuple[Device, ...],
    low: float,
    multiples: tuple[tuple[float, ...], tuple[float, ...]],
    count: int,
) -> tuple[DemandStep, ...]:
    """Returns the steps of a use: the ladder ends where thrift is exhausted, or where devices are no longer built.

    Source: equation 10 of docs/market.md.
    """
    left = 1 - coefficients.figures.assumption("greatest_thrift")
    top = max(low / price, 1.0)
    # Beyond `top` the power is not needed, and near an elasticity of zero it is larger than a number can be.
    if -log(left) < elasticity * log(top):
        top = left ** (-1 / elasticity)
    floor = price * top
    without = segments([one.above(floor) for one in devices], count, moved_cuts(USING.index(region), len(USING)))
    return curve(price, elasticity, without, ladder(multiples[0], top), multiples[1])


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
    light = element in ("La", "Ce")
    key, unit = ("choke_price_light", 1.0) if light else ("choke_price_ratio", price)
    device = Device(1.0, *(max(assumed(figures, key, column) * unit, price) for column in ("low", "value", "high")))
    coarse = element in SURPLUS and element != "Y"
    multiples = (COARSE_LADDER, COARSE_CHEAP) if coarse else (LADDER, CHEAP)
    elasticity = total_elasticity(coefficients, element)
    steps = _steps(coefficients, region, price, elasticity, (device,), device.low, multiples, OXIDE_SEGMENTS)
    use = f"nonmagnet_{element}"
    service = Good(f"service_{use}", region)
    growth = figures.assumption("nonmagnet_growth")
    wanted = Demand(use, region, service, yearly / MONTHS, growth, steps[0].worth, steps)
    return wanted, _oxide_recipes(coefficients, wanted, drawn, price)


def _oxide_recipes(
    coefficients: Coefficients, wanted: Demand, drawn: Good, price: float
) -> list[tuple[Activity, Recipe]]:
    """Returns the usual recipe of an oxide use and a leaner one, limited by the time that it takes."""
    figures, use, region = coefficients.figures, wanted.use, wanted.region
    given = (GoodAmount(wanted.service, 1.0),)
    saving_row, time_row = _LEANER.get(use.removeprefix("nonmagnet_"), ("S074", "S075"))
    saving = figures.value("substitution", saving_row) or float(figures.row("substitution", saving_row)["high"])
    years = figures.value("substitution", time_row)
    cost = saving * price * figures.assumption("leaner_cost_ratio")
    plain = Activity("recipe", (use, region, USUAL), (GoodAmount(drawn, 1.0),), given, 0.0)
    lean = Activity("recipe", (use, region, "lean"), (GoodAmount(drawn, 1 - saving),), given, cost)
    return [
        (plain, Recipe(plain.name, use, region, width(wanted.steps))),
        (lean, Recipe(lean.name, use, region, 1.0, speed=1 / years / _ALL_YEAR)),
    ]


def yearly_growth(coefficients: Coefficients, use: str) -> float:
    """Returns the yearly growth of a use under stated policies of the IEA; small uses grow as the remainder."""
    figures = coefficients.figures
    first, last = (figures.value("demand", row) for row in _GROWTH.get(use, _OTHER_GROWTH))
    ratio = figures.assumption("transition_growth_ratio" if use in _GROWTH else "other_growth_ratio")
    return (float((last / first) ** (1 / _YEARS)) - 1) * ratio
