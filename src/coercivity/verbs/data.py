"""The verbs `data check`, `data list` and `data show`: what the packs hold and whether they hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coercivity.base.days import Day, needed_day
from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.cases.arguments import ON
from coercivity.data.cells import NUMERIC
from coercivity.data.check import QUALITIES, RETRIEVALS, PackReport, TableReport, check_pack
from coercivity.data.packs import Pack, list_packs, open_pack
from coercivity.data.tables import Table
from coercivity.data.textyaml import TextMap, load_text

__all__ = [
    "MOST_SHOWN", "NUMERIC", "QUALITIES", "RETRIEVALS", "DataCheck", "PackEntry", "PackReport", "SourceEntry",
    "TableEntry", "TableReport", "TableView", "data_check", "data_list", "data_packs", "data_show", "data_sources",
    "pack_hashes",
]  # fmt: skip

MOST_SHOWN = 10_000
_GAPS_HEAD = "| gap | assumed |"  # of the table in NOTES.md of a pack


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What a check of the packs found.

    Attributes:
        on: Day for which age was judged.
        reports: One report for each pack.
    """

    on: Day
    reports: tuple[PackReport, ...]

    @property
    def ok(self) -> bool:
        """True when no pack has a fault."""
        return all(report.ok for report in self.reports)

    def as_dict(self) -> dict[str, object]:
        """Returns the check as plain data for JSON."""
        return {"on": self.on.isoformat(), "ok": self.ok, "packs": [_report(report) for report in self.reports]}


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table in the list.

    Attributes:
        pack: Pack that holds it.
        table: Name.
        title: One line.
        kind: data, map or reference.
        rows: Number of rows.
        key: Key columns.
        last_checked: Day on which somebody last looked for news.
        check_every_days: Interval of looking for news [days].
    """

    pack: str
    table: str
    title: str
    kind: str
    rows: int
    key: tuple[str, ...]
    last_checked: Day
    check_every_days: int

    def as_dict(self) -> dict[str, object]:
        """Returns the entry as plain data for JSON."""
        return {
            "pack": self.pack,
            "table": self.table,
            "title": self.title,
            "kind": self.kind,
            "rows": self.rows,
            "key": list(self.key),
            "last_checked": self.last_checked.isoformat(),
            "check_every_days": self.check_every_days,
        }


@dataclass(frozen=True, slots=True)
class TableView:
    """Some rows of a table, with what is needed to read them.

    Attributes:
        pack: Pack that holds it.
        table: Name.
        title: One line.
        about: What the table holds and what to mind.
        columns: One mapping for each column: column, type, unit, allowed, meaning.
        rows: Rows as written; a blank cell is blank text.
        matched: Rows that fit `where`, shown or not.
        total: Rows of the table.
        by_quality: Rows that fit, by quality.
        by_retrieval: Rows that fit, by retrieval mark.
        sources: The sources of the rows shown, by id.
        filled: Cells that are not blank, by column, in all rows.
    """

    pack: str
    table: str
    title: str
    about: str
    columns: tuple[Mapping[str, str], ...]
    rows: tuple[Mapping[str, str], ...]
    matched: int
    total: int
    by_quality: Mapping[str, int] = field(default_factory=dict)
    by_retrieval: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    filled: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """Returns the view as plain data for JSON."""
        return {
            "pack": self.pack,
            "table": self.table,
            "title": self.title,
            "about": self.about,
            "columns": [dict(column) for column in self.columns],
            "rows": [dict(row) for row in self.rows],
            "matched": self.matched,
            "total": self.total,
            "by_quality": dict(self.by_quality),
            "by_retrieval": dict(self.by_retrieval),
            "sources": {name: dict(row) for name, row in self.sources.items()},
            "filled": dict(self.filled),
        }


@dataclass(frozen=True, slots=True)
class PackEntry:
    """What a pack says of itself.

    Attributes:
        name: Name of the pack.
        version: Its version, which is a day.
        licence: Its licence.
        content_hash: Hash of its content.
        about: What it holds.
        limits: What it does not hold, or holds only in part.
        gaps: What is missing, each with what is assumed in its place.
    """

    name: str
    version: str
    licence: str
    content_hash: str
    about: str
    limits: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source and what rests on it.

    Attributes:
        pack: Pack that names it.
        row: Its row of `sources`, as written.
        rows: Rows of the tables of the pack that name it.
        by_retrieval: Those rows by retrieval mark; rows of tables without the mark are left out.
    """

    pack: str
    row: Mapping[str, str]
    rows: int
    by_retrieval: Mapping[str, int]


def data_check(on: Day | str, *, packs: Sequence[str] = ()) -> DataCheck:
    """Returns what is wrong with the packs, how old they are, and how many rows rest on what.

    Args:
        on: Day for which age is judged.
        packs: Names of packs; all of them when empty.

    Raises:
        CoercivityError: When a pack does not exist or its `pack.yaml` is faulty.
    """
    names = tuple(packs) or list_packs()
    day = on if isinstance(on, Day) else needed_day(on, ON)
    return DataCheck(day, tuple(_checked(name, open_pack(name).content_hash, day) for name in names))


def data_packs() -> tuple[PackEntry, ...]:
    """Returns what every pack says of itself: what it holds, its limits, its gaps.

    Raises:
        CoercivityError: When a pack is faulty.
    """
    return tuple(_pack_entry(_held(name)) for name in list_packs())


def pack_hashes() -> tuple[str, ...]:
    """Returns the hashes of all packs, which a result rests on."""
    return tuple(open_pack(name).content_hash for name in list_packs())


def data_list() -> tuple[TableEntry, ...]:
    """Returns all tables of all packs, sorted by pack and name.

    Raises:
        CoercivityError: When a pack is faulty.
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
    """Returns the sources of all packs with the rows that rest on each, sorted by pack and id.

    Raises:
        CoercivityError: When a pack is faulty.
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
        table: Name such as `prices`, or `world/sources` where two packs have a table of that name.
        where: Cells that a row must have, as written; blank text asks for blank cells.
        limit: Most rows to give; None for all, up to 10,000.
        first: How many of the rows that fit are passed over.

    Raises:
        CoercivityError: When the table, a column or a word does not exist; the nearest names are given.
    """
    faults = Faults()
    for word, count in (("limit", limit or 0), ("first", first)):
        if count < 0:
            faults.add("VALUE", f"{word} {count} lies below 0", where=word)
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
    """Returns a pack whose tables stay read for as long as its content is the same."""
    return _kept(name, open_pack(name).content_hash)


@lru_cache(maxsize=8)
def _kept(name: str, _: str) -> Pack:
    return open_pack(name)


@lru_cache(maxsize=32)
def _checked(name: str, _: str, on: Day) -> PackReport:
    return check_pack(open_pack(name), on)


def _uses(pack: Pack) -> dict[str, Counter[str]]:
    """Rows that name a source, by source and retrieval mark; the mark is blank where a table has none."""
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
        what = f"table {name!r} stands in {len(names)} packs"
        raise CoercivityError.of("TABLE-UNKNOWN", what, nearest=names, next="name the pack too")
    known = [entry for pack in packs for entry in pack.rules]
    shown = brief_value(table)
    raise CoercivityError.of(
        "TABLE-UNKNOWN",
        f"there is no table {shown!r}",
        nearest=nearest(name, known),
        next="list the tables with `data list`",
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
            what = f"{name} is never {brief_value(word)!r}"
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


def _report(report: PackReport) -> dict[str, object]:
    return {
        "pack": report.pack,
        "version": report.version,
        "content_hash": report.content_hash,
        "age_days": report.age_days,
        "by_quality": report.by_quality,
        "by_retrieval": report.by_retrieval,
        "faults": [fault.as_dict() for fault in report.faults],
        "warnings": [fault.as_dict() for fault in report.warnings],
        "tables": [
            {
                "table": table.name,
                "kind": table.kind,
                "rows": table.rows,
                "in_use": table.in_use,
                "by_quality": dict(table.by_quality),
                "by_retrieval": dict(table.by_retrieval),
                "last_checked": table.last_checked.isoformat(),
                "age_days": table.age_days,
            }
            for table in report.tables
        ],
    }
