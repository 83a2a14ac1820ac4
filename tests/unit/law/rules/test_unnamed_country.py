"""An unnamed country is a foreign one: China, Hong Kong, Macao and Taiwan it is not, any other it may be."""

from __future__ import annotations

import pytest

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.recheck.pack import truth as rechecked
from coercivity.law.rules.evaluator import Evaluator
from coercivity.law.rules.tree import Comparison
from tests.support import BOOK

LAW = read_raw_law(BOOK.folder)


@pytest.mark.parametrize(
    ("given", "places", "truth"),
    [
        ("XX", ("CN",), NO),
        ("XX", ("CN", "HK", "MO", "TW"), NO),
        ("XX", ("HK",), NO),
        ("XX", ("HK", "US"), UNKNOWN),
        ("XX", ("US",), UNKNOWN),
        ("HK", ("CN", "HK"), YES),
        ("HK", ("CN",), NO),
        ("DE", ("CN", "HK", "MO", "TW"), NO),
    ],
)
def test_both_readers_compare_countries_alike(given: str, places: tuple[str, ...], truth: Truth) -> None:
    evaluator = Evaluator(frozenset({"to"}))
    node = evaluator.add(Comparison("to", "in", places, False))
    assert node.truth({"to": given}, evaluator.memo()) is truth
    assert rechecked(LAW, {"fact": "to", "in": list(places)}, {"to": given}) is truth
