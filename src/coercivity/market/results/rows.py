"""The rows of the tables of a run, as in the report data of an outlook."""

from __future__ import annotations

from typing import TypedDict

from coercivity.market.results.mechanisms.rows import (
    ClosureRow,
    ContractRow,
    EndOfLifeRow,
    PolicyRow,
    QuotedRow,
    RecycledShareRow,
    ReserveRow,
    SpeedRow,
)

# Clauses that bind together share a cell.
JOINT = "+"
ALL_ABROAD = "XCN"
VAT = "unrefunded-vat"
# What keeps a licence scarce.
WAITING = "waiting"
CAUSES = (WAITING, "refusal", "halt")
HEADLINES = ("ox_Dy", "ox_Tb", "ox_Y", "ox_NdPr", "mag_high", "mag_none")


class PriceRow(TypedDict):
    """Monthly prices of a product in a region [USD/kg].

    Attributes:
        margin: Marginal price.
        quote: Spot quote.
        licensed: Price paid at the Chinese border for what leaves under a licence; in China the quote.
        traded: Mean of what is paid in the region, by tonnes.
        market: Whether there is a market; without one the margin is only a limit that nobody is known to pay.
    """

    good: str
    region: str
    margin: list[float]
    quote: list[float]
    licensed: list[float]
    traded: list[float]
    market: list[bool]


class RangeRow(TypedDict):
    """The range of a price in a month [USD/kg]."""

    good: str
    region: str
    month: str
    low: float
    high: float


class PartRow(TypedDict):
    """A part of a gap; `clause` contains the ids of its clauses, joined by `JOINT`.

    `cause` says of a licence what keeps it scarce: waiting, refusal or halt; empty for other parts.
    """

    part: str
    clause: str
    cause: str
    usd_per_kg: float


class GapRow(TypedDict):
    """The gap of a product between China and a region in a month [USD/kg]."""

    good: str
    region: str
    month: str
    gap: float
    parts: list[PartRow]


class FlowRow(TypedDict):
    """Output, shipments, production or use in a year [t]."""

    stage: str
    good: str
    use: str
    from_region: str
    to_region: str
    way: str
    year: str
    mass_t: float


class ShippedRow(TypedDict):
    """Monthly exports from China: what clears customs there [t]."""

    good: str
    to_region: str
    mass_t: list[float]


class UseRow(TypedDict):
    """What became of the demand of a use each month, and the share of each design in what was built.

    All in units of devices of the usual design [t of their magnet or oxide per month]: wanted is the sum of the other
    four. `less_t` is negative where more was used than usual.
    """

    region: str
    use: str
    wanted_t: list[float]
    usual_t: list[float]
    less_t: list[float]
    substituted_t: list[float]
    without_t: list[float]
    recipes: dict[str, list[float]]


class PermissionRow(TypedDict):
    """Monthly control status of a bucket, and its applications and licences."""

    good: str
    origin: str
    region: str
    user: str
    finding: list[str]
    way: list[str]
    clauses: list[list[str]]
    applied_t: list[float]
    granted_t: list[float]
    used_t: list[float]
    balance_t: list[float]
    value_usd_per_kg: list[float]


class StockRow(TypedDict):
    """Stock at the end of each month [t]."""

    good: str
    region: str
    mass_t: list[float]


class PlantRow(TypedDict):
    """A plant outside China: planned start-up, modelled start-up, and the reason for the delay.

    Attributes:
        start: Month of the start; empty if it is not decided, or work on it has stopped.
        decided: Month of the decision to build; empty if there was none in the run.
        decision: tabulated or scenario, if it goes as given there; price or public_money, what made it pay; none, if
            it is not decided.
        work_speed: Work of the last month under construction: 1 is normal, 0 stopped; None if there is none.
        margin_usd_per_kg: Margin that its owners expected when they decided, or last; None if it is as given.
        charge_usd_per_kg: Capital charge with which they compared it; None if it is as given.
    """

    plant_id: str
    region: str
    stage: str
    capacity_t: float
    start_planned: str
    start: str
    delay_months: float
    clauses: list[str]
    finding: str
    upkeep_share: float
    decided: str
    decision: str
    work_speed: float | None
    margin_usd_per_kg: float | None
    charge_usd_per_kg: float | None


class QueueRow(TypedDict):
    """A queue of the licensing desk, by month: files, times and licences.

    New files and those filed again are returned, granted, refused, or pending at the end of the month. `decision_days`
    is the mean from coming in to decision of the files decided in the month, None where none was; `lead_months` is
    None where a file is never taken up at the present rate. Technology and services have no tonnes.
    """

    form: str
    country: str
    user: str
    new: list[float]
    again: list[float]
    returned: list[float]
    taken: list[float]
    granted: list[float]
    refused: list[float]
    pending: list[float]
    waiting: list[float]
    halted: list[float]
    decision_days: list[float | None]
    lead_months: list[float | None]
    granted_t: list[float]
    general_t: list[float]
    used_t: list[float]
    idle_t: list[float]
    expired_t: list[float]
    licences_t: list[float]


class CountryRow(TypedDict):
    """Monthly exports of a product from China to a country, under a licence and without one [t]."""

    good: str
    country: str
    licensed_t: list[float]
    free_t: list[float]


class OutRow(TypedDict):
    """What clears customs out of China by month: an element in all its forms, or magnets [t].

    `what` is Dy, Tb, magnets, magnets_controlled (those that left under a licence) or magnets_not_controlled.
    """

    what: str
    to_region: str
    mass_t: list[float]


class WedgeRow(TypedDict):
    """Exports from China of a group of products to a region in months with an estimated state [t].

    Attributes:
        own_t: What the market of the run does in each month.
        estimated_t: The estimate from what was observed.
        observation_t: The difference, which enters no price: own less estimated.
    """

    group: str
    to_region: str
    months: list[str]
    own_t: list[float]
    estimated_t: list[float]
    observation_t: list[float]


class RunTables(TypedDict):
    """Every table of a run."""

    prices: list[PriceRow]
    ranges: list[RangeRow]
    gaps: list[GapRow]
    flows: list[FlowRow]
    shipped: list[ShippedRow]
    use: list[UseRow]
    permissions: list[PermissionRow]
    stocks: list[StockRow]
    plants: list[PlantRow]
    desk: list[QueueRow]
    countries: list[CountryRow]
    out: list[OutRow]
    contracts: list[ContractRow]
    quoted: list[QuotedRow]
    end_of_life: list[EndOfLifeRow]
    recycled: list[RecycledShareRow]
    options: list[SpeedRow]
    closures: list[ClosureRow]
    policies: list[PolicyRow]
    reserves: list[ReserveRow]
