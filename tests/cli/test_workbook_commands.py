"""`coercivity firm`: from an empty template to a workbook in another form."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.firm.company.spec import setting_specs, sheet_specs
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "firms" / "alpenmotor.yaml"
TEN = (
    "--on", "2026-11-20", "--plant", "GRZ", "--stock-kg", "1500", "--use-kg", "25", "--lot-kg", "800", "--leaves", "2027-01-10",
    "--transit-days", "36", "--usual-days", "50", "--slow-days", "120", "--line-day-keur", "90",
)  # fmt: skip


@pytest.mark.parametrize(("lang", "says"), [("en", "The workbook is empty."), ("zh", "工作簿是空的。")])
def test_the_empty_template_is_checked_without_a_fault_and_says_what_to_fill(
    lang: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "firm.xlsx"
    assert main(["firm", "template", "--out", str(path), "--lang", lang]) == 0
    assert main(["firm", "check", str(path), "--lang", lang]) == 0
    assert says in capsys.readouterr().out


def test_an_empty_template_names_every_sheet_that_stop_dates_need(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "firm.xlsx"
    assert main(["firm", "template", "--out", str(path)]) == 0
    assert main(["survive", str(path)]) == 2
    told = capsys.readouterr().err
    assert all(f"the sheet {name} is empty" in told for name in ("Parts", "Plants", "Use", "Stock"))
    assert "the day of the stock count (as_of) is missing" in told


def test_the_filled_template_the_yaml_and_the_csv_form_have_one_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, folder, text = tmp_path / "firm.xlsx", tmp_path / "csv", tmp_path / "firm.yaml"
    assert main(["firm", "template", "--example", "--out", str(book), "--lang", "zh"]) == 0
    assert main(["firm", "export", str(book), "--out", str(folder)]) == 0
    assert main(["firm", "export", str(folder), "--out", str(text)]) == 0
    hashes = set()
    capsys.readouterr()
    for form in (EXAMPLE, book, folder, text):
        assert main(["firm", "check", str(form), "--json"]) == 0
        hashes.add(json.loads(capsys.readouterr().out)["hash"])
    assert len(hashes) == 1


def test_ten_values_give_a_workbook_and_its_stop_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1,500 kg last 60 days; the lot may come on 2027-02-15 at the earliest, which is day 87: the line stops on day 61.

    Day 61 after 2026-11-20 is 2027-01-20.
    """
    path = tmp_path / "firm.xlsx"
    assert main(["firm", "quick", *TEN, "--grade", "42sh", "--out", str(path)]) == 0
    assert main(["survive", str(path), "--json"]) == 0
    printed = capsys.readouterr().out
    (plant,) = json.loads(printed[printed.index("{") :])["plants"]
    assert (plant["plant"], plant["stop_on"]) == ("GRZ", "2027-01-20")


def test_wrong_values_are_told_by_the_name_of_their_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "firm.xlsx"
    assert main(["firm", "quick", *TEN, "--grade", "N60EH", "--out", str(path)]) == 2
    assert "--grade: GRADE: no maker lists the grade 'N60EH'" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize("out", ["firm.docx", "firm.xls"])
def test_an_unknown_form_is_refused(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["firm", "export", str(EXAMPLE), "--out", str(tmp_path / out)]) == 2
    assert "is not a form of the workbook" in capsys.readouterr().err


def test_the_page_of_the_workbook_lists_every_sheet_column_and_setting() -> None:
    page = (ROOT / "docs" / "firm.md").read_text(encoding="utf-8")
    for spec in sheet_specs().values():
        section = page.partition(f"### {spec.names['en']}, {spec.names['zh']}\n")[2].partition("\n### ")[0]
        for column in (setting_specs() if spec.key == "settings" else spec.columns).values():
            assert f"| `{column.names['en']}` | {column.names['zh']} |" in section, (spec.key, column.key)


def test_the_check_tells_the_faults_of_the_chain_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The chances of customs, 0.7 and 0.2, add up to 0.9; 2027-01-31 is a make-up day and cannot be off."""
    text = (ROOT / "examples" / "firms" / "nordlicht.yaml").read_text(encoding="utf-8")
    path = tmp_path / "firm.yaml"
    path.write_text(text.replace("probability: '0.3'}\n- {stage: sea", "probability: '0.2'}\n- {stage: sea").replace(
        "{from: '2027-02-05'", "{from: '2027-01-31'"), encoding="utf-8")  # fmt: skip
    assert main(["firm", "check", str(path)]) == 2
    told = capsys.readouterr().err
    assert "the chances of customs add up to 0.9, not 1" in told
    assert "2027-01-31 is off and a make-up day" in told


def test_every_value_that_is_missing_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["firm", "quick", "--plant", "GRZ", "--grade", "N42SH", "--out", str(tmp_path / "firm.xlsx")]) == 2
    assert capsys.readouterr().err.count("is missing") == 9


def test_the_workbook_needs_no_packages_of_the_server(tmp_path: Path) -> None:
    """`pip install coercivity` alone brings neither starlette nor fastapi."""
    lines = [
        "import sys",
        "sys.modules |= dict.fromkeys(('starlette', 'fastapi', 'uvicorn'))",
        "from coercivity.cli.app import main",
        f"sys.exit(main(['firm', 'template', '--example', '--out', {str(tmp_path / 'firm.xlsx')!r}])"
        f" or main(['survive', {str(tmp_path / 'firm.xlsx')!r}])"
        f" or main(['clock', {str(ROOT / 'examples/firms/nordlicht.yaml')!r}]))",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [["template"], ["export", str(ROOT / "examples/firms/alpenmotor.yaml")]])
def test_a_workbook_that_exists_is_not_overwritten(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may have been filled in by hand since it was written."""
    out = tmp_path / "firm.xlsx"
    out.write_bytes(b"filled in by hand")
    assert main(["firm", *command, "--out", str(out)]) == 2
    assert "OUT: the file exists" in capsys.readouterr().err
    assert out.read_bytes() == b"filled in by hand"
