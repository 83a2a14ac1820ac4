"""The workbook for public money as it is written: template, XLSX, YAML and CSV, the same rows in each; and its hash."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from coercivity.base.canonical import sha256
from coercivity.base.words import Lang
from coercivity.ministry.fund.form import fund_about, fund_form, own_name
from coercivity.ministry.fund.model import CapacityRow, FundBook, PriceRow, ProjectRow, ValueRow
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.pages import BookPage
from coercivity.workbooks.spec import SheetSpec
from coercivity.workbooks.texts import rows_yaml
from coercivity.workbooks.writer import TextRow, written_book

_TEMPLATE_YEARS, _TEMPLATE_PATHS, _TEMPLATE_SLIPS = range(2027, 2032), ("extension", "lapse"), range(3)
_BY_YEAR = ("capacity", "values", "prices")
_DECIMALS = 12  # of a number that does not end


def fund_file(book: FundBook, lang: Lang = "en", *, page: BookPage | None = None) -> bytes:
    """Returns a workbook as the bytes of an XLSX file; an empty one gives the template.

    Args:
        book: The workbook.
        lang: Language of names of sheets, columns and choices: en or zh.
        page: A sheet for readers that comes first, such as a result; None for none.
    """
    return written_book(fund_form(), fund_about(), fund_rows(book, lang), own_columns(book, lang), lang, page=page)


def fund_yaml(book: FundBook) -> str:
    """Returns a workbook as YAML: rows by sheet, settings as a mapping."""
    return rows_yaml(fund_rows(book))


def fund_hash(book: FundBook) -> str:
    """Returns the SHA-256 of what a workbook says; the order of sheets, rows and columns does not count."""
    return sha256(
        {key: sorted(sorted(map(list, row.items())) for row in rows) for key, rows in fund_rows(book).items()}
    )


def fund_rows(book: FundBook, lang: Lang = "en") -> dict[str, list[TextRow]]:
    """Returns the rows of every sheet that has any, by the key of the sheet; blank cells are left out.

    Args:
        book: The workbook.
        lang: Language of the columns with a gap, such as `slip_1`.
    """
    settings = {name: _text(getattr(book.settings, name)) for name in fund_form().settings}
    found: dict[str, list[TextRow]] = {"settings": [{"name": k, "value": v} for k, v in settings.items() if v]}
    for key, spec in fund_form().sheets.items():
        if key != "settings":
            rows = [
                {name: _text(getattr(row, name)) for name in spec.columns} | _more(row, lang)
                for row in getattr(book, key)
            ]
            found[key] = [{name: text for name, text in row.items() if text} for row in rows]
    return {key: rows for key, rows in found.items() if rows}


def _cells(row: object, spec: SheetSpec) -> dict[str, str]:
    return {name: _text(getattr(row, name)) for name in spec.columns}


def own_columns(book: FundBook, lang: Lang) -> Mapping[str, list[str]]:
    """Returns the columns that are named by years, slips and paths, by sheet.

    Args:
        book: The workbook; without years, slips or paths it has those of the template.
        lang: Language of the columns with a gap, such as `slip_1`.
    """
    given = [row.t for row in book.capacity]
    given += [row.usd_per_kg for row in book.values] + [row.usd_per_kg for row in book.prices]
    years = [str(year) for year in sorted({year for each in given for year in each}) or _TEMPLATE_YEARS]
    slips = sorted({slip for row in book.projects for slip in row.slips}) or _TEMPLATE_SLIPS
    named = dict.fromkeys(path for row in book.projects for path in row.refusal)
    paths = list(named) if book.projects else list(_TEMPLATE_PATHS)
    own = [own_name("slip", str(slip), lang) for slip in slips]
    return dict.fromkeys(_BY_YEAR, years) | {"projects": [*own, *(own_name("refusal", path, lang) for path in paths)]}


def _more(row: object, lang: Lang) -> dict[str, str]:
    match row:
        case ProjectRow():
            slips = {own_name("slip", str(slip), lang): _text(share) for slip, share in row.slips.items()}
            return slips | {own_name("refusal", path, lang): _text(share) for path, share in row.refusal.items()}
        case CapacityRow():
            return {str(year): _text(t) for year, t in row.t.items()}
        case ValueRow() | PriceRow():
            return {str(year): _text(usd) for year, usd in row.usd_per_kg.items()}
    return {}


def _text(value: object) -> str:
    if isinstance(value, Fraction):
        try:
            return decimal_text(value)
        except ValueError:  # a third, which no file can hold
            return decimal_text(round(value, _DECIMALS))
    return "" if value is None else str(value)
