"""A forecast states every known series by its own name, and figures of the market, for each law that differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.calibration.forecast.stated import QUANTILES
from tests.unit.calibration.backtest.made_up import FIRST, HOME, MAGNETS, made_rows
from tests.unit.calibration.forecast.made_forecast import KNOWN, made_found


def test_every_known_series_is_stated_by_month_under_its_own_name() -> None:
    found = made_found()
    assert [each.identity[1] for each in found.series] == [HOME, MAGNETS]
    for each in found.series:
        rows = each.of_path[""]
        assert [row.row.first_on.month for row in rows] == [7, 8, 9, 10, 11, 12]
        assert all(len(row.quantiles) == QUANTILES for row in rows)
        assert all(row.bands[95][0] < row.bands[50][0] < row.median < row.bands[80][1] for row in rows)


def test_figures_are_exports_by_region_and_quotes() -> None:
    figures = {(each.figure.what, each.figure.good, each.figure.region) for each in made_found().figures}
    assert figures == {("exports", "magnets", "XCN"), ("quote", "ox_Dy", "CN")}


def test_a_figure_with_reported_rows_carries_their_errors_over() -> None:
    above = [replace(row, value=1.5 * row.value) for row in KNOWN]
    medians = [made_found(rows=rows).figures[0].of_path[""][0].median for rows in (KNOWN, above)]
    assert medians[1] / medians[0] == pytest.approx(1.4, abs=0.1)


def test_two_laws_that_differ_are_side_by_side_and_two_that_do_not_are_one() -> None:
    found = made_found(branches=True)
    assert found.paths == ("lapsed", "extended:2030-11-10")
    assert made_found().paths == ("",)
    medians = [found.series[1].of_path[path][0].median for path in found.paths]
    assert medians[0] < medians[1]


def test_the_last_value_known_of_a_series_is_stated() -> None:
    rows = [*KNOWN, *made_rows(MAGNETS, FIRST + 6, [500.0])]  # published on 20 August, after the day
    magnets = made_found(rows=rows).series[1]
    assert magnets.last is not None
    assert (magnets.last.last, magnets.last.value) == (FIRST + 5, 100.0)
