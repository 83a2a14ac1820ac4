"""The results of the data verbs: the check of the packs, and list entries for packs, tables and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coercivity.base.days import Day
from coercivity.data.check import PackReport


@dataclass(frozen=True, slots=True)
class DataCheck:
    """The result of checking the packs.

    Attributes:
        on: Date as of which age was counted.
        reports: One report per pack.
    """

    on: Day
    reports: tuple[PackReport, ...]

    @property
    def ok(self) -> bool:
        """True if no pack has errors."""
        return all(report.ok for report in self.reports)

    def as_dict(self) -> dict[str, object]:
        """Returns the check as plain data for JSON."""
        return {"on": self.on.isoformat(), "ok": self.ok, "packs": [_report(report) for report in self.reports]}


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table in the list.

    Attributes:
        pack: Pack of the table.
        table: Name.
        title: Title, one line.
        kind: data, map or reference.
        rows: Number of rows.
        key: Key columns.
        last_checked: Date of the last check for updates.
        check_every_days: Interval between checks for updates [days].
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
    """Some rows of a table, with what is needed to understand them.

    Attributes:
        pack: Pack of the table.
        table: Name.
        title: Title, one line.
        about: Contents of the table, with points to note.
        columns: One mapping per column: column, type, unit, allowed, meaning.
        rows: Rows as written; a blank cell is blank text.
        matched: Number of rows that match `where`, shown or not.
        total: Number of rows of the table.
        by_quality: Matching rows by quality.
        by_retrieval: Matching rows by retrieval mark.
        sources: The sources of the rows shown, by id.
        filled: Number of non-blank cells by column, over all rows.
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
    """The description of a pack.

    Attributes:
        name: Name of the pack.
        version: Its version, which is a date.
        licence: Its licence.
        content_hash: Hash of its content.
        about: Its contents.
        limits: What it does not contain, or contains only in part.
        gaps: What is missing, each with the assumption made instead.
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
    """One source and the rows that cite it.

    Attributes:
        pack: Pack that cites it.
        row: Its row of `sources`, as written.
        rows: Rows of the tables of the pack that cite it.
        by_retrieval: Those rows by retrieval mark; rows of tables without the mark are omitted.
    """

    pack: str
    row: Mapping[str, str]
    rows: int
    by_retrieval: Mapping[str, int]


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
