"""A calibration as report data: the structure of the result of `calibrate`; numbers are decimal text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class ParameterData(TypedDict):
    """A parameter before the fit, in the unit of its row."""

    name: str
    stage: str
    low: str
    mode: str
    high: str


class MovedData(TypedDict):
    """A parameter before and after; low and high are the 5 % and 95 % quantiles."""

    name: str
    stage: str
    prior_mean: str
    prior_low: str
    prior_high: str
    mean: str
    low: str
    high: str
    shift: str
    shrunk: str
    overlap: str
    unmoved: bool


class PullData(TypedDict):
    """What a group of rows did: mean with all rows less mean without the group, in prior standard deviations."""

    stage: str
    by: str
    group: str
    rows: int
    shift: Mapping[str, str]
    effective: str


class SeriesData(TypedDict):
    """How the surface does for a series, and how many of its rows lie inside the 90 % band of the prior."""

    stage: str
    kind: str
    series: str
    rows: int
    r2: str
    error_sd: str
    predicted: bool
    inside: int


class RowData(TypedDict):
    """A row that was known: whether it counts, and why not."""

    id: str
    series: str
    stage: str
    kind: str
    why: str
    reason: str


class FitData(TypedDict):
    """The fit at one cut-off."""

    known: str
    file: str
    posterior: str
    quantity_rows: int
    price_rows: int
    left: Mapping[str, int]
    method: str
    steps: int
    effective: str
    price_effective: str
    degrees: list[int]
    moved: list[MovedData]
    pulls: list[PullData]
    series: list[SeriesData]
    rows: list[RowData]


class CalibrationReport(TypedDict):
    """A calibration."""

    first: str
    last: str
    run: str
    simulations: int
    solved: int
    points: int
    parameters: list[ParameterData]
    fits: list[FitData]
    engine: str
    packs: Mapping[str, Mapping[str, str]]
    hash: str
