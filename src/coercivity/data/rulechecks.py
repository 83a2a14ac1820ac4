"""The rules of `tables.yaml`, with one function per kind, and the references between tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.cells import Period, trail_of
from coercivity.data.ruleset import RangeRule, SumRule, TableRules
from coercivity.data.tables import Table

MOST_PER_RULE = 20
Tables = Mapping[str, Table]


def check_rules(
    table: Table, rules: TableRules, tables: Tables, all_rules: Mapping[str, TableRules], faults: Faults
) -> None:
    """Adds every violation of a rule, up to a limit per rule.

    Args:
        table: The table to check.
        rules: Its rules.
        tables: All readable tables of the pack.
        all_rules: The rules of all tables.
        faults: Collects the violations.
    """
    if not _columns_exist(table, rules, faults):
        return
    found = [
        _references(table, tables),
        *(_sum(table, rule) for rule in rules.sums),
        *(_order(table, rule.columns) for rule in rules.order),
        *(_range(table, rule) for rule in rules.ranges),
        *(_need(table, rule.where, rule.column) for rule in rules.needs),
        *(_refers(table, rule.column, rule.to, tables) for rule in rules.refs),
        *(_applied(table, rule.map, rule.column, rule.to, tables) for rule in rules.applied),
        _in_use(table, rules.one_in_use),
        _map(table, rules, tables),
    ]
    for each in found:
        faults.items.extend(each.items[:MOST_PER_RULE])
        if len(each.items) > MOST_PER_RULE:
            more = len(each.items) - MOST_PER_RULE
            faults.add(each.items[0].code, f"and {more} more of this kind", where=table.where)


def _columns_exist(table: Table, rules: TableRules, faults: Faults) -> bool:
    used = [*rules.one_in_use, *(name for rule in rules.order for name in rule.columns)]
    for total in rules.sums:
        used += [total.column, *total.by, *total.where, *total.without]
    for span in rules.ranges:
        used += [span.column, *span.where]
    for need in rules.needs:
        used += [need.column, *need.where]
    for applied in rules.applied:
        used += [applied.column, applied.to]
    used += [ref.column for ref in rules.refs]
    missing = sorted({name for name in used if not table.has(name)})
    for name in missing:
        near = nearest(name, table.schema.names)
        faults.add("PACK-SCHEMA", f"a rule of {table.name} names column {name!r}", where=table.where, nearest=near)
    return not missing


def _rows(table: Table, where: Mapping[str, str], without: Mapping[str, str] | None = None) -> Iterator[int]:
    asked = [(table.text(name), word) for name, word in where.items()]
    barred = [(table.text(name), word) for name, word in (without or {}).items()]
    for at in range(len(table)):
        if all(cells[at] == word for cells, word in asked) and not any(cells[at] == word for cells, word in barred):
            yield at


def _decimal(table: Table, column: str, at: int) -> Decimal | None:
    """Returns the exact number in a cell; an invalid cell counts as absent."""
    return Decimal(table.text(column)[at]) if table.values(column)[at] is not None else None


def _sum(table: Table, rule: SumRule) -> Faults:
    faults = Faults()
    sums: dict[tuple[str, ...], Decimal] = {}
    first: dict[tuple[str, ...], int] = {}
    texts, values = table.text(rule.column), table.values(rule.column)
    groups = [table.text(name) for name in rule.by]
    for at in _rows(table, rule.where, rule.without):
        group = tuple(cells[at] for cells in groups)
        first.setdefault(group, at)
        sums[group] = sums.get(group, Decimal()) + (Decimal(texts[at]) if values[at] is not None else 0)
    for group, total in sums.items():
        if abs(total - rule.equals) > rule.tolerance:
            name = brief_value(" / ".join(group))
            what = f"{rule.column} of {name} sums to {total}; expected {rule.equals} within {rule.tolerance}"
            faults.add("PACK-SUM", what, where=table.place(first[group], rule.column))
    if not sums:
        faults.add(
            "PACK-SUM", f"no row matches the sum rule of {rule.column}, so the rule checks nothing", where=table.where
        )
    return faults


def _order(table: Table, columns: list[str]) -> Faults:
    faults = Faults()
    series = [(name, table.values(name)) for name in columns]
    for at in range(len(table)):
        filled = [(name, values[at]) for name, values in series if values[at] is not None]
        for (left, small), (right, large) in pairwise(filled):
            if isinstance(small, Period) and isinstance(large, Period):
                if small.first > large.last:
                    what = f"{left} {small.text} is after {right} {large.text}"
                    faults.add("PACK-ORDER", what, where=table.place(at, left))
            elif small > large:  # type: ignore[operator] # an order is checked of columns of one type only
                faults.add("PACK-ORDER", f"{left} {small} is above {right} {large}", where=table.place(at, left))
    return faults


def _range(table: Table, rule: RangeRule) -> Faults:
    faults = Faults()
    for at in _rows(table, rule.where):
        number = _decimal(table, rule.column, at)
        if number is not None and not rule.least <= number <= rule.most:
            kind = ", ".join(rule.where.values())
            what = f"{rule.column} {number} {kind} is outside {rule.least} to {rule.most}".replace("  ", " ")
            faults.add("PACK-RANGE", what, where=table.place(at, rule.column))
    return faults


def _need(table: Table, where: Mapping[str, str], column: str) -> Faults:
    faults = Faults()
    cells = table.text(column)
    for at in _rows(table, where):
        if not cells[at]:
            kind = ", ".join(f"{name} {word}" for name, word in where.items())
            faults.add("PACK-NEED", f"{column} is blank but required for {kind}", where=table.place(at, column))
    return faults


def _references(table: Table, tables: Tables) -> Faults:
    faults = Faults()
    for column in table.schema.columns:
        if column.type in ("source", "sources"):
            _resolve(table, column.name, "sources.id", tables, faults, code="PACK-SOURCE")
        elif column.type in ("ref", "refs") and column.allowed:
            _resolve(table, column.name, column.allowed[0], tables, faults)
        elif column.type == "trail":
            _trail(table, column.name, tables, faults)
    return faults


def _refers(table: Table, column: str, to: str, tables: Tables) -> Faults:
    faults = Faults()
    _resolve(table, column, to, tables, faults)
    return faults


def _resolve(table: Table, column: str, to: str, tables: Tables, faults: Faults, *, code: str = "PACK-REF") -> None:
    other, _, key = to.partition(".")
    if other not in tables or not tables[other].has(key):
        faults.add("PACK-SCHEMA", f"{table.name}.{column} points to {to}, which does not exist", where=table.where)
        return
    known = set(tables[other].text(key))
    for at, value in enumerate(table.values(column)):
        for word in value if isinstance(value, tuple) else () if value is None else (str(value),):
            if word not in known:
                what = f"{column} {brief_value(word)!r} not found in {to}"
                faults.add(code, what, where=table.place(at, column), nearest=nearest(word, known))


def _trail(table: Table, column: str, tables: Tables, faults: Faults) -> None:
    known = {name: set(other.text("id")) for name, other in tables.items() if other.has("id")}
    for at, text in enumerate(table.text(column)):
        for name, row in trail_of(text):
            if row not in known.get(name, ()):
                near = nearest(row, known[name]) if name in known else nearest(name, known)
                what = f"{column} refers to row {name}:{row}, which does not exist"
                faults.add("PACK-REF", what, where=table.place(at, column), nearest=near)


def _in_use(table: Table, by: list[str]) -> Faults:
    faults = Faults()
    if not table.has("in_use"):
        return faults
    groups = [table.text(name) for name in by]
    why = table.text("why_not") if table.has("why_not") else ("",) * len(table)
    seen: dict[tuple[str, ...], int] = {}
    for at, flag in enumerate(table.text("in_use")):
        if flag == "0" and not why[at]:
            faults.add("PACK-USE", "the row is not in use and gives no reason", where=table.place(at, "why_not"))
        elif flag == "1" and why[at]:
            faults.add(
                "PACK-USE", "the row is in use but gives a reason for not being used", where=table.place(at, "why_not")
            )
        if flag != "1" or not by:
            continue
        group = tuple(cells[at] for cells in groups)
        if group in seen:
            name, line = brief_value(" / ".join(group)), table.lines[seen[group]]
            what = f"{name} is also in use in line {line}; only one row can be in use"
            faults.add("PACK-USE", what, where=table.place(at, "in_use"))
        seen.setdefault(group, at)
    return faults


def _applied(table: Table, map_name: str, column: str, to: str, tables: Tables) -> Faults:
    faults = Faults()
    if map_name not in tables:
        faults.add("PACK-SCHEMA", f"{table.name} uses map {map_name!r}, which does not exist", where=table.where)
        return faults
    given = _labels(tables[map_name], table.name, column)
    for at, (label, word) in enumerate(zip(table.text(column), table.text(to), strict=True)):
        expected = given.get(label, "")
        if (label in given or not label) and word != expected:
            what = f"{to} is {word!r}; {map_name} gives {expected!r} for {brief_value(label)!r}"
            faults.add("PACK-MAP", what, where=table.place(at, to))
    return faults


def _labels(mapping: Table, table: str, column: str) -> dict[str, str]:
    target = next(c.name for c in mapping.schema.columns if not c.key)
    rows = zip(mapping.text("table"), mapping.text("column"), mapping.text("label"), mapping.text(target), strict=True)
    return {label: word for name, other, label, word in rows if name == table and other == column}


def _map(table: Table, rules: TableRules, tables: Tables) -> Faults:
    faults = Faults()
    if rules.maps is None:
        return faults
    held: dict[tuple[str, str], dict[str, int]] = {}
    keys = zip(table.text("table"), table.text("column"), table.text("label"), strict=True)
    for at, (name, column, label) in enumerate(keys):
        held.setdefault((name, column), {})[label] = at
    for (name, column), labels in held.items():
        first = min(labels.values())
        if name in rules.maps.outside:
            continue
        if name not in tables or not tables[name].has(column):
            faults.add("PACK-MAP", f"column {name}.{column} not found", where=table.place(first, "column"))
            continue
        there = tables[name].text(column)
        for at, label in enumerate(there):
            if label and label not in labels:
                what = f"{column} {brief_value(label)!r} has no row in {table.name}"
                faults.add("PACK-MAP", what, where=tables[name].place(at, column), nearest=nearest(label, labels))
        for label in sorted(set(labels) - set(there)):
            what = f"label {brief_value(label)!r} no longer appears in {name}.{column}"
            faults.add("PACK-MAP", what, where=table.place(labels[label], "label"))
    return faults
