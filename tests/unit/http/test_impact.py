"""The impact of a draft over HTTP: a job, the notice beside the draft, and faults."""

from __future__ import annotations

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.base.examples import example_folder

OVERLAYS = example_folder() / "overlays"
DRAFT = (OVERLAYS / "extension-2027.yaml").read_text(encoding="utf-8")
NOTICE = (OVERLAYS / "extension-2027.zh.txt").read_text(encoding="utf-8")


def finished(client: TestClient, asked: dict[str, Any]) -> dict[str, Any]:
    begun = client.post("/api/rules/impact", json=asked)
    assert begun.status_code == 202, begun.text
    for _ in range(1_000):
        job: dict[str, Any] = client.get(begun.headers["location"]).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.2)
    raise AssertionError("the job does not end")


def test_the_impact_of_a_draft_on_a_case(client: TestClient) -> None:
    before = client.get("/api/rules/status?on=2026-11-12").json()
    asked = {"draft": DRAFT, "notice": NOTICE, "case": "magnet-jv", "on": "2026-11-12"}
    job = finished(client, asked)
    assert job["state"] == "done", job["faults"]
    found = job["result"]
    assert found["draft"] is True
    assert (found["rows"], found["moved"]["deals"]) == (22, 15)
    assert len(found["cells"]) == len(found["deals"]) == 15
    assert found["notice"]["found"] == found["notice"]["values"] == 10
    assert {"impact.json", "moved.csv"} <= set(job["files"])
    assert client.get("/api/rules/status?on=2026-11-12").json() == before


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"draft": DRAFT}, "UPLOAD-FORM"),
        ({"draft": "id: x\nfoo: bar\n", "case": "magnet-jv"}, "KEY-MISSING"),
        ({"draft": DRAFT, "case": "nowhere"}, "EXAMPLE-UNKNOWN"),
        ({"draft": DRAFT, "upload": "0" * 32}, "UPLOAD-UNKNOWN"),
        ({"draft": DRAFT, "case": "magnet-jv", "colour": "red"}, "HTTP"),
        ({"case": "magnet-jv"}, "HTTP"),
    ],
)
def test_bad_requests_are_told(client: TestClient, asked: dict[str, Any], code: str) -> None:
    answer = client.post("/api/rules/impact", json=asked)
    assert answer.status_code in (400, 404, 422)
    assert code in answer.text


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"on": "12/11/2026"}, "on"),
        ({"known": "tomorrow"}, "known"),
        ({"assume": "nonsense"}, "assume"),
        ({"map": "columns: ["}, "mapping.yaml:2"),
        ({"standing": "standing: ["}, "standing.yaml:2"),
        ({"map": "columns: {material: material}\n"}, "map"),
        ({"standing": "standing: {facts: {}}\n"}, "standing"),
    ],
)
def test_what_is_wrong_is_told_before_the_job_starts(client: TestClient, more: dict[str, str], where: str) -> None:
    answer = client.post("/api/rules/impact", json={"draft": DRAFT, "case": "magnet-jv", **more})
    assert answer.status_code == 422, answer.text
    assert where in [fault["where"] for fault in answer.json()["faults"]]
