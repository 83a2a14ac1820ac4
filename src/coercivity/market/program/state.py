"""What moves a window: the state that a month leaves, the drivers of the world, and the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from coercivity.market.inputs.months import Month, parse_month
from coercivity.market.network.network import Good
from coercivity.permission.gate import Gate, Way

BASE_MONTH = parse_month("2024-07")
# Bucket, month of the act, month of knowledge.
Law = Callable[[tuple[str, str, str, str], Month, Month], Gate]


@dataclass(slots=True)
class State:
    """What one month leaves to the next.

    Attributes:
        stock_t: Held at the end of the month, by good [t].
        arriving_t: Under way, by good and month of arrival [t].
        permits_t: Unspent permissions by bucket [t].
        granting_t: Permissions to come of files already filed, by bucket and month [t].
        served: Share of a demand that each slow recipe serves.
        margin: Price at the margin by good [USD/kg].
        quote: Quoted price by good [USD/kg].
        trend: Last change of the logarithm of the quote by good.
        short: Share of the wanted magnets that a region went without.
    """

    stock_t: dict[Good, float]
    arriving_t: dict[tuple[Good, Month], float]
    permits_t: dict[tuple[str, ...], float]
    granting_t: dict[tuple[tuple[str, ...], Month], float]
    served: dict[tuple[str, ...], float]
    margin: dict[Good, float]
    quote: dict[Good, float]
    trend: dict[Good, float] = field(default_factory=dict)
    short: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drivers:
    """What the world is like in a month, whatever the market does.

    Attributes:
        capacity: Capacity by name and month, as the month of planning sees it [of its unit].
        wanted: Share of the base year's wanted quantity, by use, region and month.
        grants: Tonnes that can be granted in a month over the orders of the base year, by bucket, way and month
            of planning.
        files: Most that is filed in a month over the orders of the base year.
        extrapolating: Share of holders who extrapolate the last change of a quote.
        momentum: How far they do.
        caution: Cover that holders add for each share of use that their region went without.
        duty: Duty on what leaves China by good and month, as a share of the price there.
        dutied: Goods that some duty of the scenario names.
        duty_clauses: Clauses of that duty by good and month.
    """

    capacity: Callable[[str, Month, Month], float]
    wanted: Callable[[str, str, Month], float]
    grants: Callable[[tuple[str, ...], Way, Month], float]
    extrapolating: float
    momentum: float
    caution: float = 0.0
    duty: Callable[[str, Month], float] = lambda good, month: 0.0
    dutied: frozenset[str] = frozenset()
    duty_clauses: Callable[[str, Month], tuple[str, ...]] = lambda good, month: (f"duty:{good}",)
