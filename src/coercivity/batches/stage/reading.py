"""Rows before they are decided: their cells, joint statements, facts, dates and errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.errors import Fault, Faults
from coercivity.batches.plan import Plan, standing_facts
from coercivity.batches.stage.cells import CellMemory, ReadColumn, read_column
from coercivity.batches.stage.column import Clocks, Column, joined
from coercivity.batches.stage.facts import Facts, Stated, facts_of
from coercivity.batches.stage.merged import united
from coercivity.batches.stage.no_deals import FAULTS, no_deals
from coercivity.batches.stage.statements import (
    SPEAKING,
    by_route,
    entailed,
    facts_of_cells,
    rest_of,
    tariff,
    units,
    unlikely,
    unread_of,
    with_remarks,
    without_content,
)
from coercivity.data.values import FactValue
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.columns import BY_ROUTE
from coercivity.intake.cells.reader import cell_reader
from coercivity.law.engine.derived_facts import CONFLICT
from coercivity.law.engine.other_content import OTHER_CONTENT
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import polars as pl

    from coercivity.batches.stage.column import Codes


@dataclass(frozen=True, slots=True, eq=False)
class ReadRows:
    """Rows that were read.

    Attributes:
        columns: Their columns, with each distinct cell read.
        stated: What the columns state; if two state the same fact, the first one takes precedence.
        facts: Their facts, including declarations, screening and derived facts.
        days: Transaction date and information cut-off of every row; None for a row without a date.
    """

    columns: Sequence[ReadColumn]
    stated: Sequence[Stated]
    facts: Facts
    days: Column

    def said(self, row: int) -> dict[str, FactValue | None]:
        """Returns what a row itself states, before any compliance declaration; None marks a fact as open."""
        found: dict[str, FactValue | None] = {}
        for column in self.stated:
            found = {**column.facts[column.codes[row]], **found}
        return found


class RowReader:
    """Reads the rows of one table, or a deal described in the same words as a row of a table.

    Args:
        book: The rulebook.
        plan: What applies to every row.
        judged_by: The rulebook that the rows are judged under, whose days are the default of their information
            cut-off. Default: the same.

    Raises:
        CoercivityError: With every error of the compliance declarations and of the constants.
    """

    def __init__(self, book: Rulebook, plan: Plan, judged_by: Rulebook | None = None) -> None:
        faults = Faults()
        self._book, self._plan = book, plan
        self._judged_by = judged_by or book
        self._standing = standing_facts(book, plan, faults)
        faults.raise_if_any()
        lists = dict.fromkeys(plan.standing.lists, plan.standing.version or "version not stated")
        self._searched = lists, plan.standing.search
        options, roles = plan.columns.options, set(plan.columns.columns.values())
        self._readers = {role: cell_reader(book, role, options) for role in roles}
        self._memories = {role: CellMemory(reader) for role, reader in self._readers.items()}
        # A number in a typed file was not typed by a person: its decimal separator is always a point.
        typed = replace(options, decimal=".")
        self._typed = {role: CellMemory(cell_reader(book, role, typed)) for role in roles}

    def read(self, frame: pl.DataFrame) -> ReadRows:
        """Returns the rows of a frame, read: each distinct text of a column once."""
        return self.together(self.cells(frame), frame.height)

    def cells(self, frame: pl.DataFrame, names: Collection[str] | None = None) -> list[ReadColumn]:
        """Returns the columns of a frame, each distinct text read once.

        Args:
            frame: The rows.
            names: The columns to read. Default: all that are mapped.
        """
        columns = []
        for name, role in self._plan.columns.columns.items():
            if names is not None and name not in names:
                continue
            memories = self._typed if frame[name].dtype.is_numeric() else self._memories
            columns.append(read_column(name, role, frame[name], memories[role]))
        return columns

    def read_one(self, texts: Mapping[str, str]) -> ReadRows:
        """Returns one row, read.

        Args:
            texts: Text by column name; none is blank.
        """
        import numpy as np

        def read(name: str, role: str) -> ReadColumn:
            cell = self._readers[role](texts[name])
            return ReadColumn(name, role, np.zeros(1, np.int64), [texts[name]], [cell], [texts[name]])

        return self.together([read(name, role) for name, role in self._plan.columns.columns.items()], 1)

    def together(self, columns: Sequence[ReadColumn], rows: int) -> ReadRows:
        """Returns what the columns of rows state together.

        Args:
            columns: The columns, from `cells`.
            rows: Number of rows.
        """
        stated = self._stated(columns, rows)
        days = self.days(columns, rows)
        return ReadRows(columns, stated, facts_of(self._book, stated, self._standing, self._searched, days), days)

    def _stated(self, read: Sequence[ReadColumn], rows: int) -> list[Stated]:
        speaking = [c for c in read if c.role in self._book.catalogue]
        speaking += sorted((c for c in read if c.role in SPEAKING), key=lambda c: SPEAKING.index(c.role))
        stated = [Stated(c.role, c.codes, facts_of_cells(c), unread_of(c)) for c in speaking]
        stated += [
            Stated(c.role, c.codes, [{}] * len(c.cells), unread_of(c)) for c in read if c.role in ("unit", "quantity")
        ]
        stated += [Stated(OTHER_CONTENT, c.codes, [{}] * len(c.cells), rest) for c in read if any(rest := rest_of(c))]
        stated = with_remarks(stated, read)
        # A statement that there is no composition takes precedence over the columns that describe one.
        bare = [*without_content(stated, self._standing, rows)]
        both = united(stated)
        stated = [*bare, *stated, *both, *units(read)]
        stated += [*unlikely(stated), *tariff(read), *entailed(read)]
        standing = self._standing
        if self._plan.columns.constants.get("act") == BY_ROUTE:
            stated = by_route(stated, standing, rows)
        return stated

    def days(self, read: Sequence[ReadColumn], rows: int) -> Column:
        """Returns transaction date and information cut-off of every row; None for a row without a date.

        Args:
            read: The columns, from `cells`.
            rows: Number of rows.
        """
        import numpy as np

        plan, book = self._plan, self._judged_by
        columns = {c.role: c for c in read if c.role in ("on", "known")}
        fixed = [
            Column(name, np.zeros(rows, np.int64), (day,)) for name, day in (("on", plan.on), ("known", plan.known))
        ]
        both = [
            fixed[place]
            if fixed[place].values[0] is not None or name not in columns
            else Column(name, columns[name].codes, tuple(cell.value for cell in columns[name].cells))
            for place, name in enumerate(("on", "known"))
        ]

        def clocks(on: object, known: object) -> tuple[Clocks | None, str]:
            if not isinstance(on, Day):
                return None, ""
            return (on, known if isinstance(known, Day) else book.default_known(on)), ""

        return joined("day", both, clocks)

    def faults(self, read: ReadRows) -> list[tuple[Codes, list[tuple[Fault, ...]]]]:
        """Returns the errors within rows, as the index of every row in a list of errors, and the errors."""
        found: list[tuple[Codes, list[tuple[Fault, ...]]]]
        found = [(c.codes, [_of_cell(c, cell) for cell in c.cells]) for c in read.columns]
        found.append((read.days.codes, [self._ahead(clocks) for clocks in read.days.values]))
        if (against := read.facts.against) is not None:
            told = [tuple(Fault(CONFLICT, what, next=step) for what, step in value) for value in against.values]
            found.append((against.codes, told))
        return found

    def faults_of_one(self, read: ReadRows) -> tuple[Fault, ...]:
        """Returns the errors of one row that was read on its own."""
        # Cell errors are irrelevant for a row that is not a deal.
        whole = tuple(FAULTS[kind] for kind in no_deals(read.columns).values() if kind in FAULTS)
        return whole or tuple(fault for codes, faults in self.faults(read) for fault in faults[codes[0]])

    def _ahead(self, clocks: Clocks | None) -> tuple[Fault, ...]:
        if clocks is None or clocks[1] <= max(clocks[0], self._judged_by.known_through):
            return ()
        what = (
            f"the information cut-off {clocks[1]} is after the transaction date {clocks[0]} and after the last date "
            f"covered by the rulebook, {self._judged_by.known_through}"
        )
        return (Fault("KNOWN-AHEAD", what, next="leave it blank, or update the rulebook"),)


def _of_cell(column: ReadColumn, cell: Cell) -> tuple[Fault, ...]:
    return () if cell.fault is None else (replace(cell.fault, where=column.name),)
