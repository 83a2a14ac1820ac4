"""The tables of an outlook as Parquet and CSV files: one row per month, run and subject."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from coercivity.batches.write.outputs import DEAD, LIVE
from coercivity.papers.outlook.draws.long_rows import TABLES as DRAW_TABLES
from coercivity.papers.outlook.draws.long_rows import draw_tables
from coercivity.papers.outlook.report_data import OutlookReport, RunData

Row = dict[str, object]
WideTable = Literal[
    "prices", "shipped", "stocks", "use", "permissions", "desk", "countries", "out",
    "contracts", "end_of_life", "options", "recycled", "closures", "policies", "reserves",
]  # fmt: skip
_FILES = ("new", "again", "returned", "taken", "granted", "refused", "pending", "waiting", "halted")
_LICENCES = ("granted_t", "general_t", "used_t", "idle_t", "expired_t", "licences_t")
_OPTION = (
    "use", "region", "option", "wait_months", "speed_share_per_year", "most_share", "cost_usd_per_kg",
    "qualification_usd_per_kg", "qualified_on",
)  # fmt: skip
_WIDE: dict[WideTable, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "prices": (("good", "region"), ("margin", "quote", "licensed", "traded", "market"), "_usd_per_kg"),
    "shipped": (("good", "to_region"), ("mass_t",), ""),
    "stocks": (("good", "region"), ("mass_t",), ""),
    "use": (("region", "use"), ("wanted_t", "usual_t", "less_t", "substituted_t", "without_t"), ""),
    "permissions": (
        ("good", "origin", "region", "user"),
        ("finding", "way", "clauses", "applied_t", "granted_t", "used_t", "balance_t", "value_usd_per_kg"),
        "",
    ),
    "desk": (("form", "country", "user"), (*_FILES, "decision_days", "lead_months", *_LICENCES), ""),
    "countries": (("good", "country"), ("licensed_t", "free_t"), ""),
    "out": (("what", "to_region"), ("mass_t",), ""),
    "contracts": (
        ("contract", "buyer", "seller", "good", "from_region", "to_region"),
        ("due_t", "delivered_t", "short_t", "price_usd_per_kg", "limit", "paid_usd", "above_usd"),
        "",
    ),
    "end_of_life": (("region", "content"), ("leaving_t", "collected_t", "treated_t", "stock_t"), ""),
    "options": (_OPTION, ("ready_share",), ""),
    "recycled": (("region", "use", "element"), ("end_of_life_share", "swarf_share"), ""),
    "closures": (("capacity",), ("closed_t", "standing_t", "state"), ""),
    "policies": (("policy", "kind", "payer", "good", "region"), ("mass_t", "usd"), ""),
    "reserves": (("reserve", "good", "region"), ("bought_t", "released_t", "held_t"), ""),
}
_UNITLESS = "market"  # whether there is a market
# Columns of text that may be empty throughout; others that may be are numbers.
_TEXTS_OR_NONE = ("qualified_on",)
_WHOLE: tuple[Literal["ranges", "flows", "plants", "quoted"], ...] = ("ranges", "flows", "plants", "quoted")
TABLES: tuple[str, ...] = tuple(sorted((*_WIDE, "gaps", "recovered", *_WHOLE, *DRAW_TABLES)))
TABLE_FILES: frozenset[str] = frozenset(f"{name}{end}" for name in TABLES for end in (".parquet", ".csv"))


def table_files(report: OutlookReport) -> Iterator[tuple[str, bytes]]:
    """Yields name and bytes of each table as Parquet and as CSV.

    A CSV file is UTF-8 with a byte order mark, and no cell of it is active in a spreadsheet program. A column has the
    same type in every report, also where it is empty throughout.

    Args:
        report: The report data of an outlook.
    """
    import polars as pl

    for name, rows in tables_of(report).items():
        frame = pl.DataFrame(rows, infer_schema_length=None)
        empty = [column for column, kind in frame.schema.items() if kind == pl.Null]
        casts = [pl.col(column).cast(pl.String if column in _TEXTS_OR_NONE else pl.Float64) for column in empty]
        frame = frame.with_columns(casts)
        out = io.BytesIO()
        frame.write_parquet(out, compression="zstd", statistics=False)
        yield f"{name}.parquet", out.getvalue()
        text = pl.col(pl.String)
        safe = frame.with_columns(pl.when(text.str.contains(LIVE)).then(DEAD + text).otherwise(text).name.keep())
        yield f"{name}.csv", safe.write_csv(include_bom=True, line_terminator="\r\n").encode()


def tables_of(report: OutlookReport) -> dict[str, list[Row]]:
    """Returns the tables of all runs as long rows, empty ones left out."""
    months = report["months"]
    found: dict[str, list[Row]] = {}
    for run in report["runs"]:
        for name, (keys, columns, unit) in _WIDE.items():
            found.setdefault(name, []).extend(_long(run, name, keys, columns, unit, months))
        found.setdefault("gaps", []).extend(_gaps(run))
        found.setdefault("recovered", []).extend(_recovered(run, months))
        for whole in _WHOLE:
            found.setdefault(whole, []).extend({"run": run["id"], **_cells(row)} for row in run[whole])
    found |= draw_tables(report)
    return {name: rows for name, rows in sorted(found.items()) if rows}


def _long(
    run: RunData, name: WideTable, keys: tuple[str, ...], columns: tuple[str, ...], unit: str, months: list[str]
) -> Iterator[Row]:
    names = {column: column if column == _UNITLESS else f"{column}{unit}" for column in columns}
    rows: Any = run[name]  # columns are picked by name, which no type follows
    for row in rows:
        about = {key: row[key] for key in keys}
        for place, month in enumerate(months):
            values = {names[column]: _cell(row[column][place]) for column in columns}
            yield {"run": run["id"], "month": month, **about, **values}


def _gaps(run: RunData) -> Iterator[Row]:
    for row in run["gaps"]:
        about = {"run": run["id"], "month": row["month"], "good": row["good"], "region": row["region"]}
        for part in row["parts"]:
            yield {**about, "gap_usd_per_kg": row["gap"], **part}


def _recovered(run: RunData, months: list[str]) -> Iterator[Row]:
    """Yields the oxides recovered by element, from end-of-life magnets and from swarf."""
    for row in run["end_of_life"]:
        for element in sorted({*row["recovered_t"], *row["swarf_t"]}):
            about = {"region": row["region"], "content": row["content"], "element": element}
            recovered, swarf = (held.get(element, [0.0] * len(months)) for held in (row["recovered_t"], row["swarf_t"]))
            for month, end_of_life_t, swarf_t in zip(months, recovered, swarf, strict=True):
                yield {"run": run["id"], "month": month, **about, "end_of_life_t": end_of_life_t, "swarf_t": swarf_t}


def _cells(row: Mapping[str, object]) -> Row:
    return {key: _cell(value) for key, value in row.items()}


def _cell(value: object) -> object:
    return ";".join(map(str, value)) if isinstance(value, list) else value
