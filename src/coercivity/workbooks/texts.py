"""Writes the rows of a workbook as YAML or CSV files; each loads again to the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import yaml

from coercivity.workbooks.live import inert
from coercivity.workbooks.spec import BookForm
from coercivity.workbooks.writer import TextRow


def rows_yaml(rows: Mapping[str, Sequence[TextRow]]) -> str:
    """Returns rows by sheet as YAML; settings are a mapping.

    Args:
        rows: Rows by sheet, as plain text by column.
    """
    made: dict[str, object] = {}
    for key, entries in rows.items():
        plain = [dict(entry) for entry in entries]
        made[key] = {entry["name"]: entry["value"] for entry in plain} if key == "settings" else plain
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100_000) if made else "{}\n"


def rows_csv(form: BookForm, rows: Mapping[str, Sequence[TextRow]], own: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Returns rows as CSV files by name, one a sheet; no cell is evaluated as a formula.

    Args:
        form: The form of the workbook.
        rows: Rows by sheet, as plain text by column.
        own: Columns under names of the user, by sheet.
    """
    return {f"{key}.csv": _csv(columns_of(form, key, entries, own), entries) for key, entries in rows.items()}


def columns_of(form: BookForm, key: str, entries: Sequence[TextRow], own: Mapping[str, Sequence[str]]) -> list[str]:
    """Returns the columns that a sheet needs, in the order of the template; those of the user last.

    Args:
        form: The form of the workbook.
        key: The sheet.
        entries: Its rows.
        own: Columns under names of the user, by sheet.
    """
    known = [name for name, spec in form.sheets[key].columns.items() if spec.needed or any(name in e for e in entries)]
    return [*known, *own.get(key, ())]


def _csv(columns: Sequence[str], entries: Sequence[TextRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(inert, columns))
    for entry in entries:
        writer.writerow([inert(entry.get(name, "")) for name in columns])
    return out.getvalue()
