"""Causes told apart from noise, shares of groups, and what to learn next."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.ensemble.design import coordinates, uniform
from coercivity.ensemble.results.given_data import chance_of_noise, first_order, harmonics_of, places, rank_association
from coercivity.ensemble.results.learn import learn_next, provenance
from coercivity.ensemble.results.quantiles import Floats
from coercivity.ensemble.results.rows import CauseRow
from coercivity.ensemble.results.sensitivity import causes, group_shares, law_share

ROWS = [f"assumptions:A{number:03}" for number in range(300)]
DIMENSIONS = {name: number + 1 for number, name in enumerate(ROWS)}


def place(points: int, scramble: int = 0) -> Floats:
    """Returns coordinates of three hundred rows, shape (rows, points)."""
    found = [coordinates(scramble, point, DIMENSIONS) for point in range(points)]
    return np.array([[each[name] for each in found] for name in ROWS])


def test_draws_go_up_over_every_second_rank_and_down_over_the_others() -> None:
    """Coordinates in order 0.1, 0.2, 0.3, 0.4, 0.5 are in the cycle as ranks 1, 3, 5, 4, 2."""
    assert places(np.array([[0.1, 0.2, 0.3, 0.4, 0.5]])).tolist() == [[0, 4, 1, 3, 2]]


def test_the_index_of_a_figure_that_never_moves_is_zero() -> None:
    """No variance is explained; two harmonics of four draws are refused."""
    at = places(np.array([[0.1, 0.6, 0.3, 0.9]]))
    assert first_order(np.full(4, 7.0), at, 1).tolist() == [0.0]
    with pytest.raises(ValueError, match="4 draws are too few for 2 harmonics"):
        first_order(np.arange(4.0), at, 2)


def test_a_rank_correlation_by_hand() -> None:
    """Ranks 1, 2, 3 and 2, 1, 3: 1 - 6 x 2 / (3 x 8) = 0.5, squared 0.25."""
    assert rank_association(np.array([1.0, 5.0, 9.0]), np.array([[1, 0, 2]], dtype=np.int32)).tolist() == [0.25]


def test_the_rows_that_move_a_figure_are_named_and_no_other() -> None:
    """Two rows of three hundred, with 128 points and noise of an eightieth of the variance."""
    u = place(128)
    values = 3.0 * u[7] - 2.0 * u[123] + 0.4 * uniform(128, "remainder")
    found = causes(values, ROWS, u)
    assert [cause.row for cause in found] == [ROWS[7], ROWS[123]]
    # Variances are 9/12, 4/12 and 0.16/12: shares of 9, 4 and 0.16 of 13.16.
    assert [cause.index for cause in found] == pytest.approx([9 / 13.16, 4 / 13.16], abs=0.06)
    # The mean of the lowest fifth of a row is at 0.1, of the highest at 0.9: 0.8 apart.
    assert found[0].high - found[0].low == pytest.approx(0.8 * 3.0, abs=0.35)
    assert found[1].high - found[1].low == pytest.approx(-0.8 * 2.0, abs=0.35)
    assert all(cause.index > cause.noise for cause in found)


def test_noise_is_rarely_named_a_cause() -> None:
    """Of twenty figures without any cause at most five name a row: one in ten is expected, 2 of 20."""
    u = place(64)
    named = [bool(causes(uniform(64, "only noise", str(number)), ROWS, u)) for number in range(20)]
    assert np.count_nonzero(named) <= 5


def test_few_of_the_causes_named_are_noise() -> None:
    """Three true causes in twelve figures with much noise: at most a fifth of the names are wrong."""
    u = place(128)
    wrong = right = 0
    for number in range(12):
        true = [ROWS[(37 * number + step) % 300] for step in (0, 100, 200)]
        effect = np.sum([u[ROWS.index(name)] for name in true], axis=0)
        named = [cause.row for cause in causes(effect + uniform(128, "much", str(number)), ROWS, u)]
        right += len(set(named) & set(true))
        wrong += len(set(named) - set(true))
    assert right >= 24
    assert wrong <= 0.2 * (right + wrong)


def test_few_draws_name_no_cause() -> None:
    """Eight draws cannot tell one of three hundred rows from noise; nor does a figure that never moves."""
    u = place(8)
    assert causes(u[0], ROWS, u) == []
    assert causes(np.ones(64), ROWS, place(64)) == []


def test_eight_harmonics_need_many_draws() -> None:
    """One harmonic for sixteen draws, four at most."""
    assert [harmonics_of(draws) for draws in (8, 16, 32, 64, 1024)] == [1, 1, 2, 4, 4]


def test_groups_share_the_variance() -> None:
    """Variances 4/12, 1/12 and noise of 1/12: shares 4/6, 1/6 and 1/6."""
    u = place(1024)
    values = 2.0 * u[0] + u[1] + uniform(1024, "rest")
    shares = group_shares(values, ["world", "practice"], u[:2])
    assert shares == pytest.approx({"world": 4 / 6, "practice": 1 / 6}, abs=0.03)
    assert group_shares(values, [], u[:0]) == {}


def test_the_share_of_the_law_is_the_size_of_its_difference() -> None:
    """Variance 1 within each, all differences 2: half of it squared is 1, so the law has a half."""
    a = np.array([-1.0, 1.0, -1.0, 1.0])
    values = {"s/lapsed": a, "s/extended": a + 2.0}
    assert law_share(values, {("s/lapsed", "s/extended"): np.full(4, 2.0)}) == pytest.approx(0.5)
    # Differences of 1 and -1 have the mean 0: nothing is the law's.
    assert law_share(values, {("s/lapsed", "s/extended"): a}) == 0.0
    assert law_share({"s": a}, {}) == 0.0


def cause(row: str, index: float, quality: str) -> CauseRow:
    """Returns a cause."""
    ends = {"what": "", "group": "world", "noise": 0.05, "low": 0.0, "high": 1.0, "source": ""}
    return {"row": row, "index": index, "quality": quality, **ends}  # type: ignore[typeddict-item]


def test_what_to_learn_next_is_the_strongest_that_can_be_learned() -> None:
    """A measured row is known; of the others the strongest is first, three at most."""
    rows = [cause("b", 0.1, "estimated"), cause("a", 0.4, "measured"), cause("c", 0.3, "assumed")]
    assert learn_next([*rows, cause("d", 0.02, "assumed"), cause("e", 0.01, "assumed")]) == ["c", "b", "d"]
    assert learn_next([]) == []


def test_the_pack_says_how_sure_a_row_is() -> None:
    """The first assumption on freight is assumed; a row that does not exist has neither quality nor source."""
    quality, source = provenance("assumptions:AS001")
    assert quality == "assumed"
    assert source.startswith("ASSUMED: door to door")
    assert provenance("granted_share")[0] == "assumed"
    assert provenance("assumptions:none") == ("", "")


@pytest.mark.parametrize("skewed", [False, True], ids=["even", "skewed"])
def test_the_chance_of_noise_is_that_of_rows_without_effect(skewed: bool) -> None:
    """Of 4,000 rows without effect at most one in a hundred has a chance of 0.01, and 1 in 1,000 one of 0.001."""
    values = uniform(64, "a figure")
    values = np.exp(9.0 * values) if skewed else values
    numbers = uniform(4000 * 64, "rows without effect, too").reshape(4000, 64)
    ranks = np.argsort(np.argsort(numbers, axis=1), axis=1).astype(np.int32)
    chance = chance_of_noise(values, places(numbers), ranks, 4)
    assert 0.004 <= np.mean(chance <= 0.01) <= 0.013
    assert np.mean(chance <= 0.001) <= 0.002
