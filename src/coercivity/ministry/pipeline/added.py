"""Capacity that public money adds: as planned, as the price alone brings it, and the difference by draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month, parse_month
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry.plants import YEAR, Plant, ramp
from coercivity.ministry.pipeline.candidates import Candidate, usual_terms, work_months

Floats = NDArray[np.float64]
FUNDED = parse_month("2027-01")  # month in which public money is decided


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """What public money for a project adds on one legal path.

    Attributes:
        planned_t: Capacity of each part as planned, shape (parts, years) [t/yr].
        alone_t: Capacity that the price alone brings, shape (parts, draws, years) [t/yr].
        gap_usd_per_kg: By how much the charge exceeds the expected margin, by draw; below 0 where the price pays
            [USD per kg of capacity of the main plant].
        charge_usd_per_kg: Capital charge by draw, shape (draws,) [USD/kg].
        delay_months: Delay by the law, by draw; not a number where the plant does not start [months].
        funded_t: Capacity that comes with public money, without that delay, shape (parts, draws, years) [t/yr]; None
            before the market has answered, for what it would be if it were decided at once.
    """

    planned_t: Floats
    alone_t: Floats
    gap_usd_per_kg: Floats
    charge_usd_per_kg: Floats
    delay_months: Floats
    funded_t: Floats | None = None

    def added_t(self, relief_usd_per_kg: float) -> Floats:
        """Returns the capacity added by relief, shape (parts, draws, years) [t/yr].

        Before the market has answered, a draw in which the relief does not close the gap builds nothing more, and every
        other builds as planned.

        Args:
            relief_usd_per_kg: What public money adds to the margin, or takes off the charge [USD/kg].
        """
        if self.funded_t is not None:
            return np.maximum(self.funded_t - self.alone_t, 0.0)
        built = self.gap_usd_per_kg <= relief_usd_per_kg * (1 + 1e-9)
        more = np.maximum(self.planned_t[:, None, :] - self.alone_t, 0.0)
        found: Floats = np.where(built[None, :, None], more, 0.0)
        return found


def added_by(
    figures: Figures, one: Candidate, draws: DrawSet, years: Sequence[int], funded: DrawSet | None = None
) -> Added:
    """Returns what public money for a project adds on a legal path.

    Args:
        figures: The rows of the market data set.
        one: The project.
        draws: Draws without public money for it.
        years: The years.
        funded: The same points with every project of the pipeline funded.
    """
    work = work_months(one, usual_terms(figures))
    planned = [by_year(figures, part, FUNDED + 1 + _up(work), part.planned, years) for part in one.parts]
    alone = [
        np.stack([_from(figures, part, month, years) for month in plant_figure(draws, part, "start")])
        for part in one.parts
    ]
    charge = plant_figure(draws, one.main, "charge_usd_per_kg")
    gap = charge - plant_figure(draws, one.main, "margin_usd_per_kg")
    told = draws if funded is None else funded
    return Added(
        np.stack(planned),
        np.stack(alone),
        gap,
        charge,
        plant_figure(told, one.main, "delay_months"),
        None if funded is None else _funded(figures, one, funded, years),
    )


def _funded(figures: Figures, one: Candidate, funded: DrawSet, years: Sequence[int]) -> Floats:
    """Returns the capacity that starts with public money, before what the law delays, shape (parts, draws, years)."""
    parts = []
    for part in one.parts:
        months = plant_figure(funded, part, "start") - np.nan_to_num(plant_figure(funded, part, "delay_months"))
        parts.append(np.stack([_from(figures, part, month, years) for month in months]))
    return np.stack(parts)


def plant_figure(draws: DrawSet, plant: Plant, figure: str) -> Floats:
    """Returns a figure of a plant by draw, not a number where a draw has none, shape (draws,).

    Args:
        draws: The draws.
        plant: The plant.
        figure: Name of the figure.
    """
    name = f"{plant.id}:{figure}"
    if name not in draws.names["plants"]:
        return np.full(len(draws.points), np.nan)
    found: Floats = draws.series("plants", name)[:, 0]
    return found


def by_year(figures: Figures, plant: Plant, start: Month, earliest: Month, years: Sequence[int]) -> Floats:
    """Returns the mean capacity of each year of a plant, ramp-up included, shape (years,) [t/yr].

    Args:
        figures: The rows of the market data set.
        plant: The plant.
        start: Its start.
        earliest: A start that it never precedes.
        years: The years.

    Source: equation 21 of docs/market.md.
    """
    begin = max(start, earliest)
    months = [[ramp(figures, plant.family, parse_month(f"{y}-01") + m - begin) for m in range(YEAR)] for y in years]
    shares: Floats = np.array(months).mean(axis=1)
    return plant.capacity_t * YEAR * shares


def _from(figures: Figures, plant: Plant, month: float, years: Sequence[int]) -> Floats:
    if np.isnan(month):
        return np.zeros(len(years))
    return by_year(figures, plant, round(month), round(month), years)


def _up(months: float) -> int:
    return int(-(-months // 1))
