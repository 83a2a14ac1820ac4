"""Writes a workbook of a form as XLSX: the empty template, or rows; the same bytes for the same input.

Text cells are strings and no cell is a formula. The header is the first row of a sheet; what a column holds is said in
the comment on its header and on the first sheet.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from coercivity.base.days import FIRST_YEAR, parse_day
from coercivity.base.words import Lang, plain
from coercivity.workbooks.about import About
from coercivity.workbooks.cells import REFUSED
from coercivity.workbooks.live import is_live
from coercivity.workbooks.pages import BookPage
from coercivity.workbooks.spec import BookForm, ColumnSpec, SheetSpec

TextRow = Mapping[str, str]
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_NUMBERS = ("kg", "number", "signed", "share", "ratio", "days", "months", "years", "count", "delay", "percent")
_DIGITS = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_MOST_DIGITS = 15  # a spreadsheet keeps no more
_LIST_ROWS = 2_000  # rows with a list to choose from
_WIDTHS = {"text": 30, "elements": 16, "ids": 16}


def written_book(
    form: BookForm,
    about: About,
    rows: Mapping[str, Sequence[TextRow]],
    own: Mapping[str, Sequence[str]],
    lang: Lang = "en",
    *,
    page: BookPage | None = None,
) -> bytes:
    """Returns a workbook as the bytes of an XLSX file; without rows it is the template.

    Args:
        form: The form of the workbook.
        about: What it says about itself.
        rows: Rows by sheet, as plain text by column.
        own: Columns under names of the user, by sheet.
        lang: Language of names of sheets, columns and choices: en or zh.
        page: A sheet for readers that comes first, such as a result; None for none.
    """
    import xlsxwriter  # type: ignore[import-untyped] # it comes without types

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _TEXT_ONLY)
    book.set_properties({"created": _CREATED})
    writer = _Writer(book, form, about, "zh" if lang == "zh" else "en")
    if page is not None:
        writer.page(page)
    writer.read_me()
    for key, spec in form.sheets.items():
        writer.sheet(spec, rows.get(key, []), own.get(key, []))
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, form: BookForm, about: About, lang: Lang) -> None:
        self.book, self.form, self.about, self.lang = book, form, about, lang
        self.text = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        self.inert = book.add_format({"valign": "top", "quote_prefix": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self.title = book.add_format({"bold": True, "valign": "top"})
        self.head = book.add_format(head | {"bg_color": "#EEF2F6"})
        self.needed = book.add_format(head | {"bg_color": "#D6E4F0"})

    def page(self, page: BookPage) -> None:
        """Writes a sheet for readers; a text is never a formula."""
        sheet = self.book.add_worksheet(page.name)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 12, 18)
        styles = {"text": self.text, "head": self.head, "title": self.title}
        for number, line in enumerate(page.lines):
            for at, cell in enumerate(line.cells):
                if isinstance(cell, float):
                    sheet.write_number(number, at, cell)
                else:
                    text = plain(cell)
                    sheet.write_string(number, at, text, self.inert if is_live(text) else styles[line.style])

    def read_me(self) -> None:
        """Writes the first sheet: what to do, and which sheets each answer needs."""
        sheet = self.book.add_worksheet(self.about.word("read_me", self.lang))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 2, 44)
        lines = self.about.read_me(self.lang)
        for at, line in enumerate(lines):
            sheet.write_string(at, 0, line, self.title if at == 0 else self.text)
        at = len(lines) + 1
        for column, name in enumerate(("sheet", "holds", "needed_for")):
            sheet.write_string(at, column, self.about.word(name, self.lang), self.head)
        for number, (key, spec) in enumerate(self.form.sheets.items(), at + 1):
            sheet.write_string(number, 0, spec.names[self.lang], self.text)
            sheet.write_string(number, 1, self.about.sheet(key, self.lang), self.wrapped)
            sheet.write_string(number, 2, self.about.answers(key, self.lang), self.wrapped)

    def sheet(self, spec: SheetSpec, entries: Sequence[TextRow], own: Sequence[str]) -> None:
        """Writes a sheet with its header, its lists to choose from, and its rows."""
        sheet = self.book.add_worksheet(spec.names[self.lang])
        sheet.freeze_panes(1, 0)
        columns = [*spec.columns.values(), *(_own(spec, name) for name in own)]
        for at, column in enumerate(columns):
            self._head(sheet, spec, at, column)
        if spec.key == "settings":
            self._settings(sheet, spec, entries)
            return
        for number, entry in enumerate(entries, 1):
            for at, column in enumerate(columns):
                self._cell(sheet, number, at, column, entry.get(column.key, ""))

    def _settings(self, sheet: Any, spec: SheetSpec, entries: Sequence[TextRow]) -> None:
        """Writes a row for every setting, with its unit; those without a value stay blank."""
        values = {entry["name"]: entry["value"] for entry in entries}
        for number, setting in enumerate(self.form.settings.values(), 1):
            about = self.about.setting(setting.key, self.lang)
            sheet.write_comment(number, 0, about, {"author": "coercivity", "x_scale": 2})
            self._cell(sheet, number, 0, spec.columns["name"], setting.names[self.lang])
            self._cell(sheet, number, 1, setting, values.get(setting.key, ""))
            self._cell(sheet, number, 2, spec.columns["unit"], self.form.unit_text(setting.unit, self.lang))

    def _head(self, sheet: Any, spec: SheetSpec, at: int, column: ColumnSpec) -> None:
        name = column.names[self.lang]
        head = f"{name} ({self.form.unit_text(column.unit, self.lang)})" if column.unit else name
        sheet.write_string(0, at, head, self.needed if column.needed else self.head)
        about = self.about.column(spec.key, column, self.lang)
        if about:
            sheet.write_comment(0, at, about, {"author": "coercivity", "x_scale": 2, "y_scale": 1.2})
        width = _WIDTHS.get(column.kind, max(12, len(head) + 2))
        sheet.set_column(at, at, width, self.day if column.kind == "day" else None)
        words = column.words(self.lang)
        if words:
            choice = {"validate": "list", "source": list(words)}
            sheet.data_validation(1, at, _LIST_ROWS, at, choice)

    def _cell(self, sheet: Any, number: int, at: int, column: ColumnSpec, value: str) -> None:
        if not value:
            return
        kind, text = column.kind, _chosen(value, column, self.lang)
        day = parse_day(text) if kind == "day" else None
        if day is not None and day.year > FIRST_YEAR:  # spreadsheet programs count a day too many early in 1900
            sheet.write_datetime(number, at, dt.datetime.combine(day, dt.time()), self.day)
        elif kind in _NUMBERS and _DIGITS.fullmatch(text) and len(Decimal(text).as_tuple().digits) <= _MOST_DIGITS:
            sheet.write_number(number, at, float(text))
        else:
            sheet.write_string(number, at, text, self.inert if is_live(text) else self.text)


def _own(spec: SheetSpec, name: str) -> ColumnSpec:
    return ColumnSpec(name, spec.wide, False, (), "%" if spec.wide == "percent" else "", {"en": name, "zh": name}, ())


def _chosen(text: str, column: ColumnSpec, lang: Lang) -> str:
    """Returns the word of a choice in the language of the workbook."""
    if lang == "zh" and column.kind == "delay" and text == "refused":
        return REFUSED[1]
    if lang == "zh" and column.kind == "round":
        return text.replace(" and later", " 及以后")
    return column.words(lang)[column.of.index(text)] if column.kind == "choice" and text in column.of else text
