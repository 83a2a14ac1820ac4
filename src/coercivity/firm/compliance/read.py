"""Reads `compliance.yaml` of a case folder: figures with unit and source, and second vendors."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from coercivity.base.errors import Fault, Faults, brief_value, nearest
from coercivity.data.input import read_text
from coercivity.data.textyaml import file_in, load_text
from coercivity.firm.company.checks.references import missing
from coercivity.firm.compliance.model import Compliance, Vendor
from coercivity.workbooks.rows import made_row, read_settings
from coercivity.workbooks.sources import yaml_sheets
from coercivity.workbooks.spec import BookForm, load_form
from coercivity.workbooks.tables import ReadTables, read_tables

COMPLIANCE_FILE = "compliance.yaml"
_CHINA = "CN"
_NO_ROW = "transactions.csv has no row"


@lru_cache(maxsize=1)
def compliance_form() -> BookForm:
    """Returns the form of the file."""
    return load_form(__package__, describes="what compliance costs", template="", docs="docs/verbs/brief.md", apart=())


def compliance_of(
    folder: Path, faults: Faults, deals: Collection[str] | None, countries: Mapping[str, object]
) -> Compliance | None:
    """Returns what a case folder states of the cost of compliance; None if it has no such file.

    Args:
        folder: The case folder.
        faults: Receives every fault, with file, entry and column.
        deals: Ids of the transactions of the case; None if they could not be read, and nothing is compared with them.
        countries: Countries that there are, by code.
    """
    found: Compliance | None = None
    here = Faults()
    with here.kept():
        path = file_in(folder, COMPLIANCE_FILE)
        if os.path.lexists(path):
            raw = load_text(read_text(path), name=COMPLIANCE_FILE, blanks=True)
            tables = read_tables(yaml_sheets(raw, COMPLIANCE_FILE, compliance_form()), compliance_form(), here)
            found = _read(tables, here)
            _check(found, tables, here, deals, countries)
    faults.items += [_in_file(fault) for fault in here.items]
    return found


def _in_file(fault: Fault) -> Fault:
    """Returns a fault with the name of the file, because the company of a case has entries too."""
    where = str(fault.where)
    if COMPLIANCE_FILE in where:
        return fault
    return replace(fault, where=f"{COMPLIANCE_FILE}, {where}" if where else COMPLIANCE_FILE)


def _read(tables: ReadTables, faults: Faults) -> Compliance:
    rows, specs = tables.rows.get("figures", []), compliance_form().settings
    values, places = read_settings(rows, specs, tables, faults)
    by_place = {tables.place(row.where, "value"): row for row in rows}
    units: dict[str, str] = {}
    sources, chinese, texts = dict(units), dict(units), dict(units)
    for key, place in places.items():
        row, unit = by_place[place], specs[key].unit
        given = str(row.cells.get("unit") or "")
        if given not in (unit, compliance_form().unit_text(unit, "zh")):
            what = f"{key}: the unit is {brief_value(given)!r}, not {unit!r}"
            faults.add("UNIT", what, where=tables.place(row.where, "unit"), next="write the figure in that unit")
        units[key], sources[key], texts[key] = unit, str(row.cells["source"]), str(row.cells["value"])
        chinese[key] = str(row.cells.get("source_zh") or "")
    vendors = tuple(made_row(Vendor, row) for row in tables.rows.get("second_vendors", []))
    told = {"units": units, "sources": sources, "sources_zh": chinese, "texts": texts}
    return Compliance(**values, vendors=vendors, **told)  # type: ignore[arg-type] # each was read as its kind


def _check(
    found: Compliance,
    tables: ReadTables,
    faults: Faults,
    deals: Collection[str] | None,
    countries: Mapping[str, object],
) -> None:
    needs = next((row.where for row in tables.rows.get("figures", []) if row.cells["name"] == "plant_needs"), "")
    named = [(found.plant_needs, tables.place(needs, "value"))]
    named += [(vendor.replaces, tables.place(vendor.where, "replaces")) for vendor in found.vendors]
    for names, where in named:
        for name in dict.fromkeys(names):
            if deals is not None and name not in deals:
                do = "correct the cell, or add the row"
                faults.add("FIRM-REF", missing(name, deals, _NO_ROW), where=where, next=do)
    for vendor in found.vendors:
        where = tables.place(vendor.where, "country")
        if vendor.country == _CHINA:
            what = f"second vendor {vendor.vendor}: it delivers from China"
            faults.add("FIRM-ROW", what, where=where, next="name a vendor outside China, or delete the row")
        elif vendor.country not in countries:
            what = f"second vendor {vendor.vendor}: there is no country {brief_value(vendor.country)}"
            near = nearest(vendor.country, countries)
            faults.add("FIRM-ROW", what, where=where, nearest=near, next="give the code of two letters")
