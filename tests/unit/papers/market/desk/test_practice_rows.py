"""Events, general licences and customs holds beside a licensing desk written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.base.days import Day
from coercivity.papers.market.desk.practice_rows import practice_rows
from coercivity.papers.market.desk.report_data import CheckRow
from coercivity.practice.desk import CustomsHold, DeskPractice, Element, EventKind, GeneralLicence, PracticeEvent, Scope
from tests.unit.papers.market.desk.by_hand import beside, practice

APRIL, JUNE, JULY = Day(2025, 4, 4), Day(2025, 6, 30), Day(2025, 7, 1)


def event(kind: EventKind, destination: str, share: float, begins_on: Day, ends_on: Day | None = None) -> PracticeEvent:
    scope = Scope("magnet", destination, "civil")
    return PracticeEvent("PE9", kind, scope, share, share - 0.1, share + 0.1, begins_on, ends_on, JUNE, sample=7)


def only(desk: DeskPractice, **more: Any) -> CheckRow:
    (row,) = practice_rows(beside(desk=desk, **more))
    return row


def test_a_halt_withholds_what_other_places_are_not_denied() -> None:
    row = only(practice(events=(event("halt", "IN", 1.0, APRIL),)))
    assert (row["kind"], row["compared"], row["model"], row["verdict"]) == ("event", "withheld_share", 1.0, "met")
    assert (row["sample"], row["used_as_input"]) == (7, ["PE9"])
    assert (row["begins_on"], row["ends_on"]) == ("2025-04-04", "")


def test_a_slow_down_is_measured_by_the_files_taken_up_of_those_that_wait() -> None:
    row = only(practice(events=(event("slow_down", "FR", 0.5, Day(2025, 5, 1), JUNE),)))
    rate, usual = 1 / (1 + 6), 30 / (30 + 28 + 12)  # Germany and India in May and June
    assert row["model"] == pytest.approx(1 - rate / usual)


def test_a_slow_down_everywhere_is_measured_by_the_months_before() -> None:
    row = only(practice(events=(event("slow_down", "ALL", 0.5, JUNE, JUNE),)))
    rate, usual = 18 / (18 + 29), 13 / (13 + 31)
    assert row["model"] == pytest.approx(max(1 - rate / usual, 0.0))
    early = only(practice(events=(event("slow_down", "ALL", 0.5, Day(2025, 4, 1), JUNE),)))
    assert early["reason"] == "no_reference"


def test_licences_held_but_not_used() -> None:
    row = only(practice(events=(event("unused_licences", "DE", 0.3, JULY),)))
    assert [row["compared"], row["model"]] == ["unused_share", pytest.approx((5 + 3) / (16 + 8 + 4 + 2))]
    assert row["verdict"] == "met"


def general(begins_on: Day) -> GeneralLicence:
    return GeneralLicence("GL9", Scope("magnet", "EU"), ("A",), "named", 0.4, 0.3, 0.6, begins_on, 12, 0.9, begins_on)


def test_shipments_under_general_licences() -> None:
    row = only(practice(general=(general(JULY),)))
    assert (row["kind"], row["compared"], row["model"]) == ("general_licence", "general_share", 6 / 12)
    assert (row["within"], row["misfit"]) == (True, 0.0)
    assert only(practice(general=(general(Day(2025, 9, 1)),)))["reason"] == "outside"
    assert only(practice(general=(general(JULY),)), rows=())["reason"] == "no_shipments"


def test_a_customs_hold_is_listed_with_the_reason() -> None:
    hold = CustomsHold("CH9", Scope("magnet"), 0.3, 0.1, 0.9, 45, 30, 60, APRIL, None, JUNE)
    row = only(practice(holds=(hold,)))
    assert (row["kind"], row["verdict"], row["reason"]) == ("customs_hold", "not_comparable", "no_queue_of_hold")


@pytest.mark.parametrize(("off", "kind"), [("events", "halt"), ("unused_licences", "unused_licences")])
def test_what_a_scenario_switches_off_is_not_compared(off: Element, kind: EventKind) -> None:
    assert only(practice(events=(event(kind, "DE", 0.5, JULY),)).without([off]))["reason"] == "switched_off"
    assert only(practice(general=(general(JULY),)).without(["general_licences"]))["reason"] == "switched_off"


def test_an_event_elsewhere_or_at_another_time_is_listed_with_the_reason() -> None:
    assert only(practice(events=(event("halt", "JP", 1.0, APRIL),)))["reason"] == "no_place"
    assert only(practice(events=(event("halt", "IN", 1.0, Day(2025, 9, 1)),)))["reason"] == "outside"
