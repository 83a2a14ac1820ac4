"""The cost of a clause and the check of the base year as plain data."""

from __future__ import annotations

from typing import TypedDict

from coercivity.ensemble.results.rows import PairedRow, RowsDrawn
from coercivity.market.base_year.rows import CheckTables
from coercivity.market.inputs.figures import AssumedRow
from coercivity.papers.outlook.report_data import PackData, PartyNames, Payer, PlaceNames, Text

_Span = TypedDict("_Span", {"from": str, "to": str})  # `from` is a word of Python


class HeldBack(TypedDict):
    """Exports that a clause withholds of the products it covers [t]."""

    oxides_and_metals: float
    magnets: float


class MeanPrice(TypedDict):
    """Mean quote of a product in China or outside, with and without the clause [USD/kg]."""

    good: str
    region: str
    with_usd_per_kg: float
    without_usd_per_kg: float


class PlantChange(TypedDict):
    """A plant that the clause delays or degrades; a start is empty where the plant is not decided or has stopped."""

    plant_id: str
    region: str
    start_with: str
    start_without: str
    upkeep_with: float
    upkeep_without: float


class BranchPrice(TypedDict):
    """The cost of a clause in one legal scenario: the run with it minus the run without it.

    `less_t`, `substituted_t` and `without_t` are by region and use, in units of devices [t of magnet or oxide of the
    usual design]. Only the last is a shortage.
    """

    branch: str
    goods_held: list[str]
    held_back_t: HeldBack
    shipped_t: dict[str, float]
    made_abroad_t: dict[str, float]
    less_t: dict[str, float]
    substituted_t: dict[str, float]
    without_t: dict[str, float]
    kept_usd: dict[str, float]
    whole_usd: float
    payers: list[Payer]
    prices: list[MeanPrice]
    plants: list[PlantChange]


class PriceWorth(TypedDict):
    """How much more a clause raises the mean quote of a product with general licences than without them [USD/kg]."""

    good: str
    region: str
    usd_per_kg: float


class LicencesWorth(TypedDict):
    """What general licences are worth under a clause in one legal scenario.

    Each figure is that of the cost of the clause as practised minus that of its cost without general licences.
    """

    branch: str
    held_back_t: HeldBack
    shipped_t: dict[str, float]
    made_abroad_t: dict[str, float]
    less_t: dict[str, float]
    substituted_t: dict[str, float]
    without_t: dict[str, float]
    kept_usd: dict[str, float]
    whole_usd: float
    prices: list[PriceWorth]


class ClausePriceBody(_Span):
    """The cost of a clause, without its hash.

    `general_licences` is `with`, `without` or `both`: whether `branches` are as practised (also for `both`) or without
    general licences. Only `both` fills `without_general_licences` and `general_licences_worth`, which have the same
    legal scenarios in the same order.
    """

    schema: str
    engine: str
    packs: dict[str, PackData]
    clause: str
    provisions: list[str]
    name: Text
    scenario: str
    general_licences: str
    branches: list[BranchPrice]
    without_general_licences: list[BranchPrice]
    general_licences_worth: list[LicencesWorth]
    assumed: list[AssumedRow]
    limits: list[Text]
    names: PartyNames


class PriceRange(PairedRow):
    """One figure of the cost of a clause over draws: the run with the clause minus the run without it, draw by draw.

    Figures are `whole_usd`, `kept_usd:PARTY`, `held_back_t:oxides_and_metals`, `held_back_t:magnets`, `without_t` (all
    uses) and `quote:GOOD:REGION`.

    Attributes:
        usual: The same figure without draws; None if the cost does not have it.
        share_negative: Share of the draws in which it is negative: for money, those in which the clause costs.
    """

    usual: float | None
    share_negative: float


class DrawnPrice(TypedDict):
    """The figures over draws in one legal scenario.

    Attributes:
        branch: The legal scenario.
        general_licences: `with` as practised, `without` general licences, or `worth`: the first minus the second.
        ranges: The figures; `whole_usd` is the first.
    """

    branch: str
    general_licences: str
    ranges: list[PriceRange]


class PriceDraws(TypedDict):
    """The cost of a clause over draws; legal scenarios are never mixed, since the law is not drawn.

    Attributes:
        design: Id of the design.
        draws: Points in each legal scenario; each is run with the clause and without it.
        first: First drawn month.
        last: Last month.
        shared: First and last month that all draws share, solved with the usual figures.
        rows: Rows with a range that are drawn, and those that are not.
        prices: The figures by legal scenario.
        failed: Draws without a result, each with the reason.
        hash: Hash of all this.
    """

    design: str
    draws: int
    first: str
    last: str
    shared: list[str]
    rows: RowsDrawn
    prices: list[DrawnPrice]
    failed: list[str]
    hash: str


class ClausePriceData(ClausePriceBody):
    """The cost of a clause.

    Attributes:
        hash: Hash of the cost without draws, which is the same whether draws are beside it or not.
        draws: The same over draws; None if there are none.
    """

    hash: str
    draws: PriceDraws | None


class BaseYearBody(_Span, CheckTables):
    """The check of the base year, without its hash."""

    schema: str
    engine: str
    packs: dict[str, PackData]
    scenario: str
    assumed: list[str]
    names: PlaceNames


class BaseYearData(BaseYearBody):
    """The check of the base year."""

    hash: str
