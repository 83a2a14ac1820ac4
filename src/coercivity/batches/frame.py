"""`batch_frame`: checks a data frame in memory, with one result per row."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults, brief_value
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.request import at_least_one, left_blank
from coercivity.batches.stage.rows import Rows
from coercivity.batches.stage.staging import readable, type_faults
from coercivity.cases.arguments import PACKED, Law, clocks
from coercivity.cases.gather import Standing, declared
from coercivity.intake.cells.columns import ColumnMap, check_map, propose
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import polars as pl

SLICE_ROWS = 1 << 19  # of a frame in memory
CLOCKS = ("on", "known")


def batch_frame(
    frame: object,
    *,
    standing: Mapping[str, object] | None = None,
    said_by: str = "",
    said_on: str = "",
    columns: ColumnMap | None = None,
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
    proofs: bool = True,
    workers: int | None = None,
) -> pl.DataFrame:
    """Returns a result for every row of a frame, in order.

    Args:
        frame: Any object with the Arrow interface (Polars, pandas, PyArrow, DuckDB...), with columns as in a table.
        standing: Compliance declarations by fact name.
        said_by: Person or department making them.
        said_on: Day on which they were made and the lists were searched, YYYY-MM-DD or `transaction date`.
        columns: Column mapping. Default: columns are recognised by their names.
        on: Transaction date for all rows. Default: the date in each row.
        known: Information cut-off for all rows.
        assume: Planning assumption for suspensions.
        law: The rulebook to use.
        proofs: Whether to compute the decision hash of each row; without it, results come faster.
        workers: Number of threads. Default: one per processor.

    Raises:
        CoercivityError: With every error in the arguments and the columns.
    """
    import polars as pl

    at_least_one({"workers": workers})
    table = _frame(frame)
    book, faults = law.book(), Faults()
    times = clocks(book, on, known, assume, faults)
    said = Standing(said_by, _plain_facts(standing, faults), said_on=said_on)
    block = declared(book.catalogue, said, "standing", faults)
    chosen = columns or ColumnMap()
    try:
        chosen = columns or propose(book, table.columns)
        if table.width or columns is not None:
            check_map(chosen, table.columns, on_given=times.on is not None, where="frame", book=book)
    except CoercivityError as error:
        faults.items.extend(error.faults)
    roles = {name: role for name, role in chosen.columns.items() if name in table.columns}
    type_faults(table.schema, roles, "frame", faults)
    faults.raise_if_any()
    table = _cells(table, roles, book)
    empty = left_blank({name: role for name, role in roles.items() if name in table.columns}, block, (table,))
    chosen = replace(chosen, columns={name: role for name, role in chosen.columns.items() if name not in empty})
    plan = Plan(
        chosen,
        block,
        times.on,
        times.known,
        times.assume,
        law.pack,
        tuple(law.overlays),
        law.party_inputs,
        book.party_files.key,
        book.word_files,
    )
    decider = PartDecider(book, plan, proofs=proofs)
    firsts = range(0, max(table.height, 1), SLICE_ROWS)
    slices = [Rows(table.slice(first, SLICE_ROWS), first + 1, None, {}, {}) for first in firsts]
    if len(slices) == 1:
        return decider.decide(slices[0]).frame
    with ThreadPoolExecutor(workers or len(os.sched_getaffinity(0))) as pool:
        return pl.concat([decided.frame for decided in pool.map(decider.decide, slices)])


def _frame(table: object) -> pl.DataFrame:
    """Converts the table to a frame.

    Raises:
        CoercivityError: If it is not a table, or its columns differ in length.
    """
    import polars as pl

    if isinstance(table, pl.DataFrame):
        return table
    if not (hasattr(table, "__arrow_c_stream__") or isinstance(table, Mapping)):
        what = f"{type(table).__name__} is not a path or a data frame"
        raise CoercivityError.of("ARGUMENT", what, next="pass a path, a data frame, or columns by name")
    try:
        # A column of mixed values is read as text, as a table file would contain it.
        found = pl.DataFrame(table, strict=False)
    except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError) as error:
        what = f"the table cannot be converted to a data frame: {brief_value(str(error))}"
        raise CoercivityError.of(
            "ARGUMENT", what, next="pass columns of equal length with one value per cell"
        ) from None
    return found


def _cells(table: pl.DataFrame, roles: Mapping[str, str], book: Rulebook) -> pl.DataFrame:
    """Returns the frame with readable cells; timestamps are reduced to their date."""
    import polars as pl

    days = {
        name
        for name, role in roles.items()
        if role in CLOCKS or (role in book.catalogue and book.catalogue[role].type == "date")
    }
    moments = [name for name in days if isinstance(table.schema[name], pl.Datetime)]
    return readable(table.with_columns(pl.col(name).dt.date() for name in moments), roles)


def _plain_facts(standing: object, faults: Faults) -> dict[str, object]:
    """Returns compliance declarations in the form a file would contain: texts, and lists of texts."""
    if standing is None:
        return {}
    if not isinstance(standing, Mapping):
        what = f"expected a mapping of fact names to values, found {type(standing).__name__}"
        faults.add("ARGUMENT", what, where="standing", next='write {"party_sets": [], "knowledge": "none"}')
        return {}
    found: dict[str, object] = {}
    for name, value in standing.items():
        several = isinstance(value, (list, tuple))
        texts = [_text(entry) for entry in (value if several else [value])]
        if not isinstance(name, str) or None in texts:
            what = f"{brief_value(repr(value))} is not a valid value of {brief_value(repr(name))}"
            faults.add(
                "ARGUMENT", what, where="standing", next="use a text, a flag, a number, a date or a list of texts"
            )
        else:
            found[name] = texts if several else texts[0]
    return found


def _text(value: object) -> str | None:
    """Returns a plain value as a file would contain it; None if it is not a plain value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Day):
        return value.isoformat()[:10]
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return f"{number:f}" if number.is_finite() else None
    return None
