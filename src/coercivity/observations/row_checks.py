"""Checks of rows of observations, of the pack and of a user's own files alike; all faults at once.

- OBS-SERIES: no line of `series.csv` has such a series
- OBS-SCOPE: the row counts something else than its series: another customs code, product group or market
- OBS-UNIT: the unit is unknown, or not that of the series
- OBS-VAT: a price inside China that does not say that tax is excluded
- OBS-PERIOD: the period is not of the length stated, or one that the series does not have
- OBS-EARLY: published before the period was over, and in use
- OBS-VALUE: no number, a number outside its own range, or one that does not convert
- OBS-TWICE: two rows in use for the same observation
- OBS-USE: a row that is not used gives no reason, or one that is used does
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import Fault, brief_value, nearest
from coercivity.base.months import first_of, month_of
from coercivity.data.packs import Pack
from coercivity.data.tables import Table
from coercivity.observations.lines import SCOPE, Line, fits, only

Place = Callable[[int, str], str]
Cells = Mapping[str, str]
# Length of the periods that one word allows [months].
MONTHS = {"month": 1, "quarter": 3, "year": 12}
CLOSE = 1e-6  # relative, of a converted number
# Last day on which a price at the Chinese border was one market with the price in China; since then FOB quotes are
# offers abroad (world/price_basis, abroad_spot).
BORDER_BASIS, BORDER_LAST = ("*[border_fob]",), "2025-04-03"
# A list price is published at the beginning of its month.
AHEAD = ("*[list_price]",)


def pack_faults(pack: Pack, lines: Sequence[Line]) -> list[Fault]:
    """Returns the faults of the rows of a pack that its schema does not show.

    Args:
        pack: The pack of observations; its tables are valid.
        lines: Its lines of `series.csv`.
    """
    table = pack.table("observations")
    return [*row_faults(cells_of(table), table.place, lines, units_of(pack))]


def units_of(pack: Pack) -> dict[str, tuple[str, float]]:
    """Returns standard unit and factor of each unit.

    Raises:
        CoercivityError: If the table `units` is invalid.
    """
    return {row["unit"]: (row["unit_std"], float(row["factor"] or 1.0)) for row in cells_of(pack.table("units"))}


def cells_of(table: Table) -> list[dict[str, str]]:
    """Returns the rows of a table as text by column."""
    return [dict(zip(table.schema.names, texts, strict=True)) for texts in table.texts]


def row_faults(
    rows: Sequence[Cells],
    place: Place,
    lines: Sequence[Line],
    units: Mapping[str, tuple[str, float]],
    *,
    broken: Container[int] = (),
) -> Iterator[Fault]:
    """Yields every fault of some rows, each with file, line and column.

    Args:
        rows: The rows, whose cells have the types of the schema.
        place: Returns the place of a cell.
        lines: Lines of `series.csv`.
        units: Standard unit and factor of each unit.
        broken: Rows with a cell that is not of its type; of these only the unit is checked.
    """
    seen: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(rows):
        unit = row["unit"]
        if unit and unit not in units:
            what = f"unit {brief_value(unit)!r} is not known"
            step = "write a unit of units.csv, such as t, kg or USD/kg"
            yield Fault("OBS-UNIT", what, place(at, "unit"), nearest(unit, units), step)
            continue
        if at in broken or not readable(row):
            continue
        yield from _number_faults(row, at, place, units)
        yield from _use_faults(row, at, place)
        if row["use"] == "1":
            found = list(_line_faults(row, at, place, lines))
            yield from found
            yield from _border_faults(row, at, place)
            yield from _early_faults(row, at, place)
            line = only(lines, row["kind"], row["series"], row)
            if line is not None and not found:
                yield from _counted_faults(row, at, place, line)
                yield from _twice_faults(row, at, place, line, seen, rows)


def readable(row: Cells) -> bool:
    """Returns whether numbers and days of a row can be read; the table tells of at most some of those that cannot.

    Args:
        row: The row.
    """
    try:
        numbers = [float(row[name]) for name in ("value", "low", "high", "value_std") if row[name]]
        days = [Day.fromisoformat(row[name]) for name in ("period_start", "period_end", "published") if row[name]]
    except ValueError:
        return False
    return all(map(math.isfinite, numbers)) and len(days) >= 2


def _number_faults(row: Cells, at: int, place: Place, units: Mapping[str, tuple[str, float]]) -> Iterator[Fault]:
    unit = row["unit"]
    standard, factor = units.get(unit, ("", 1.0))
    if row["unit_std"] != standard:
        what = f"unit_std is {brief_value(row['unit_std'])!r}; {unit or 'no unit'} becomes {standard or 'blank'}"
        yield Fault("OBS-UNIT", what, place(at, "unit_std"), next="correct one of the two units")
    if bool(row["value"]) != bool(row["value_std"]):
        step = "fill both value and value_std, or neither"
        yield Fault("OBS-VALUE", "one of value and value_std is blank", place(at, "value_std"), next=step)
    if not row["value"]:
        return
    value, low, high = float(row["value"]), _number(row["low"], -math.inf), _number(row["high"], math.inf)
    if not low <= value <= high:
        what = f"value {row['value']} is outside its own range, {row['low'] or 'open'} to {row['high'] or 'open'}"
        step = "correct the value or the range; both are in `unit`"
        yield Fault("OBS-VALUE", what, place(at, "value"), next=step)
    if row["value_std"] and not math.isclose(float(row["value_std"]), value * factor, rel_tol=CLOSE, abs_tol=1e-12):
        what = f"value_std is {row['value_std']}; {row['value']} {unit} are {value * factor:g} {standard}"
        yield Fault("OBS-VALUE", what, place(at, "value_std"), next="write the converted number")


def _number(text: str, blank: float) -> float:
    return float(text) if text else blank


def _use_faults(row: Cells, at: int, place: Place) -> Iterator[Fault]:
    if row["use"] == "0" and not row["why_not"]:
        step = "say why, and name the row that is used"
        yield Fault("OBS-USE", "the row is not used and gives no reason", place(at, "why_not"), next=step)
    if row["use"] == "1" and row["why_not"]:
        what = "the row is used but gives a reason for not being used"
        yield Fault("OBS-USE", what, place(at, "why_not"), next="write use 0, or remove the reason")


def _line_faults(row: Cells, at: int, place: Place, lines: Sequence[Line]) -> Iterator[Fault]:
    """Yields what keeps a row from having a line: its series, then scope, unit, tax and period."""
    left = [line for line in lines if line.has_series(row["kind"], row["series"])]
    if not left:
        known = [name for line in lines if line.kind == row["kind"] for name in line.series if "*" not in name]
        what = f"no series of kind {row['kind']} is called {brief_value(row['series'])!r}"
        step = "use the name of a series of series.csv; or write use 0 and why"
        yield Fault("OBS-SERIES", what, place(at, "series"), nearest(row["series"], known), step)
        return
    for column in (*SCOPE, "unit_std", "vat", "freq"):
        kept = [line for line in left if line.fits(column, row[column])]
        if not kept:
            yield _misfit(row, at, place, column, left, lines)
            return
        left = kept


def _misfit(row: Cells, at: int, place: Place, column: str, left: Sequence[Line], lines: Sequence[Line]) -> Fault:
    allowed = sorted({pattern.replace("*", "") for line in left for pattern in line.allowed[column]} - {""})
    named = "; ".join(allowed) or "blank"
    cell, series = brief_value(row[column]) or "blank", brief_value(row["series"])
    where = place(at, column)
    if column in SCOPE:
        what = f"another scope than that of {series}: {column} is {cell}, expected {named}"
        others = [
            name
            for line in lines
            if line.kind == row["kind"] and line.fits(column, row[column]) and "*" not in line.allowed[column]
            for name in line.series
            if "*" not in name
        ]
        step = "give the row the series of its scope; different scopes are never added or compared"
        return Fault("OBS-SCOPE", what, where, nearest(row["series"], others), step)
    if column == "unit_std":
        what = f"{series} is in {named}, not in {cell}"
        return Fault("OBS-UNIT", what, where, nearest(row[column], allowed), "convert the number, or correct the unit")
    if column == "vat":
        what = f"a price of {series} is without value-added tax; vat is {cell}"
        step = "take the tax out (divide by 1.13 in China) and write excluded"
        return Fault("OBS-VAT", what, where, nearest(row[column], allowed), step)
    what = f"{series} has no rows of one {cell}: {named}"
    return Fault("OBS-PERIOD", what, where, nearest(row[column], allowed), "correct freq, or the series")


def _counted_faults(row: Cells, at: int, place: Place, line: Line) -> Iterator[Fault]:
    """Yields the faults of a row that is compared with a figure of a run."""
    if line.why_not:
        return
    if not row["value"]:
        yield Fault("OBS-VALUE", "the row is used and has no value", place(at, "value"), next="fill it, or write use 0")
    first, last = Day.fromisoformat(row["period_start"]), Day.fromisoformat(row["period_end"])
    if first > last:
        return  # told of the two days alone
    if row["freq"] == "day" and first != last:
        what = f"freq is day, the period {first} to {last}"
        yield Fault("OBS-PERIOD", what, place(at, "period_end"), next="write one day, or another freq")
    months = MONTHS.get(row["freq"], 0)
    if months and (first.day != 1 or last != first_of(month_of(first) + months) - ONE_DAY):
        what = f"freq is {row['freq']}, the period {first} to {last}"
        step = f"write the first and the last day of the {row['freq']}, or freq span"
        yield Fault("OBS-PERIOD", what, place(at, "period_end"), next=step)


def _border_faults(row: Cells, at: int, place: Place) -> Iterator[Fault]:
    if row["period_end"] > BORDER_LAST and fits(row["basis"], BORDER_BASIS):
        what = f"FOB quotes after {BORDER_LAST} are another market: offers abroad under the controls"
        step = "give it a series of its region and a basis with [abroad_spot]; or write use 0 and why"
        yield Fault("OBS-SCOPE", what, place(at, "basis"), next=step)


def _early_faults(row: Cells, at: int, place: Place) -> Iterator[Fault]:
    known, first, last = row["published"], row["period_start"], row["period_end"]
    if first > last:
        what = f"the period begins on {first}, after its end on {last}"
        yield Fault("OBS-PERIOD", what, place(at, "period_start"), next="correct one of the two days")
    elif known and known < (first if fits(row["basis"], AHEAD) else last):
        what = f"published {known}, before the period ends on {last}"
        step = "correct the day; or, if the number is a forecast, write use 0 and why"
        yield Fault("OBS-EARLY", what, place(at, "published"), next=step)


def _twice_faults(
    row: Cells, at: int, place: Place, line: Line, seen: dict[tuple[str, ...], int], rows: Sequence[Cells]
) -> Iterator[Fault]:
    key = (line.id, *(row[name] for name in ("series", "form", "partner", "period_start", "period_end")))
    if line.why_not:
        key = (*key, row["reporter"], row["product"], row["basis"])
    if key in seen:
        other = rows[seen[key]]["id"]
        what = f"{brief_value(row['series'])} is in use twice for {row['period_start']} to {row['period_end']}"
        step = f"write use 0 in one of the two, and in why_not that {other} is used"
        yield Fault("OBS-TWICE", what, place(at, "use"), (other,), step)
    seen.setdefault(key, at)
