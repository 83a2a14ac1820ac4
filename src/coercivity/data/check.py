"""Checks a pack: schema, keys, units, ranges, sums, sources, limits and age.

`on` is an argument; nothing here reads the clock. Error codes:

- PACK-SCHEMA: tables, columns and rules do not match
- PACK-ROWS, PACK-FILLED: too few or too many rows; too many blank cells in a column
- PACK-SOURCE, PACK-REF: a source, or a row of another table, does not exist
- PACK-SUM, PACK-ORDER, PACK-RANGE, PACK-NEED: a rule of `tables.yaml` is violated
- PACK-MAP: a label is not in the vocabulary, or a mapped column disagrees with the mapping
- PACK-USE: two rows in use have the same key, or an unused row gives no reason
- PACK-KNOWN: a table does not say how its rows are dated for a cut, or cannot be dated so
- PACK-PROVENANCE: quality and retrieval contradict each other
- PACK-LATE: the check for updates is overdue (warning), or overdue by twice its interval (error)
- TABLE-*: a file does not match its schema, see `tables`
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault, Faults, nearest
from coercivity.data import rulechecks
from coercivity.data.cut.check import check_known
from coercivity.data.packs import Pack
from coercivity.data.ruleset import TableRules
from coercivity.data.tables import Table

QUALITIES = ("measured", "reported", "estimated", "assumed")
RETRIEVALS = ("read", "dataset", "derived", "recalled", "assumed")
MOST_PER_RULE = 20


@dataclass(frozen=True, slots=True)
class TableReport:
    """The result of checking one table.

    Attributes:
        name: Name of the table.
        title: Title, one line.
        kind: data, map or reference.
        rows: Number of rows.
        in_use: Number of rows in use; all of them if the table has no column in_use.
        by_quality: Rows by quality; empty if the table has no such column.
        by_retrieval: Rows by retrieval mark; empty if the table has no such column.
        last_checked: Date of the last check for updates.
        check_every_days: Interval between checks for updates [days].
        age_days: Days since the last check.
        look_for: What to look for.
    """

    name: str
    title: str
    kind: str
    rows: int
    in_use: int
    by_quality: Mapping[str, int]
    by_retrieval: Mapping[str, int]
    last_checked: Day
    check_every_days: int
    age_days: int
    look_for: str


@dataclass(frozen=True, slots=True)
class PackReport:
    """The result of checking a pack.

    Attributes:
        pack: Name of the pack.
        version: Its version.
        content_hash: Hash of its content.
        on: Date as of which its age was counted.
        age_days: Age of the version on that date.
        faults: Errors, which must be corrected.
        warnings: Warnings, which should be reviewed.
        tables: One entry per table that could be read.
    """

    pack: str
    version: str
    content_hash: str
    on: Day
    age_days: int
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    tables: tuple[TableReport, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """True if there are no errors."""
        return not self.faults

    @property
    def by_quality(self) -> dict[str, int]:
        """Number of rows of all tables, by quality."""
        return _total(table.by_quality for table in self.tables)

    @property
    def by_retrieval(self) -> dict[str, int]:
        """Number of rows of all tables, by retrieval mark."""
        return _total(table.by_retrieval for table in self.tables)


def check_pack(pack: Pack, on: Day) -> PackReport:
    """Checks a pack and returns its errors, warnings and row counts.

    Args:
        pack: The pack.
        on: Date as of which age is counted.
    """
    faults, warnings = Faults(), Faults()
    reports: list[TableReport] = []
    try:
        schemas, rules = pack.schemas, pack.rules
        pack.units  # noqa: B018  read once, so that a faulty unit table is reported once
    except CoercivityError as error:
        faults.items.extend(error.faults)
        return _report(pack, on, faults, warnings, reports)
    _same_names(pack, faults)
    tables: dict[str, Table] = {}
    for name in schemas:
        try:
            tables[name] = pack.scan(name, faults)
        except CoercivityError as error:
            faults.items.extend(error.faults)
    _schema_words(pack, faults)
    for name, table in tables.items():
        if name in rules:
            _limits(pack, table, rules[name], on, faults, warnings)
            _provenance(table, faults)
            rulechecks.check_rules(table, rules[name], tables, rules, faults)
            reports.append(_table_report(table, rules[name], on))
    check_known(pack, tables, faults)
    return _report(pack, on, faults, warnings, reports)


def _report(pack: Pack, on: Day, faults: Faults, warnings: Faults, reports: list[TableReport]) -> PackReport:
    return PackReport(
        pack.name,
        pack.version,
        pack.content_hash,
        on,
        pack.age_days(on),
        tuple(faults.items),
        tuple(warnings.items),
        tuple(reports),
    )


def _same_names(pack: Pack, faults: Faults) -> None:
    where = f"{pack.name}/tables.yaml"
    files = {path.removesuffix(".csv") for path in pack.files if path.endswith(".csv") and "/" not in path}
    for name in pack.schemas:
        if name not in pack.rules:
            near = nearest(name, pack.rules)
            faults.add(
                "PACK-SCHEMA", f"table {name} is in columns.csv but not in tables.yaml", where=where, nearest=near
            )
    for name, rules in pack.rules.items():
        if name not in pack.schemas:
            near = nearest(name, pack.schemas)
            faults.add("PACK-SCHEMA", f"table {name} has no columns in columns.csv", where=where, nearest=near)
        elif tuple(rules.key) != pack.schemas[name].key:
            keys = ", ".join(pack.schemas[name].key)
            faults.add("PACK-SCHEMA", f"key of {name} differs from columns.csv, which has: {keys}", where=where)
    for name in sorted(files - set(pack.schemas) - {"columns"}):
        near = nearest(name, pack.schemas)
        faults.add("PACK-SCHEMA", "file not described in columns.csv", where=f"{pack.name}/{name}.csv", nearest=near)


def _schema_words(pack: Pack, faults: Faults) -> None:
    where = f"{pack.name}/columns.csv"
    for schema in pack.schemas.values():
        for column in schema.columns:
            if column.unit and column.unit != "row" and pack.units and column.unit not in pack.units:
                near = nearest(column.unit, pack.units)
                what = f"{schema.table}.{column.name} has unit {column.unit!r}, which is not in units.csv"
                faults.add("TABLE-UNIT", what, where=where, nearest=near)
            if column.unit == "row" and not any(other.type == "unit" for other in schema.columns):
                what = f"{schema.table}.{column.name} takes its unit from the row, but the table has no unit column"
                faults.add("PACK-SCHEMA", what, where=where)


def _limits(pack: Pack, table: Table, rules: TableRules, on: Day, faults: Faults, warnings: Faults) -> None:
    rows = len(table)
    if not rules.least_rows <= rows <= rules.most_rows:
        what = f"{rows:,} rows; {rules.least_rows:,} to {rules.most_rows:,} expected"
        faults.add(
            "PACK-ROWS", what, where=table.where, next="look for missing or duplicate rows, or correct tables.yaml"
        )
    for column in table.schema.columns:
        if column.filled_least is not None and rows:
            share = sum(1 for text in table.text(column.name) if text) / rows
            if share < column.filled_least:
                what = f"{column.name} is filled in {share:.2f} of the rows; expected at least {column.filled_least:g}"
                faults.add("PACK-FILLED", what, where=table.where)
    age, every = (on - rules.last_checked).days, rules.check_every_days
    if age > every:
        late = faults if age > 2 * every else warnings
        what = f"last reviewed {rules.last_checked.isoformat()}, {age} days ago; expected every {every} days"
        late.add("PACK-LATE", what, where=f"{pack.name}/tables.yaml, {table.name}", next=f"look for: {rules.look_for}")


def _provenance(table: Table, faults: Faults) -> None:
    if not (table.has("quality") and table.has("retrieval")):
        return
    found = Faults()
    for at, (quality, mark) in enumerate(zip(table.text("quality"), table.text("retrieval"), strict=True)):
        if mark == "recalled" and quality in ("measured", "reported"):
            found.add("PACK-PROVENANCE", f"a recalled row cannot be {quality}", where=table.place(at, "quality"))
        elif mark == "assumed" and quality != "assumed":
            found.add("PACK-PROVENANCE", f"an assumed row cannot be {quality}", where=table.place(at, "quality"))
    faults.items.extend(found.items[:MOST_PER_RULE])


def _table_report(table: Table, rules: TableRules, on: Day) -> TableReport:
    in_use = sum(1 for text in table.text("in_use") if text == "1") if table.has("in_use") else len(table)
    return TableReport(
        table.name,
        rules.title,
        rules.kind,
        len(table),
        in_use,
        _counts(table, "quality", QUALITIES),
        _counts(table, "retrieval", RETRIEVALS),
        rules.last_checked,
        rules.check_every_days,
        (on - rules.last_checked).days,
        rules.look_for,
    )


def _counts(table: Table, column: str, words: tuple[str, ...]) -> dict[str, int]:
    if not table.has(column):
        return {}
    found = Counter(table.text(column))
    return {word: found[word] for word in (*words, *sorted(set(found) - set(words))) if found[word]}


def _total(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for part in parts:
        found.update(part)
    order = {word: at for at, word in enumerate((*QUALITIES, *RETRIEVALS))}
    return {word: found[word] for word in sorted(found, key=lambda word: (order.get(word, 99), word))}
