"""Control variate: few draws on the full planning grid, corrected by many draws on a shorter one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from coercivity.ensemble.runs.keeping import Floats

# Fewer pairs do not tell a correlation from chance.
LEAST_PAIRS = 8
CHANCE = 0.90


@dataclass(frozen=True, slots=True)
class Controlled:
    """An estimate with its 90 % interval.

    Attributes:
        value: The estimate [unit of the figure].
        low: Low end of the interval.
        high: High end.
        plain: Mean of the draws on the full grid alone.
        slope: Change of the figure for one unit of the same figure on the shorter grid; 0 if it is not used.
        correlation: Correlation of the pairs; 0 if either side does not move.
        gain: Plain draws of the same cost over plain draws with an interval of the same width; above 1 it pays.
        pays: Whether the estimate uses the shorter grid.
        pairs: Draws on both grids.
        short: Draws on the shorter grid.
    """

    value: float
    low: float
    high: float
    plain: float
    slope: float
    correlation: float
    gain: float
    pays: bool
    pairs: int
    short: int


@dataclass(frozen=True, slots=True)
class Split:
    """The best division of a budget between two grids.

    Attributes:
        short_per_pair: Draws on the shorter grid for each draw on the full one.
        gain: Variance of plain draws of the same cost, over the variance of the estimate; 1 if it does not pay.
    """

    short_per_pair: float
    gain: float


def two_level_mean(full: Floats, short: Floats, cost_ratio: float) -> Controlled:
    """Returns the mean of a figure from draws on two grids, or the plain mean where that is narrower for its cost.

    The interval takes the draws as independent, so for the points of a design it is on the wide side. Slope and mean
    come from the same pairs; the bias that follows is of the order of one over their number.

    Args:
        full: The figure on the full grid, shape (pairs,).
        short: The same on the shorter grid, at the same points first, shape (short,).
        cost_ratio: Cost of a draw on the shorter grid over that of one on the full grid.

    Raises:
        ValueError: If there are less than two pairs, fewer draws on the shorter grid than pairs, a figure that is not
            a number, or a cost that is not positive.

    Source: equation 93 of docs/market.md.
    """
    _check(full, short, cost_ratio)
    pairs, most = len(full), len(short)
    same = short[:pairs]
    plain = float(full.mean())
    spread = float(((same - same.mean()) ** 2).sum())
    if pairs < LEAST_PAIRS or most == pairs or spread <= 0.0:
        return _plain(full, most, _correlation(full, same), 0.0)
    slope = float(((same - same.mean()) * (full - plain)).sum()) / spread
    shift = float(short.mean() - same.mean())
    left = float(((full - plain - slope * (same - same.mean())) ** 2).sum()) / (pairs - 2)
    moved = slope**2 * float(short.var(ddof=1))
    variance = left * (1.0 / pairs + shift**2 / spread) + moved / most
    bought = (left + moved) / (pairs + cost_ratio * most)
    gain = bought / variance if variance > 0.0 else math.inf if bought > 0.0 else 0.0
    correlation = _correlation(full, same)
    if gain <= 1.0:
        return _plain(full, most, correlation, gain)
    value = plain + slope * shift
    half = _half(variance, pairs - 2)
    return Controlled(value, value - half, value + half, plain, slope, correlation, gain, True, pairs, most)


def two_level_quantile(full: Floats, short: Floats, level: float) -> float:
    """Returns a quantile of a figure from draws on two grids, through its distribution function.

    The draws below and above the same quantile of the shorter grid are weighted so that both parts have the share that
    they have among all draws on it: the regression on an indicator. Weights are never negative, so the function stays
    monotone, and the result is one of the figures of the full grid.

    Args:
        full: The figure on the full grid, shape (pairs,).
        short: The same on the shorter grid, at the same points first, shape (short,).
        level: Share of the distribution below the quantile, inside the unit interval.

    Raises:
        ValueError: As `two_level_mean`, or if the level is not inside the unit interval.

    Source: equation 93 of docs/market.md.
    """
    _check(full, short, 1.0)
    if not 0.0 < level < 1.0:
        raise ValueError(f"the level {level:g} is not inside the unit interval")
    pairs = len(full)
    turn = float(np.quantile(short, level, method="inverted_cdf"))
    below = short[:pairs] <= turn
    count, share = int(below.sum()), float((short <= turn).mean())
    weights = np.full(pairs, 1.0 / pairs)
    if pairs >= LEAST_PAIRS and 0 < count < pairs and share < 1.0:
        weights = np.where(below, share / count, (1.0 - share) / (pairs - count))
    order = np.argsort(full, kind="stable")
    reached = np.cumsum(weights[order])
    at = int(np.searchsorted(reached, level - 1e-12))
    return float(full[order][min(at, pairs - 1)])


def best_split(correlation: float, cost_ratio: float) -> Split:
    """Returns how a budget is best divided between two grids; it pays if the squared correlation exceeds 4c/(1+c)^2.

    Args:
        correlation: Correlation of the figure on the two grids.
        cost_ratio: Cost of a draw on the shorter grid over that of one on the full grid, c.

    Raises:
        ValueError: If the correlation is not from -1 to 1, or the cost not positive.

    Source: equation 93 of docs/market.md.
    """
    if not -1.0 <= correlation <= 1.0 or not cost_ratio > 0.0:
        raise ValueError("the correlation lies from -1 to 1, and the cost is positive")
    squared = correlation**2
    if squared * (1.0 + cost_ratio) ** 2 <= 4.0 * cost_ratio or cost_ratio >= 1.0:
        return Split(1.0, 1.0)
    if squared >= 1.0:
        return Split(math.inf, 1.0 / cost_ratio)
    each = math.sqrt(squared / (cost_ratio * (1.0 - squared)))
    return Split(each, 1.0 / (math.sqrt(1.0 - squared) + math.sqrt(squared * cost_ratio)) ** 2)


def _check(full: Floats, short: Floats, cost_ratio: float) -> None:
    if full.ndim != 1 or short.ndim != 1 or len(full) < 2:
        raise ValueError("at least two draws are needed on the full grid, one figure each")
    if len(short) < len(full):
        raise ValueError(f"{len(short)} draws on the shorter grid are fewer than {len(full)} on the full one")
    if not (np.isfinite(full).all() and np.isfinite(short).all()):
        raise ValueError("a figure is not a number; leave out the points without one on both grids")
    if not cost_ratio > 0.0:
        raise ValueError("the cost of a draw on the shorter grid is not positive")


def _correlation(full: Floats, same: Floats) -> float:
    apart, other = full - full.mean(), same - same.mean()
    size = math.sqrt(float((apart**2).sum()) * float((other**2).sum()))
    return min(max(float((apart * other).sum()) / size, -1.0), 1.0) if size > 0.0 else 0.0


def _plain(full: Floats, short: int, correlation: float, gain: float) -> Controlled:
    pairs, value = len(full), float(full.mean())
    half = _half(float(full.var(ddof=1)) / pairs, pairs - 1)
    return Controlled(value, value - half, value + half, value, 0.0, correlation, gain, False, pairs, short)


def _half(variance: float, freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + CHANCE / 2.0)) * math.sqrt(variance)
