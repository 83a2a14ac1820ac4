"""One part of a table: rows in, one answer a row out, in the same order, none lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.batches.judge.answers import (
    NOTE_JOINT,
    answers_of,
    beside,
    name_notes,
    readings_of,
    said_of,
    told,
    told_in,
)
from coercivity.batches.judge.hashes import seals
from coercivity.batches.judge.rulings import Judge, Rulings
from coercivity.batches.plan import Plan, standing_facts
from coercivity.batches.stage.cells import CellMemory, ReadColumn, read_column
from coercivity.batches.stage.column import Column, joined
from coercivity.batches.stage.facts import Facts, Stated, facts_of
from coercivity.batches.stage.rows import Rows
from coercivity.batches.stage.statements import (
    SPEAKING,
    by_route,
    masses,
    no_deals,
    tariff,
    tariff_notes,
    united,
    units,
    unlikely,
    unread_of,
    without_content,
)
from coercivity.data.values import FactValue
from coercivity.intake.cells.columns import BY_ROUTE
from coercivity.intake.cells.reader import cell_reader
from coercivity.law.engine.derived_facts import CONFLICT
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Decided:
    """The answers to a part.

    Attributes:
        frame: One row for each row of the part: see `docs/batch.md` for the columns.
        mass_kg: Mass of each row [kg], NaN where it is not known, shape (rows,); empty where no proofs are asked for,
            as are the next two.
        seals: The first 64 bits of each different decision hash, sorted.
        readings: What words were understood as: column, text, reading, rows.
    """

    frame: pl.DataFrame
    mass_kg: NDArray[np.float64]
    seals: NDArray[np.uint64]
    readings: Mapping[tuple[str, str, str], int]


class PartDecider:
    """Decides part after part of one table.

    Args:
        book: The rulebook.
        plan: What is asked of every row.
        proofs: Give each row its decision hash.

    Raises:
        CoercivityError: With every fault of the standing block and of the constants.
    """

    def __init__(self, book: Rulebook, plan: Plan, *, proofs: bool = True) -> None:
        import polars as pl

        faults = Faults()
        self._book, self._plan = book, plan
        self._standing = standing_facts(book, plan, faults)
        faults.raise_if_any()
        lists = plan.standing.lists
        self._lists = dict.fromkeys(lists, plan.standing.version or "version not stated")
        self._roles = dict(plan.columns.columns)
        self._memories = {
            role: CellMemory(cell_reader(book, role, plan.columns.options)) for role in set(self._roles.values())
        }
        # A number of a file with types is no text that somebody wrote: its decimal sign is a point.
        typed = replace(plan.columns.options, decimal=".")
        self._typed = {role: CellMemory(cell_reader(book, role, typed)) for role in set(self._roles.values())}
        self._judge, self._proofs = Judge(book, plan.assume, proofs=proofs), proofs
        self._held: dict[int, tuple[int, pl.DataFrame]] = {}
        # Answers without proofs are handed out as places in one list of words, which is much quicker.
        self._words = pl.String() if proofs else pl.Categorical(pl.Categories.random())

    @property
    def kinds(self) -> int:
        """How many kinds of rows were judged so far."""
        return self._judge.kinds

    def decide(self, rows: Rows) -> Decided:
        """Returns the answers to some rows."""
        import numpy as np

        read = self._read(rows)
        facts = self._facts(read, rows.frame.height)
        days = self._days(read, rows.frame.height)
        places, rulings = self._judge.rule(facts, days)
        none: tuple[NDArray[np.int64], list[str | None]] = (np.zeros(len(places), np.int64), [None])
        sealed = seals(self._book, facts, days, places, rulings, self._plan.assume) if self._proofs else none
        codes, hashes = sealed
        errors = self._errors(rows, read, facts, days)
        further = [told for told in (tariff_notes(read, facts.given.get("form")),) if told is not None]
        further += [name_notes(self._book, facts.names)] if facts.names is not None else []
        frame = answers_of(rows, read, places, self._said(rulings), (codes, hashes), errors, further)
        if not self._proofs:
            return Decided(frame, np.zeros(0), np.zeros(0, np.uint64), {})
        kept = errors.is_null().to_numpy()
        used = np.unique(codes[kept])
        first = np.array([int(found[:16], 16) for c in used.tolist() if (found := hashes[c]) is not None], np.uint64)
        options = self._plan.columns.options
        mass = masses(read, rows.frame.height, unit=options.unit, piece_mass_kg=options.piece_mass_kg)
        mass[~kept] = np.nan
        return Decided(frame, mass, np.unique(first), readings_of(read))

    def _read(self, rows: Rows) -> list[ReadColumn]:
        columns = [(name, role, rows.frame[name]) for name, role in self._roles.items()]
        return [
            read_column(name, role, series, (self._typed if series.dtype.is_numeric() else self._memories)[role])
            for name, role, series in columns
        ]

    def _said(self, rulings: Rulings) -> pl.DataFrame:
        """What the rulings say, made anew only where there are more of them than last time."""
        held = self._held.get(id(rulings))
        if held is None or held[0] < rulings.filled:
            held = self._held[id(rulings)] = rulings.filled, said_of(rulings, self._words)
        return held[1]

    def facts(self, rows: Rows) -> tuple[Facts, Column]:
        """Returns the facts and days of some rows, of which each can be looked at by itself."""
        read = self._read(rows)
        return self._facts(read, rows.frame.height), self._days(read, rows.frame.height)

    def said(self, rows: Rows) -> Mapping[str, FactValue | None]:
        """Returns what the first of some rows itself states, before any standing answer; None is a fact said open."""
        read = [read_column(n, r, rows.frame[n], self._memories[r]) for n, r in self._roles.items()]
        found: dict[str, FactValue | None] = {}
        for column in self._stated(read, rows.frame.height):
            found = {**column.facts[column.codes[0]], **found}
        return found

    def _facts(self, read: Sequence[ReadColumn], rows: int) -> Facts:
        return facts_of(self._book, self._stated(read, rows), self._standing, self._lists, rows=rows)

    def _stated(self, read: Sequence[ReadColumn], rows: int) -> list[Stated]:
        speaking = [c for c in read if c.role in self._book.catalogue]
        speaking += sorted((c for c in read if c.role in SPEAKING), key=lambda c: SPEAKING.index(c.role))
        stated = [Stated(c.role, c.codes, [cell.facts for cell in c.cells], unread_of(c)) for c in speaking]
        stated += [
            Stated(c.role, c.codes, [{}] * len(c.cells), unread_of(c)) for c in read if c.role in ("unit", "quantity")
        ]
        # That a row has no composition goes before whatever its columns say of compositions.
        bare = [*without_content(stated, self._standing, rows)]
        both = united(stated)
        stated = [*bare, *stated, *both, *units(read)]
        stated += [*unlikely(stated), *tariff(read)]
        standing = self._standing
        if self._plan.columns.constants.get("act") == BY_ROUTE:
            stated = by_route(stated, standing, rows)
        return stated

    def _days(self, read: Sequence[ReadColumn], rows: int) -> Column:
        """Day of the act and day of knowledge of every row; None where a row has no day."""
        import numpy as np

        plan, book = self._plan, self._book
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

        def clocks(on: Any, known: Any) -> tuple[Any, str]:
            if not isinstance(on, Day):
                return None, ""
            return (on, known if isinstance(known, Day) else book.default_known(on)), ""

        return joined("day", both, clocks)

    def _errors(self, rows: Rows, read: Sequence[ReadColumn], facts: Facts, days: Column) -> pl.Series:
        """What is wrong with each row that cannot be decided; null where nothing is."""
        height = rows.frame.height
        found: list[tuple[Any, list[str]]] = [(c.codes, [told_in(c, cell) for cell in c.cells]) for c in read]
        found.append((days.codes, [self._ahead(clocks) for clocks in days.values]))
        if facts.against is not None:
            texts = [
                NOTE_JOINT.join(f"{CONFLICT}: {what}; {next}" for what, next in value) for value in facts.against.values
            ]
            found.append((facts.against.codes, texts))
        wrong = beside("input_error", found, height)
        # Of a row that is broken as a row, or is no deal, what its cells say is no matter.
        whole = {**no_deals(read, rows.frame), **rows.broken}
        return wrong.scatter(list(whole), [told(fault) for fault in whole.values()]) if whole else wrong

    def _ahead(self, clocks: tuple[Day, Day] | None) -> str:
        if clocks is None or clocks[1] <= max(clocks[0], self._book.known_through):
            return ""
        return (
            f"KNOWN-AHEAD: known {clocks[1]} lies after the day of the act, {clocks[0]}, and after the last day of "
            f"which the pack knows, {self._book.known_through}; leave it blank, or bring the pack up to date"
        )
