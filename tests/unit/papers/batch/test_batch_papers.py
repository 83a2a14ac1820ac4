"""Summary and workbook of a batch run: content, no executable cells, the same bytes each time."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from coercivity.base.canonical import canonical_json
from coercivity.base.errors import CoercivityError
from coercivity.batches.tally import PART_COLUMNS, About, Tally
from coercivity.intake.parties.lists.state import lists
from coercivity.law.rules.load import load_rulebook
from coercivity.papers.batch import tables as batch_tables
from coercivity.papers.batch.page import cell_text
from coercivity.papers.batch.summary import example_text, mass_text, sum_line, summary_json, summary_lines
from coercivity.papers.batch.tables import Original, write_summary_xlsx, write_xlsx

BOOK = load_rulebook()
SCHEMA = dict.fromkeys(PART_COLUMNS, pl.String) | {
    "row": pl.Int64,
    "line": pl.Int64,
    "duplicate_id": pl.Boolean,
    "on": pl.Date,
}
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "https://example.org",
    "007",
    "<r><t>x</t></r>",
    "_x0041_",
    "\x1b[31m",
]
ROWS = [
    ("磁材-1", "PROCEED", "not_controlled", "", "", None, None),
    ("=1+1", "LICENCE", "licence_required", "a18-1c902; a18-1c903", "", None, "date: read as 2026-12-31"),
    ("A-3", "UNKNOWN", "need_facts", "a18-1c903", "dy_mass_share", None, None),
    ("A-4", "UNKNOWN", "need_facts", "a18-1c903", "unit; dy_mass_share", None, None),
    ("A-5", "UNKNOWN", "need_facts", "", "on", None, None),
    ("A-6", None, None, "", "", "CELL-FORMULA: a formula; write the value", None),
]
ABOUT = About(
    source="rows.csv",
    input_hash="ab" * 32,
    pack=BOOK.version,
    pack_hash=BOOK.content_hash,
    engine="0.1.0",
    distinct_cases=5,
    kinds=4,
    columns={"起运国": "from", "qty": "quantity"},
    unused=("price",),
    reader_notes=("encoding gb18030",),
    standing_by="export control desk",
    lists=tuple((state.list, state.version, state.completeness) for state in lists(BOOK)),
    error_examples={"CELL-FORMULA": "row 6: a formula"},
)


def part(rows: Sequence[tuple[str | None, ...]] = ROWS) -> pl.DataFrame:
    names = ("id", "outcome", "finding", "rules", "missing", "input_error", "notes")
    full = [
        {"row": n, "line": n + 1, "duplicate_id": False} | dict(zip(names, row, strict=True))
        for n, row in enumerate(rows, 1)
    ]
    return pl.DataFrame([{name: row.get(name) for name in PART_COLUMNS} for row in full], schema=SCHEMA)


TALLY = Tally.of(part(), mass_kg=[1 / 3, 1000.0, None, 2.0, 2.0, 9.0])


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    part().write_parquet(tmp_path / "part-00001.parquet")
    return [tmp_path / "part-00001.parquet"]


def text(lang: str = "en") -> str:
    return "\n".join(summary_lines(TALLY, ABOUT, BOOK, "zh" if lang == "zh" else "en"))


def test_the_sum_is_shown_and_balances() -> None:
    assert "\n6 rows = 1 PROCEED + 1 LICENCE + 0 STOP + 3 UNKNOWN + 1 input errors\n" in text()
    assert sum_line(replace(TALLY, rows=1_000_007)).startswith("1,000,007 rows = ")
    assert sum_line(replace(TALLY, rows=7)).endswith("totals do not match: please report this run")


@pytest.mark.parametrize(
    "line",
    [
        r"1 +LICENCE +1,000 +Licence required",
        r"1 +PROCEED +0\.333 +May proceed",
        r"1 +2 +dy_mass_share +What is the dysprosium content of the magnet \(mass fraction\)\?",
        r"1 +1 +on +What is the transaction date\?",
        r"0 +1 +unit +blank or unreadable",
        r"3 +18/2025 1C903 +a18-1c903",
        r"1 +6 +CELL-FORMULA: a formula; write the value",
        r"1 +2 +date: read as 2026-12-31",
        r"5 +distinct cases",
        r"4 +distinct rulings",
        r"control list \(export control\) +\d{4}-\d\d-\d\d +(complete|partial|not known).*",
        r"起运国 +from",
        r"price +\(not used\)",
        r"encoding gb18030",
        r"compliance declarations by +export control desk",
    ],
)
def test_the_summary_says(line: str) -> None:
    assert re.search(rf"^ *{line}$", text(), re.MULTILINE)


def test_the_summary_in_chinese() -> None:
    assert "磁体中镝的质量分数？" in text("zh")
    assert "6 行 = 1 可进行" in text("zh")
    assert "交易日期是哪一天？" in text("zh")


def test_columns_stand_under_each_other() -> None:
    lines = [line for line in text().splitlines() if re.search("PROCEED|LICENCE|UNKNOWN", line) and "=" not in line]
    assert {re.search(r"[A-Z]{4,}", line).start() for line in lines if line.startswith("  ")} == {8}  # type: ignore[union-attr]


def test_time_is_only_said_where_it_is_given() -> None:
    assert "a second" not in text()
    assert "12.3 s, 81,235 rows per second" in list(summary_lines(TALLY, ABOUT, BOOK, pace=(12.34, 81234.6)))


def test_nothing_in_the_summary_steers_a_terminal() -> None:
    hostile = replace(
        ABOUT, source="\x1b[2Jx", columns={"\x1b[31m\nfrom": "from"}, error_examples={"CELL-FORMULA": "\x07"}
    )
    assert all(line.isprintable() for line in summary_lines(TALLY, hostile, BOOK) if line)


def test_the_json_holds_the_same_and_no_float() -> None:
    body = json.loads(summary_json(TALLY, ABOUT))
    assert canonical_json(body) == summary_json(TALLY, ABOUT)
    assert body["mass_kg"] == {"LICENCE": "1000", "PROCEED": "0.333333333", "UNKNOWN": "4"}
    assert body["settling"][0] == {"fact": "dy_mass_share", "alone": 1, "open_in": 2}
    assert body["rows"] == 6
    assert body["balances"] is True
    assert body["columns"] == {"起运国": "from", "qty": "quantity"}


@pytest.mark.parametrize(
    ("mass_kg", "shown"),
    [(0.0, "0"), (5.0, "5"), (1e12, "1000000000000"), (0.1 + 0.2, "0.3"), (1234567.89123, "1234567.89")],
)
def test_a_mass_is_plain_decimal_text(mass_kg: float, shown: str) -> None:
    assert mass_text(mass_kg) == shown


def sheet_of(path: Path, name: str) -> list[tuple[object, ...]]:
    sheet = fastexcel.read_excel(path).load_sheet(
        name, header_row=None, dtypes="string", skip_whitespace_tail_rows=True
    )
    return sheet.to_polars().rows()


def xml_of(path: Path, number: int) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_the_workbook_has_the_summary_and_every_row(parts: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write_xlsx(parts, path, TALLY, ABOUT, book=BOOK)
    assert fastexcel.read_excel(path).sheet_names == ["Summary", "Actions", "Rows", "Sources"]
    head, *rows = sheet_of(path, "Rows")
    assert head[:4] == ("Row", "Line in file", "id", "Answer")
    assert [row[2] for row in rows] == [row[0] for row in ROWS]
    answers = {"PROCEED": "May proceed", "LICENCE": "Needs a licence", "UNKNOWN": "Open", None: "Input error"}
    assert [row[3] for row in rows] == [answers[row[1]] for row in ROWS]
    shown = {name: {cell for row in sheet_of(path, name) for cell in row} for name in ("Summary", "Sources")}
    asked = "What is the dysprosium content of the magnet (mass fraction)?"
    assert {sum_line(TALLY), "dy_mass_share", asked, "CELL-FORMULA: a formula; write the value"} <= shown["Summary"]
    assert {"18/2025 1C903", "encoding gb18030", "export control desk"} <= shown["Sources"]
    for number in (2, 3):
        assert 'state="frozen"' in xml_of(path, number)
    assert '<autoFilter ref="A1:L7"/>' in xml_of(path, 3)


def test_every_sheet_prints_landscape_as_wide_as_a_page_and_numbered(parts: list[Path], tmp_path: Path) -> None:
    write_xlsx(parts, tmp_path / "out.xlsx", TALLY, replace(ABOUT, source="R&D.csv"), book=BOOK)
    for number in (1, 2, 3, 4):
        xml = xml_of(tmp_path / "out.xlsx", number)
        assert 'orientation="landscape"' in xml
        assert 'fitToHeight="0"' in xml
        assert "Page &amp;P of &amp;N" in xml
        assert "R&amp;&amp;D.csv" in xml
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert "Rows!$1:$1" in book.read("xl/workbook.xml").decode()


def test_the_cells_of_the_table_come_back_beside_the_answer(parts: list[Path], tmp_path: Path) -> None:
    cells = pl.DataFrame({"品名": [f"magnet {n}" for n in range(6)], "=odd": ["=1+1", None, "x", "y", "z", "<r>b</r>"]})
    own = Original(tuple(cells.columns), lambda rows: iter([cells[at : at + rows] for at in range(0, 6, rows)]))
    write_xlsx(parts, tmp_path / "out.xlsx", TALLY, ABOUT, book=BOOK, original=own)
    head, *rows = sheet_of(tmp_path / "out.xlsx", "Rows")
    assert head[2:5] == ("品名", "=odd", "Answer")
    assert [row[2] for row in rows] == cells["品名"].to_list()
    assert "<f>" not in xml_of(tmp_path / "out.xlsx", 3)


def test_actions_come_by_what_is_to_be_done_with_their_rows(parts: list[Path], tmp_path: Path) -> None:
    write_xlsx(parts, tmp_path / "out.xlsx", TALLY, ABOUT, book=BOOK)
    head, *rows = sheet_of(tmp_path / "out.xlsx", "Actions")
    assert head[0] == "Action"
    order = ("Do not ship", "Apply", "Ask", "Check", "Correct", "Ship")
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=order.index)
    assert sum(int(str(row[3] or 0)) for row in rows) == len(ROWS)


def test_every_text_stays_a_text(tmp_path: Path) -> None:
    frame = part([(cell, "STOP", "prohibited", cell, cell, None, cell) for cell in HOSTILE])
    frame.write_parquet(tmp_path / "part.parquet")
    about = replace(ABOUT, columns=dict.fromkeys(HOSTILE, "id"), unused=tuple(HOSTILE))
    write_xlsx([tmp_path / "part.parquet"], tmp_path / "out.xlsx", Tally.of(frame), about, book=BOOK)
    rows = sheet_of(tmp_path / "out.xlsx", "Rows")[1:]
    assert [str(row[2]).rstrip() for row in rows] == HOSTILE
    for number in (1, 2, 3, 4):
        xml = xml_of(tmp_path / "out.xlsx", number)
        assert "<f>" not in xml
        assert "hyperlink" not in xml
        assert "<is><r>" not in xml
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_two_workbooks_are_the_same_bytes_and_nothing_is_left_over(parts: list[Path], tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(parts, tmp_path / name, TALLY, ABOUT, book=BOOK)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert "2000-01-01T00:00:00Z" in book.read("docProps/core.xml").decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx", "part-00001.parquet"]


def test_rows_go_on_on_the_next_sheet(parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_tables, "MOST_ROWS", 4)
    monkeypatch.setattr(batch_tables, "ROWS_AT_ONCE", 3)
    path = tmp_path / "out.xlsx"
    write_xlsx([*parts, *parts], path, TALLY, ABOUT, book=BOOK)
    names = fastexcel.read_excel(path).sheet_names
    assert names == ["Summary", "Actions", "Rows", "Rows 2", "Rows 3", "Sources"]
    sheets = [sheet_of(path, name) for name in names[2:5]]
    assert [len(rows) for rows in sheets] == [5, 5, 5]
    assert [row[0] for rows in sheets for row in rows[1:]] == [str(n) for n in (*range(1, 7), *range(1, 7))]


def test_a_large_run_has_the_summary_alone(tmp_path: Path) -> None:
    write_summary_xlsx(tmp_path / "summary.xlsx", TALLY, ABOUT, book=BOOK, lang="zh")
    assert fastexcel.read_excel(tmp_path / "summary.xlsx").sheet_names == ["汇总", "依据与来源"]
    assert "磁体中镝的质量分数？" in [cell for row in sheet_of(tmp_path / "summary.xlsx", "汇总") for cell in row]


def test_without_a_part_there_is_a_header(tmp_path: Path) -> None:
    write_xlsx([], tmp_path / "out.xlsx", Tally(), ABOUT, book=BOOK)
    (head,) = sheet_of(tmp_path / "out.xlsx", "Rows")
    assert head[:4] == ("Row", "Line in file", "id", "Answer")


def test_a_cell_that_is_too_long_is_cut_and_says_so() -> None:
    assert cell_text("磁" * 32_767) == "磁" * 32_767
    cut = cell_text("🧲" * 20_000)
    assert cut.endswith("🧲 [cut]")
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767


def test_a_bad_part_or_place_is_a_fault_and_the_old_file_stays(parts: list[Path], tmp_path: Path) -> None:
    out, bad = tmp_path / "out.xlsx", tmp_path / "bad.parquet"
    out.write_text("old")
    bad.write_bytes(b"PAR1")
    with pytest.raises(CoercivityError, match=r"bad\.parquet: PART"):
        write_xlsx([*parts, bad], out, TALLY, ABOUT, book=BOOK)
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.parquet", "out.xlsx", "part-00001.parquet"]
    with pytest.raises(CoercivityError, match="OUT"):
        write_summary_xlsx(tmp_path / "nowhere" / "out.xlsx", TALLY, ABOUT, book=BOOK)


def test_an_example_of_an_error_is_told_in_chinese() -> None:
    """The file keeps the English text; a list version says to which date it is verified."""
    text = "row 30: COUNTRY: column 'to': 'Atlantis' is not a known country (nearest: DE, AL)"
    told = example_text(text, BOOK, "zh")
    assert told == "第30行：COUNTRY：“to”列：“Atlantis”不是已知国家（地区）（最接近：德国 DE、阿尔巴尼亚 AL）"
    assert example_text(text, BOOK, "en") == text
    about = replace(ABOUT, lists=(("watch_list", "2026-11-24, as of 2026-09-29", "unknown"),))
    assert "2026-11-24，截至2026-09-29" in "\n".join(summary_lines(TALLY, about, BOOK, "zh"))
    assert "2026-11-24, as of 2026-09-29" in "\n".join(summary_lines(TALLY, about, BOOK))
