"""`coercivity strategy`: text, data, files, template, and faults with exit code 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.papers.shared.terminal import WIDTH, columns_of
from tests.places import ROOT

EXAMPLE = str(ROOT / "examples" / "ministry" / "strategy")


def test_text_and_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["strategy", EXAMPLE, "--levers", "ore,processing", "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert max(map(columns_of, printed.split("written:")[0].splitlines())) <= WIDTH
    assert printed.startswith("Who wins with what: magnet maker and motor maker")
    assert "levers were left out: recycling." in " ".join(printed.split())
    assert f"written: {(tmp_path / 'out' / 'iamc.csv').as_posix()}" in printed
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        "strategy.html", "strategy.zh.html", "strategy.json", "strategy.svg", "strategy.xlsx", "costs.csv", "effects.csv",
    }  # fmt: skip


def test_five_levers_fit_the_width_and_files_have_every_interaction(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    levers = "ore,processing,recycling,contracts,stock"
    assert main(["strategy", EXAMPLE, "--levers", levers, "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out.split("written:")[0]
    assert max(map(columns_of, printed.splitlines())) <= WIDTH
    assert "contracts × stock" in printed
    effects = (tmp_path / "effects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(effects) == 1 + 2 * 31
    assert "ore × processing × recycling × contracts × stock" in effects[31]


def test_json_is_that_of_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["strategy", EXAMPLE, "--json", "--out", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((tmp_path / "strategy.json").read_text())


def test_an_unknown_lever_exits_with_2_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["strategy", EXAMPLE, "--levers", "ore,recyling"]) == 2
    told = capsys.readouterr().err
    assert "--levers: STRATEGY-LEVER: there is no lever 'recyling'" in told
    assert "nearest: recycling" in told


def test_no_lever_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["strategy", EXAMPLE, "--levers", ","]) == 2
    assert "no lever is given" in capsys.readouterr().err


def test_the_template_is_not_written_over_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "strategy.xlsx"
    assert main(["strategy", "template", "--out", str(out), "--example", "--lang", "zh"]) == 0
    assert main(["strategy", str(out), "--lang", "zh"]) == 0
    assert "谁凭什么胜出" in capsys.readouterr().out
    assert main(["strategy", "template", "--out", str(out)]) == 2
