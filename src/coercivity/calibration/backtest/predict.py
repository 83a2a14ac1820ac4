"""Predictions of rows: draws of the model, times errors given those of the rows known by the origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from coercivity.calibration.backtest.figures import (
    RunFigures,
    drawn_figures,
    figure_of,
    replayed_figures,
    wanted_names,
)
from coercivity.calibration.backtest.rows import Matched, blind, has_value
from coercivity.calibration.backtest.samples import error_samples, reported_samples, samples_for
from coercivity.ensemble.runs.keeping import KeptDraw
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.observations.error_model import conditional

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Predictions of rows.

    Attributes:
        rows: The rows, in order of series and date.
        samples: Samples of what will be reported, shape (samples, rows) [unit of each row].
        model: Figures of the model by draw, without errors, shape (draws, rows) [unit of each row].
        without: Rows of which a draw has no figure: its months do not cover them, or it has no such price.
        residuals: Number of known rows that the errors rest on.
    """

    rows: tuple[Matched, ...]
    samples: Floats
    model: Floats
    without: tuple[Matched, ...]
    residuals: int


def predictions(known: Sequence[Matched], ahead: Sequence[Matched], replayed: KeptDraw, draws: DrawSet) -> Predictions:
    """Returns predictions of rows; nothing of a row ahead is used that is not known before its publication.

    Args:
        known: Rows known by the origin, in order.
        ahead: Rows to predict, in order.
        replayed: The months that all draws share, each on the information of its time.
        draws: The draws of the months after them.

    Raises:
        ValueError: If the error model gives no covariance.
        CoercivityError: If the pack of observations is invalid.

    Source: equation 115 of docs/market.md.
    """
    names = wanted_names([*known, *ahead])
    runs = drawn_figures(replayed, draws, names)
    hidden = [(blind(row), match) for row, match in ahead]
    figures = [_figures(runs, row) for row in hidden]
    at = [place for place, each in enumerate(figures) if each is not None]
    kept, residuals = _residuals(known, replayed_figures(replayed, names))
    mean, covariance = conditional(residuals, kept, [hidden[place] for place in at])
    count = samples_for(len(runs))
    errors = error_samples(mean, covariance, [hidden[place][0].id for place in at], count)
    model = np.array([figures[place] for place in at], dtype=np.float64).T.reshape(len(runs), len(at))
    return Predictions(
        tuple(ahead[place] for place in at),
        reported_samples(model, errors),
        model,
        tuple(ahead[place] for place, each in enumerate(figures) if each is None),
        len(kept),
    )


def _figures(runs: Sequence[RunFigures], row: Matched) -> list[float] | None:
    """Returns the figure of each draw in place of a row; None if a draw has none."""
    found = [figure_of(run, *row) for run in runs]
    return None if any(each is None for each in found) else [each for each in found if each is not None]


def _residuals(known: Sequence[Matched], run: RunFigures) -> tuple[list[Matched], list[float]]:
    """Returns the known rows that a run has a figure for, with the log of observed over model.

    Nil has no logarithm, so a row or figure of nil says nothing of the errors.
    """
    kept, residuals = list[Matched](), list[float]()
    for row, match in known:
        figure = figure_of(run, row, match)
        if figure is not None and figure > 0.0 and has_value(row):
            kept.append((row, match))
            residuals.append(log(row.value / figure))
    return kept, residuals
