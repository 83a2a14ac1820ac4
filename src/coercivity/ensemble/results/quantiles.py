"""Quantiles of figures and of series, and the interval in which a quantile lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.ensemble.results.rows import LEVELS, DrawnFigure, FanRow

Floats = NDArray[np.float64]
# Intervals of results are at this level.
CONFIDENCE = 0.9


def quantile(values: Floats, share: float) -> float:
    """Returns a quantile of the values that are known, between two order statistics by distance.

    Args:
        values: The values [any unit], shape (draws,); not a number where a draw has none.
        share: Share of the values below it, 0 to 1.

    Raises:
        ValueError: If no draw has a value.

    Source: equation 90 of docs/market.md.
    """
    known = known_of(values)
    if not known.size:
        raise ValueError("no draw has a value")
    return float(np.quantile(known, share))


def quantiles_of(values: Floats) -> dict[str, float]:
    """Returns the quantiles of results by level in percent [unit of the values].

    Args:
        values: The values, shape (draws,).

    Raises:
        ValueError: If no draw has a value.
    """
    return {str(level): round_sig(quantile(values, level / 100)) for level in LEVELS}


def order_interval(values: Floats, share: float = 0.5, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Returns the interval in which a quantile lies, as two order statistics [unit of the values].

    Of n independent draws the number below the quantile is binomial, whatever the distribution. The two order
    statistics leave out at most half of the rest on each side, so the interval is never too short; with few draws it
    is the range of the values and contains the quantile less often. Scrambled points are spread more evenly than
    independent ones, which makes the interval cautious.

    Args:
        values: The values, shape (draws,).
        share: Share of the values below the quantile, between 0 and 1.
        confidence: Chance that the interval contains the quantile.

    Raises:
        ValueError: If no draw has a value.

    Source: equation 90 of docs/market.md.
    """
    from scipy.special import bdtr

    known = np.sort(known_of(values))
    if not known.size:
        raise ValueError("no draw has a value")
    below = (1.0 - confidence) / 2.0
    counts = np.arange(known.size + 1)
    chance = bdtr(counts, known.size, share)
    # The quantile is below the order statistic `first` in chance[first - 1] of cases, counted from 1.
    first = int(np.count_nonzero(chance <= below))
    last = int(np.searchsorted(chance, 1.0 - below)) + 1
    return float(known[max(first, 1) - 1]), float(known[min(last, known.size) - 1])


def half_width(values: Floats) -> float:
    """Returns half of the interval in which the median lies at 90 % [unit of the values].

    Args:
        values: The values, shape (draws,).

    Raises:
        ValueError: If no draw has a value.
    """
    low, high = order_interval(values)
    return (high - low) / 2.0


def drawn_figure(run: str, figure: str, unit: str, values: Floats, usual: float | None) -> DrawnFigure:
    """Returns a number of a run with its range.

    Args:
        run: Id of the run.
        figure: Key of the number.
        unit: Its unit.
        values: One value a draw, shape (draws,).
        usual: The number of the run without draws; None if it has none.

    Raises:
        ValueError: If no draw has a value.
    """
    known = known_of(values)
    return {
        "run": run,
        "figure": figure,
        "unit": unit,
        "usual": round_sig(usual) if usual is not None else None,
        "mean": round_sig(float(np.mean(known))),
        "quantiles": quantiles_of(known),
        "half_width": round_sig(half_width(known)),
        "draws": int(known.size),
    }


def fan(run: str, figure: str, unit: str, series: Floats, usual: list[float]) -> FanRow:
    """Returns the quantiles of a series by month.

    Args:
        run: Id of the run.
        figure: Key of the series.
        unit: Its unit.
        series: The series, shape (draws, months).
        usual: The series of the run without draws, by month.

    Raises:
        ValueError: If no draw has a value in some month.
    """
    months = [quantiles_of(series[:, month]) for month in range(series.shape[1])]
    return {
        "run": run,
        "figure": figure,
        "unit": unit,
        "quantiles": {str(level): [each[str(level)] for each in months] for level in LEVELS},
        "usual": [round_sig(value) for value in usual],
    }


def known_of(values: Floats) -> Floats:
    """Returns the values that are known, shape (known draws,)."""
    found: Floats = values[np.isfinite(values)]
    return found
