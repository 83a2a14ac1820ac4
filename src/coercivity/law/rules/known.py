"""The rule for which events count as published by a date, for every reader of events."""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.law.rules.model import Event

STARTS = ("entry_into_force", "listing")
ENDS = ("repeal", "delisting")
_HOLDS_BACK = (*STARTS, "resumption")


def known_by(event: Event, known: Day) -> bool:
    """Returns whether an event counts as published by a date.

    For some events no publication date was found. A restrictive event then counts as published on every date; a
    relaxing or merely informative one counts from its effective date, and never if it has none.

    Args:
        event: The event.
        known: Information cut-off: date by which it must have been published.
    """
    if event.published is None and event.type in _HOLDS_BACK:
        return True
    day = event.published or event.effective
    return day is not None and day <= known
