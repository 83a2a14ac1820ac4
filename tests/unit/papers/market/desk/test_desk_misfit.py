"""What a report covers by its own words, and how far a figure of the run is from it."""

from __future__ import annotations

import math

import pytest

from coercivity.papers.market.desk.misfit import Covered, both, covered, misfit

HUNDRED, HALF = Covered(100.0, 100.0, 100.0), Covered(0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("metric", "qualifier", "share", "low", "high"),
    [
        ("filed_applications", "", False, 40, 40),
        ("filed_applications", "approximate", False, 32, 50),
        ("pending_applications_lower", "at_least", False, 40, math.inf),
        ("pending_applications_lower", "", False, 40, math.inf),
        ("processing_time_planning", "or_more", False, 40, math.inf),
        ("processing_time_max", "", False, -math.inf, 40),
        ("processing_time_max_observed", "", False, -math.inf, 40),
        ("approval_share_of_requests_upper", "below", True, -math.inf, 40),
        ("approval_share_of_requests", "approximate", True, 39.9, 40.1),
    ],
)
def test_what_a_report_covers(metric: str, qualifier: str, share: bool, low: float, high: float) -> None:
    found = covered(40.0, metric, qualifier, share=share)
    assert [found.value, found.low, found.high] == [40.0, pytest.approx(low), pytest.approx(high)]


def test_the_least_and_the_most_of_one_report_are_a_range() -> None:
    low = covered(7.0, "processing_time_min", "", share=False)
    high = covered(63.0, "processing_time_max", "", share=False)
    assert both(low, high, 7.0) == Covered(7.0, 7.0, 63.0)


@pytest.mark.parametrize(
    ("model", "amount", "verdict"),
    [
        (100.0, 1.0, "met"),
        (120.0, 1.2, "met"),
        (81.0, 0.81, "met"),
        (190.0, 1.9, "near"),
        (51.0, 0.51, "near"),
        (201.0, 2.01, "missed"),
        (49.0, 0.49, "missed"),
        (0.0, 0.0, "missed"),
    ],
)
def test_counts_and_times_are_compared_as_ratios(model: float, amount: float, verdict: str) -> None:
    found = misfit(HUNDRED, model, model, share=False)
    assert [found.measure, found.amount, found.verdict] == ["ratio", pytest.approx(amount), verdict]
    assert found.within is (model == 100.0)


@pytest.mark.parametrize(
    ("model", "amount", "verdict"),
    [(0.5, 0.0, "met"), (0.59, 0.09, "met"), (0.26, -0.24, "near"), (0.8, 0.3, "missed")],
)
def test_shares_are_compared_as_differences(model: float, amount: float, verdict: str) -> None:
    found = misfit(HALF, model, model, share=True)
    assert [found.measure, found.amount, found.verdict] == ["difference", pytest.approx(amount), verdict]


def test_the_misfit_counts_to_the_nearest_end() -> None:
    told = Covered(50.0, 50.0, math.inf)
    assert misfit(told, 900.0, 900.0, share=False).within
    below = misfit(told, 30.0, 30.0, share=False)
    assert (below.amount, below.within, below.verdict) == (0.6, False, "near")
    above = misfit(Covered(7.0, 7.0, 63.0), 126.0, 126.0, share=False)
    assert (above.amount, above.verdict) == (2.0, "near")


def test_a_report_of_none_is_compared_in_files() -> None:
    told = Covered(0.0, 0.0, 0.0)
    assert misfit(told, 0.0, 0.0, share=False).verdict == "met"
    found = misfit(told, 3.0, 3.0, share=False)
    assert (found.measure, found.amount, found.verdict) == ("difference", 3.0, "near")


def test_a_figure_known_to_a_month_only_is_met_if_the_report_lies_in_that_month() -> None:
    assert misfit(Covered(209.0, 209.0, 209.0), 180.0, 210.0, share=False).within
    late = misfit(Covered(51.0, -math.inf, 51.0), 60.0, 90.0, share=False)
    assert [late.amount, late.within] == [pytest.approx(60 / 51), False]
