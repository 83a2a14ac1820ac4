"""The figure of a run that a row means, and its value over the period of the row."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from coercivity.base.months import parse_month
from coercivity.ensemble.runs import keeping
from coercivity.market.inputs.coefficients import ABROAD
from coercivity.market.results.prices import GOODS
from coercivity.market.results.rows import ALL_ABROAD
from coercivity.observations.error_kinds import error_kinds
from coercivity.observations.lines import series_lines
from coercivity.observations.rows import load_observations
from coercivity.observations.series import (
    MONTHLY,
    NIL,
    TWICE,
    Block,
    Match,
    line_of,
    match_of,
    matched,
    predicted,
)
from tests.oracles.market_toy import packed_run
from tests.unit.observations.made import in_period, match, packed_row

MONTHS = ("2025-04", "2025-05", "2025-06")


def test_every_row_in_use_has_one_line_and_every_line_has_rows() -> None:
    """`line_of` gives nothing where two lines fit."""
    lines = [line_of(row) for row in load_observations()]
    assert None not in lines
    assert {line.id for line in lines if line is not None} == {line.id for line in series_lines()}


def test_a_line_says_the_figure_or_why_there_is_none() -> None:
    for line in series_lines():
        assert bool(line.why_not) != bool(line.names), line.id
        assert (line.how == "cumulative_ratio") == bool(line.denominators) == bool(line.since), line.id
        assert line.why_not or (line.error_kind in error_kinds() and line.how and line.scale > 0), line.id


def test_every_kind_of_error_has_a_line() -> None:
    assert {line.error_kind for line in series_lines() if not line.why_not} == set(error_kinds())


def test_prices_come_last() -> None:
    """Quantities are fitted first; a price is one of the blocks of prices."""
    for line in series_lines():
        if not line.why_not:
            assert line.stage == ("price" if line.block in ("quote", "traded") else "quantity"), line.id


def test_blocks_are_those_of_a_kept_draw() -> None:
    assert set(get_args(Block)) == set(keeping.AXIS)


@pytest.mark.long
def test_every_name_is_one_of_a_run() -> None:
    """A run lists no product that nobody ships, so names of shipments are also taken from goods and regions."""
    run = packed_run("controls-back", "2025-05")
    kept = keeping.kept_of(run, 0, parse_month("2024-10"), parse_month("2025-05"))
    shipments = {f"{good}:{region}" for good in GOODS for region in (*ABROAD, ALL_ABROAD)}
    for line in series_lines():
        if line.block:
            known = {*kept.names[line.block], *(shipments if line.block == "shipped" else ())}  # type: ignore[index]
            assert {*line.names, *line.denominators} <= known, line.id


def test_tonnes_of_a_quarter_are_added() -> None:
    row = in_period("B063", "2025-04-01", "2025-06-30", freq="quarter")
    values = {"out": {"magnets:XCN": (100.0, 200.0, 400.0)}}
    assert predicted(match(row), row, MONTHS, values) == 700.0  # type: ignore[arg-type]


def test_a_run_that_does_not_cover_the_period_says_nothing() -> None:
    row = in_period("B063", "2025-03-01", "2025-04-30", freq="span")
    assert predicted(match(row), row, MONTHS, {"out": {"magnets:XCN": (1.0, 1.0, 1.0)}}) is None
    part = in_period("B063", "2025-04-01", "2025-04-29")
    assert predicted(match(part), part, MONTHS, {"out": {"magnets:XCN": (1.0, 1.0, 1.0)}}) is None


def test_oxide_and_metal_are_added_and_what_nobody_ships_is_nil() -> None:
    row = in_period("OB0150", "2025-05-01", "2025-05-31")
    found = match(row)
    assert found.names == ("ox_Dy:XCN", "met_Dy:XCN")
    assert predicted(found, row, MONTHS, {"shipped": {"ox_Dy:XCN": (9.0, 3.0, 9.0)}}) == 3.0
    assert predicted(found, row, MONTHS, {"shipped": {}}) == found.least == 0.01


def test_a_quote_of_a_day_is_beside_the_price_of_its_month() -> None:
    row = next(row for row in load_observations() if row.series == "Dy oxide Europe" and row.first_on.month == 5)
    values = {"quote": {"ox_Dy:EUR": (300.0, 500.0, 700.0)}}
    assert predicted(match(row), row, MONTHS, values) == 500.0  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        predicted(match(row), row, MONTHS, {"quote": {}})


def test_alloy_is_priced_by_its_dysprosium() -> None:
    """The note of the line names the assumption; the number is the same."""
    row = next(row for row in load_observations() if row.form == "alloy" and row.kind == "price")
    assert match(row).scale == 0.8


def test_a_share_of_requests_counts_a_month_by_its_days() -> None:
    """Through 15 June: granted 0 + 10 + half of 20, filed 40 + 40 + half of 40."""
    row = in_period("LP007", "2025-06-15", "2025-06-15")
    values = {
        "licences": {"magnet:DE:civil:granted": (0.0, 10.0, 20.0), "magnet:DE:civil:new": (40.0, 40.0, 40.0)},
    }
    assert predicted(match(row), row, MONTHS, values) == pytest.approx(20.0 / 100.0)  # type: ignore[arg-type]
    assert predicted(match(row), row, MONTHS[1:], values) is None  # type: ignore[arg-type]


def test_a_year_of_output_needs_all_months() -> None:
    row = in_period("PC087", "2025-01-01", "2025-12-31")
    year = [f"2025-{month:02d}" for month in range(1, 13)]
    values = {"flows": {"metal|met_NdPr||CN|CN|": (7.0, 90_000.0)}}
    assert predicted(match(row), row, ["2024-12", *year], values) == 90_000.0  # type: ignore[arg-type]
    assert predicted(match(row), row, ["2024-12", *year[:-1]], values) is None  # type: ignore[arg-type]


def test_a_quarter_is_not_counted_beside_its_months() -> None:
    found = {row.id: told for row, told in matched(load_observations())}
    assert found["B054"] == found["OB0230"] == TWICE
    assert isinstance(found["B063"], Match)


def test_a_mean_of_a_month_replaces_the_quotes_of_its_days() -> None:
    mean = next(row for row in load_observations() if row.series == "Nd Nd2O3 China domestic" and row.freq == "month")
    day = packed_row(mean.id, id="X", freq="day", last_on=mean.first_on)
    assert dict(zip("ab", (told for _, told in matched([mean, day])), strict=True)) == {"a": match(mean), "b": MONTHLY}


def test_nil_has_no_logarithm() -> None:
    nil = [row for row in load_observations() if row.series in ("Dy CN>World", "Tb CN>World") and row.value == 0.0]
    assert [match_of(row) for row in nil] == [NIL, NIL]


def test_other_scopes_say_so() -> None:
    """Four things are called magnet exports, or stand beside them in the press."""
    told = {row.series: match_of(row) for row in load_observations()}
    for series in ("rare-earth products CN>World", "magnets+powder+alloy CN>Japan", "rare earths CN>World"):
        assert re.match("another scope", str(told[series])), series
