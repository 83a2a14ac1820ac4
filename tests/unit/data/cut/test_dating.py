"""How a row is dated, and what a cut leaves of a table."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day, parse_day
from coercivity.data.cells import Cell, parse_period
from coercivity.data.columns import ColumnSpec, Schema
from coercivity.data.cut.dating import cut_table, dating_of_cell, datings
from coercivity.data.ruleset import DatedRule, KeptRule, KnownRule
from coercivity.data.tables import Table

COLUMNS = ("id", "reported_on", "ends_on", "period", "year", "held", "quality", "source")
TYPES = ("id", "day", "day", "period", "integer", "flag", "text", "text")


def table(*rows: str) -> Table:
    """A table of rows as text; a cell is a day, a period, a year or a flag by its column."""
    schema = Schema(
        "t", tuple(ColumnSpec(name, kind, key=name == "id") for name, kind in zip(COLUMNS, TYPES, strict=True))
    )
    texts = tuple(tuple(row.split(",")) for row in rows)
    cells = tuple(tuple(cell(kind, text) for kind, text in zip(TYPES, row, strict=True)) for row in texts)
    return Table("t", schema, "t.csv", texts, cells, tuple(range(2, 2 + len(rows))))


def cell(kind: str, text: str) -> Cell:
    if not text:
        return None
    if kind == "day":
        return parse_day(text)
    return parse_period(text) if kind == "period" else int(text) if kind == "integer" else text


RULE = KnownRule(
    held="held",
    published=["reported_on"],
    dated=[DatedRule(where={"source": "IEA|IEA2"}, on=parse_day("2025-05-21"), why="edition")],
    kept=[KeptRule(where={"quality": "assumed"}, why="ours")],
    period=["period", "year"],
    undated="a law of nature",
    ends=["ends_on"],
)


def known(row: str, rule: KnownRule = RULE) -> tuple[str, str, str]:
    """First day, basis and column of a row."""
    (found,) = datings(table(row), rule, lambda _: {})
    return "" if found.known_on is None else found.known_on.isoformat(), found.basis, found.by


@pytest.mark.parametrize(
    ("row", "day", "basis", "by"),
    [
        ("A,2025-06-13,,2024,2024,0,reported,X", "2025-06-13", "published", "reported_on"),
        ("A,,,2024,2024,0,estimated,IEA2", "2025-05-21", "dated", "source"),
        ("A,,,2030,2030,0,assumed,X", "", "kept", "quality"),
        ("A,,,2025-03,2025,0,reported,X", "2025-04-01", "period", "period"),
        ("A,,,2025-03-14,2025,0,reported,X", "2025-03-14", "period", "period"),
        ("A,,,2024..2025-06,2024,0,reported,X", "2025-07-01", "period", "period"),
        ("A,,,,2025,0,reported,X", "2026-01-01", "period", "year"),
        ("A,,,,,0,reported,X", "", "undated", ""),
        ("A,2011-01-01,,2011,2011,1,assumed,X", "9999-12-31", "held", "held"),
    ],
)
def test_a_row_is_dated_by_the_first_rule_that_applies(row: str, day: str, basis: str, by: str) -> None:
    """Publication before the period; a day is known on it, a month, year or span from the day after its end."""
    assert known(row) == (day, basis, by)


def test_a_figure_may_come_days_after_its_period() -> None:
    """Customs publish a month about the twentieth of the next."""
    late = KnownRule.model_validate({"period": ["period"], "lag_days": "20"})
    assert known("A,,,2025-03,2025,0,reported,X", late)[0] == "2025-04-21"


def test_a_row_is_dated_by_the_row_that_it_belongs_to() -> None:
    other = datings(table("A,2025-06-13,,,,0,reported,X"), RULE, lambda _: {})
    (found,) = datings(table("A,,,,2020,0,reported,X"), KnownRule(with_row="others.id"), lambda _: {"A": other[0]})
    assert (found.known_on, found.by) == (Day(2025, 6, 13), "others.id")


def test_a_cut_keeps_what_was_known_on_its_day_and_no_later_end() -> None:
    """The day itself is in the cut; a later end of a row that stays becomes blank, and nothing else changes."""
    whole = table(
        "A,2025-06-13,2025-10-29,,,0,reported,X",
        "B,2025-06-14,,,,0,reported,X",
        "C,2025-01-02,2025-06-13,,,0,reported,X",
        "D,,,,,1,reported,X",
    )
    found = cut_table(whole, datings(whole, RULE, lambda _: {}), RULE, Day(2025, 6, 13))
    assert [",".join(row) for row in found.texts] == ["A,2025-06-13,,,,0,reported,X", ",".join(whole.texts[2])]
    assert [row[2] for row in found.cells] == [None, Day(2025, 6, 13)]
    assert found.lines == (2, 4)


def test_a_table_that_is_not_cut_stays_whole() -> None:
    whole, rule = table("A,2099-01-01,,,,0,reported,X"), KnownRule(uncut="a mapping")
    assert cut_table(whole, datings(whole, rule, lambda _: {}), rule, Day(2000, 1, 1)) is whole


@pytest.mark.parametrize("value", [None, "2025", True, 2.5, 0, 20_250])
def test_a_cell_that_is_no_date_dates_nothing(value: Cell) -> None:
    assert dating_of_cell(value) is None
