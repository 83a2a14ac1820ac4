"""Sampling: independent of order, and never empty."""

from __future__ import annotations

import pytest

from tests.sampling import examples, sampled

THINGS = [f"thing {number}" for number in range(100)]


@pytest.fixture(params=[False, True], ids=["sample", "whole"])
def whole(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr("tests.sampling.whole", lambda: request.param)
    return bool(request.param)


def test_a_part_is_taken_and_everything_in_the_whole(whole: bool) -> None:
    assert len(sampled(THINGS)) == examples(100) == (100 if whole else 25)
    assert len(sampled(THINGS, 10)) == (100 if whole else 10)
    assert len(sampled(THINGS[:3])) == (3 if whole else 1)


def test_the_part_is_the_same_in_any_order(whole: bool) -> None:
    assert sampled(THINGS) == sorted(sampled(THINGS[::-1]), key=THINGS.index)
    assert (sampled(THINGS, key=lambda thing: thing[::-1]) == sampled(THINGS)) is whole
