"""Procedure, exposure and practice as report data: the form of what `parts` makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from coercivity.papers.shared.names import Text

Proof = Mapping[str, Any]  # a proof or a part of it, also one read from a file


class BecauseData(TypedDict):
    """Why a way is closed or a limit falls away."""

    text: Text
    basis: list[str]
    basis_zh: list[str]


class PaperData(TypedDict):
    """A paper that the law asks for."""

    id: str
    name: Text
    sure: bool
    basis: list[str]
    basis_zh: list[str]
    url: str


class StepData(TypedDict):
    """A step on a way."""

    text: Text
    sure: bool
    basis: list[str]
    basis_zh: list[str]


class ClockData(TypedDict):
    """A time limit of the law; with the last day of its term, or why there is none."""

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


class TrackData(TypedDict):
    """A way that is open."""

    id: str
    name: Text
    scope: Text
    sure: bool
    unless: list[BecauseData]
    papers: list[PaperData]
    steps: list[StepData]
    clocks: list[ClockData]


class ClosedData(TypedDict):
    """A way that is closed."""

    id: str
    name: Text
    because: list[BecauseData]


class DutyData(TypedDict):
    """What has to be done beside or after the act."""

    id: str
    who: Text
    what: Text
    sure: bool
    basis: list[str]
    basis_zh: list[str]
    url: str


class LawData(TypedDict):
    """Ways, papers, steps, clocks and duties of one decision, by law."""

    tracks: list[TrackData]
    closed: list[ClosedData]
    refused_in_principle: bool
    clocks: list[ClockData]
    duties: list[DutyData]


class ExposureData(TypedDict):
    """An article that a breach would fall under; amounts are decimal text [CNY]."""

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
    """A time that traders report."""

    group: str
    name: Text
    near: str
    near_words: Text
    sample: SampleData


class ReportedShare(TypedDict):
    """A share or a queue that traders report."""

    group: str
    name: Text
    near_words: Text
    low: str
    high: str
    warning: Text
    sample: SampleData


class UnofficialData(TypedDict):
    """What is said of a content, and is in no text of the law."""

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
    """A paper that traders say is asked for."""

    name: Text
    url: str
    note: str


class PracticeData(TypedDict):
    """What practice reports for a place."""

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
