"""The licensing desk in a licence time as report data; numbers are decimal text."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class QueueData(TypedDict):
    """Applications that are taken up in turn."""

    form: str
    country: str
    user: str


class ScopeData(TypedDict):
    """What a row of practice speaks of; `near` is place, group or everywhere."""

    form: str
    destination: str
    user: str
    near: str


class DeskSampled(TypedDict):
    """A row of the licensing desk with its scope, sample, quality and reports."""

    id: str
    scope: ScopeData
    low: str
    high: str
    sample: int
    quality: str
    reports: list[str]


class DeskRowData(DeskSampled):
    """A figure of the licensing desk."""

    parameter: str
    value: str
    unit: str


class EventData(DeskSampled):
    """A halt or slow-down, or licences that are not used."""

    kind: str
    share: str
    begins_on: str
    ends_on: str | None


class GeneralData(DeskSampled):
    """General licences of exporters; `share_on` is the share on the day asked for."""

    holders: list[str]
    customers: str
    share: str
    share_on: str
    begins_on: str
    life_months: int


class ReviewData(TypedDict):
    """Time at the authority before any limit [days], with the rows on which it is based."""

    mean_days: str
    spread_days: str
    rows: list[str]


class DeskData(TypedDict):
    """The licensing desk as a licence time meets it; `like` is the queue whose backlog is used, if another."""

    queue: QueueData
    rows: list[DeskRowData]
    events: list[EventData]
    general: list[GeneralData]
    review: ReviewData
    own_chances: bool
    like: NotRequired[QueueData]
