"""Deeds that the words describe without naming them, and words that only look like a deed."""

from __future__ import annotations

import pytest

from coercivity.data.values import SetValue
from coercivity.intake.words.read import WordsReader, words_reader
from coercivity.law.rules.rulebook import Rulebook

MAGNETS, SEPARATION = "magnetic_material_manufacturing", "smelting_separation"
METAL = "metal_smelting"


@pytest.fixture(name="read", scope="module")
def _read(book: Rulebook) -> WordsReader:
    return words_reader(book)


@pytest.mark.parametrize(
    ("text", "act", "stage"),
    [
        ("Could you tell us at what temperature you sinter the 45SH blocks?", "technology", MAGNETS),
        ("请告诉对方：反萃用几级、盐酸用几摩尔", "technology", SEPARATION),
        ("We press at 120 MPa, then sinter at 1075 C for 3 h. Good luck with your 38UH", "technology", MAGNETS),
        ("Contribution to the JV: our unpublished procedure for separating Nd and Pr", "technology", SEPARATION),
        ("把稀土电解槽的阳极间距计算表 excel 发给对方", "technology", METAL),
        ("Chinese operators run the rare earth separation plant in Vung Tau", "service", SEPARATION),
        ("派师傅到越南磁材厂换烧结炉加热器", "service", MAGNETS),
        ("our crew takes over the night shifts at the magnet factory", "service", MAGNETS),
        ("马来西亚稀土分离厂招工段长两名", "assistance", SEPARATION),
        ("slides for the public session: our parameters for grain boundary diffusion", "publication", MAGNETS),
    ],
)
def test_a_deed_without_its_name_is_read(read: WordsReader, text: str, act: str, stage: str) -> None:
    found = read(text).parts[0].facts
    assert found["act"] == act
    assert found["serves_stage" if act == "assistance" else "process_stage"] == stage


@pytest.mark.parametrize(
    "text",
    [
        "磁材厂修路用沥青 20 吨",
        "How hot can the sintered SmCo rings get in our pump?",
        "N38SH 磁钢能耐多少度，烧结的还是粘结的？",
        "operators run a marathon, magnet factory team shirt order 20 pcs",
        "Health check of employees at the magnet factory",
        "Take down the banner at the magnet plant",
        "招标编号 2026-11：稀土永磁真空烧结炉 2 台",
        "付款方式：保函，镝铁合金 2 吨",
        "unpublished photo of the magnet plant",
        "Gehaltsliste Excel Magnetwerk",
    ],
)
def test_a_word_that_describes_something_else_is_no_deed(read: WordsReader, text: str) -> None:
    acts = {part.facts.get("act") for part in read(text).parts}
    assert not acts & {"technology", "service", "assistance", "publication", "support_service"}


def test_the_nationality_that_is_said_goes_before_the_place(read: WordsReader) -> None:
    found = read("Chinese operators run the rare earth separation plant in Vung Tau until the staff is trained").parts[
        0
    ]
    assert found.facts["exporter_nationality"] == "CN"
    assert found.facts["line_service"] == SetValue(frozenset(("operation",)), complete=False)


def test_work_in_the_office_of_a_plant_leaves_the_stage_open(read: WordsReader) -> None:
    found = read("Repair of the air conditioning in the magnet plant office").parts[0].facts
    assert found["act"] == "service"
    assert "process_stage" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Seminar on export law for staff of the magnet plant",
        "磁材厂消防培训",
        "保安招聘 稀土分离厂",
        "Our technicians replace light bulbs at the magnet plant in Lahti",
        "hiring an accountant for the magnet plant in Vigo",
    ],
)
def test_what_every_works_has_is_no_stage_of_production(read: WordsReader, text: str) -> None:
    for part in read(text).parts:
        assert not {"process_stage", "serves_stage"} & set(part.facts)
        assert part.facts.get("act") in (None, "service")


def test_a_step_named_beside_it_is_what_counts(read: WordsReader) -> None:
    found = read("fire safety and grain boundary diffusion training for the staff of the magnet plant").parts[0].facts
    assert (found["act"], found["process_stage"]) == ("technology", MAGNETS)
