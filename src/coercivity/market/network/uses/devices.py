"""Devices of each use: what a kilogram of their magnets is worth, and their mix in each region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.uses.spread import Device

# Rows of `economics` by end use of the base year: revenue at risk per kilogram of magnet, and value of the product.
REVENUE = {
    "ev_traction": ("E037", "E036"),
    "other_automotive": ("E039", "E038"),
    "wind_offshore": ("E041", "E040"),
    "wind_onshore": ("E043", "E042"),
    "consumer_electronics": ("E045", "E044"),
    "hvac_inverter_ac": ("E047", "E046"),
    "ebikes_two_wheelers": ("E049", "E048"),
    "industrial_robots": ("E051", "E050"),
    "humanoid_service_robots": ("E053", "E052"),
    "elevators": ("E055", "E054"),
    "medical": ("E059", "E058"),
    "defence_aerospace": ("E057", "E056"),
}
_RANGE = ("low", "value", "high")


@dataclass
class Devices:
    """Devices of the magnet uses.

    Attributes:
        mean_price: Mean price of the magnets of a use over all regions [USD/kg].
    """

    coefficients: Coefficients
    mean_price: Mapping[str, float]
    _mixes: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)

    def mix(self, use: str, region: str) -> dict[str, float]:
        """Returns the share of each device in a use of a region, among the devices with a value in `economics`."""
        found = self._mixes.get((use, region))
        if found is None:
            mass: dict[str, float] = {}
            rows = self.coefficients.figures.where("base_year", section="use", model_use=use, model_region=region)
            for row in rows:
                if row["end_use"] in REVENUE:
                    mass[row["end_use"]] = mass.get(row["end_use"], 0.0) + float(row["value"])
            whole = total(mass.values())
            found = self._mixes[use, region] = {name: part / whole for name, part in sorted(mass.items())}
        return found

    def spread(self, use: str, region: str, grades: Mapping[str, tuple[float, float]]) -> tuple[Device, ...]:
        """Returns the prices at which the devices of a use in a region are not built.

        A maker pays at most the price of the base year and the margin lost on the device. The value of a device per
        kilogram of magnet is in proportion to the price of the grade in it.

        Args:
            use: The use.
            region: Its region.
            grades: Share and price of each grade of its magnets [USD/kg].

        Source: equation 11 of docs/market.md.
        """
        figures = self.coefficients.figures
        margins = [assumed(figures, "revenue_margin", c) for c in _RANGE]
        most = assumed(figures, "greatest_choke_price", "high")
        found = []
        for name, part in self.mix(use, region).items():
            lost = [revenue * margin for revenue, margin in zip(self.revenue(name), margins, strict=True)]
            scale = min(most / lost[-1], 1.0)
            for share, price in grades.values():
                ratio = scale * price / self.mean_price[use]
                found.append(Device(part * share, *(price + ratio * one for one in lost)))
        return tuple(found)

    def revenue(self, end_use: str) -> tuple[float, float, float]:
        """Returns the revenue at risk per kilogram of magnet, low, middle and high [USD/kg].

        A row without a range has the relative range of the value of the same product.
        """
        figures = self.coefficients.figures
        at_risk, product = REVENUE[end_use]
        row = figures.row("economics", at_risk)
        middle = float(row["value"])
        if row["low"] and row["high"]:
            return float(row["low"]), middle, float(row["high"])
        low, value, high = (figures.value("economics", product, c) for c in _RANGE)
        return middle * low / value, middle, middle * high / value

    def cost_share(self, use: str, region: str, price: float) -> float:
        """Returns the share of the magnets in the value of the devices of a use in a region."""
        return total(part * price / self.revenue(name)[1] for name, part in self.mix(use, region).items())


def assumed(figures: Figures, key: str, column: str) -> float:
    """Returns a bound of an assumption, by its key: `low`, `value` or `high`."""
    return figures.value("assumptions", figures.pack.assumption_rows[key], column)
