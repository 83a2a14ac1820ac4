"""A backtest as report data: the structure of the result of `backtest`.

Values [unit of the row], scores, shares and skills are decimal text; null where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class ParametersData(TypedDict):
    """Where the parameters of the draws come from; `known` is empty for a prior."""

    kind: str
    known: str
    hash: str


class OriginData(TypedDict):
    """One day of forecasts; months are YYYY-MM, `observed` is the last one known from observations."""

    origin: str
    observed: str
    first: str
    last: str
    known: int
    residuals: int
    scored: int
    left: int
    draws: Mapping[str, int]
    parameters: ParametersData


class PointData(TypedDict):
    """A value known on the day, at the middle of its period."""

    day: str
    value: str


class ForecastData(TypedDict):
    """A forecast of a row with its scores; `bands` holds the ends of each central band by its share in per cent."""

    forecaster: str
    median: str
    bands: Mapping[str, list[str]]
    inside: Mapping[str, bool]
    crps: str
    crps_log: str | None
    log_error: str | None
    direction: str


class RowData(TypedDict):
    """A row that was observed afterwards; `last` is the last value of its series known on the day."""

    origin: str
    row: str
    series: str
    name: str
    kind: str
    unit: str
    freq: str
    first_on: str
    last_on: str
    value: str
    last: str | None
    forecasts: list[ForecastData]


class SeriesData(TypedDict):
    """What was known of a series on a day of forecasts."""

    origin: str
    series: str
    name: str
    unit: str
    points: list[PointData]


class LeftData(TypedDict):
    """A row of the horizon that is not scored, with the reason."""

    origin: str
    row: str
    name: str
    first_on: str
    last_on: str
    left: str
    why: str


class WithoutData(TypedDict):
    """How many rows of a series a null model has no forecast for, with the reason."""

    origin: str
    name: str
    null: str
    why: str
    rows: int


class IntervalData(TypedDict):
    """A mean with its 90 % interval over series; without ends if there are fewer than three series."""

    mean: str
    low: str | None
    high: str | None


class ScoreData(TypedDict):
    """Scores of a forecaster taken together; `all` as origin or kind means all of them."""

    origin: str
    kind: str
    forecaster: str
    common: bool
    rows: int
    series: int
    few: bool
    crps_log: IntervalData | None
    crps: str | None
    unit: str
    log_error: IntervalData | None
    coverage: Mapping[str, IntervalData]
    right: int
    wrong: int
    still: int


class SkillData(TypedDict):
    """Skill of the model against a null model: 1 less the ratio of their CRPS on the rows that both forecast."""

    origin: str
    kind: str
    forecaster: str
    null: str
    rows: int
    series: int
    skill: IntervalData


class TroughData(TypedDict):
    """Month of the least value of a series; `off_months` above 0: forecast too late."""

    origin: str
    name: str
    kind: str
    forecaster: str
    months: int
    forecast: str
    observed: str
    off_months: int | None


class BacktestReport(TypedDict):
    """The whole result."""

    schema: str
    engine: str
    horizon: int
    draws: int
    scramble: int
    scenario: str
    files: list[str]
    origins: list[OriginData]
    scores: list[ScoreData]
    skills: list[SkillData]
    troughs: list[TroughData]
    rows: list[RowData]
    series: list[SeriesData]
    left: list[LeftData]
    without: list[WithoutData]
    packs: Mapping[str, Mapping[str, str]]
    hash: str


class PlanLeft(TypedDict):
    """How many rows are left out for a reason."""

    left: str
    why: str
    rows: int


class PlanOrigin(TypedDict):
    """What would be done for one day."""

    origin: str
    observed: str
    first: str
    last: str
    known: int
    series: int
    kinds: Mapping[str, int]
    left: list[PlanLeft]
    runs: int


class PlanReport(TypedDict):
    """What a backtest would do; `draws` is the number of draws of each run."""

    draws: int
    origins: list[PlanOrigin]
