"""The tables of an outlook as Parquet files: one file per table, one row per month, run and subject."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from coercivity.papers.outlook.report_data import OutlookReport, RunData

Row = dict[str, object]
WideTable = Literal["prices", "shipped", "stocks", "use", "permissions", "desk", "countries", "out"]
_FILES = ("new", "again", "returned", "taken", "granted", "refused", "pending", "waiting", "halted")
_LICENCES = ("granted_t", "general_t", "used_t", "idle_t", "expired_t", "licences_t")
_WIDE: dict[WideTable, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "prices": (("good", "region"), ("margin", "quote", "traded"), "_usd_per_kg"),
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
}
_WHOLE: tuple[Literal["ranges", "flows", "plants"], ...] = ("ranges", "flows", "plants")
TABLE_FILES: frozenset[str] = frozenset(f"{name}.parquet" for name in (*_WIDE, "gaps", *_WHOLE))


def table_files(report: OutlookReport) -> Iterator[tuple[str, bytes]]:
    """Yields name and bytes of each table as Parquet.

    Args:
        report: The report data of an outlook.
    """
    import polars as pl

    for name, rows in tables_of(report).items():
        frame = pl.DataFrame(rows, infer_schema_length=None)
        out = io.BytesIO()
        frame.write_parquet(out, compression="zstd", statistics=False)
        yield f"{name}.parquet", out.getvalue()


def tables_of(report: OutlookReport) -> dict[str, list[Row]]:
    """Returns the tables of all runs as long rows, empty ones left out."""
    months = report["months"]
    found: dict[str, list[Row]] = {}
    for run in report["runs"]:
        for name, (keys, columns, unit) in _WIDE.items():
            found.setdefault(name, []).extend(_long(run, name, keys, columns, unit, months))
        found.setdefault("gaps", []).extend(_gaps(run))
        for whole in _WHOLE:
            found.setdefault(whole, []).extend({"run": run["id"], **_cells(row)} for row in run[whole])
    return {name: rows for name, rows in sorted(found.items()) if rows}


def _long(
    run: RunData, name: WideTable, keys: tuple[str, ...], columns: tuple[str, ...], unit: str, months: list[str]
) -> Iterator[Row]:
    rows: Any = run[name]  # columns are picked by name, which no type follows
    for row in rows:
        about = {key: row[key] for key in keys}
        for place, month in enumerate(months):
            values = {f"{column}{unit}": _cell(row[column][place]) for column in columns}
            yield {"run": run["id"], "month": month, **about, **values}


def _gaps(run: RunData) -> Iterator[Row]:
    for row in run["gaps"]:
        about = {"run": run["id"], "month": row["month"], "good": row["good"], "region": row["region"]}
        for part in row["parts"]:
            yield {**about, "gap_usd_per_kg": row["gap"], **part}


def _cells(row: Mapping[str, object]) -> Row:
    return {key: _cell(value) for key, value in row.items()}


def _cell(value: object) -> object:
    return ";".join(map(str, value)) if isinstance(value, list) else value
