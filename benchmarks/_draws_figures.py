"""Numbers of a draw for the benchmark of draws, one a draw, and how sure their median is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from coercivity.ensemble.runs.keeping import Floats
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.coefficients import ABROAD, USES
from coercivity.market.results.rows import ALL_ABROAD

YEAR = 12


def _dy_outside(draws: DrawSet) -> Floats:
    return _means(draws.series("traded", f"ox_Dy:{ALL_ABROAD}")[:, -YEAR:])


def _dy_gap(draws: DrawSet) -> Floats:
    return _means(draws.series("gap", f"ox_Dy:{ALL_ABROAD}"))


def _ndpr(draws: DrawSet) -> Floats:
    return _means(draws.series("traded", f"ox_NdPr:{ALL_ABROAD}")[:, -YEAR:])


def _magnets_exported(draws: DrawSet) -> Floats:
    names = [n for n in draws.names["out"] if n.startswith("mag") and n.endswith(f":{ALL_ABROAD}")]
    return np.asarray(sum(draws.series("out", name).sum(axis=1) for name in names), dtype=np.float64)


def _devices_not_built(draws: DrawSet) -> Floats:
    ends = [f"{use}:{region}:without_t" for use in USES for region in ABROAD]
    names = [name for name in ends if name in draws.names["use"]]
    return np.asarray(sum(draws.series("use", name).sum(axis=1) for name in names), dtype=np.float64)


def _devices_less(draws: DrawSet) -> Floats:
    ends = [f"{use}:{region}:less_t" for use in USES for region in ABROAD]
    names = [name for name in ends if name in draws.names["use"]]
    return np.asarray(sum(draws.series("use", name).sum(axis=1) for name in names), dtype=np.float64)


FIGURES: dict[str, Callable[[DrawSet], Floats]] = {
    "dy_outside": _dy_outside,
    "dy_gap": _dy_gap,
    "magnets_exported": _magnets_exported,
    "ndpr": _ndpr,
    "devices_not_built": _devices_not_built,
    "devices_less": _devices_less,
}


def median_half_width(values: Floats) -> float:
    """Returns half of the interval in which the median lies at 90 %, by order statistics of independent draws."""
    from scipy.special import bdtr

    ordered = np.sort(values[np.isfinite(values)])
    count = len(ordered)
    if count < 2:
        return float("nan")
    chance = [float(bdtr(less, count, 0.5)) for less in range(count // 2)]  # fewer than `less` + 1 lie below it
    below = max(len([each for each in chance if each <= 0.05]), 1)
    return float(ordered[count - below] - ordered[below - 1]) / 2


def _means(values: Floats) -> Floats:
    known = np.isfinite(values)
    return np.where(
        known.any(axis=1), np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1), np.nan
    )
