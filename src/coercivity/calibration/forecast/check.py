"""A forecast against what has been reported since: the same scores as those of a backtest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.days import Day
from coercivity.base.months import first_of, month_of
from coercivity.calibration.backtest.answer import OriginFound
from coercivity.calibration.backtest.rows import Horizon, LeftOut, RowsAt
from coercivity.calibration.backtest.scores import RowScore, Stated, row_score
from coercivity.calibration.backtest.scoring import known_series, target_of, with_nulls
from coercivity.calibration.forecast.periods import Identity, identity_of, last_day
from coercivity.observations.rows import Observation
from coercivity.observations.series import MEAN, Match

Floats = NDArray[np.float64]
Period = tuple[Day, Day]


@dataclass(frozen=True, slots=True)
class PathForecast:
    """What a statement says under one legal scenario.

    Attributes:
        forecaster: Name of the forecaster: the model, with its legal scenario if there are several.
        quantiles: Quantiles of each period of each series, at the midpoints of equally likely intervals.
        stated: Median and bands of the same.
    """

    forecaster: str
    quantiles: Mapping[tuple[Identity, Period], tuple[float, ...]]
    stated: Mapping[tuple[Identity, Period], Stated]


def check_found(horizon: Horizon, rows: RowsAt, paths: Sequence[PathForecast]) -> OriginFound:
    """Returns a forecast scored against the rows reported since.

    A price of a day is compared with the forecast of its month.

    Args:
        horizon: Day and horizon of the statement.
        rows: Rows known on the day, rows reported since, and those that are not scored.
        paths: The statement by legal scenario, at least one.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    known = known_series(rows.known)
    given = {row.id: each for row, match in rows.ahead for each in [_of_row(row, match, paths[0])] if each}
    ahead = [each for each in rows.ahead if each[0].id in given]
    scores = list[RowScore]()
    for path in paths:
        for row, match in ahead:
            held = path.quantiles.get(given[row.id])
            if held:
                target = target_of((row, match), horizon.origin, known)
                scores.append(row_score(target, path.forecaster, np.array(held), path.stated[given[row.id]]))
    nulls, without = with_nulls(horizon.origin, known, ahead)
    left = [*rows.left, *(LeftOut(row, "not_stated") for row, _ in rows.ahead if row.id not in given)]
    held_rows = RowsAt(rows.known, tuple(ahead), tuple(sorted(left, key=lambda each: each.row.id)))
    return OriginFound(horizon, held_rows, 0, {}, (*scores, *nulls), tuple(without))


def _of_row(row: Observation, match: Match, path: PathForecast) -> tuple[Identity, Period] | None:
    """Returns the series and period of a statement that a row belongs to; None if it states none."""
    name = identity_of(row)
    month = month_of(row.last_on)
    periods: list[Period] = [(row.first_on, row.last_on)]
    if match.how == MEAN and month_of(row.first_on) == month:
        periods.append((first_of(month), last_day(month)))
    return next(((name, each) for each in periods if (name, each) in path.quantiles), None)
