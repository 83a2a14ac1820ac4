"""What of the law counts as published by a day: one rule, for every reader of events."""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.law.rules.model import Event

STARTS = ("entry_into_force", "listing")
ENDS = ("repeal", "delisting")
_HOLDS_BACK = (*STARTS, "resumption")


def known_by(event: Event, known: Day) -> bool:
    """Returns whether an event counts as published by a day.

    No text read gives the day of some events. What holds deals back then counts as published on every day; what frees
    them, or only tells of something, counts from the day on which it takes effect, and never where it names none.

    Args:
        event: The event.
        known: Day by which it must have been published.
    """
    if event.published is None and event.type in _HOLDS_BACK:
        return True
    day = event.published or event.effective
    return day is not None and day <= known
