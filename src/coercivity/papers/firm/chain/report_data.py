"""The licence time of a chain of stages as report data: the structure of the result of `clock --sign`.

Probabilities, masses [kg] and amounts are decimal text; dates are ISO text; percentiles are keys as text.
"""

from __future__ import annotations

from typing import TypedDict


class AlternativeData(TypedDict):
    """One length of a stage."""

    days: int
    probability: str


class ChainStageData(TypedDict):
    """A stage; `kind` is its canonical name, empty for a stage of the user's own; `cases` is null if not counted."""

    stage: str
    kind: str
    unit: str
    alternatives: list[AlternativeData]
    quality: str
    source: str
    cases: int | None


class ReturnsData(TypedDict):
    """Files returned at a stage; the last probability holds for all later rounds."""

    stage: str
    probabilities: list[str]
    found_on_working_days: list[int]
    rework_working_days: list[int]


class StageDayData(TypedDict):
    """The end of a stage on a path; `what` is ends, returned or refiled."""

    stage: str
    what: str
    on: str
    assumed_calendar: bool


class ChainPathData(TypedDict):
    """A path through the chain; `path` is first, slowest or one_return."""

    path: str
    mode: str
    general_licence: bool
    days: list[StageDayData]


class LatestData(TypedDict):
    """The last day of signing for a confidence; null if no day reaches it."""

    confidence: str
    sign_on: str | None
    probability: str | None
    next_day_probability: str | None
    simulated_probability: str | None


class ArrivedData(TypedDict):
    """Probability of arrival by a day, that day included."""

    on: str
    probability: str


class ModeData(TypedDict):
    """Arrival by one way of transport."""

    mode: str
    kind: str
    quantiles_on: dict[str, str | None]
    needed_probability: str | None
    latest: list[LatestData]
    by_day: list[ArrivedData]
    simulated_needed_probability: str | None
    simulated_quantiles_on: dict[str, str | None] | None


class AirRowData(TypedDict):
    """A mass by air."""

    by_air_kg: str
    mean_lost_days: str
    no_lost_day_probability: str
    extra_freight_usd: str
    freight_and_loss_usd: str


class GapData(TypedDict):
    """Days between the arrival by air and the rest."""

    days: int
    probability: str


class AirData(TypedDict):
    """What a part by air buys; `first_step_kg` is the least mass that changes the probability of no lost day."""

    rows: list[AirRowData]
    best_kg: str
    gaps: list[GapData]
    first_step_kg: str | None
    rest_by: str
    one_mode_source: str
    use_kg_per_day: str | None


class GeneralPracticeData(TypedDict):
    """What reports say of general licences; practice, not law."""

    first_reported: str
    holders: list[str]
    years: str
    years_by_law: str
    conditions: list[dict[str, str]]
    source: str


class GeneralLicenceData(TypedDict):
    """What a general licence does to the chain."""

    valid_through: str
    names: list[str]
    names_plant: bool
    left_out_probability: str
    sure_until: str | None
    never_from: str | None
    modes: list[ModeData]
    paths: list[ChainPathData]
    practice: GeneralPracticeData | None


class ChainReport(TypedDict):
    """The licence time of a chain, as `clock --sign --json` writes it."""

    plant: str
    signed_on: str
    needed_on: str | None
    confidences: list[str]
    stages: list[ChainStageData]
    transport: list[ChainStageData]
    returns: list[ReturnsData]
    modes: list[ModeData]
    paths: list[ChainPathData]
    returning_stage: str
    ministry_mean_working_days: str | None
    three_rounds_probability: str | None
    general: GeneralLicenceData | None
    air: AirData | None
    exact: bool
    simulations: int
    not_arrived_probability: str
    assumed_calendar_from: str | None
