"""Input of a window: the state after a month, the external drivers, and the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from coercivity.market.inputs.months import Month, parse_month
from coercivity.market.network.network import Good
from coercivity.permission.gate import Gate, Way

BASE_MONTH = parse_month("2024-07")
# Bucket, month of the transaction, month of the information cut-off.
Law = Callable[[tuple[str, str, str, str], Month, Month], Gate]


@dataclass(slots=True)
class State:
    """The state after a month.

    Attributes:
        stock_t: Stock at the end of the month, by product [t].
        arriving_t: In transit, by product and month of arrival [t].
        permits_t: Unused licences by bucket [t].
        granting_t: Licences expected from pending applications, by bucket and month [t].
        served: Share of a demand that each slow formulation serves.
        margin: Marginal price by product [USD/kg].
        quote: Quoted price by product [USD/kg].
        trend: Last change of the logarithm of the quote by product.
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
    """External conditions of a month.

    Attributes:
        capacity: Capacity by name and month, as seen in the month of planning [of its unit].
        wanted: Demand as a share of base-year demand, by use, region and month.
        grants: Tonnes that can be granted in a month over the orders of the base year, by bucket, way and month
            of planning.
        files: Maximum applications in a month over the orders of the base year.
        extrapolating: Share of stock holders who extrapolate the last change of a quote.
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
