"""A set of funded projects in the market: what it is worth when everything else answers to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.ensemble.results.pairs import mean_interval
from coercivity.ensemble.runs.keeping import OUTSIDE, WHOLE
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry.plants import limits_of
from coercivity.ministry.pipeline.added import by_year, plant_figure
from coercivity.ministry.pipeline.book import Pipeline
from coercivity.ministry.pipeline.candidates import Candidate
from coercivity.ministry.pipeline.worth import slopes_of

Floats = NDArray[np.float64]
USD_PER_MUSD = 1e6


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over draws with its 90 % interval; without one where there is a single pair [MUSD]."""

    mean: float
    low: float | None
    high: float | None
    draws: int


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """A funded set in the market on one legal path, against the same draws without it.

    Attributes:
        whole: Net benefit of all parties.
        outside: What parties outside China gain.
        started: Share of the draws in which each of its projects starts, and in which it starts without public money.
    """

    path: str
    whole: Mean
    outside: Mean
    started: Mapping[str, tuple[float, float]]


def mean_of(values: Floats) -> Mean:
    """Returns the mean of values by draw with its interval.

    Args:
        values: The values, shape (draws,).
    """
    if values.size < 2:
        return Mean(float(np.mean(values)), None, None, int(values.size))
    low, high = mean_interval(values)
    return Mean(float(np.mean(values)), low, high, int(values.size))


def resolved(made: Pipeline, path: str, before: DrawSet, after: DrawSet, chosen: Iterable[Candidate]) -> Resolved:
    """Returns what a funded set is worth on a path, discounted as the workbook is.

    Args:
        made: The pipeline.
        path: Name of the path.
        before: Draws without public money.
        after: The same points with the set funded.
        chosen: Its projects.
    """
    _, ours, theirs = np.intersect1d(before.points, after.points, return_indices=True)
    gains = []
    for what in (WHOLE, OUTSIDE):
        places = [before.years.index(str(year)) for year in made.years]
        usd = after.series("benefit", what)[theirs][:, places] - before.series("benefit", what)[ours][:, places]
        gains.append(mean_of((usd / USD_PER_MUSD) @ made.lasting))
    started = {
        one.id: (
            float(np.isfinite(plant_figure(after, one.main, "start")[theirs]).mean()),
            float(np.isfinite(plant_figure(before, one.main, "start")[ours]).mean()),
        )
        for one in chosen
    }
    return Resolved(path, gains[0], gains[1], started)


def slopes_between(
    figures: Figures, entries: Sequence[Candidate], before: DrawSet, after: DrawSet, years: Sequence[int]
) -> dict[str, Floats]:
    """Returns what further capacity takes off its value, from a run with every project funded.

    Args:
        figures: The rows of the market data set.
        entries: The projects that are funded in it.
        before: Draws without public money.
        after: The same points with the projects funded.
        years: The years.
    """
    _, ours, theirs = np.intersect1d(before.points, after.points, return_indices=True)
    added: dict[str, Floats] = {}
    for part in (part for one in entries for part in one.parts):
        capacity = [
            np.stack(
                [
                    np.zeros(len(years)) if np.isnan(month) else by_year(figures, part, int(month), int(month), years)
                    for month in plant_figure(draws, part, "start")[places]
                ]
            ).mean(axis=0)
            for draws, places in ((before, ours), (after, theirs))
        ]
        for limit in limits_of(part):
            added[limit] = added.get(limit, np.zeros(len(years))) + capacity[1] - capacity[0]
    return slopes_of(before, after, added, years)


def scarcest(paths: Mapping[str, DrawSet], years: Sequence[int], served: Iterable[str], count: int) -> list[str]:
    """Returns the capacities outside China of the highest shadow value that no project of the pipeline adds to.

    Args:
        paths: Draws by legal path.
        years: The years.
        served: Capacities that projects add to.
        count: Most of them.
    """
    worth: dict[str, float] = {}
    for draws in paths.values():
        places = [draws.years.index(str(year)) for year in years]
        for name in draws.names["capacity_value"]:
            if not name.startswith(("unregistered:", "quota:", "floor:")) and not name.endswith(":CN"):
                mean = float(draws.series("capacity_value", name)[:, places].mean())
                worth[name] = worth.get(name, 0.0) + mean / len(paths)
    left = [name for name in worth if name not in set(served) and worth[name] > 0]
    return sorted(left, key=lambda name: (-worth[name], name))[:count]
