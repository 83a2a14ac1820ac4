"""Types of the result of `fund pipeline` as plain data: money in MUSD, a mean with its 90 % interval over draws."""

from __future__ import annotations

from typing import Literal, TypedDict

Guess = Literal["together", "alone"]


class RangeData(TypedDict):
    """A mean over draws; without an interval where there is a single draw."""

    mean: float
    low: float | None
    high: float | None
    draws: int


class PipelineRankData(TypedDict):
    """A project with its cheapest instrument.

    `value_musd` and `per_million` are by legal path; `additional_share` is not built without public money.
    """

    project: str
    name: str
    owner: str
    stage: str
    region: str
    status: str
    controlled: bool
    instrument: str
    cost_musd: float
    relief_usd_per_kg: float
    charge_usd_per_kg: float
    additional_share: float
    value_musd: dict[str, RangeData]
    per_million: dict[str, RangeData]


class PipelineWithoutData(TypedDict):
    """A project that is not ranked, and why."""

    project: str
    name: str
    stage: str
    region: str
    reason: str
    relief_usd_per_kg: float
    charge_usd_per_kg: float


class ResolvedData(TypedDict):
    """What a set is worth on a path when the market is solved with it."""

    whole: RangeData
    outside: RangeData
    less_than_best_musd: float


class PipelineSetData(TypedDict):
    """A set of projects for a budget.

    `guess` says as if what it was chosen: every project funded at once, or each alone and decided at once.
    `alone_musd` adds up its projects, `pairs_musd` counts pairs, `solved_musd` is the market's answer; `starts` is the
    share of draws in which each project starts with public money and without it.
    """

    guess: Guess
    projects: list[str]
    instruments: list[str]
    cost_musd: float
    alone_musd: float
    pairs_musd: float
    solved_musd: float | None
    solved: dict[str, ResolvedData]
    starts: dict[str, list[float]]


class PipelineBudgetData(TypedDict):
    """The sets that were tried for a budget, best first."""

    budget_musd: float
    sets: list[PipelineSetData]


class ScarceData(TypedDict):
    """A capacity that no project of the pipeline adds to, with its mean value by path [USD/kg]."""

    capacity: str
    usd_per_kg: dict[str, float]


class PipelineReport(TypedDict):
    """The whole result."""

    paths: list[str]
    runs: list[str]
    draws: int
    draws_solved: int
    years: list[int]
    discount: float
    years_after: int
    ranking: list[PipelineRankData]
    order: dict[str, list[str]]
    without: list[PipelineWithoutData]
    budgets: list[PipelineBudgetData]
    scarce: list[ScarceData]
    hash: str
