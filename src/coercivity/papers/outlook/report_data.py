"""The report data of an outlook: the JSON from which pages, summary and tables are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from coercivity.ensemble.results.rows import DrawsReport
from coercivity.market.inputs.figures import AssumedRow
from coercivity.market.results.difference import RunDifference
from coercivity.market.results.rows import RunTables
from coercivity.observations.state.report import ObservedReport
from coercivity.papers.shared.pages import PageLang

PAGE_FILES: dict[PageLang, str] = {"en": "outlook.html", "zh": "outlook.zh.html"}
Text = Mapping[str, str]
Group = Literal["goods", "regions", "uses", "clauses", "findings", "users", "plants", "countries"]


class ClauseName(TypedDict):
    """Names of a clause, or of a charge that is not a clause."""

    short: str
    short_zh: str
    instrument: str
    gist: Text


class PlaceNames(TypedDict):
    """Names of products and regions."""

    goods: Mapping[str, Text]
    regions: Mapping[str, Text]


class PartyNames(PlaceNames):
    """Names of products, regions and uses."""

    uses: Mapping[str, Text]


class Names(PartyNames):
    """Names for the ids in the tables; those of control statuses, users, plants and countries if available."""

    clauses: Mapping[str, ClauseName]
    findings: NotRequired[Mapping[str, Text]]
    users: NotRequired[Mapping[str, Text]]
    plants: NotRequired[Mapping[str, Text]]
    countries: NotRequired[Mapping[str, Text]]


class PackData(TypedDict):
    """Version and hash of a pack; for the rulebook also the date to which it was verified."""

    version: str
    hash: str
    verified_through: NotRequired[str]


class Payer(TypedDict):
    """A party that loses because of a clause, and how much [USD]."""

    who: str
    usd: float


class ClauseCost(TypedDict):
    """The cost of a clause in a report: exports withheld [t], and the net cost of all parties."""

    clause: str
    name: NotRequired[Text]
    tonnes_t: float
    usd: float
    payers: list[Payer]


class OutlookWords(PartyNames):
    """The names and texts of the market data set that an outlook uses."""

    charges: dict[str, ClauseName]
    limits: list[Text]


class DeskChanges(TypedDict):
    """What a scenario changes in the practice of the licensing desk.

    Attributes:
        off: Elements that are switched off.
        values: Values by row of the figures.
        without: Events, general licences and customs holds that are left out.
        added: Those that are added.
    """

    off: list[str]
    values: dict[str, float]
    without: list[str]
    added: list[str]


class RunBody(RunTables):
    """One run with its tables."""

    id: str
    scenario: str
    chain: list[str]
    title: Text
    about: Text
    branch: str
    assume: dict[str, str]
    without: list[str]
    practice: DeskChanges
    rests_on: list[str]


class RunData(RunBody):
    """The same with the hash over all of it."""

    hash: str


class DifferenceData(RunDifference):
    """What differs between two runs, with one sentence about it.

    Attributes:
        a: Letter of one run, as on the page.
        b: Letter of the other.
        run_a: Id of the one.
        run_b: Id of the other.
        in_force: Since when the clauses that drive the gap in both runs apply, by id; empty if unknown.
        sentence: What differs and why, or why nothing does.
    """

    a: str
    b: str
    run_a: str
    run_b: str
    in_force: dict[str, str]
    sentence: Text


# `from` is a keyword of Python.
_Span = TypedDict("_Span", {"from": str, "to": str})


class OutlookReport(_Span):
    """The report data of an outlook."""

    schema: str
    engine: str
    packs: dict[str, PackData]
    months: list[str]
    runs: list[RunData]
    compare: dict[str, str] | None
    difference: NotRequired[list[DifferenceData]]
    draws: NotRequired[DrawsReport]
    observed: NotRequired[ObservedReport]
    clause_prices: list[ClauseCost]
    clause_branch: NotRequired[str]
    assumed: list[AssumedRow]
    limits: list[Text]
    names: Names
    left_out: list[str]
