"""Designs: every row stratified, every coordinate a function of its own key, scrambles and pairs independent."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.design import coordinates, design_of, uniform
from tests.sampling import examples

ROWS = {f"row_{number}": number for number in range(40)}


def points(count: int, rows: dict[str, int], scramble: int = 0) -> np.ndarray:
    """Coordinates, shape (points, rows)."""
    names = sorted(rows)
    return np.array([[coordinates(scramble, at, rows)[name] for name in names] for at in range(count)])


@pytest.mark.parametrize("count", [4, 32, 128])
def test_each_row_has_one_point_in_each_of_n_equal_parts(count: int) -> None:
    parts = np.sort((points(count, ROWS) * count).astype(int), axis=0)
    assert (parts == np.arange(count)[:, None]).all()


@settings(max_examples=examples(20), deadline=None)
@given(st.integers(0, 200), st.integers(0, 1000), st.integers(0, 50))
def test_another_row_changes_no_number(point: int, scramble: int, more: int) -> None:
    before = coordinates(scramble, point, {"row_3": 3, "row_17": 17})
    after = coordinates(scramble, point, {"row_3": 3, "row_17": 17, "new": 400 + more})
    assert {name: after[name] for name in before} == before


def test_two_rows_of_sixteen_points_fill_a_grid_of_four_by_four_in_a_block() -> None:
    """Dimensions 0 and 1 of a block are a (0, 2)-net: one of 16 points in each cell of any grid of 16 cells."""
    first, second = points(16, {"a": 8, "b": 9}).T
    for across in (1, 2, 4, 8, 16):
        cells = {(int(x * across), int(y * 16 / across)) for x, y in zip(first, second, strict=True)}
        assert len(cells) == 16


def test_pairs_of_rows_are_nearly_uncorrelated() -> None:
    """At 128 points independent numbers have correlations of 0.09; 780 pairs of them would reach 0.3.

    The order of the points by block is a nested one, not any order, so pairs of blocks come to 0.10.
    """
    found = np.corrcoef(points(128, ROWS).T)
    off = found[~np.eye(len(ROWS), dtype=bool)]
    assert np.sqrt((off**2).mean()) < 0.12
    assert np.abs(off).max() < 0.4


def test_scrambles_are_independent() -> None:
    one, other = points(128, ROWS, 0), points(128, ROWS, 1)
    between = [np.corrcoef(one[:, at], other[:, at])[0, 1] for at in range(len(ROWS))]
    assert np.abs(between).max() < 0.4
    assert np.abs(np.mean(between)) < 0.06


def mixed(word: int) -> int:
    """The finaliser splitmix64, in Python."""
    most = 2**64 - 1
    word = (word + 0x9E3779B97F4A7C15) & most
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & most
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & most
    return word ^ (word >> 31)


def scrambled(value: int, key: int, bits: int) -> int:
    """A number whose bits are each flipped, or not, as a hash of the key and of the bits before it says."""
    text = format(value, f"0{bits}b")
    found = ""
    for level, bit in enumerate(text):
        prefix = int(text[:level] or "0", 2)
        flip = mixed(prefix ^ mixed((key + level) % 2**64)) >> 63
        found += str(int(bit) ^ flip)
    return int(found, 2)


def key_of(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:8], "big")


@pytest.mark.parametrize(("scramble", "point"), [(0, 0), (0, 77), (3, 5), (41, 16383)])
def test_a_second_reader_in_plain_python_finds_the_same_numbers(scramble: int, point: int) -> None:
    plain = qmc.Sobol(d=8, scramble=False, bits=32).random(2**14)
    for name, dimension in (("assumptions:AS001", 71), ("granted_share", 0), ("base_year:BY239", 644)):
        level = max(point.bit_length() - 1, 0)
        numbers = uniform(2**level, "block", str(scramble), str(dimension // 8), str(level)).tolist()
        permuted = sorted(range(2**level), key=lambda at: (numbers[at], at))
        order = 2**level + permuted[point - 2**level] if point else 0
        word = scrambled(int(plain[order, dimension % 8] * 2**32), key_of("row", str(scramble), name), 32)
        assert coordinates(scramble, point, {name: dimension})[name] == (word + 0.5) / 2**32


@pytest.mark.parametrize(
    ("draws", "branches", "nearest"), [(12, 1, ("8", "16")), (9, 2, ("8", "16")), (1, 2, ("2", "4"))]
)
def test_draws_that_cannot_be_divided_name_the_nearest_numbers(
    draws: int, branches: int, nearest: tuple[str, str]
) -> None:
    with pytest.raises(CoercivityError) as caught:
        design_of(draws, branches)
    assert caught.value.faults[0].code == "DRAWS"
    assert tuple(caught.value.faults[0].nearest) == nearest


@pytest.mark.parametrize("draws", [0, -4])
def test_no_draws_are_a_fault(draws: int) -> None:
    with pytest.raises(CoercivityError, match="DRAWS"):
        design_of(draws)


def test_256_draws_of_two_legal_scenarios_are_128_points_in_each() -> None:
    assert design_of(256, 2).points == 128


@pytest.mark.parametrize("points", [64, 128])
def test_rows_of_different_blocks_are_as_little_correlated_as_random_ones(points: int) -> None:
    """Of n random points the mean square of a correlation is 1 / n; over the 780 pairs of 40 blocks within 20 %."""
    rows = {f"row {number:02}": 8 * number for number in range(40)}
    places = [coordinates(0, point, rows) for point in range(points)]
    squares = np.corrcoef([[place[name] for place in places] for name in rows])[np.triu_indices(40, 1)] ** 2
    assert points * float(squares.mean()) == pytest.approx(1.0, rel=0.2)
