"""Which facts follow from others, and which pairs of facts cannot both be true."""

from __future__ import annotations

import pytest

from coercivity.base.errors import Faults
from coercivity.base.exact import Interval, parse_exact
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.derived_facts import NO_CODE, conflicts, derive, facts_with_derived, named_elements
from coercivity.law.rules.evaluator import UNNAMED_COUNTRY

ONLY_IRON = SetValue(frozenset())
ND = SetValue(frozenset({"Nd"}))


def share(low: str, high: str = "") -> Interval:
    return Interval(parse_exact(low), parse_exact(high or low))


def told(**facts: FactValue) -> list[str]:
    faults = Faults()
    conflicts(facts, where="row 1", faults=faults)
    assert {fault.where for fault in faults.items} <= {"row 1"}
    assert all(fault.next for fault in faults.items)
    return [fault.what for fault in faults.items]


def test_whether_a_border_is_crossed_follows_from_the_two_ends() -> None:
    assert derive({"from": "CN", "to": "DE"}) == {"crosses_border": True}
    assert derive({"from": "CN", "to": "CN"}) == {"crosses_border": False}
    assert derive({"from": UNNAMED_COUNTRY, "to": "DE"}) == {"crosses_border": True}
    # two countries that nobody names may be one
    assert derive({"from": UNNAMED_COUNTRY, "to": UNNAMED_COUNTRY}) == {}
    assert derive({"from": "CN"}) == derive({"to": "CN"}) == {}


def test_what_was_measured_is_held_and_what_was_measured_as_nothing_is_not() -> None:
    measured = {"dy_mass_share": share("0.01", "0.02"), "tb_mass_share": share("0")}
    assert derive(measured) == {"elements": SetValue(frozenset({"Dy"}), frozenset({"Tb"}), complete=False)}
    assert derive({"dy_mass_share": share("0", "0.01")}) == {}


def test_what_is_stated_is_never_replaced() -> None:
    stated: dict[str, FactValue] = {
        "from": "CN",
        "to": "DE",
        "crosses_border": False,
        "elements": ND,
        "dy_mass_share": share("0.01"),
        "listed_elsewhere": False,
        "listed_elsewhere_code": "1C229",
    }
    assert derive(stated) == {}
    assert facts_with_derived(stated) == stated


def test_a_code_of_another_list_says_that_it_is_listed_there() -> None:
    assert derive({"listed_elsewhere_code": "1C229"}) == {"listed_elsewhere": True}
    assert derive({"listed_elsewhere_code": NO_CODE}) == {}


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"elements": ND, "dy_mass_share": share("0.018")}, "elements does not hold Dy, but dy_mass_share is 0.018"),
        ({"elements": ND, "dy_mass_share": share("0", "0.018")}, "elements does not hold Dy, but dy_mass_share is"),
        (
            {"elements": SetValue(frozenset({"Dy"})), "dy_mass_share": share("0")},
            "elements holds Dy, but dy_mass_share",
        ),
        ({"elements": ND, "form": "magnet", "magnet_type": SetValue(frozenset({"SmCo"}))}, "magnet_type is SmCo, but"),
        (
            {"elements": ONLY_IRON, "form": "component", "magnet_type": SetValue(frozenset({"NdFeB"}))},
            "elements does not hold Nd or Pr or Dy or Tb",
        ),
        ({"elements": ND, "form": "alloy", "alloy_system": "Dy-Fe"}, "alloy_system is Dy-Fe, but"),
        ({"elements": ND, "form": "target", "target_system": "TbFeCo"}, "target_system is TbFeCo, but"),
        ({"from": "CN", "to": "DE", "crosses_border": False}, "a border is not crossed, but it goes from CN to DE"),
        ({"from": "CN", "to": "CN", "crosses_border": True}, "a border is crossed, but it goes from CN to CN"),
        ({"act": "goods", "form": "none"}, "the act is goods, but the form is none"),
        ({"listed_elsewhere": False, "listed_elsewhere_code": "1C229"}, "but the code is 1C229"),
    ],
)
def test_what_cannot_both_be_true_is_told(facts: dict[str, FactValue], what: str) -> None:
    (found,) = told(**facts)
    assert what in found


@pytest.mark.parametrize(
    "facts",
    [
        {"elements": ND, "dy_mass_share": share("0")},
        {"elements": SetValue(frozenset({"Dy"})), "dy_mass_share": share("0", "0.01")},
        {"elements": SetValue(frozenset({"Nd"}), complete=False), "dy_mass_share": share("0.018")},
        {"elements": ND, "form": "magnet", "magnet_type": SetValue(frozenset({"NdFeB"}))},
        {"elements": ND, "form": "magnet", "magnet_type": SetValue(frozenset({"NdFeB", "SmCo"}))},
        {"elements": ND, "form": "magnet", "magnet_type": SetValue(frozenset({"ferrite"}))},
        {"elements": ND, "form": "technology", "magnet_type": SetValue(frozenset({"SmCo"}))},
        {"elements": ND, "form": "oxide", "alloy_system": "Dy-Fe"},
        {"from": "CN", "to": UNNAMED_COUNTRY, "crosses_border": False},
        {"act": "service", "form": "none"},
        {"act": "goods", "form": "magnet"},
        {"listed_elsewhere": True, "listed_elsewhere_code": "1C229"},
        {"listed_elsewhere": False, "listed_elsewhere_code": NO_CODE},
    ],
)
def test_what_can_both_be_true_is_not(facts: dict[str, FactValue]) -> None:
    assert told(**facts) == []


def test_the_rare_earths_of_a_name_are_read_from_it() -> None:
    assert named_elements({"form": "alloy", "alloy_system": "Dy-Fe"}) == ("alloy_system", "Dy-Fe", ("Dy",))
    assert named_elements({"form": "target", "target_system": "TbFeCo"}) == ("target_system", "TbFeCo", ("Tb",))
    assert named_elements({"form": "oxide"}) == ("", "", ())
