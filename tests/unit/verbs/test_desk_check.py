"""`desk-check`: a run of the market beside reports: balance, cumulated shares, control, cache, elements switched off."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.base.canonical import sha256_of_text
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.law.rules.load import load_rulebook
from coercivity.papers.market.desk.report_data import CheckRow, DeskCheckBranch, DeskCheckData
from coercivity.practice.desk_tables import load_desk
from coercivity.practice.records import load_reports
from coercivity.verbs.desk_check import desk_check
from coercivity.verbs.desk_queues import control_of, destinations, queues_asked
from coercivity.verbs.outlook import json_text

SPAN: dict[str, Any] = {"first": "2025-04", "last": "2025-07"}


@pytest.fixture(scope="module")
def body() -> DeskCheckData:
    return desk_check("controls-back", **SPAN).body


def only(body: DeskCheckData) -> DeskCheckBranch:
    (branch,) = body["branches"]
    return branch


def row(body: DeskCheckData, name: str) -> CheckRow:
    (found,) = (entry for entry in only(body)["checks"] if entry["row"] == name)
    return found


def test_files_in_are_decided_returned_or_pending(body: DeskCheckData) -> None:
    """From the beginning of the control: all files of goods are in the months shown."""
    for queue in only(body)["queues"]:
        if queue["form"] in ("technology", "service"):
            continue
        came_in = sum(queue["new"]) + sum(queue["again"])
        gone = sum(queue["granted"]) + sum(queue["refused"]) + sum(queue["returned"])
        assert came_in == pytest.approx(gone + queue["pending"][-1], rel=1e-7, abs=1e-7)


def test_every_row_of_practice_is_there_once(body: DeskCheckData) -> None:
    practice = load_desk()
    rows = [
        *(row.id for row in practice.events),
        *(row.id for row in practice.general),
        *(row.id for row in practice.holds),
    ]
    assert [entry["row"] for entry in only(body)["checks"]] == [*(report.id for report in load_reports()), *rows]
    assert only(body)["counts"]["met"] > only(body)["counts_apart"]["met"]
    assert {entry["row"] for entry in body["inputs"]} >= {"PE02", "GL01", "CH01", "LD013"}


def test_a_share_counts_from_the_control_and_not_from_the_first_month_asked(body: DeskCheckData) -> None:
    later = desk_check("controls-back", first="2025-06", last="2025-07").body
    assert row(later, "LP012")["model"] == row(body, "LP012")["model"] is not None
    assert row(later, "LP007")["model"] == row(body, "LP007")["model"] is not None
    assert row(later, "LP005")["reason"] == "outside"
    assert len(only(later)["queues"][0]["new"]) == 2


def test_the_hash_covers_the_body(body: DeskCheckData) -> None:
    held = {name: value for name, value in body.items() if name != "hash"}
    assert body["hash"] == sha256_of_text(json_text(held))


def test_the_answer_is_the_same_without_the_cache(body: DeskCheckData) -> None:
    assert desk_check("controls-back", **SPAN, cache=False).body == body


def test_without_events_india_is_granted_files(body: DeskCheckData) -> None:
    free = desk_check("controls-back", **SPAN, desk_without=["events"]).body
    assert row(body, "LP008")["model"] == 0.0
    granted = {
        name: sum(sum(queue["granted"]) for queue in only(held)["queues"] if queue["country"] == "IN")
        for name, held in (("with", body), ("without", free))
    }
    assert granted["with"] == 0.0 < granted["without"]
    assert row(free, "PE02")["reason"] == "switched_off"
    assert free["desk_without"] == ["events"]


def tables(good: str, way: list[str], clauses: list[list[str]], desk: list[Any]) -> Any:
    permission = {"good": good, "way": way, "clauses": clauses}
    return {"permissions": [permission], "desk": desk}


def test_a_control_begins_on_the_day_of_its_clause_if_that_is_in_its_month() -> None:
    book, months = load_rulebook(), ["2025-03", "2025-04", "2025-05"]
    told = tables("mag_high", ["free", "licence", "licence"], [[], ["a18-1c905"], ["a18-1c905"]], [])
    assert control_of(book, months, told) == {"magnet": Day(2025, 4, 4)}
    late = tables("mag_high", ["free", "free", "licence"], [[], [], ["a18-1c905"]], [])
    assert control_of(book, months, late) == {"magnet": Day(2025, 5, 1)}
    assert control_of(book, months, tables("mag_high", ["free"] * 3, [[], [], []], [])) == {}


def test_names_of_queues_are_checked_at_once() -> None:
    assert {"ALL", "EU", "US", "DE", "IN"} <= set(destinations())
    with pytest.raises(CoercivityError) as error:
        queues_asked("magnets", "UE", "civilian")
    assert [(fault.code, fault.where) for fault in error.value.faults] == [
        ("DESK-NAME", "form"),
        ("DESK-NAME", "destination"),
        ("DESK-NAME", "user"),
    ]
    assert all(fault.nearest for fault in error.value.faults)
