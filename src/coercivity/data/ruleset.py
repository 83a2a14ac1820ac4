"""What `tables.yaml` may say of a table: limits, age, and the rules that hold between its cells."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from coercivity.data.schema import DayText, Plain, Strict


def _count(value: object) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 9:
        raise ValueError("a whole number from 0 expected")
    return int(value)


def _decimal(value: object) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) and len(value) <= 40 else Decimal("nan")
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError("a decimal number expected")
    return number


Count = Annotated[int, BeforeValidator(_count)]
Number = Annotated[Decimal, BeforeValidator(_decimal)]


class SumRule(Strict):
    """Cells of a column that sum to a number in each group of rows.

    Attributes:
        column: The column that is summed.
        by: Columns whose equal cells make a group.
        where: Only rows with these cells.
        without: Not rows with one of these cells.
        equals: The sum.
        tolerance: How far the sum may be away.
    """

    column: Plain
    by: list[str]
    where: dict[str, str] = Field(default_factory=dict)
    without: dict[str, str] = Field(default_factory=dict)
    equals: Number
    tolerance: Number


class OrderRule(Strict):
    """Columns whose filled cells never fall from left to right."""

    columns: list[str]


class NeedRule(Strict):
    """A column that must be filled in the rows that `where` names."""

    where: dict[str, str]
    column: Plain


class RangeRule(Strict):
    """Numbers of a column in the rows that `where` names lie from `least` to `most`."""

    column: Plain
    where: dict[str, str] = Field(default_factory=dict)
    least: Number
    most: Number


class AppliedRule(Strict):
    """Column `to` holds what the mapping table `map` gives for `column`."""

    map: Plain
    column: Plain
    to: Plain


class MapRule(Strict):
    """The table maps labels (table, column, label) to its column `to`; `outside` are tables of other packs."""

    to: Plain
    outside: list[str] = Field(default_factory=list)


class RefRule(Strict):
    """Every filled cell of `column` stands in `to`, written as table.column."""

    column: Plain
    to: Plain


class TableRules(Strict):
    """One table in `tables.yaml`.

    Attributes:
        title: One line.
        about: What it holds and what to mind.
        kind: data; map (labels to labels); reference (sources, units).
        least_rows: Fewer rows are a fault.
        most_rows: More rows are a fault.
        key: Key columns, as in `columns.csv`.
        last_checked: Day on which somebody last looked for news.
        check_every_days: Late after so many days: a warning. After twice as many: a fault.
        look_for: What to look for.
        one_in_use: Columns on which no two rows with in_use 1 agree.
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
