"""Differences between two runs, draw by draw: at equal points they have the same figures and the same luck."""

from __future__ import annotations

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError
from coercivity.ensemble.results.quantiles import CONFIDENCE, Floats, known_of, quantiles_of
from coercivity.ensemble.results.rows import PairedRow
from coercivity.ensemble.runs.sets import DrawSet

# One pair has no spread, and so no interval.
LEAST_PAIRS = 2
# A difference below this share of the greatest value is a rounding error of the plans, without a sign.
_LEAST_SHARE = 1e-6


def paired(run: DrawSet, less: DrawSet, values: Floats, minus: Floats) -> Floats:
    """Returns the difference of a figure between two runs at each point where both have it, shape (pairs,).

    Args:
        run: The run.
        less: The run that is subtracted.
        values: The figure in `run` by draw, shape (draws,).
        minus: The figure in `less` by draw, shape (draws,).

    Raises:
        CoercivityError: If the runs have other scrambles or months, or no point is in both.

    Source: equation 92 of docs/market.md.
    """
    if (run.design.scramble, run.months) != (less.design.scramble, less.months):
        raise CoercivityError.of(
            "DRAWS-FOLDER",
            f"draws of {run.design.id} and {less.design.id} are of other points or months and make no pairs",
            where=f"{run.run}, {less.run}",
            next="draw both runs with one design and the same months",
        )
    both, here, there = np.intersect1d(run.points, less.points, assume_unique=True, return_indices=True)
    if not both.size:
        what = "no point has a value in both runs"
        raise CoercivityError.of("DRAWS-NONE", what, where=f"{run.run}, {less.run}", next="run the draws again")
    return known_of(values[here] - minus[there])


def mean_interval(differences: Floats, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Returns the interval of the mean of paired differences, by Student's t-distribution [unit of the figure].

    One pair has no spread: its interval is not bounded.

    Args:
        differences: The differences, shape (pairs,).
        confidence: Chance that the interval contains the mean.

    Source: equation 92 of docs/market.md.
    """
    from scipy.special import stdtrit

    if differences.size < 2:
        return -np.inf, np.inf
    error = float(np.std(differences, ddof=1)) / np.sqrt(differences.size)
    half = float(stdtrit(differences.size - 1, 0.5 + confidence / 2.0)) * error
    mean = float(np.mean(differences))
    return float(mean - half), float(mean + half)


def paired_row(run: DrawSet, less: DrawSet, figure: str, unit: str, values: Floats, minus: Floats) -> PairedRow | None:
    """Returns the difference of a figure between two runs; None of fewer than two pairs, which have no interval.

    Args:
        run: The run.
        less: The run that is subtracted.
        figure: Key of the figure.
        unit: Its unit.
        values: The figure in `run` by draw, shape (draws,).
        minus: The figure in `less` by draw, shape (draws,).

    Raises:
        CoercivityError: As `paired`.
    """
    least = _LEAST_SHARE * max(float(np.max(np.abs(known_of(each)), initial=0.0)) for each in (values, minus))
    return difference_row(run.run, less.run, figure, unit, paired(run, less, values, minus), least)


def difference_row(
    run: str, less: str, figure: str, unit: str, differences: Floats, least: float = 0.0
) -> PairedRow | None:
    """Returns paired differences as a row; None of fewer than two pairs, which have no interval.

    Args:
        run: Id of the run.
        less: Id of the run that is subtracted.
        figure: Key of the figure.
        unit: Its unit.
        differences: The differences, shape (pairs,).
        least: A smaller difference has no sign [unit of the figure].

    Source: equation 92 of docs/market.md.
    """
    if differences.size < LEAST_PAIRS:
        return None
    low, high = mean_interval(differences)
    return {
        "run": run,
        "less": less,
        "figure": figure,
        "unit": unit,
        "mean": round_sig(float(np.mean(differences))),
        "low": round_sig(low),
        "high": round_sig(high),
        "quantiles": quantiles_of(differences),
        "share_positive": round_sig(np.count_nonzero(differences > least) / differences.size),
        "draws": int(differences.size),
    }
