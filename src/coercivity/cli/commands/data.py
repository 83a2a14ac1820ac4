"""`coercivity data`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from cyclopts import Parameter

from coercivity.base.errors import CoercivityError
from coercivity.cli.show import columns, resolve_day
from coercivity.verbs.arguments import needed_day
from coercivity.verbs.data import data_check, data_list, data_show

JsonFlag = Annotated[bool, Parameter(name="--json", negative=())]
WIDEST = 40


def check_(*, on: str = "today", json_: JsonFlag = False) -> int:
    """Check schema, units, keys, ranges, sums, sources and age of the packs; exit code 1 on a fault.

    Args:
        on: Day for which age is judged, YYYY-MM-DD or today.
        json_: Print JSON.
    """
    check = data_check(needed_day(resolve_day(on) or "", "--on"))
    if json_:
        return _json(check.as_dict()) or (0 if check.ok else 1)
    for report in check.reports:
        rows = sum(table.rows for table in report.tables)
        held = f"{len(report.tables)} tables, {rows} rows"
        print(f"{report.pack} {report.version}, {report.age_days} days old on {report.on}: {held}")
        for word, counts in (("quality", report.by_quality), ("retrieval", report.by_retrieval)):
            if counts:
                print(f"    {word}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
        for fault in (*report.warnings, *report.faults):
            print("\n".join(f"    {line}" for line in fault.lines()))
        print(f"    {len(report.faults)} faults, {len(report.warnings)} warnings")
    return 0 if check.ok else 1


def list_(*, json_: JsonFlag = False) -> int:
    """Print every table with its rows and the day on which somebody last looked for news."""
    entries = data_list()
    if json_:
        return _json([entry.as_dict() for entry in entries])
    for entry in entries:
        name = f"{entry.pack}/{entry.table}"
        print(
            columns(
                (name, 34), (entry.kind, 10), (entry.rows, 6), (f"checked {entry.last_checked}", 18), (entry.title, 60)
            )
        )
    return 0


def show_(
    table: str,
    *,
    where: Annotated[list[str] | None, Parameter(negative=())] = None,
    limit: int = 20,
    json_: JsonFlag = False,
) -> int:
    """Print rows of one table, with what its columns mean and where the rows come from.

    Args:
        table: Name such as prices, or world/sources where two packs have a table of that name.
        where: A cell that a row must have, column=value. Repeat for more.
        limit: Most rows to print.
        json_: Print JSON.
    """
    view = data_show(table, where=_cells(where or []), limit=limit)
    if json_:
        return _json(view.as_dict())
    print(f"{view.pack}/{view.table}: {view.title}\n{view.about}\n")
    for column in view.columns:
        unit = f" [{column['unit']}]" if column["unit"] else ""
        print(f"    {column['column']}{unit}  {column['type']}  {column['meaning']}")
    print(f"\n{view.matched} of {view.total} rows fit; {len(view.rows)} shown")
    for counts in (view.by_quality, view.by_retrieval):
        if counts:
            print("    " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    for row in view.rows:
        print("  " + "  ".join(f"{name}={_cut(text)}" for name, text in row.items() if text))
    for name, source in view.sources.items():
        print(f"    {name}: {source.get('publisher', '')} {source.get('url', '')}")
    return 0


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."


def _cells(pairs: list[str]) -> Mapping[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CoercivityError.of("FACT-PAIR", f"{pair[:60]!r} is not column=value", where="--where")
        found[name] = value
    return found


def _json(content: Any) -> int:
    print(json.dumps(content, ensure_ascii=False, indent=2, default=str))
    return 0
