"""`rules check` finds events that cannot have come in the order of their days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.law.rules.check import check_rules
from coercivity.law.rules.model import Event
from coercivity.law.rules.spans import out_of_order
from tests.support import BOOK

LISTED, STOPPED, AGAIN = (
    {"type": "listing", "effective": "2025-03-04"},
    {"type": "delisting", "effective": "2025-11-10"},
    {"type": "listing", "effective": "2026-02-01"},
)
PAUSE = {"type": "suspension", "effective": "2025-05-14", "ends": "2025-08-12"}
BACK = {"type": "resumption", "effective": "2025-06-01"}


def events(*raw: dict[str, str]) -> list[Event]:
    """Events of one list notice, published on the day on which they take effect."""
    return [Event.model_validate({"by": "x", "scope": "all", "published": e["effective"], **e}) for e in raw]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ((LISTED, PAUSE, BACK, STOPPED, AGAIN), []),
        ((AGAIN, STOPPED, LISTED), []),
        ((STOPPED, AGAIN), ["ends what has not begun, or has ended"]),
        ((LISTED, STOPPED, {**STOPPED, "effective": "2025-12-01"}), ["ends what has not begun, or has ended"]),
        ((LISTED, AGAIN), ["begins what has begun and has not ended"]),
        (({**LISTED, "ends": "2025-12-31"}, AGAIN), []),
        ((LISTED, BACK), ["resumes what is not paused"]),
        ((LISTED, STOPPED, {**PAUSE, "effective": "2026-01-01", "ends": "2026-06-30"}), ["pauses what has ended"]),
        (
            (LISTED, STOPPED, {**AGAIN, "effective": "2025-11-10"}),
            ["has its day in common with a listing", "has its day in common with a delisting"],
        ),
    ],
)
def test_events_out_of_order(raw: tuple[dict[str, str], ...], expected: list[str]) -> None:
    """One row, one run of events."""
    assert [why for _, why in out_of_order(events(*raw))] == expected


def test_the_check_tells_of_them() -> None:
    """A list notice that is ended twice is reported by the check, with its instrument and clause."""
    held = BOOK.instruments["mofcom-2025-13"]
    once = next(event for event in held.events if event.type == "delisting")
    twice = once.model_copy(update={"effective": once.effective and once.effective.replace(day=20)})
    wrong = held.model_copy(update={"events": [*held.events, twice]})
    book = replace(BOOK, instruments={held.id: wrong}, party_sets={})
    found = check_rules(book, BOOK.folder).faults
    told = [fault.what for fault in found if fault.code == "EVENT-ORDER"]
    assert told
    assert told[0] == "delisting on 2025-11-20 ends what has not begun, or has ended"
