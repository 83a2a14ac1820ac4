"""The benchmark of the licensing desk draws and shares as it says."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from benchmarks._desk_draws import (
    DAYS,
    SHARE,
    Drawn,
    changed,
    drawn_rows,
    draws,
    fall,
    latin,
    noise,
    quantile,
    rank_correlation,
    ranks,
    triangular,
    variance,
)
from benchmarks._desk_runs import FIGURES
from benchmarks._desk_spread import Spread, largest
from benchmarks.licensing_desk import with_part
from coercivity.base.days import parse_day
from coercivity.practice.desk import DeskPractice
from coercivity.practice.desk_tables import load_desk

FIVE = [0.46022529654871747, 0.6923430777289049, 0.07941079126568695, 0.9269430291029359, 0.2937401395185425]
ROW = Drawn("LD1", "returned_share", 0.1, 0.3, 0.6)


@pytest.fixture(scope="module")
def practice() -> DeskPractice:
    return load_desk()


@pytest.mark.parametrize("count", [1, 7, 32])
def test_each_part_of_the_range_is_drawn_once(count: int) -> None:
    shares = latin("LD001", count)
    assert sorted(math.floor(share * count) for share in shares) == list(range(count))


def test_draws_depend_on_name_and_seed_only() -> None:
    assert latin("LD001", 5, 20) == pytest.approx(FIVE, abs=1e-15)
    assert latin("LD002", 5, 20) != latin("LD001", 5, 20)
    assert latin("LD001", 5, 21) != latin("LD001", 5, 20)


def test_another_row_leaves_the_draws_of_a_row_as_they_are() -> None:
    other = Drawn("LD2", "filed_most", 1.0, 1.25, 2.0)
    assert [draw["LD1"] for draw in draws([ROW], 8)] == [draw["LD1"] for draw in draws([other, ROW], 8)]


@pytest.mark.parametrize(
    ("share", "value"),
    [
        (0.0, 0.1),
        (0.1, 0.2),  # below the mode lie two fifths, and a quarter of them below its middle
        (0.4, 0.3),
        (0.85, 0.45),
        (1.0, 0.6),
    ],
)
def test_a_quantile_of_the_triangle(share: float, value: float) -> None:
    assert triangular(share, ROW.low, ROW.value, ROW.high) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(("low", "value", "high"), [(0.0, 0.0, 1.0), (0.0, 1.0, 1.0)])
def test_a_triangle_may_have_its_mode_at_an_end(low: float, value: float, high: float) -> None:
    found = [triangular(share, low, value, high) for share in (0.0, 0.25, 0.5, 1.0)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (low, high)
    assert found[1] == pytest.approx(0.5 if value else 1 - math.sqrt(0.75))


def test_a_row_without_a_range_keeps_its_value() -> None:
    assert triangular(0.3, 2.0, 2.0, 2.0) == 2.0


def test_every_row_with_a_range_in_the_period_is_drawn(practice: DeskPractice) -> None:
    early = drawn_rows(practice, parse_day("2025-04-30"))
    late = drawn_rows(practice, parse_day("2030-01-01"))
    all_rows = len(practice.rows) + len(practice.events) + len(practice.general) + 2 * len(practice.holds)
    assert len(late) == all_rows
    assert len({row.name for row in late}) == all_rows
    begun = {event.id for event in practice.events if event.begins_on <= parse_day("2025-04-30")}
    names = {row.name for row in early}
    assert {event.id for event in practice.events} & names == begun
    assert not {licence.id for licence in practice.general} & names


def test_a_row_with_equal_ends_is_not_drawn(practice: DeskPractice) -> None:
    row = replace(practice.rows[0], low=8.0, value=8.0, high=8.0)
    assert drawn_rows(DeskPractice((row,)), parse_day("2030-01-01")) == ()


def test_a_draw_changes_its_rows_alone(practice: DeskPractice) -> None:
    figure, event, licence, hold = practice.rows[0], practice.events[0], practice.general[0], practice.holds[0]
    draw = {figure.id: 5.5, event.id: 0.11, licence.id: 0.22, hold.id + SHARE: 0.33, hold.id + DAYS: 44.0}
    found = changed(practice, draw)
    assert found.rows == (replace(figure, value=5.5), *practice.rows[1:])
    assert found.events == (replace(event, share=0.11), *practice.events[1:])
    assert found.general == (replace(licence, share=0.22), *practice.general[1:])
    assert found.holds == (replace(hold, share=0.33, days=44.0), *practice.holds[1:])


def test_a_draw_of_a_row_that_does_not_exist_is_an_error(practice: DeskPractice) -> None:
    with pytest.raises(KeyError, match="LD999"):
        changed(practice, {"LD999": 1.0})


def test_equal_values_share_their_rank() -> None:
    assert ranks([3.0, 1.0, 3.0, 2.0]) == [3.5, 1.0, 3.5, 2.0]


@pytest.mark.parametrize(
    ("ys", "found"),
    [([1.0, 8.0, 27.0, 64.0], 1.0), ([4.0, 3.0, 2.0, 0.0], -1.0), ([2.0, 1.0, 4.0, 3.0], 0.6), ([5.0] * 4, 0.0)],
)
def test_rank_correlation(ys: list[float], found: float) -> None:
    assert rank_correlation([1.0, 2.0, 3.0, 4.0], ys) == pytest.approx(found)


def test_a_row_without_effect_has_the_noise_of_its_runs_on_average() -> None:
    xs, runs = list(range(8)), 400
    each = [rank_correlation(xs, latin(f"row {n}", 8)) ** 2 for n in range(runs)]
    assert math.fsum(each) / runs == pytest.approx(noise(8), rel=0.15)
    assert noise(32) == 1 / 31


def test_variance_its_fall_and_quantiles() -> None:
    assert variance([1.0, 2.0, 3.0, 6.0]) == pytest.approx(14 / 3)
    assert variance([4.0]) == 0.0
    assert fall([2.0, 4.0], [1.0, 5.0]) == pytest.approx(0.75)
    assert fall([1.0, 5.0], [2.0, 4.0]) == pytest.approx(-3.0)
    assert fall([1.0, 5.0], [2.0, 2.0]) == 0.0
    assert [quantile([4.0, 1.0, 3.0], share) for share in (0.0, 0.25, 0.5, 1.0)] == [1.0, 2.0, 3.0, 4.0]


def test_the_rows_that_carry_most_come_first() -> None:
    rows = tuple(Drawn(name, "", 0.0, 0.5, 1.0) for name in ("idle", "strong"))
    drawn = [{"idle": x, "strong": y} for x, y in ((1.0, 1.0), (2.0, 2.0), (1.0, 3.0), (2.0, 4.0))]
    results = [dict.fromkeys(FIGURES, draw["strong"]) for draw in drawn]
    halved = [dict.fromkeys(FIGURES, value) for value in (1.0, 1.5)]
    spread = Spread(rows, drawn, results, {"strong": halved})
    assert [row.name for row in largest(spread, 1)] == ["strong"]
    figure = next(iter(FIGURES))
    assert spread.correlation("strong", figure) == pytest.approx(1.0)
    assert spread.fall("strong", figure) == pytest.approx(0.75)  # over the first two draws only


def test_a_part_takes_the_place_of_its_own_kept_result() -> None:
    kept = with_part(with_part("", "april", "== april, 1\na == b\n"), "speed", "== speed, 2\nb\n")
    assert kept == "== april, 1\na == b\n\n== speed, 2\nb\n"
    assert with_part(kept, "april", "== april, 3\nc\n") == "== april, 3\nc\n\n== speed, 2\nb\n"
