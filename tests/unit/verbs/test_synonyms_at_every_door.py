"""A deal in the words of the catalogue has the facts and the hash of the same deal in its own values, at every door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.cases.transactions import read_transactions
from coercivity.cli.app import main
from coercivity.data.input import Content
from coercivity.http.app import make_api
from coercivity.law.engine.decide import decide as decide_deal
from coercivity.law.explain.proof import proof
from coercivity.verbs.api import batch
from coercivity.verbs.deal import decide_cells
from coercivity.verbs.decide import decide, decide_file, facts_from_pairs
from coercivity.verbs.serving.places import Places
from tests.support import BOOK

ON = "2025-08-15"
PLAIN: dict[str, Any] = {
    "act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], "from": "CN", "to": "DE",
    "dy_mass_share": "0.02", "military_use": "false",
}  # fmt: skip
SPOKEN: dict[str, Any] = {
    "type of transfer": "export", "Material Form": "sintered magnet", "magnet_type": ["NdFeB"], "元素": ["neodymium", "镝"],
    "from": "China", "destination": "Deutschland", "Dy mass fraction": "2 %", "military use": "nein",
}  # fmt: skip


def _hash(facts: dict[str, Any]) -> str:
    return str(decide(facts, on=ON).proof["hash"])


EXPECTED = _hash(PLAIN)


def _pairs(facts: dict[str, Any]) -> list[str]:
    return [f"{name}={';'.join(value) if isinstance(value, list) else value}" for name, value in facts.items()]


def _yaml(facts: dict[str, Any]) -> Content:
    return Content.of("deals.yaml", f"deals: [{{id: a, facts: {json.dumps(facts, ensure_ascii=False)}}}]")


def test_python() -> None:
    assert _hash(SPOKEN) == EXPECTED


def test_a_file_of_deals() -> None:
    assert decide_file(_yaml(SPOKEN), on=ON)[0].proof["hash"] == EXPECTED


def test_pairs_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = _pairs(SPOKEN)
    assert _hash(facts_from_pairs(pairs)) == EXPECTED
    code = main(["decide", *(part for pair in pairs for part in ("--fact", pair)), "--on", ON, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (code, told[0]["proof"]["hash"]) == (10, EXPECTED)


def test_http(tmp_path: Path) -> None:
    with TestClient(make_api(Places(tmp_path)), base_url="http://127.0.0.1:8765") as client:
        told = client.post("/api/decide", json={"facts": SPOKEN, "on": ON}).json()
        entered = client.post("/api/decide", json={"cells": {**_cells(SPOKEN), "destination": "德国"}, "on": ON}).json()
    assert told["proof"]["hash"] == entered["proof"]["hash"] == EXPECTED


def _cells(facts: dict[str, Any]) -> dict[str, str]:
    return {name: ", ".join(value) if isinstance(value, list) else value for name, value in facts.items()}


def test_cells() -> None:
    assert decide_cells(_cells(SPOKEN), on=ON).answer.proof["hash"] == EXPECTED
    assert decide_cells({}, facts=SPOKEN, on=ON).answer.proof["hash"] == EXPECTED


def test_a_table_of_transactions() -> None:
    header = ",".join(["id", *SPOKEN])
    row = ",".join(["a", *(";".join(v) if isinstance(v, list) else v for v in SPOKEN.values())])
    found = read_transactions(BOOK, Content.of("transactions.csv", f"{header}\n{row}\n"))[0]
    decision = decide_deal(BOOK, found.deal, Day.fromisoformat(ON))
    assert proof(BOOK, decision)["hash"] == EXPECTED


def test_a_batch() -> None:
    frame = batch({"id": ["a"], **{name: [text] for name, text in _cells(SPOKEN).items()}}, on=ON)
    assert frame["decision_hash"].to_list() == [EXPECTED]


def test_declarations_and_constants() -> None:
    """A declaration under another name is overridden by the fact of the deal, and closes what it answers."""
    block = {"military end use": "no", "notice": "否"}
    plain = {"military_use": "false", "notice": "false"}
    assert decide(PLAIN, on=ON, standing=block).proof["hash"] == decide(PLAIN, on=ON, standing=plain).proof["hash"]
    rows = {"id": ["a"], "material": ["NdFeB magnets"], "from": ["CN"], "to": ["DE"]}
    found = [batch(rows, on=ON, standing=said)["decision_hash"].to_list() for said in (block, plain)]
    assert found[0] == found[1]
    text = "standing: {facts: {military_use: 'false'}}\ndeals: [{id: a, standing: {facts: {military end use: ja}}}]"
    case = decide_file(Content.of("deals.yaml", text), on=ON)[0]
    assert case.decision is not None
    assert case.decision.deal.facts["military_use"] is True


@pytest.mark.parametrize(
    "facts", [{"fromm": "CN"}, {"form": "sintred magnt"}, {"to": "Germny"}, {"elements": ["neodym1um"]}]
)
def test_a_slip_stays_an_error_with_the_nearest(facts: dict[str, Any]) -> None:
    for ask in (lambda: decide(facts, on=ON), lambda: decide_file(_yaml(facts), on=ON)):
        with pytest.raises(CoercivityError) as caught:
            ask()
        assert [fault.code for fault in caught.value.faults] in (["FACT-UNKNOWN"], ["FACT-VALUE"])
        assert caught.value.faults[0].nearest
