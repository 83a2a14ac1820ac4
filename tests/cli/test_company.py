"""`survive` with the workbook of a company, at the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "firms" / "alpenmotor.yaml"


def changed(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """The example with some texts changed, each of them once."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "alpenmotor.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_when_the_lines_stop_by_when_to_act_and_what_to_do_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--on", "2026-11-20", "--until", "2027-05-31", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert {plant["plant"]: (plant["stop_on"], plant["part"]) for plant in body["plants"]} == {
        "GRZ": ("2027-02-14", "M3"), "BRN": ("2027-03-11", "M4"), "GYR": ("2027-02-16", "M3"),
    }  # fmt: skip
    assert body["chances"][-1]["stop_probability"] == "0.66"
    assert (body["actions"][0]["action"], body["actions"][0]["saves_keur"]) == ("file_sooner", "1630.8")
    assert body["mean_paid_usd"] == "957453.44"
    assert main(["survive", str(EXAMPLE)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "GRZ stops on 2027-02-14 for want of M3 (N38UH), unless goods awaiting a licence arrive first." in out
    assert out.index("1. File applications 30 days sooner") < out.index("2. ") < out.index("3. ")
    assert "enter it in the sheet Options" in out


def test_grant_and_renewal_independent_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--independent", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["chances"][-1]["stop_probability"] == "0.776"
    assert body["chances"][-1]["mean_loss_keur"] == "5806.2"


def test_three_faults_of_three_sheets_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """M4 with 97 % NdPr, lot Q6 for a part that is not there, 700 kg in quarantine out of 630."""
    path = changed(
        tmp_path,
        ("grade: N35EH, piece_kg: '0.016', NdPr: '26.5'", "grade: N35EH, piece_kg: '0.016', NdPr: '97'"),
        ("{lot: Q6, supplier: S2, part: M3", "{lot: Q6, supplier: S2, part: M7"),
        ("quantity_kg: '630', quarantine_kg: '60'", "quantity_kg: '630', quarantine_kg: '700'"),
    )
    assert main(["survive", path, "--on", "2026-11-20", "--until", "2027-05-31"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    lines = [line for line in told.err.splitlines() if not line.startswith(" ")]
    assert len(lines) == 3
    assert sorted(line.split(" (")[0].casefold() for line in lines) == [
        "in_transit entry 11", "parts entry 4", "stock entry 5",
    ]  # fmt: skip
    assert "the shares add up to 102 %" in told.err
    assert "there is no part M7" in told.err
    assert "more in quarantine than there is" in told.err


def test_the_day_asked_for_is_not_before_the_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--on", "2026-11-19"]) == 2
    assert "2026-11-20" in capsys.readouterr().err
    assert main(["survive", str(EXAMPLE), "--on", "2026-02-30", "--until", "soon"]) == 2
    told = capsys.readouterr().err
    assert "--on: DATE" in told
    assert "--until: DATE" in told


def test_a_month_without_index_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(tmp_path, ("- {month: '2027-05', NdPr: '60', Dy: '190'}\n", ""))
    assert main(["survive", path]) == 2
    told = capsys.readouterr().err
    assert "contract C1: the index NdPr has no value for 2027-05" in told
    assert "contract C2: the index Dy has no value for 2027-05" in told


def test_faults_of_rows_and_of_what_is_computed_are_told_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quarantine that is too large shows in its row, the month without index only when contracts are priced."""
    path = changed(
        tmp_path,
        ("- {month: '2027-05', NdPr: '60', Dy: '190'}\n", ""),
        ("quantity_kg: '630', quarantine_kg: '60'", "quantity_kg: '630', quarantine_kg: '700'"),
        ("{scenario: d9, probability: '0.04'", "{scenario: d9, probability: '0.05'"),
    )
    assert main(["survive", path, "--on", "2026-11-19"]) == 2
    told = [line for line in capsys.readouterr().err.splitlines() if not line.startswith(" ")]
    assert [line.split(" (")[0].split(":")[0].casefold() for line in told] == [
        "stock entry 5", "delays", "settings entry 2",
    ]  # fmt: skip


def test_pages_tables_and_data_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["survive", str(EXAMPLE), "--out", str(out)]) == 0
    names = {path.name for path in out.iterdir()}
    assert names >= {"stops.html", "stops.zh.html", "stops.xlsx", "stops.json", "first_days.csv"}
    again = tmp_path / "again"
    assert main(["survive", str(EXAMPLE), "--out", str(again), "--json"]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert main(["survive", str(EXAMPLE), "--out", str(tmp_path / "file")]) == 2
    assert "give a folder after --out" in capsys.readouterr().err


def test_deadlines_as_a_calendar_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day that moves keeps its identity, so that a calendar that takes the file again moves the event."""
    english, chinese, moved = (tmp_path / name for name in ("en.ics", "zh.ics", "moved.ics"))
    assert main(["survive", str(EXAMPLE), "--ics", str(english)]) == 0
    assert f"written: {english.as_posix()}" in capsys.readouterr().out
    assert main(["survive", str(EXAMPLE), "--ics", str(chinese), "--lang", "zh"]) == 0
    more = changed(tmp_path, ("part: M5, quantity_kg: '2160'", "part: M5, quantity_kg: '2178'"))
    assert main(["survive", more, "--ics", str(moved)]) == 0
    text = english.read_bytes().decode()
    assert english.read_bytes() != chinese.read_bytes()
    assert uids(english) == uids(chinese) == uids(moved)
    assert len(set(uids(english))) == len(uids(english)) == text.count("BEGIN:VEVENT")
    assert "SUMMARY:Alpenmotor: Last day to file: M5 for GYR (50 % confidence)" in text
    assert "DTSTART;VALUE=DATE:20261125" in text
    assert "DTSTART;VALUE=DATE:20261126" in moved.read_text(encoding="utf-8")
    assert "SUMMARY:Alpenmotor: 许可证G-S1到期" in chinese.read_text(encoding="utf-8")


def uids(path: Path) -> list[str]:
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("UID:")]
    return sorted(found)


def test_a_calendar_that_cannot_be_written_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--ics", str(tmp_path / "nowhere" / "a.ics")]) == 2
    assert "OUT" in capsys.readouterr().err


def test_a_case_folder_is_asked_by_its_company_file(capsys: pytest.CaptureFixture[str]) -> None:
    """The folder and the file give the same answer, and a case folder takes the same options."""
    case = ROOT / "examples" / "ev-motor"
    assert main(["survive", str(case), "--until", "2027-05-31", "--independent"]) == 0
    told = capsys.readouterr().out
    assert main(["survive", str(case / "company.yaml"), "--until", "2027-05-31", "--independent"]) == 0
    assert capsys.readouterr().out == told
    assert "SUED stops on 2027-01-13 for want of magnet-uh" in told


def test_a_case_has_one_company_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case"
    shutil.copytree(ROOT / "examples" / "ev-motor", case)
    shutil.copy(case / "company.yaml", case / "company.xlsx")
    for verb in (["survive"], ["mix"], ["brief", "--on", "2026-11-24", "--out", str(tmp_path / "out"), "--no-supply"]):
        assert main([verb[0], str(case), *verb[1:]]) == 2
        told = capsys.readouterr().err
        assert "FIRM-TWICE" in told
        assert "company.yaml, company.xlsx" in told
    for name in ("company.yaml", "company.xlsx"):
        (case / name).unlink()
    assert main(["survive", str(case)]) == 2
    assert "the case folder has no company file" in capsys.readouterr().err


def test_a_lot_that_names_no_transaction_is_told_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    shutil.copytree(ROOT / "examples" / "ev-motor", case)
    text = (case / "company.yaml").read_text(encoding="utf-8").replace("deal: t05", "deal: t50")
    (case / "company.yaml").write_text(text, encoding="utf-8")
    assert main(["survive", str(case)]) == 2
    told = capsys.readouterr().err
    assert "transactions.csv has no row t50; t11, t12 are near" in told
    assert main(["survive", str(case / "company.yaml")]) == 0  # outside of its case nothing is looked up


def test_draws_of_practice_are_told_beside_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--draws", "16", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["drawn"]["draws"], body["drawn"]["until"]) == (16, "2027-05-31")
    assert [plant["plant"] for plant in body["drawn"]["plants"]] == ["GRZ", "BRN", "GYR", "any"]


def test_draws_are_written_beside_the_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--draws", "16", "--out", str(tmp_path / "out")]) == 0
    assert "stops-draws.json" in capsys.readouterr().out
    assert json.loads((tmp_path / "out" / "stops-draws.json").read_bytes())["draws"] == 16


@pytest.mark.parametrize("number", ["0", "3.5", "-1", "100"])
def test_a_number_of_draws_that_does_not_do_is_told(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--draws", number]) == 2
    assert "--draws" in capsys.readouterr().err


def test_what_goes_with_draws_needs_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survive", str(EXAMPLE), "--workers", "2"]) == 2
    assert "it goes with draws" in capsys.readouterr().err


def test_what_is_neither_a_workbook_nor_a_case_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "alpenmotor.yaml"
    copy.write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "empty").mkdir()
    assert main(["survive", str(tmp_path / "alpenmotr.yaml")]) == 2
    told = capsys.readouterr().err
    assert "FILE-MISSING: file not found" in told
    assert "nearest: alpenmotor.yaml" in told
    assert main(["survive", str(tmp_path / "empty")]) == 2
    assert "the folder has no CSV files" in capsys.readouterr().err
