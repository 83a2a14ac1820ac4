"""Policies and contracts of a scenario file: keys, types and meanings."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.data.schema import Plain, Strict
from coercivity.market.run.scenarios.parts import Announced, MonthText, Number, Whole

USD_PER_KG, MILLION_USD = "USD/kg", "M USD"


class ContractAsked(Announced):
    """A contract between a seller and a buyer.

    Attributes:
        origin: Region of the seller.
        destination: Region of the buyer; the same for a contract within a region.
        index: Quote that the price follows: `china` or `destination`; `none` for a fixed price, its floor and cap.
        lag_months: Months by which the price lags behind the quote [months].
        floor: Lowest price [USD/kg]; none if omitted.
        cap: Highest price [USD/kg]; none if omitted.
        unit: Unit of floor and cap.
        take_or_pay: Share of the quantity that the buyer pays for in any case.
        refusal: Who bears a refused licence: `buyer`, who pays all the same, or `seller`, who is released.
    """

    id: Plain
    buyer: Plain
    seller: Plain
    good: Plain
    origin: Plain
    destination: Plain
    tonnes_a_year: Number
    index: Plain = "china"
    lag_months: Whole = 3
    floor: Number | None = None
    cap: Number | None = None
    unit: Plain = USD_PER_KG
    take_or_pay: Number = 0.7
    refusal: Plain = "seller"


class PriceFloor(Announced):
    """A lowest price for what is made in a region, or for what is imported into it.

    Attributes:
        kind: `contract_for_difference`, the payer pays the makers of a region the difference to the quote; `border`, an
            adjustable duty lifts imports from China to the floor.
        price: The floor.
        unit: Unit of the floor.
        tonnes_a_year: Tonnes covered; all if omitted.
        upside: Share of what the quote exceeds the floor that makers pay back.
        payer: Who pays.
    """

    id: Plain
    kind: Plain = "contract_for_difference"
    good: Plain
    region: Plain
    price: Number
    unit: Plain = USD_PER_KG
    tonnes_a_year: Number | None = None
    upside: Number = 0.0
    payer: Plain = "government"


class Offtake(Announced):
    """A purchase promised to the project of a plant, at a price that counts in its decision to build.

    Attributes:
        plant: Id of a plant of the data set or of the scenario.
    """

    id: Plain
    plant: Plain
    tonnes_a_year: Number
    price: Number
    unit: Plain = USD_PER_KG
    payer: Plain = "buyers"


class Stockpile(Announced):
    """A state stock that is bought from a first to a last month, and released later.

    Attributes:
        buy_tonnes_a_month: Largest purchase.
        at_most: Highest price at which it buys.
        opening_tonnes: What it holds at the beginning of the run.
        release_from: First month of release; never if omitted.
        release_tonnes_a_month: Largest release.
        release_above: Price from which it releases.
    """

    id: Plain
    good: Plain
    region: Plain
    buy_tonnes_a_month: Number = 0.0
    at_most: Number
    unit: Plain = USD_PER_KG
    opening_tonnes: Number = 0.0
    release_from: MonthText | None = None
    release_to: MonthText | None = None
    release_tonnes_a_month: Number = 0.0
    release_above: Number = 0.0
    payer: Plain = "government"


class Support(Announced):
    """Public money for the project of a plant.

    Attributes:
        kind: `grant`, which lowers its investment, or `loan`, which lowers the return that it must earn.
        plant: Id of a plant of the data set or of the scenario.
        rate: Interest of a loan, per year.
    """

    id: Plain
    kind: Plain
    plant: Plain
    amount: Number
    unit: Plain = MILLION_USD
    rate: Number = 0.0
    payer: Plain = "government"


class Mandate(Announced):
    """A share of what a region uses of an element in magnets that has to come from magnets at the end of their life.

    Attributes:
        share: Share of the usual use.
        pay: What each kilogram short costs [USD/kg]; at any cost if omitted.
    """

    id: Plain
    region: Plain
    element: Plain
    share: Number
    pay: Number | None = None


class ScrapBan(Announced):
    """A ban on exports of magnets at the end of their life, and of swarf, from a region."""

    id: Plain
    region: Plain


class Delay(Strict):
    """A later start of a plant, or of all plants of a stage that have not started.

    Attributes:
        plant: Id of a plant of the data set or of the scenario; or else a stage and a region, or `all` regions.
        months: Months by which the start is later.
    """

    id: Plain
    plant: Plain = ""
    stage: Plain = ""
    region: Plain = ""
    months: Whole


class PoliciesAsked(Strict):
    """Policies of a scenario, by kind.

    Attributes:
        without_contracts: Ids of packed contracts that are left out.
    """

    price_floors: list[PriceFloor] = []
    offtakes: list[Offtake] = []
    stockpiles: list[Stockpile] = []
    support: list[Support] = []
    mandates: list[Mandate] = []
    scrap_bans: list[ScrapBan] = []
    delays: list[Delay] = []
    contracts: list[ContractAsked] = []
    without_contracts: list[Plain] = []


def joined_policies(asked: Sequence[PoliciesAsked]) -> PoliciesAsked:
    """Returns the policies of a scenario with those that it inherits: lists add up along the chain."""
    names = PoliciesAsked.model_fields
    return PoliciesAsked(**{name: [entry for each in asked for entry in getattr(each, name)] for name in names})
