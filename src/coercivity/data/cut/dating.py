"""A cut: a table without what was not yet known on a day.

`known_by` in `tables.yaml` says how the rows of a table are dated. A day is known on that day, a longer period from the
day after its end. What cannot be dated stays, and is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from coercivity.base.days import ONE_DAY, Day
from coercivity.data.cells import Cell, Period
from coercivity.data.ruleset import KnownRule
from coercivity.data.tables import Table

# How a row is dated; the last three stay in any cut.
Basis = Literal["held", "published", "dated", "with_row", "period", "kept", "undated", "uncut"]
STAYS: tuple[Basis, ...] = ("kept", "undated", "uncut")
HELD_KNOWN_ON = Day.max


@dataclass(frozen=True, slots=True)
class Dating:
    """Since when a row is known.

    Attributes:
        known_on: First day on which it is known; None if it stays in any cut.
        basis: How it is dated.
        by: Column by which it is dated; empty if none.
        why: Reason, where no column dates it.
    """

    known_on: Day | None
    basis: Basis
    by: str = ""
    why: str = ""

    def known(self, day: Day) -> bool:
        """Returns whether it is in a cut at a day."""
        return self.known_on is None or (self.basis != "held" and self.known_on <= day)


# Returns the datings of another table, by its key.
DatingsOf = Callable[[str], Mapping[str, Dating]]


def dating_of_cell(value: Cell, lag_days: int = 0) -> Day | None:
    """Returns the first day on which what a cell dates is known; None for a blank cell, or one that is no date.

    Args:
        value: A day, a period, or a year as a whole number.
        lag_days: Days from the end of a period to its figure [days].
    """
    if isinstance(value, Day):
        return value
    if isinstance(value, Period):
        return value.last if value.first == value.last else value.last + ONE_DAY + timedelta(lag_days)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value < Day.max.year:
        return Day(value + 1, 1, 1) + timedelta(lag_days)
    return None


def datings(table: Table, rule: KnownRule, other: DatingsOf) -> tuple[Dating, ...]:
    """Returns since when each row of a table is known.

    Args:
        table: The table, whole.
        rule: How its rows are dated.
        other: Datings of another table.
    """
    if rule.uncut:
        return (Dating(None, "uncut", why=rule.uncut),) * len(table)
    names = table.schema.names
    linked = other(rule.with_row.partition(".")[0]) if rule.with_row else {}
    key = names.index(table.schema.key[0])
    return tuple(
        _dating(dict(zip(names, texts, strict=True)), dict(zip(names, cells, strict=True)), rule, linked, texts[key])
        for texts, cells in zip(table.texts, table.cells, strict=True)
    )


def _dating(
    texts: Mapping[str, str], cells: Mapping[str, Cell], rule: KnownRule, linked: Mapping[str, Dating], key: str
) -> Dating:
    if rule.held and texts[rule.held] == "1":
        return Dating(HELD_KNOWN_ON, "held", rule.held)
    for name in rule.published:
        day = dating_of_cell(cells[name])
        if day is not None:
            return Dating(day, "published", name)
    for entry in rule.dated:
        if matches(texts, entry.where):
            return Dating(entry.on, "dated", "+".join(entry.where), entry.why)
    for kept in rule.kept:
        if matches(texts, kept.where):
            return Dating(None, "kept", "+".join(kept.where), kept.why)
    if key in linked:
        found = linked[key]
        return replace(found, basis="with_row", by=rule.with_row) if found.basis not in ("held", *STAYS) else found
    for name in rule.period:
        day = dating_of_cell(cells[name], rule.lag_days)
        if day is not None:
            return Dating(day, "period", name)
    return Dating(None, "undated", why=rule.undated)


def matches(texts: Mapping[str, str], where: Mapping[str, str]) -> bool:
    """Returns whether a row has the given cells; `|` separates several that fit."""
    return all(texts.get(name) in text.split("|") for name, text in where.items())


def cut_table(table: Table, found: Sequence[Dating], rule: KnownRule, day: Day) -> Table:
    """Returns the rows of a table that were known on a day, without ends that come after it.

    Args:
        table: The table, whole.
        found: Since when each row is known.
        rule: How its rows are dated.
        day: The day.
    """
    if rule.uncut:
        return table
    stays = [at for at, dating in enumerate(found) if dating.known(day)]
    ends = [table.schema.names.index(name) for name in rule.ends]
    texts, cells = list(table.texts), list(table.cells)
    for at in stays:
        for column in ends:
            if ends_later(cells[at][column], day):
                texts[at] = (*texts[at][:column], "", *texts[at][column + 1 :])
                cells[at] = (*cells[at][:column], None, *cells[at][column + 1 :])
    return replace(
        table,
        texts=tuple(texts[at] for at in stays),
        cells=tuple(cells[at] for at in stays),
        lines=tuple(table.lines[at] for at in stays),
        _index={},
    )


def ends_later(value: Cell, day: Day) -> bool:
    """Returns whether a cell is an end after a day, so that it was not known on it."""
    last = value.last if isinstance(value, Period) else value
    return isinstance(last, Day) and last > day
