"""What draws say of the stops of a company's lines. Chances and money are numbers of draws, so they are not exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import Day

LEVELS = (10, 50, 90)


@dataclass(frozen=True, slots=True)
class DrawnChance:
    """The chance of something, with its interval.

    Attributes:
        chance: Share of the draws.
        low: Low end of the 90 % interval.
        high: High end of it.

    Source: equation 90 of docs/market.md (Clopper and Pearson).
    """

    chance: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DaysDrawn:
    """Days of one decision of the authority by draw.

    Attributes:
        kind: From filing to grant, or from the last day of a general licence to its renewal.
        since: Day from which they are counted.
        form: Form of the goods at the licensing desk.
        country: Destination; ALL if the plants name none.
        days: By percentile of the draws in which it is not refused [calendar days]; None if it is in all.
        refused: Chance that it is refused.
    """

    kind: Literal["grant", "renewal"]
    since: Day
    form: str
    country: str
    days: Mapping[int, int | None]
    refused: DrawnChance


@dataclass(frozen=True, slots=True)
class PlantDrawn:
    """A plant, or any plant of the company, over the draws.

    Attributes:
        standing: Chance of at least one lost day by the end.
        first_on: First lost day by percentile: the first day by which so many per cent of the draws have lost one.
            None if fewer do.
        lost_days: Lost days by percentile; empty for any plant [days].
        mean_lost_days: Their mean; None for any plant [days].
        loss_keur: Loss by percentile; empty where no cost of a day is given [1000 EUR].
        mean_loss_keur: Its mean; None where no cost of a day is given [1000 EUR].
        by_day: Chance of a first lost day on or before each day on which it rises.
        causes: Share of the draws by cause: part, cause, file or licence.
    """

    plant: str
    standing: DrawnChance
    first_on: Mapping[int, Day | None]
    lost_days: Mapping[int, int]
    mean_lost_days: float | None
    loss_keur: Mapping[int, float]
    mean_loss_keur: float | None
    by_day: tuple[tuple[Day, DrawnChance], ...]
    causes: Mapping[tuple[str, str, str], float]


@dataclass(frozen=True, slots=True)
class PartDrawn:
    """A part at a plant over the draws.

    Attributes:
        not_met: Chance of at least one day not met by the end.
        first_on: First day not met by percentile; None if fewer draws have one.
    """

    plant: str
    part: str
    not_met: DrawnChance
    first_on: Mapping[int, Day | None]


@dataclass(frozen=True, slots=True)
class PriceDrawn:
    """The price of a contract in a month by draw [USD/kg].

    Attributes:
        price_usd: After floor and cap, by percentile.
    """

    contract: str
    month: str
    price_usd: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class PaidDrawn:
    """What the contracts cost, over the draws of one legal scenario.

    Attributes:
        legal: Legal scenario of the kept prices; empty if the prices are those of the sheet Index.
        kept: Whether the prices are those of kept draws of the market.
        draws: Number of draws that have both a delay and a price.
        paid_usd: By percentile [USD].
        mean_usd: Mean [USD].
        prices: Price by contract and month.
    """

    legal: str
    kept: bool
    draws: int
    paid_usd: Mapping[int, float]
    mean_usd: float
    prices: tuple[PriceDrawn, ...]


@dataclass(frozen=True, slots=True)
class LineStopsDrawn:
    """What draws of the practice of the licensing desk say, beside what the user's own rows of Delays say.

    Attributes:
        draws: Draws asked for.
        used: Draws in which every file that waits on the evening of the count is still undecided then; only these
            count.
        scramble: Number of the scramble.
        on: Evening of the stock count.
        until: Last day looked at.
        known: Information cut-off of the reports of practice.
        independent: Whether grant and renewal are independent of each other.
        days: Days of each decision.
        plants: Plants, and any of them.
        parts: Parts.
        paid: What the contracts cost, by legal scenario, never pooled; empty without contracts.
        price_months: First and last month of the contracts; empty without contracts.
        rows: Rows of the licensing desk that were used.
    """

    draws: int
    used: int
    scramble: int
    on: Day
    until: Day
    known: Day
    independent: bool
    days: tuple[DaysDrawn, ...]
    plants: tuple[PlantDrawn, ...]
    parts: tuple[PartDrawn, ...]
    paid: tuple[PaidDrawn, ...]
    price_months: tuple[str, ...]
    rows: tuple[str, ...]
