"""Writes a company in the text forms of its file; each loads again to the same company and hash."""

from __future__ import annotations

from coercivity.firm.company.model import Company
from coercivity.firm.company.spec import company_form
from coercivity.firm.company.write.rows import company_rows, own_columns
from coercivity.workbooks.texts import rows_csv, rows_yaml


def company_yaml(company: Company) -> str:
    """Returns a company as YAML: rows by sheet, settings as a mapping."""
    return rows_yaml(company_rows(company))


def company_csv(company: Company) -> dict[str, str]:
    """Returns a company as CSV files by name, one a sheet; no cell is evaluated as a formula."""
    own = {key: own_columns(company, key) for key in company_form().sheets}
    return rows_csv(company_form(), company_rows(company), own)
