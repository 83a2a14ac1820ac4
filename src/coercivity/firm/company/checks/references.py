"""Ids that a row names and no other row has: each with the cell, and the ids that are near."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.words import plain
from coercivity.firm.company.mix_sheets.rows import NO_DEALS, spelled_deal
from coercivity.firm.company.model import NO_LICENCE, Company
from coercivity.workbooks.tables import ReadTables

_NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.ASCII)
DEALS = "deals"  # rows of the transactions of a case folder
_ABSENT: Mapping[str, str] = {
    "parts": "there is no part",
    "plants": "there is no plant",
    "suppliers": "there is no supplier",
    "licences": "there is no licence",
    "contracts": "there is no contract",
    "in_transit": "there is no lot",
    "index": "there is no index",
    "grades": "there is no grade",
    DEALS: "transactions.csv has no row",
}
# Column of a sheet, and the sheet that its ids are from; several ids in one cell are named one by one.
_NAMED: tuple[tuple[str, str, str], ...] = (
    ("use", "plant", "plants"), ("use", "part", "parts"), ("closed", "plant", "plants"), ("stock", "plant", "plants"),
    ("stock", "part", "parts"), ("stock", "serves", "parts"), ("licences", "supplier", "suppliers"),
    ("licences", "names", "plants"), ("in_transit", "supplier", "suppliers"), ("in_transit", "part", "parts"),
    ("in_transit", "plant", "plants"), ("in_transit", "licence", "licences"), ("in_transit", "contract", "contracts"),
    ("in_transit", "serves", "parts"), ("contracts", "supplier", "suppliers"), ("contracts", "licence", "licences"),
    ("contracts", "index", "index"), ("options", "plant", "plants"), ("options", "part", "parts"),
    ("options", "lot", "in_transit"), ("options", "grades", "grades"), ("options", "supplier", "suppliers"),
    ("grades", "supplier", "suppliers"), ("grades", "plant", "plants"), ("grades", "part", "parts"),
    ("in_transit", "deal", DEALS), ("options", "deals", DEALS),
    ("grades", "deals", DEALS),
)  # fmt: skip
_MOST_CELLS = 5  # names of a sheet without rows that are told, each with the first cell that has it
_MOST_NEAR = 200  # faults for which near ids are searched; no more are shown
_OPTIONAL = ("suppliers", DEALS)  # what other rows may name although it has no rows, or is not known


def check_references(
    company: Company, tables: ReadTables, faults: Faults, deals: Collection[str] | None = None
) -> None:
    """Adds a fault for every id that names nothing, and for ids that differ only by case or blanks.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
        deals: Ids of the transactions of the case folder; None outside of one: they are then not looked up.
    """
    known = {sheet: frozenset(ids) for sheet, ids in tables.ids.items()} | {"index": frozenset(company.index)}
    known[DEALS] = frozenset(deals or ())
    lacking: dict[str, dict[str, str]] = {}  # by sheet without rows: each name and the first cell that has it
    for sheet, column, of in _NAMED:
        if of in _OPTIONAL and not known.get(of):
            continue
        for row in tables.all_rows.get(sheet, []):
            value = row.cells.get(column)
            for name in value if isinstance(value, tuple) else (value,):
                if not isinstance(name, str) or name in known.get(of, ()) or _is_none(of, column, name):
                    continue
                if known.get(of):
                    near = known[of] if len(faults.items) < _MOST_NEAR else ()
                    what, where = missing(name, near, _ABSENT[of]), tables.place(row.where, column)
                    faults.add("FIRM-REF", what, where=where, next="correct the cell, or add the row")
                else:
                    lacking.setdefault(of, {}).setdefault(name, tables.place(row.where, column))
    for of, names in lacking.items():
        shown = ", ".join(sorted(names)[:_MOST_CELLS]) + (" ..." if len(names) > _MOST_CELLS else "")
        name = "Index" if of == "index" else of.replace("_", " ").capitalize()
        faults.add("SHEET", f"the sheet {name} has no rows; it must name {shown}", where=name, next="fill it in")
        for missed in sorted(names)[:_MOST_CELLS]:
            do = "correct the cell, or add the row"
            faults.add("FIRM-REF", missing(missed, (), _ABSENT[of]), where=names[missed], next=do)
    _check_plants_of_settings(company, known.get("plants", frozenset()), faults)
    for sheet, ids in tables.ids.items():
        if sheet in _ABSENT:
            _check_likeness(ids, faults)


def _is_none(of: str, column: str, name: str) -> bool:
    """Returns whether a word says that a row needs no licence, or no transaction."""
    return (of == "licences" and name == NO_LICENCE) or (column == DEALS and spelled_deal(name) == NO_DEALS)


def _check_plants_of_settings(company: Company, plants: Collection[str], faults: Faults) -> None:
    settings = company.settings
    named = {"plant": (settings.plant,), "general_licence_plant": settings.general_licence_plant}
    for setting, names in named.items():
        for name in names:
            if plants and name and name not in plants:
                where = company.places.get(setting, "Settings")
                faults.add("FIRM-REF", missing(name, plants, _ABSENT["plants"]), where=where, next="correct the cell")


def _check_likeness(ids: Mapping[str, str], faults: Faults) -> None:
    """Adds a fault for ids that people cannot tell apart."""
    seen: dict[str, str] = {}
    for name, where in ids.items():
        other = seen.setdefault("".join(name.split()).casefold(), name)
        if other != name:
            what = f"{brief_value(name)!r} differs from {brief_value(other)!r} only by case or blanks"
            faults.add("TWICE", what, where=where, next="write them alike, or rename one")


def missing(name: str, known: Iterable[str], absent: str) -> str:
    """Returns the message for an id that names nothing: `there is no part M7; M5, M6 are near`."""
    near = near_ids(name, known)
    told = f"; {', '.join(near)} {'is' if len(near) == 1 else 'are'} near" if near else ""
    return f"{absent} {plain(brief_value(name))}{told}"


def near_ids(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Returns the ids nearest to one: the same but for case or blanks, the nearest numbers of its kind, or similar."""
    pool = sorted(set(known))
    alike = [each for each in pool if "".join(each.split()).casefold() == "".join(name.split()).casefold()]
    if alike:
        return tuple(alike[:2])
    found = _NUMBERED.fullmatch(name)
    if found:
        kin = [(each, _NUMBERED.fullmatch(each)) for each in pool]
        numbers = {each: int(match[2]) for each, match in kin if match and match[1].casefold() == found[1].casefold()}
        if numbers:
            own = int(found[2])
            best = sorted(numbers, key=lambda each: (abs(numbers[each] - own), each))[:2]
            return tuple(sorted(best, key=lambda each: numbers[each]))
    return nearest(name, pool, most=2)
