"""Realised decisions: whole files, right on average, and the same random numbers whatever else changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from coercivity.base.months import parse_month
from coercivity.ensemble.decisions import DrawnDecisions
from coercivity.ensemble.design import uniform
from coercivity.permission.desk.cells import Cells, Floats, cells_of
from coercivity.permission.desk.month import Desk
from coercivity.permission.desk.state import DeskMonth, empty_desk
from tests.oracles.desk_toy import desk_with, terms_of
from tests.sampling import examples
from tests.unit.permission.desk.desk_random import RandomDesk

FIRST = parse_month("2026-01")
BUCKET = ("mag_high", "CN", "JP", "civil")
SAME = 1e-9
LATE = ("2043-12", "2044-01", "2048-07", "2070-01")


def one_cell(orders_t: float = 10.0) -> Cells:
    return cells_of([(BUCKET, orders_t)], {"JP": (("JP", 1.0),)})


def shares(point: int, files: float, chance: float, what: str = "granted") -> float:
    found = DrawnDecisions(0, point).share(one_cell(), what, FIRST, 0, np.array([files]), np.array([chance]))
    return float(found[0])


def test_three_files_with_an_even_chance_by_hand() -> None:
    """Of 3 files with a chance of 1/2 none is granted in 1/8 of cases, one in 3/8, two in 3/8, all in 1/8.

    So a random number below 0.125 grants none, below 0.5 one, below 0.875 two, else three.
    """
    ends = np.array([0.125, 0.5, 0.875])
    seen = set()
    for point in range(40):
        number = uniform(240, "decisions", "0", str(point), "granted:0", *BUCKET, "JP")[FIRST - parse_month("2024-01")]
        granted = int((number > ends).sum())
        assert shares(point, 3.2, 0.5) == pytest.approx(granted / 3)
        seen.add(granted)
    assert seen == {0, 1, 2, 3}


def test_half_a_file_is_decided_as_one() -> None:
    assert {shares(point, 0.4, 0.7) for point in range(30)} == {0.0, 1.0}


@settings(max_examples=examples(100), deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 400), st.floats(0.0, 1.0))
def test_the_share_is_the_quantile_of_a_binomial_number(point: int, files: float, chance: float) -> None:
    number = uniform(240, "decisions", "0", str(point), "granted:0", *BUCKET, "JP")[FIRST - parse_month("2024-01")]
    count = max(round(files), 1)
    expected = chance if chance in (0.0, 1.0) else float(binom.ppf(number, count, chance)) / count
    assert shares(point, files, chance) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=examples(100), deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 400), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_greater_chance_never_gives_less(point: int, files: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert shares(point, files, low) <= shares(point, files, high)


def test_a_month_after_twenty_years_has_its_own_number_and_changes_no_earlier_one() -> None:
    drawn, files, chance = DrawnDecisions(0, 5), np.array([7.0]), np.array([0.6])
    cells = one_cell()
    late = {month: float(drawn.share(cells, "granted", parse_month(month), 0, files, chance)[0]) for month in LATE}
    assert float(drawn.share(cells, "granted", FIRST, 0, files, chance)[0]) == shares(5, 7.0, 0.6)
    for month, found in late.items():
        alone = DrawnDecisions(0, 5).share(cells, "granted", parse_month(month), 0, files, chance)
        assert float(alone[0]) == found
    assert len(set(late.values())) > 1


def test_another_cell_month_and_question_changes_no_decision() -> None:
    wide = cells_of([(("ox_Dy", "CN", "JP", "civil"), 3.0), (BUCKET, 10.0)], {"JP": (("JP", 1.0),)})
    at = next(n for n, cell in enumerate(wide.cells) if cell.bucket == BUCKET)
    drawn, files, chance = DrawnDecisions(0, 5), np.full(2, 7.0), np.full(2, 0.6)
    drawn.share(wide, "returned", FIRST, 0, files, chance)
    drawn.share(wide, "granted", FIRST + 3, 0, files, chance)
    assert float(drawn.share(wide, "granted", FIRST, 0, files, chance)[at]) == shares(5, 7.0, 0.6)


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**6), st.booleans())
def test_files_and_licences_balance_in_every_draw(seed: int, point: int, queue: bool) -> None:
    random = RandomDesk(seed=seed, queue=queue)
    desk = replace(random.desk(), decisions=DrawnDecisions(0, point))
    for before, _, after, record in random.months(begin=FIRST, desk=desk):
        out = record.granted + record.returned + record.refused
        assert np.abs(record.new + record.again - out - (after.pending() - before.pending())).max() < SAME
        came = before.licences_t.sum(axis=0) + record.granted_t
        assert came == pytest.approx(record.used_t + record.expired_t + after.licences_t.sum(axis=0), abs=SAME)
        assert min(float(record.granted.min()), float(record.refused.min()), float(record.returned.min())) >= -SAME


def run(desk: Desk, months: int = 5) -> list[DeskMonth]:
    """Ten tonnes filed in each month, none shipped."""
    state, found = empty_desk(desk.terms), []
    for month in range(FIRST, FIRST + months):
        opened = desk.begin(state, month, np.ones(desk.cells.count, dtype=np.int64))
        opened.file(np.array([10.0]))
        state, record = opened.close(np.zeros(1), np.zeros(desk.cells.count))
        found.append(record)
    return found


@pytest.mark.parametrize("column", ["granted", "refused", "returned", "pending"])
def test_many_draws_have_the_mean_of_the_averaged_desk(column: str) -> None:
    """Without a queue the desk is linear in its decisions, so means agree: within four standard errors of 400 draws."""
    cells = one_cell()
    told = {"returned": 0.3, "returned_again": 0.9, "refused_again": 0.5, "granted": 0.75, "no_queue": True}
    plain = desk_with(cells, terms_of(1, size_t=2.0), told)
    usual = np.array([getattr(record, column)[0] for record in run(plain)])
    draws = np.array(
        [
            [getattr(record, column)[0] for record in run(replace(plain, decisions=DrawnDecisions(0, point)))]
            for point in range(400)
        ]
    )
    error: Floats = draws.std(axis=0, ddof=1) / 20.0
    assert (np.abs(draws.mean(axis=0) - usual) <= 4.0 * error + SAME).all()
    assert error.max() > 0.0
