"""`coercivity data`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.sums import total
from coercivity.base.words import say
from coercivity.cli.options import (
    AsJson,
    DayGiven,
    Flag,
    JsonFlag,
    MaybeDay,
    Paths,
    TextLang,
    Texts,
    Whole,
    resolve_day,
)
from coercivity.cli.out import fault_lines, put, put_json, put_raw
from coercivity.cli.show import columns

if TYPE_CHECKING:
    from coercivity.verbs.data_draws import RangeEntry

WIDEST = 40
_REPLACED = {
    "en": "{0} is replaced by {1} of {2}",
    "zh": "{0}已由{2}的{1}取代",
}
_COMPARED = {
    "en": "{} rows, of which {} are compared with a figure of the model",
    "zh": "共{}行，其中{}行可与模型数值对比",
}
REMOVED_COLUMNS = ("pack", "table", "id", "known_on", "by", "basis", "replaced_by")
_WRITTEN = {"en": "{count} tables written", "zh": "已写入{count}张表"}


def check_(*, on: str = "today", json_: AsJson = False) -> int:
    """Check schema, units, keys, ranges, sums, sources and age of the data; exit code 1 when there is an error.

    Args:
        on: Date as of which age is counted, YYYY-MM-DD or today.
    """
    from coercivity.verbs.data import data_check

    check = data_check(resolve_day(on))
    if json_:
        put_json(check.as_dict())
        return 0 if check.ok else 1
    for report in check.reports:
        rows = total(table.rows for table in report.tables)
        held = f"{len(report.tables)} tables, {rows} rows"
        put(f"{report.pack} {report.version}, {report.age_days} days old on {report.on}: {held}")
        for word, counts in (("quality", report.by_quality), ("retrieval", report.by_retrieval)):
            if counts:
                put(f"    {word}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
        for fault in (*report.warnings, *report.faults):
            put(*(f"    {line}" for line in fault_lines(fault)))
        put(f"    {len(report.faults)} errors, {len(report.warnings)} warnings")
    return 0 if check.ok else 1


def list_(*, json_: JsonFlag = False) -> int:
    """Print every table with its number of rows and the date of its last check for updates."""
    from coercivity.verbs.data import data_list

    entries = data_list()
    if json_:
        put_json([entry.as_dict() for entry in entries])
        return 0
    for entry in entries:
        name = f"{entry.pack}/{entry.table}"
        put(
            columns(
                (name, 34), (entry.kind, 10), (entry.rows, 6), (f"checked {entry.last_checked}", 18), (entry.title, 60)
            )
        )
    return 0


def show_(
    table: str,
    *,
    where: Texts = None,
    limit: Whole = 20,
    json_: AsJson = False,
) -> int:
    """Print rows of one table, the meaning of its columns and the sources of the rows.

    Args:
        table: Name such as prices, or world/sources where two data sets have a table of that name.
        where: Filter, column=value. Can be repeated.
        limit: Maximum number of rows to print.
    """
    from coercivity.verbs.data import data_show

    view = data_show(table, where=_cells(where or []), limit=limit)
    if json_:
        put_json(view.as_dict())
        return 0
    put(f"{view.pack}/{view.table}: {view.title}", view.about, "")
    for column in view.columns:
        unit = f" [{column['unit']}]" if column["unit"] else ""
        put(f"    {column['column']}{unit}  {column['type']}  {column['meaning']}")
    put("", f"{view.matched} of {view.total} rows match; {len(view.rows)} shown")
    for counts in (view.by_quality, view.by_retrieval):
        if counts:
            put("    " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    for row in view.rows:
        put("  " + "  ".join(f"{name}={_cut(text)}" for name, text in row.items() if text))
    for name, source in view.sources.items():
        put(f"    {name}: {source.get('publisher', '')} {source.get('url', '')}")
    return 0


def draws_(
    *,
    drawn: Annotated[bool | None, Parameter(help="Only drawn rows; --no-drawn: only others.")] = None,
    format: Literal["text", "csv", "markdown", "json"] = "text",
) -> int:
    """Print the rows with a range: how draws of the market draw them, or why they do not.

    Args:
        format: text, csv, markdown or json.
    """
    from coercivity.verbs.data_draws import data_draws

    entries = data_draws(drawn=drawn)
    if format == "json":
        put_json(list(entries))
        return 0
    if format == "csv":
        _put_csv(entries)
        return 0
    if format == "markdown":
        put("| row | about | group | value | low | high | unit | drawn, or why not |", "| --- " * 8 + "|")
        put(*("| " + " | ".join(_cells_of(entry)) + " |" for entry in entries))
        return 0
    for entry in entries:
        row, what, group, value, low, high, unit, told = _cells_of(entry)
        put(columns((row, 28), (group, 9), (f"{value} ({low} to {high}) {unit}", 44), (told, 60), (what, 60)))
    put(f"{len(entries)} rows with a range, {sum(1 for entry in entries if entry['drawn'])} drawn")
    return 0


def observations_(
    *,
    known: Annotated[MaybeDay, Parameter(help="Only rows known on this day. Default: all rows.")] = None,
    series: str = "",
    observations: Paths = None,
    unused: Flag = False,
    format: Literal["text", "csv", "json"] = "text",
    lang: TextLang = "en",
) -> int:
    """Print reported numbers, the figure of the model that each is compared with, or why there is none.

    Exit code: 0; 2 for bad input.

    Args:
        series: Only series whose name contains this text.
        observations: File of your own with further rows: CSV, XLSX or Parquet. Can be repeated.
        unused: Also print rows that are not used, and why.
        format: text, csv or json.
    """
    from coercivity.verbs.observations import data_observations, reason_in

    found = data_observations(known, series=series, files=observations or (), unused=unused)
    if format == "json":
        put_json(
            {
                "known": found.known.isoformat() if found.known else None,
                "rows": list(found.entries),
                "replaced": [{"id": each.id, "by": each.by, "file": each.file} for each in found.replaced],
            }
        )
        return 0
    if format == "csv":
        _put_csv(found.entries)
        return 0
    for entry in found.entries:
        span, value = f"{entry['period_start']} to {entry['period_end']}", entry["value"]
        number = "" if value is None else f"{value:g} {entry['unit']}"
        told = entry["figure"] or reason_in(entry["why_not"], lang)
        dated = (entry["id"], 8), (span, 24), (entry["known_on"], 10)
        put(columns(*dated, (number, 18), (entry["series"], 40), (told, 120)).rstrip())
    for each in found.replaced:
        put(say(_REPLACED, lang).format(each.id, each.by, each.file))
    put(say(_COMPARED, lang).format(len(found.entries), found.compared))
    return 0


def _put_csv(entries: Sequence[Mapping[str, object]]) -> None:
    """Prints entries as CSV, with a line of their names."""
    cells = (["" if cell is None else cell for cell in entry.values()] for entry in entries)
    put_raw(_csv([*([list(entries[0])] if entries else []), *cells]))


def cut_(*, known: DayGiven, format: Literal["text", "csv", "json"] = "text", lang: TextLang = "en") -> int:
    """Print the rows that an information cut-off removes, those kept without a date, and tables that are not cut.

    Args:
        known: Information cut-off, YYYY-MM-DD or today: rows that were not known by then are removed.
        format: text; csv: every row removed; json: everything.
    """
    from coercivity.verbs.data_cut import cut_text, data_cut

    found = data_cut(known)
    if format == "json":
        put_json(found)
    elif format == "csv":
        put_raw(_csv([REMOVED_COLUMNS, *([*row.values()] for row in found["removed"])]))
    else:
        put(*cut_text(found, lang))
    return 0


def export_(folder: Path, *, lang: TextLang = "en") -> int:
    """Write every table as a CSV file, and `datapackage.json`: types, units, titles, keys, sources and licence.

    Exit code: 0; 2 for bad input.

    Args:
        folder: Folder for the files; other files in it are kept.
    """
    from coercivity.verbs.data_export import PACKAGE_FILE, data_export
    from coercivity.verbs.messages import message

    written = data_export(folder)
    put(message(f"written: {(folder / PACKAGE_FILE).as_posix()}", lang))
    put(say(_WRITTEN, lang).format(count=len(written) - 1))
    return 0


def _cells_of(entry: RangeEntry) -> tuple[str, str, str, str, str, str, str, str]:
    told = entry["why_not"] or entry["distribution"]
    if entry["together_with"]:
        told += f", together with {entry['together_with']}"
    if entry["adds_up_with"]:
        told += f", adds up: {entry['adds_up_with']}"
    value, low, high = (f"{number:g}" for number in (entry["value"], entry["low"], entry["high"]))
    return entry["row"], entry["what"], entry["group"], value, low, high, entry["unit"], told


def _csv(rows: Iterable[Iterable[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."


def _cells(pairs: list[str]) -> Mapping[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CoercivityError.of(
                "FACT-PAIR", f"{pair[:60]!r} is not of the form column=value", where=Argument("where")
            )
        found[name] = value
    return found
