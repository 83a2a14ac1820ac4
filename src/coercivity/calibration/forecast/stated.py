"""A forecast: every series and figure by period, with median and bands, for each legal scenario open on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month
from coercivity.calibration.backtest.answer import ForecasterRuns
from coercivity.calibration.backtest.measures import BANDS, ends
from coercivity.calibration.backtest.nulls import Past
from coercivity.calibration.backtest.predict import Predictions, predictions
from coercivity.calibration.backtest.rows import Horizon, Matched, RowsAt
from coercivity.calibration.backtest.scoring import known_series
from coercivity.calibration.forecast.figures import Figure, figures_asked
from coercivity.calibration.forecast.periods import Identity, asked_rows, last_rows
from coercivity.observations.rows import Observation

Floats = NDArray[np.float64]
# A forecast is scored later by as many quantiles, at the midpoints of equally likely intervals.
QUANTILES = 40


@dataclass(frozen=True, slots=True)
class Stated:
    """What a forecast says of one period.

    Attributes:
        row: The row, without a value.
        median: The median [unit of the row].
        bands: Ends of the central bands by share [per cent].
        quantiles: Quantiles at the midpoints of equally likely intervals; none of a figure that nobody reports.
    """

    row: Observation
    median: float
    bands: Mapping[int, tuple[float, float]]
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SeriesStated:
    """The forecast of a series.

    Attributes:
        identity: What the series is called and counts.
        template: Its last row known on the day, with the figure that it means.
        last: Its last value known, of a quantity the mean of a month; None if there is none.
        of_path: What is said of each period, by legal scenario.
    """

    identity: Identity
    template: Matched
    last: Past | None
    of_path: Mapping[str, tuple[Stated, ...]]


@dataclass(frozen=True, slots=True)
class FigureStated:
    """The forecast of a figure of the market.

    Attributes:
        figure: The figure.
        of_path: What is said of each period, by legal scenario.
    """

    figure: Figure
    of_path: Mapping[str, tuple[Stated, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class ForecastFound:
    """A forecast.

    Attributes:
        horizon: Its day and its horizon.
        first: First month that it states.
        paths: Legal scenarios that are open on the day and differ in a figure; one, empty, if none differs.
        series: Forecasts of series.
        figures: Forecasts of figures of the market.
        without: Series for which the model has no figure in these months.
        residuals: Number of known rows that the errors rest on.
    """

    horizon: Horizon
    first: Month
    paths: tuple[str, ...]
    series: tuple[SeriesStated, ...]
    figures: tuple[FigureStated, ...]
    without: tuple[Identity, ...]
    residuals: int


def forecast_found(
    horizon: Horizon, first: Month, rows: RowsAt, known: Sequence[Observation], runs: Mapping[str, ForecasterRuns]
) -> ForecastFound:
    """Returns the forecast of a day.

    Args:
        horizon: The day and its horizon.
        first: First month that it states.
        rows: Rows known on the day with the figures that they mean.
        known: All rows known on the day.
        runs: Runs by legal scenario.

    Raises:
        ValueError: If the error model gives no covariance.
        CoercivityError: If the pack of observations is invalid.
    """
    templates = last_rows(known)
    asked = {name: list(asked_rows(each, first, horizon.last)) for name, each in templates.items()}
    names = next(iter(runs.values())).draws.names
    figures = figures_asked(names, rows.known, first, horizon.last)
    whole = [
        *(row for each in asked.values() for row in each),
        *(row for figure in figures for row in figure.rows),
    ]
    made = {path: predictions(rows.known, whole, each.replayed, each.draws) for path, each in runs.items()}
    every = {path: _said(each, figures) for path, each in made.items()}
    paths = _paths(every)
    said = {path: every[path] for path in paths} if len(paths) > 1 else {"": every[paths[0]]}
    paths = tuple(said)
    last = known_series(rows.known)
    series = [
        SeriesStated(
            name,
            templates[name],
            last.last(templates[name]),
            {path: tuple(said[path][row.id] for row, _ in each if row.id in said[path]) for path in paths},
        )
        for name, each in asked.items()
    ]
    stated = [
        FigureStated(
            figure,
            {path: tuple(said[path][row.id] for row, _ in figure.rows if row.id in said[path]) for path in paths},
        )
        for figure in figures
    ]
    return ForecastFound(
        horizon,
        first,
        paths,
        tuple(each for each in series if any(each.of_path.values())),
        tuple(each for each in stated if any(each.of_path.values())),
        tuple(each.identity for each in series if not any(each.of_path.values())),
        next(iter(made.values())).residuals,
    )


def _said(made: Predictions, figures: Sequence[Figure]) -> dict[str, Stated]:
    """Returns what is said of each row by its id: of a figure without errors the spread of the draws alone."""
    of_figures = {row.id: figure.errors for figure in figures for row, _ in figure.rows}
    found: dict[str, Stated] = {}
    for place, (row, _) in enumerate(made.rows):
        samples = made.samples[:, place] if of_figures.get(row.id, True) else made.model[:, place]
        bands = {band: ends(samples, band) for band in BANDS}
        kept = () if row.id in of_figures else _quantiles(samples)
        found[row.id] = Stated(row, float(np.quantile(samples, 0.5)), bands, kept)
    return found


def _quantiles(samples: Floats) -> tuple[float, ...]:
    return tuple(np.quantile(samples, (np.arange(QUANTILES) + 0.5) / QUANTILES).tolist())


def _paths(said: Mapping[str, Mapping[str, Stated]]) -> tuple[str, ...]:
    """Returns the legal scenarios that differ in a median from those before them."""
    found = list[str]()
    for path, each in said.items():
        medians = {name: one.median for name, one in each.items()}
        if all(medians != {name: one.median for name, one in said[other].items()} for other in found):
            found.append(path)
    return tuple(found)
