"""Ten texts: words, a cell, a file of deals, HTTP, Python and a table give the same facts and the same hash."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.cases.gather import Standing
from coercivity.data.input import Content
from coercivity.http.app import make_api
from coercivity.verbs.api import batch
from coercivity.verbs.deal import deal_file, decide_cells
from coercivity.verbs.decide import decide, decide_file
from coercivity.verbs.serving.places import Places
from coercivity.verbs.texts.decide import decide_text
from coercivity.verbs.texts.explain import explain

ON, ROUTE = "2025-10-15", {"from": "China", "to": "Deutschland"}
TEXTS = (
    "sintered NdFeB magnets with 2 % dysprosium",
    "Dysprosium oxide 99.9 %",
    "烧结钕铁硼磁体，含镝",
    "Samarium-Kobalt-Magnete, gesintert",
    "terbium metal, 20 kg",
    "strip casting furnace",
    "Kupferwalze für eine Bandgießanlage",
    "commissioning of a magnet sintering line",
    "process parameters for grain boundary diffusion",
    "ferrite magnets for loudspeakers",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_api(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.mark.parametrize("text", TEXTS)
def test_every_door_gives_the_same_facts_and_hash(client: TestClient, text: str) -> None:
    answer = decide_text(text, on=ON, cells=ROUTE)
    assert len(answer.parts) == 1
    part = answer.parts[0]
    facts, expected = part.facts, part.answer.proof["hash"]
    assert set(facts) > {"from", "to"}, "something was read"

    cell = decide_cells({**ROUTE, "material": text}, on=ON)
    assert (cell.facts, cell.answer.proof["hash"]) == (facts, expected)

    python = decide(text=text, on=ON, facts=ROUTE).parts[0]
    assert (python.facts, python.answer.proof["hash"]) == (facts, expected)

    file = Content.of("deals.yaml", deal_file(part, ON, standing=Standing()))
    assert decide_file(file)[0].proof["hash"] == expected

    sent = client.post("/api/decide", json={"text": text, "cells": ROUTE, "on": ON}).json()["deals"][0]
    assert (sent["facts_read"], sent["proof"]["hash"]) == (facts, expected)

    row = batch({"id": ["a"], "material": [text], **{name: [place] for name, place in ROUTE.items()}}, on=ON)
    assert row["decision_hash"].to_list() == [expected]


def test_what_is_explained_is_what_is_decided() -> None:
    for text in TEXTS:
        found = explain(text)
        read = found.as_dict()["read"]["deals"][0]["facts"]
        decided = found.answer.parts[0].facts
        assert {name: value for name, value in decided.items() if name in read} == {
            name: str(value).lower() if isinstance(value, bool) else value for name, value in read.items()
        }
