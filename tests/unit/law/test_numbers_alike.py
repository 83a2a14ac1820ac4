"""Numbers found alike together are those that every comparison of the rulebook treats alike one by one."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.exact import Interval
from coercivity.law.columnar import diagram
from coercivity.law.columnar.diagram import Diagram
from coercivity.law.columnar.numbers import alike, marks_of
from coercivity.law.columnar.wishes import comparisons
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()
MARKS = marks_of(BOOK)


def _numbers(name: str) -> st.SearchStrategy[Interval]:
    near = st.sampled_from(MARKS[name]).flatmap(lambda mark: st.integers(max(0, mark - 2), mark + 2))
    return st.tuples(near, near).map(lambda ends: Interval(min(ends), max(ends)))


NAMED = st.sampled_from(sorted(MARKS)).flatmap(
    lambda name: st.tuples(st.just(name), st.lists(_numbers(name), min_size=1))
)


def test_numbers_are_compared_with_numbers_alone() -> None:
    assert MARKS["memory_layers"] == [256 * 10**9]
    assert "form" not in MARKS


@settings(max_examples=200)
@given(NAMED)
def test_numbers_that_are_alike_are_read_alike(drawn: tuple[str, list[Interval]]) -> None:
    name, numbers = drawn
    first, of = alike(numbers, MARKS[name])
    for number, place in zip(numbers, of.tolist(), strict=True):
        like = numbers[first[place]]
        assert (number.low == number.high) == (like.low == like.high)
        for node, _ in comparisons(BOOK)[name]:
            assert node.truth({name: number}, {}) is node.truth({name: like}, {})


@settings(max_examples=50)
@given(NAMED, st.integers(0, 5))
def test_many_numbers_are_of_the_kinds_that_each_is(drawn: tuple[str, list[Interval]], blanks: int) -> None:
    name, numbers = drawn
    values = [None] * blanks + numbers
    made = Diagram(BOOK, [name], {})
    with patch.object(diagram, "MANY", 0):
        together = made.kinds(name, values)
    assert together == made.kinds(name, values)


def test_numbers_that_no_rule_compares_are_of_one_kind() -> None:
    assert "dy_mass_share" not in comparisons(BOOK)
    made = Diagram(BOOK, ["dy_mass_share"], {})
    with patch.object(diagram, "MANY", 0):
        assert len(set(made.kinds("dy_mass_share", [Interval(n, n) for n in range(9)]))) == 1
