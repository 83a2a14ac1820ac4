"""Odds of a grant and times of an application: from rows of the licensing desk, law and reports, each named."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest

from coercivity.permission.basis import Basis
from coercivity.permission.gate import Way
from coercivity.permission.grants import grant_odds
from coercivity.permission.review_time import fixed_days, review
from coercivity.practice.desk import DeskPractice, DeskRow, Scope
from coercivity.practice.desk_tables import load_desk

BEFORE, AUTUMN = dt.date(2025, 4, 10), dt.date(2025, 10, 1)


def with_row(parameter: str, scope: Scope, value: float) -> DeskPractice:
    """Returns the packed desk with one more row."""
    desk = load_desk()
    like = next(row for row in desk.rows if row.parameter == parameter)
    more: DeskRow = replace(like, id="X01", scope=scope, value=value, low=value, high=value, quality="reported")
    return replace(desk, rows=(*desk.rows, more))


@pytest.mark.parametrize(
    ("way", "user", "odds"),
    [
        (Way.LICENCE, "civil", (8, 2)),
        (Way.LICENCE, "military", (2, 2)),
        (Way.DENIAL, "civil", (1, 19)),
        (Way.DENIAL, "military", (1, 19)),
    ],
)
def test_the_odds_before_any_report_are_those_of_their_prior(way: Way, user: str, odds: tuple[float, float]) -> None:
    assert grant_odds(load_desk(), way, "magnet", "FR", user, BEFORE, BEFORE) == odds


@pytest.mark.parametrize(("country", "odds"), [("FR", (27, 3)), ("PL", (27, 3)), ("GB", (8, 2)), ("US", (8, 2))])
def test_decided_applications_count_for_the_members_of_their_group(country: str, odds: tuple[float, float]) -> None:
    """19 granted and 1 refused by the EU Chamber; 5 granted of one distributor in the United States lack the refusals."""
    assert grant_odds(load_desk(), Way.LICENCE, "magnet", country, "civil", AUTUMN, AUTUMN) == odds
    assert grant_odds(load_desk(), Way.LICENCE, "magnet", country, "civil", AUTUMN, BEFORE) == (8, 2)


def test_a_row_for_a_form_and_a_place_replaces_the_prior_there_only() -> None:
    desk = with_row("prior_civil_granted", Scope("magnet", "JP", "civil"), 3)
    assert grant_odds(desk, Way.LICENCE, "magnet", "JP", "civil", BEFORE, BEFORE) == (3, 2)
    assert grant_odds(desk, Way.LICENCE, "oxide", "JP", "civil", BEFORE, BEFORE) == (8, 2)
    assert grant_odds(desk, Way.LICENCE, "magnet", "KR", "civil", BEFORE, BEFORE) == (8, 2)


def test_every_row_used_is_named_and_assumptions_apart() -> None:
    basis = Basis()
    grant_odds(load_desk(), Way.LICENCE, "magnet", "DE", "civil", AUTUMN, AUTUMN, basis)
    assert basis.assumed == {"desk_figures:LD001", "desk_figures:LD002"}
    assert basis.sources == {"licence_practice:LP023", "licence_practice:LP025"}
    basis = Basis()
    desk = with_row("prior_civil_granted", Scope("any", "JP", "any"), 3)
    grant_odds(desk, Way.LICENCE, "magnet", "JP", "civil", AUTUMN, AUTUMN, basis)
    assert (basis.sources, basis.assumed) == ({"desk_figures:X01"}, {"desk_figures:LD002"})


def test_the_review_before_any_report_by_hand() -> None:
    """7/5 (0.8 x 45 working days + 0.5 x 15) = 60.9 calendar days, with a standard deviation of 0.6 of it."""
    basis = Basis()
    found = review(load_desk(), "magnet", "DE", "civil", BEFORE, basis)
    assert math.isclose(found.mean, 60.9, rel_tol=1e-12)
    assert math.isclose(found.variance, (0.6 * 60.9) ** 2, rel_tol=1e-12)
    assert basis.sources == {"licensing:licence_decision"}
    assert basis.assumed == {"assumptions:AS073", *(f"desk_figures:LD{n:03}" for n in (7, 8, 9, 10))}


def test_reported_times_of_a_place_move_its_review_only() -> None:
    """LP018 and LP019: 7 calendar days and 45 working days in Japan; Indonesia has neither."""
    after = dt.date(2025, 7, 14)
    basis = Basis()
    japan = review(load_desk(), "magnet", "JP", "civil", after, basis)
    assert {"licence_practice:LP018", "licence_practice:LP019"} <= basis.sources
    elsewhere = Basis()
    other = review(load_desk(), "magnet", "ID", "civil", after, elsewhere)
    assert not {"licence_practice:LP018", "licence_practice:LP019"} & elsewhere.sources
    assert japan.mean < other.mean


def test_a_shorter_use_of_the_limit_gives_a_shorter_review() -> None:
    desk = with_row("review_limit_share", Scope("any", "KR", "any"), 0.4)
    assert math.isclose(review(desk, "metal", "KR", "civil", BEFORE).mean, 7 / 5 * (0.4 * 45 + 7.5), rel_tol=1e-12)


def test_times_that_do_not_depend_on_the_authority_by_hand() -> None:
    """The longest document of AS068 to AS071 and filing (AS072), then hand-over (AS075), in working days."""
    basis = Basis()
    before, after = fixed_days(basis)
    papers, hand_over = before * 5 / 7, after * 5 / 7
    assert math.isclose(papers + hand_over, 23, rel_tol=1e-12)
    assert math.isclose(hand_over, 3, rel_tol=1e-12)
    assert basis.assumed == {f"assumptions:AS{n:03}" for n in (68, 69, 70, 71, 72, 75)}
    assert not basis.sources
