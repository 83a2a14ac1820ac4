"""A company as rows of plain text by column, the same rows in every form of its file; and its hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from coercivity.base.canonical import sha256
from coercivity.base.days import Day
from coercivity.firm.company.model import CalendarRow, Company, Part, ReturnRow
from coercivity.firm.company.spec import setting_specs, sheet_specs
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.writer import TextRow

Month = TypeVar("Month", str, int)
_SPAN = {"from": "from_on", "to": "to_on"}


def company_rows(company: Company) -> dict[str, list[TextRow]]:
    """Returns the rows of every sheet that has any, by the key of the sheet; blank cells are left out.

    Args:
        company: The company.
    """
    found: dict[str, list[TextRow]] = {}
    settings = {name: _text(getattr(company.settings, name)) for name in setting_specs()}
    rows: list[TextRow] = [{"name": name, "value": text} for name, text in settings.items() if text]
    if rows:
        found["settings"] = rows
    for key, spec in sheet_specs().items():
        if key in ("settings", "index", "monthly_use", "price_paths"):
            continue
        entries: Sequence[object] = getattr(company, key)
        if key == "options":
            entries = (*company.options, *company.mix_options)
        if entries:
            found[key] = [
                _row(entry, [name for name in spec.columns if name != "unit" or key == "stages"]) for entry in entries
            ]
    if company.index:
        found["index"] = _by_month(company.index)
    if company.monthly_use:
        found["monthly_use"] = _by_month(company.monthly_use)
    if company.price_paths:
        found["price_paths"] = [
            {"scenario": scenario, **row} for scenario, each in company.price_paths.items() for row in _by_month(each)
        ]
    return {key: found[key] for key in sheet_specs() if key in found}


def own_columns(company: Company, key: str) -> list[str]:
    """Returns the columns of a sheet under names of the user: elements of parts, names of indices."""
    if key == "parts":
        return list(dict.fromkeys(name for part in company.parts for name in (*part.shares, *sorted(part.free_of))))
    if key == "price_paths":
        return list(dict.fromkeys(name for each in company.price_paths.values() for name in each))
    return list({"index": company.index, "monthly_use": company.monthly_use}.get(key, ()))


def company_hash(company: Company) -> str:
    """Returns the SHA-256 of what a company's file says; the order of sheets, rows and columns does not count.

    Args:
        company: The company.
    """
    rows = {key: sorted(map(_pairs, rows)) for key, rows in company_rows(company).items()}
    return sha256(rows)


def _pairs(row: TextRow) -> list[list[str]]:
    return sorted([name, text] for name, text in row.items())


def _row(entry: object, columns: Sequence[str]) -> TextRow:
    cells = {name: _text(_value(entry, name)) for name in columns}
    if isinstance(entry, Part):
        cells |= {name: decimal_text(share * 100) for name, share in entry.shares.items()}
        cells |= dict.fromkeys(sorted(entry.free_of), "0")
    return {name: text for name, text in cells.items() if text}


def _value(entry: object, column: str) -> object:
    if isinstance(entry, CalendarRow) and column in ("kind", "state"):
        if column == "kind":
            return "make-up" if entry.made_up else "off"
        return "assumed" if entry.assumed else "notice"
    if isinstance(entry, ReturnRow) and column == "round":
        return f"{entry.first_round} and later" if entry.later else str(entry.first_round)
    return getattr(entry, _SPAN.get(column, column), None)  # options of two kinds share a sheet


def _by_month(values: Mapping[str, Mapping[Month, Fraction]]) -> list[TextRow]:
    """Returns a row for each month, with the value of every name that has one."""
    months = sorted({month for each in values.values() for month in each})
    return [
        {"month": str(month)} | {name: decimal_text(each[month]) for name, each in values.items() if month in each}
        for month in months
    ]


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case Fraction():
            return decimal_text(value)
        case Day():
            return value.isoformat()
        case tuple():
            return _joined([str(part) for part in value])
    return str(value)


def _joined(ids: list[str]) -> str:
    """Returns several ids as one cell; semicolons keep the blanks inside an id."""
    if all(len(each.split()) == 1 for each in ids):
        return " ".join(ids)
    return "; ".join(ids) if len(ids) > 1 else f"{ids[0]};"
