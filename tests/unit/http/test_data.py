"""Packs, licence time and doctor over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.base.days import Day
from coercivity.verbs.clock import clock
from coercivity.verbs.data import data_list, data_show, data_sources


def test_every_table_of_every_pack_is_listed(client: TestClient) -> None:
    told = client.get("/api/data").json()
    assert [(entry["pack"], entry["table"]) for entry in told] == [(e.pack, e.table) for e in data_list()]
    assert {entry["pack"] for entry in told} == {"law", "observations", "practice", "world"}


def test_rows_are_those_of_the_verb_and_can_be_paged(client: TestClient) -> None:
    asked = {"where": ["topic=transit", "mode=sea"], "limit": "2", "first": "1"}
    told = client.get("/api/data/assumptions", params=asked).json()
    every = data_show("assumptions", where={"topic": "transit", "mode": "sea"}, limit=None)
    assert told["rows"] == [dict(row) for row in every.rows[1:3]]
    assert told["matched"] == every.matched
    assert told["filled"]["reason"] == told["total"] == 249


def test_a_blank_cell_is_asked_for_by_blank_text(client: TestClient) -> None:
    told = client.get("/api/data/world/assumptions", params={"where": "year=", "limit": "1"}).json()
    assert told["rows"][0]["year"] == ""
    assert told["matched"] == told["total"] - told["filled"]["year"]


def test_a_name_in_several_packs_needs_its_pack(client: TestClient) -> None:
    told = client.get("/api/data/sources")
    assert told.status_code == 404
    named = ["law/sources", "observations/sources", "practice/sources", "world/sources"]
    assert told.json()["faults"][0]["nearest"] == named
    assert client.get("/api/data/law/sources").json()["pack"] == "law"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/data/nothing", 404, "TABLE-UNKNOWN"),
        ("/api/data/nothing/prices", 404, "PACK-UNKNOWN"),
        ("/api/data/prices?where=elemant=Dy", 422, "TABLE-COLUMN"),
        ("/api/data/prices?where=element", 422, "FACT-PAIR"),
        ("/api/data/prices?where=element=Dy&where=element=Tb", 422, "FACT-PAIR"),
        ("/api/data/prices?limit=10001", 422, "HTTP-FORM"),
        ("/api/data/prices?first=-1", 422, "HTTP-FORM"),
        ("/api/data/check?on=2026-02-30", 422, "DATE"),
        ("/api/data/check", 422, "HTTP-FORM"),
        ("/api/doctor?on=soon", 422, "DATE"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_code(
    client: TestClient, address: str, status: int, code: str
) -> None:
    told = client.get(address)
    assert (told.status_code, told.json()["code"]) == (status, code)


def test_a_check_tells_late_tables_by_the_day(client: TestClient) -> None:
    fresh = client.get("/api/data/check", params={"on": "2026-11-24"}).json()
    assert fresh["ok"] is True
    late = client.get("/api/data/check", params={"on": "2027-01-20"}).json()
    assert late["ok"] is False
    law = next(pack for pack in late["packs"] if pack["pack"] == "law")
    assert {fault["code"] for fault in law["faults"]} == {"PACK-LATE"}
    assert law["age_days"] == (Day(2027, 1, 20) - Day(2026, 11, 27)).days


def test_the_clock_is_that_of_the_verb(client: TestClient, d1: dict[str, Any]) -> None:
    """45 working days after 2 March 2026, Decree 792 Art. 17(1)."""
    sent = {"facts": d1["facts"], "on": "2026-03-02", "standing": {"knowledge": "none"}}
    told = client.post("/api/clock", json=sent).json()
    assert told == clock(d1["facts"], on="2026-03-02", standing={"knowledge": "none"}).body
    assert told["ends"]["law"][0]["latest_without_a_stop"] == "2026-05-08"
    assert set(told["ends"]) == {"law", "practice", "drawn"}


def test_a_clock_tells_every_fault_at_once(client: TestClient) -> None:
    sent = {"facts": {"act": "gods"}, "on": "2026-02-30", "filed": "x", "assume": "maybe"}
    told = client.post("/api/clock", json=sent)
    assert told.status_code == 422
    assert {fault["code"] for fault in told.json()["faults"]} == {"DATE", "ASSUME", "FACT-VALUE"}


@pytest.mark.parametrize("on", ["1900-01-01", "2199-12-31"])
def test_days_at_the_ends_of_the_calendar_are_answered(client: TestClient, d1: dict[str, Any], on: str) -> None:
    assert client.post("/api/clock", json={"facts": d1["facts"], "on": on}).status_code == 200
    assert client.get("/api/doctor", params={"on": on}).status_code == 200
    assert client.get("/api/data/check", params={"on": on}).status_code == 200


def test_the_doctor_tells_how_old_the_law_is(client: TestClient) -> None:
    told = {entry["what"]: entry for entry in client.get("/api/doctor", params={"on": "2026-11-24"}).json()}
    assert told["verified to"]["ok"] is False
    assert told["verified to"]["state"] == "2026-10-05, 50 days before 2026-11-24"


def test_rows_that_rest_on_a_source_are_counted_by_how_they_were_read() -> None:
    held = {(entry.pack, entry.row["id"]): entry for entry in data_sources()}
    prices = data_show("prices", limit=None)
    wanted = sum(1 for row in prices.rows if row["source_id"] == "S0352")
    assert 0 < wanted <= held["world", "S0352"].rows
    assert held["world", "S0352"].rows == sum(held["world", "S0352"].by_retrieval.values())
    assert held["world", "ASSUMED"].by_retrieval["assumed"] > 0
