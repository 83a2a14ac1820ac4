"""`POST /api/decide` with words, and the models that describe every answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from coercivity.cases.files import packed_standing
from coercivity.http import answers
from coercivity.http.answers import DealAnswer, TextAnswer
from coercivity.law.explain.proof_parts import BranchShown, FactShown, ListsShown, Proof, StepShown
from coercivity.law.rules.shown import EventShown, StatusShown
from coercivity.papers.deal import report_data, text_read
from coercivity.verbs.texts.decide import TextData, decide_text

ON, ROUTE = "2025-10-15", {"from": "CN", "to": "DE"}
DECIDE = "/api/decide"
SEVERAL = "one sintering furnace, the drawings for it, commissioning by our fitter"


def test_a_text_has_the_answer_of_the_other_doors(client: TestClient) -> None:
    text = "NdFeB magnets with 2 % dysprosium"
    told = client.post(DECIDE, json={"text": text, "cells": ROUTE, "on": ON, "id": "mail 7"}).json()
    answer = decide_text(text, on=ON, cells=ROUTE)
    assert told == json.loads(json.dumps(answer.as_dict("mail 7")))
    assert (told["id"], told["outcome"], len(told["deals"])) == ("mail 7", "LICENCE", 1)
    cells = client.post(DECIDE, json={"cells": {**ROUTE, "material": text}, "on": ON}).json()
    assert told["deals"][0]["proof"]["hash"] == cells["proof"]["hash"]


def test_several_deals_are_answered_each(client: TestClient) -> None:
    told = client.post(DECIDE, json={"text": SEVERAL, "cells": ROUTE, "on": ON}).json()
    assert len(told["deals"]) == len(told["read"]["deals"]) > 1
    assert told["outcome"] in {deal["outcome"] for deal in told["deals"]}
    lines = client.post(f"{DECIDE}/lines", content=json.dumps({"text": SEVERAL, "cells": ROUTE, "on": ON}).encode())
    assert json.loads(lines.text) == told


def test_bad_texts_are_told(client: TestClient) -> None:
    for text, code in (("magnet " * 15_000, "TEXT-LENGTH"), ("\u202e", "TEXT-EMPTY"), ("=1+1", "FORMULA-CELL")):
        answer = client.post(DECIDE, json={"text": text, "on": ON})
        assert (answer.status_code, answer.json()["faults"][0]["code"]) == (422, code)
    both = client.post(DECIDE, json={"text": "magnets", "cells": {"material": "oxide"}, "on": ON})
    assert both.json()["faults"][0]["code"] == "ARGUMENT"


def _fields(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (DealAnswer, report_data.AnswerData),
        (answers.WhyUnknownTold, report_data.WhyUnknown),
        (answers.WayOutTold, report_data.WayOut),
        (answers.ReasonTold, report_data.OpenReason),
        (answers.QuestionTold, report_data.AskedData),
        (answers.FieldTold, report_data.FieldData),
        (answers.ChoiceTold, report_data.ChoiceData),
        (answers.DisagreementTold, report_data.DisagreementData),
        (answers.ProofTold, Proof),
        (answers.StepTold, StepShown),
        (answers.BranchTold, BranchShown),
        (answers.FactTold, FactShown),
        (answers.ListsTold, ListsShown),
        (answers.StatusTold, StatusShown),
        (answers.EventTold, EventShown),
        (TextAnswer, TextData),
        (answers.TextReadTold, text_read.ReadData),
        (answers.DealRead, text_read.DealData),
        (answers.StatementTold, text_read.StatementData),
        (answers.WordsTold, text_read.SpanData),
        (answers.EvidenceTold, text_read.EvidenceData),
    ],
)
def test_the_models_have_the_fields_of_the_data(model: type[BaseModel], data: Any) -> None:
    """A field that is added to an answer is added to its description."""
    spoken = {"notes", "facts_read"} if model is DealAnswer else set()
    assert _fields(model) - spoken == set(data.__annotations__)


DEALS: list[dict[str, Any]] = [
    {"facts": {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], **ROUTE}},
    {"facts": {"form": "magnet"}},
    {"cells": {"material": "dysprosium oxide", "end_user": "Lafert Spa", **ROUTE}},
    {"text": SEVERAL, "cells": ROUTE},
    {"text": "blurp"},
]


@pytest.mark.parametrize("deal", DEALS)
@pytest.mark.parametrize("on", [None, "2025-10-15", "2025-11-10", "2026-11-10", "2027-03-01"])
def test_every_answer_is_as_described(client: TestClient, deal: dict[str, Any], on: str | None) -> None:
    """The models take an answer and give it back."""
    block = packed_standing()
    for standing in ({}, {"said_by": block.said_by, "said_on": block.said_on, "facts": dict(block.facts)}):
        told = client.post(DECIDE, json={**deal, "on": on, "standing": standing}).json()
        model = TextAnswer if "text" in deal else DealAnswer
        again = model.model_validate(told).model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert again == told


def test_the_description_names_the_fields(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    schema = described["paths"][DECIDE]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert {part["$ref"].rsplit("/", 1)[1] for part in schema["anyOf"]} == {
        "DealAnswer",
        "TextAnswer",
        "JurisdictionsAnswer",
        "TextJurisdictions",
    }
    assert "hash" in described["components"]["schemas"]["ProofTold"]["properties"]
    assert "20,000" in described["components"]["schemas"]["DealSent"]["properties"]["text"]["description"]
