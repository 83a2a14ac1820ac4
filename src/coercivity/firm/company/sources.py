"""The file of a company: an XLSX workbook, a YAML file, or a folder or ZIP file with one CSV file a sheet."""

from __future__ import annotations

from collections.abc import Collection

from coercivity.base.errors import Faults
from coercivity.data.input import Input
from coercivity.firm.company.model import Company
from coercivity.firm.company.read import read_company
from coercivity.firm.company.spec import company_form
from coercivity.workbooks.sources import raise_first, read_sheets


def company_of(source: Input, deals: Collection[str] | None = None) -> Company:
    """Returns the company that a file describes.

    Args:
        source: An XLSX workbook, a YAML file, a folder or ZIP file of CSV files, or uploaded content.
        deals: Ids of the transactions of the case folder, which rows may name; None outside of one.

    Raises:
        CoercivityError: With every fault of every sheet: sheet, row and cell, what was expected, nearest names.
    """
    faults = Faults()
    company = read_company(read_sheets(source, company_form()), faults, deals)
    raise_first(faults, source)
    return company
