"""The rows that draws draw in a cut: those that were known, and those that replace removed ones."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.data.packs import Pack, open_pack
from coercivity.ensemble.rows import PACKS, RangedRow, ranged_rows


@lru_cache(maxsize=8)
def cut_rows(known: Day) -> tuple[RangedRow, ...]:
    """Returns the rows that draws draw in a cut at a day, in the order of the tables.

    A row that replaces a removed one takes the coordinate and the distribution of that row, and its own range.

    Args:
        known: Day of the cut.

    Raises:
        CoercivityError: As `ranged_rows`.
    """
    rows = {row.name: row for row in ranged_rows()}
    packs = {table: pack for pack in (open_pack(name, known) for name in PACKS) for table in pack.schemas}
    held = {name: _keys(packs[name], name) for name in {row.table for row in rows.values()}}
    found = []
    for row in rows.values():
        if row.drawn and row.key in held[row.table]:
            found.append(row)
        elif row.drawn:
            other = rows.get(f"{row.table}:{_known(packs[row.table], row, held[row.table])}")
            if other is not None:
                placed = replace(other, distribution=row.distribution, reason="", leader=row.leader or row.name)
                found.append(placed)
    return tuple({row.name: row for row in found}.values())


def _keys(pack: Pack, table: str) -> frozenset[str]:
    read = pack.table(table)
    return frozenset(read.text(read.schema.key[0]))


def _known(pack: Pack, row: RangedRow, held: frozenset[str]) -> str:
    """Returns the key of the row that replaces a removed one; empty if there is none."""
    rule = pack.known_rule(row.table)
    names = rule.instead.get(row.key, ()) if rule is not None else ()
    return next((name for name in names if name in held), "")
