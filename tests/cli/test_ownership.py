"""`coercivity ownership`: a graph in words, a file of cases in lines, and the file as FollowTheMoney."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main

ROWS = "owner,owned,percent,list\nWeiren,Astra,60,control_list\nAstra,Bora,55,\nFounders,Cedar,60,\nWeiren,Cedar,40,\n"


@pytest.fixture
def stakes(tmp_path: Path) -> str:
    path = tmp_path / "stakes.csv"
    path.write_text(ROWS, encoding="utf-8")
    return str(path)


def test_a_chain_is_drawn_step_by_step(stakes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ownership", stakes, "--target", "Bora", "--on", "2025-10-20"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "    Astra holds 55 % of Bora; 50 % or more counts" in told
    first = next(n for n, line in enumerate(told) if line.startswith("      Weiren ["))
    assert told[first].endswith("-- 60 % -> Astra")
    assert told[first + 1] == "      Astra -- 55 % -> Bora"


def test_a_near_miss_and_what_a_gap_could_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stakes.csv"
    path.write_text("owner,owned,percent,list\nWeiren,Astra,40,control_list\n", encoding="utf-8")
    assert main(["ownership", str(path), "--target", "Astra", "--on", "2025-10-20"]) == 0
    told = capsys.readouterr().out
    assert "near miss" in told
    assert (
        "if a listed party may hold the shares without a stated owner: unknown; state who holds 60 % of Astra" in told
    )
    assert main(["ownership", str(path), "--target", "Astra", "--on", "2025-10-20", "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "接近标准" in told
    assert "near miss" not in told


def test_cases_in_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.yaml"
    graph = "edges: [{owner: A1, owned: B1, share: '%s'}]}\n"
    text = "cases:\n" + "".join(
        f"- {{id: {name}, on: '2025-10-20', target: B1, " + graph % share for name, share in (("a", "0.5"), ("b", "5"))
    )
    path.write_text(text, encoding="utf-8")
    assert main(["ownership", str(path), "--format", "jsonl"]) == 2
    one, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert (one["id"], one["near_miss"]) == ("a", False)
    assert {regime: answer["structure"] for regime, answer in one["answers"].items()} == {
        "cn_61_2025": "not_caught", "us_affiliates_rule": "not_caught", "cn_named_only": "not_caught",
    }  # fmt: skip
    assert [fault["code"] for fault in other["faults"]] == ["OWNERSHIP-SHARE"]
    assert main(["ownership", str(path), "--target", "B1"]) == 2


def test_the_file_as_followthemoney(stakes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ownership", stakes, "--format", "ftm"]) == 0
    schemas = [json.loads(line)["schema"] for line in capsys.readouterr().out.splitlines()]
    assert (schemas.count("LegalEntity"), schemas.count("Ownership")) == (5, 4)


def test_a_target_that_is_not_there(stakes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ownership", stakes, "--target", "Bara", "--on", "2025-02-30"]) == 2
    told = capsys.readouterr().err
    assert "--target: OWNERSHIP-TARGET" in told
    assert "--on: DATE" in told
    assert "Bora" in told
