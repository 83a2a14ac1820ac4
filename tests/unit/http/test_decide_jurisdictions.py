"""`decide` over HTTP under several jurisdictions."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from coercivity.http.jurisdictions import answers as answers_abroad
from coercivity.verbs.jurisdictions import answer

DECIDE, ON = "/api/decide", "2026-10-01"
FACTS = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], "from": "CN", "to": "US"}
DEFENCE = {"us_defence_contract": True, "melted_in": ["CN"], "covered_weight_share": 0.3}


def test_each_law_has_its_answer_and_china_the_one_it_has_alone(client: TestClient) -> None:
    alone = client.post(DECIDE, json={"facts": FACTS, "on": ON, "id": "a"}).json()
    told = client.post(
        DECIDE, json={"facts": {**FACTS, **DEFENCE}, "on": ON, "jurisdiction": "CN,US", "id": "a"}
    ).json()
    assert (told["id"], told["outcome"]) == ("a", "STOP")
    found = {one["jurisdiction"]: one["answer"] for one in told["jurisdictions"]}
    assert list(found) == ["US", "CN-foreign-rules", "CN"]
    assert {**found["CN"], "id": "a"} == alone
    assert client.post(DECIDE, json={"facts": FACTS, "on": ON, "id": "a", "jurisdiction": "CN"}).json() == alone


@pytest.mark.parametrize(
    ("sent", "model"),
    [
        ({"facts": {**FACTS, **DEFENCE}}, answers_abroad.JurisdictionsAnswer),
        ({"cells": {"material": "SmCo magnets", "from": "China", "to": "US"}}, answers_abroad.JurisdictionsAnswer),
        ({"text": "NdFeB magnets, Ningbo to Texas", "facts": DEFENCE}, answers_abroad.TextJurisdictions),
    ],
)
@pytest.mark.parametrize("on", [None, ON, "2027-03-01"])
def test_every_answer_is_as_described(
    client: TestClient, sent: dict[str, Any], model: type[BaseModel], on: str | None
) -> None:
    told = client.post(DECIDE, json={**sent, "on": on, "jurisdiction": "CN,US,EU"}).json()
    again = model.model_validate(told).model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert again == told


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (answers_abroad.JurisdictionsAnswer, answer.DealData),
        (answers_abroad.JurisdictionAnswer, answer.SideData),
        (answers_abroad.ScenarioTold, answer.WayData),
        (answers_abroad.ConflictTold, answer.ConflictData),
    ],
)
def test_the_models_have_the_fields_of_the_data(model: type[BaseModel], data: Any) -> None:
    assert set(model.model_fields) == set(data.__annotations__)


def test_facts_follow_from_the_steps_of_the_chain(client: TestClient) -> None:
    """Melted in China by the maker's declaration; without another jurisdiction the steps would have no effect."""
    row = {
        "step": "alloy_melted",
        "country": "CN",
        "share": 1,
        "by": "maker",
        "evidence": "declared",
        "on": "2026-03-01",
    }
    sent = {"facts": {"magnet_type": ["NdFeB"], "us_defence_contract": True}, "on": ON, "steps": [row]}
    told = client.post(DECIDE, json={**sent, "jurisdiction": "US"}).json()
    assert told["outcome"] == "STOP"
    facts = {fact["fact"]: fact["said_by"] for fact in told["jurisdictions"][0]["answer"]["proof"]["facts"]}
    assert facts["melted_in"] == "steps: maker (declared, 2026-03-01)"
    assert client.post(DECIDE, json=sent).json()["code"] == "ARGUMENT"
    wrong = client.post(DECIDE, json={**sent, "jurisdiction": "US", "steps": [{**row, "share": 1.5, "step": "melted"}]})
    assert [fault["code"] for fault in wrong.json()["faults"]] == ["STEP-FORM", "STEP-SHARE"]


def test_errors_are_reported_at_once(client: TestClient) -> None:
    sent = {"facts": {"form": "magnett", "melted_in": ["ZZ"]}, "on": ON, "jurisdiction": "CN,USA", "assume": "=x"}
    answered = client.post(DECIDE, json=sent)
    assert answered.status_code == 422
    assert [fault["code"] for fault in answered.json()["faults"]] == [
        "JURISDICTION",
        "SCENARIO",
        "FACT-VALUE",
        "FACT-VALUE",
    ]
