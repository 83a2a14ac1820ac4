"""Figures of a run by month: months that all draws share, followed by those of a draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.ensemble.runs.keeping import AXIS, KeptDraw
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.observations.rows import Observation
from coercivity.observations.series import NIL_IF_ABSENT, Block, Match, predicted

Floats = NDArray[np.float64]
Matched = tuple[Observation, Match]
Values = Mapping[Block, Mapping[str, Sequence[float]]]


@dataclass(frozen=True, slots=True)
class RunFigures:
    """Figures of a run.

    Attributes:
        months: Its months, YYYY-MM, one after another.
        values: Figures by block and name, one for each month, or one for each calendar year.
    """

    months: tuple[str, ...]
    values: Values


def wanted_names(rows: Iterable[Matched]) -> dict[Block, frozenset[str]]:
    """Returns the names of the figures that rows mean, by block.

    Args:
        rows: Rows with the figures that they mean.
    """
    found: dict[Block, frozenset[str]] = {}
    for _, match in rows:
        found[match.block] = found.get(match.block, frozenset()) | {*match.names, *match.denominators}
    return found


def replayed_figures(replayed: KeptDraw, names: Mapping[Block, frozenset[str]]) -> RunFigures:
    """Returns the figures of the months that all draws share.

    Args:
        replayed: Those months.
        names: Names of the figures by block.
    """
    values: dict[Block, dict[str, list[float]]] = {}
    for block, wanted in names.items():
        held = dict(zip(replayed.names[block], replayed.values[block].tolist(), strict=True))
        values[block] = {name: held[name] for name in sorted(wanted) if name in held}
    return RunFigures(replayed.months, values)


def drawn_figures(replayed: KeptDraw, draws: DrawSet, names: Mapping[Block, frozenset[str]]) -> list[RunFigures]:
    """Returns the figures of each draw, after those of the months that all draws share.

    A figure that is listed only where it is not nil counts as nil elsewhere; figures of years are added.

    Args:
        replayed: The months that all draws share.
        draws: The draws.
        names: Names of the figures by block.
    """
    before = replayed_figures(replayed, names).values
    months = (*replayed.months, *draws.months)
    years = sorted({*replayed.years, *draws.years})
    found = []
    for point in range(len(draws.points)):
        values: dict[Block, dict[str, list[float]]] = {}
        for block, wanted in names.items():
            place = {name: at for at, name in enumerate(draws.names[block])}
            each = values.setdefault(block, {})
            for name in sorted(wanted):
                ours = before[block].get(name)
                theirs = draws.values[block][point, place[name]].tolist() if name in place else None
                if ours is None and theirs is None:
                    continue
                if block not in NIL_IF_ABSENT and (ours is None or theirs is None):
                    continue
                if AXIS[block] == "years":
                    each[name] = _by_year(years, (replayed.years, ours), (draws.years, theirs))
                else:
                    each[name] = [*(ours or [0.0] * len(replayed.months)), *(theirs or [0.0] * len(draws.months))]
        found.append(RunFigures(months, values))
    return found


def _by_year(years: Sequence[str], *parts: tuple[Sequence[str], Sequence[float] | None]) -> list[float]:
    found = dict.fromkeys(years, 0.0)
    for named, values in parts:
        for year, value in zip(named, values or (), strict=False):
            found[year] += value
    return list(found.values())


def figure_of(run: RunFigures, row: Observation, match: Match) -> float | None:
    """Returns what a run says in place of a row, in its unit; None if it has no such figure in those months.

    Args:
        run: Figures of the run.
        row: The row.
        match: The figure that it means.
    """
    try:
        found = predicted(match, row, run.months, run.values)
    except KeyError:
        return None
    return None if found is None or not np.isfinite(found) else found
