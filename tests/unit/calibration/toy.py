"""A made-up market whose rows are straight lines of the parameters, and observations drawn from a known truth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coercivity.calibration.fit import Evidence
from coercivity.calibration.prior import Parameter, Prior

Floats = NDArray[np.float64]
PRIOR = Prior.of(
    [
        Parameter("toy:c", 0.0, 2.0, 4.0, "price"),
        Parameter("toy:a", 0.0, 1.0, 5.0, "quantity"),
        Parameter("toy:b", -1.0, 0.0, 1.0, "quantity"),
    ]
)
SIMULATIONS, ROWS = 128, 12
ROW_SD, LUCK_SD = 0.25, 0.05


def slopes(seed: int, of: int = 3) -> Floats:
    """Returns the slope of each row in each parameter, shape (parameters, rows)."""
    found = np.random.default_rng(seed).normal(size=(3, ROWS)) * 0.4
    found[of:] = 0.0
    return found


def evidence(design: Floats, truth: Floats, lines: Floats, seed: int) -> Evidence:
    """Returns rows whose logs are lines of the scaled parameters, with luck in simulations and errors in rows."""
    numbers = np.random.default_rng(seed)
    logs = PRIOR.scaled(PRIOR.values(design)) @ lines + LUCK_SD * numbers.normal(size=(len(design), ROWS))
    true = (PRIOR.scaled(PRIOR.values(truth[None, :])) @ lines)[0]
    observed = true + LUCK_SD * numbers.normal(size=ROWS) + ROW_SD * numbers.normal(size=ROWS)
    series = tuple("ABC"[row % 3] for row in range(ROWS))
    return Evidence(logs, observed, ROW_SD**2 * np.eye(ROWS), series, ("kind",) * ROWS)
