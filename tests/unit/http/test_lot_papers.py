"""Documents of a lot over HTTP: refused in every form of a request, and told in the answer."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.http import answers
from coercivity.http.jurisdictions import answers as answers_abroad

DECIDE, ON = "/api/decide", "2025-08-15"
FACTS = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], "from": "CN", "to": "DE"}
CIVIL = {"id": "EUC-1", "lot": "L-1", "kind": "end_user_certificate", "end_use": "civil", "quantity": 1200}
MILITARY = {"id": "US-1", "lot": "L-1", "kind": "us_contract", "end_use": "军用"}
VAGUE = {"id": "INV-1", "lot": "L-1", "kind": "invoice", "end_use": "traction motors"}
FORMS: list[dict[str, Any]] = [
    {"facts": FACTS},
    {"facts": FACTS, "jurisdiction": "CN,US"},
    {"cells": {"material": "SmCo magnets", "from": "China", "to": "US"}},
    {"text": "NdFeB magnets with 2 % Dy, Ningbo to Texas"},
    {"text": "NdFeB magnets with 2 % Dy, Ningbo to Texas", "jurisdiction": "CN,US"},
]


@pytest.mark.parametrize("sent", FORMS)
def test_two_end_uses_are_refused_in_every_form_of_a_request(client: TestClient, sent: dict[str, Any]) -> None:
    told = client.post(DECIDE, json={**sent, "on": ON, "papers": [CIVIL, MILITARY]})
    assert told.status_code == 422
    assert [fault["code"] for fault in told.json()["faults"]] == ["LOT-END-USE"]


@pytest.mark.parametrize("sent", FORMS)
def test_uses_that_cannot_be_compared_are_told(client: TestClient, sent: dict[str, Any]) -> None:
    told = client.post(DECIDE, json={**sent, "on": ON, "papers": [CIVIL, VAGUE]}).json()
    assert told["outcome"] == "UNKNOWN"
    one = told["deals"][0] if "deals" in told else told
    assert [(each["kind"], each["holds"]) for each in one["papers"]] == [("end_use_open", True)]


def test_an_answer_with_papers_is_as_described(client: TestClient) -> None:
    for sent, model in ((FORMS[0], answers.DealAnswer), (FORMS[1], answers_abroad.JurisdictionsAnswer)):
        told = client.post(DECIDE, json={**sent, "on": ON, "papers": [CIVIL, VAGUE]}).json()
        again = model.model_validate(told).model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert again == told


def test_errors_of_the_rows_are_reported_at_once(client: TestClient) -> None:
    told = client.post(DECIDE, json={"facts": FACTS, "on": ON, "papers": [{"lot": "L-1"}, {"kind": "letters"}]})
    assert told.status_code == 422
    assert {fault["where"] for fault in told.json()["faults"]} == {"papers, document 1", "papers, document 2"}
