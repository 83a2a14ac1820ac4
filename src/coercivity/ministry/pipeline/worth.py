"""What the capacity that public money adds is worth, by draw and year, and how much less the second like plant is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.run.industry.plants import limits_of
from coercivity.ministry.pipeline.candidates import Candidate

Floats = NDArray[np.float64]
KUSD_PER_MUSD = 1000.0  # USD/kg x t is 1000 USD
Slopes = Mapping[str, Floats]  # by capacity: what one more tonne takes off its value, shape (years,) [USD/kg per t]


def capacity_value(draws: DrawSet, limit: str, years: Sequence[int]) -> Floats:
    """Returns the shadow value of a capacity, 0 where the market has none, shape (draws, years) [USD/kg].

    Args:
        draws: The draws.
        limit: Name of the capacity.
        years: The years.
    """
    if limit not in draws.names["capacity_value"]:
        return np.zeros((len(draws.points), len(years)))
    places = [draws.years.index(str(year)) for year in years]
    found: Floats = draws.series("capacity_value", limit)[:, places]
    return found


def worth_by_year(one: Candidate, added_t: Floats, draws: DrawSet, slopes: Slopes, years: Sequence[int]) -> Floats:
    """Returns the value of added capacity by draw and year, its own effect on the value included [MUSD].

    The value of the x-th tonne is the shadow value less x times the slope, so that of x tonnes is the area below.

    Args:
        one: The project.
        added_t: Capacity added by part, draw and year, shape (parts, draws, years) [t/yr].
        draws: The draws.
        slopes: Slopes by capacity on this path.
        years: The years.
    """
    found = np.zeros(added_t.shape[1:])
    for part, more in zip(one.parts, added_t, strict=True):
        for limit in limits_of(part):
            slope = slopes.get(limit, np.zeros(len(years)))
            value = capacity_value(draws, limit, years)
            # No tonne is worth less than nothing: beyond the point at which the value ends, more adds nothing.
            with np.errstate(divide="ignore", invalid="ignore"):
                ends = np.where(slope > 0, value / slope, np.inf)
            counted = np.minimum(more, ends)
            found += (value * counted - slope * counted**2 / 2) / KUSD_PER_MUSD
    return found


def slopes_of(
    before: DrawSet, after: DrawSet, added_t: Mapping[str, Floats], years: Sequence[int]
) -> dict[str, Floats]:
    """Returns by how much a further tonne lowers the value of each capacity, between two runs [USD/kg per t].

    Args:
        before: Draws without public money.
        after: The same points with every project of the pipeline funded.
        added_t: Capacity that is added between them by capacity, shape (years,) [t/yr].
        years: The years.
    """
    found = {}
    _, ours, theirs = np.intersect1d(before.points, after.points, return_indices=True)
    for limit, more in added_t.items():
        less = capacity_value(before, limit, years)[ours] - capacity_value(after, limit, years)[theirs]
        mean = np.maximum(less.mean(axis=0), 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            found[limit] = np.where(more > 0, mean / more, 0.0)
    return found
