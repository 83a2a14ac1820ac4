"""The fit at one cut-off: rows that count, posterior, what moved it, and the posterior as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.days import Day
from coercivity.calibration.counted import Counted, counted
from coercivity.calibration.fit import Fitted, fit
from coercivity.calibration.moved import Moved, Pull, inside, moved, pulls
from coercivity.calibration.parameters import MOST_SIMULATIONS
from coercivity.calibration.prior import STAGES, Prior, Stage
from coercivity.ensemble.parameters import ParameterDraws, parameter_draws
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.observations.rows import Observation

# A series of which the surface predicts less than half of the variance is named.
LEAST_R2 = 0.5


@dataclass(frozen=True, slots=True)
class SeriesFit:
    """How the surface does, and where the observations lie in the prior, for the rows of one series.

    Attributes:
        stage: Stage of its rows.
        kind: Kind of error.
        series: Its name.
        rows: How many rows count.
        r2: Median share of the variance of simulations left out that the surface predicts.
        error_sd: Root mean square of the surface's error, of the log.
        inside: How many rows lie inside the 90 % band of the prior.
    """

    stage: Stage
    kind: str
    series: str
    rows: int
    r2: float
    error_sd: float
    inside: int

    @property
    def predicted(self) -> bool:
        """Whether the surface predicts half of the variance or more."""
        return self.r2 >= LEAST_R2


@dataclass(frozen=True, slots=True, eq=False)
class CutFit:
    """The fit at one cut-off.

    Attributes:
        known: The cut-off.
        counted: Its rows.
        fitted: The posterior.
        parameters: The posterior as values by point.
        moved: Each parameter before and after.
        pulls: What each series and kind did.
        series: How each series does.
    """

    known: Day
    counted: Counted
    fitted: Fitted
    parameters: ParameterDraws
    moved: tuple[Moved, ...]
    pulls: tuple[Pull, ...]
    series: tuple[SeriesFit, ...]


def fit_at(rows: Sequence[Observation], known: Day, draws: DrawSet, prior: Prior) -> CutFit:
    """Returns the fit at one cut-off; rows that were not known by then change nothing.

    Args:
        rows: Observed rows.
        known: The cut-off.
        draws: Simulations at points of the prior design.
        prior: The prior.

    Source: equation 109 of docs/market.md.
    """
    design = prior.design(MOST_SIMULATIONS)[draws.points]
    ours = counted(rows, known, draws)
    fitted = fit(prior, design, ours.evidence("quantity"), ours.evidence("price"))
    values = parameter_draws("posterior", known, prior.names, fitted.values.tolist())
    return CutFit(known, ours, fitted, values, moved(fitted), pulls(fitted), tuple(_series(fitted)))


def _series(fitted: Fitted) -> list[SeriesFit]:
    found = []
    for stage, surface, evidence in zip(STAGES, fitted.surfaces, fitted.evidence, strict=True):
        lies = inside(evidence)
        each = sorted(set(zip(evidence.kinds, evidence.series, strict=True)))
        for kind, name in each:
            at = _places(evidence.kinds, evidence.series, kind, name)
            sd = float(np.sqrt(np.mean(np.square(surface.error_sd[at]))))
            row = SeriesFit(stage, kind, name, len(at), float(np.median(surface.r2[at])), sd, int(lies[at].sum()))
            found.append(row)
    return found


def _places(kinds: Sequence[str], series: Sequence[str], kind: str, name: str) -> NDArray[np.int64]:
    found = [at for at, both in enumerate(zip(kinds, series, strict=True)) if both == (kind, name)]
    return np.array(found, dtype=np.int64)
