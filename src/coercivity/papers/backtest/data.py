"""A backtest as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.canonical import round_sig
from coercivity.base.days import Day
from coercivity.base.months import month_text
from coercivity.calibration.backtest.answer import BacktestFound, OriginFound
from coercivity.calibration.backtest.rows import LeftOut, has_value, series_name, single_month
from coercivity.calibration.backtest.scores import Interval, RowScore, Score, Skill
from coercivity.calibration.backtest.troughs import Trough
from coercivity.observations.rows import Observation
from coercivity.papers.backtest.report_data import (
    BacktestReport,
    ForecastData,
    IntervalData,
    LeftData,
    OriginData,
    ParametersData,
    RowData,
    ScoreData,
    SeriesData,
    SkillData,
    TroughData,
    WithoutData,
)
from coercivity.papers.shared.paper.figures import number

SCHEMA = "coercivity/backtest/1"
DIGITS = 6
# Values known on the day that a chart shows.
MOST_POINTS = 18


@dataclass(frozen=True, slots=True)
class BacktestMade:
    """How a backtest was made.

    Attributes:
        engine: Version of the program.
        horizon: Months of a forecast.
        draws: Draws of each run.
        scramble: Number of their design.
        scenario: Scenario of the model.
        files: Files of the user with observations.
        parameters: Where the parameters come from, by origin.
        packs: Version and hash of the packs.
    """

    engine: str
    horizon: int
    draws: int
    scramble: int
    scenario: str
    files: Sequence[str]
    parameters: Mapping[str, ParametersData]
    packs: Mapping[str, Mapping[str, str]]


def backtest_data(found: BacktestFound, made: BacktestMade) -> BacktestReport:
    """Returns a backtest as plain data, without its hash.

    Args:
        found: The backtest.
        made: How it was made.
    """
    names = {name: text for each in found.origins for name, text in _names(each)}
    return {
        "schema": SCHEMA,
        "engine": made.engine,
        "horizon": made.horizon,
        "draws": made.draws,
        "scramble": made.scramble,
        "scenario": made.scenario,
        "files": list(made.files),
        "origins": [_origin(each, made.parameters[each.origin.isoformat()]) for each in found.origins],
        "scores": [_score(each) for each in found.scores],
        "skills": [_skill(each) for each in found.skills],
        "troughs": [_trough(each, names) for each in found.troughs],
        "rows": [row for each in found.origins for row in _rows(each)],
        "series": [series for each in found.origins for series in _series(each)],
        "left": [_left(each.origin, left) for each in found.origins for left in each.rows.left],
        "without": [row for each in found.origins for row in _without(each)],
        "packs": made.packs,
        "hash": "",
    }


def text_of(value: float) -> str:
    """Returns a number as decimal text with six significant digits."""
    return number(round_sig(value, DIGITS) + 0.0)  # no minus zero


def interval_of(found: Interval) -> IntervalData:
    """Returns a mean with its interval as decimal text."""
    low, high = (None if end is None else text_of(end) for end in (found.low, found.high))
    return {"mean": text_of(found.mean), "low": low, "high": high}


def forecast_of(row: RowScore) -> ForecastData:
    """Returns a forecast of a row with its scores."""
    return {
        "forecaster": row.forecaster,
        "median": text_of(row.median),
        "bands": {str(band): [text_of(low), text_of(high)] for band, (low, high) in row.bands.items()},
        "inside": {str(band): row.inside(band) for band in row.bands},
        "crps": text_of(row.crps),
        "crps_log": None if row.crps_log is None else text_of(row.crps_log),
        "log_error": None if row.log_error is None else text_of(row.log_error),
        "direction": row.direction,
    }


def _names(found: OriginFound) -> Iterator[tuple[str, str]]:
    """Yields the key of each series with its plain name, that of its first row in order."""
    seen = set[str]()
    for row, match in (*found.rows.ahead, *found.rows.known):
        key = series_name(row, match)
        if key not in seen:
            seen.add(key)
            yield key, row.series


def _origin(found: OriginFound, parameters: ParametersData) -> OriginData:
    horizon = found.horizon
    return {
        "origin": found.origin.isoformat(),
        "observed": month_text(horizon.observed),
        "first": month_text(horizon.first),
        "last": month_text(horizon.last),
        "known": len(found.rows.known),
        "residuals": found.residuals,
        "scored": len({row.target.row for row in found.scores}),
        "left": len(found.rows.left),
        "draws": dict(found.draws),
        "parameters": parameters,
    }


def _rows(found: OriginFound) -> Iterator[RowData]:
    of_row: dict[str, list[RowScore]] = {}
    for score in found.scores:
        of_row.setdefault(score.target.row, []).append(score)
    for row, _ in found.rows.ahead:
        scores = of_row.get(row.id)
        if scores:
            target = scores[0].target
            yield {
                "origin": target.origin,
                "row": row.id,
                "series": target.series,
                "name": row.series,
                "kind": target.kind,
                "unit": target.unit,
                "freq": row.freq,
                "first_on": row.first_on.isoformat(),
                "last_on": row.last_on.isoformat(),
                "value": text_of(row.value),
                "last": None if target.last is None else text_of(target.last),
                "forecasts": [forecast_of(each) for each in scores],
            }


def _series(found: OriginFound) -> Iterator[SeriesData]:
    """Yields what was known of each series with a score, by periods within a month."""
    wanted = {row.target.series: row.target.unit for row in found.scores}
    held: dict[str, list[Observation]] = {}
    for row, match in found.rows.known:
        if single_month(row) and has_value(row):
            held.setdefault(series_name(row, match), []).append(row)
    names = dict(_names(found))
    for key in sorted(wanted):
        points = sorted(held.get(key, []), key=lambda row: (row.last_on, row.id))[-MOST_POINTS:]
        yield {
            "origin": found.origin.isoformat(),
            "series": key,
            "name": names[key],
            "unit": wanted[key],
            "points": [{"day": _middle(row).isoformat(), "value": text_of(row.value)} for row in points],
        }


def _middle(row: Observation) -> Day:
    return Day.fromordinal((row.first_on.toordinal() + row.last_on.toordinal()) // 2)


def _left(origin: Day, left: LeftOut) -> LeftData:
    row = left.row
    return {
        "origin": origin.isoformat(),
        "row": row.id,
        "name": row.series,
        "first_on": row.first_on.isoformat(),
        "last_on": row.last_on.isoformat(),
        "left": left.left,
        "why": left.why,
    }


def _without(found: OriginFound) -> Iterator[WithoutData]:
    names = {row.id: row.series for row, _ in found.rows.ahead}
    counts: dict[tuple[str, str, str], int] = {}
    for each in found.without:
        key = (names[each.row], each.null, each.why)
        counts[key] = counts.get(key, 0) + 1
    for (name, null, why), rows in sorted(counts.items()):
        yield {"origin": found.origin.isoformat(), "name": name, "null": null, "why": why, "rows": rows}


def _score(found: Score) -> ScoreData:
    return {
        "origin": found.origin,
        "kind": found.kind,
        "forecaster": found.forecaster,
        "common": found.common,
        "rows": found.rows,
        "series": found.series,
        "few": found.few,
        "crps_log": None if found.crps_log is None else interval_of(found.crps_log),
        "crps": None if found.crps is None else text_of(found.crps),
        "unit": found.unit,
        "log_error": None if found.log_error is None else interval_of(found.log_error),
        "coverage": {str(band): interval_of(each) for band, each in found.coverage.items()},
        "right": found.right,
        "wrong": found.wrong,
        "still": found.still,
    }


def _skill(found: Skill) -> SkillData:
    return {
        "origin": found.origin,
        "kind": found.kind,
        "forecaster": found.forecaster,
        "null": found.null,
        "rows": found.rows,
        "series": found.series,
        "skill": interval_of(found.skill),
    }


def _trough(found: Trough, names: Mapping[str, str]) -> TroughData:
    return {
        "origin": found.origin,
        "name": names[found.series],
        "kind": found.kind,
        "forecaster": found.forecaster,
        "months": found.months,
        "forecast": "" if found.forecast is None else month_text(found.forecast),
        "observed": month_text(found.observed),
        "off_months": found.off_months,
    }


def in_all(scores: Iterable[ScoreData]) -> str:
    """Returns the origin of scores over all origins: `all`, or the only one.

    Args:
        scores: The scores.
    """
    origins = sorted({score["origin"] for score in scores})
    return origins[-1] if origins else ""  # `all` comes after every date
