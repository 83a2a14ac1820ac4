"""Which rows say something of flows and quotes, of which months, and why others do not."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day
from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.market.run.simulate import BEGIN
from coercivity.observations.rows import load_observations
from coercivity.observations.state.flows import GROUPS
from coercivity.observations.state.observed_rows import (
    NOT_WHOLE,
    OUTSIDE,
    REPEATED,
    add_parts,
    measured,
    sorted_rows,
)
from tests.unit.observations.made import in_period, packed_row
from tests.unit.observations.state.world import MONTHS, programme

DYSPROSIUM = "Dy Dy2O3 China domestic"
WORLD, JAPAN, GERMANY, NOTHING = "B060", "OB0187", "OB0177", "OB0148"


def test_a_month_of_exports_names_group_region_and_month() -> None:
    (flow,) = sorted_rows([packed_row(JAPAN)], BEGIN, GROUPS).flows
    assert (flow.names, flow.months, flow.part) == ((("magnets", "JP"),), (parse_month("2025-06"),), False)


def test_oxide_and_metal_are_added_and_nothing_is_a_figure() -> None:
    (flow,) = sorted_rows([packed_row(NOTHING)], BEGIN, GROUPS).flows
    assert flow.names == (("ox_Dy", "XCN"), ("met_Dy", "XCN"))
    assert flow.row.value == 0.0


def test_a_span_counts_unless_rows_of_its_months_say_the_same() -> None:
    months = [
        in_period(WORLD, "2025-01-01", "2025-01-31", id="M1"),
        in_period(WORLD, "2025-02-01", "2025-02-28", id="M2"),
    ]
    span = in_period(WORLD, "2025-01-01", "2025-02-28", id="SPAN", freq="span")
    found = sorted_rows([*months, span], BEGIN, GROUPS)
    assert [(row.id, why) for row, why in found.left_out] == [("SPAN", REPEATED)]
    found = sorted_rows([months[0], span], BEGIN, GROUPS)
    assert [flow.row.id for flow in found.flows] == ["M1", "SPAN"]
    assert found.left_out == ()


def test_rows_of_parts_of_months_and_of_months_before_the_model_are_told() -> None:
    rows = [
        in_period(WORLD, "2025-01-01", "2025-01-20", id="PART"),
        in_period(WORLD, "2024-01-01", "2024-12-31", id="YEAR", freq="year"),
        in_period(WORLD, "2023-01-01", "2023-12-31", id="OLD", freq="year"),
    ]
    found = sorted_rows(rows, BEGIN, GROUPS)
    assert found.flows == ()
    assert [(row.id, why) for row, why in found.left_out] == [("PART", NOT_WHOLE), ("YEAR", OUTSIDE)]


def test_a_country_is_its_region_less_an_unknown_rest() -> None:
    """Region less rest over country x observed = observed: with the rest as large as the country, the region is twice."""
    held = programme()
    moved = sorted_rows([in_period(GERMANY, "2025-02-01", "2025-02-28")], BEGIN, GROUPS).flows
    assert moved[0].months[0] in MONTHS
    add_parts(held, moved)
    row = measured(held, moved[0])
    assert row is not None
    ratio = ("part", "magnets", "EUR", moved[0].row.partner)
    assert row.form == {("shipped", "magnets", "CN", "EUR", str(moved[0].months[0])): 1.0, ratio: -row.value}
    # A third of it moves by the month on its own, and the rest is as uncertain as the country.
    assert row.sd == pytest.approx(0.3 * 2 * row.value, rel=0.02)


def test_quotes_are_means_of_their_month_as_known_then() -> None:
    rows = [row for row in load_observations(Day(2025, 4, 30)) if row.kind == "price"]
    found = sorted_rows(rows, BEGIN, GROUPS)
    place = parse_month("2025-03"), ("ox_Dy", "CN")
    march = [
        row.value for row in found.quoted if row.series == DYSPROSIUM and row.first_on.isoformat()[:7] == "2025-03"
    ]
    assert len(march) > 1
    assert found.quotes[place[0]][place[1]] == pytest.approx(total(march) / len(march))
    assert max(found.quotes) == parse_month("2025-04")
    assert min(row.first_on for row in found.quoted) >= Day(2024, 10, 1)
