"""Facts under other names and with the words of the catalogue are those of the rulebook; slips stay errors."""

from __future__ import annotations

import pytest

from coercivity.base.errors import Fault, Faults
from coercivity.data.catalogue import FactCatalogue, FactSpec
from coercivity.data.schema import Words
from coercivity.intake.cells.columns import Options
from coercivity.intake.cells.reader import cell_reader
from coercivity.intake.cells.stated import named, stated_facts, stated_value
from tests.support import BOOK

CATALOGUE = BOOK.catalogue


@pytest.mark.parametrize(
    ("name", "raw", "plain"),
    [
        ("form", "sintered magnet", "magnet"),
        ("form", "Sintered-Magnet", "magnet"),
        ("form", "磁钢", "magnet"),
        ("elements", ["neodymium", "镝", "..."], ["Nd", "Dy", "..."]),
        ("elements", ["Nd", "not dysprosium", "..."], ["Nd", "not Dy", "..."]),
        ("military_use", "Nein", "false"),
        ("military_use", "是", "true"),
        ("from", "China", "CN"),
        ("to", "Deutschland", "DE"),
        ("to", "Vereinigte Staaten", "US"),
        ("chinese_input_value_share", "50 %", "0.5"),
        ("chinese_input_value_share", "0,1 %", "0.001"),
        ("dy_mass_share", ["1.5 %", "2 %"], ["0.015", "0.02"]),
        ("contract_on", "28.03.2025", "2025-03-28"),
        ("process_stage", "magnet making", "magnetic_material_manufacturing"),
        ("process_stage", "magnet baking", "magnet baking"),
        ("form", "magnet", "magnet"),
        ("elements", "neodymium", "neodymium"),  # a set is a list
        ("consignee", "China", "China"),  # a name
    ],
)
def test_words_of_the_catalogue_are_its_values(name: str, raw: object, plain: object) -> None:
    assert stated_value(CATALOGUE, name, raw) == plain


@pytest.mark.parametrize(
    "raw", ["", " ", "None", "nan", "NaN", "n/a", "null", "-", "NA ", "unbekannt", "tbd", "?", "无?"]
)
def test_a_word_for_blank_or_unknown_is_no_value(raw: str) -> None:
    """Data programs write None for a gap; read as a value of the fact it could free a deal."""
    for name, spec in CATALOGUE.items():
        if spec.type not in ("text", "party", "set"):
            assert stated_value(CATALOGUE, name, raw) == raw, name


@pytest.mark.parametrize("raw", ["=cmd()", "ma\u202egnet", "mag\x00net", "magnet" * 400, "magnet?"])
def test_what_no_cell_accepts_is_not_read(raw: str) -> None:
    assert stated_value(CATALOGUE, "form", raw) == raw


def _words(spec: FactSpec) -> list[str]:
    return [
        *spec.values,
        *spec.value_synonyms,
        *(text for value in spec.values.values() for text in value.as_dict().values()),
    ]


@pytest.mark.parametrize("name", [name for name, spec in CATALOGUE.items() if spec.type == "choice"])
def test_a_word_means_the_same_in_a_cell_and_elsewhere(name: str) -> None:
    """One reading for all."""
    read = cell_reader(BOOK, name, Options())
    for word in _words(CATALOGUE[name]):
        cell = read(word)
        meant = cell.facts.get(name) if cell.fault is None else None
        assert stated_value(CATALOGUE, name, word) == (meant or word), word


@pytest.mark.parametrize("name", ["mineral_item", "catalogue_part", "knowledge", "licence_change", "form"])
def test_half_a_phrase_never_means_none(name: str) -> None:
    """比較の結果 begins the meaning of none: compared, with the result that none applies."""
    for text in CATALOGUE[name].values["none"].as_dict().values():
        for sign in ",，、。":
            half, found, _ = text.partition(sign)
            if found and half not in CATALOGUE[name].value_synonyms:
                assert stated_value(CATALOGUE, name, half) != "none", half


def _two(**more: object) -> FactCatalogue:
    words = {"a": Words(en="first; one"), "b": Words(en="second")}
    specs = [
        FactSpec.model_validate(
            {"name": name, "type": "choice", "values": words, "question": Words(en=name), "example": "a", **more}
        )
        for name in ("one", "two")
    ]
    return FactCatalogue(specs, {})


def test_a_name_of_two_facts_is_an_error_with_both() -> None:
    faults = Faults()
    assert named(_two(synonyms=["either one"]), "Either-One", "here", faults) is None
    assert faults.items == [
        Fault("FACT-UNKNOWN", "'Either-One' may mean several facts", "here", ("one", "two"), "write one of them")
    ]


def test_a_word_of_two_values_is_an_error_with_both() -> None:
    """Both are told, and neither is taken."""
    assert stated_value(CATALOGUE, "chip_use", "research") == "research"
    faults = Faults()
    assert CATALOGUE.parse("chip_use", "research", where="deal", faults=faults) is None
    assert faults.items[0].nearest == ("logic", "memory")
    cell = cell_reader(BOOK, "chip_use", Options())("research")
    assert cell.fault is not None
    assert cell.fault.nearest == ("logic", "memory")


def test_no_synonym_of_the_catalogue_means_two_facts() -> None:
    for name, spec in CATALOGUE.items():
        for word in spec.synonyms:
            assert CATALOGUE.named(word) == (name,), word


def test_two_names_of_one_fact_agree_or_are_an_error() -> None:
    faults = Faults()
    found = stated_facts(CATALOGUE, {"to": "DE", "destination": "Germany"}, where="facts", faults=faults)
    assert (found.facts, found.written, faults.items) == ({"to": "DE"}, {"to": "to"}, [])
    stated_facts(CATALOGUE, {"to": "DE", "destination": "France"}, where="facts", faults=faults)
    assert [fault.code for fault in faults.items] == ["FACT-TWICE"]
