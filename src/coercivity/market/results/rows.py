"""What the rows of a run's tables hold, as they stand in the report data of an outlook."""

from __future__ import annotations

from typing import TypedDict

# Clauses that bind together stand in one cell.
JOINT = "+"


class PriceRow(TypedDict):
    """Prices of a good in a region, a month each [USD/kg]."""

    good: str
    region: str
    margin: list[float]
    quote: list[float]
    traded: list[float]


class RangeRow(TypedDict):
    """The interval of a price in a month [USD/kg]."""

    good: str
    region: str
    month: str
    low: float
    high: float


class PartRow(TypedDict):
    """A part of a gap; `clause` holds the ids of what makes it, joined by `JOINT`."""

    part: str
    clause: str
    usd_per_kg: float


class GapRow(TypedDict):
    """The gap of a good between China and a region in a month [USD/kg]."""

    good: str
    region: str
    month: str
    gap: float
    parts: list[PartRow]


class FlowRow(TypedDict):
    """What was mined, moved, made or used in a year [t]."""

    stage: str
    good: str
    use: str
    from_region: str
    to_region: str
    way: str
    year: str
    mass_t: float


class ShippedRow(TypedDict):
    """What left China, a month each [t]."""

    good: str
    to_region: str
    mass_t: list[float]


class UseRow(TypedDict):
    """What a use wanted and got, a month each [t], and the share of each recipe in what it got."""

    region: str
    use: str
    wanted_t: list[float]
    served_t: list[float]
    short_t: list[float]
    recipes: dict[str, list[float]]


class PermissionRow(TypedDict):
    """What the law said of a bucket and what became of its files, a month each."""

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
    """What was held at the end of each month [t]."""

    good: str
    region: str
    mass_t: list[float]


class PlantRow(TypedDict):
    """A plant outside China: its planned start, its start here, and what delays it."""

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
