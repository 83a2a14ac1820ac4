"""Checks of a workbook of strategies beyond single cells: chances, yields, names, draws, figures of levers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from coercivity.base.errors import Faults, brief_value
from coercivity.base.sums import total
from coercivity.ministry.strategy.model import FIRM_COLUMNS, SCENARIO_COLUMNS, Lever, Levers, Scenario, StrategyBook
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.tables import ReadRow, ReadTables

MEAN = ("mean", "均值")
# Combinations x rows x firms; a million take some minutes.
MOST_PROBLEMS = 1_000_000
# Chances such as 0.33333 are as good as a third.
ROUNDING = Fraction(1, 10**4)
_SHEETS = {"scenarios": "Scenarios", "firms": "Firms"}


def check_book(book: StrategyBook, tables: ReadTables, levers: Levers, faults: Faults) -> None:
    """Adds the faults of a workbook that each cell alone does not show.

    Args:
        book: Its rows without a fault.
        tables: All rows and their places.
        levers: Levers that are to be tried.
        faults: Receives the faults.
    """
    for key, name in _SHEETS.items():
        if not tables.lines.get(key):
            where = tables.names.get(key, name)
            faults.add("SHEET", f"the sheet {where!r} is empty", where=where, next="fill it in")
    for row in tables.all_rows.get("scenarios", []):
        _scenario(row, tables, faults)
    for row in tables.all_rows.get("firms", []):
        _firm(row, tables, faults)
    _chances(tables, faults)
    _draws(book.scenarios, tables, faults)
    _lever_figures(tables, levers, faults)
    problems = len(book.scenarios) * len(book.firms) * 2 ** len(levers)
    if problems > MOST_PROBLEMS:
        what = f"the workbook needs {problems:,} least costs; the limit is {MOST_PROBLEMS:,}"
        faults.add("STRATEGY-SIZE", what, where=tables.names["scenarios"], next="use fewer draws, firms or levers")


def _scenario(row: ReadRow, tables: ReadTables, faults: Faults) -> None:
    if row.cells.get("metal_yield") == 0:
        where = tables.place(row.where, "metal_yield")
        faults.add("STRATEGY-FIGURE", "yield must be above 0 and at most 1", where=where, next="correct the cell")
    name = str(row.cells.get("scenario") or "")
    if name.casefold() in MEAN:
        what = f"a scenario cannot be called {name!r}, for results call the mean so"
        faults.add("STRATEGY-NAME", what, where=tables.place(row.where, "scenario"), next="rename it")
    _no_bar(row, ("scenario", "path"), tables, faults)


def _firm(row: ReadRow, tables: ReadTables, faults: Faults) -> None:
    if row.cells.get("need_t") == 0:
        where = tables.place(row.where, "need_t")
        faults.add("STRATEGY-FIGURE", "the need must be above 0", where=where, next="correct the cell")
    _no_bar(row, ("firm",), tables, faults)


def _no_bar(row: ReadRow, columns: Sequence[str], tables: ReadTables, faults: Faults) -> None:
    """Adds a fault for a name with a bar, which the IAMC table puts between the parts of a name."""
    for column in columns:
        name = str(row.cells.get(column) or "")
        if "|" in name:
            what = f"{brief_value(name)!r} contains |, which parts the names of exported tables"
            faults.add("STRATEGY-NAME", what, where=tables.place(row.where, column), next="rename it")


def _chances(tables: ReadTables, faults: Faults) -> None:
    """Adds a fault if the probabilities of all rows do not add up to 1; unread ones are told as such already."""
    chances = [row.cells.get("probability") for row in tables.all_rows.get("scenarios", [])]
    known = [chance for chance in chances if isinstance(chance, Fraction)]
    if len(known) < len(chances) or not known or abs(total(known) - 1) <= ROUNDING:
        return
    what = f"the chances add up to {decimal_text(total(known))}, not 1"
    where = f"{tables.names['scenarios']}, probability"
    faults.add("SHARE", what, where=where, next="correct them; those of all rows add up to 1")


def _draws(scenarios: Sequence[Scenario], tables: ReadTables, faults: Faults) -> None:
    """Adds faults for a path with draws in some of its rows only, and for draws of a path that do not weigh alike."""
    for path in dict.fromkeys(row.path for row in scenarios):
        rows = [row for row in scenarios if row.path == path]
        bare = [row for row in rows if not row.draw]
        if len(bare) == len(rows):
            continue
        if bare:
            what = "other rows of this path have a draw, but this one has none"
            where = tables.place(bare[0].where, "draw")
            faults.add("STRATEGY-DRAWS", what, where=where, next="number the draws of all rows of the path")
            continue
        weights: dict[str, Fraction] = {}
        for row in rows:
            weights[row.draw] = weights.get(row.draw, Fraction(0)) + row.probability
        first, weight = next(iter(weights.items()))
        other = next(((draw, each) for draw, each in weights.items() if abs(each - weight) > ROUNDING * weight), None)
        if other is not None:
            what = (
                f"draws of one path must weigh alike: draw {first} has a probability of {decimal_text(weight)}, "
                f"draw {other[0]} one of {decimal_text(other[1])}"
            )
            where = next(row.where for row in rows if row.draw == other[0])
            faults.add("STRATEGY-DRAWS", what, where=where, next="give each draw of the path the same probability")


def _lever_figures(tables: ReadTables, levers: Levers, faults: Faults) -> None:
    """Adds a fault for every blank figure of a lever that is to be tried."""
    for lever in levers:
        for key, columns in (("scenarios", SCENARIO_COLUMNS[lever]), ("firms", FIRM_COLUMNS[lever])):
            rows = tables.all_rows.get(key, [])
            if rows:
                _filled(rows, columns, lever, tables, faults, tables.names[key])


def _filled(
    rows: Sequence[ReadRow], columns: Sequence[str], lever: Lever, tables: ReadTables, faults: Faults, name: str
) -> None:
    there, told = tables.columns(rows[0].where), {fault.where for fault in faults.items}
    for column in columns:
        if column not in there:
            what = f"column {column!r} is missing, which the lever {lever} needs"
            faults.add("STRATEGY-LEVER", what, where=name, next="add it, or leave the lever out")
            continue
        for row in rows:
            where = tables.place(row.where, column)
            if row.cells.get(column) is None and where not in told:
                what = f"{column} is blank, which the lever {lever} needs"
                faults.add("STRATEGY-LEVER", what, where=where, next="fill the cell, or leave the lever out")
