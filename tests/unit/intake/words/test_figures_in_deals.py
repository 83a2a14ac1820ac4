"""Figures, claims and codes as facts of the deal in whose words they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coercivity.base.exact import Interval
from coercivity.data.values import SetValue, plain_value
from coercivity.intake.words.amounts.reader import shares_in
from coercivity.intake.words.lexicon.folded import folded
from coercivity.intake.words.read import words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.law.rules.rulebook import Rulebook


@pytest.fixture(scope="module")
def read(book: Rulebook) -> Callable[[str], WordsRead]:
    return words_reader(book)


def _facts(read: Callable[[str], WordsRead], text: str) -> dict[str, object]:
    (part,) = read(text).parts
    return {
        name: "+".join(sorted(value.has)) + ("" if value.complete else "+...")
        if isinstance(value, SetValue)
        else plain_value(value)
        for name, value in part.facts.items()
    }


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "sint. NdFeB block, Nd 23.5 / Pr 6.8 / Dy 1.8 / Tb 0.3, bal. Fe",
            {"elements": "Dy+Nd+Pr+Tb+...", "dy_mass_share": "0.018", "tb_mass_share": "0.003"},
        ),
        (
            "gesinterte NdFeB-Magnete Güte N40UH, Dy-Gehalt 4,5 Gew.-%",
            {"elements": "Dy+Nd+...", "dy_mass_share": "0.045"},
        ),
        ("N45 magnets, Nd 24.1 Pr 6.2 Fe 67.9 B 1.0 Ga 0.2; Dy not detected", {"elements": "Ga+Nd+Pr+..."}),
        ('these N42 magnets are "Dy-free"', {"form": "magnet", "elements": "Nd+..."}),
        ("N42 magnets, Dy < 0.01 %", {"form": "magnet", "elements": "Nd+..."}),
        ("P204 extractant, CAS 298-07-7", {"form": "reagent", "cas_number": "298-07-7"}),
        (
            "vacuum sintering furnace for magnets, 1150 °C, cooling time 15 min",
            {"heating_temperature": "1150", "cooling_time": "15"},
        ),
        ("稀土电解槽 8kA", {"current": "8000"}),
    ],
)
def test_figures_are_facts_of_the_deal(read: Callable[[str], WordsRead], text: str, facts: dict[str, object]) -> None:
    found = _facts(read, text)
    assert {name: found.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    "text", ['N42 magnets, "Dy-free"', "N42 magnets, Dy n.d.", "N42 magnets, Dy max. 0.5 %", "磁体 N42 不含镝"]
)
def test_no_claim_or_limit_puts_an_element_in_or_out(read: Callable[[str], WordsRead], text: str) -> None:
    found = read(text)
    for part in found.parts:
        elements = part.facts.get("elements")
        assert isinstance(elements, SetValue)
        assert (elements.has, elements.lacks, elements.complete) == (frozenset({"Nd"}), frozenset(), False)
        assert "dy_mass_share" not in part.facts
    assert [one.kind for one in found.evidence if one.kind not in ("process", "coercivity_class")]


def test_words_inside_figures_are_not_left_over(read: Callable[[str], WordsRead]) -> None:
    found = read("NdFeB magnets, Nd 24.1 Pr 6.2 Fe 67.9 B 1.0 Al 0.4 Cu 0.2, delivery KW 14/2026, HS 85051110")
    assert [found.said(span) for span in found.left] == []
    found = read("N42 magnets R31.5xr27 L40, OD40, 18x6x2.5 mm, D20*3")
    assert [found.said(span) for span in found.left] == []


@pytest.mark.parametrize("word", ["T72", "M16", "F35", "C5"])
def test_a_letter_and_a_number_may_name_something_else(read: Callable[[str], WordsRead], word: str) -> None:
    for text in (f"N42 magnets for {word}", f"N42 magnets, 2 x {word}", f"N42 magnets and 5 {word}"):
        found = read(text)
        assert word in [found.said(span) for span in found.left], text


@pytest.mark.parametrize("text", ["N42 magnets, 10 pcs, for F-16", "2x T-72 parts and N42 magnets"])
def test_a_letter_with_a_number_behind_a_hyphen_is_asked_about(read: Callable[[str], WordsRead], text: str) -> None:
    found = read(text)
    assert {found.said(span) for span in found.left} & {"F", "T"}


def test_the_letter_of_a_drawing_is_not_asked_about(read: Callable[[str], WordsRead]) -> None:
    found = read("N42 magnets, drawing A-102")
    assert "A" not in [found.said(span) for span in found.left]


def test_figures_of_two_deals_do_not_contradict_each_other(book: Rulebook) -> None:
    whole = folded("N38UH magnets, Dy 2.5 %\nN42SH magnets, Dy 1.1 %, Dy 1.1 %")
    cut = whole.flat.index("\n")
    assert [one.value for one in shares_in(book, whole, 0, cut).statements if one.fact == "dy_mass_share"] == [
        Interval(25_000_000, 25_000_000)
    ]
    both = shares_in(book, whole)
    assert not [one for one in both.statements if one.fact == "dy_mass_share"]
    assert both.notes == ("two different figures for dy_mass_share: neither is used",)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("10kA稀土熔盐电解槽 阳极电流密度0.8A/cm2", {"current": "10000", "anode_current_density": "0.8"}),
        ("取向成型压机 磁场强度≥1.8T", {"goods_kind": "magnet_field_press", "magnetic_induction": "1.8"}),
        ("Magnetfeldpresse, Flussdichte 2,2 Tesla", {"goods_kind": "magnet_field_press", "magnetic_induction": "2.2"}),
    ],
)
def test_words_for_parameters_name_no_other_item(
    read: Callable[[str], WordsRead], text: str, facts: dict[str, object]
) -> None:
    found = _facts(read, text)
    assert {name: found.get(name) for name in facts} == facts
    assert [read(text).said(span) for span in read(text).left] == []
