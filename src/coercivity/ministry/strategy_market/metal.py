"""The metal of the workbook: rare earths in the proportion of the magnets of electric motors, and what they cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA, HEAVY, Coefficients
from coercivity.ministry.strategy_market.draw_year import DrawYear

GRADE = "mag_high"  # electric motors
PLACE = "EUR"  # any place outside China: yields and costs are the same in all of them
ALL_ABROAD = "XCN"
LICENSED = ("Dy", "Tb")
BORDER_MINES = "MM-LA"  # its ore leaves over the Chinese border only


def metal_mix(coefficients: Coefficients) -> dict[str, float]:
    """Returns the rare earths in a tonne of magnet metal, by element [t/t]."""
    content = coefficients.content[GRADE]
    whole = total(content.values())
    return {element: share / whole for element, share in content.items()}


@dataclass(frozen=True, slots=True)
class Priced:
    """A draw of a year with the coefficients that it drew.

    Attributes:
        year: The year of the draw.
        coefficients: Coefficients with the figures of the draw.
        mix: Rare earths in a tonne of metal [t/t].
    """

    year: DrawYear
    coefficients: Coefficients
    mix: Mapping[str, float]

    def assumed(self, key: str) -> float:
        """Returns an assumption of the packs as drawn, in its unit."""
        return self.coefficients.figures.assumption(key)

    def of_metal(self, cost: Callable[[str], float]) -> float:
        """Returns the sum over the rare earths in a tonne of metal [unit of the cost]."""
        return total(share * cost(element) for element, share in self.mix.items())

    def oxide_price(self, element: str) -> float:
        """Returns the quote of an oxide outside China [USD/kg]."""
        return self.year.mean("quote", f"ox_{element}:{ALL_ABROAD}")

    def oxide_worth(self, element: str) -> float:
        """Returns the worth of the oxide of a kilogram of an element outside China, without loss [USD/kg]."""
        return self.coefficients.oxide_of(element) * self.oxide_price(element)

    @property
    def metal_yield(self) -> float:
        """Metal from a tonne contained in ore, cracked, separated and reduced outside China [t/t]."""
        c = self.coefficients
        return min(
            self.of_metal(lambda e: c.recovery(e, PLACE) * c.oxide_of(e) / c.oxide_per_metal(e, PLACE)),
            1.0,
        )


def ores_abroad(priced: Priced) -> dict[str, float]:
    """Returns the ores that are separated outside China, by ore [t REO a year]."""
    found: dict[str, float] = {}
    for flow in priced.year.flows("separate"):
        if flow.origin != CHINA:
            found[flow.good] = found.get(flow.good, 0.0) + flow.mass_t
    return found


def assay_worth(priced: Priced, ore: str) -> float:
    """Returns the worth of the magnet oxides in an ore [USD/kg REO]."""
    assay = priced.coefficients.assay[ore]
    return total(assay[element] * priced.oxide_price(element) for element in priced.mix)


def mine_price(priced: Priced, ore: str) -> float:
    """Returns what an ore is worth at mines outside China: cost, and the value of more capacity [USD/kg REO]."""
    weights, values = [0.0], [0.0]
    for flow in priced.year.flows("mine"):
        name = f"mine:{ore.removeprefix('feed:')}:{flow.origin}"
        if flow.good == ore and flow.origin != CHINA and priced.year.has_capacity(name):
            weights.append(flow.mass_t)
            values.append(flow.mass_t * priced.year.capacity(name))
    scarce = total(values) / total(weights) if total(weights) else 0.0
    return priced.coefficients.mine_cost(ore) + scarce


def separation_cost(priced: Priced, ore: str) -> float:
    """Returns the cost of cracking an ore and separating both its fractions outside China [USD/kg REO]."""
    c = priced.coefficients
    heavy = total(c.assay[ore][element] for element in HEAVY)
    return c.separation_cost(ore, PLACE) + heavy * c.refining_cost(PLACE)


def per_worth(priced: Priced, cost: Callable[[Priced, str], float]) -> float:
    """Returns a cost of ores as a share of the worth of the magnet oxides in them, over the ores separated abroad.

    What is made together shares a cost in proportion to its worth.
    """
    ores = ores_abroad(priced)
    worth = total(mass * assay_worth(priced, ore) for ore, mass in ores.items())
    return total(mass * cost(priced, ore) for ore, mass in ores.items()) / worth if worth else 0.0


def mean_value(priced: Priced, kind: str, tonnes: Mapping[str, float]) -> float:
    """Returns the value of a kind of capacity outside China, over the regions that have it [USD/kg of its unit].

    Args:
        priced: The draw.
        kind: Such as `metal`.
        tonnes: Output by region.
    """
    here = {region: mass for region, mass in tonnes.items() if priced.year.has_capacity(f"{kind}:{region}")}
    whole = total(here.values())
    value = total(mass * priced.year.capacity(f"{kind}:{region}") for region, mass in here.items())
    return value / whole if whole else 0.0


def by_region(priced: Priced, stage: str, goods: Callable[[str], float]) -> dict[str, float]:
    """Returns the output of a stage outside China by region [t].

    Args:
        priced: The draw.
        stage: The stage.
        goods: Weight of each good.
    """
    found: dict[str, float] = {}
    for flow in priced.year.flows(stage):
        weight = goods(flow.good) if flow.origin != CHINA else 0.0
        if weight:
            found[flow.origin] = found.get(flow.origin, 0.0) + weight * flow.mass_t
    return found
