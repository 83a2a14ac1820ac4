"""Which end uses of two documents are the same, which differ, and which cannot be compared."""

from __future__ import annotations

import pytest

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.cases.lot_papers.uses import named_use, same_use
from coercivity.law.rules.load import load_rulebook

CATALOGUE = load_rulebook().catalogue


def compared(one: str, other: str) -> Truth:
    """Whether two end uses are the same, in both orders."""
    first, second = named_use(CATALOGUE, one), named_use(CATALOGUE, other)
    found = same_use(first, second)
    assert same_use(second, first) is found
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("civil", "民用"),
        ("military", "军用"),
        ("Civil Use", "ｃｉｖｉｌ"),
        ("民用用途", "CIVILIAN"),
        ("国防", "defense"),
        ("军事用途", "defence use"),
        ("wind generator", "风力发电机"),
        ("Wind  Generators", "wind-generator"),
        ("traction motors", "Traction Motors"),
        ("civil", "passenger car traction motors"),
        ("not for military use", "民用"),
    ],
)
def test_the_same_use_in_other_words(one: str, other: str) -> None:
    assert compared(one, other) is YES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("civil", "military"),
        ("民用", "军用"),
        ("passenger cars", "missile fin actuator"),
        ("commercial", "US Department of Defense"),
        ("wind generator", "heat pump"),
        ("magnet making", "recycling"),
        ("civil, military: no", "military"),
        ("military, civil use excluded", "civil"),
    ],
)
def test_uses_that_differ(one: str, other: str) -> None:
    assert compared(one, other) is NO


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("traction motors", "wind turbines"),
        ("civil", "traction motors"),
        ("civil", "dual-use"),
        ("civil", "军民两用"),
        ("drone motors", "civil"),
        ("civil and military", "civil"),
        ("civil and military", "military"),
        ("non-civil", "civil"),
        ("not only civil", "civil"),
        ("motor vehicle", "electric motor"),
        ("military use excluded", "military"),
        ("Military use is strictly prohibited", "军用"),
        ("military: no", "military"),
        ("Military use - nein", "military"),
        ("militärische Nutzung ausgeschlossen", "military"),
        ("军事用途除外", "军用"),
        ("civil: no", "civil"),
        ("民用：否", "民用"),
    ],
)
def test_words_that_settle_nothing_are_not_equal(one: str, other: str) -> None:
    assert compared(one, other) is UNKNOWN
