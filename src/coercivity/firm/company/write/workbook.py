"""Writes the workbook of a company as XLSX: the empty template, or a company's rows."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.firm.company.model import Company
from coercivity.firm.company.spec import company_form
from coercivity.firm.company.write.about import company_about
from coercivity.firm.company.write.rows import company_rows, own_columns
from coercivity.workbooks.pages import BookPage
from coercivity.workbooks.writer import written_book

_EXAMPLE_ELEMENTS = ["NdPr", "Dy", "Tb", "Sm"]


def company_book(company: Company, lang: Lang = "en", *, page: BookPage | None = None) -> bytes:
    """Returns the workbook of a company as the bytes of an XLSX file; an empty company gives the template.

    Args:
        company: The company.
        lang: Language of names of sheets, columns and choices: en or zh.
        page: A sheet for readers that comes first, such as a result; None for none.
    """
    own = {key: own_columns(company, key) for key in company_form().sheets}
    if not company.parts:
        own["parts"] = own["parts"] or _EXAMPLE_ELEMENTS
    return written_book(company_form(), company_about(), company_rows(company), own, lang, page=page)
