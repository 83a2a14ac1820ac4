"""A batch run as a workbook that any spreadsheet program opens: the summary first, then every row.

Every text is written as text, never as a formula, a link or a number. A cell that begins like a formula carries the
spreadsheet format for text, so that it stays text when a user edits it; its content is
unchanged. The same parts give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coercivity.base.words import Lang
from coercivity.batches.tally import PART_COLUMNS, About, Tally
from coercivity.batches.write.outputs import LIVE, damaged, open_part
from coercivity.files.write.whole import in_place
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.batch.summary import Section, sections, sum_line

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 1_048_575
ROWS_AT_ONCE = 50_000
LONGEST_CELL = 32_767
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FILLS = {"PROCEED": "#C6E7CE", "LICENCE": "#FFE699", "STOP": "#F8B4B4", "UNKNOWN": "#D9D9D9"}
_WIDTHS = {"id": 18, "outcome": 11, "finding": 18, "may_become": 12, "rules": 30, "missing": 40, "duplicate_id": 13}
_WIDTHS |= {"input_error": 40, "notes": 40, "decision_hash": 20}
_SUMMARY_WIDTHS = (30, 24, 24, 90)
_LIVE = re.compile(LIVE.replace(r"\x{FEFF}", "\ufeff"))
_CUT = " [cut]"


def write_xlsx(
    parts: Sequence[Path], path: Path, tally: Tally, about: About, *, book: Rulebook | None = None, lang: Lang = "en"
) -> None:
    """Writes the summary and all rows as a workbook; rows that do not fit on a sheet continue on the next.

    Args:
        parts: Parquet parts in the order of the table.
        path: File to write.
        tally: Counts of the whole run.
        about: Origin of the results.
        book: The rulebook, for names of rules and for questions.
        lang: Language of the summary.

    Raises:
        CoercivityError: When a part cannot be read or the file cannot be written.
    """
    columns = open_part(parts[0], ()).collect_schema().names() if parts else list(PART_COLUMNS)
    with _workbook(path) as workbook:
        _write_summary(workbook, tally, list(sections(tally, about, book=book, lang=lang)), lang)
        _Sheets(workbook, columns).write(chain.from_iterable(_frames(part, columns) for part in parts))


def write_summary_xlsx(
    path: Path, tally: Tally, about: About, *, book: Rulebook | None = None, lang: Lang = "en"
) -> None:
    """Writes the summary alone as a workbook, for a run whose rows are too many for a spreadsheet.

    Args:
        path: File to write.
        tally: Counts of the whole run.
        about: Origin of the results.
        book: The rulebook, for names of rules and for questions.
        lang: Language of the summary.

    Raises:
        CoercivityError: When the file cannot be written.
    """
    with _workbook(path) as workbook:
        _write_summary(workbook, tally, list(sections(tally, about, book=book, lang=lang)), lang)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """Opens a workbook that keeps one row in memory at most; its temporary files are in a folder next to the file."""
    import xlsxwriter  # type: ignore[import-untyped] # it comes without types
    from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped] # nor have its errors

    room = path.with_name(path.name + ".rows")
    with in_place(path) as draft:
        shutil.rmtree(room, ignore_errors=True)
        try:
            room.mkdir()
            workbook = xlsxwriter.Workbook(
                str(draft), {"constant_memory": True, "tmpdir": str(room), "in_memory": False, **_TEXT_ONLY}
            )
            workbook.set_properties({"created": _CREATED})
            try:
                yield workbook
                workbook.close()
            except XlsxFileError as error:
                raise OSError(str(error)) from error
            finally:
                _let_go(workbook)
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _let_go(workbook: Any) -> None:
    """Closes the files of a workbook that was not finished."""
    for sheet in workbook.worksheets():
        if sheet.row_data_fh is not None:
            sheet.row_data_fh.close()


def _write_summary(workbook: Any, tally: Tally, tables: Sequence[Section], lang: Lang) -> None:
    sheet = workbook.add_worksheet("summary")
    title, head = workbook.add_format({"bold": True}), workbook.add_format({"italic": True, "font_color": "#555555"})
    count, mass = workbook.add_format({"num_format": "#,##0"}), workbook.add_format({"num_format": "#,##0.###"})
    inert = workbook.add_format({"quote_prefix": True})
    for place, width in enumerate(_SUMMARY_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, sum_line(tally, lang), title)
    row = 2
    for table in tables:
        sheet.write_string(row, 0, table.title, title)
        for place, text in enumerate(table.head):
            sheet.write_string(row + 1, place, text, head)
        row += 2 if table.head else 1
        for line in table.rows:
            for place, entry in enumerate(line):
                if isinstance(entry, str):
                    text = cell_text(entry)
                    sheet.write_string(row, place, text, inert if _LIVE.search(text) else None)
                else:
                    sheet.write_number(row, place, entry, count if isinstance(entry, int) else mass)
            row += 1
        row += 1


class _Sheets:
    """The sheets of the rows, each with its header."""

    def __init__(self, workbook: Any, columns: Sequence[str]) -> None:
        self._workbook, self._columns = workbook, list(columns)
        self._bold = workbook.add_format({"bold": True, "bottom": 1})
        self._inert = workbook.add_format({"quote_prefix": True})
        self._fills = {name: workbook.add_format({"bg_color": fill}) for name, fill in _FILLS.items()}
        self._outcome = self._columns.index("outcome") if "outcome" in self._columns else -1
        self._number, self._row = 0, 0
        self._sheet: Any = None

    def write(self, frames: Iterator[pl.DataFrame]) -> None:
        """Writes all rows, and at least the header."""
        self._next_sheet()
        for frame in frames:
            for values in frame.iter_rows():
                if self._row == MOST_ROWS:
                    self._finish()
                    self._next_sheet()
                self._row += 1
                self._write_row(values)
        self._finish()

    def _write_row(self, values: tuple[Any, ...]) -> None:
        sheet, row, outcome = self._sheet, self._row, self._outcome
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                if place == outcome:
                    sheet.write_string(row, place, value, self._fills.get(value))
                    continue
                text = cell_text(value)
                sheet.write_string(row, place, text, self._inert if _LIVE.search(text) else None)
            elif isinstance(value, bool):
                sheet.write_boolean(row, place, value)
            elif isinstance(value, dt.date):
                sheet.write_string(row, place, value.isoformat())
            else:
                sheet.write_number(row, place, value)

    def _next_sheet(self) -> None:
        self._number += 1
        self._row = 0
        self._sheet = self._workbook.add_worksheet("decisions" if self._number == 1 else f"decisions {self._number}")
        self._sheet.freeze_panes(1, 0)
        for place, name in enumerate(self._columns):
            self._sheet.set_column(place, place, _WIDTHS.get(name, 10))
            self._sheet.write_string(0, place, cell_text(name), self._bold)

    def _finish(self) -> None:
        self._sheet.autofilter(0, 0, max(self._row, 1), len(self._columns) - 1)


def cell_text(text: str) -> str:
    """Returns text that fits into a cell and that the writer does not take for markup.

    Args:
        text: Any text; a text that is too long for a cell is cut and marked as cut.
    """
    if len(text) > LONGEST_CELL // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(_CUT))]
        text = kept.decode("utf-16-le", errors="ignore") + _CUT
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def _frames(part: Path, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Yields the rows of a part in groups of limited size."""
    import polars as pl

    frame = open_part(part, columns)
    try:
        rows = frame.select(pl.len()).collect().item()
        for start in range(0, rows, ROWS_AT_ONCE):
            yield frame.slice(start, ROWS_AT_ONCE).collect()
    except pl.exceptions.PolarsError:
        raise damaged(part.name) from None
