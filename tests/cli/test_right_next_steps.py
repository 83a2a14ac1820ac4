"""What an empty company file or a place below a file says to do is what helps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

CASE = ROOT / "examples" / "magnet-jv"


@pytest.fixture(name="case")
def made_case(tmp_path: Path) -> Path:
    case = tmp_path / "case"
    case.mkdir()
    for name in ("case.yaml", "transactions.csv"):
        shutil.copy(CASE / name, case)
    return case


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) == 2
    return capsys.readouterr().err


def brief_of(case: Path, out: Path) -> list[str]:
    return ["brief", str(case), "--on", "2025-08-15", "--no-supply", "--out", str(out)]


def test_an_empty_folder_of_a_company(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case / "company").mkdir()
    err = told(brief_of(case, tmp_path / "out"), capsys)
    assert "the folder has no CSV files" in err
    assert "put one CSV file a sheet into it, such as stock.csv, or delete it" in err


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_file_of_a_company(text: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case / "company.yaml").write_text(text)
    err = told(brief_of(case, tmp_path / "out"), capsys)
    assert "fill it in, or delete it" in err
    assert "firm template" in err


@pytest.mark.parametrize("below", ["", "/x", "/x/y"])
def test_a_place_that_is_a_file_or_below_one(
    below: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The brief says so before it begins, with every other fault."""
    (tmp_path / "FILE").write_text("mine")
    err = told([*brief_of(case, Path(f"{tmp_path}/FILE{below}")), "--known", "2025-13-01"], capsys)
    assert ("it lies below a file, not a folder" if below else "it is a file, not a folder") in err
    assert "give a folder after --out" in err
    assert "2025-13-01" in err
    assert "disk space" not in err
    assert (tmp_path / "FILE").read_text() == "mine"


def test_another_command_says_it_when_it_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "FILE").write_text("mine")
    firm = ROOT / "examples" / "firms" / "wind.yaml"
    err = told(["mix", str(firm), "--out", str(tmp_path / "FILE" / "x")], capsys)
    assert "cannot be written: it lies below a file, not a folder" in err
    assert "give another place after --out" in err
