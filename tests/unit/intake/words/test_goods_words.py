"""Texts about goods: the item, its family and its parts, read from the words of the trade."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.read import words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.law.rules.load import load_rulebook

FURNACE_PART = {"form": "equipment_part", "goods_kind": "hydrogen_decrepitation_furnace_part"}
MAGNET = {"form": "magnet", "magnet_type": {"NdFeB"}, "elements": {"Nd"}}
TEXTS = [
    ("200 x segment magnets, sintered NdFeB, 38UH, parylene", MAGNET),
    ("Flachmagnete Neodym, selbstklebend, 900 Stk", MAGNET),
    ("N42SH, 300 kg", MAGNET),
    ("MQP-15-7 isotropic powder, 2 drums", {"form": "magnet_powder", "magnet_type": {"NdFeB"}, "elements": {"Nd"}}),
    ("磁性传感器 塑封 含钐钴磁钢", {
        "form": "component", "goods_kind": "sensor", "magnet_type": {"SmCo"}, "elements": {"Sm"}, "moulded": True}),
    ("Topfmagnete mit Gewinde, Samarium-Kobalt", {
        "form": "assembly", "magnet_type": {"SmCo"}, "elements": {"Sm"}}),
    ("Läufer kpl. mit Ferritmagneten, Welle und Lüfterrad montiert", {
        "form": "assembly", "goods_kind": "rotor_or_stator", "magnet_type": {"ferrite"},
        "integrated_parts": {"shaft", "fan"}}),
    ("Altmagnete aus Windkraftgeneratoren, NdFeB, 4 t", {
        "form": "scrap", "magnet_type": {"NdFeB"}, "elements": {"Nd"}}),
    ("废旧永磁电机转子 20吨", {"form": "scrap"}),
    ("spent NiMH cells, 3 t", {"form": "scrap"}),
    ("terbium metal 99.9%", {"form": "metal", "elements": {"Tb"}}),
    ("SmCo alloy ingot", {"form": "alloy", "alloy_system": "SmCo", "elements": {"Sm"}}),
    ("Scandium-Aluminium-Vorlegierung, Barren", {"form": "alloy", "alloy_system": "ScAl", "elements": {"Sc"}}),
    ("Dysprosium-Barren, 20 kg", {"form": "metal", "elements": {"Dy"}}),
    ("Monazitsand in Big Bags", {"form": "ore", "goods_kind": "rare_earth_ore"}),
    ("Ce0.7Zr0.25Pr0.05O2 washcoat powder, calcined", {
        "goods_kind": "catalyst", "elements": {"Ce", "Pr"}, "calcined": True}),
    ("hydrogen valve DN40 for HD furnace", {**FURNACE_PART, "part_kind": "valve"}),
    ("氢碎炉 阀门 备件", {**FURNACE_PART, "part_kind": "valve"}),
    ("gate valve DN40, stainless", {"form": "component"}),
    ("heating elements for vacuum sintering furnace", {"form": "equipment_part"}),
    ("rectifier 9 kA, water cooled", {"form": "equipment"}),
    ("Drahtsäge zum Trennen von NdFeB-Blöcken", {
        "form": "equipment", "goods_kind": "magnet_machining_machine", "machine_kind": "multi_wire_saw"}),
    ("pulse magnetiser with fixture", {"form": "equipment"}),
    ("氧化钬 99.95% 激光晶体用", {"form": "oxide", "elements": {"Ho"}}),
    ("稀土抛光粉 氧化铈 1.5微米 10吨", {"goods_kind": "other", "elements": {"Ce"}}),
    ("glass fibre cloth, 40 rolls", {}),
    ("Ho-doped fibre, 15 m", {
        "form": "functional_material", "material_function": "optical_fibre", "elements": {"Ho"}}),
]  # fmt: skip


@pytest.fixture(scope="module")
def read() -> Callable[[str], WordsRead]:
    return words_reader(load_rulebook())


def told(value: FactValue) -> object:
    return set(value.has) if isinstance(value, SetValue) else value


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_words_name_the_item(read: Callable[[str], WordsRead], text: str, expected: dict[str, object]) -> None:
    found = read(text)
    assert len(found.parts) <= 1
    got = {name: told(value) for part in found.parts for name, value in part.facts.items()}
    assert {name: got.get(name) for name in expected} == expected
    unsaid = {"form", "goods_kind", "machine_kind", "part_kind", "magnet_type", "alloy_system"} - set(expected)
    assert {name: value for name, value in got.items() if name in unsaid} == {}


@pytest.mark.parametrize(
    "text",
    [
        "10 servo motors and 200 NdFeB magnets N42SH",
        "10 Servomotoren, 200 NdFeB-Magnete N42SH",
        "magnet wire 200 kg, NdFeB magnets 300 pcs",
        "2 copper wheels and a strip casting furnace",
    ],
)
def test_two_items_never_pass_as_one(read: Callable[[str], WordsRead], text: str) -> None:
    found = read(text)
    assert found.held or len(found.parts) > 1


@pytest.mark.parametrize(
    "text",
    [
        "solenoid valve 24 V",
        "Magnetrührer 5 Stück",
        "铁氧体磁芯 EE25",
        "neon sign, pink",
        "磁条读卡器 USB",
        "変圧器 100kVA",
    ],
)
def test_what_only_sounds_like_a_magnet_is_none(read: Callable[[str], WordsRead], text: str) -> None:
    got = {name: value for part in read(text).parts for name, value in part.facts.items()}
    assert not set(got) & {"magnet_type", "elements"}
    assert got.get("form") not in ("magnet", "magnet_powder", "alloy")


def test_a_grade_is_no_magnet_where_another_thing_may_be_the_item(read: Callable[[str], WordsRead]) -> None:
    assert [part.facts["form"] for part in read("N42SH 20x10x5, 300 pcs").parts] == ["magnet"]
    for text in ("10 servo motors and 200 magnets N42SH", "motor bracket N42SH"):
        assert [part.facts.get("form") for part in read(text).parts] == [None]


def test_elements_of_words_are_never_a_closed_list(read: Callable[[str], WordsRead]) -> None:
    for text in ("terbium metal 99.9%", "Nd2O3 99 %", "NdFeB magnets", "didymium oxide"):
        held = [part.facts["elements"] for part in read(text).parts]
        assert held
        assert all(isinstance(value, SetValue) and not value.complete for value in held)


def test_civil_use_states_nothing(read: Callable[[str], WordsRead]) -> None:
    got = {name for part in read("NdFeB magnets N38 for civil use, not for military use").parts for name in part.facts}
    assert got == {"form", "magnet_type", "elements"}
