"""Scores of forecasts by kind of row and in all, with intervals over series, and skill against null models."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month
from coercivity.calibration.backtest.measures import BANDS, Verdict, crps, direction, ends, logs

Floats = NDArray[np.float64]

MODEL, NO_CHANGE, SEASONAL, NO_LAW = "model", "no_change", "seasonal", "no_law"
NULLS = (NO_CHANGE, SEASONAL, NO_LAW)
ALL = "all"
# Intervals are at this level, from so many samples of the series, if there are at least so many series.
CONFIDENCE, RESAMPLES, LEAST_SERIES = 0.9, 2000, 3
# A score of fewer rows or series than this is marked as one of few.
FEW_ROWS, FEW_SERIES = 20, 5
_NIL = 1e-300


@dataclass(frozen=True, slots=True)
class Target:
    """A row to be predicted and scored.

    Attributes:
        row: Its id.
        origin: The day on which it is predicted, YYYY-MM-DD.
        series: Key of its series, the block of the intervals.
        kind: Key of its errors, by which scores are taken together.
        unit: Its unit.
        month: Month in which its period ends.
        value: What was observed.
        last: Last value of the series known by the origin; None if there is none.
        floor: What is below it counts as it in logarithms; 0 if the series has no value above nil.
    """

    row: str
    origin: str
    series: str
    kind: str
    unit: str
    month: Month
    value: float
    last: float | None
    floor: float


@dataclass(frozen=True, slots=True)
class RowScore:
    """The score of one forecaster for one row.

    Attributes:
        target: The row.
        forecaster: Who forecast it: the model (with its legal scenario if there are several), or a null model.
        median: Median of the forecast [unit of the row].
        bands: Ends of the central bands by share [per cent; unit of the row].
        crps: Continuous ranked probability score [unit of the row].
        crps_log: The same of logarithms; None if the series has no value above nil.
        log_error: Absolute error of the median [log]; None in the same case.
        direction: Whether the change since the last value known has the right sign.
    """

    target: Target
    forecaster: str
    median: float
    bands: Mapping[int, tuple[float, float]]
    crps: float
    crps_log: float | None
    log_error: float | None
    direction: Verdict

    def inside(self, band: int) -> bool:
        """Returns whether the value lies in a band.

        Args:
            band: Its share [per cent].
        """
        low, high = self.bands[band]
        return low <= self.target.value <= high


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the interval of samples of the series; no interval with fewer than three series."""

    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """Scores of one forecaster, taken together.

    Attributes:
        origin: The day of the forecasts; `all` for all of them.
        kind: The kind of row; `all` for all of them.
        forecaster: Who forecast.
        common: Whether only rows count that every forecaster could forecast.
        rows: Number of rows.
        series: Number of series.
        crps_log: Mean CRPS of logarithms; None if no row has one.
        crps: Mean CRPS [unit]; None if the rows have several units.
        unit: Their unit; empty if they have several.
        log_error: Mean absolute error of the median [log].
        coverage: Share of the rows inside each band, by its share [per cent].
        right: Directions that were right.
        wrong: Directions that were wrong.
        still: Rows without a direction.
    """

    origin: str
    kind: str
    forecaster: str
    common: bool
    rows: int
    series: int
    crps_log: Interval | None
    crps: float | None
    unit: str
    log_error: Interval | None
    coverage: Mapping[int, Interval]
    right: int
    wrong: int
    still: int

    @property
    def few(self) -> bool:
        """Whether there are too few rows or series to say much."""
        return self.rows < FEW_ROWS or self.series < FEW_SERIES


@dataclass(frozen=True, slots=True)
class Skill:
    """The skill of the model against a null model on the rows that both forecast.

    Attributes:
        origin: The day of the forecasts; `all` for all of them.
        kind: The kind of row; `all` for all of them.
        forecaster: The model, or one of its legal scenarios.
        null: The null model.
        rows: Number of rows.
        series: Number of series.
        skill: 1 less the ratio of the mean CRPS of logarithms; above 0 the model is better.
    """

    origin: str
    kind: str
    forecaster: str
    null: str
    rows: int
    series: int
    skill: Interval


@dataclass(frozen=True, slots=True)
class Stated:
    """What a statement says of a figure, which quantiles kept beside it repeat only nearly.

    Attributes:
        median: Its median [unit of the row].
        bands: Ends of its central bands by share [per cent; unit of the row].
    """

    median: float
    bands: Mapping[int, tuple[float, float]]


def row_score(target: Target, forecaster: str, samples: Floats, stated: Stated | None = None) -> RowScore:
    """Returns the score of a forecast for a row.

    Args:
        target: The row.
        forecaster: Who forecast it.
        samples: Samples of the forecast [unit of the row].
        stated: Median and bands that were stated; those of the samples if None.
    """
    if stated is None:
        stated = Stated(float(np.quantile(samples, 0.5)), {band: ends(samples, band) for band in BANDS})
    median = stated.median
    in_log, off = None, None
    if target.floor > 0.0:
        value = float(logs(np.array([target.value]), target.floor)[0])
        in_log = crps(logs(samples, target.floor), value)
        off = abs(log(max(median, target.floor)) - value)
    return RowScore(
        target,
        forecaster,
        median,
        stated.bands,
        crps(samples, target.value),
        in_log,
        off,
        direction(target.last, median, target.value),
    )


def scores_of(rows: Sequence[RowScore]) -> list[Score]:
    """Returns scores by origin, kind and forecaster: on the rows that each forecast, and on those that all did.

    Args:
        rows: Scores of rows.
    """
    found = list[Score]()
    for origin, kind, held in _groups(rows):
        names = _forecasters(held)
        by_row = _by_row(held)
        whole = {key for key, each in by_row.items() if len(each) == len(names)}
        for name in names:
            mine = [row for row in held if row.forecaster == name]
            found.append(_score(origin, kind, name, mine, common=False))
            common = [row for row in mine if (row.target.origin, row.target.row) in whole]
            if common:
                found.append(_score(origin, kind, name, common, common=True))
    return found


def skills_of(rows: Sequence[RowScore]) -> list[Skill]:
    """Returns the skill of the model against each null model by origin and kind, on the rows that both forecast.

    Args:
        rows: Scores of rows.
    """
    found = list[Skill]()
    for origin, kind, held in _groups(rows):
        by_row = _by_row(held)
        names = _forecasters(held)
        for name in (each for each in names if is_model(each)):
            for null in (each for each in names if not is_model(each)):
                pairs = [(each[name], each[null]) for each in by_row.values() if name in each and null in each]
                pairs = [pair for pair in pairs if pair[0].crps_log is not None]
                if pairs:
                    found.append(_skill(origin, kind, name, null, pairs))
    return found


def is_model(forecaster: str) -> bool:
    """Returns whether a forecaster is the model, in any legal scenario, and not a null model."""
    return forecaster.partition(":")[0] == MODEL


def _groups(rows: Sequence[RowScore]) -> Iterable[tuple[str, str, list[RowScore]]]:
    origins = sorted({row.target.origin for row in rows})
    kinds = sorted({row.target.kind for row in rows})
    for origin in [*origins, *([ALL] if len(origins) > 1 else [])]:
        for kind in [*kinds, ALL]:
            held = [row for row in rows if origin in (ALL, row.target.origin) and kind in (ALL, row.target.kind)]
            if held:
                yield origin, kind, held


def _forecasters(rows: Iterable[RowScore]) -> list[str]:
    return sorted({row.forecaster for row in rows}, key=lambda name: (not is_model(name), name))


def _by_row(rows: Iterable[RowScore]) -> dict[tuple[str, str], dict[str, RowScore]]:
    found: dict[tuple[str, str], dict[str, RowScore]] = {}
    for row in rows:
        found.setdefault((row.target.origin, row.target.row), {})[row.forecaster] = row
    return found


def _score(origin: str, kind: str, name: str, rows: Sequence[RowScore], *, common: bool) -> Score:
    units = {row.target.unit for row in rows}
    series = [row.target.series for row in rows]
    key = (origin, kind)
    verdicts = [row.direction for row in rows]
    return Score(
        origin,
        kind,
        name,
        common,
        len(rows),
        len(set(series)),
        _mean(rows, lambda row: row.crps_log, key),
        float(np.mean([row.crps for row in rows])) if len(units) == 1 else None,
        next(iter(units)) if len(units) == 1 else "",
        _mean(rows, lambda row: row.log_error, key),
        {band: interval([float(row.inside(band)) for row in rows], series, key) for band in BANDS},
        verdicts.count("right"),
        verdicts.count("wrong"),
        verdicts.count("none"),
    )


def _mean(rows: Sequence[RowScore], figure: Callable[[RowScore], float | None], key: Sequence[str]) -> Interval | None:
    held = [(value, row.target.series) for row in rows for value in [figure(row)] if value is not None]
    return interval([value for value, _ in held], [name for _, name in held], key) if held else None


def _skill(origin: str, kind: str, name: str, null: str, pairs: Sequence[tuple[RowScore, RowScore]]) -> Skill:
    series = [one.target.series for one, _ in pairs]
    sums = _sums([[one.crps_log or 0.0, other.crps_log or 0.0] for one, other in pairs], series)
    found = _ratios(sums, (origin, kind))
    skill = Interval(1.0 - found.mean, *(None if end is None else 1.0 - end for end in (found.high, found.low)))
    return Skill(origin, kind, name, null, len(pairs), len(sums), skill)


def interval(values: Sequence[float], series: Sequence[str], key: Sequence[str]) -> Interval:
    """Returns a mean over rows with its interval: whole series are drawn again and again, with fixed numbers.

    Args:
        values: Value of each row.
        series: Series of each row.
        key: What the numbers depend on, besides how many series there are.

    Source: equation 118 of docs/market.md; Efron and Tibshirani 1993 (blocks of dependent data).
    """
    return _ratios(_sums([[value, 1.0] for value in values], series), key)


def _sums(rows: Sequence[Sequence[float]], series: Sequence[str]) -> Floats:
    """Returns sums over the rows of each series, shape (series, 2)."""
    names = sorted(set(series))
    found = np.zeros((len(names), 2))
    np.add.at(found, [names.index(name) for name in series], np.array(rows))
    return found


def _ratios(sums: Floats, key: Sequence[str]) -> Interval:
    above, below = sums.sum(axis=0)
    mean = float(above / max(below, _NIL))
    count = len(sums)
    if count < LEAST_SERIES:
        return Interval(mean, None, None)
    again = _times(count, key) @ sums
    low, high = np.quantile(again[:, 0] / np.maximum(again[:, 1], _NIL), ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return Interval(mean, float(low), float(high))


def _times(count: int, key: Sequence[str]) -> Floats:
    """Returns how often each series is drawn, shape (resamples, series)."""
    seed = int.from_bytes(hashlib.sha256("\x1f".join(("series", str(count), *key)).encode()).digest()[:8], "big")
    drawn = np.random.Generator(np.random.PCG64(seed)).random((RESAMPLES, count))
    places = np.minimum((drawn * count).astype(np.int64), count - 1)
    found = np.zeros((RESAMPLES, count))
    np.add.at(found, (np.arange(RESAMPLES)[:, None], places), 1.0)
    return found
