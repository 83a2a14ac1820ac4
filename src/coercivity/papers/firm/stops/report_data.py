"""Line stops of a company as report data: the structure of the result of `survive` for a workbook.

Masses [kg], amounts and probabilities are decimal text; dates are ISO text; an absent day is null and means that every
day of use is met.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.papers.firm.own_names import NamesZh


class StopData(TypedDict):
    """The first day not met of a plant, and the part that is missing."""

    stop_on: str | None
    part: str


class PlantStopData(TypedDict):
    """The first stop of a plant; by clause and by supplier too."""

    plant: str
    stop_on: str | None
    part: str
    grade: str
    by_clause: dict[str, StopData]
    by_supplier: dict[str, StopData]


class PartStopData(TypedDict):
    """First days not met of a part at a plant, by layer of supply, clause and supplier."""

    plant: str
    part: str
    grade: str
    use_kg_per_use_day: str
    usable_kg: str
    waiting_kg: str
    stock_stop_on: str | None
    cleared_stop_on: str | None
    licensed_stop_on: str | None
    by_clause_stop_on: dict[str, str | None]
    by_supplier_stop_on: dict[str, str | None]


class GroupStopData(TypedDict):
    """An element or a grade, as if its parts could replace each other: an upper bound.

    With parts whose share of the element is not stated, the days are those of the first part that holds it or may.
    """

    name: str
    usable_kg: str
    stop_on: str | None
    stock_stop_on: str | None
    first_plant: str
    first_part: str
    first_part_stop_on: str | None
    unstated_parts: list[str]


class ScenarioPlantData(TypedDict):
    """A plant in a scenario."""

    plant: str
    first_lost_on: str | None
    lost_days: int
    recovers_on: str | None
    part: str
    grade: str
    cause: str
    cause_of: str


class ScenarioData(TypedDict):
    """A scenario of the authority; delays are days as text, or `refused`."""

    scenario: str
    probability: str
    single_days: str
    renewal_days: str
    plants: list[ScenarioPlantData]


class RiseData(TypedDict):
    """Probability of a first lost day on or before a day."""

    on: str
    probability: str


class CauseData(TypedDict):
    """Share of a probability by cause: part, and the file or licence for which its next lot waits."""

    part: str
    grade: str
    cause: str
    cause_of: str
    share: str


class PlantChanceData(TypedDict):
    """Probability of a line stop by the last day, and means; the plant `any` is any plant of the company."""

    plant: str
    stop_probability: str
    mean_lost_days: str | None
    mean_loss_keur: str | None
    by_day: list[RiseData]
    causes: list[CauseData]


class PartChanceData(TypedDict):
    """Probability that a part is missing on at least one day of use."""

    plant: str
    part: str
    grade: str
    stop_probability: str


class ActionData(TypedDict):
    """An action with its effect; a cost that is not given is null."""

    action: str
    what: dict[str, str]
    stop_probability: str
    mean_loss_keur: str | None
    saves_keur: str | None
    days_gained: str
    cost_keur: str | None


class ContractMonthData(TypedDict):
    """A month of a contract."""

    contract: str
    month: str
    formula_usd_per_kg: str
    price_usd_per_kg: str
    taken_kg: str
    licence_in_force: bool
    paid_kg: str
    paid_usd: str


class ContractScenarioData(TypedDict):
    """Contracts in a scenario."""

    scenario: str
    paid_usd: str
    not_taken_usd: str
    excused_months: int
    months: list[ContractMonthData]


class LotLawData(TypedDict):
    """The result of the law for a lot, beside what the workbook says; `not asked` where it gives no country.

    `held` says why it is on hold, and is empty if it counts; `to_declare` are the open questions that a declaration
    answers.
    """

    lot: str
    part: str
    plant: str
    licence: str
    state: str
    outcome: str
    clauses: list[str]
    on: str | None
    agrees: bool
    missing: list[str]
    names: list[str]
    names_zh: list[str]
    held: str
    checked_through: str | None
    questions: list[str]
    to_declare: list[str]
    clause_names: dict[str, dict[str, str]]
    assumed: dict[str, dict[str, str]]


class OwnDeadlineData(TypedDict):
    """A day by which the company must act."""

    kind: str
    on: str
    of: dict[str, str]
    why: dict[str, str]


class ClauseOnData(TypedDict):
    """A clause and the elements that it concerns."""

    clause: str
    what: str
    elements: list[str]


class RenewalNamesData(TypedDict):
    """A lot under a general licence that does not name its plant."""

    lot: str
    plant: str
    licence: str


class NotCoveredData(TypedDict):
    """A lot that never leaves because its licence has ended (`ended`) or names other plants (`other plant`)."""

    lot: str
    plant: str
    licence: str
    why: str
    names: list[str]
    valid_until: str | None


class StopsAssumedData(TypedDict):
    """Assumptions of the result.

    Attributes:
        leaves_days_after_grant: Days from a grant until goods leave.
        leaves_days_assumed: Whether these days are assumed, for want of a value in the workbook.
        shared_licences: Single licences under which several lots are entered, with these lots; the law was not asked.
        unnamed_licences: Licences that name no plant, with their lots, of which it is assumed that they name it.
        refused_in: Scenarios in which an application or the renewal is refused.
        without_day_cost: Plants without the cost of a lost day.
        never_released: Plant and part of stock in quarantine without a day of release.
        unused: Plant and part of stock and lots at plants that use no such part.
        stated_complete: Parts that the company states to contain no rare earth but those with a share.
        renewal_names: Lots that leave only if the renewed general licence names a plant that it does not name now.
    """

    grant_and_renewal_independent: bool
    leaves_days_after_grant: int
    leaves_days_assumed: bool
    shared_licences: dict[str, list[str]]
    unnamed_licences: dict[str, list[str]]
    refused_in: list[str]
    without_day_cost: list[str]
    never_released: list[str]
    unused: list[str]
    stated_complete: list[str]
    renewal_names: list[RenewalNamesData]


class StockPointData(TypedDict):
    """Stock on the evening of a day [kg]."""

    on: str
    kg: str


class StockData(TypedDict):
    """Stock of a part at a plant over time, with what is licensed or free; `short_on` is null if all is met."""

    plant: str
    part: str
    short_on: str | None
    points: list[StockPointData]


class StopsReport(TypedDict):
    """Line stops of a company, as `survive --json` writes them for a workbook.

    Attributes:
        until: Last day of scenarios, probabilities and lost days.
        dates_until: Last day up to which run-out dates were looked for.
        names_zh: Names of the company in Chinese; left out where its workbook gives none.
    """

    firm: str
    stock_on: str
    until: str
    dates_until: str
    plants: list[PlantStopData]
    parts: list[PartStopData]
    elements: list[GroupStopData]
    grades: list[GroupStopData]
    clauses: list[ClauseOnData]
    scenarios: list[ScenarioData]
    chances: list[PlantChanceData]
    part_chances: list[PartChanceData]
    actions: list[ActionData]
    contracts: list[ContractScenarioData]
    mean_paid_usd: str | None
    law: list[LotLawData]
    not_covered: list[NotCoveredData]
    deadlines: list[OwnDeadlineData]
    assumed: StopsAssumedData
    stock: list[StockData]
    names_zh: NotRequired[NamesZh]
