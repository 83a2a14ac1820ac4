"""Paired differences over draws: at an equal draw all combinations had the same luck, so their difference counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.ensemble.results.quantiles import Floats
from coercivity.ministry.strategy.factorial import Cell, effect_of, sets_of, sign_of
from coercivity.ministry.strategy.model import Levers, Scenario

LEAST_DRAWS = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over draws with its 90 % interval [1000 USD a year]."""

    mean: Fraction
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval does not contain 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class PairedFound:
    """Paired differences within one legal path.

    Attributes:
        path: The path; empty if the sheet names none.
        draws: Number of draws.
        cheapest: Levers of the cheapest combination on the path.
        over: Cost of each other combination less that of the cheapest.
        effects: Effect of each lever, then interactions.
        wins: Draws in which a combination is the cheapest, by its levers; on a tie the one with fewer levers.
    """

    path: str
    draws: int
    cheapest: Levers
    over: dict[Levers, Interval]
    effects: dict[Levers, Interval]
    wins: dict[Levers, int]


def paired_of(scenarios: Sequence[Scenario], cells: Sequence[Cell], levers: Levers) -> tuple[PairedFound, ...]:
    """Returns the paired differences of each path that has at least two draws.

    Rows of one draw are weighed by their probability; draws of a path count alike.

    Args:
        scenarios: The rows.
        cells: All combinations of the levers, by row.
        levers: The levers.

    Source: equation 92 of docs/market.md.
    """
    found = []
    for path in dict.fromkeys(row.path for row in scenarios):
        draws = _draws(scenarios, path)
        if len(draws) >= LEAST_DRAWS:
            found.append(_path(path, draws, cells, levers))
    return tuple(found)


def _draws(scenarios: Sequence[Scenario], path: str) -> list[list[tuple[int, Fraction]]]:
    """Returns the rows of each draw of a path, with their weights."""
    rows: dict[str, list[tuple[int, Fraction]]] = {}
    for place, row in enumerate(scenarios):
        if row.path == path and row.draw:
            rows.setdefault(row.draw, []).append((place, row.probability))
    return [_weighed(entries) for entries in rows.values()]


def _weighed(entries: Sequence[tuple[int, Fraction]]) -> list[tuple[int, Fraction]]:
    whole = total(chance for _, chance in entries)
    return [(place, chance / whole if whole else Fraction(1, len(entries))) for place, chance in entries]


def _path(path: str, draws: list[list[tuple[int, Fraction]]], cells: Sequence[Cell], levers: Levers) -> PairedFound:
    import numpy as np

    by_draw = {
        cell.on: [total(cell.costs[place] * weight for place, weight in rows) for rows in draws] for cell in cells
    }
    means = {on: total(costs) / len(draws) for on, costs in by_draw.items()}
    least = min(cells, key=lambda cell: means[cell.on]).on  # on a tie the first: fewer levers
    costs = {on: np.array([float(cost) for cost in each]) for on, each in by_draw.items()}
    over = {on: _interval(mean - means[least], costs[on] - costs[least]) for on, mean in means.items() if on != least}
    effects = {
        some: _interval(
            effect_of(some, cells, lambda cell: means[cell.on]),
            np.sum([sign_of(some, cell.on) * costs[cell.on] for cell in cells], axis=0) * 2 / len(cells),
        )
        for some in sets_of(levers)
        if some
    }
    firsts = [min(by_draw, key=lambda on: by_draw[on][at]) for at in range(len(draws))]  # used at once
    wins = {on: firsts.count(on) for on in by_draw if on in firsts}
    return PairedFound(path, len(draws), least, over, effects, wins)


def _interval(mean: Fraction, differences: Floats) -> Interval:
    """Returns a mean with its 90 % interval, by Student's t-distribution.

    Source: equation 92 of docs/market.md.
    """
    from coercivity.ensemble.results.pairs import mean_interval

    low, high = mean_interval(differences)
    return Interval(mean, round_sig(low), round_sig(high))
