"""The pages of a workbook: a sheet that prints on few pages, with its header on each, and texts that stay texts."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coercivity.base.words import Lang, say
from coercivity.batches.write.outputs import LIVE
from coercivity.files.write.whole import in_place
from coercivity.papers.shared.words import paper_words

LONGEST_CELL = 32_767
FILLS = {"go": "#C6E7CE", "licence": "#FFE699", "stopped": "#F8B4B4", "open": "#D9D9D9", "wrong": "#F3D3E4"}
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LIVE = re.compile(LIVE.replace(r"\x{FEFF}", "\ufeff"))
_CUT = " [cut]"
_A4 = 9
_TEXTS = paper_words("batch_workbook", "texts")


@contextmanager
def workbook_at(path: Path) -> Iterator[Any]:
    """Opens a workbook that keeps one row in memory at most; its temporary files are in a folder next to the file.

    Args:
        path: File to write, completely or not at all.
    """
    import xlsxwriter  # type: ignore[import-untyped] # it comes without types
    from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped] # nor have its errors

    room = path.with_name(path.name + ".rows")
    with in_place(path) as draft:
        shutil.rmtree(room, ignore_errors=True)
        try:
            room.mkdir()
            options = {"constant_memory": True, "tmpdir": str(room), "in_memory": False, **_TEXT_ONLY}
            workbook = xlsxwriter.Workbook(str(draft), options)
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


class Styles:
    """The formats of a workbook.

    Args:
        workbook: The workbook.
    """

    def __init__(self, workbook: Any) -> None:
        top = {"valign": "top"}
        wrap = {**top, "text_wrap": True}
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.head = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE", **wrap})
        self.section = workbook.add_format({"bold": True})
        self.soft = workbook.add_format({"italic": True, "font_color": "#555555", **top})
        self.text, self.inert = workbook.add_format(wrap), workbook.add_format({"quote_prefix": True, **wrap})
        self.count = workbook.add_format({"num_format": "#,##0", **top})
        self.number = workbook.add_format({"num_format": "#,##0.###", **top})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top})
        self.fills = {
            name: workbook.add_format({"bg_color": fill, "bold": True, **wrap}) for name, fill in FILLS.items()
        }


class Page:
    """A sheet: landscape, as wide as one page, numbered, with its header on every page.

    Args:
        workbook: The workbook.
        styles: Its formats.
        name: Name of the sheet.
        widths: Widths of its columns.
        footer: Text at the foot of each page.
        lang: Language of the page numbers.
    """

    def __init__(
        self, workbook: Any, styles: Styles, name: str, widths: Sequence[float], *, footer: str, lang: Lang = "en"
    ) -> None:
        self.sheet, self.styles, self.row = workbook.add_worksheet(name), styles, 0
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        # In a footer & begins a code.
        told = footer.replace("&", "&&")[:150]
        self.sheet.set_footer(f"&L&8{told}&R&8{say(_TEXTS['page'], lang)}")
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)

    def header(self, names: Sequence[str], *, frozen: bool = True) -> None:
        """Writes the names of the columns, which stay on the screen and are printed on every page."""
        self.line(names, style=self.styles.head)
        if frozen:
            self.sheet.freeze_panes(self.row, 0)
            self.sheet.repeat_rows(self.row - 1)

    def line(self, entries: Sequence[Any], *, style: Any = None) -> None:
        """Writes one row.

        Args:
            entries: Texts, numbers, dates, flags; None or a blank text leaves a cell empty.
            style: Format of its texts; by default wrapped text.
        """
        for place, entry in enumerate(entries):
            self.write(place, entry, style)
        self.row += 1

    def write(self, place: int, entry: Any, style: Any = None) -> None:
        """Writes one cell of the current row; a text is never a formula, a link or a number."""
        if entry is None or entry == "":
            return
        if isinstance(entry, str):
            text = cell_text(entry)
            chosen = style or self.styles.text
            self.sheet.write_string(self.row, place, text, self.styles.inert if _LIVE.search(text) else chosen)
        elif isinstance(entry, bool):
            self.sheet.write_boolean(self.row, place, entry)
        elif isinstance(entry, dt.date):
            self.sheet.write_datetime(self.row, place, entry, self.styles.day)
        else:
            self.sheet.write_number(
                self.row, place, entry, self.styles.count if isinstance(entry, int) else self.styles.number
            )


def cell_text(text: str) -> str:
    """Returns text that fits into a cell and that the writer does not take for markup.

    Args:
        text: Any text; a text that is too long for a cell is cut and marked as cut.
    """
    if len(text) > LONGEST_CELL // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(_CUT))]
        text = kept.decode("utf-16-le", errors="ignore") + _CUT
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text
