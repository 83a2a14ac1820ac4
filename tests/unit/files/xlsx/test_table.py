from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import fastexcel
import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from coercivity.files.chunk import Chunk
from coercivity.files.table import TableFile, open_table
from coercivity.files.xlsx.cells import letters_of, place_of
from coercivity.files.xlsx.workbook import shows
from tests.broken.build import PLAIN, cell, sheet_row, sheet_rows, write_xlsx


def only(opened: TableFile) -> Chunk:
    (chunk,) = opened.chunks(10_000)
    return chunk


def cells_of(path: Path, *cells: str, **more: object) -> tuple[str | None, ...]:
    """What the second row says, below a header of A to E."""
    write_xlsx(path, sheet_rows([list("abcde")]) + sheet_row(2, *cells), **more)
    chunk = only(open_table(path))
    assert not chunk.broken
    return chunk.frame.row(0)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (cell("A2", 5), "5"), (cell("A2", "5.0", kind="n"), "5"), (cell("A2", 0.1), "0.1"), (cell("A2", 1e21), "1e+21"),
        (cell("A2", "0.30000000000000004", kind="n"), "0.3"), (cell("A2", "893.3200000000001", kind="n"), "893.32"),
        (cell("A2", "-0", kind="n"), "0"), (cell("A2", 123456789012345), "123456789012345"), (cell("A2", 1e-7), "1e-07"),
        (cell("A2", 1, kind="b"), "true"), (cell("A2", 0, kind="b"), "false"), (cell("A2", "R&amp;D"), "R&D"),
        (cell("A2", "a_x000D_b"), "a\rb"), (cell("A2", 46387, style=1), "2026-12-31"), (cell("A2", 46387, style=2), "2026-12-31"),
        (cell("A2", 46387.5, style=1), "2026-12-31T12:00:00"), (cell("A2", 0.75, style=3), "18:00:00"),
        (cell("A2", 1, style=1), "1900-01-01"), (cell("A2", 61, style=1), "1900-03-01"), (cell("A2", 46387), "46387"),
        (cell("A2", "2026-12-31T00:00:00", kind="d"), "2026-12-31"), (cell("A2", "=A1"), "=A1"), (cell("A2", "0012"), "0012"),
    ],
)  # fmt: skip
def test_cells_say_what_a_reader_of_the_sheet_sees(written: str, read: str, tmp_path: Path) -> None:
    assert cells_of(tmp_path / "rows.xlsx", written)[0] == read


def test_days_may_count_from_1904(tmp_path: Path) -> None:
    system = '<workbookPr date1904="1"/>'
    assert cells_of(tmp_path / "rows.xlsx", cell("A2", 44925, style=1), day_system=system)[0] == "2026-12-31"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", "day"), ("dd.mm.yyyy hh:mm", "day"), ("[$-804]yyyy年m月d日", "day"), ("mmm", "day"), ("h:mm", "time"),
        ("[h]:mm:ss", "time"), ("General", "number"), ("#,##0.00", "number"), ("0.00E+00", "number"), ('0 "days"', "number"),
        ("[Red]0.0", "number"), ('#,##0.00 "€";[Red]-0', "number"), ("@", "number"), ("0\\d", "number"),
    ],
)  # fmt: skip
def test_formats_show_days_times_or_numbers(code: str, kind: str) -> None:
    assert shows(code) == kind


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    sheets = {"Secret": sheet_rows(PLAIN), "Empty": "", "Export": sheet_rows(PLAIN), "More": sheet_rows([["x"], ["1"]])}
    write_xlsx(path, sheets=sheets, hidden=["Secret"])
    opened = open_table(path)
    assert opened.columns == ("id", "date", "material", "mass_kg")
    assert opened.notes == ("sheet 'Export'", "not read: sheet 'Secret', sheet 'Empty', sheet 'More'")
    assert open_table(path, sheet="More").columns == ("x",)


def test_formulas_and_errors_break_their_row_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    bad = sheet_row(7, cell("A7", "R9"), cell("C7", "#REF!", kind="e"), cell("D7", 5, formula="A1+1"))
    write_xlsx(path, sheet_rows(PLAIN) + bad + sheet_rows([["R10", "", "x", 5]], first=9))
    chunk = only(open_table(path))
    assert chunk.frame["id"].to_list() == ["R1", "R2", "R3", "R4", "R5", "R9", "R10"]
    assert {place: fault.what for place, fault in chunk.broken.items()} == {
        5: "C7 contains the error #REF!; D7 contains a formula"
    }
    assert chunk.frame.row(5) == ("R9", None, None, None)
    assert chunk.lines is not None
    assert list(chunk.lines) == [2, 3, 4, 5, 6, 7, 9]


def test_merged_header_cells_name_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    rows = sheet_rows([["Goods", "", "Use"], ["id", "name", "use"], ["a", "magnet", "motor"]])
    write_xlsx(path, rows, tail='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')
    assert open_table(path).columns == ("Goods / id", "Goods / name", "Use / use")


def test_texts_in_runs_are_joined_and_reading_aids_left_out(tmp_path: Path) -> None:
    rich = "<r><rPr><b/></rPr><t>磁</t></r><r><t>石</t></r><rPh sb='0' eb='1'><t>ジシャク</t></rPh>"
    written = f'<c r="A2" t="inlineStr"><is>{rich}</is></c>'
    assert cells_of(tmp_path / "rows.xlsx", written)[0] == "磁石"


def test_rows_and_cells_without_their_places_follow_each_other(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    xml = "".join(f"<row><c><v>{i}</v></c><c t='inlineStr'><is><t>x</t></is></c></row>" for i in range(3))
    write_xlsx(path, '<row><c t="str"><v>id</v></c><c t="str"><v>name</v></c></row><row/>' + xml)
    chunk = only(open_table(path))
    assert chunk.frame.rows() == [("0", "x"), ("1", "x"), ("2", "x")]
    assert chunk.lines is not None
    assert list(chunk.lines) == [3, 4, 5]


def test_tags_may_have_a_prefix(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    write_xlsx(path)
    plain = only(open_table(path)).frame
    from tests.broken.build import members, write_zip

    parts = members()
    sheet = parts["xl/worksheets/sheet1.xml"]
    for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"is", b"t"):
        for end in (b">", b" "):
            sheet = sheet.replace(b"<" + tag + end, b"<x:" + tag + end).replace(b"</" + tag + end, b"</x:" + tag + end)
    write_zip(path, parts | {"xl/worksheets/sheet1.xml": sheet})
    assert b"<x:row" in sheet
    assert only(open_table(path)).frame.equals(plain)


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_are_counted_in_letters(place: int, letters: str) -> None:
    assert (letters_of(place), place_of(letters)) == (letters, place)


@pytest.mark.parametrize("inline", [False, True])
def test_another_reader_finds_the_same(inline: bool, tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": inline})
    sheet, day = book.add_worksheet("Export"), book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, ["id", "on", "name", "mass_kg", "count"])
    for i in range(1, 500):
        sheet.write_string(i, 0, f"R{i}")
        sheet.write_datetime(i, 1, datetime(2026, 1, 1 + i % 28), day)
        sheet.write_row(i, 2, [f"<磁石 & Nd> {i % 7}", i / 7, i])
    book.close()
    ours = only(open_table(path)).frame
    other = fastexcel.read_excel(path).load_sheet(0).to_polars()
    assert ours["id"].to_list() == other["id"].to_list()
    assert ours["name"].to_list() == other["name"].to_list()
    assert [date.fromisoformat(text) for text in ours["on"]] == other["on"].cast(pl.Date).to_list()
    assert [float(text) for text in ours["mass_kg"]] == pytest.approx(other["mass_kg"].to_list(), rel=1e-14)
    assert [int(text) for text in ours["count"]] == other["count"].to_list()
