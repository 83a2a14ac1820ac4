"""`rules impact`: its text in both languages, its JSON, its files and its errors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

DRAFT = ROOT / "examples" / "overlays" / "magnets-2027.yaml"
FOLDER = ROOT / "examples" / "impact"
ASKED = ["rules", "impact", str(DRAFT), "--deals", str(FOLDER / "deals.csv"), "--workers", "1"]
LICENCES = ["--licences", str(FOLDER / "licences.csv")]
# Names that stay as they are: of the draft and its file, of hashes and rulebooks, ids, licences and currencies.
NAMES = re.compile(
    r"magnets-2027(-\d|\.yaml)?|(deals|licences)\.csv|SHA-256|[0-9a-f]{64}|\bL-\d\b|\b(EUR|USD)\b|(?<=行      )[a-i]"
)


def test_the_text_says_that_it_is_a_draft_and_of_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, *LICENCES]) == 0
    text = capsys.readouterr().out
    assert text.startswith("DRAFT magnets-2027.yaml (SHA-256 ")
    assert "nothing is saved, and no decision changes" in text
    assert "deals.csv: 9 rows, 3 move" in text
    assert "L-1: no longer enough, needed only with the draft" in text
    assert "magnets-2027-3 may keep it; missing: licence in hand" in text


def test_the_chinese_text_has_no_english_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, *LICENCES, "--lang", "zh"]) == 0
    text = capsys.readouterr().out
    assert "草案magnets-2027.yaml" in text
    assert not re.findall(r"[A-Za-z]{2,}", NAMES.sub("", text))


def test_the_data_and_the_files_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--out", str(tmp_path / "out"), "--first", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["draft"] is True
    assert (told["rows"], told["moved"]["deals"], len(told["deals"])) == (9, 3, 1)
    lines = (tmp_path / "out" / "moved.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines] == ["id", "b", "c", "e"]
    written = json.loads((tmp_path / "out" / "impact.json").read_text(encoding="utf-8"))
    assert written["moves"] == told["moves"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["impact.json", "moved.csv", "moved.parquet"]


def test_a_table_without_mass_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deals = tmp_path / "bare.csv"
    deals.write_text("id,date,material,from,to\na,2026-12-05,NdFeB magnets,CN,DE\n", encoding="utf-8")
    assert main([*ASKED[:3], "--deals", str(deals), "--workers", "1"]) == 0
    assert "no column of mass: only deals are counted" in capsys.readouterr().out


def test_an_exemption_without_a_day_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    text = DRAFT.read_text(encoding="utf-8")
    draft.write_text(
        text.replace("'2026-12-01', scope: all}", "'2026-12-01', scope: [magnets-2027-1]}"), encoding="utf-8"
    )
    assert main(["rules", "impact", str(draft), *ASKED[3:]]) == 2
    told = capsys.readouterr().err
    assert told.count("EXEMPTION-DAY") == 2
    assert "add an event of type entry_into_force" in told


@pytest.mark.parametrize("number", ["0", "-1", "10001"])
def test_a_number_of_deals_that_is_refused_is_called_by_its_option(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ASKED, "--first", number]) == 2
    assert capsys.readouterr().err.startswith("--first: ARGUMENT: ")


@pytest.mark.parametrize("option", ["--licences", "--standing", "--deals"])
def test_no_input_is_overwritten(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The output folder holds the files of an earlier run, and one of them is given as an input."""
    given = {
        "--deals": FOLDER / "deals.csv",
        "--licences": FOLDER / "licences.csv",
        "--standing": FOLDER / "standing.yaml",
    }
    held = tmp_path / "moved.csv"
    held.write_bytes(given[option].read_bytes())
    options = [part for name, path in {**given, option: held}.items() for part in (name, str(path))]
    assert main(["rules", "impact", str(DRAFT), *options, "--workers", "1", "--out", str(tmp_path)]) == 2
    assert "would be overwritten" in capsys.readouterr().err
    assert held.read_bytes() == given[option].read_bytes()


@pytest.mark.parametrize("out", ["/proc/x", "/dev/null/x/y"])
def test_a_folder_that_cannot_be_written_is_no_trace(out: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No file can be made in either place, not even by root."""
    assert main([*ASKED, "--out", out]) == 2
    assert "OUT: cannot be written" in capsys.readouterr().err


def test_one_row_is_one_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deals = tmp_path / "one.csv"
    deals.write_text("id,date,material,from,to\na,2026-12-05,NdFeB magnets,CN,DE\n", encoding="utf-8")
    assert main([*ASKED[:3], "--deals", str(deals), "--workers", "1"]) == 0
    assert "one.csv: 1 row, 1 moves" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("guidance", "told"),
    [
        (False, "no clause changes its status, so no deal moves"),
        (True, "these clauses give no deal another result on its date"),
    ],
)
def test_why_nothing_moves_is_told(
    guidance: bool, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft without a clause, and one with a single clause of guidance that was never published."""
    text = DRAFT.read_text(encoding="utf-8").replace(
        "- {type: entry_into_force, effective: '2026-12-01', scope: all}\n", ""
    )
    first, second, last = (
        text.index(mark) for mark in ("- id: magnets-2027-1", "- id: magnets-2027-2", "\nsource_urls")
    )
    clause = (
        text[first:second].replace("  confidence: high\n", "  confidence: high\n  guidance: true\n") if guidance else ""
    )
    draft = tmp_path / "draft.yaml"
    head = text[:first] if guidance else text[:first].replace("provisions:\n", "")
    draft.write_text(head + clause.rstrip("\n") + text[last:], encoding="utf-8")
    assert main(["rules", "impact", str(draft), *ASKED[3:]]) == 0
    out = capsys.readouterr().out
    assert told in out
    assert ("with     not yet in force" in out) is guidance
