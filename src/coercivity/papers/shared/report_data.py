"""Procedure, penalties and reported practice as report data: the structure of the results of `parts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from coercivity.papers.shared.names import Text

Proof = Mapping[str, Any]  # a proof or a part of it, also one read from a file


class BecauseData(TypedDict):
    """Why a licence route is not available or a limit does not apply."""

    text: Text
    basis: list[str]
    basis_zh: list[str]


class PaperData(TypedDict):
    """A document that the law requires."""

    id: str
    name: Text
    sure: bool
    basis: list[str]
    basis_zh: list[str]
    url: str


class StepData(TypedDict):
    """A step of a licence procedure."""

    text: Text
    sure: bool
    basis: list[str]
    basis_zh: list[str]


class AssumedEnd(TypedDict):
    """The last day of a time limit that runs into a year whose holidays are assumed; for planning only."""

    day: str
    earliest: str
    latest: str


class CalendarData(TypedDict):
    """The working calendar a user asked for: their own file, and the years assumed for planning."""

    words: list[Text]
    file: NotRequired[str]
    hash: NotRequired[str]
    adds: NotRequired[list[int]]
    replaces: NotRequired[list[int]]
    assumed: NotRequired[list[int]]


class ClockData(TypedDict):
    """A statutory time limit; with its last day, or why there is none."""

    id: str
    name: Text
    who: str
    starts: Text
    not_counted: list[Text]
    no_limit: list[BecauseData]
    may_fall_away: list[BecauseData]
    sure: bool
    basis: list[str]
    basis_zh: list[str]
    url: str
    state: str
    working_days: NotRequired[int]
    ends_if_started_on_the_day: NotRequired[str]
    why_no_day: NotRequired[Text]
    assumed_end: NotRequired[AssumedEnd]
    by_calendar: NotRequired[Text]


class TrackData(TypedDict):
    """A licence route that is available."""

    id: str
    name: Text
    scope: Text
    sure: bool
    unless: list[BecauseData]
    papers: list[PaperData]
    steps: list[StepData]
    clocks: list[ClockData]


class ClosedData(TypedDict):
    """A licence route that is not available."""

    id: str
    name: Text
    because: list[BecauseData]


class DutyData(TypedDict):
    """An obligation with or after the transaction."""

    id: str
    who: Text
    what: Text
    sure: bool
    basis: list[str]
    basis_zh: list[str]
    url: str


class LawData(TypedDict):
    """Licence routes, documents, steps, time limits and obligations of one decision, by law."""

    tracks: list[TrackData]
    closed: list[ClosedData]
    refused_in_principle: bool
    clocks: list[ClockData]
    duties: list[DutyData]


class ExposureData(TypedDict):
    """An article that applies to a breach; amounts are decimal text [CNY]."""

    role: str
    sure: bool
    text: Text
    basis: list[str]
    basis_zh: list[str]
    band: str
    sanctions: list[Text]
    aggravated: list[Text]
    formula: NotRequired[Text]
    low_cny: NotRequired[str]
    high_cny: NotRequired[str]
    url: NotRequired[str]
    confidence: NotRequired[str]
    only_if: NotRequired[Text]


SampleData = TypedDict(
    "SampleData",
    {"reports": int, "figures": int, "from": str, "to": str, "qualities": dict[str, int], "urls": list[str]},
)


class AmountData(TypedDict):
    """A reported figure in the unit of its report."""

    value: str
    unit: str


class SpanData(TypedDict):
    """A reported range, each end in the unit of its report."""

    low: AmountData
    high: AmountData
    open_ended: bool


class ReportedTime(SpanData):
    """A reported time."""

    group: str
    name: Text
    near: str
    near_words: Text
    sample: SampleData


class ReportedShare(TypedDict):
    """A reported share or queue."""

    group: str
    name: Text
    near_words: Text
    low: str
    high: str
    warning: Text
    sample: SampleData


class UnofficialData(TypedDict):
    """An unofficial statement on a minimum content that is in no legal text."""

    text: str
    reported_on: str
    url: str
    publisher: str


class FinedData(TypedDict):
    """A penalty decision that was published; amounts are decimal text [CNY]."""

    id: str
    facts: Text
    url: str
    decided: NotRequired[str]
    illegal_turnover_cny: NotRequired[str]
    fine_cny: NotRequired[str]
    fine_over_turnover: NotRequired[str]
    mitigation: NotRequired[Text]


class AskedPaperData(TypedDict):
    """A document that is required according to reports."""

    name: Text
    url: str
    note: str


class PracticeData(TypedDict):
    """Reported practice for a place."""

    destination: str
    label: Text
    newest_on: str | None
    later_left_out: int
    times: list[ReportedTime]
    shares: list[ReportedShare]
    queues: list[ReportedShare]
    unofficial: list[UnofficialData]
    unofficial_warning: Text
    fined: list[FinedData]
    papers: list[AskedPaperData]


AmountKey = Literal["illegal_turnover_cny", "fine_cny", "fine_over_turnover"]
