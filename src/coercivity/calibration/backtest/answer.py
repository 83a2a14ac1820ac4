"""The backtest of one origin, and of all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.calibration.backtest.predict import Predictions, predictions
from coercivity.calibration.backtest.rows import Horizon, LeftOut, RowsAt, single_month
from coercivity.calibration.backtest.scores import RowScore, Score, Skill, scores_of, skills_of
from coercivity.calibration.backtest.scoring import WithoutNull, known_series, scored
from coercivity.calibration.backtest.troughs import Trough, troughs_of
from coercivity.ensemble.runs.keeping import KeptDraw
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.observations.rows import Observation


@dataclass(frozen=True, slots=True, eq=False)
class ForecasterRuns:
    """Runs of one forecaster.

    Attributes:
        replayed: Months that all draws share, each on the information of its time.
        draws: Draws of the months after them.
    """

    replayed: KeptDraw
    draws: DrawSet


@dataclass(frozen=True, slots=True, eq=False)
class OriginFound:
    """The forecasts of one day.

    Attributes:
        horizon: The day and its horizon.
        rows: Rows known by it, rows observed afterwards, and those that are not scored.
        residuals: Number of known rows that the errors rest on.
        draws: Number of draws of each forecaster.
        scores: Score of each forecaster for each row.
        without: Rows for which a null model has no forecast.
    """

    horizon: Horizon
    rows: RowsAt
    residuals: int
    draws: Mapping[str, int]
    scores: tuple[RowScore, ...]
    without: tuple[WithoutNull, ...]

    @property
    def origin(self) -> Day:
        """The day."""
        return self.horizon.origin


@dataclass(frozen=True, slots=True, eq=False)
class BacktestFound:
    """Forecasts of several days, scored.

    Attributes:
        origins: The days, in order.
        scores: Scores by origin, kind and forecaster.
        skills: Skill against each null model.
        troughs: Months of troughs.
    """

    origins: tuple[OriginFound, ...]
    scores: tuple[Score, ...]
    skills: tuple[Skill, ...]
    troughs: tuple[Trough, ...]


def origin_found(horizon: Horizon, rows: RowsAt, runs: Mapping[str, ForecasterRuns]) -> OriginFound:
    """Returns the forecasts of one day, scored.

    Args:
        horizon: The day and its horizon.
        rows: Rows known by it, rows observed afterwards, and those that are not scored.
        runs: Runs by forecaster, the model first.

    Raises:
        ValueError: If the error model gives no covariance.
        CoercivityError: If the pack of observations is invalid.
    """
    made = {name: predictions(rows.known, rows.ahead, each.replayed, each.draws) for name, each in runs.items()}
    scores, without = scored(horizon.origin, known_series(rows.known), made)
    first = next(iter(made.values()))
    left = (*rows.left, *(LeftOut(row, "no_figure") for row in _without(made.values())))
    held = RowsAt(rows.known, rows.ahead, tuple(sorted(left, key=lambda each: each.row.id)))
    counts = {name: len(each.draws.points) for name, each in runs.items()}
    return OriginFound(horizon, held, first.residuals, counts, tuple(scores), tuple(without))


def _without(made: Iterable[Predictions]) -> list[Observation]:
    """Returns the rows that no forecaster predicts."""
    each = list(made)
    some = {row.id for one in each for row, _ in one.rows}
    return [row for row, _ in each[0].without if row.id not in some]


def backtest_found(origins: Sequence[OriginFound]) -> BacktestFound:
    """Returns forecasts of several days with their scores.

    Args:
        origins: The forecasts, in order of the days.
    """
    rows = [row for each in origins for row in each.scores]
    single = {(each.origin.isoformat(), row.id) for each in origins for row, _ in each.rows.ahead if single_month(row)}
    of_months = [row for row in rows if (row.target.origin, row.target.row) in single]
    return BacktestFound(tuple(origins), tuple(scores_of(rows)), tuple(skills_of(rows)), tuple(troughs_of(of_months)))
