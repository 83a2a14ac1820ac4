"""The rows of the check of the base year."""

from __future__ import annotations

from typing import TypedDict


class Origin(TypedDict):
    """Names and years of the rows behind a figure, and the lowest quality among them."""

    rows: list[str]
    years: list[str]
    quality: str


class PriceCheck(Origin):
    """A mean marginal price of the year against a quote [USD/kg]."""

    good: str
    place: str
    model_usd_per_kg: float
    lowest_usd_per_kg: float
    highest_usd_per_kg: float
    quote_usd_per_kg: float
    ratio: float
    stands: str
    basis: str
    how: str
    cause: dict[str, str]


class FlowCheck(Origin):
    """A flow of the model against the reported figure and the balanced base year."""

    flow: str
    name: dict[str, str]
    unit: str
    model: float
    reported: float
    closed: float
    ratio: float
    closed_ratio: float
    how: str
    cause: dict[str, str]


class BalanceCheck(TypedDict):
    """Surplus of an element or a class of magnets, before and after balancing [t]."""

    item: str
    row: str
    residual_before: float | None
    residual_before_share: float | None
    residual_published: float | None
    residual_after: float | None
    aside_after: float | None


class CheckTables(TypedDict):
    """Every table of the check."""

    prices: list[PriceCheck]
    flows: list[FlowCheck]
    balance: list[BalanceCheck]
