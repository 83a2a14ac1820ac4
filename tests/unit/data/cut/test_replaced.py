"""Rows that replace removed ones, and cuts that leave no market."""

from __future__ import annotations

import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError
from coercivity.data.packs import open_pack
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.world import load_world


def figures(day: str | None) -> Figures:
    return Figures(open_pack("world", parse_day(day) if day else None))


@pytest.mark.parametrize(
    ("table", "row", "day", "read"),
    [
        ("economics", "E073", None, "E073"),
        ("economics", "E073", "2025-04-30", "E086"),
        ("economics", "E073", "2026-11-29", "E086"),
        ("demand", "D0012", "2025-04-30", "D0390"),
        ("demand", "D0012", "2025-05-21", "D0012"),
        ("process_coefficients", "CO220", "2025-07-31", "CO261"),
        ("process_coefficients", "CO220", "2025-08-01", "CO220"),
        ("prices", "PR0933", "2025-04-30", "PR0933"),
        ("prices", "PR0933", "2025-04-29", "PR0894"),
        ("prices", "PR0933", "2025-01-01", "PR0579"),
    ],
)
def test_a_removed_row_is_replaced_and_the_other_is_recorded(table: str, row: str, day: str | None, read: str) -> None:
    """A row kept for a test of the past is replaced in any cut; another from the day on which it was not yet known."""
    found = figures(day)
    assert found.row(table, row)[found.pack.schemas[table].key[0]] == read
    assert found.taken == {f"{table}:{read}"}


def test_a_removed_row_without_a_replacement_is_told_with_its_day() -> None:
    with pytest.raises(CoercivityError) as caught:
        figures("2025-04-30").row("stocks", "ST003")
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("CUT-ROW", "world/stocks.csv")
    assert fault.what == "row stocks:ST003 was not known on 2025-04-30, and no row replaces it"
    assert fault.next.startswith("give 2026-01-01 or a later day")


def test_a_row_that_never_existed_is_told_as_such() -> None:
    with pytest.raises(CoercivityError, match="ROW-UNKNOWN"):
        figures("2025-04-30").row("stocks", "ST999")


def test_a_cut_before_the_base_year_leaves_no_market() -> None:
    """Every table of which nothing was known is told at once, with the first day that would do."""
    with pytest.raises(CoercivityError) as caught:
        load_world(known=parse_day("2024-12-31"))
    faults = caught.value.faults
    assert [fault.where for fault in faults] == [
        f"world/{name}.csv" for name in ("base_balance", "base_flows", "base_year")
    ]
    assert {(fault.code, fault.next) for fault in faults} == {("CUT-EMPTY", "give 2025-01-01 or a later day")}
    assert load_world(known=parse_day("2025-01-01")).network.demands


def test_rows_named_by_a_key_are_in_every_cut() -> None:
    """`permission` reads them by key from the whole pack: none of them is dated after the base year."""
    pack = open_pack("world")
    table, dates = pack.dated("assumptions")
    since = dict(zip(table.text("id"), dates, strict=True))
    assert all(since[row].known(parse_day("2025-01-01")) for row in pack.assumption_rows.values())


def test_a_cut_has_a_hash_of_its_own_by_day() -> None:
    days = [None, parse_day("2025-04-30"), parse_day("2025-05-01")]
    assert len({open_pack("world", day).content_hash for day in days}) == 3
    assert open_pack("world", days[1]).known_by(None).content_hash == open_pack("world").content_hash
