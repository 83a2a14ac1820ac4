"""`fund` and `fund template` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

EXAMPLE = str(ROOT / "examples" / "ministry" / "fund")


def test_the_summary_says_what_to_fund(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fund", EXAMPLE, "--budget", "150"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for part in (
        "Fund F1 (price floor), F4 (price floor), F5 (stockpile). Budget: USD 150 million.",
        "Mean value USD 192.3 million for a mean public cost of USD 66.9 million.",
        "would add up to USD 211.3 million; together they are worth USD 19 million less",
        "The next best set, F1 + F3 + F5, is worth 4.36 % less.",
        "On path extension alone F2 + F4 + F5 would be best, by USD 5.9 million.",
        "Were controlled technology never refused, F1 + F3 + F5 would be best, worth USD 212.6 million.",
    ):
        assert part in shown


def test_json_and_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fund", EXAMPLE, "--budget", "150", "--budget", "200", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert [row["projects"] for row in body["budgets"]] == [["F1", "F4", "F5"], ["F1", "F2", "F4", "F5"]]
    assert main(["fund", EXAMPLE, "--lang", "zh"]) == 0
    assert "资助F1（保底价格）、F4（保底价格）、F5（国家储备）。预算150百万美元。" in capsys.readouterr().out


def test_the_files_written_load_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["fund", EXAMPLE, "--out", str(out)]) == 0
    assert main(["fund", str(out / "fund.xlsx"), "--json"]) == 0
    told = capsys.readouterr().out
    body = json.loads(told[told.index("\n{") :])
    assert body == json.loads((out / "fund.json").read_text(encoding="utf-8"))


def test_a_template_that_lacks_everything_and_one_that_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, filled = tmp_path / "empty.xlsx", tmp_path / "filled.xlsx"
    assert main(["fund", "template", "--out", str(empty)]) == 0
    assert main(["fund", "template", "--out", str(filled), "--example", "--lang", "zh"]) == 0
    assert main(["fund", str(filled)]) == 0
    capsys.readouterr()
    assert main(["fund", str(empty), "--budget", "0", "--lang", "zh"]) == 2
    told = capsys.readouterr().err
    assert "工作表项目（Projects）为空" in told
    assert "--budget" in told
    assert main(["fund", "template", "--out", str(empty)]) == 2
    assert "the file exists" in capsys.readouterr().err
