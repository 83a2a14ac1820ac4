"""`survive` with a workbook that gives countries: lots on hold, and faults of countries and declarations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "firms" / "alpenmotor-law.yaml"


def test_a_lot_on_hold_is_told_and_counts_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert [(lot["lot"], lot["held"]) for lot in body["law"] if lot["held"]] == [("Q2", "not checked so far")]
    assert main(["survive", str(EXAMPLE)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "On hold under the law, and counted nowhere: Q2." in out


def test_the_same_workbook_as_xlsx_gives_the_same_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "alpenmotor.xlsx"
    assert main(["firm", "export", str(EXAMPLE), "--out", str(book)]) == 0
    capsys.readouterr()
    answers = []
    for path in (EXAMPLE, book):
        assert main(["survive", str(path), "--json"]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


def test_a_country_and_a_declaration_that_do_not_exist_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("country: AT", "country: Austira")
    path = tmp_path / "bad.yaml"
    path.write_text(text.replace("name: military_use,", "name: militry_use,"), encoding="utf-8")
    assert main(["survive", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "plants entry 1" in told.err
    assert "AT" in told.err
    assert "militry_use" in told.err
    assert "military_use" in told.err
