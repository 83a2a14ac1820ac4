"""The table of licences: number, last day and remaining mass of each."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.batches.request import TableAsked
from coercivity.data.textyaml import file_in
from coercivity.files.table import open_table
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.column_words import fold
from coercivity.intake.cells.days import read_day
from coercivity.intake.cells.marks import BLANK, OPEN
from coercivity.intake.cells.quantities import KG, NO_MASS, mass_kg, read_quantity, read_unit

MOST_LICENCES = 1_000_000
LICENCES_FILE = "licences.csv"
# The column names are those of the sheet Licences of a firm's workbook, and others in use; `fold` removes the rest.
COLUMNS: dict[str, tuple[str, ...]] = {
    "licence": (
        *("licence", "license", "licence no", "license no", "licence number", "license number", "export licence"),
        *("export license", "许可证", "许可证号", "许可证编号", "出口许可证号", "genehmigung", "genehmigungsnummer"),
        *("genehmigungsnr", "ausfuhrgenehmigung", "lizenz", "lizenznummer", "lizenznr"),
    ),
    "valid_from": ("valid_from", "有效期自", "有效期起", "生效日期", "gültig ab", "gültig von"),
    "valid_until": (
        *("valid_until", "valid to", "expiry", "expires", "expiry date", "有效期至", "有效期止", "有效期"),
        *("到期日", "gültig bis", "ablaufdatum"),
    ),
    "remaining": (
        *("remaining", "remaining_kg", "remaining quantity", "remaining qty", "quantity left", "剩余数量", "余量"),
        *("restmenge", "verbleibende menge"),
    ),
    "unit": ("unit", "单位", "einheit"),
}
NO_NUMBER = BLANK | OPEN | frozenset(["-", "–", "—", "/", "无", "没有", "keine", "nil"])
EARLY, LATE = "early", "late"
_ROLES = {fold(name): role for role, names in COLUMNS.items() for name in names}
ALIKE = 0.8  # likeness from which an unknown name of a column counts as misspelt


Validity: TypeAlias = tuple[Day | None, Day | None]  # first and last day of a licence; None if not known


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A licence of the table.

    Attributes:
        licence: Its number.
        valid_until: Last day on which goods may leave under it; None if not known.
        remaining_kg: Mass that may still leave under it, None if not known [kg].
        valid_from: First day on which goods may leave under it; None if not known.
    """

    licence: str
    valid_until: Day | None
    remaining_kg: float | None
    valid_from: Day | None = None


@dataclass(frozen=True, slots=True)
class LicenceTable:
    """A table of licences.

    Attributes:
        name: Name of its file.
        rows: The licences.
        found: Whether it was found in the case folder, and not named by the user.
    """

    name: str
    rows: tuple[LicenceRow, ...]
    found: bool = False

    @property
    def valid(self) -> dict[str, Validity]:
        """The first and the last day of each licence; None for a day that is not known."""
        return {row.licence: (row.valid_from, row.valid_until) for row in self.rows}


def licence_table(named: Path | TableAsked | None, deals: Path) -> LicenceTable | None:
    """Returns the table of licences that the user named, else `licences.csv` of a case folder; None without one.

    Args:
        named: The table that the user named, if any.
        deals: The table, case folder or file of deals.

    Raises:
        CoercivityError: With every error in the table, or if `licences.csv` is a link that leads out of the folder.
    """
    if isinstance(named, TableAsked):
        return LicenceTable(named.name, read_licences(named.path, named.name))
    if named is not None:
        return LicenceTable(named.name, read_licences(named))
    if not deals.is_dir() or not os.path.lexists(deals / LICENCES_FILE):
        return None
    return LicenceTable(LICENCES_FILE, read_licences(file_in(deals, LICENCES_FILE)), found=True)


def licence_number(text: str) -> str:
    """Returns the number of a licence as written in a cell; empty for a word that says that there is none."""
    name = text.strip()
    return "" if name.casefold() in NO_NUMBER else name


def outside_of(valid: Validity, day: Day | None) -> str:
    """Returns `EARLY` or `LATE` for a day before the first or after the last day of a licence; empty for another."""
    first, last = valid
    if day is None:
        return ""
    return EARLY if first is not None and day < first else LATE if last is not None and day > last else ""


def licence_column(columns: Sequence[str], wanted: str | None, where: str) -> str | None:
    """Returns the column of a table of deals with the number of the licence; None if it has none.

    Args:
        columns: The columns of the table.
        wanted: The column named by the user, if any.
        where: The table, for messages.

    Raises:
        CoercivityError: If the column named does not exist.
    """
    if wanted is not None and wanted not in columns:
        what = f"column {brief_value(wanted)!r} not found"
        raise CoercivityError.of("LICENCE-COLUMN", what, where=where, nearest=nearest(wanted, columns))
    if wanted is not None:
        return wanted
    names = [name for name in columns if _ROLES.get(fold(name)) == "licence"]
    if len(names) > 1:
        what = f"{brief_value(names[0])!r} and {brief_value(names[1])!r} are both columns of licences"
        raise CoercivityError.of("LICENCE-COLUMN", what, where=where, next="name one with --licence-column")
    return names[0] if names else None


def read_licences(path: Path, called: str | None = None) -> tuple[LicenceRow, ...]:
    """Reads a table of licences.

    Args:
        path: CSV, XLSX, Parquet or Arrow file with a column `licence`; as far as known `valid_from`, `valid_until`, and
            `remaining_kg` or `remaining` with a unit, in the cell or in `unit`. Other columns are not read.
        called: Display name of the table, if it is not the name of its file.

    Raises:
        CoercivityError: With every error in the table.
    """
    shown = called or path.name
    table = open_table(path, is_name=lambda name: bool(_found([name])))
    roles = _found(table.columns)
    if "licence" not in roles:
        what = "the table of licences has no column with their numbers"
        raise CoercivityError.of("LICENCE-COLUMN", what, where=shown, next="name the column `licence`")
    in_kg = fold(roles.get("remaining", "")) == fold("remaining_kg")
    found: dict[str, LicenceRow] = {}
    faults = _misread(table.columns, shown)
    for chunk in table.chunks(10_000, columns=tuple(roles.values())):
        for place, texts in enumerate(chunk.frame.iter_rows(named=True)):
            where = f"{shown}, row {chunk.first + place}"
            if place in chunk.broken:
                faults.items.append(chunk.broken[place])
                continue
            said = {role: _text(texts[column]) for role, column in roles.items()}
            row = _row(said, where, faults, in_kg=in_kg)
            if row is None:
                continue
            if row.licence in found:
                what = f"licence {brief_value(row.licence)!r} appears twice"
                faults.add("LICENCE-TWICE", what, where=where, next="give each licence one row")
            found[row.licence] = row
        if len(found) > MOST_LICENCES:
            what = f"the table has more than {MOST_LICENCES:,} licences"
            raise CoercivityError.of("LICENCE-MANY", what, where=shown, next="keep the licences still in use")
    faults.raise_if_any()
    return tuple(found.values())


def _found(columns: Sequence[str]) -> dict[str, str]:
    """Returns the column of each role, the first that fits."""
    found: dict[str, str] = {}
    for column in columns:
        role = _ROLES.get(fold(column))
        if role is not None:
            found.setdefault(role, column)
    return found


def _misread(columns: Sequence[str], where: str) -> Faults:
    """Returns an error for each column that would be passed over: a second one of a role, or a misspelt name."""
    found, faults = _found(columns), Faults()
    lacking = {name: role for name, role in _ROLES.items() if role not in found}
    for column in columns:
        role = _ROLES.get(fold(column))
        if role is not None and found[role] != column:
            what = f"{brief_value(column)!r} and {brief_value(found[role])!r} say the same of a licence"
            faults.add("LICENCE-COLUMN", what, where=where, next="keep one of these columns")
        elif role is None and (near := get_close_matches(fold(column), list(lacking), n=1, cutoff=ALIKE)):
            what = f"{brief_value(column)!r} is not a name of a column, but almost one"
            step = "correct the name, or remove the column"
            name = lacking[near[0]]
            faults.add("LICENCE-COLUMN", what, where=where, nearest=(COLUMNS[name][0],), next=step)
    return faults


def _text(value: object) -> str:
    return "" if value is None else licence_number(str(value))


def _row(said: Mapping[str, str], where: str, faults: Faults, *, in_kg: bool) -> LicenceRow | None:
    """Returns a row; None for a blank one, or after adding its errors."""
    if not any(said.values()):
        return None
    name, before = said["licence"], len(faults.items)
    if not name:
        faults.add("LICENCE-ROW", "the row has no licence number", where=where, next="fill in the number")
    first, last = (_day(said.get(role, ""), f"{where}, {role}", faults) for role in ("valid_from", "valid_until"))
    if first is not None and last is not None and first > last:
        what = f"its first day, {first}, is after its last day, {last}"
        faults.add("LICENCE-DAYS", what, where=where, next="correct one of the two days")
    mass = _mass(said, where, faults, in_kg=in_kg)
    return None if len(faults.items) > before else LicenceRow(name, last, mass, first)


def _day(text: str, where: str, faults: Faults) -> Day | None:
    if not text:
        return None
    day = read_day(text)
    if isinstance(day.value, Day):
        return day.value
    fault = day.fault or Fault("DATE", f"{brief_value(text)!r} is not a date")
    faults.add(fault.code, fault.what, where=where, next="write YYYY-MM-DD, or leave it blank if not known")
    return None


def _mass(said: Mapping[str, str], where: str, faults: Faults, *, in_kg: bool) -> float | None:
    if not said.get("remaining"):
        return None
    left = read_quantity(said["remaining"])
    kg = Cell(value=KG["kg"], unit="kg")
    unit = read_unit(said["unit"]) if said.get("unit") else kg if in_kg else Cell()
    other = said["unit"] if unit.unit != "kg" and said.get("unit") else left.unit
    if in_kg and other not in ("", "kg", NO_MASS):
        what = f"the column is in kg, but the unit is {brief_value(other)!r}"
        faults.add("LICENCE-MASS", what, where=where, next="write the quantity into `remaining`, with its unit")
        return None
    if left.fault is not None:
        faults.add(left.fault.code, left.fault.what, where=f"{where}, remaining", next=left.fault.next)
        return None
    found, why = mass_kg(left, unit)
    if why or left.unread or left.unit == NO_MASS or not isinstance(found, Decimal):
        what = why if why and left.unit != NO_MASS else f"{brief_value(said['remaining'])!r} gives no mass"
        step = "write a number of kilograms into `remaining_kg`, or a unit of mass into `unit`"
        faults.add("LICENCE-MASS", what, where=where, next=step)
        return None
    return float(found)
