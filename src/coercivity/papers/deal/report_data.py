"""The result for one deal as report data: supporting information, and why it is undetermined."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.base.json_types import Json
from coercivity.law.explain.reasons import Cause
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.report_data import CalendarData, ExposureData, LawData, PracticeData, Proof


class SheetData(TypedDict):
    """Supporting information for a result; `practice` is None if the deal names no place."""

    codes: list[str]
    law: LawData
    exposure: list[ExposureData]
    practice: PracticeData | None
    calendar: NotRequired[CalendarData]


WayOut = TypedDict("WayOut", {"if": dict[str, str], "outcome": str, "finding": NotRequired[str]})


class WhyUnknown(TypedDict):
    """One reason why a deal is undetermined; with the legal scenarios if a legal status is unconfirmed."""

    cause: Cause
    head: Text
    names: list[str]
    text: Text
    next: Text
    branches: NotRequired[list[WayOut]]


class FieldData(TypedDict):
    """One fact that a question asks for; `hints` are what the words of the deal suggest."""

    fact: str
    text: Text
    help: Text
    values: dict[str, Text]
    hints: list[Text]
    ask_whom: Text


class ChoiceData(TypedDict):
    """A plain answer to a question, and the facts that it states."""

    id: str
    label: Text
    facts: dict[str, object]
    suggested: bool


class AskedData(TypedDict):
    """The question to clarify first."""

    fact: str
    text: Text
    help: Text
    values: dict[str, Text]
    settles: list[int]
    beside: list[str]
    lists: list[str]
    facts: list[str]
    card: str
    why: Text
    clauses: list[str]
    fields: list[FieldData]
    choices: list[ChoiceData]
    ask_whom: Text


class OpenReason(TypedDict):
    """Why a result is undetermined."""

    kind: str
    names: list[str]
    lists: NotRequired[list[str]]
    day: NotRequired[str]


class DisagreementData(TypedDict):
    """A statement that contradicts the facts used."""

    by: str
    fact: str
    value: object
    against: dict[str, object]


class OtherReading(TypedDict):
    """The result if the last day of a suspension is not counted."""

    outcome: str
    finding: str


class LotData(TypedDict):
    """A finding about the documents of a lot; `said` holds what each document says, `holds` whether a result waits."""

    kind: str
    lot: str
    said: list[list[str]]
    holds: bool
    text: dict[str, str]
    ask: dict[str, str]


class AnswerData(TypedDict):
    """The result for one deal; without control status and audit trail if no date was given."""

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
    papers: NotRequired[list[LotData]]
    other_reading: NotRequired[OtherReading]
    ask: NotRequired[str]
    question: NotRequired[AskedData]
