"""The best mix as report data: the structure of the result of `mix`.

Probabilities, masses [t], amounts [1000 EUR] and line-days are decimal text; null where there is none.
"""

from __future__ import annotations

from typing import TypedDict


class MixPlanData(TypedDict):
    """A plan: options chosen, stock by grade [t], and what it costs; `over_best` is a share, null where unknown."""

    options: list[str]
    stock_t: dict[str, str]
    objective_keur: str
    mean_keur: str
    cvar_keur: str
    spent_keur: str
    lost_chance: str
    mean_lost_line_days: str
    worst_lost_line_days: str
    over_best_share: str | None


class MixScenarioData(TypedDict):
    """The best plan in a scenario, and the least cost were that scenario known before."""

    scenario: str
    probability: str
    cost_keur: str
    lost_line_days: str
    not_served_t: dict[str, str]
    known_keur: str


class MixLimitData(TypedDict):
    """What a limit costs; `step` is null where the limit is left out."""

    limit: str
    now: str
    shadow_keur: str
    step: str | None
    saved_keur: str
    options: list[str]


class MixFlipPoint(TypedDict):
    """A value at which another plan is chosen; `options` is null where no plan keeps the limits."""

    value: str
    options: list[str] | None
    stock_t: dict[str, str]


class MixFlipData(TypedDict):
    """What one input would have to be; null where nothing changes up to the end that was looked at."""

    kind: str
    name: str
    now: str
    low: str
    high: str
    below: MixFlipPoint | None
    above: MixFlipPoint | None


class MixLateData(TypedDict):
    """The best plan where a legal fact is known late, without the limit on lost line-days."""

    days: int
    months: int
    options: list[str]
    stock_t: dict[str, str]
    mean_keur: str
    objective_keur: str
    in_time_worth_keur: str


class MixFrontierData(TypedDict):
    """The best plan at a weight on CVaR, and by how much the next best choice is worse."""

    weight: str
    plan: MixPlanData
    next_over_share: str | None


class MixReport(TypedDict):
    """The best mix.

    `reading` is `known_at_start`: the scenario is known at the start of month 1. `law_asked` is always false.
    """

    firm: str
    months: int
    reading: str
    law_asked: bool
    independent: list[str]
    weight: str
    cvar_level: str
    best: MixPlanData
    choices: list[MixPlanData]
    sets_of_options: int | None
    do_nothing: MixPlanData
    scenarios: list[MixScenarioData]
    limits: list[MixLimitData]
    known_mean_keur: str
    known_worth_keur: str
    nothing_known: MixPlanData
    nothing_known_extra_keur: str
    nothing_known_best: MixPlanData | None
    flips: list[MixFlipData] | None
    late: list[MixLateData] | None
    frontier: list[MixFrontierData] | None
    assumed: list[str]
