"""Reads the tables of the licensing desk in the practice pack."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import cast

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.data.cells import Cell
from coercivity.data.packs import open_pack, read_pack
from coercivity.data.tables import Table
from coercivity.practice.desk import (
    CustomsHold,
    DeskPractice,
    DeskRow,
    EventKind,
    GeneralLicence,
    Parameter,
    PracticeEvent,
    Scope,
)
from coercivity.practice.desk_check import check_desk
from coercivity.practice.records import load_records

FIGURES, EVENTS, GENERAL, HOLDS = "desk_figures", "practice_events", "general_licences", "customs_holds"
TABLES = (FIGURES, EVENTS, GENERAL, HOLDS)


def load_desk(folder: Path | None = None, known: Day | None = None) -> DeskPractice:
    """Returns the figures, events, general licences and customs holds of the practice pack.

    The column `note` of each row says what is reported and what is assumed.

    Args:
        folder: Folder of the pack; by default the built-in one.
        known: Information cut-off; later reports, and ends that come after it, are not read. None for all.

    Raises:
        CoercivityError: With all faults of the four tables, each with file, line and column.
    """
    return _load_desk(folder, known)


def desk_with(known: Day | None, names: Collection[str]) -> DeskPractice:
    """Returns the desk as it was known by a day, and rows of later reports that are named.

    A scenario that states a value of a row is always known; the row says for what and for which days it holds.

    Args:
        known: Information cut-off; None for all.
        names: Ids of the rows that count in any case.

    Raises:
        CoercivityError: As `load_desk`.
    """
    desk = load_desk(known=known)
    found = {row.id: row for row in desk.rows}
    if found.keys() >= set(names):
        return desk
    whole = load_desk().rows
    return replace(desk, rows=tuple(found.get(row.id, row) for row in whole if row.id in found or row.id in names))


@lru_cache(maxsize=8)
def _load_desk(folder: Path | None, known: Day | None) -> DeskPractice:
    pack = open_pack("practice") if folder is None else read_pack(folder)
    pack, faults = pack.known_by(known), Faults()
    tables = [pack.scan(name, faults) for name in TABLES]
    whole, records = not faults.items, load_records(folder)
    figures, events, general, holds = (_readable(table) for table in tables)
    practice = DeskPractice(
        rows=tuple(row.figure() for row in figures),
        events=tuple(row.event() for row in events),
        general=tuple(row.general() for row in general),
        holds=tuple(row.hold() for row in holds),
        groups={group.id: frozenset(group.members) for group in records.groups_of_places},
    )
    check_desk(practice, faults, _lines(tables), whole=whole)
    faults.raise_if_any()
    return practice


def _lines(tables: list[Table]) -> dict[str, str]:
    """Returns file and line of every row by its id."""
    found = dict[str, str]()
    for table in tables:
        for name, line in zip(table.text("id"), table.lines, strict=True):
            found.setdefault(name, f"{table.where}:{line}")
    return found


def _readable(table: Table) -> list[_Row]:
    """Returns the rows whose cells can be read; the faults of the others are known."""
    needed = [column.name for column in table.schema.columns if column.required]
    return [_Row(row) for row in table.rows if all(row[name] is not None for name in needed)]


class _Row:
    """One row of a table, by column."""

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self.cells = cells

    def text(self, name: str) -> str:
        return str(self.cells[name] or "")

    def number(self, name: str) -> float:
        return float(cast(float, self.cells[name]))

    def whole(self, name: str) -> int:
        return int(cast(int, self.cells[name]))

    def day(self, name: str) -> Day | None:
        found = self.cells[name]
        return found if isinstance(found, Day) else None

    def fixed_day(self, name: str) -> Day:
        return cast(Day, self.cells[name])

    @property
    def scope(self) -> Scope:
        return Scope(self.text("form"), self.text("destination"), self.text("user"))

    @property
    def reports(self) -> tuple[str, ...]:
        found = self.cells["reports"]
        return found if isinstance(found, tuple) else ()

    def figure(self) -> DeskRow:
        return DeskRow(
            id=self.text("id"),
            parameter=cast(Parameter, self.text("parameter")),
            scope=self.scope,
            value=self.number("value"),
            low=self.number("low"),
            high=self.number("high"),
            unit=self.text("unit"),
            begins_on=self.day("begins_on"),
            ends_on=self.day("ends_on"),
            reported_on=self.day("reported_on"),
            sample=self.whole("sample"),
            quality=self.text("quality"),
            reports=self.reports,
            source_id=self.text("source_id"),
            note=self.text("note"),
        )

    def event(self) -> PracticeEvent:
        return PracticeEvent(
            id=self.text("id"),
            kind=cast(EventKind, self.text("kind")),
            scope=self.scope,
            share=self.number("share"),
            low=self.number("low"),
            high=self.number("high"),
            begins_on=self.fixed_day("begins_on"),
            ends_on=self.day("ends_on"),
            reported_on=self.fixed_day("reported_on"),
            sample=self.whole("sample"),
            quality=self.text("quality"),
            reports=self.reports,
            source_id=self.text("source_id"),
            note=self.text("note"),
        )

    def general(self) -> GeneralLicence:
        return GeneralLicence(
            id=self.text("id"),
            scope=self.scope,
            holders=tuple(filter(None, self.text("holders").split(";"))),
            customers=self.text("customers"),
            share=self.number("share"),
            low=self.number("low"),
            high=self.number("high"),
            begins_on=self.fixed_day("begins_on"),
            life_months=self.whole("life_months"),
            renewed_share=self.number("renewed_share"),
            reported_on=self.fixed_day("reported_on"),
            sample=self.whole("sample"),
            quality=self.text("quality"),
            reports=self.reports,
            source_id=self.text("source_id"),
            note=self.text("note"),
        )

    def hold(self) -> CustomsHold:
        return CustomsHold(
            id=self.text("id"),
            scope=self.scope,
            share=self.number("share"),
            low=self.number("low"),
            high=self.number("high"),
            days=self.number("days"),
            days_low=self.number("days_low"),
            days_high=self.number("days_high"),
            begins_on=self.fixed_day("begins_on"),
            ends_on=self.day("ends_on"),
            reported_on=self.fixed_day("reported_on"),
            sample=self.whole("sample"),
            quality=self.text("quality"),
            reports=self.reports,
            source_id=self.text("source_id"),
            note=self.text("note"),
        )
