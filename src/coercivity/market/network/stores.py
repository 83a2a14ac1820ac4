"""Stocks: throughput of each region, and the months of cover that holders want."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import CHINA, Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Activity, Good, Store
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE, MONTHS, good

WEEKS_A_MONTH = 365.25 / 12 / 7
# Rows of `stocks` by product and region, the closest first; `use` rows are weighted by quantity.
_OXIDES = {
    ("ox_Dy", "JP"): "ST012",
    ("ox_Tb", "JP"): "ST012",
    ("ox_Dy", ""): "ST026",
    ("ox_Tb", ""): "ST026",
    ("met_NdPr", ""): "ST025",
    ("ox_Y", ""): "ST037",
    ("ox_La", ""): "ST038",
    ("ox_Ce", ""): "ST038",
    ("ox_NdPr", "CN"): "ST015",
    ("met_NdPr", "CN"): "ST016",
    ("met_Dy", "CN"): "ST016",
    ("met_Tb", "CN"): "ST016",
    ("feed:MYANMAR_IONIC", "CN"): "ST017",
    ("ox_NdPr", "SEA"): "ST023",
    ("ox_NdPr", "NAM"): "ST022",
}
_CARS = {"EUR": "ST027", "NAM": "ST028", "JP": "ST029", "IN": "ST030", "KR": "ST031"}
_USES = {"wind": "ST032", "electronics": "ST033", "industry": "ST034"}
_DEFENCE = {"NAM": "ST035", "EUR": "ST036"}
_MADE = ("raw_", "swarf_", "service_")
# Upper ends of the layers of cover, as shares of normal cover; finer where stock usually is.
_ENDS = (0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95, 1.0)


class CoverLayer(NamedTuple):
    """A soft layer of stock.

    Attributes:
        width: Share of normal cover.
        worth: Value of holding it beyond its carrying cost, per month, as a share of the base price.
    """

    width: float
    worth: float


def cover_layers(first_half: float, second_half: float) -> tuple[CoverLayer, ...]:
    """Returns the layers of cover, the first weeks first.

    The worth of the share f of cover is y0 (1 - f)^k per month: it falls to zero at normal cover, where holding just
    pays for storage and interest, and has the given means over the first and the second half.

    Args:
        first_half: Mean worth of the first half of cover, per month, as a share of the price.
        second_half: The same of the second half; smaller.

    Source: equation 31 of docs/market.md.
    """
    left = second_half / (first_half + second_half)
    power = math.log(left) / math.log(0.5)
    scale = power * (first_half + second_half) / 2

    def up_to(share: float) -> float:
        return float(scale / power * (1.0 - (1.0 - share) ** power))

    found = []
    for start, end in pairwise((0.0, *_ENDS)):
        found.append(CoverLayer(end - start, (up_to(end) - up_to(start)) / (end - start)))
    return tuple(found)


def stores(
    coefficients: Coefficients, base: BaseFlows, goods: Iterable[Good], activities: Iterable[Activity]
) -> list[Store]:
    """Returns every product that can be stored, with its turnover and the cover that holders want [months].

    Source: equation 13 of docs/market.md; table `stocks` of the market data set.
    """
    figures = coefficients.figures
    turnover = _turnover(coefficients, base)
    shelf = {
        "mag": figures.assumption("storage_cost_magnets"),
        "": figures.assumption("storage_cost_oxides_and_metals"),
    }
    found = []
    for entry in goods:
        if entry.name.startswith(_MADE):
            continue
        passes = turnover.get(entry, 0.0) / MONTHS
        cost = (
            0.0
            if entry.name.startswith(("seg:", "feed:"))
            else shelf["mag" if entry.name.startswith(("mag_", "eol_")) else ""]
        )
        found.append(Store(entry, passes, _cover(figures, base, entry) if passes else 0.0, cost))
    return found


def _turnover(coefficients: Coefficients, base: BaseFlows) -> Mapping[Good, float]:
    """Returns the throughput of each product in tonnes per year: final use and use in the next stage."""
    found: dict[Good, float] = {}

    def add(entry: Good, mass: float) -> None:
        found[entry] = found.get(entry, 0.0) + mass

    for (oxide, region), mass in base.nonmagnet().items():
        add(good(oxide, region, CHINA_BOUND), mass)
    for (grade, region), mass in base.magnets().items():
        for element, need in coefficients.input(grade, region).items():
            if element == "Ce":
                add(Good("ox_Ce", region), mass * need * coefficients.oxide_per_metal("Ce", region))
                continue
            add(good(f"met_{element}", region, CHINA_BOUND), mass * need)
            if region == CHINA:
                add(Good(f"ox_{element}", region), mass * need * coefficients.oxide_per_metal(element, region))
    for (metal, region), mass in base.metal().items():
        if region != CHINA:
            element = metal.removeprefix("met_")
            add(good(f"ox_{element}", region, CHINA_BOUND), mass * coefficients.oxide_per_metal(element, region))
    for (use, grade, region), mass in base.use().items():
        add(good(grade, region, CHINA_FREE if use == "defence" else CHINA_BOUND), mass)
    for (ore, region), mass in base.separate().items():
        add(Good(ore, region), mass)
    return found


def _cover(figures: Figures, base: BaseFlows, entry: Good) -> float:
    if entry.name.startswith("mag_") and entry.region != CHINA:
        return _magnet_cover(figures, base, entry)
    row = _OXIDES.get((entry.name, entry.region)) or (_OXIDES.get((entry.name, "")) if entry.region != CHINA else None)
    return figures.value("stocks", row) / WEEKS_A_MONTH if row else figures.assumption("usual_cover")


def _magnet_cover(figures: Figures, base: BaseFlows, entry: Good) -> float:
    """Returns the months of cover of the uses of a grade in a region, weighted by quantity."""
    if entry.tag == CHINA_FREE:
        row = _DEFENCE.get(entry.region)
        return figures.value("stocks", row) / WEEKS_A_MONTH if row else figures.assumption("usual_cover")
    weighed = whole = 0.0
    for (use, grade, region), mass in sorted(base.use().items()):
        if grade == entry.name and region == entry.region and use != "defence":
            row = _CARS.get(region) if use in ("ev_traction", "other_automotive") else _USES.get(use)
            months = figures.value("stocks", row) / WEEKS_A_MONTH if row else figures.assumption("usual_cover")
            weighed, whole = weighed + mass * months, whole + mass
    return weighed / whole if whole else figures.assumption("usual_cover")
