"""Types of the result of `fund` as plain data: money in MUSD as decimal text, by path where it depends on it."""

from __future__ import annotations

from typing import TypedDict

ByPath = dict[str, str]


class PathData(TypedDict):
    """A legal path with its chance."""

    path: str
    probability: str


class FundProjectData(TypedDict):
    """A project with its value.

    `whole_mean_musd` is its value if all of it were additional, `not_additional_musd` what is taken off for the share
    that is built anyway. `expected_t` is the expected capacity by path and year.
    """

    project: str
    what: str
    stage: str
    element: str
    additional: str
    value_musd: ByPath
    mean_musd: str
    whole_mean_musd: str
    not_additional_musd: str
    expected_t: dict[str, dict[str, str]]


class FundCostData(TypedDict):
    """Public cost of a project by an instrument, if all goes as planned and over slips and refusals."""

    project: str
    instrument: str
    committed_musd: ByPath
    expected_musd: ByPath
    mean_musd: str


class FundRankData(TypedDict):
    """Mean value for a dollar of mean public cost; null where the money comes back."""

    project: str
    instrument: str
    value_musd: str
    cost_musd: str
    per_dollar: str | None


class FundSetData(TypedDict):
    """A set of projects.

    `mean_musd` is `alone_musd`, the sum of the values of its projects, plus `interaction_musd`. `held_musd` counts
    against the budget.
    """

    projects: list[str]
    instruments: list[str]
    value_musd: ByPath
    mean_musd: str
    alone_musd: str
    interaction_musd: str
    cost_musd: str
    held_musd: ByPath
    regret_musd: ByPath
    greatest_regret_musd: str
    less_share: str | None


class FundTwoData(TypedDict):
    """The best set and the next one, by how much it is worth less."""

    projects: list[str]
    instruments: list[str]
    value_musd: str
    next_projects: list[str] | None
    next_less_share: str | None


class FundPathData(FundTwoData):
    """The best set if a path were sure."""

    path: str


class FundTechnologyData(FundTwoData):
    """The best set under one assumption on controlled technology; `order` is by value per dollar."""

    technology: str
    means_musd: dict[str, str]
    order: list[str]


class FundBudgetData(FundTwoData):
    """The best set for a budget."""

    budget_musd: str


class FundNoteData(TypedDict):
    """A note about a project, or about none."""

    kind: str
    project: str


class FundReport(TypedDict):
    """The whole result; `every_set_tried` says whether the sets were enumerated."""

    title: str
    budget_musd: str
    discount: str
    technology_assumed: str
    years: list[int]
    paths: list[PathData]
    projects: list[FundProjectData]
    costs: list[FundCostData]
    ranking: list[FundRankData]
    sets: list[FundSetData]
    by_path: list[FundPathData]
    least_regret: FundSetData
    technology: list[FundTechnologyData]
    budgets: list[FundBudgetData]
    notes: list[FundNoteData]
    every_set_tried: bool
    hash: str
