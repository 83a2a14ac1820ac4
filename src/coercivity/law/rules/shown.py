"""How an event and a status are shown in proofs, as plain data."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class EventShown(TypedDict):
    """The type, days and maker of an event."""

    type: str
    by: str
    published: NotRequired[str]
    effective: NotRequired[str]
    ends: NotRequired[str]
    ends_inclusive: NotRequired[bool]


class StatusShown(TypedDict):
    """The status of a rule on a day: all that a decision may read of it."""

    status: str
    event: NotRequired[EventShown]
    starts: NotRequired[str]
    until: NotRequired[str]
    other_reading: NotRequired[str]
    branches: NotRequired[dict[str, str]]
    announced: NotRequired[EventShown]
    statements: NotRequired[list[EventShown]]
