"""Named contracts: those of the data set that fit the model, and those of a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.months import Month, month_of, parse_month
from coercivity.data.cells import parse_period
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.run.scenarios.policies import ContractAsked, PoliciesAsked

# The mechanism, by which a scenario switches them off.
CONTRACTS = "contracts"
# Quotes that a price follows.
CHINA_INDEX, DESTINATION_INDEX, NO_INDEX = "china", "destination", "none"
# What sets a price in place of its index.
FLOOR, CAP, FIXED = "floor", "cap", "fixed"
# Who bears a refused licence.
BUYER, SELLER = "buyer", "seller"
ALWAYS = parse_month("2199-12")


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract between a seller and a buyer.

    Attributes:
        product: Name of its product in tables.
        goods: Products of the model that count as deliveries.
        also: Products in another form that count too, such as metal towards an oxide.
        tonnes_a_year: Quantity [t/yr].
        published: First month in which it is known.
        index: Quote that the price follows: `china`, `destination`, or `none`.
        lag_months: Months by which the price lags behind the quote [months].
        floor: Lowest price [USD/kg].
        cap: Highest price [USD/kg].
        upside_share: Share of what the index exceeds `upside_above` that the seller pays back.
        upside_most_usd: Most that it pays back in a year [USD]; None without a limit.
        take_or_pay: Share of the quantity that the buyer pays for in any case.
        refusal: Who bears a refused licence: `buyer` or `seller`.
    """

    id: str
    buyer: str
    seller: str
    product: str
    goods: tuple[str, ...]
    origin: str
    destination: str
    tonnes_a_year: float
    first: Month
    last: Month
    published: Month
    index: str
    lag_months: int
    take_or_pay: float
    refusal: str
    also: tuple[str, ...] = ()
    floor: float | None = None
    cap: float | None = None
    upside_share: float = 0.0
    upside_above: float = 0.0
    upside_most_usd: float | None = None

    @property
    def monthly_t(self) -> float:
        """Quantity of a month [t]."""
        return self.tonnes_a_year / 12

    def holds(self, month: Month, seen_from: Month) -> bool:
        """Returns whether it is in force in a month, and known in the month of planning."""
        return self.first <= month <= self.last and self.published <= seen_from

    def limit(self, index: float | None) -> str:
        """Returns whether its price is the `floor`, the `cap` or `fixed`; empty if it follows its index or has none.

        Args:
            index: The lagged quote that it follows [USD/kg]; None without an index.
        """
        price = self.price(index)
        if price is None or index is None:
            return "" if price is None else FIXED
        return FLOOR if price == self.floor else CAP if price == self.cap else ""

    def price(self, index: float | None) -> float | None:
        """Returns its price at a value of its index [USD/kg]; None if the contract names no price.

        Args:
            index: The lagged quote that it follows [USD/kg]; None without an index.

        Source: equation 76 of docs/market.md.
        """
        if index is None:
            return self.floor if self.floor is not None else self.cap
        back = self.upside_share * max(index - self.upside_above, 0.0)
        if self.upside_most_usd is not None and self.tonnes_a_year > 0:
            back = min(back, self.upside_most_usd / (1000 * self.tonnes_a_year))
        found = index - back
        if self.cap is not None:
            found = min(found, self.cap)
        return max(found, self.floor) if self.floor is not None else found


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A contract of the data set that is not in the model, with the reason."""

    id: str
    why_not: str


def contracts_of(figures: Figures, policies: PoliciesAsked) -> tuple[Contract, ...]:
    """Returns the contracts of a run.

    Args:
        figures: The rows of the data set.
        policies: The contracts of a scenario, and those of the data set that it leaves out.

    Source: tables `contracts` and `contract_terms` of the market data set.
    """
    without = frozenset(policies.without_contracts)
    packed = [packed_contract(figures, key) for key in packed_ids(figures) if key not in without]
    return (*packed, *(_asked(entry) for entry in policies.contracts))


def packed_ids(figures: Figures) -> tuple[str, ...]:
    """Returns the ids of the contracts of the data set that are in the model."""
    return tuple(sorted(key for key, row in figures.rows("contract_terms").items() if row["in_model"] == "1"))


def left_out(figures: Figures) -> tuple[LeftOut, ...]:
    """Returns the contracts of the data set that are not in the model, each with the reason."""
    rows = sorted(figures.rows("contract_terms").items())
    return tuple(LeftOut(key, row["why_not"]) for key, row in rows if row["in_model"] != "1")


def packed_contract(figures: Figures, key: str) -> Contract:
    """Returns a contract of the data set.

    Args:
        figures: The rows of the data set.
        key: Its id in `contracts` and `contract_terms`.
    """
    about, terms = figures.row("contracts", key), figures.row("contract_terms", key)
    share = number(terms, "take_or_pay")
    lag = number(terms, "lag")
    most = number(terms, "upside_most")
    return Contract(
        id=key,
        buyer=about["buyer"],
        seller=about["seller"],
        product=about["model_good"],
        goods=tuple(terms["goods"].split("+")),
        also=tuple(terms["also"].split("+")) if terms["also"] else (),
        origin=terms["from_region"],
        destination=terms["to_region"],
        tonnes_a_year=float(terms["quantity"]),
        first=month_of(parse_period(terms["first"]).first),
        last=month_of(parse_period(terms["last"]).last) if terms["last"] else ALWAYS,
        published=month_of(parse_period(about["period"]).first),
        index=terms["index"],
        lag_months=round(lag if lag is not None else figures.assumption("contract_lag")),
        floor=number(terms, "floor"),
        cap=number(terms, "cap"),
        upside_share=number(terms, "upside_share") or 0.0,
        upside_above=number(terms, "upside_above") or 0.0,
        upside_most_usd=None if most is None else most * 1e6,
        take_or_pay=share if share is not None else figures.assumption("take_or_pay"),
        refusal=terms["refusal"],
    )


def number(row: Row, column: str) -> float | None:
    """Returns the figure of a column; None if it is blank."""
    return float(row[column]) if row[column] else None


def _asked(entry: ContractAsked) -> Contract:
    return Contract(
        id=entry.id,
        buyer=entry.buyer,
        seller=entry.seller,
        product=entry.good,
        goods=(entry.good,),
        origin=entry.origin,
        destination=entry.destination,
        tonnes_a_year=entry.tonnes_a_year,
        first=entry.first,
        last=entry.last,
        published=entry.published,
        index=entry.index,
        lag_months=entry.lag_months,
        floor=entry.floor,
        cap=entry.cap,
        take_or_pay=entry.take_or_pay,
        refusal=entry.refusal,
    )
