"""The report data of a report on a case: the structure of the JSON written next to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from coercivity.data.vouch import VouchShown
from coercivity.papers.brief.compliance.report_data import ComplianceData
from coercivity.papers.deal.report_data import AskedData, LotData, WhyUnknown
from coercivity.papers.firm.mix.report_data import MixLateData, MixReport
from coercivity.papers.firm.stops.report_data import StopsReport
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.pages import PageLang
from coercivity.papers.shared.report_data import CalendarData, ExposureData, LawData, PracticeData, Proof

if TYPE_CHECKING:
    from coercivity.papers.brief.paper.groups import DealGroup

PAGE_FILES: dict[PageLang, str] = {"en": "brief.html", "zh": "brief.zh.html"}
ANNEX_FILES: dict[PageLang, str] = {"en": "annex.html", "zh": "annex.zh.html"}
REPORT_FILE = "brief.json"
CALENDAR_FILE = "brief.ics"
WORKBOOK_FILES: dict[PageLang, str] = {"en": "brief.xlsx", "zh": "brief.zh.xlsx"}
PDF_FILES: dict[PageLang, str] = {"en": "brief.pdf", "zh": "brief.zh.pdf"}
SLIDE_FILES: dict[PageLang, str] = {"en": "slide", "zh": "slide.zh"}  # .svg and .png
# In the order in which a reader wants them.
FILES = (
    *PAGE_FILES.values(),
    *PDF_FILES.values(),
    *(f"{name}.{kind}" for name in SLIDE_FILES.values() for kind in ("svg", "png")),
    *ANNEX_FILES.values(),
    *WORKBOOK_FILES.values(),
    CALENDAR_FILE,
    REPORT_FILE,
)
Supply = dict[str, Any]  # the outlook of the case, its fractions as text; `papers.outlook` types it with its numbers


class LawPackData(TypedDict):
    """The rulebook that a report is based on."""

    version: str
    hash: str
    verified_through: str


class PartyData(TypedDict):
    """A party of the case."""

    name: Text
    role: Text
    country: str
    country_name: Text
    invented: bool


class CaseData(TypedDict):
    """The case: title, description and parties."""

    id: str
    title: Text
    about: Text
    invented: bool
    label: Text
    parties: list[PartyData]


HorizonData = TypedDict("HorizonData", {"from": str, "to": str})


class TakenOut(TypedDict):
    """A clause that would have applied, and the exclusion that removes it."""

    clause: str
    by: str


class ReasonData(TypedDict):
    """Why a result is undetermined."""

    kind: str
    names: list[str]
    day: NotRequired[str]
    text: Text


class PickData(TypedDict):
    """The status of an instrument in a legal scenario."""

    instrument: str
    label: str
    name: str
    name_zh: str


class BranchData(TypedDict):
    """A legal scenario: one possible status of the unconfirmed rules."""

    picks: list[PickData]
    outcome: str
    finding: str
    bites: list[str]


class ChangeData(TypedDict):
    """An event of an instrument that changed a result."""

    kind: str
    instrument: str
    by: str
    text: Text


WindowData = TypedDict(
    "WindowData",
    {
        "from": str,
        "to": str,
        "outcome": str,
        "finding": str,
        "may_become": str | None,
        "unverified": bool,
        "because": list[ChangeData],
    },
)
PauseData = TypedDict("PauseData", {"from": str, "to": str | None, "instrument": str, "by": str})
NextChange = TypedDict("NextChange", {"from": str, "outcome": str, "finding": str})


class PlannedData(TypedDict):
    """The result on the planned date; the date only, if it is the transaction date of the report."""

    on: str
    outcome: NotRequired[str]
    finding: NotRequired[str]
    may_become: NotRequired[str | None]
    decision_hash: NotRequired[str]


class DealLicence(TypedDict):
    """A licence under which lots of a transaction are to leave, as the workbook of the company has it.

    Attributes:
        kind: single or general.
        state: granted or filed.
        filed: First day of filing, if it is not granted.
        ended: Whether its last day is before the date of the report.
        in_force: Whether goods may leave under it on the date of the report.
        lots: Lots that wait under it.
    """

    licence: str
    supplier: str
    kind: str
    state: str
    filed: str | None
    valid_until: str | None
    ended: bool
    in_force: bool
    lots: list[str]


class FileBy(TypedDict):
    """The last day to file an application so that goods arrive before the line stops, with its confidence."""

    on: str
    confidence: str
    passed: bool
    stop_on: str


class DealLicences(TypedDict):
    """The licence state of a transaction: its lots, their licences, and when to file next."""

    licences: list[DealLicence]
    waiting: list[str]
    cleared: list[str]
    file_by: FileBy | None


class TransactionData(TypedDict):
    """One transaction, decided."""

    id: str
    line: int
    title: Text
    about: dict[str, str]
    outcome: str
    finding: str
    may_become: str | None
    checked_through: str
    next: Text
    why: list[WhyUnknown]
    open: list[Text]
    ways: Text
    grounds: list[str]
    unless: dict[str, list[str]]
    taken_out: list[TakenOut]
    reasons: list[ReasonData]
    question: AskedData | None
    branches: list[BranchData]
    windows: list[WindowData]
    pauses: list[PauseData]
    since: str
    next_change: NextChange | None
    unchecked_from: str | None
    planned: PlannedData | None
    law: LawData
    practice: str | None
    exposure: list[ExposureData]
    lists: list[Text]
    licences: NotRequired[DealLicences]
    papers: NotRequired[list[LotData]]
    proof: Proof


class ClauseData(TypedDict):
    """A clause that an audit trail of the report names."""

    instrument: str
    name: str
    name_zh: str
    place: str
    place_zh: str
    short: str
    short_zh: str
    ref: str
    ref_zh: str
    subject: str
    subject_zh: str
    gist: Text
    kind: str
    effect: str
    control_codes: list[str]
    guidance: bool
    confidence: str
    urls: list[str]
    reading: NotRequired[str]
    reading_zh: NotRequired[str]
    basis: NotRequired[str]
    basis_text: NotRequired[Text]
    status: NotRequired[str]
    status_text: NotRequired[Text]


class InstrumentData(TypedDict):
    """An instrument that the report names."""

    name: str
    name_zh: str
    number: str
    issuer: list[str]
    issuer_zh: list[str]
    type: str
    title: Text
    verified_through: str
    verified_basis: str
    verified_basis_zh: str
    confidence: str
    urls: list[str]
    issued: NotRequired[str]
    published: NotRequired[str]
    effective: NotRequired[str]


class StateData(TypedDict):
    """The status of an instrument on the transaction date."""

    instrument: str
    status: str
    clauses: list[str]
    text: Text
    until: str | None
    statements: list[Text]
    used_by: list[str]


class ComingData(TypedDict):
    """A date to watch."""

    day: str
    days: int
    kind: str
    by: str
    instruments: list[str]
    concerns: list[str]
    notes: list[str]
    notes_zh: list[str]


class WorthData(TypedDict):
    """The value of a deal as decimal text [CNY], and how it was determined."""

    cny: str
    told: Text


class WithheldData(TypedDict):
    """Use that China withholds: chance of any, mean [months of use], and the largest share of a month, as decimal text.

    `nothing_lost_chance` is the chance of a lost line-day if nothing is done.
    """

    chance: str
    mean_months: str
    worst_share: str
    nothing_lost_chance: str


class LateDrawn(TypedDict):
    """What it costs to know the law late, by draws of the market in place of the company's own table of stops.

    Attributes:
        draws: Number of draws.
        options: Options of the best plan by the draws; `stock_t` is its stock by grade.
        mean_keur: Mean cost of that plan [1000 EUR]; `nothing_keur` that of doing nothing.
        withheld: What the draws withhold; `withheld_by_table` what the company's own table does.
        stale: Law and data of which another version is used today.
    """

    draws: int
    options: list[str]
    stock_t: dict[str, str]
    mean_keur: str
    nothing_keur: str
    withheld: WithheldData
    withheld_by_table: WithheldData
    late: list[MixLateData]
    stale: list[str]


class AbroadScenario(TypedDict):
    """The result of one scenario of what became of a rule."""

    scenario: dict[str, str]
    outcome: str


class AbroadSide(TypedDict):
    """The result of one jurisdiction, with the hash of its audit trail."""

    jurisdiction: str
    name: Text
    outcome: str
    hash: str
    grounds: list[Text]
    why: list[Text]
    scenarios: list[AbroadScenario]


class AbroadConflict(TypedDict):
    """A conflict of two laws, with the next question; `both` says so where both cannot be satisfied."""

    id: str
    kind: str
    sure: bool
    word: Text
    title: Text
    both: Text
    clauses: list[str]
    ask: Text
    never: Text


class AbroadDeal(TypedDict):
    """One transaction under several laws."""

    id: str
    outcome: str
    sides: list[AbroadSide]
    conflicts: list[AbroadConflict]


class AbroadData(TypedDict):
    """Results under other jurisdictions, if the case asks for them."""

    jurisdictions: list[str]
    deals: list[AbroadDeal]


class FurtherParts(TypedDict, total=False):
    """Parts of a report that other modules make; in the market part every fraction is decimal text.

    `mix_lacks` says why a company with a workbook has no mix: limits that clash; `mix_sheets` what it lacks for one;
    `stops_lacks` what it lacks for line stops; `company_lacks` why neither is there: its dates do not fit the report.
    `company_names` are the names of parts and grades by id, and `company_names_zh` those that the workbook gives in
    Chinese; `late_drawn` is what it costs to know the law late by the
    draws beside the case, and `late_drawn_lacks` why they do not fit it.
    """

    company_names: dict[str, str]
    company_names_zh: dict[str, str]
    stops: StopsReport
    mix: MixReport
    late_drawn: LateDrawn
    late_drawn_lacks: list[Text]
    mix_lacks: list[Text]
    mix_sheets: list[Text]
    stops_lacks: list[Text]
    company_lacks: list[Text]
    supply: Supply
    worth: WorthData
    vouches: list[VouchShown]
    abroad: AbroadData


class BriefBody(FurtherParts):
    """A report without its hash."""

    schema: str
    engine: str
    pack: LawPackData
    case: CaseData
    on: str
    known: str
    assume: dict[str, str]
    first_unverified: str
    least_checked: str
    horizon: HorizonData
    outcome: str
    counts: dict[str, int]
    transactions: list[TransactionData]
    clauses: dict[str, ClauseData]
    instruments: dict[str, InstrumentData]
    states: list[StateData]
    coming: list[ComingData]
    practice: dict[str, PracticeData]
    calendar: NotRequired[CalendarData]
    groups: NotRequired[list[DealGroup]]
    papers: NotRequired[list[LotData]]
    compliance: NotRequired[ComplianceData]


class BriefReport(BriefBody):
    """A report; `hash` covers everything else."""

    hash: str
