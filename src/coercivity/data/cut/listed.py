"""What a cut removes from the packs, row by row, and what it keeps although nothing dates it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from coercivity.base.days import Day
from coercivity.data.cells import trail_of
from coercivity.data.cut.dating import HELD_KNOWN_ON, Dating, ends_later
from coercivity.data.packs import Pack
from coercivity.data.tables import Table


class RemovedRow(TypedDict):
    """A row that a cut removes.

    `known_on` is empty for a row kept for a test of the past, `by` the column that dates it, `replaced_by` the row that
    a run reads in its place, if it has one.
    """

    pack: str
    table: str
    id: str
    known_on: str
    by: str
    basis: str
    replaced_by: str


class OpenedEnd(TypedDict):
    """An end of a row that a cut blanks, since it comes later."""

    pack: str
    table: str
    id: str
    column: str
    end: str


class KeptRow(TypedDict):
    """A row that a cut keeps although it is not dated; `rests_on` are removed rows on which it rests."""

    pack: str
    table: str
    id: str
    basis: str
    why: str
    rests_on: list[str]


class CutTable(TypedDict):
    """Number of rows of a table, and how many a cut removes, keeps without a date, and keeps without their end.

    `uncut` is the reason why the table is not cut; empty if it is.
    """

    pack: str
    table: str
    rows: int
    removed: int
    undated: int
    opened: int
    uncut: str


class CutList(TypedDict):
    """What a cut removes, and what it keeps although nothing dates it."""

    known: str
    hashes: dict[str, str]
    tables: list[CutTable]
    removed: list[RemovedRow]
    opened: list[OpenedEnd]
    kept: list[KeptRow]


def cut_list(packs: Sequence[Pack], day: Day) -> CutList:
    """Returns what a cut at a day removes and keeps, by pack and table.

    Args:
        packs: The packs.
        day: The day.

    Raises:
        CoercivityError: If a table is invalid.
    """
    found: CutList = {"known": day.isoformat(), "hashes": {}, "tables": [], "removed": [], "opened": [], "kept": []}
    for pack in packs:
        found["hashes"][pack.name] = pack.known_by(day).content_hash
        read = {name: pack.dated(name) for name in sorted(pack.schemas)}
        gone = {name: frozenset(_gone(*each, day)) for name, each in read.items()}
        for name, (table, dates) in read.items():
            rule, keys = pack.known_rule(name), table.text(table.schema.key[0])
            removed = [
                _removed(pack, name, key, dating, _instead(pack, name, key, gone[name]))
                for key, dating in zip(keys, dates, strict=True)
                if not dating.known(day)
            ]
            kept = list(_kept(pack.name, table, dates, gone))
            opened = list(_opened(pack.name, table, dates, rule.ends if rule is not None else (), day))
            uncut = rule.uncut if rule is not None else ""
            counted = CutTable(
                pack=pack.name,
                table=name,
                rows=len(table),
                removed=len(removed),
                undated=len(kept),
                opened=len(opened),
                uncut=uncut,
            )
            found["tables"].append(counted)
            found["removed"] += removed
            found["opened"] += opened
            found["kept"] += kept
    return found


def last_known_on(packs: Sequence[Pack]) -> Day:
    """Returns the day from which on a cut removes nothing but rows that are kept for a test of the past."""
    days = (
        dating.known_on
        for pack in packs
        for name in pack.schemas
        for dating in pack.dated(name)[1]
        if dating.known_on is not None and dating.basis != "held"
    )
    return max(days, default=Day.min)


def _gone(table: Table, dates: Sequence[Dating], day: Day) -> Iterator[str]:
    for key, dating in zip(table.text(table.schema.key[0]), dates, strict=True):
        if not dating.known(day):
            yield key


def _instead(pack: Pack, table: str, key: str, gone: frozenset[str]) -> str:
    rule = pack.known_rule(table)
    names = rule.instead.get(key, []) if rule is not None else []
    return next((name for name in names if name not in gone), "")


def _removed(pack: Pack, table: str, key: str, dating: Dating, instead: str) -> RemovedRow:
    known_on = "" if dating.known_on in (None, HELD_KNOWN_ON) else str(dating.known_on)
    return {
        "pack": pack.name,
        "table": table,
        "id": key,
        "known_on": known_on,
        "by": dating.by,
        "basis": dating.basis,
        "replaced_by": instead,
    }


def _kept(pack: str, table: Table, dates: Sequence[Dating], gone: Mapping[str, frozenset[str]]) -> Iterator[KeptRow]:
    removed = {f"{name}:{key}" for name, keys in gone.items() for key in keys}
    for at, (key, dating) in enumerate(zip(table.text(table.schema.key[0]), dates, strict=True)):
        if dating.basis in ("kept", "undated"):
            rests_on = [name for name in _refers(table, at) if name in removed]
            kept = KeptRow(pack=pack, table=table.name, id=key, basis=dating.basis, why=dating.why, rests_on=rests_on)
            yield kept


def _refers(table: Table, at: int) -> Iterator[str]:
    """Yields the rows that a row names as those on which it rests, as table:id."""
    for column, text, cell in zip(table.schema.columns, table.texts[at], table.cells[at], strict=True):
        if column.type == "trail" and text:
            yield from (f"{name}:{key}" for name, key in trail_of(text))
        elif column.type == "refs" and isinstance(cell, tuple):
            yield from (f"{column.allowed[0].partition('.')[0]}:{key}" for key in cell)


def _opened(pack: str, table: Table, dates: Sequence[Dating], ends: Sequence[str], day: Day) -> Iterator[OpenedEnd]:
    keys = table.text(table.schema.key[0])
    for name in ends:
        for key, dating, value, text in zip(keys, dates, table.values(name), table.text(name), strict=True):
            if dating.known(day) and ends_later(value, day):
                yield {"pack": pack, "table": table.name, "id": key, "column": name, "end": text}
