"""`decide --lot-papers` and case folders with `papers.csv` on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.law.explain.conflicts import conflict_texts

FACTS = ["act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Dy", "from=CN", "to=DE"]
DEAL = ["decide", "--on", "2025-08-15", *(word for fact in FACTS for word in ("--fact", fact))]
HEAD = "id,lot,kind,end_use\nEUC-1,L-1,end_user_certificate,civil\n"


def table(folder: Path, use: str) -> Path:
    """A table with a second document that names another end use."""
    path = folder / "papers.csv"
    path.write_text(f"{HEAD}US-1,L-1,us_contract,{use}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("more", [[], ["--papers"], ["--jurisdiction", "CN,US"], ["--flips"]])
def test_no_option_answers_a_deal_on_a_lot_with_two_end_uses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert main([*DEAL, "--lot-papers", str(table(tmp_path, "defence")), *more]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "LOT-END-USE" in err
    for word in ("EUC-1", "'civil'", "US-1", "'defence'", conflict_texts()["C16"].ask.en):
        assert word in err


def test_a_yaml_file_is_read_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "papers.yaml"
    rows = "[{lot: L-1, kind: contract, end_use: civil}, {lot: L-1, kind: invoice, end_use: 军用}]"
    path.write_text(f"papers: {rows}\n", encoding="utf-8")
    assert main([*DEAL, "--lot-papers", str(path)]) == 2
    path.write_text("papers: none\n", encoding="utf-8")
    assert main([*DEAL, "--lot-papers", str(path)]) == 2
    assert "PAPER-FORM" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "word"), [("en", "cannot be compared"), ("zh", "无法比对")])
def test_an_open_comparison_is_told_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    assert main([*DEAL, "--lot-papers", str(table(tmp_path, "traction motors")), "--lang", lang]) == 30
    assert word in capsys.readouterr().out


def test_errors_of_a_table_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "papers.csv"
    path.write_text("id,lott,kind,end_use,kind\nEUC-1,L-1,contract\n", encoding="utf-8")
    assert main([*DEAL, "--lot-papers", str(path)]) == 2
    err = capsys.readouterr().err
    for code in ("COLUMN-UNKNOWN", "COLUMN-TWICE", "COLUMN-MISSING", "ROW-CELLS", "nearest: lot"):
        assert code in err


@pytest.mark.parametrize(
    "command",
    [
        ["brief", "CASE", "--on", "2026-11-24", "--no-supply", "--out", "OUT"],
        ["survive", "CASE", "--on", "2026-11-24"],
        ["mix", "CASE"],
        ["clock", "CASE", "--on", "2026-11-24"],
        ["replay", "CASE", "--on", "2026-11-24"],
    ],
)
def test_no_command_on_a_case_folder_answers_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    folder = Path(shutil.copytree("examples/ev-motor", tmp_path / "case"))
    table(folder, "国防")
    places = {"CASE": str(folder), "OUT": str(tmp_path / "out")}
    assert main([places.get(word, word) for word in command]) == 2
    assert "LOT-END-USE" in capsys.readouterr().err
    assert not (tmp_path / "out" / "brief.json").exists()
