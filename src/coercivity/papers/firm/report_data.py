"""Licence time and days of cover as report data: the structure of the results of `clock` and `parts`.

Masses, probabilities and amounts are decimal text; percentiles of the simulations (10, 50, 90) are keys as text.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict, final

from coercivity.papers.firm.desk_data import DeskData
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.report_data import AssumedEnd, CalendarData, ReportedTime

Levels = dict[str, int | None]


class LineData(TypedDict):
    """One statement of a stage, with its origin: law, practice or assumption."""

    speaker: str
    text: Text
    basis: list[str]
    basis_zh: list[str]
    source: str


class StageData(TypedDict):
    """A stage on the way to a licence."""

    id: str
    name: Text
    lines: list[LineData]


class WayData(TypedDict):
    """A licence route that is needed."""

    track: str
    name: Text
    has_figure: bool


class LawEnd(TypedDict):
    """The last day of a statutory time limit, or why there is none."""

    track: str
    clock: str
    name: Text
    starts: Text
    if_started_on: str
    state: str
    not_counted: list[Text]
    no_limit: list[Text]
    may_fall_away: list[Text]
    basis: list[str]
    basis_zh: list[str]
    url: str
    working_days: NotRequired[int]
    latest_without_a_stop: NotRequired[str]
    why_no_day: NotRequired[Text]
    assumed_end: NotRequired[AssumedEnd]
    by_calendar: NotRequired[Text]


class DrawnData(TypedDict):
    """Percentiles of the simulations; none if no simulation fits."""

    draws: int
    kept: int
    waiting_days: NotRequired[Levels]
    filing_to_grant_days: NotRequired[Levels]
    to_handover_days: NotRequired[Levels]
    handed_over_on: NotRequired[dict[str, str]]
    assumed_years: NotRequired[list[int]]
    assumed_holidays: NotRequired[list[int]]
    assumed_words: NotRequired[Text]


class EndsData(TypedDict):
    """The end by law, by reported practice and by simulation, which are never merged."""

    law: list[LawEnd]
    practice: list[ReportedTime]
    drawn: DrawnData | None


class ClockPart(TypedDict):
    """A licence time."""

    outcome: str
    finding: str
    on: str
    known: str
    state: str
    state_words: Text
    sure: bool
    needed: list[WayData]
    start_on: str
    grounds: list[str]
    why: list[Text]
    stages: list[StageData]
    ends: EndsData
    desk: NotRequired[DeskData]
    filed_on: NotRequired[str]
    may_become: NotRequired[str]
    not_checked: NotRequired[Text]
    calendar: NotRequired[CalendarData]


class ClockReport(ClockPart):
    """The licence time of one deal, as `clock --json` writes it."""

    id: str
    title: str


class SourcedData(TypedDict):
    """Quality and source of a figure."""

    quality: str
    source: str


class MassData(SourcedData):
    """A mass with its source [kg]."""

    value: str


class SafetyData(TypedDict):
    """Safety stock [kg]; without a source if the company has none."""

    value: str
    quality: NotRequired[str]
    source: NotRequired[str]


class DaysData(SourcedData):
    """Days with their source."""

    value: str


class ContentData(SourcedData):
    """Shares of elements, and their masses in stock [kg]."""

    shares: dict[str, str]
    stock_kg: dict[str, str]


class ReachData(TypedDict):
    """Days of cover with one layer of supply."""

    layer: str
    added_kg: str
    stop_on: str | None
    days: int | None
    gap_days: Levels
    short_kg: dict[str, str | None]
    chance_of_a_stop_before_the_next_licensed_delivery: str | None


class Supplied(TypedDict):
    """Fields that parts and elements share."""

    reaches: list[ReachData]
    next_licensed_delivery_days: Levels


@final
class ItemData(Supplied):
    """A part that the company consumes."""

    id: str
    name: Text
    grade: str
    use_kg_per_use_day: MassData
    stock_kg: MassData
    safety_kg: SafetyData
    waiting_kg: str
    content: ContentData


class FirstItem(TypedDict):
    """The part that stops first."""

    id: str
    stop_on: str


@final
class ElementData(Supplied):
    """An element in all parts."""

    element: str
    use_kg_per_use_day: str
    stock_kg: str
    stock_kg_by_item: dict[str, str]
    first_item: NotRequired[FirstItem]


class LicenceData(SourcedData):
    """Status of the licence of a supply flow."""

    state: str
    kind: str
    valid_until: str | None
    filed: str | None


class ShortClause(TypedDict):
    """A clause with its short name."""

    id: str
    short: str
    short_zh: str


class FlowData(TypedDict):
    """Goods from one supplier."""

    id: str
    item: str
    supplier: str
    passage: str
    clauses: list[ShortClause]
    permitted_kg: str
    transit_days: DaysData
    licence: LicenceData
    clock: ClockPart
    deal: NotRequired[str]


class ImpactData(TypedDict):
    """Value of lost consumption."""

    value: str
    currency: str
    worth: dict[str, SourcedData]


class ClauseCutData(TypedDict):
    """Loss of the company if every supply flow under a clause stops."""

    clause: str
    short: str
    short_zh: str
    flows: list[str]
    restored_on: dict[str, str | None]
    counted_until: str
    days_to_survive: Levels
    lost_kg: dict[str, str]
    impact: ImpactData
    index: str


class SupplierData(TypedDict):
    """A supplier."""

    id: str
    name: Text
    role: Text
    country: str


class SurvivalReport(TypedDict):
    """Days of cover of a company."""

    firm: str
    invented: bool
    on: str
    known: str
    stock_counted_on: str
    use_basis: str
    looked_ahead_days: int
    suppliers: list[SupplierData]
    items: list[ItemData]
    elements: list[ElementData]
    flows: list[FlowData]
    clauses: list[ClauseCutData]
    cut_counted_at_most_days: int
    notes: list[Text]
    note: NotRequired[Text]
    calendar: NotRequired[CalendarData]


class ReachRow(TypedDict):
    """Days of cover with one layer of supply, as pages print it."""

    layer: str
    days: int | None
    stop_on: str | None
    gaps: list[str]
    short: list[str]
    chance: str | None


class SupplyRow(TypedDict):
    """A part or an element, as pages print it; masses are decimal text [kg]."""

    label: str
    id: str
    name: Text | None
    part: bool
    first: FirstItem | None
    waiting_kg: str
    stock_kg: str
    held: dict[str, str]
    use: MassData | str
    delivery: list[int]
    reaches: list[ReachRow]
