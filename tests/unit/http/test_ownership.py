"""Ownership over HTTP gives what the command line gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.cli.app import main

ROWS = "owner,owned,percent,list\nWeiren,Astra,60,control_list\nAstra,Bora,55,\n"
CASES = """cases:
- {id: a, on: '2025-10-20', target: B1, entities: {A1: {listed: [{list: control_list}]}}, edges: [{owner: A1, owned: B1, share: '0.5'}]}
- {id: b, on: '2025-10-20', target: B1, edges: [{owner: A1, owned: B1, share: '5'}]}
"""


def test_a_graph_is_answered_as_on_the_command_line(
    client: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stakes.csv"
    path.write_text(ROWS, encoding="utf-8")
    assert main(["ownership", str(path), "--target", "bora", "--on", "2025-10-20", "--format", "json"]) == 0
    by_command = json.loads(capsys.readouterr().out)
    sent = {"file": {"name": "stakes.csv", "text": ROWS}, "target": "Bora", "on": "2025-10-20"}
    answer = client.post("/api/ownership", json=sent)
    assert answer.status_code == 200
    assert answer.json() == by_command
    cn = by_command["answers"]["cn_61_2025"]
    assert (cn["structure"], cn["status"], [step["owner"] for step in cn["steps"]]) == (
        "caught", "in_force", ["Weiren", "Astra"],
    )  # fmt: skip


def test_cases_are_answered_one_by_one(client: TestClient) -> None:
    answer = client.post("/api/ownership", json={"file": {"name": "cases.yaml", "text": CASES}})
    one, other = answer.json()["cases"]
    assert one["answers"]["cn_61_2025"]["structure"] == "caught"
    assert [fault["code"] for fault in other["faults"]] == ["OWNERSHIP-SHARE"]


def test_faults_are_told_at_once(client: TestClient) -> None:
    rows = "owner,owned,percent\nA1,B1,160\nA1,C1,-5\n"
    answer = client.post("/api/ownership", json={"file": {"name": "stakes.csv", "text": rows}, "on": "2025-10-32"})
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json()["faults"]] == ["OWNERSHIP-SHARE", "OWNERSHIP-SHARE", "DATE"]
    answer = client.post("/api/ownership", json={"file": {"name": "stakes.csv", "text": ROWS}, "target": "Bara"})
    assert {(fault["code"], fault["where"]) for fault in answer.json()["faults"]} == {
        ("OWNERSHIP-TARGET", "target"), ("ARGUMENT", "on"),
    }  # fmt: skip
