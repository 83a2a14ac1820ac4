"""The contents of `tables.yaml`: limits, age, and rules between the cells of a table."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from coercivity.data.schema import DayText, Plain, Strict


def _count(value: object) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 9:
        raise ValueError("expected a whole number of 0 or more")
    return int(value)


def _decimal(value: object) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) and len(value) <= 40 else Decimal("nan")
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError("expected a decimal number")
    return number


Count = Annotated[int, BeforeValidator(_count)]
Number = Annotated[Decimal, BeforeValidator(_decimal)]


class SumRule(Strict):
    """A rule that the cells of a column sum to a number within each group of rows.

    Attributes:
        column: The column to sum.
        by: Columns whose equal cells define a group.
        where: Only rows with these cells.
        without: Excludes rows with one of these cells.
        equals: The expected sum.
        tolerance: Allowed deviation from the sum.
    """

    column: Plain
    by: list[str]
    where: dict[str, str] = Field(default_factory=dict)
    without: dict[str, str] = Field(default_factory=dict)
    equals: Number
    tolerance: Number


class OrderRule(Strict):
    """A rule that the filled cells of some columns never decrease from left to right."""

    columns: list[str]


class NeedRule(Strict):
    """A rule that a column is filled in the rows selected by `where`."""

    where: dict[str, str]
    column: Plain


class RangeRule(Strict):
    """A rule that the numbers of a column are between `least` and `most` in the rows selected by `where`."""

    column: Plain
    where: dict[str, str] = Field(default_factory=dict)
    least: Number
    most: Number


class AppliedRule(Strict):
    """A rule that column `to` contains the value that the mapping table `map` gives for `column`."""

    map: Plain
    column: Plain
    to: Plain


class MapRule(Strict):
    """A rule that the table maps labels (table, column, label) to its column `to`; `outside` names tables elsewhere."""

    to: Plain
    outside: list[str] = Field(default_factory=list)


class RefRule(Strict):
    """A rule that every filled cell of `column` appears in `to`, written as table.column."""

    column: Plain
    to: Plain


class DatedRule(Strict):
    """A day on which rows became public, where no column gives it: an edition, or a fact older than its row.

    Attributes:
        where: Cells of the rows.
        on: The day.
        why: Where the day comes from.
    """

    where: dict[str, str]
    on: DayText
    why: Plain


class KeptRule(Strict):
    """Rows that no cut removes.

    Attributes:
        where: Cells of the rows.
        why: The reason.
    """

    where: dict[str, str]
    why: Plain


class KnownRule(Strict):
    """How the rows of a table are dated for a cut at a day, or why the table is not cut.

    The first that applies dates a row: rows kept for a test, publication, `dated`, `kept`, another table, period.

    Attributes:
        uncut: Why the table is not cut; excludes everything else.
        held: Column whose rows with 1 are removed by any cut.
        published: Columns with the day of publication.
        dated: Days of rows without such a column.
        kept: Rows that no cut removes, such as parameters of our own.
        with_row: Row of another table by which a row is dated, as table.column; its key is that of the row.
        period: Columns with the period of a figure, which is known from the day after its end.
        lag_days: Days from the end of the period to the figure.
        undated: Why rows without any date are kept.
        ends: Columns with the end of what a row reports; an end after the cut becomes blank.
        instead: Rows that replace a removed one: the first that was known.
    """

    uncut: str = ""
    held: str = ""
    published: list[str] = Field(default_factory=list)
    dated: list[DatedRule] = Field(default_factory=list)
    kept: list[KeptRule] = Field(default_factory=list)
    with_row: str = ""
    period: list[str] = Field(default_factory=list)
    lag_days: Count = 0
    undated: str = ""
    ends: list[str] = Field(default_factory=list)
    instead: dict[str, list[str]] = Field(default_factory=dict)


class TableRules(Strict):
    """One table in `tables.yaml`.

    Attributes:
        title: Title, one line.
        about: Contents and points to note.
        kind: data; map (labels to labels); reference (sources, units).
        least_rows: Smallest allowed number of rows.
        most_rows: Largest allowed number of rows.
        key: Key columns, as in `columns.csv`.
        last_checked: Date of the last check for updates.
        check_every_days: Interval in days; overdue gives a warning, twice overdue an error.
        look_for: What to look for at the next check.
        one_in_use: Columns that must differ between any two rows with in_use 1.
        known_by: How its rows are dated for a cut; every table needs it.
    """

    title: Plain
    about: Plain
    kind: Literal["data", "map", "reference"]
    least_rows: Count
    most_rows: Count
    key: list[str]
    last_checked: DayText
    check_every_days: Count
    look_for: Plain
    one_in_use: list[str] = Field(default_factory=list)
    sums: list[SumRule] = Field(default_factory=list)
    order: list[OrderRule] = Field(default_factory=list)
    needs: list[NeedRule] = Field(default_factory=list)
    ranges: list[RangeRule] = Field(default_factory=list)
    applied: list[AppliedRule] = Field(default_factory=list)
    refs: list[RefRule] = Field(default_factory=list)
    maps: MapRule | None = None
    known_by: KnownRule | None = None
