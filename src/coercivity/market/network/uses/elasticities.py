"""The elasticities of the market data set decomposed by use: own response, thrift and recipes, and what the steps give.

The totals of the data set are elasticities of the use of an element by the price of its oxide. What the network gives
is measured on its steps: at a higher oxide price, each use takes the cheapest recipes while they are worth it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import NamedTuple

from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.network.network import MORE, Activity, Demand, Good, Network, Recipe
from coercivity.market.network.uses.demand import MagnetUse, magnet_uses
from coercivity.market.network.uses.redesign import Prices
from coercivity.market.network.uses.response import HEAVY, oxide_value, total_elasticity

LIGHT = ("NdPr",)
# Multiples of the oxide price at which the steps are measured.
MEASURED = tuple(1 + place / 50 for place in range(1, 31))
# The same of the long run, up to four times the price.
FAR = tuple(1 + place / 10 for place in range(1, 31))
# Totals of the long run by element; nothing is fitted to them.
LONG_RUN = {"NdPr": "E072", "Dy, Tb": "E070"}
_TINY = 1e-9


class ElasticityRow(NamedTuple):
    """Elasticity of the use of an element by the price of its oxide; all figures positive.

    Attributes:
        element: NdPr, `Dy, Tb` (together), or an element of the uses without magnets.
        region: A region, or empty for all.
        used: Weight in means: kilograms of the element in the base year [t/yr].
        own: Orders of devices at their price; None where it is not told apart from thrift.
        thrift: Material saved in the usual design.
        recipes: Leaner designs.
        target: Total of the data set.
        measured: What the steps of the network give between 1 and 1.6 times the price.
    """

    element: str
    use: str
    region: str
    used: float
    own: float | None
    thrift: float
    recipes: float
    target: float
    measured: float

    @property
    def total(self) -> float:
        """Own response, thrift and recipes together."""
        return (self.own or 0.0) + self.thrift + self.recipes


@dataclass(frozen=True)
class Elasticities:
    """Decomposition of the elasticities of a network of the base year."""

    coefficients: Coefficients
    base: BaseFlows
    network: Network
    prices: Prices

    @cached_property
    def _designs(self) -> Mapping[tuple[str, str], list[tuple[Activity, float]]]:
        """Returns the recipes of each use and region that can be used at once, with their largest share."""
        return self._designs_of([one for one in self.network.recipes if not (one.speed or one.drift)])

    @cached_property
    def _qualified(self) -> Mapping[tuple[str, str], list[tuple[Activity, float]]]:
        """Returns the same with those that must be qualified, at their largest share; each pays for that."""
        return self._designs_of([one for one in self.network.recipes if not one.drift])

    def _designs_of(self, recipes: Iterable[Recipe]) -> dict[tuple[str, str], list[tuple[Activity, float]]]:
        known = {one.activity: one for one in recipes}
        found: dict[tuple[str, str], list[tuple[Activity, float]]] = {}
        for activity in self.network.activities:
            one = known.get(activity.name)
            if one is not None:
                paid = replace(activity, cost=activity.cost + one.charge)
                found.setdefault((one.use, one.region), []).append((paid, one.most_share))
        return found

    def rows(self) -> tuple[ElasticityRow, ...]:
        """Returns a row of every element, use and region.

        Source: equation 11 of docs/market.md.
        """
        found = []
        for one in magnet_uses(self.coefficients, self.base, self.prices):
            for elements in (LIGHT, HEAVY):
                found.append(self._magnet_row(one, elements))
        for (oxide, region), yearly in sorted(self.base.nonmagnet().items()):
            found.append(self._oxide_row(oxide, region, yearly))
        return tuple(sorted(found, key=lambda row: (row.element, row.use, row.region)))

    def _magnet_row(self, one: MagnetUse, elements: tuple[str, ...]) -> ElasticityRow:
        heavy = elements == HEAVY
        share = one.answer.heavy_share if heavy else one.answer.light_share
        content = total(part * self._content(grade, elements) for grade, part in one.shares.items())
        return ElasticityRow(
            ", ".join(elements),
            one.use,
            one.region,
            one.yearly * content,
            one.answer.own * share,
            one.answer.thrift * share,
            one.answer.recipes if heavy else 0.0,
            total_elasticity(self.coefficients, elements[0]),
            self._slope(one.use, one.region, elements),
        )

    def _oxide_row(self, oxide: str, region: str, yearly: float) -> ElasticityRow:
        element, use = oxide.removeprefix("ox_"), f"nonmagnet_{oxide.removeprefix('ox_')}"
        aim = total_elasticity(self.coefficients, element)
        return ElasticityRow(element, use, region, yearly, None, aim, 0.0, aim, self._slope(use, region, (element,)))

    def _slope(self, use: str, region: str, elements: tuple[str, ...]) -> float:
        """Returns the slope through the base year of log use over log price, by least squares."""
        return self._slope_of(use, region, elements, self._designs[use, region], MEASURED)

    def _slope_of(
        self,
        use: str,
        region: str,
        elements: tuple[str, ...],
        designs: list[tuple[Activity, float]],
        multiples: Iterable[float],
    ) -> float:
        wanted = next(d for d in self.network.demands if (d.use, d.region) == (use, region))
        at_base = self._taken(wanted, designs, elements, 1.0)
        points = [(log(m), log(self._taken(wanted, designs, elements, m) / at_base)) for m in multiples]
        return -total(x * y for x, y in points) / total(x * x for x, _ in points)

    def long_run(self) -> dict[str, tuple[float, float, float]]:
        """Returns the elasticities of magnet uses once every option is qualified, by element, for comparison only.

        Each is the total of the data set, then what the steps give up to 1.6 and up to four times the price; means
        over uses and regions, weighted by use. Diffusion that spreads by itself is left out.

        Source: equation 72 of docs/market.md; table `economics` of the market data set.
        """
        found = {}
        magnets = magnet_uses(self.coefficients, self.base, self.prices)
        for elements in (LIGHT, HEAVY):
            measured, used = [0.0, 0.0], 0.0
            for one in magnets:
                mass = one.yearly * total(part * self._content(g, elements) for g, part in one.shares.items())
                used += mass
                for place, multiples in enumerate((MEASURED, FAR)):
                    designs = self._qualified[one.use, one.region]
                    measured[place] += mass * self._slope_of(one.use, one.region, elements, designs, multiples)
            name = ", ".join(elements)
            aim = -self.coefficients.figures.value("economics", LONG_RUN[name])
            found[name] = (aim, measured[0] / used, measured[1] / used)
        return found

    def _taken(
        self,
        wanted: Demand,
        designs: Iterable[tuple[Activity, float]],
        elements: tuple[str, ...],
        multiple: float,
    ) -> float:
        """Returns the content that a use takes at a multiple of the price of its oxides [t/t of demand].

        Recipes that take time are left out; the cheapest supply first, the steps of highest value are supplied first.
        """
        costs = sorted(
            ((self._cost(a, elements, multiple), a.key[2], a, most) for a, most in designs), key=lambda one: one[:2]
        )
        steps = [[step.worth, step.width] for step in wanted.steps if step.kind != MORE]
        taken = 0.0
        for cost, _, design, most in costs:
            left = most
            content = total(a.mass * self._content(a.good.name, elements) for a in design.takes)
            for step in steps:
                if step[0] < cost * (1 - _TINY):
                    break
                supplied = min(left, step[1])
                step[1] -= supplied
                left -= supplied
                taken += supplied * content
        return taken

    def _cost(self, design: Activity, elements: tuple[str, ...], multiple: float) -> float:
        added = total(a.mass * self._added(a.good, elements) for a in design.takes) * (multiple - 1)
        return design.cost + total(a.mass * self.prices[a.good] for a in design.takes) + added

    def _added(self, good: Good, elements: tuple[str, ...]) -> float:
        """Returns what a good costs more if its oxides cost twice as much [USD/kg]."""
        if good.name.startswith("ox_"):
            return self.prices[good]
        return oxide_value(self.coefficients, {good.name: 1.0}, elements)

    def _content(self, name: str, elements: tuple[str, ...]) -> float:
        if name.startswith("ox_"):
            return 1.0
        return total(mass for element, mass in self.coefficients.content[name].items() if element in elements)


def means(rows: Iterable[ElasticityRow]) -> tuple[ElasticityRow, ...]:
    """Returns the mean over regions of each element and use, weighted by use in the base year."""
    found: dict[tuple[str, str], list[ElasticityRow]] = {}
    for row in rows:
        found.setdefault((row.element, row.use), []).append(row)
    return tuple(_mean(group) for _, group in sorted(found.items()))


def _mean(group: list[ElasticityRow]) -> ElasticityRow:
    used = total(row.used for row in group)
    if not used:
        return group[0]._replace(region="")
    own, thrift, recipes, target, measured = (
        total(row.used * (getattr(row, name) or 0.0) for row in group) / used
        for name in ("own", "thrift", "recipes", "target", "measured")
    )
    first = group[0]
    known = None if first.own is None else own
    return ElasticityRow(first.element, first.use, "", used, known, thrift, recipes, target, measured)


def markdown(rows: Iterable[ElasticityRow]) -> str:
    """Returns a table of rows for docs/market.md."""
    lines = [
        "| Element | Use | Own | Thrift | Recipes | Total | Data set | Steps |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        own = "" if row.own is None else f"{row.own:.3f}"
        figures = " | ".join(
            f"{figure:.3f}" for figure in (row.thrift, row.recipes, row.total, row.target, row.measured)
        )
        lines.append(f"| {row.element} | {row.use} | {own} | {figures} |")
    return "\n".join(lines) + "\n"
