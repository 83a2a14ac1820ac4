"""Valid requests: numbers as written, limits of texts and lists."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from coercivity.verbs.serving.models import (
    MOST_FACTS,
    MOST_LIST,
    MOST_TEXT,
    BriefAsked,
    ClausePriceSent,
    DealSent,
    OutlookSent,
    asked_of,
    raw,
    raw_facts,
)


@pytest.mark.parametrize(
    ("sent", "read"),
    [("0.018", "0.018"), (0.018, "0.018"), (1, "1"), (1e-9, "0.000000001"), (True, "true"), (False, "false"),
     (["Nd", "Dy"], ["Nd", "Dy"]), ([0.1, 1], ["0.1", "1"]), ([], [])],
)  # fmt: skip
def test_a_value_is_read_as_a_file_would_hold_it(sent: Any, read: Any) -> None:
    deal = DealSent.model_validate_json(json.dumps({"facts": {"x": sent}}))
    assert raw_facts(deal.facts) == {"x": read}
    again = DealSent.model_validate_json(deal.model_dump_json())
    assert raw(again.facts["x"]) == read


@pytest.mark.parametrize(
    "sent",
    [
        {"facts": {"x": "a" * (MOST_TEXT + 1)}},
        {"facts": {"x": ["a"] * (MOST_LIST + 1)}},
        {"facts": {f"x{n}": "a" for n in range(MOST_FACTS + 1)}},
        {"facts": {"": "a"}},
        {"facts": {"x": None}},
        {"facts": {"x" * 101: "a"}},
        {"id": "x" * 201},
        {"on": "2" * 21},
        {"cells": {"material": 1}},
        {"standing": {"lists": ["x"] * 21}},
        {"other": 1},
    ],
)
def test_what_is_too_much_or_of_another_form_is_refused(sent: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        DealSent.model_validate(sent)


def test_a_question_keeps_its_names_and_leaves_out_what_was_not_said() -> None:
    assert asked_of(OutlookSent.model_validate({"from": "2025-01", "to": "2025-02"})) == {
        **{"scenario": "as-known", "from": "2025-01", "to": "2025-02"}
    }
    without = OutlookSent.model_validate({"from": "2025-01", "to": "2025-02", "desk_without": ["queue"]})
    assert asked_of(without)["desk_without"] == ["queue"]
    clause = {"clause": "a18-1c905", "from": "2025-01", "to": "2025-02", "general_licences": "both"}
    assert asked_of(ClausePriceSent.model_validate(clause)) == {**clause, "scenario": "as-known"}
    assert asked_of(BriefAsked(case="x", on="2026-11-24"))["supply"] is True


@pytest.mark.parametrize("share", ["0.0180", 0.018, "0.018"])
def test_a_share_is_the_same_share_however_it_is_written(
    client: TestClient, d1: dict[str, Any], share: str | float
) -> None:
    whole = client.post("/api/decide", json=d1).json()
    written = {**d1, "facts": {**d1["facts"], "dy_mass_share": share}}
    assert client.post("/api/decide", json=written).json()["proof"]["hash"] == whole["proof"]["hash"]
