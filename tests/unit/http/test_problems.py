"""Problem objects: form, and all errors of a request at once, each with its place."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.base.errors import Fault
from coercivity.http.app import PROBLEM_SCHEMA
from coercivity.verbs.serving.problems import problem_body, status_of

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "faults"}
FAULT = {"code", "what", "where", "nearest", "next"}


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    """The problem object of an answer, after its form was looked at."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == MEMBERS
    assert body["status"] == status
    assert body["type"] == f"urn:coercivity:error:{body['code']}"
    assert body["title"]
    assert body["detail"]
    assert body["instance"].startswith("/")
    assert body["code"] == body["faults"][0]["code"]
    assert all(set(fault) == FAULT for fault in body["faults"])
    return body


def test_every_fault_of_a_deal_is_told_at_once_with_its_place(client: TestClient) -> None:
    sent = {"on": "2025-02-30", "facts": {"form": "magnett", "no_such_fact": "x", "dy_mass_share": "2"}}
    body = problem_of(client.post("/api/decide", json=sent), 422)
    assert {fault["code"] for fault in body["faults"]} >= {"DATE", "FACT-UNKNOWN", "FACT-VALUE"}
    assert len(body["faults"]) == 4
    assert all(fault["where"] and fault["what"] for fault in body["faults"])
    assert body["detail"].endswith("(and 3 more)")
    nearest = {name for fault in body["faults"] for name in fault["nearest"]}
    assert "magnet" in nearest


def test_every_fault_of_the_form_is_told_with_its_path(client: TestClient) -> None:
    sent = {"facts": {"form": {"a": 1}, "elements": [[1]]}, "on": 3, "colour": "red", "standing": {"lists": "x"}}
    body = problem_of(client.post("/api/decide", json=sent), 422)
    places = {fault["where"] for fault in body["faults"]}
    assert {"body.facts.form", "body.facts.elements.0", "body.on", "body.colour", "body.standing.lists"} <= places
    assert {fault["code"] for fault in body["faults"]} == {"HTTP-FORM"}


def test_a_thousand_faults_are_not_all_told(client: TestClient) -> None:
    body = problem_of(client.post("/api/decide", json={f"name {n}": 1 for n in range(1000)}), 422)
    assert len(body["faults"]) == 20


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b'{"facts": {"form": NaN}}', b"[" * 20_000, b'{"on": "\\ud800"}',
     b'{"facts": {"dy_mass_share": 1e999999}}', b'{"facts": {"dy_mass_share": ' + b"9" * 5000 + b"}}",
     '{"id": "\u0000\u202e", "facts": {"\u0000": "x"}}'.encode()],
    ids=lambda content: repr(content[:24]),
)  # fmt: skip
def test_what_is_no_deal_is_a_problem_and_no_crash(client: TestClient, content: bytes) -> None:
    answer = client.post("/api/decide", content=content, headers={"content-type": "application/json"})
    body = problem_of(answer, 422 if answer.status_code != 400 else 400)
    assert body["faults"][0]["what"]


@pytest.mark.parametrize("path", ["/api/jobs/none", "/api/jobs/none/events", "/api/jobs/none/files/x", "/api/nothing"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path), 404)["instance"] == path


def test_a_way_of_asking_that_there_is_not_names_those_that_there_are(client: TestClient) -> None:
    answer = client.get("/api/decide")
    assert problem_of(answer, 405)["code"] == "HTTP-METHOD"
    assert answer.headers["allow"] == "POST"


def test_a_name_in_a_body_that_names_nothing_is_a_fault_of_the_body(client: TestClient) -> None:
    sent = {"case": "ev-moter", "on": "2026-11-24"}
    body = problem_of(client.post("/api/survive", json=sent), 422)
    assert body["code"] == "EXAMPLE-UNKNOWN"
    assert "ev-motor" in body["faults"][0]["nearest"]


def test_half_a_sign_is_told_as_something_that_can_be_written() -> None:
    body = problem_body(422, [Fault("X", "half \ud800", "here")])
    assert body["detail"] == "half \ud800"
    assert status_of([Fault("JOB-UNKNOWN", "x")], in_address=True) == 404
    assert status_of([Fault("JOB-UNKNOWN", "x")], in_address=False) == 422
    assert status_of([Fault("DATE", "x")], in_address=True) == 422


def test_the_description_of_the_interface_holds_the_form_that_is_sent(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["components"]["schemas"]["Problem"] == PROBLEM_SCHEMA
    assert set(PROBLEM_SCHEMA["properties"]) == MEMBERS
    assert "HTTPValidationError" not in described["components"]["schemas"]
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], path
            assert "application/problem+json" in operation["responses"]["4XX"]["content"], (path, method)
            assert "422" not in operation["responses"] or (
                "application/problem+json" in operation["responses"]["422"]["content"]
            ), path
