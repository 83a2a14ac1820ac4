"""Licence terms: a prior, decided applications, and waiting times of which some are lower bounds."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.permission.distributions import Gamma, beta_below, beta_quantile, fitted, gamma_beyond
from coercivity.permission.gate import Way
from coercivity.permission.licence_terms import MONTHS, terms

BEFORE, AUTUMN, LATER = dt.date(2025, 4, 10), dt.date(2025, 10, 1), dt.date(2026, 1, 15)


def test_before_any_report_the_grant_is_the_prior_and_says_so() -> None:
    """Equation 15 of docs/market.md: Beta(8,2) for civil users, Beta(2,2) case by case, Beta(1,19) for refusal in principle."""
    civil = terms(Way.LICENCE, "EUR", "civil", BEFORE)
    assert civil.grant_share == 0.8
    assert {"desk_figures:LD001", "desk_figures:LD002"} <= set(civil.assumed)
    assert not any(source.startswith("licence_practice") for source in civil.sources)
    assert terms(Way.LICENCE, "EUR", "military", BEFORE).grant_share == 0.5
    assert terms(Way.DENIAL, "NAM", "military", BEFORE).grant_share == 0.05


def test_decided_files_move_the_grant_of_their_place_and_of_no_other() -> None:
    """19 granted and 1 refused of the EU Chamber, 9 September 2025: Beta(8,2) becomes Beta(27,3)."""
    assert terms(Way.LICENCE, "EUR", "civil", dt.date(2025, 9, 8)).grant_share == 0.8
    found = terms(Way.LICENCE, "EUR", "civil", AUTUMN)
    assert found.grant_share == 0.9
    assert found.grant_low < 0.9 < found.grant_high
    assert {"licence_practice:LP023", "licence_practice:LP025"} <= set(found.sources)
    assert terms(Way.LICENCE, "JP", "civil", AUTUMN).grant_share == 0.8
    assert terms(Way.LICENCE, "EUR", "military", AUTUMN).grant_share == 0.5


def test_shares_of_pending_files_move_nothing() -> None:
    """LP007, LP012 and LP027 are snapshots in which pending and refused files are not told apart."""
    used = {source for when in (AUTUMN, LATER) for source in terms(Way.LICENCE, "EUR", "civil", when).sources}
    assert used.isdisjoint({f"licence_practice:LP{n:03}" for n in (7, 12, 24, 27, 28, 34, 41)})


@pytest.mark.parametrize("way", [Way.LICENCE, Way.DENIAL])
@pytest.mark.parametrize("to", ["EUR", "JP", "NAM", "ROW"])
def test_months_of_waiting_are_shares_that_sum_to_one(way: Way, to: str) -> None:
    for known in (BEFORE, AUTUMN, LATER):
        shares = terms(way, to, "civil", known).lead_share
        assert len(shares) == MONTHS
        assert min(shares) >= 0
        assert math.isclose(sum(shares), 1, abs_tol=1e-9)


def test_no_file_is_decided_in_the_month_in_which_work_on_it_begins() -> None:
    """Papers take 23 working days by the assumptions, and the authority at least some."""
    shares = terms(Way.LICENCE, "EUR", "civil", BEFORE).lead_share
    assert shares[0] == 0
    mean = sum(month * share for month, share in enumerate(shares))
    assert 2.5 < mean < 4


def test_a_report_counts_from_its_day_on() -> None:
    before, after = (terms(Way.LICENCE, "ROW", "civil", dt.date(2025, 4, day)) for day in (14, 15))
    assert "licence_practice:LP003" in after.sources
    assert "licence_practice:LP003" not in before.sources
    # 42 days and longer: the file may only have become slower.
    assert sum(after.lead_share[:3]) < sum(before.lead_share[:3])


def test_free_takes_nothing_and_shut_gives_nothing() -> None:
    free, shut = (terms(way, "EUR", "civil", LATER) for way in (Way.FREE, Way.SHUT))
    assert (free.grant_share, free.lead_share[0], free.paper_cost_usd_per_kg) == (1, 1, 0)
    assert (free.grant_low, free.grant_high, free.life_months) == (1, 1, math.inf)
    assert (shut.grant_share, shut.grant_low, shut.grant_high) == (0, 0, 0)
    assert (shut.life_months, shut.paper_cost_usd_per_kg) == (0, 0)
    assert free.lead_share == (1, *[0] * (MONTHS - 1))
    assert shut.lead_share == (*[0] * (MONTHS - 1), 1)
    assert free.sources == free.assumed == shut.assumed == ()


def test_cost_and_life_rest_on_their_rows() -> None:
    """3,000 USD a file over 2 t; six months of use, within the year of Decree 792 for a single licence."""
    found = terms(Way.LICENCE, "KR", "civil", LATER)
    assert (found.paper_cost_usd_per_kg, found.life_months) == (1.5, 6)
    assert {"licensing:licence_decision", "licensing:single"} <= set(found.sources)


def test_a_region_outside_the_model_is_told() -> None:
    with pytest.raises(CoercivityError, match="BUCKET"):
        terms(Way.LICENCE, "EURO", "civil", LATER)


@pytest.mark.parametrize(
    ("shape", "at", "share"),
    [(1, 0.5, math.exp(-0.5)), (1, 30, math.exp(-30)), (2, 3, 4 * math.exp(-3)), (3, 0.2, 1.22 * math.exp(-0.2))],
)
def test_the_gamma_law_in_closed_form(shape: float, at: float, share: float) -> None:
    assert math.isclose(gamma_beyond(shape, at), share, rel_tol=1e-11)


@pytest.mark.parametrize(
    ("at", "first", "second", "share"), [(0.3, 1, 1, 0.3), (0.3, 2, 1, 0.09), (0.9, 1, 3, 1 - 0.1**3), (0.5, 7, 7, 0.5)]
)
def test_the_beta_law_in_closed_form(at: float, first: float, second: float, share: float) -> None:
    assert math.isclose(beta_below(at, first, second), share, rel_tol=1e-11)
    assert math.isclose(beta_quantile(share, first, second), at, rel_tol=1e-11)


@pytest.mark.parametrize(("at", "share"), [(-0.1, 0), (0, 0), (1, 1), (1.1, 1)])
def test_a_share_lies_between_nothing_and_all(at: float, share: float) -> None:
    assert beta_below(at, 8, 2) == share


def test_every_time_is_longer_than_none() -> None:
    """A gamma law has no mass at or below zero; nothing was decided before a file was accepted."""
    assert (gamma_beyond(3, 0), gamma_beyond(3, -1)) == (1, 1)
    assert (Gamma(60, 900).decided(0), Gamma(60, 900).decided(-1)) == (0, 0)
    assert 0.5 < Gamma(60, 900).decided(60) < 0.6


@pytest.mark.parametrize(("first", "second"), [(8, 2), (1, 19), (27, 3)])
def test_the_two_tails_of_the_beta_law_are_one(first: float, second: float) -> None:
    """Whether a share lies below a point is whether its rest lies above the rest."""
    for at in (0.05, 0.3, 0.5, 0.8, 0.97):
        assert math.isclose(beta_below(at, first, second) + beta_below(1 - at, second, first), 1, rel_tol=1e-11)


def test_times_beyond_a_bound_of_an_exponential_law_forget_the_bound() -> None:
    mean, square = Gamma(10, 100).beyond(7)
    assert math.isclose(mean, 17)
    assert math.isclose(square, 100 + 17**2)


def test_times_seen_are_weighed_with_the_prior_by_hand() -> None:
    """Mean (60 + 30) / 2; mean square (900 + 60 * 60 + 30 * 30) / 2 = 2700, less 45 * 45."""
    found = fitted(Gamma(60, 900), 1, [30], [])
    assert math.isclose(found.mean, 45)
    assert math.isclose(found.variance, 675)
    assert math.isclose(found.shape, 3)
    assert math.isclose(found.scale, 15)


def test_a_time_known_from_below_draws_the_fit_further_than_the_same_time_seen() -> None:
    prior = Gamma(60, 36.0**2)
    seen, at_least = fitted(prior, 6, [42], []), fitted(prior, 6, [], [42])
    assert seen.mean < 60 < at_least.mean
    assert math.isclose(seen.mean, (6 * 60 + 42) / 7)
    alone = fitted(prior, 6, [], [])
    assert alone.mean == 60
    assert alone.variance == pytest.approx(36.0**2)
