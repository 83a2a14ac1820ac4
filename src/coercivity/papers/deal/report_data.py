"""The answer to one deal as report data: what comes with it, and what holds it open."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.base.json_types import Json
from coercivity.law.explain.reasons import Cause
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.report_data import ExposureData, LawData, PracticeData, Proof


class SheetData(TypedDict):
    """What comes with an answer; nothing of practice where the deal names no place."""

    codes: list[str]
    law: LawData
    exposure: list[ExposureData]
    practice: PracticeData | None


WayOut = TypedDict("WayOut", {"if": dict[str, str], "outcome": str, "finding": NotRequired[str]})


class WhyUnknown(TypedDict):
    """One cause that holds a deal open; with the ways of the law where the law is unconfirmed."""

    cause: Cause
    head: Text
    names: list[str]
    text: Text
    next: Text
    branches: NotRequired[list[WayOut]]


class OpenReason(TypedDict):
    """Why an answer is open."""

    kind: str
    names: list[str]
    day: NotRequired[str]


class DisagreementData(TypedDict):
    """What somebody says against the facts judged."""

    by: str
    fact: str
    value: object
    against: dict[str, object]


class OtherReading(TypedDict):
    """The answer, were the last day of a pause not included."""

    outcome: str
    finding: str


class AnswerData(TypedDict):
    """The answer to one deal; without finding and proof where no day was given."""

    id: str
    title: str
    outcome: str
    finding: NotRequired[str]
    proof: NotRequired[Proof]
    grounds: list[str]
    reasons: list[OpenReason]
    unknown_because: NotRequired[list[WhyUnknown]]
    names: NotRequired[list[dict[str, Json]]]
    disagreements: NotRequired[list[DisagreementData]]
    other_reading: NotRequired[OtherReading]
    ask: NotRequired[str]
