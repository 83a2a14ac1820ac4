"""One value of a fact for each way in which the rules evaluate it: none is missed, none is tried twice."""

from __future__ import annotations

import pytest

from coercivity.base.exact import Interval, parse_exact
from coercivity.data.values import FactValue, SetValue
from coercivity.law.explain.value_classes import choices
from tests.support import BOOK


def members(*found: FactValue) -> list[set[str]]:
    return [set(value.has) for value in found if isinstance(value, SetValue)]


def test_a_flag_is_true_or_false_and_one_is_left_where_the_other_is_given() -> None:
    assert choices(BOOK, "security_risk") == (True, False)
    assert choices(BOOK, "security_risk", True) == (False,)
    assert choices(BOOK, "security_risk", False) == (True,)


def test_of_a_number_both_sides_of_each_limit() -> None:
    """A furnace of 1,400 degrees is another thing than one of less; half of a firm is where the rule on owners begins."""
    half = parse_exact("0.5")
    assert choices(BOOK, "listed_owner_share") == (Interval(half - 1, half - 1), Interval(half, half))
    below, at = choices(BOOK, "max_temperature")[:2]
    assert (below, at) == tuple(Interval(point, point) for point in (parse_exact("1400") - 1, parse_exact("1400")))


@pytest.mark.parametrize("given", ["CN", "US", "JP"])
def test_of_a_country_each_that_a_rule_names_and_one_that_none_names(given: str) -> None:
    found = choices(BOOK, "to")
    assert {"CN", "US", "JP"} < set(found)
    assert len({"DE", "TH", "BR"} & set(found)) == 1
    assert set(choices(BOOK, "to", given)) == set(found) - {given}
    assert choices(BOOK, "to", "TH") == choices(BOOK, "to", "BR")


def test_of_a_set_none_and_each_member_and_what_is_given_with_one_less_or_more() -> None:
    assert [set[str](), {"NdFeB"}, {"SmCo"}] == sorted(members(*choices(BOOK, "magnet_type"))[:3], key=sorted)
    given = SetValue(frozenset({"NdFeB", "SmCo"}))
    found = members(*choices(BOOK, "magnet_type", given))
    assert found[:3] == [{"SmCo"}, {"NdFeB"}, set()]
    assert {"NdFeB", "SmCo"} not in found
    listed = SetValue(frozenset({"cl-2025-1"}))
    more = members(*choices(BOOK, "party_sets", listed))
    assert {"cl-2025-1", "cl-2025-13"} in more
    assert {"cl-2025-13"} in more
    assert listed not in choices(BOOK, "party_sets", listed)


def test_no_two_values_are_read_alike() -> None:
    for name in ("form", "to", "party_sets", "listed_owner_share", "max_temperature", "act"):
        found = choices(BOOK, name)
        assert len(set(found)) == len(found) > 1
