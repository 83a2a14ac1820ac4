"""The rules over HTTP: the same as on the command line, by content instead of paths; malicious input is harmless."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.cli.app import main
from coercivity.law.rules.load import law_folder
from tests.places import ROOT
from tests.sampling import sampled

PORTFOLIO = ROOT / "tests" / "journeys" / "portfolio.csv"
DAYS = ["2025-10-20", "2026-03-02", "2026-11-12"]
YAML_TYPE = {"content-type": "application/yaml"}


@pytest.fixture
def standing(tmp_path: Path) -> Path:
    """The standing block of the worked cases, as a user's file."""
    lines = (law_folder() / "standing.yaml").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "standing.yaml"
    path.write_text("standing:\n" + "\n".join(f"  {e}" for e in lines if not e.startswith("#")), encoding="utf-8")
    return path


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


def _deals(**more: Any) -> dict[str, Any]:
    return {"deals": PORTFOLIO.read_text(encoding="utf-8"), "standing": "worked_cases", **more}


def test_the_catalogue_of_facts(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    """All of it, one of it, and the nearest name of one that is not there."""
    names = [fact["name"] for fact in client.get("/api/facts").json()]
    assert {"act", "form", "elements"} <= set(names)
    assert client.get("/api/facts/form").json()["question"]["zh"]
    missing = client.get("/api/facts/frm")
    assert (missing.status_code, missing.json()["code"]) == (404, "FACT-UNKNOWN")
    assert "form" in missing.json()["faults"][0]["nearest"]


def test_rules_as_the_command_line_lists_them(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    """List, status, difference and calendar are the same data."""
    assert client.get("/api/rules").json() == _printed(capsys, "rules", "list")
    status = client.get("/api/rules/status", params={"on": "2026-11-12", "assume": "62=lapsed"}).json()
    assert status == _printed(capsys, "rules", "status", "--on", "2026-11-12", "--assume", "62=lapsed")
    diff = client.get("/api/rules/diff", params={"first": DAYS[1], "second": DAYS[2]}).json()
    assert diff == _printed(capsys, "rules", "diff", DAYS[1], DAYS[2])
    calendar = client.get("/api/rules/calendar", params={"on": "2026-10-05"}).json()
    assert calendar[0]["days_left"] == 37
    for entry in calendar:
        del entry["days_left"]
    assert calendar == _printed(capsys, "rules", "calendar", "--on", "2026-10-05")


@pytest.mark.parametrize("name", ["mofcom-2025-61", "2025/61", "61/2025"])
def test_an_instrument_by_id_and_by_number(client: TestClient, name: str) -> None:
    """With a day also the state of each provision on it."""
    found = client.get(f"/api/rules/show/{name}", params={"on": "2026-03-02"}).json()
    assert found["id"] == "mofcom-2025-61"
    states = {row["id"]: row["state"] for row in found["provisions"]}
    assert (states["a61-1-3"]["status"], states["a61-1-3"]["until"]) == ("suspended", "2026-11-10")
    assert found["reading_text"].startswith("## How we read it")
    assert "state" not in client.get(f"/api/rules/show/{name}").json()["provisions"][0]


def test_a_provision_alone(client: TestClient) -> None:
    """Its instrument with this provision only; both languages."""
    found = client.get("/api/rules/show/a61-1-2").json()
    assert [row["id"] for row in found["provisions"]] == ["a61-1-2"]
    assert "技术" in found["provisions"][0]["gist"]["zh"]
    missing = client.get("/api/rules/show/a61-1-9")
    assert (missing.status_code, missing.json()["code"]) == (404, "INSTRUMENT")


def test_the_calendar_for_a_diary(client: TestClient, tmp_path: Path) -> None:
    """The bytes that `rules calendar --ics` writes."""
    answer = client.get("/api/rules/calendar", params={"on": "2026-10-05", "format": "ics"})
    assert answer.headers["content-type"].startswith("text/calendar")
    path = tmp_path / "watch.ics"
    assert main(["rules", "calendar", "--on", "2026-10-05", "--ics", str(path)]) == 0
    assert answer.content == path.read_bytes()


def test_replay_gives_the_answers_and_hashes_of_the_command_line(
    client: TestClient, standing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Eight deals on three days."""
    answer = client.post("/api/replay", json=_deals(on=DAYS))
    days = [part for day in DAYS for part in ("--on", day)]
    assert answer.json() == _printed(capsys, "replay", str(PORTFOLIO), "--standing", str(standing), *days)


def test_old_answers_keep_their_hash(client: TestClient) -> None:
    """The proofs of an answer, sent back, are answered again beside the old ones."""
    before = client.post("/api/replay", json=_deals(on=DAYS[1:2])).json()
    again = client.post("/api/replay", json={"deals": json.dumps(before), "form": "json"}).json()
    assert [row["was"]["proof"]["hash"] for row in again] == [row["proof"]["hash"] for row in before]
    assert not any(row["changed"] for row in again)


def test_two_days_compared_with_deals(client: TestClient, standing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `rules diff --deals` prints as JSON."""
    answer = client.post("/api/rules/diff", json=_deals(first=DAYS[1], second=DAYS[2])).json()
    assert answer == _printed(
        capsys, "rules", "diff", DAYS[1], DAYS[2], "--deals", str(PORTFOLIO), "--standing", str(standing)
    )
    assert [row["id"] for row in answer["deals"]] == ["r3", "r4", "r5", "r6", "r7", "r8"]


def test_a_standing_block_of_ones_own(client: TestClient) -> None:
    """Answers that hold for every row; a list that does not exist is a fault, told without a place of this machine."""
    held = {"said_by": "officer", "facts": {"military_use": False}, "lists": ["nope"]}
    answer = client.post("/api/replay", json=_deals(on=DAYS[:1], standing=held))
    assert (answer.status_code, answer.json()["code"]) == (422, "LIST-UNKNOWN")
    assert "/tmp" not in answer.text
    said = {**held, "lists": ["control_list"]}
    row = client.post("/api/replay", json=_deals(on=DAYS[:1], standing=said)).json()[0]
    said_by = {fact["fact"]: fact["said_by"] for fact in row["proof"]["facts"]}
    assert said_by["military_use"] == "standing: officer"
    assert list(row["proof"]["lists"]["searched"]) == ["control_list"]


def test_more_answers_than_are_given_at_once(client: TestClient) -> None:
    """Rows times days are bounded, and the way out is named."""
    head, first, *_ = PORTFOLIO.read_text(encoding="utf-8").splitlines()
    rows = [first.replace("r1", f"q{rank}", 1) for rank in range(300)]
    table = "\n".join([head, *rows])
    answer = client.post("/api/replay", json={"deals": table, "on": DAYS})
    assert (answer.status_code, answer.json()["code"]) == (422, "REPLAY-SIZE")
    assert "900 results" in answer.json()["detail"]


def test_a_table_that_is_too_large_is_not_read(client: TestClient) -> None:
    """Ninety thousand rows of which nothing is right are refused by their size, not one by one."""
    table = "id,act,form\n" + "".join(f"{rank},x,y\n" for rank in range(90_000))
    for address, days in (("replay", {"on": DAYS[:1]}), ("rules/diff", {"first": DAYS[0], "second": DAYS[1]})):
        answer = client.post(f"/api/{address}", json={"deals": table, **days})
        assert [fault["code"] for fault in answer.json()["faults"]] == ["REPLAY-SIZE"]


def test_proofs_stand_and_a_changed_one_does_not(client: TestClient) -> None:
    """By hash, what does not hold."""
    rows = client.post("/api/replay", json=_deals(on=DAYS[:1])).json()
    good = client.post("/api/proof/verify", json=rows).json()
    assert good["stands"] is True
    assert [entry["hash"] for entry in good["proofs"]] == [row["proof"]["hash"] for row in rows]
    rows[0]["proof"]["outcome"] = "PROCEED"
    bad = client.post("/api/proof/verify", json=rows).json()
    assert (bad["stands"], [entry["stands"] for entry in bad["proofs"]].count(False)) == (False, 1)
    assert bad["proofs"][0]["faults"]


def test_no_form_of_proof_breaks_the_check(client: TestClient) -> None:
    """Every part replaced by something else: an answer or a problem, never a failure."""
    proof = client.post("/api/replay", json=_deals(on=DAYS[2:])).json()[7]["proof"]
    values: list[Any] = [None, 1, [], {}, "x", [[]], {"a": 1}, 1e300]
    for key, value in sampled([(key, value) for key in proof for value in values]):
        changed = {**copy.deepcopy(proof), key: value}
        answer = client.post("/api/proof/verify", json=changed)
        assert answer.status_code in (200, 422), (key, value)
        if answer.status_code == 200:
            assert answer.json()["stands"] is (changed == proof), (key, value)
        again = client.post("/api/replay", json={"deals": json.dumps(changed), "form": "json"})
        assert again.status_code in (200, 422), (key, value)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[" * 100_000, "JSON"),
        (b"[1]", "PROOF-NONE"),
        (b"{}", "PROOF-NONE"),
        (b"", "FILE-EMPTY"),
        (b"\xff\xfe{}", "FILE-ENCODING"),
        (b'{"schema": "coercivity/proof/2"}', "PROOF-FORM"),
    ],
)
def test_what_is_no_proof(client: TestClient, content: bytes, code: str) -> None:
    """Each is told, without a place of this machine."""
    answer = client.post("/api/proof/verify", content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "/tmp" not in answer.text


def test_the_packed_cases_agree(client: TestClient) -> None:
    """All of them, each with its day and title."""
    found = client.get("/api/cases").json()
    assert (found["differ"], found["agree"]) == (0, found["total"])
    assert found["total"] == len(found["rows"]) > 1000
    assert {"id", "on", "title", "outcome", "agree"} <= set(found["rows"][0])


def test_cases_of_ones_own(client: TestClient) -> None:
    """A case that expects another outcome differs, and what differs is told."""
    text = (
        "standing: worked_cases\ncases:\n- id: mine\n  on: '2025-08-15'\n  facts: {act: goods, form: magnet,"
        " magnet_type: [NdFeB], elements: [Nd, Dy], from: CN, to: DE}\n  expected: {outcome: PROCEED}\n"
    )
    found = client.post("/api/cases/run", content=text, headers=YAML_TYPE).json()
    assert (found["total"], found["differ"]) == (1, 1)
    assert "outcome LICENCE, expected PROCEED" in found["rows"][0]["differences"]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"a: &x [1]\nb: *x", 422, "YAML-ANCHOR"),
        (b"[" * 5_000, 422, "YAML-SYNTAX"),
        (b"\xff\xfe", 422, "FILE-ENCODING"),
        (b"", 422, "FILE-EMPTY"),
        (b"cases: []", 422, "CASE-FORM"),
        (b"x" * (2**20 + 1), 413, "HTTP-SIZE"),
    ],
)
def test_hostile_cases(client: TestClient, content: bytes, status: int, code: str) -> None:
    """Each is told, without a place of this machine."""
    answer = client.post("/api/cases/run", content=content, headers=YAML_TYPE)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "/tmp" not in answer.text


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/api/rules/status", "on"),
        ("/api/rules/diff?first=2026-03-02", "second"),
        ("/api/rules/calendar?on=" + "1" * 40, "on"),
    ],
)
def test_what_an_address_lacks(client: TestClient, address: str, where: str) -> None:
    """A missing or endless part is named."""
    answer = client.get(address)
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"].endswith(where)
