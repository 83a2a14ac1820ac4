"""Whether technology or materials are the bottleneck as report data: the structure of the result of `bottleneck`.

Masses [t], shares, months and amounts [USD] are decimal text; null where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class NameData(TypedDict):
    """A name in both languages."""

    en: str
    zh: str


class IntervalData(TypedDict):
    """A mean over draws with its 90 % interval; without draws the number alone."""

    mean: str
    low: str | None
    high: str | None


class RunData(TypedDict):
    """One of the four runs."""

    run: str
    title: NameData


class OutputData(TypedDict):
    """Output of a stage outside China in a year of a run; `more_t` than in the run with both controls."""

    stage: str
    run: str
    year: str
    t: str
    more_t: IntervalData | None


class VerdictData(TypedDict):
    """Which of the two frees more of a stage through a month: `technology`, `materials` or `neither`, and why."""

    stage: str
    through: str
    base_t: str
    technology_t: IntervalData
    materials_t: IntervalData
    between_t: IntervalData
    between_share: str | None
    winner: str
    reason: str


class StartData(TypedDict):
    """A plant in one run; `start` is empty if it has not started by the last month, `share` that of the draws."""

    run: str
    start: str
    share: str
    delay_months: str
    clauses: list[str]


class PlantCostData(TypedDict):
    """What a delay by the clauses of technology costs, with both controls."""

    delay_months: IntervalData
    usd: IntervalData
    unvalued_months: str
    later_months: IntervalData


class PlantData(TypedDict):
    """A plant in the four runs; `modelled` says whether the model has the capacity to which it adds."""

    plant_id: str
    name: str
    region: str
    stage: str
    capacity_t: str
    starts: list[StartData]
    never: bool
    modelled: bool
    cost: PlantCostData | None


class BottleneckReport(TypedDict):
    """The whole result; `draws` is 0 if every run was made once."""

    first: str
    last: str
    years: list[str]
    draws: int
    design: str
    runs: list[RunData]
    output: list[OutputData]
    verdicts: list[VerdictData]
    plants: list[PlantData]
    cost_usd: str
    clauses: Mapping[str, NameData]
    regions: Mapping[str, NameData]
    failed: list[str]
    packs: Mapping[str, Mapping[str, str]]
    hash: str
