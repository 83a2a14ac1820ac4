"""The report data of what compliance costs; amounts and days are decimal text, None where they are not known."""

from __future__ import annotations

from typing import TypedDict


class ResultData(TypedDict):
    """What the law says of a transfer in a legal scenario, and the clause that it follows from first."""

    outcome: str
    clause: str


class TransferData(TypedDict):
    """A transfer: technology, service, people, equipment or goods.

    Attributes:
        persons: Number of persons; None if the case does not give it.
        people_help: Whether Chinese persons help, by a service or as those who assist.
        results: Result by legal scenario.
        replaced: Whether a second vendor delivers in its place.
    """

    id: str
    kind: str
    persons: int | None
    people_help: bool
    results: dict[str, ResultData]
    replaced: bool


class FilingsData(TypedDict):
    """Filings of a clause: in each legal scenario the transfers that need one under it first."""

    clause: str
    ids: dict[str, list[str]]


class RunsData(TypedDict):
    """When the plant can run: days with a probability of 10, 50 and 90 %, mean days of waiting, what prevents it."""

    days: list[str | None]
    waits_days: str | None
    prohibited: list[str]
    undetermined: list[str]


class ColumnData(TypedDict):
    """One variant in one legal scenario; amounts in 1000 EUR by row, which add up to `sum_keur`."""

    scenario: str
    with_vendor: bool
    filings: list[str]
    held: list[str]
    prohibited: list[str]
    undetermined: list[str]
    free: list[str]
    hours: str | None
    money_keur: dict[str, str | None]
    sum_keur: str
    runs: RunsData


class DecisionData(TypedDict):
    """Calendar days from filing to decision with a probability of 10, 50 and 90 %; None where it is then refused."""

    days: list[int | None]
    refused_chance: str
    cases: int


class FineData(TypedDict):
    """An article on a breach, the transfers it concerns, and the widest range that could be computed [CNY]."""

    ids: list[str]
    transfer: str
    place: int
    low_cny: str | None
    high_cny: str | None


class FigureData(TypedDict):
    """A figure as it is stated."""

    name: str
    value: str
    unit: str
    source: str
    source_zh: str


class VendorData(TypedDict):
    """A second vendor outside China."""

    vendor: str
    name_zh: str
    country: str
    replaces: list[str]
    cost_keur: str | None
    months: int | None
    from_china: str
    source: str
    source_zh: str


class ComplianceData(TypedDict):
    """What compliance costs.

    Attributes:
        scenarios: Legal scenarios: `lapsed` and `extended`, or `now` where no suspension is open.
        decision: Days to a decision by the company's scenarios of delay; None without them.
        missing: Names of figures that are not stated; `delays` and `second_vendors` are sheets.
        plant_needs: Transfers without which the plant cannot run.
        month_keur: Margin of a month of planned output; None if not stated.
    """

    scenarios: list[str]
    transfers: list[TransferData]
    filings: list[FilingsData]
    columns: list[ColumnData]
    decision: DecisionData | None
    fines: list[FineData]
    figures: list[FigureData]
    vendors: list[VendorData]
    missing: list[str]
    plant_needs: list[str]
    month_keur: str | None
