"""Workbooks as people save them: what is read, what is told, and that nothing is dropped without a word."""

from __future__ import annotations

import datetime as dt
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it comes without types

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.rows import company_hash
from tests.broken.build import members
from tests.unit.firm.company.books import ALPENMOTOR, NAMES, example_rows, faults_of, told, write_book

PARTS: list[list[object]] = [["part", "grade", "NdPr", "Dy"], ["M1", "N42", 31, 0], ["M2", "N42SH", 29.5, 1.5]]


def test_a_workbook_says_the_same_as_the_yaml_form(tmp_path: Path) -> None:
    book, text = company_of(write_book(tmp_path / "firm.xlsx", example_rows())), company_of(ALPENMOTOR)
    assert book == text
    assert company_hash(book) == company_hash(text)


def test_rows_columns_and_sheets_in_another_order_change_nothing(tmp_path: Path) -> None:
    turned = {
        name: [list(reversed(row)) for row in [rows[0], *reversed(rows[1:])]]
        for name, rows in reversed(example_rows().items())
    }
    book = company_of(write_book(tmp_path / "firm.xlsx", turned))
    assert company_hash(book) == company_hash(company_of(ALPENMOTOR))


def test_the_three_faults_are_told_by_sheet_row_and_cell(tmp_path: Path) -> None:
    """Row 5 of Parts is M4, row 6 of Stock its stock in Brno, row 12 of In transit the lot Q6."""
    rows = example_rows()
    rows["Parts"][4][3], rows["Stock"][5][3], rows[NAMES["in_transit"]][11][2] = 97, 700, "M7"
    assert told(write_book(tmp_path / "firm.xlsx", rows)) == [
        ("Parts row 5", "the shares add up to 102 %"),
        ("Stock row 6 (cell D6)", "more in quarantine than there is"),
        ("In transit row 12 (cell C12)", "there is no part M7; M5, M6 are near"),
    ]


def test_dates_per_cent_and_numbers_are_read_as_shown(tmp_path: Path) -> None:
    """31 % in a cell shown in per cent is 0.31 in the file, and is not read as 0.31 per cent."""
    path = tmp_path / "firm.xlsx"
    book = xlsxwriter.Workbook(str(path))
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd.mm.yyyy"})
    parts, settings = book.add_worksheet("Parts"), book.add_worksheet("Settings")
    for row in (parts, settings):
        row.write_row(0, 0, ["part", "NdPr (%)"] if row is parts else ["name", "value"])
    parts.write(1, 0, "M1")
    parts.write(1, 1, 0.31, percent)
    settings.write_row(1, 0, ["as_of"])
    settings.write_datetime(1, 1, dt.datetime(2026, 11, 20), day)
    settings.write_row(2, 0, ["lot", "1,200"])
    settings.write_row(3, 0, ["confidence", "90 %"])
    book.close()
    found = company_of(path)
    assert found.parts[0].shares == {"NdPr": Fraction(31, 100)}
    assert found.settings.as_of == dt.date(2026, 11, 20)
    assert found.settings.lot == 1200
    assert found.settings.confidence == Fraction(9, 10)


def test_the_header_may_follow_a_title_and_blank_rows(tmp_path: Path) -> None:
    rows: dict[str, list[list[object]]] = {
        "Parts": [["Our parts, 2026"], [], ["what we buy"], *PARTS[:2], [], [], PARTS[2]]
    }
    assert [part.where for part in company_of(write_book(tmp_path / "firm.xlsx", rows)).parts] == [
        "Parts row 5", "Parts row 8",
    ]  # fmt: skip


def test_a_formula_is_told_with_its_cell(tmp_path: Path) -> None:
    (fault,) = faults_of(write_book(tmp_path / "firm.xlsx", {"Parts": [*PARTS, ["M3", "N42", "=1+1", 0]]}))
    assert (fault.where, fault.what) == ("Parts row 4 (cell C4)", "NdPr: contains a formula")
    assert fault.next == "paste its value"


def test_merged_cells_are_told_with_their_range_and_a_merged_title_is_not(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Parts")
    sheet.merge_range(0, 0, 0, 3, "Our parts")
    for number, row in enumerate(PARTS, 1):
        sheet.write_row(number, 0, row)
    sheet.merge_range(4, 0, 5, 0, "M3")
    book.close()
    found = faults_of(path)
    assert ("Parts (cells A5:A6)", "the cells A5:A6 are merged") in [(each.where, each.what) for each in found]
    assert not [fault for fault in found if "A1" in fault.where]


def test_two_sheets_of_one_name_are_told(tmp_path: Path) -> None:
    found = told(write_book(tmp_path / "firm.xlsx", {"Parts": PARTS, "parts ": PARTS}))
    assert found == [("parts ", "the sheets 'Parts' and 'parts ' are the same sheet")]


def test_a_hidden_sheet_is_told_and_not_read_in_silence(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {"Parts": PARTS, "Plants": [["plant"], ["GRZ"]]}
    found = told(write_book(tmp_path / "firm.xlsx", sheets, hidden=["Plants"]))
    assert ("Plants", "the sheet 'Plants' is hidden") in found


def test_notes_are_not_read_and_another_sheet_is_told(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {"Parts": PARTS, "Notes": [["anything"], ["=at all"]], "Prts": [["part"]]}
    assert told(write_book(tmp_path / "firm.xlsx", sheets)) == [("Prts", "there is no sheet 'Prts'")]


def test_a_workbook_of_another_program_is_told_which_sheets_are_expected(tmp_path: Path) -> None:
    (fault,) = faults_of(write_book(tmp_path / "firm.xlsx", {"Sheet1": [["a"], [1]], "Sheet2": [["b"]]}))
    assert fault.code == "SHEET"
    assert "Parts, Plants, Use" in fault.what


def test_a_cell_outside_the_named_columns_is_told(tmp_path: Path) -> None:
    found = told(write_book(tmp_path / "firm.xlsx", {"Parts": [*PARTS, ["M3", "N42", 31, 0, "", "sold out"]]}))
    assert found == [("Parts row 4 (cell F4)", "the cell is filled, but its column has no name")]


def test_columns_are_told_that_are_missing_twice_or_no_element(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Parts": [["part", "part", "Dx"], ["M1", "M1", 1]],
        "Use": [["plant", "part"], ["GRZ", "M1"]],
    }
    whats = [what for _, what in told(write_book(tmp_path / "firm.xlsx", sheets))]
    assert "column 'part' is there twice" in whats
    assert "the sheet has no column 'Dx', and there is no such element" in whats
    assert "column 'quantity_kg' is missing" in whats


def test_a_hundred_thousand_rows_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Parts")
    sheet.write_row(0, 0, ["part", "grade"])
    for number in range(1, 30_001):  # the reader stops at 20,000, so that more rows cost nothing
        sheet.write_row(number, 0, [f"M{number}", "N42"])
    book.close()
    (fault,) = faults_of(path)
    assert (fault.where, fault.what) == ("Parts", "more than 20,000 rows")


def test_rows_that_are_only_formatted_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, bold = book.add_worksheet("Parts"), book.add_format({"bold": True})
    for number, row in enumerate(PARTS):
        sheet.write_row(number, 0, row)
    for number in range(3, 25_000):
        sheet.write_blank(number, 0, None, bold)
    book.close()
    assert len(company_of(path).parts) == 2


def test_rows_of_spaces_are_blank_rows(tmp_path: Path) -> None:
    """What is left where the text of a row was overwritten with a space, or was pasted from a page; CSV has them too."""
    spaces: list[object] = [" ", "", "\u00a0", ""]
    path = write_book(tmp_path / "firm.xlsx", {"Parts": [spaces, *PARTS[:2], *[spaces] * 25_000, *PARTS[2:]]})
    assert company_of(path).parts == company_of(write_book(tmp_path / "plain.xlsx", {"Parts": PARTS})).parts


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xls"),
        (b"PK\x03\x04 and then nothing", "truncated or damaged"),
        (b"part,grade\nM1,N42\n", "the file is named as a workbook, but is none"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_workbook_is_told(content: bytes, what: str) -> None:
    found = faults_of(Content("firm.xlsx", content))
    assert what in " ".join(fault.what + fault.next for fault in found).casefold()
    assert all("/tmp" not in fault.where for fault in found)


def test_a_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    made = members(sheets={"Parts": ""}, head='<!DOCTYPE x [<!ENTITY a "b">]>')
    with zipfile.ZipFile(path, "w") as out:
        for name, content in made.items():
            out.writestr(name, content)
    with pytest.raises(CoercivityError, match="XML entities"):
        company_of(path)


def test_a_chinese_workbook_is_read(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "零部件": [["零部件", "牌号", "镨钕", "镝"], ["M1", "N42SH", "29.5 %", 1.5]],
        "工厂": [["工厂"], ["GRZ"]],
        "用量": [["工厂", "零部件", "数量", "每", "日历"], ["GRZ", "M1", 2, "日", "工作日"]],
        "延误情景": [["情景", "概率", "单项许可天数", "续证天数"], ["a", 1, "不予许可", 30]],
        "设置": [["项目", "值"], ["盘点日", "2026/11/20"], ["审批与续证相互独立", "是"]],
    }
    found = company_of(write_book(tmp_path / "firm.xlsx", sheets))
    assert (found.use[0].per, found.use[0].calendar, found.delays[0].single_days) == ("day", "working", "refused")
    assert found.parts[0].shares == {"NdPr": Fraction(295, 1000), "Dy": Fraction(15, 1000)}
    assert (found.settings.as_of, found.settings.independent) == (dt.date(2026, 11, 20), "yes")
