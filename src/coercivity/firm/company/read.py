"""Reads the sheets of a company into the company; every fault of every sheet is collected, with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.files.sheets import SheetSet
from coercivity.firm.company.check import check_company
from coercivity.firm.company.grades import spelled
from coercivity.firm.company.mix_sheets.rows import (
    ALL_GRADES,
    MIX_KINDS,
    NO_STOP,
    GradeRow,
    LimitRow,
    MixOptionRow,
    StopRow,
    spelled_deal,
)
from coercivity.firm.company.model import (
    NO_LICENCE,
    CalendarRow,
    ClauseOn,
    Closed,
    Company,
    CompanySettings,
    Contract,
    Declaration,
    Delay,
    LicenceHeld,
    Lot,
    Option,
    Part,
    Plant,
    ReturnRow,
    StageRow,
    Stock,
    Supplier,
    Use,
)  # fmt: skip
from coercivity.firm.company.spec import company_form, setting_specs
from coercivity.workbooks.cells import Value
from coercivity.workbooks.rows import made_row, read_settings
from coercivity.workbooks.tables import ReadRow, read_tables

NONE = ("none", "无", "不需要")  # a licence is not needed
SCOPES = {NO_STOP: ("none", "无"), ALL_GRADES: ("all", "全部")}
MASS_UNITS = {"kg": Fraction(1), "t": Fraction(1000), "g": Fraction(1, 1000)}
Row = TypeVar("Row")


def read_company(sheets: SheetSet, faults: Faults, deals: Collection[str] | None = None) -> Company:
    """Returns the company that sheets describe; faults are added, not raised.

    Args:
        sheets: The sheets as read from a file.
        faults: Receives every fault, with sheet, row and cell.
        deals: Ids of the transactions of the case folder, which rows may name; None outside of one.
    """
    tables = read_tables(sheets, company_form(), faults)
    rows = tables.rows
    values, places = read_settings(rows.get("settings", []), setting_specs(), tables, faults)
    pieces = {row.cells.get("part"): row.cells.get("piece_kg") for row in rows.get("parts", [])}
    for key in ("use", "stock", "in_transit"):
        rows[key] = [_in_kg(row, pieces, faults) for row in rows.get(key, [])]
    company = Company(
        settings=CompanySettings(**values),  # type: ignore[arg-type] # each was read as its kind
        parts=tuple(_part(row) for row in rows.get("parts", [])),
        plants=tuple(made_row(Plant, row) for row in rows.get("plants", [])),
        use=tuple(made_row(Use, row, calendar="calendar") for row in rows["use"]),
        closed=tuple(_spanned(Closed, row) for row in rows.get("closed", [])),
        stock=tuple(made_row(Stock, row, quarantine_kg=Fraction(0)) for row in rows["stock"]),
        suppliers=tuple(made_row(Supplier, row) for row in rows.get("suppliers", [])),
        licences=tuple(made_row(LicenceHeld, row, names=()) for row in rows.get("licences", [])),
        in_transit=tuple(made_row(Lot, _licensed(row)) for row in rows["in_transit"]),
        contracts=tuple(made_row(Contract, _licensed(row)) for row in rows.get("contracts", [])),
        index=_index(rows.get("index", [])),
        clauses=tuple(made_row(ClauseOn, row) for row in rows.get("clauses", [])),
        delays=tuple(made_row(Delay, row) for row in rows.get("delays", [])),
        options=tuple(made_row(Option, row) for row in rows.get("options", []) if row.cells["kind"] not in MIX_KINDS),
        mix_options=tuple(
            made_row(MixOptionRow, _needing(row), grades=(), deals=())
            for row in rows.get("options", [])
            if row.cells["kind"] in MIX_KINDS
        ),
        grades=tuple(made_row(GradeRow, _needing(row), deals=()) for row in rows.get("grades", [])),
        monthly_use=_monthly_use(rows.get("monthly_use", [])),
        scenarios=tuple(made_row(StopRow, _scoped(row)) for row in rows.get("scenarios", [])),
        price_paths=_price_paths(rows.get("price_paths", [])),
        limits=tuple(made_row(LimitRow, row) for row in rows.get("limits", [])),
        stages=tuple(made_row(StageRow, row) for row in rows.get("stages", [])),
        returns=tuple(_return(row) for row in rows.get("returns", [])),
        calendar=tuple(_calendar(row) for row in rows.get("calendar", [])),
        declarations=tuple(made_row(Declaration, row) for row in rows.get("declarations", [])),
        places=places,
        sheets=frozenset(tables.names),
    )
    check_company(company, tables, faults, deals)
    return company


def _in_kg(row: ReadRow, pieces: Mapping[Value, Value], faults: Faults) -> ReadRow:
    """Returns a row with its masses in kilograms."""
    unit = row.cells.get("unit") or "kg"
    if unit == "kg":
        return row
    factor = pieces.get(row.cells.get("part")) if unit == "pieces" else MASS_UNITS[str(unit)]
    if not isinstance(factor, Fraction):
        what = f"pieces of {row.cells.get('part')} need piece_kg in the sheet Parts"
        faults.add("UNIT", what, where=row.where, next="add piece_kg, or write the mass")
        return row
    masses = {
        k: v * factor for k, v in row.cells.items() if k in ("quantity_kg", "quarantine_kg") and isinstance(v, Fraction)
    }
    return ReadRow({**row.cells, **masses}, row.where, row.wide)


def _part(row: ReadRow) -> Part:
    values = {name: row.cells.get(name) for name in ("piece_kg", "value_usd_per_kg")}
    shares = {name: share for name, share in row.wide.items() if share}
    free_of = frozenset(row.wide) - set(shares)
    texts = {name: str(row.cells.get(name) or "") for name in ("part", "grade", "name", "name_zh", "form")}
    texts["grade"] = spelled(texts["grade"])
    texts["other_rare_earths"] = "none" if row.cells.get("other_rare_earths") == "none" else ""
    return Part(**texts, **values, shares=shares, free_of=free_of, where=row.where)  # type: ignore[arg-type] # read as such


def _licensed(row: ReadRow) -> ReadRow:
    """Returns a row whose licence, where it needs none, is `none` in the program's spelling."""
    licence = str(row.cells["licence"])
    return ReadRow({**row.cells, "licence": NO_LICENCE}, row.where, row.wide) if licence.casefold() in NONE else row


def _needing(row: ReadRow) -> ReadRow:
    """Returns a row whose transactions, where it states that it needs none, are `none` in the program's spelling."""
    deals = row.cells.get("deals")
    if not isinstance(deals, tuple):
        return row
    return ReadRow({**row.cells, "deals": tuple(spelled_deal(str(name)) for name in deals)}, row.where, row.wide)


def _scoped(row: ReadRow) -> ReadRow:
    """Returns a row whose scope, where it is none or all, is so in the program's spelling."""
    scope = str(row.cells["scope"])
    found = next((word for word, others in SCOPES.items() if scope.casefold() in others), scope)
    return ReadRow({**row.cells, "scope": found}, row.where, row.wide)


def _spanned(kind: type[Row], row: ReadRow) -> Row:
    cells = {**row.cells, "from_on": row.cells["from"], "to_on": row.cells["to"]}
    return made_row(kind, ReadRow(cells, row.where, row.wide))


def _return(row: ReadRow) -> ReturnRow:
    found = row.cells["round"]
    assert isinstance(found, tuple)
    cells: dict[str, Value] = {**row.cells, "first_round": found[0], "later": found[1]}
    return made_row(ReturnRow, ReadRow(cells, row.where, row.wide))


def _calendar(row: ReadRow) -> CalendarRow:
    cells = row.cells
    begins, ends = cells["from"], cells["to"]
    assert isinstance(begins, Day)
    assert isinstance(ends, Day)
    return CalendarRow(begins, ends, cells["kind"] == "make-up", cells["state"] == "assumed", where=row.where)


def _index(rows: Sequence[ReadRow]) -> dict[str, dict[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = {}
    for row in rows:
        for name, value in row.wide.items():
            found.setdefault(name, {})[str(row.cells["month"])] = value
    return found


def _price_paths(rows: Sequence[ReadRow]) -> dict[str, dict[str, dict[str, Fraction]]]:
    by_scenario: dict[str, list[ReadRow]] = {}
    for row in rows:
        by_scenario.setdefault(str(row.cells["scenario"]), []).append(row)
    return {scenario: _index(each) for scenario, each in by_scenario.items()}


def _monthly_use(rows: Sequence[ReadRow]) -> dict[str, dict[int, Fraction]]:
    found: dict[str, dict[int, Fraction]] = {}
    for row in rows:
        month = row.cells["month"]
        assert isinstance(month, int)
        for name, value in row.wide.items():
            found.setdefault(name, {})[month] = value
    return found
