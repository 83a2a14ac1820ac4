"""In lists of parts the magnet stands before the machine; types of makers beside ordinary things say nothing."""

from __future__ import annotations

import pytest

from coercivity.intake.words.read import left_words, words_reader
from coercivity.law.rules.rulebook import Rulebook


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Magnetsegmente Servomotor", "magnet"),
        ("Ringmagnet Lautsprecher", "magnet"),
        ("Sekundärteil Linearmotor (Magnetplatte) 400 mm", "assembly"),
        ("Rotor Servomotor", "assembly"),
        ("ring magnet speaker", "finished_good"),
        ("permanent magnet motor", "finished_good"),
        ("external rotor motor", "finished_good"),
    ],
)
def test_a_part_before_its_machine_is_the_item(book: Rulebook, text: str, form: str) -> None:
    assert words_reader(book)(text).parts[0].facts.get("form") == form


@pytest.mark.parametrize("text", ["Zylinderrollenlager NU 208", "Hex bolts M10 x 60", "Pneumatikzylinder DNC-50-100"])
def test_the_type_of_an_ordinary_thing_is_no_word(book: Rulebook, text: str) -> None:
    assert not left_words(words_reader(book)(text))


@pytest.mark.parametrize("text", ["hex bolts for MQ-9", "bolts for M16", "MQ-9 bolts"])
def test_what_a_thing_is_for_stays_a_word(book: Rulebook, text: str) -> None:
    assert left_words(words_reader(book)(text)) or "military_use" in words_reader(book)(text).parts[0].facts


@pytest.mark.parametrize("word", ["f.", "für"])
def test_work_added_with_a_plus_sign_is_no_purpose(book: Rulebook, word: str) -> None:
    found = words_reader(book)(f"Vakuum-Sinterofen {word} NdFeB + Zeichnungssatz + Monteur 10 Tage")
    assert {part.facts.get("act") for part in found.parts} >= {"goods", "technology"}


@pytest.mark.parametrize(
    ("text", "form"), [("纸箱", "finished_good"), ("2纸箱 氧化镝", "oxide"), ("纸箱装钕铁硼磁钢500片", "magnet")]
)
def test_a_box_is_the_item_only_if_nothing_is_in_it(book: Rulebook, text: str, form: str) -> None:
    assert words_reader(book)(text).parts[0].facts.get("form") == form
