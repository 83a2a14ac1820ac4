"""Checks that every table of a pack says how its rows are dated for a cut, and that it can be so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.cut.dating import Dating, matches
from coercivity.data.packs import Pack
from coercivity.data.ruleset import DatedRule, KeptRule, KnownRule
from coercivity.data.tables import Table

CODE = "PACK-KNOWN"
_PERIODS = ("day", "period", "integer")
MOST_PER_TABLE = 20


def check_known(pack: Pack, tables: Mapping[str, Table], faults: Faults) -> None:
    """Adds a fault for each table that does not say how its rows are dated, and for each mistake in what it says.

    Args:
        pack: The pack.
        tables: Its tables, whole.
        faults: Where faults are added.
    """
    for name, table in tables.items():
        if name not in pack.rules:
            continue
        rule, check = pack.known_rule(name), _Check(pack, table, Faults())
        if rule is None:
            step = "add known_by: the columns that date a row, or `uncut` with the reason"
            check.add(f"table {name} does not say how its rows are dated for a cut", step)
        elif rule.uncut:
            check.alone(rule)
        elif check.columns(rule):
            check.rows(rule)
        faults.items.extend(check.faults.items[:MOST_PER_TABLE])


class _Check:
    def __init__(self, pack: Pack, table: Table, faults: Faults) -> None:
        self.pack, self.table, self.faults = pack, table, faults

    def add(self, what: str, step: str, near: Iterable[str] = ()) -> None:
        where = f"{self.pack.name}/tables.yaml, {self.table.name}"
        self.faults.add(CODE, what, where=where, nearest=tuple(near), next=step)

    def alone(self, rule: KnownRule) -> None:
        if rule != KnownRule(uncut=rule.uncut):
            self.add("known_by has uncut and other entries", "remove `uncut`, or everything else")

    def columns(self, rule: KnownRule) -> bool:
        """Returns whether every column that is named exists and has a type that fits."""
        typed: list[tuple[str, tuple[str, ...]]] = [(name, _PERIODS) for name in (*rule.published, *rule.period)]
        typed += [(name, ("day", "period")) for name in rule.ends]
        typed += [(rule.held, ("flag",))] if rule.held else []
        named = {name for entry in _entries(rule) for name in entry.where}
        before = len(self.faults.items)
        for name in (*(name for name, _ in typed), *sorted(named)):
            if not self.table.has(name):
                near = nearest(name, self.table.schema.names)
                self.add(f"known_by names column {name}, which does not exist", "correct the name", near)
        for name, types in typed:
            if self.table.has(name) and self.table.schema.column(name).type not in types:
                self.add(f"known_by: column {name} has a type that dates nothing", "name one of: " + ", ".join(types))
        for name in rule.ends:
            if self.table.has(name) and self.table.schema.column(name).required:
                self.add(f"known_by: end {name} is required, so that a cut cannot blank it", "let the column be blank")
        other = rule.with_row.partition(".")[0]
        if rule.with_row and other not in self.pack.schemas:
            self.add(f"known_by: table {other} does not exist", "correct with_row", nearest(other, self.pack.schemas))
        return len(self.faults.items) == before

    def rows(self, rule: KnownRule) -> None:
        names = self.table.schema.names
        rows = [dict(zip(names, texts, strict=True)) for texts in self.table.texts]
        for entry in _entries(rule):
            if not any(matches(row, entry.where) for row in rows):
                cells = ", ".join(f"{name} {text}" for name, text in entry.where.items())
                self.add(f"known_by: no row has {cells}", "correct or remove the entry")
        keys = self.table.text(self.table.schema.key[0])
        try:
            dates = dict(zip(keys, self.pack.dated(self.table.name)[1], strict=True))
        except CoercivityError:  # a table that it refers to is invalid, which is reported there
            return
        undated = [key for key, dating in dates.items() if dating.basis == "undated"]
        if undated and not rule.undated:
            self.add(f"{len(undated)} rows have no date, such as {undated[0]}", "date them, or give `undated` a reason")
        if rule.undated and not undated:
            self.add("known_by: `undated` has a reason, but every row has a date", "remove `undated`")
        self.instead(rule, dates)

    def instead(self, rule: KnownRule, dates: Mapping[str, Dating]) -> None:
        for key, others in rule.instead.items():
            for name in (key, *others):
                if name not in dates:
                    self.add(f"known_by: row {name} does not exist", "correct `instead`", nearest(name, dates))
            known = [dates[name] for name in others if name in dates]
            if key in dates and known and not any(_before(dating, dates[key]) for dating in known):
                self.add(f"known_by: no row in place of {key} was known before it", "name an earlier row in `instead`")


def _entries(rule: KnownRule) -> list[DatedRule | KeptRule]:
    return [*rule.dated, *rule.kept]


def _before(dating: Dating, other: Dating) -> bool:
    if dating.basis == "held" or other.known_on is None:
        return False
    return dating.known_on is None or dating.known_on < other.known_on
