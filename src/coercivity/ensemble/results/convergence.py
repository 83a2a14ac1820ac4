"""How far a result has converged: the same run with other scrambles of the points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.results.quantiles import CONFIDENCE, Floats, known_of, quantile

TAIL = 0.95


@dataclass(frozen=True, slots=True)
class Convergence:
    """How far a statistic has converged.

    Attributes:
        mean: Mean over the scrambles [unit of the figure].
        half_width: Half of its 90 % interval [unit of the figure].
        scrambles: Number of scrambles.
    """

    mean: float
    half_width: float
    scrambles: int


def median(values: Floats) -> float:
    """Returns the median [unit of the values], shape of values (draws,)."""
    return quantile(values, 0.5)


def tail_mean(values: Floats, share: float = TAIL) -> float:
    """Returns the mean of the greatest values: the conditional value at risk (CVaR) [unit of the values].

    Args:
        values: The values, shape (draws,).
        share: Share of the values that are left out; one value that lies on the limit counts in part.

    Raises:
        ValueError: If no draw has a value.

    Source: equation 90 of docs/market.md.
    """
    known = np.sort(known_of(values))[::-1]
    if not known.size:
        raise ValueError("no draw has a value")
    size = (1.0 - share) * known.size
    weight = np.clip(size - np.arange(known.size), 0.0, 1.0)
    return float(np.dot(weight, known) / weight.sum())


def over_scrambles(replicates: Sequence[Floats], statistic: Callable[[Floats], float]) -> Convergence:
    """Returns how far a statistic has converged, from independent scrambles of the same number of points.

    Args:
        replicates: The values of a figure by scramble, each of shape (draws,).
        statistic: What is worked out from each.

    Raises:
        CoercivityError: If there are fewer than two scrambles.

    Source: equation 90 of docs/market.md.
    """
    if len(replicates) < 2:
        what = f"{len(replicates)} scramble: the spread needs at least two"
        raise CoercivityError.of("DRAWS", what, next="give --scrambles 4 or more")
    from scipy.special import stdtrit

    found = np.array([statistic(values) for values in replicates])
    error = float(np.std(found, ddof=1)) / np.sqrt(found.size)
    times = float(stdtrit(found.size - 1, 0.5 + CONFIDENCE / 2.0))
    return Convergence(float(np.mean(found)), float(times * error), int(found.size))
