"""List facts derived from party lists and from statements of the deal."""

from __future__ import annotations

import pytest

from coercivity.base.errors import Faults
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.derived_facts import conflicts, derive, facts_with_derived, lists_on_day, opened
from coercivity.law.rules.model import Status
from coercivity.law.rules.party_lists import LISTS
from coercivity.law.rules.rulebook import Rulebook
from tests.support import deal

NONE = SetValue(frozenset(), complete=True)
CONTROL = "control_list"


def _states(book: Rulebook) -> dict[str, Status]:
    return dict.fromkeys(book.party_sets, Status.IN_FORCE)


def test_sets_of_an_open_list_are_open_and_those_of_others_are_not(book: Rulebook) -> None:
    assert CONTROL in LISTS
    found = opened(book, NONE, {CONTROL})
    assert not found.complete
    assert found.lacks == {entry.id for entry in book.party_sets.values() if entry.list != CONTROL}


def test_a_listing_that_no_set_explains_opens_the_sets_of_its_list(book: Rulebook) -> None:
    stated = {"party_sets": NONE, "listed_on": SetValue(frozenset({CONTROL}), complete=True)}
    found = lists_on_day(book, stated, _states(book))
    assert found["party_sets"] == opened(book, NONE, {CONTROL})


def test_a_listing_that_a_set_explains_opens_nothing(book: Rulebook) -> None:
    held = next(entry.id for entry in book.party_sets.values() if entry.list == CONTROL)
    sets = SetValue(frozenset({held}), complete=True)
    stated = {"party_sets": sets, "listed_on": SetValue(frozenset({CONTROL}), complete=True)}
    found = lists_on_day(book, stated, _states(book))
    assert "party_sets" not in found
    assert found["listed_on"] == SetValue(frozenset({CONTROL}), frozenset(LISTS) - {CONTROL}, complete=True)


@pytest.mark.parametrize(
    ("substance", "element"),
    [
        ("tungsten_carbide", "W"),
        ("zone_refined_germanium", "Ge"),
        ("ammonium_paratungstate", "W"),
        ("indium_phosphide", "In"),
    ],
)
def test_a_named_substance_holds_its_element(substance: str, element: str) -> None:
    faults = Faults()
    none = SetValue(frozenset(), complete=True)
    conflicts({"mineral_item": substance, "elements": none}, where="facts", faults=faults)
    assert [(fault.code, fault.next) for fault in faults.items] == [("FACT-CONFLICT", f"add {element} to elements")]
    right = Faults()
    held = SetValue(frozenset({element}), complete=True)
    conflicts({"mineral_item": substance, "elements": held}, where="facts", faults=right)
    assert not right.items


def test_every_named_substance_but_graphite_names_an_element(book: Rulebook) -> None:
    none = SetValue(frozenset(), complete=True)
    for substance in book.catalogue["mineral_item"].values:
        faults = Faults()
        conflicts({"mineral_item": substance, "elements": none}, where="facts", faults=faults)
        assert bool(faults.items) == ("graphite" not in substance and substance not in ("none", "other")), substance


def test_graphite_is_no_other_kind_of_goods() -> None:
    faults = Faults()
    conflicts({"mineral_item": "natural_flake_graphite", "goods_kind": "other"}, where="facts", faults=faults)
    assert [fault.next for fault in faults.items] == ["set goods_kind to graphite"]


def test_a_samarium_iron_nitrogen_magnet_without_samarium_contradicts_itself() -> None:
    faults = Faults()
    neodymium = SetValue(frozenset({"Nd"}), complete=True)
    magnet: dict[str, FactValue] = {
        "form": "magnet",
        "magnet_type": SetValue(frozenset({"SmFeN"})),
        "elements": neodymium,
    }
    conflicts(magnet, where="facts", faults=faults)
    assert [fault.next for fault in faults.items] == ["add Sm to elements"]


@pytest.mark.parametrize(
    ("stated", "has"),
    [
        ("form: magnet, magnet_type: [SmCo]", {"Sm"}),
        ("form: magnet_powder, magnet_type: [SmFeN]", {"Sm"}),
        ("form: alloy, alloy_system: TbDyFe", {"Tb", "Dy"}),
        ("form: target, target_system: YZr", {"Y"}),
        ("form: magnet, magnet_type: [SmCo], dy_mass_share: '0.01'", {"Sm", "Dy"}),
    ],
)
def test_the_name_of_a_magnet_alloy_or_target_says_what_is_in_it(stated: str, has: set[str]) -> None:
    elements = derive(deal(stated).facts)["elements"]
    assert isinstance(elements, SetValue)
    assert elements.has == has
    assert not elements.complete


@pytest.mark.parametrize(
    "stated",
    [
        "form: magnet, magnet_type: [NdFeB]",
        "form: magnet, magnet_type: [SmCo, NdFeB]",
        "form: technology, magnet_type: [SmCo]",
        "form: alloy, alloy_system: other",
    ],
)
def test_other_names_say_nothing_of_the_elements(stated: str) -> None:
    assert "elements" not in derive(deal(stated).facts)


def test_stated_elements_are_not_added_to() -> None:
    assert "elements" not in derive(deal("form: alloy, alloy_system: TbDyFe, elements: [Tb]").facts)


def test_a_family_without_rare_earths_contains_none_but_lanthanum() -> None:
    """Of a magnet; a stated composition is not touched, and two families of which one has rare earths say nothing."""
    ferrite: dict[str, FactValue] = {"form": "magnet", "magnet_type": SetValue(frozenset({"ferrite"}))}
    found = facts_with_derived(ferrite)["elements"]
    assert isinstance(found, SetValue)
    assert (found.holds("Ho"), found.holds("La"), found.holds("Ga")) == (False, None, None)
    stated = {**ferrite, "elements": SetValue(frozenset({"Ho"}))}
    assert facts_with_derived(stated)["elements"] == stated["elements"]
    mixed = {**ferrite, "magnet_type": SetValue(frozenset({"ferrite", "NdFeB"}))}
    assert "elements" not in facts_with_derived(mixed)
    assert "elements" not in facts_with_derived({**ferrite, "form": "technology"})
