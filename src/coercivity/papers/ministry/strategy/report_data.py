"""Who wins with what as report data: the structure of the result of `strategy`.

Amounts [1000 USD a year], masses [t a year], probabilities and shares are decimal text; null where there is none.
Sets of levers are lists of their names; the empty list is no lever.
"""

from __future__ import annotations

from typing import Literal, TypedDict

GroupKind = Literal["scenario", "path", "mean"]


class StrategyGroupData(TypedDict):
    """Scenarios that a mean is taken over; `path` is empty where the workbook names none, `draws` the rows in it."""

    kind: GroupKind
    scenario: str
    path: str
    probability: str
    rows: int


class StrategySetData(TypedDict):
    """One combination of levers; `parts` of its cost by key of the part."""

    on: list[str]
    cost_kusd: str
    lost_t: str
    parts_kusd: dict[str, str]


class StrategyEffectData(TypedDict):
    """Effect of one lever, or the interaction of several; below 0 it saves."""

    levers: list[str]
    effect_kusd: str


class StrategyResultData(TypedDict):
    """One firm in one group of scenarios; `margin` is what the next cheapest costs more."""

    group: StrategyGroupData
    cheapest: list[str]
    next: list[str]
    margin_kusd: str
    margin_share: str | None
    sets: list[StrategySetData]
    effects: list[StrategyEffectData]


class StrategyClaimData(TypedDict):
    """The claim in one group: what it costs to add the missing levers, of it fixed and contract costs, and savings."""

    group: StrategyGroupData
    holds: bool
    cheapest: list[str]
    missing: list[str]
    more_kusd: str
    more_share: str | None
    more_fixed_kusd: str
    more_ore_contract_kusd: str
    saved_kusd: str


class StrategyFeedData(TypedDict):
    """What ore and recycling save without own processing, and ore with own processing, where metal is missing."""

    group: StrategyGroupData
    feed_saves_kusd: str
    feed_saves_share: str
    pair_saves_kusd: str
    pair_saves_share: str


class StrategyIntervalData(TypedDict):
    """A mean over draws with its 90 % interval, of a combination or an effect."""

    levers: list[str]
    mean_kusd: str
    low_kusd: str
    high_kusd: str


class StrategyWinsData(TypedDict):
    """Draws of a path in which a combination is the cheapest."""

    levers: list[str]
    draws: int


class StrategyPairedData(TypedDict):
    """Paired differences over the draws of one path: `over` is cost less that of the cheapest on average."""

    path: str
    draws: int
    cheapest: list[str]
    over: list[StrategyIntervalData]
    effects: list[StrategyIntervalData]
    wins: list[StrategyWinsData]


class StrategyFirmData(TypedDict):
    """One firm; `claim_lacks` names levers of the claim that were not tried, and then `claim` is empty."""

    firm: str
    results: list[StrategyResultData]
    claim_lacks: list[str]
    claim: list[StrategyClaimData]
    feed: list[StrategyFeedData]
    paired: list[StrategyPairedData]


class StrategyReport(TypedDict):
    """The whole result; `year_assumed` says whether the workbook leaves the year blank."""

    year: int
    year_assumed: bool
    region: str
    levers: list[str]
    open_price_kusd: str
    firms: list[StrategyFirmData]
    hash: str
