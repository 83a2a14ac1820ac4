"""Writes a company in the three forms of its file; each loads again to the same company and hash."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import yaml

from coercivity.firm.company.model import Company
from coercivity.firm.company.spec import sheet_specs
from coercivity.firm.company.write.live import inert
from coercivity.firm.company.write.rows import TextRow, company_rows, own_columns


def company_yaml(company: Company) -> str:
    """Returns a company as YAML: rows by sheet, settings as a mapping."""
    rows = company_rows(company)
    made: dict[str, object] = {}
    for key, entries in rows.items():
        plain = [dict(entry) for entry in entries]
        made[key] = {entry["name"]: entry["value"] for entry in plain} if key == "settings" else plain
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100_000) if made else "{}\n"


def company_csv(company: Company) -> dict[str, str]:
    """Returns a company as CSV files by name, one a sheet; no cell is evaluated as a formula."""
    return {f"{key}.csv": _csv(company, key, entries) for key, entries in company_rows(company).items()}


def columns_of(company: Company, key: str, entries: list[TextRow]) -> list[str]:
    """Returns the columns that a sheet needs, in the order of the template; those of the user last."""
    known = [
        name for name, spec in sheet_specs()[key].columns.items() if spec.needed or any(name in e for e in entries)
    ]
    return [*known, *own_columns(company, key)]


def _csv(company: Company, key: str, entries: list[TextRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = columns_of(company, key, entries)
    writer.writerow(map(inert, columns))
    for entry in entries:
        cells: Mapping[str, str] = entry
        writer.writerow([inert(cells.get(name, "")) for name in columns])
    return out.getvalue()
