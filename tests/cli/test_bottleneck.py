"""`bottleneck` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main

MONTH = ["bottleneck", "--from", "2024-11", "--to", "2024-11", "--workers", "1"]


def test_a_month_without_controls_of_2026_says_neither_and_writes_its_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the controls of 2025 no run differs in law from another, and the verb must not find a winner."""
    out = tmp_path / "out"
    assert main([*MONTH, "--out", str(out)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Neither technology nor materials is clearly the bottleneck" in shown
    assert "Each run was made once" in shown
    body = json.loads((out / "bottleneck.json").read_text(encoding="utf-8"))
    assert {row["winner"] for row in body["verdicts"]} == {"neither"}
    assert {one.name for one in out.iterdir()} >= {
        "bottleneck.html",
        "bottleneck.zh.html",
        "bottleneck.xlsx",
        "bottleneck_magnet.svg",
        "output.csv",
        "starts.csv",
        "verdicts.csv",
    }


def test_all_faults_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ["bottleneck", "--from", "2026", "--to", "soon", "--draws", "0", "--workers", "0", "--lang", "zh"]
    assert main(wrong) == 2
    told = capsys.readouterr().err
    for part in ("--from", "--to", "--draws", "--workers"):
        assert part in told


@pytest.mark.parametrize(
    ("draws", "told"),
    [("1", "one draw has no interval"), ("12", "12 draws in 1 legal scenario: each needs a power of two")],
)
def test_draws_that_give_no_interval(draws: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bottleneck", "--draws", draws]) == 2
    assert told in capsys.readouterr().err
