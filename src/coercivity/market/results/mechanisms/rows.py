"""Rows of contracts, prices beside quotes, magnets in use, design options, projects, policies and state stocks."""

from __future__ import annotations

from typing import TypedDict


class ContractRow(TypedDict):
    """A contract by month: what is due, delivered and short, its price, and what is paid for what is short.

    Attributes:
        due_t: Take-or-pay quantity of the month, after what a refused licence lifts [t].
        delivered_t: Deliveries on the route or from the region, at most the quantity of the contract [t].
        short_t: Due and not delivered [t].
        price_usd_per_kg: Index of the lagged month with floor and cap; None where there is none [USD/kg].
        limit: What sets the price in place of the index: floor, cap or fixed; empty where none does.
        paid_usd: Paid by the buyer for what is short [USD].
        above_usd: Paid for deliveries above the quote, negative if below [USD].
    """

    contract: str
    buyer: str
    seller: str
    good: str
    from_region: str
    to_region: str
    due_t: list[float]
    delivered_t: list[float]
    short_t: list[float]
    price_usd_per_kg: list[float | None]
    limit: list[str]
    paid_usd: list[float]
    above_usd: list[float]


class QuotedRow(TypedDict):
    """A price of the model beside a quote of the same basis in a month.

    Attributes:
        basis: Label of `price_basis`.
        row: Row of `prices` behind the quote.
        model: Which price of the model: margin, quote, licensed or traded.
        ratio: Model over quote.
    """

    basis: str
    good: str
    region: str
    month: str
    row: str
    quoted: float
    model: str
    modelled: float
    ratio: float


class EndOfLifeRow(TypedDict):
    """Magnets that leave use by month, in a region and of one class of content [t of magnets; oxides in t].

    Attributes:
        leaving_t: In devices that reach the end of their life [t].
        collected_t: Collected, and extracted from the devices [t].
        treated_t: Treated in the region [t].
        stock_t: Collected and not yet treated, at the end of the month [t].
        recovered_t: Oxides recovered, by element [t].
        swarf_t: Oxides from swarf, by element [t].
    """

    region: str
    content: str
    leaving_t: list[float]
    collected_t: list[float]
    treated_t: list[float]
    stock_t: list[float]
    recovered_t: dict[str, list[float]]
    swarf_t: dict[str, list[float]]


class RecycledShareRow(TypedDict):
    """Share of an element in the magnets of a use that was recycled, from end of life and from swarf, by month."""

    region: str
    use: str
    element: str
    end_of_life_share: list[float]
    swarf_share: list[float]


class SpeedRow(TypedDict):
    """How fast a use in a region can move to another design that must be qualified.

    Attributes:
        wait_months: Qualification before its first use [months].
        speed_share_per_year: Share of demand that it gains a year after that.
        most_share: Largest share of demand.
        cost_usd_per_kg: Cost above the usual design at prices of the base year [USD/kg of usual magnets].
        qualification_usd_per_kg: What it must save beyond its cost for a qualification to begin [USD/kg].
        saved_share: Share of each element of the usual design that it saves.
        qualified_on: First month in which it can be used; None if no qualification has begun.
        ready_share: Largest share of demand that it has supplied, by month.
    """

    use: str
    region: str
    option: str
    wait_months: int
    speed_share_per_year: float
    most_share: float
    cost_usd_per_kg: float
    qualification_usd_per_kg: float
    saved_share: dict[str, float]
    qualified_on: str | None
    ready_share: list[float]


class ClosureRow(TypedDict):
    """Capacity outside China that is closed, by month [of its unit, t/month].

    Attributes:
        closed_t: Closed, or reopening and not yet open.
        standing_t: Standing, the closed part included.
        state: open, idle (beyond what is usual), closed or reopening.
    """

    capacity: str
    closed_t: list[float]
    standing_t: list[float]
    state: list[str]


class PolicyRow(TypedDict):
    """What a policy does and costs in each month.

    Attributes:
        kind: price_floor, offtake, stockpile, grant, loan, mandate, scrap_ban, quota, duty, border_floor.
        payer: Who pays: a government, buyers, importers.
        mass_t: Tonnes that it covers, buys or releases [t].
        usd: What the payer pays, negative if it receives [USD].
    """

    policy: str
    kind: str
    payer: str
    good: str
    region: str
    mass_t: list[float]
    usd: list[float]


class ReserveRow(TypedDict):
    """A state stock by month [t]."""

    reserve: str
    good: str
    region: str
    bought_t: list[float]
    released_t: list[float]
    held_t: list[float]
