"""Events and statuses as shown in proofs, as plain data."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class EventShown(TypedDict):
    """Type, dates and cause of an event."""

    type: str
    by: str
    published: NotRequired[str]
    effective: NotRequired[str]
    ends: NotRequired[str]
    ends_inclusive: NotRequired[bool]


class StatusShown(TypedDict):
    """Status of a rule on a date: everything a decision may use."""

    status: str
    event: NotRequired[EventShown]
    starts: NotRequired[str]
    until: NotRequired[str]
    other_reading: NotRequired[str]
    branches: NotRequired[dict[str, str]]
    announced: NotRequired[EventShown]
    statements: NotRequired[list[EventShown]]
