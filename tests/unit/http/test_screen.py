"""Screening over HTTP: the rows of the command line, tables as jobs, judgements, and the files of the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.cli.app import main
from coercivity.http.app import make_api
from coercivity.http.parties.screen import MOST_PARTIES
from coercivity.verbs.cases import packed_standing_block
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.served import PartyPaths
from tests.unit.http.conftest import BASE

LISTED, TYPED, FREE = "Lockheed Martin Corp.", "Lokheed Martin Corp.", "Muster Magnettechnik GmbH"
OWN = "# as of: 2026-11-01\nid,name,country\ne-1,Example Magnet Works Ltd,GB\n"
SIGNED = {"by": "export desk", "why": "another register number"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server that was started with a list and a file of judgements."""
    own = tmp_path / "own.csv"
    own.write_text(OWN, encoding="utf-8")
    parties = PartyPaths(lists=(own,), judgements=tmp_path / "judgements.jsonl")
    with TestClient(make_api(Places(tmp_path / "state", parties=parties)), base_url=BASE) as client:
        yield client


def screened(client: TestClient, *parties: Any, **more: Any) -> dict[str, Any]:
    answer = client.post("/api/screen", json={"parties": parties, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_rows_are_those_of_the_command_line(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    """With errors of rows, placeholders and ids."""
    found = screened(client, LISTED, TYPED, FREE, "tbc", "", "x" * 5_000)
    main(["screen", LISTED, TYPED, FREE, "tbc", "", "x" * 5_000, "--format", "jsonl"])
    assert found["rows"] == [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found["counts"] == {"match": 1, "possible": 2, "error": 2, "none": 1}
    assert [one["list"] for one in found["lists"]]


def test_parties_have_fields_and_roles(client: TestClient) -> None:
    """An unknown country is an error of its row, an unknown field of the request."""
    party = {"name": TYPED, "id": "v-7", "role": "end_user", "country": "US", "address": "1 Example Road"}
    found = screened(client, party, {"name": FREE, "country": "Germanyy"})
    assert [(row["id"], row["role"], row["verdict"]) for row in found["rows"]] == [
        ("v-7", "end_user", "possible"), ("2", "", "error"),
    ]  # fmt: skip
    for bad in (
        [{"name": FREE, "adress": "x"}],
        [{"name": FREE, "role": "forwarder"}],
        [],
        [FREE] * (MOST_PARTIES + 1),
    ):
        answer = client.post("/api/screen", json={"parties": bad})
        assert (answer.status_code, answer.json()["code"]) == (422, "HTTP-FORM")


def test_a_request_brings_a_list_and_judgements_of_its_own(client: TestClient, tmp_path: Path) -> None:
    """They count for this request only, here and in a decision."""
    own = {"lists": [{"name": "own.csv", "text": OWN}]}
    found = screened(client, "Exampel Magnet Works Ltd", **own)
    assert [one["list"] for one in found["lists"]][-1] == "own"
    assert found["rows"][0]["party_id"] == ["e-1"]
    assert screened(client, "Exampel Magnet Works Ltd")["rows"][0]["verdict"] == "none"
    broken = client.post("/api/screen", json={"parties": [FREE], "lists": [{"name": "own.csv", "text": "x\n1\n"}]})
    assert (broken.status_code, broken.json()["code"]) == (422, "LIST-COLUMN")
    for address, body in (
        ("/api/decide", {"facts": {"act": "goods"}, "on": "2026-03-02"}),
        ("/api/replay", {"deals": "id,material,from,to\na,magnet,CN,DE\n", "on": ["2026-03-02"]}),
        ("/api/survive", {"case": "ev-motor", "on": "2026-03-02"}),
    ):
        answer = client.post(address, json={**body, "judgements": "no json"})
        assert (answer.status_code, answer.json()["code"]) == (422, "JUDGE-LINE"), address


def test_a_table_is_a_job_with_files(served: TestClient) -> None:
    """Its result has the counts and the pairs; its files have every row, with the list of the server."""
    table = f"no,supplier\n1,{LISTED}\n2,Exampel Magnet Works Ltd\n3,\n".encode()
    upload = served.post("/api/uploads", files={"file": ("suppliers.csv", table)}).json()["id"]
    answer = served.post("/api/screen/table", json={"upload": upload})
    assert answer.status_code == 202
    job = answer.json()["id"]
    assert served.get(f"/api/jobs/{job}/events").status_code == 200
    result = served.get(f"/api/jobs/{job}/result").json()
    assert result["counts"] == {"match": 1, "possible": 1, "error": 1, "none": 0}
    assert result["source"] == "suppliers.csv"
    lines = served.get(f"/api/jobs/{job}/files/screening.jsonl").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["1", "2", "3"]
    assert served.get(f"/api/jobs/{job}/files/screening.csv").status_code == 200
    missing = served.post("/api/screen/table", json={"upload": "0" * 32})
    assert (missing.status_code, missing.json()["code"]) == (422, "UPLOAD-UNKNOWN")


def test_a_table_without_names_fails_with_its_reason(client: TestClient, tmp_path: Path) -> None:
    """The reason names the file as it was sent, and no folder of the server."""
    upload = client.post("/api/uploads", files={"file": ("a.csv", b"key,amount\n1,2\n")}).json()["id"]
    job = client.post("/api/screen/table", json={"upload": upload}).json()["id"]
    client.get(f"/api/jobs/{job}/events")
    answer = client.get(f"/api/jobs/{job}/result")
    assert (answer.status_code, answer.json()["code"]) == (422, "SCREEN-COLUMN")
    assert str(tmp_path) not in answer.text
    named = client.post("/api/screen/table", json={"upload": upload, "columns": {"key": "name"}})
    assert named.status_code == 202


def test_a_judgement_is_recorded_and_holds_for_the_next_request(served: TestClient) -> None:
    """In screening, in the job of the same table, and with its history."""
    name = "Exampel Magnet Works Ltd"
    table = f"no,supplier\n1,{name}\n".encode()
    upload = served.post("/api/uploads", files={"file": ("suppliers.csv", table)}).json()["id"]
    before = served.post("/api/screen/table", json={"upload": upload}).json()["id"]
    (pair,) = [one["pair"] for one in screened(served, name)["pairs"]]
    said = {"parties": [name], "pairs": [pair], "says": "different", **SIGNED}
    done = served.post("/api/screen/judgements", json=said)
    assert (done.status_code, done.json()["rows"]) == (200, 1)
    found = screened(served, name)
    assert (found["rows"][0]["verdict"], found["pairs"][0]["state"]) == ("none", "judged")
    assert served.post("/api/screen/table", json={"upload": upload}).json()["id"] != before
    (history,) = served.get("/api/screen/judgements", params={"pair": pair}).json()
    assert [one["says"] for one in history["judgements"]] == ["different"]
    undone = served.post("/api/screen/judgements", json={**said, "says": "withdrawn"})
    assert undone.status_code == 200
    assert screened(served, name)["rows"][0]["verdict"] == "possible"
    wrong = served.post("/api/screen/judgements", json={**said, "pairs": ["abc"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "JUDGE-PAIR")


def test_a_deal_is_held_by_the_list_of_the_server_until_somebody_decides(
    served: TestClient, client: TestClient
) -> None:
    """The answer kept for the same deal is not that of before the judgement; another server does not know the list."""
    name = "Exampel Magnet Works Ltd"
    facts = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}
    block = {"said_by": "export desk", "said_on": "2026-03-02", "lists": ["countermeasures"], "version": "2026-03-02"}
    deal = {
        "on": "2026-03-02",
        "facts": {**facts, "consignee": FREE, "end_user": name},
        "standing": {**block, "facts": packed_standing_block()["facts"]},
    }
    assert served.post("/api/decide", json=deal).json()["outcome"] == "UNKNOWN"
    assert client.post("/api/decide", json=deal).json()["outcome"] == "PROCEED"
    sent = {"lists": [{"name": "own.csv", "text": OWN}]}
    assert client.post("/api/decide", json={**deal, **sent}).json()["outcome"] == "UNKNOWN"
    pair = screened(served, name)["pairs"][0]["pair"]
    said = {"parties": [name], "pairs": [pair], "says": "different", **SIGNED}
    assert served.post("/api/screen/judgements", json=said).status_code == 200
    assert served.post("/api/decide", json=deal).json()["outcome"] == "PROCEED"


def test_a_server_without_a_file_of_judgements_keeps_none(client: TestClient) -> None:
    """Neither to write nor to read; a server with one lets no request replace it."""
    said = {"parties": [TYPED], "pairs": ["abc"], "says": "same", **SIGNED}
    for answer in (client.post("/api/screen/judgements", json=said), client.get("/api/screen/judgements")):
        assert (answer.status_code, answer.json()["code"]) == (422, "JUDGE-FILE")


def test_no_request_replaces_the_judgements_of_the_server(served: TestClient) -> None:
    """Its own judgements would clear names for others."""
    answer = served.post("/api/screen", json={"parties": [TYPED], "judgements": "{}"})
    assert (answer.status_code, answer.json()["code"]) == (422, "ARGUMENT")


def test_a_word_that_is_no_judgement_gets_the_nearest_ones(served: TestClient) -> None:
    [row] = screened(served, TYPED)["rows"]
    said = {"parties": [TYPED], "pairs": [row["findings"][0]["pair"]], "says": "diferent", **SIGNED}
    answer = served.post("/api/screen/judgements", json=said)
    assert answer.status_code == 422
    [fault] = answer.json()["faults"]
    assert (fault["code"], fault["nearest"]) == ("JUDGE-SAYS", ["different"])
    assert served.get("/api/screen/judgements").json() == []
