"""Scores of all forecasters for the rows of one origin: the model, its null models, and the last values known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.days import Day
from coercivity.base.months import month_of
from coercivity.calibration.backtest.nulls import NullForecast, Past, no_change, ordered, pooled_sd, seasonal
from coercivity.calibration.backtest.predict import Predictions
from coercivity.calibration.backtest.rows import Matched, has_value, past_of, series_name, times_of
from coercivity.calibration.backtest.samples import LEAST_SAMPLES
from coercivity.calibration.backtest.scores import NO_CHANGE, SEASONAL, RowScore, Target, row_score

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WithoutNull:
    """A row for which a null model has no forecast.

    Attributes:
        row: Id of the row.
        null: The null model.
        why: Key of the reason.
    """

    row: str
    null: str
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of each series on a day.

    Attributes:
        of_series: Values by series, of quantities the mean of a month.
        sd_of_kind: Standard deviation of a monthly change by kind [log]; None with too few changes.
    """

    of_series: Mapping[str, tuple[Past, ...]]
    sd_of_kind: Mapping[str, float | None]

    def last(self, row: Matched) -> Past | None:
        """Returns the last value known of the series of a row; None if there is none.

        Args:
            row: The row.
        """
        held = ordered(self.of_series.get(series_name(*row), ()))
        return held[-1] if held else None


def known_series(known: Sequence[Matched]) -> Known:
    """Returns what is known of each series.

    Args:
        known: Rows known on a day.
    """
    of_series: dict[str, list[Past]] = {}
    of_kind: dict[str, dict[str, list[Past]]] = {}
    for row, match in known:
        if has_value(row):
            name = series_name(row, match)
            of_series.setdefault(name, []).append(past_of(row, match))
            of_kind.setdefault(match.kind, {})[name] = of_series[name]
    spreads = {kind: pooled_sd(each) for kind, each in of_kind.items()}
    return Known({name: tuple(each) for name, each in of_series.items()}, spreads)


def target_of(row: Matched, origin: Day, known: Known) -> Target:
    """Returns a row as it is scored.

    Args:
        row: The row with the figure that it means.
        origin: The day of the forecast.
        known: What was known on that day.
    """
    given, match = row
    last = known.last(row)
    return Target(
        row=given.id,
        origin=origin.isoformat(),
        series=series_name(given, match),
        kind=match.kind,
        unit=given.unit,
        month=month_of(given.last_on),
        value=given.value,
        last=None if last is None else last.value * times_of(given, match),
        floor=match.least,
    )


def null_samples(row: Matched, null: str, known: Known) -> Floats | str:
    """Returns samples of the forecast of a null model for a row, or the key of the reason why there is none.

    Args:
        row: The row with the figure that it means; its value is not used.
        null: No change, or seasonal.
        known: What was known on the day of the forecast.
    """
    given, match = row
    values, spread = known.of_series.get(series_name(given, match), ()), known.sd_of_kind.get(match.kind)
    period = past_of(given, match)
    found: NullForecast | str
    if null == NO_CHANGE:
        found = no_change(values, spread, period.middle)
    else:
        found = seasonal(values, spread, period.first, period.last, period.middle)
    return found if isinstance(found, str) else times_of(given, match) * found.samples(LEAST_SAMPLES)


def scored(
    origin: Day, known: Known, of_forecaster: Mapping[str, Predictions]
) -> tuple[list[RowScore], list[WithoutNull]]:
    """Returns the scores of every forecaster for every row that any of them predicts.

    Args:
        origin: The day of the forecasts.
        known: What was known on that day.
        of_forecaster: Predictions by forecaster; those of null models that know the series alone are added.
    """
    rows: dict[str, Matched] = {}
    found = list[RowScore]()
    for name, each in of_forecaster.items():
        for place, row in enumerate(each.rows):
            rows.setdefault(row[0].id, row)
            found.append(row_score(target_of(row, origin, known), name, each.samples[:, place]))
    nulls, without = with_nulls(origin, known, list(rows.values()))
    return [*found, *nulls], without


def with_nulls(origin: Day, known: Known, rows: Sequence[Matched]) -> tuple[list[RowScore], list[WithoutNull]]:
    """Returns the scores of the null models that know the series alone, and the rows for which one has no forecast.

    Args:
        origin: The day of the forecasts.
        known: What was known on that day.
        rows: The rows with the figures that they mean.
    """
    found, without = list[RowScore](), list[WithoutNull]()
    for row in rows:
        for null in (NO_CHANGE, SEASONAL):
            samples = null_samples(row, null, known)
            if isinstance(samples, str):
                without.append(WithoutNull(row[0].id, null, samples))
            else:
                found.append(row_score(target_of(row, origin, known), null, samples))
    return found, without
