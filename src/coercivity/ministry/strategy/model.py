"""Firms, scenarios and levers: masses in tonnes, money in thousand US dollars, one year."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

from coercivity.base.sums import total

Lever = Literal["ore", "processing", "recycling", "contracts", "stock"]
Levers = tuple[Lever, ...]

LEVERS: Levers = get_args(Lever)
# Winners are claimed to pair these.
CLAIM: Levers = ("ore", "processing", "recycling")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario of one year, alike for all firms; a draw of it where `draw` is filled in.

    Attributes:
        scenario: Its name.
        path: Legal path; empty if the sheet names none.
        draw: Its draw; rows of one path with the same draw had the same luck. Empty for no draw.
        probability: Its probability; all rows together have 1.
        cn_price: Price of Chinese metal [1000 USD/t].
        cn_share: Share of a firm's need that China lets through.
        row_price: Price of other metal [1000 USD/t].
        row_share: Share of a firm's need that other suppliers can give.
        ore_price: Price of ore [1000 USD per t contained].
        spot_ore_share: Tonnes of feed that can be bought as spot ore, per tonne of need.
        toll_price: Price of toll processing [1000 USD per t of metal].
        toll_share: Share of a firm's need that can be processed by others.
        scrap_price: Price of scrap [1000 USD per t contained]; None if it is blank.
        own_share: Share of its own processing that a firm can run; None if it is blank.
        metal_yield: Metal from a tonne of feed [t/t], above 0 and at most 1.
        stops: Whether stock may be used; None if it is blank: it may where China lets nothing through.
        where: Its place.
    """

    scenario: str
    path: str
    draw: str
    probability: Fraction
    cn_price: Fraction
    cn_share: Fraction
    row_price: Fraction
    row_share: Fraction
    ore_price: Fraction
    spot_ore_share: Fraction
    toll_price: Fraction
    toll_share: Fraction
    scrap_price: Fraction | None
    own_share: Fraction | None
    metal_yield: Fraction
    stops: str | None = None
    where: str = field(default="", compare=False)

    @property
    def is_stop(self) -> bool:
        """Whether stock may be used."""
        return self.stops == "yes" or (self.stops is None and not self.cn_share)


@dataclass(frozen=True, slots=True)
class StrategyFirm:
    """A firm and what each lever is to it; figures of a lever that is not asked for may be blank.

    Attributes:
        firm: Its name.
        need_t: Metal that it needs [t a year].
        loss: Cost of a tonne that is missing [1000 USD/t].
        ore_t: Contract ore [t contained a year].
        ore_contract_price: Price of contract ore, paid in any case [1000 USD/t].
        resale_cut: Share of the price of ore that is lost on selling contract ore.
        own_fixed: Fixed cost of own processing [1000 USD a year].
        own_cap_t: Capacity of own processing [t of metal a year].
        own_cost: Cost of own processing [1000 USD per t of metal].
        rec_fixed: Fixed cost of recycling [1000 USD a year].
        scrap_t: Scrap that can be had [t contained a year].
        contract_share: Share of the need under a long contract with a supplier outside China.
        contract_price: Its price, paid in any case [1000 USD/t].
        stock_t: Stock of metal [t].
        stock_holding: Cost of holding a tonne for a year [1000 USD/t].
        stock_price: Price at which it was bought [1000 USD/t]; None for that of Chinese metal in the open scenario.
        where: Its place.
    """

    firm: str
    need_t: Fraction
    loss: Fraction
    ore_t: Fraction | None = None
    ore_contract_price: Fraction | None = None
    resale_cut: Fraction | None = None
    own_fixed: Fraction | None = None
    own_cap_t: Fraction | None = None
    own_cost: Fraction | None = None
    rec_fixed: Fraction | None = None
    scrap_t: Fraction | None = None
    contract_share: Fraction | None = None
    contract_price: Fraction | None = None
    stock_t: Fraction | None = None
    stock_holding: Fraction | None = None
    stock_price: Fraction | None = None
    where: str = field(default="", compare=False)


# Columns that a lever needs, of firms and of scenarios.
FIRM_COLUMNS: dict[Lever, tuple[str, ...]] = {
    "ore": ("ore_t", "ore_contract_price", "resale_cut"),
    "processing": ("own_fixed", "own_cap_t", "own_cost"),
    "recycling": ("rec_fixed", "scrap_t"),
    "contracts": ("contract_share", "contract_price"),
    "stock": ("stock_t", "stock_holding"),
}
SCENARIO_COLUMNS: dict[Lever, tuple[str, ...]] = {
    "ore": (),
    "processing": ("own_share",),
    "recycling": ("scrap_price",),
    "contracts": (),
    "stock": (),
}


@dataclass(frozen=True, slots=True)
class StrategyBook:
    """What a workbook says.

    Attributes:
        scenarios: Its scenarios.
        firms: Its firms.
        year: The year; None if it is blank.
        region: Region of the IAMC table; empty if it is blank.
    """

    scenarios: tuple[Scenario, ...]
    firms: tuple[StrategyFirm, ...]
    year: int | None = None
    region: str = ""

    @property
    def open_price(self) -> Fraction:
        """Price of Chinese metal in the open scenario: the mean over the rows with the greatest `cn_share`."""
        most = max(row.cn_share for row in self.scenarios)
        rows = [row for row in self.scenarios if row.cn_share == most]
        weight = total(row.probability for row in rows)
        if not weight:
            return min(row.cn_price for row in rows)
        return total(row.probability * row.cn_price for row in rows) / weight
