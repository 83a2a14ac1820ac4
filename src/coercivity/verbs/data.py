"""The verbs `data check`, `data list` and `data show`: the contents of the packs and their consistency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from coercivity.base.days import Day, needed_day
from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.cases.arguments import ON
from coercivity.data.cells import NUMERIC
from coercivity.data.check import QUALITIES, RETRIEVALS, PackReport, TableReport, check_pack
from coercivity.data.packs import Pack, list_packs, open_pack
from coercivity.data.tables import Table
from coercivity.data.textyaml import TextMap, load_text
from coercivity.ensemble.rows import PACKS, read_rows
from coercivity.observations.lines import PACK as OBSERVATIONS
from coercivity.observations.lines import series_lines
from coercivity.observations.row_checks import pack_faults
from coercivity.verbs.data_entries import DataCheck, PackEntry, SourceEntry, TableEntry, TableView

__all__ = [
    "MOST_SHOWN", "NUMERIC", "QUALITIES", "RETRIEVALS", "DataCheck", "PackEntry", "PackReport", "SourceEntry",
    "TableEntry", "TableReport", "TableView", "data_check", "data_list", "data_packs", "data_show", "data_sources",
    "pack_hashes",
]  # fmt: skip

MOST_SHOWN = 10_000
WORLD, PRACTICE = PACKS
_GAPS_HEAD = "| gap | assumed |"  # of the table in NOTES.md of a pack


def data_check(on: Day | str, *, packs: Sequence[str] = ()) -> DataCheck:
    """Checks the packs: errors, age, and number of rows by quality.

    Args:
        on: Date as of which age is counted.
        packs: Names of packs; all of them if empty.

    Raises:
        CoercivityError: If a pack does not exist or its `pack.yaml` is invalid.
    """
    names = tuple(packs) or list_packs()
    day = on if isinstance(on, Day) else needed_day(on, ON)
    return DataCheck(day, tuple(_checked(name, open_pack(name).content_hash, day) for name in names))


def data_packs() -> tuple[PackEntry, ...]:
    """Returns the description of every pack: contents, limits, gaps.

    Raises:
        CoercivityError: If a pack is invalid.
    """
    return tuple(_pack_entry(_held(name)) for name in list_packs())


def pack_hashes() -> tuple[str, ...]:
    """Returns the hashes of all packs, on which a result depends."""
    return tuple(open_pack(name).content_hash for name in list_packs())


def data_list() -> tuple[TableEntry, ...]:
    """Returns all tables of all packs, sorted by pack and name.

    Raises:
        CoercivityError: If a pack is invalid.
    """
    found = []
    for pack in map(_held, list_packs()):
        for name, rules in pack.rules.items():
            table = pack.tables[name]
            key, every = table.schema.key, rules.check_every_days
            entry = (pack.name, name, rules.title, rules.kind, len(table), key, rules.last_checked, every)
            found.append(TableEntry(*entry))
    return tuple(found)


def data_sources() -> tuple[SourceEntry, ...]:
    """Returns the sources of all packs with the rows that cite each, sorted by pack and id.

    Raises:
        CoercivityError: If a pack is invalid.
    """
    found = []
    for pack in map(_held, list_packs()):
        uses = _uses(pack)
        names = pack.schemas["sources"].names
        for texts in sorted(pack.tables["sources"].texts):
            marks = uses.get(texts[0], Counter())
            told = {mark: marks[mark] for mark in RETRIEVALS if marks[mark]}
            found.append(SourceEntry(pack.name, dict(zip(names, texts, strict=True)), marks.total(), told))
    return tuple(found)


def data_show(
    table: str, *, where: Mapping[str, str] | None = None, limit: int | None = 50, first: int = 0
) -> TableView:
    """Returns rows of a table with columns, counts and sources.

    Args:
        table: Name such as `prices`, or `world/sources` if two packs have a table of that name.
        where: Cells that a row must have, as written; blank text matches blank cells.
        limit: Largest number of rows to return; None for all, up to 10,000.
        first: Number of matching rows to skip.

    Raises:
        CoercivityError: If the table, a column or a word does not exist; the nearest names are given.
    """
    faults = Faults()
    for word, count in (("limit", limit or 0), ("first", first)):
        if count < 0:
            faults.add("VALUE", f"{word} {count} is negative", where=word)
    faults.raise_if_any()
    pack, name = _find(table)
    read, rules = pack.tables[name], pack.rules[name]
    found = _matching(read, where or {})
    shown = found[first : first + (MOST_SHOWN if limit is None else min(limit, MOST_SHOWN))]
    names = read.schema.names
    rows = tuple(dict(zip(names, read.texts[at], strict=True)) for at in shown)
    return TableView(
        pack.name,
        name,
        rules.title,
        rules.about,
        tuple(
            {"column": c.name, "type": c.type, "unit": c.unit, "allowed": "|".join(c.allowed), "meaning": c.meaning}
            for c in read.schema.columns
        ),
        rows,
        len(found),
        len(read),
        _counts(read, "quality", found),
        _counts(read, "retrieval", found),
        _sources(pack, read, shown),
        {column: sum(1 for text in read.text(column) if text) for column in names},
    )


def _held(name: str) -> Pack:
    """Returns a pack whose tables stay loaded as long as its content is unchanged."""
    return _kept(name, open_pack(name).content_hash)


@lru_cache(maxsize=8)
def _kept(name: str, _: str) -> Pack:
    return open_pack(name)


@lru_cache(maxsize=32)
def _checked(name: str, _: str, on: Day) -> PackReport:
    report = check_pack(open_pack(name), on)
    if name == OBSERVATIONS and report.ok:
        return replace(report, faults=tuple(pack_faults(open_pack(name), series_lines())))
    if name != WORLD or not report.ok:
        return report
    try:
        read_rows(open_pack(WORLD), open_pack(PRACTICE))
    except CoercivityError as error:
        return replace(report, faults=tuple(error.faults))
    return report


def _uses(pack: Pack) -> dict[str, Counter[str]]:
    """Returns the rows that cite a source, by source and retrieval mark; the mark is blank if a table has none."""
    found: dict[str, Counter[str]] = {}
    for name in pack.rules:
        table = pack.tables[name]
        if not table.has("source_id"):
            continue
        marks = table.text("retrieval") if table.has("retrieval") else [""] * len(table)
        for cell, mark in zip(table.text("source_id"), marks, strict=True):
            for source in filter(None, cell.split(";")):
                found.setdefault(source, Counter())[mark] += 1
    return found


def _pack_entry(pack: Pack) -> PackEntry:
    meta = load_text(pack.root.joinpath("pack.yaml").read_text("utf-8-sig"), name=f"{pack.name}/pack.yaml")
    limits = meta.get("limits", []) if isinstance(meta, TextMap) else []
    notes = pack.root.joinpath("NOTES.md")
    lines = notes.read_text("utf-8").splitlines() if notes.is_file() else []
    gaps: list[tuple[str, str]] = []
    for line in lines[lines.index(_GAPS_HEAD) + 2 :] if _GAPS_HEAD in lines else ():
        if not line.startswith("|"):
            break
        gap, assumed = (cell.strip() for cell in line.strip("|").split("|", 1))
        gaps.append((gap, assumed))
    told = tuple(" ".join(limit.split()) for limit in limits)
    return PackEntry(pack.name, pack.version, pack.licence, pack.content_hash, pack.about, told, tuple(gaps))


def _find(table: str) -> tuple[Pack, str]:
    wanted, _, name = table.rpartition("/")
    packs = [_held(wanted)] if wanted else [_held(pack) for pack in list_packs()]
    holders = [pack for pack in packs if name in pack.rules]
    if len(holders) == 1:
        return holders[0], name
    if holders:
        names = [f"{pack.name}/{name}" for pack in holders]
        what = f"table {name!r} exists in {len(names)} packs"
        raise CoercivityError.of("TABLE-UNKNOWN", what, nearest=names, next="name the pack as well")
    known = [entry for pack in packs for entry in pack.rules]
    shown = brief_value(table)
    raise CoercivityError.of(
        "TABLE-UNKNOWN",
        f"table {shown!r} not found",
        nearest=nearest(name, known),
        next="run `coercivity data list` for the tables",
    )


def _matching(table: Table, where: Mapping[str, str]) -> list[int]:
    faults = Faults()
    asked = []
    for name, word in where.items():
        if not table.has(name):
            near = nearest(name, table.schema.names)
            faults.add("TABLE-COLUMN", f"table {table.name} has no column {name!r}", where="where", nearest=near)
            continue
        allowed = table.schema.column(name).allowed
        if table.schema.column(name).type == "choice" and allowed and word and word not in allowed:
            what = f"{name} has no value {brief_value(word)!r}"
            faults.add("TABLE-VALUE", what, where="where", nearest=nearest(word, allowed))
        asked.append((table.text(name), word))
    faults.raise_if_any()
    return [at for at in range(len(table)) if all(cells[at] == word for cells, word in asked)]


def _counts(table: Table, column: str, rows: Sequence[int]) -> dict[str, int]:
    if not table.has(column):
        return {}
    cells = table.text(column)
    found = Counter(cells[at] for at in rows)
    order = table.schema.column(column).allowed
    return {word: found[word] for word in order if found[word]}


def _sources(pack: Pack, table: Table, rows: Sequence[int]) -> dict[str, dict[str, str]]:
    if not table.has("source_id") or "sources" not in pack.schemas:
        return {}
    cells = table.text("source_id")
    wanted = {part for at in rows for part in cells[at].split(";") if part}
    held = pack.tables["sources"]
    names = held.schema.names
    found = {row[0]: dict(zip(names, row, strict=True)) for row in held.texts if row[0] in wanted}
    return dict(sorted(found.items()))
