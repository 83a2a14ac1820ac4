"""A forecast as a dated statement: its structure. Numbers are decimal text; null where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from coercivity.papers.backtest.report_data import ParametersData


class StatedData(TypedDict):
    """What is said of a period; `bands` holds the ends of each central band by its share in per cent."""

    first_on: str
    last_on: str
    freq: str
    median: str
    bands: Mapping[str, list[str]]
    quantiles: list[str]


class LastData(TypedDict):
    """The last value known of a series, of a quantity the mean of a month."""

    first: str
    last: str
    value: str


class SeriesForecast(TypedDict):
    """The forecast of a series, called as in the data set of observations; by legal scenario."""

    kind: str
    name: str
    partner: str
    element: str
    form: str
    basis: str
    unit: str
    errors: str
    figure: list[str]
    how: str
    scale: str
    floor: str
    last: LastData | None
    paths: Mapping[str, list[StatedData]]


class FigureForecast(TypedDict):
    """The forecast of a figure of the market; `errors`: whether its bands hold errors of reported figures."""

    what: str
    good: str
    region: str
    unit: str
    errors: bool
    paths: Mapping[str, list[StatedData]]


class FileData(TypedDict):
    """A file of the user with observations."""

    name: str
    hash: str


class ForecastReport(TypedDict):
    """The whole statement; `paths` are the legal scenarios open on the day that differ."""

    schema: str
    known: str
    observed: str
    first: str
    last: str
    scenario: str
    law: Mapping[str, str]
    paths: list[str]
    draws: int
    scramble: int
    residuals: int
    engine: Mapping[str, str]
    packs: Mapping[str, Mapping[str, str]]
    parameters: ParametersData
    files: list[FileData]
    series: list[SeriesForecast]
    figures: list[FigureForecast]
    without: list[list[str]]
    hash: str
