"""Words of goods: every line of the lexicon loads, none contradicts another, and terms state what the trade means."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from coercivity.base.errors import Faults
from coercivity.data.values import SetValue
from coercivity.intake.words.lexicon.entries import Entry, read_entries
from coercivity.intake.words.lexicon.terms import FOLDER, key_of
from coercivity.law.rules.load import law_folder, load_rulebook

FILES = (
    "magnets",
    "materials",
    "machines",
    "machine_parts",
    "other_goods",
    "traps",
    "goods_attributes",
    "goods_uses",
    "goods_grammar",
    "goods_neutral",
)
MOST_LINES = 400
EQUIPMENT, PART = {"form": "equipment"}, {"form": "equipment_part"}
NDFEB, SMCO = {"magnet_type": {"NdFeB"}}, {"magnet_type": {"SmCo"}}
# Terms, their role, and what they state where nothing stands beside them.
TERMS = [
    ("Dauermagnet", "item", {"form": "magnet"}),
    ("磁瓦", "item", {"form": "magnet"}),
    ("neodymium magnet", "item", {"form": "magnet", **NDFEB}),
    ("钕铁硼", "family", NDFEB),
    ("Sm2Co17", "family", SMCO),
    ("VACOMAX", "item", {"form": "magnet", **SMCO}),
    ("CeFeB", "family", {"magnet_type": {"Ce_magnet"}}),
    ("钐铁氮磁粉", "item", {"form": "magnet_powder", "magnet_type": {"SmFeN"}}),
    ("MQP powder", "item", {"form": "magnet_powder", **NDFEB}),
    ("Hartferrit", "family", {"magnet_type": {"ferrite"}}),
    ("Haftmagnet", "item", {"form": "assembly"}),
    ("マグネットカップリング", "item", {"form": "assembly"}),
    ("NdFeB-Schrott", "item", {"form": "scrap", **NDFEB}),
    ("Schleifschlamm", "item", {"form": "scrap"}),
    ("炉渣", "item", {"form": "scrap"}),
    ("spent FCC catalyst", "item", {"form": "scrap"}),
    ("fluorescent lamp scrap", "item", {"form": "scrap"}),
    ("NiMH-Altbatterien", "item", {"form": "scrap"}),
    ("mixed rare earth carbonate", "item", {"form": "compound"}),
    ("chloride liquor", "item", {"form": "compound"}),
    ("碳酸稀土", "item", {"form": "compound"}),
    ("Oxid", "substance", {"form": "oxide"}),
    ("didymium metal", "substance", {"form": "metal"}),
    ("DyFe80", "item", {"form": "alloy", "alloy_system": "DyFe"}),
    ("速凝片", "item", {"form": "alloy"}),
    ("Sputtertarget", "item", {"form": "target"}),
    ("monazite sand", "item", {"form": "ore", "goods_kind": "rare_earth_ore"}),
    ("tailings", "item", {"form": "ore"}),
    ("LED phosphor", "item", {
        "form": "functional_material", "goods_kind": "phosphor", "material_function": "luminescent"}),
    ("掺镱光纤", "item", {"form": "functional_material", "material_function": "optical_fibre"}),
    ("washcoat", "item", {"goods_kind": "catalyst"}),
    ("polishing powder", "item", {"goods_kind": "other"}),
    ("uncoated monolith", "item", {"form": "component"}),
    ("P204", "item", {"form": "reagent", "goods_kind": "rare_earth_extractant"}),
    ("Hydroxamat", "item", {
        "form": "reagent", "goods_kind": "flotation_reagent", "collector_type": "hydroxamic_acid"}),
    ("Bandgießanlage", "item", {**EQUIPMENT, "goods_kind": "strip_casting_furnace"}),
    ("氢碎炉", "item", {**EQUIPMENT, "goods_kind": "hydrogen_decrepitation_furnace"}),
    ("Strahlmühle", "item", {**EQUIPMENT, "goods_kind": "magnet_jet_mill"}),
    ("alignment press", "item", {**EQUIPMENT, "goods_kind": "magnet_field_press", "magnetising_field": True}),
    ("Kaltisostatpresse", "item", {**EQUIPMENT, "goods_kind": "magnet_cold_isostatic_press"}),
    ("焼結炉", "item", {**EQUIPMENT, "goods_kind": "magnet_vacuum_sintering_furnace"}),
    ("Mehrdrahtsäge", "item", {
        **EQUIPMENT, "goods_kind": "magnet_machining_machine", "machine_kind": "multi_wire_saw"}),
    ("渗镝炉", "item", {
        **EQUIPMENT, "goods_kind": "grain_boundary_diffusion_equipment", "machine_kind": "vacuum_diffusion_furnace"}),
    ("Mischabsetzer", "item", {**EQUIPMENT, "goods_kind": "rare_earth_extraction_tank"}),
    ("centrifugal contactor", "item", {**EQUIPMENT, "goods_kind": "rare_earth_centrifugal_extractor"}),
    ("虹吸炉", "item", {
        **EQUIPMENT, "goods_kind": "rare_earth_electrolysis_equipment", "machine_kind": "siphon_furnace_system"}),
    ("CZ puller", "item", {**EQUIPMENT, "goods_kind": "czochralski_furnace"}),
    ("Schachtofen", "item", {**EQUIPMENT, "goods_kind": "recycling_shaft_kiln"}),
    ("Magnetisiergerät", "item", EQUIPMENT),
    ("充磁机", "item", EQUIPMENT),
    ("Helmholtzspule", "item", {**EQUIPMENT, "goods_kind": "instrument"}),
    ("铜辊", "item", {**PART, "goods_kind": "strip_casting_furnace_part", "part_kind": "copper_roller"}),
    ("hydrogen manifold", "item", {
        **PART, "goods_kind": "hydrogen_decrepitation_furnace_part", "part_kind": "hydrogen_manifold"}),
    ("Kippwinkelregler", "item", {
        **PART, "goods_kind": "strip_casting_furnace_part", "part_kind": "tilt_angle_controller"}),
    ("Heizelement", "item", PART),
    ("モータ", "item", {"form": "finished_good", "goods_kind": "motor"}),
    ("Läufer", "item", {"form": "assembly", "goods_kind": "rotor_or_stator"}),
    ("耳机", "item", {"form": "finished_good", "goods_kind": "electronic_product"}),
    ("umspritzt", "attribute", {"moulded": True}),
    ("未焙烧", "attribute", {"calcined": False}),
    ("nur für Transport", "attribute", {"to_be_separated": True}),
    ("Lüfterrad", "attribute", {"integrated_parts": {"fan"}}),
    ("无人机", "use", {"drone_item": True}),
    ("Lenkflugkörper", "use", {"military_use": True}),
    ("zivile Nutzung", "neutral", {}),
    ("Magnetrührer", "other_item", {"goods_kind": "other"}),
    ("电磁阀", "other_item", {"goods_kind": "other"}),
    ("soft ferrite", "other_item", {"goods_kind": "other"}),
    ("superconducting magnet", "other_item", {}),
]  # fmt: skip
# Letters that are elements, and words that may name goods, weapons or a purpose, are never without meaning.
MEANINGFUL = [
    "Ce",
    "In",
    "W",
    "Mo",
    "Y",
    "Dy",
    "Er",
    "Ho",
    "La",
    "B",
    "Co",
    "Al",
    "Cu",
    "part",
    "parts",
    "motor",
    "magnet",
    "powder-metal",
    "drone",
    "missile",
    "war",
    "tank",
    "shell",
    "radar",
    "stator",
    "oxide",
    "metal",
    "alloy",
    "titanium",
    "军",
    "武器",
    "弹",
    "稀土",
    "核",
]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    faults = Faults()
    catalogue = load_rulebook().catalogue
    found: list[Entry] = []
    for name in FILES:
        path = Path(law_folder()) / FOLDER / f"{name}.csv"
        found += read_entries(catalogue, path.read_text(encoding="utf-8"), path.name, faults)
    assert [str(fault) for fault in faults.items] == []
    return found


@pytest.fixture(scope="module")
def by_key(entries: list[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for term in entry.terms:
            if entry not in found[key_of(term)]:
                found[key_of(term)].append(entry)
    return found


def _stated(entry: Entry) -> dict[str, object]:
    return {name: set(value.has) if isinstance(value, SetValue) else value for name, value in entry.states.items()}


def _beside(entry: Entry) -> bool:
    """Whether a meaning holds only beside other words."""
    return "weak" in entry.cues or "part_of" in entry.cues or entry.strength == "suggested"


def test_every_file_holds_lines_and_none_is_long(entries: list[Entry]) -> None:
    named = {entry.where.split(":")[0] for entry in entries}
    assert named == {f"{name}.csv" for name in FILES}
    for name in FILES:
        path = Path(law_folder()) / FOLDER / f"{name}.csv"
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES, name


def test_no_two_lines_of_a_role_state_different_things(by_key: dict[str, list[Entry]]) -> None:
    clashes = {}
    for key, held in by_key.items():
        alone = [entry for entry in held if not _beside(entry)]
        meant = {(entry.role, repr(_stated(entry)), entry.cues.get("element", "")) for entry in alone}
        if len(meant) > len({entry.role for entry in alone}):
            clashes[key] = [entry.where for entry in alone]
    assert clashes == {}


def test_what_is_only_suggested_says_why(entries: list[Entry]) -> None:
    assert [entry.where for entry in entries if entry.strength == "suggested" and not entry.reason] == []


def test_elements_of_cues_are_elements(entries: list[Entry]) -> None:
    partners = {"Al", "Mg", "Ni", "Cu", "Fe", "Co"}
    known = {str(value) for value in load_rulebook().catalogue["elements"].values} | partners
    named = {part for entry in entries for part in entry.cues.get("element", "").split("+") if part}
    assert named <= known


@pytest.mark.parametrize(("term", "role", "states"), TERMS)
def test_common_terms(by_key: dict[str, list[Entry]], term: str, role: str, states: dict[str, object]) -> None:
    held = [entry for entry in by_key.get(key_of(term), []) if entry.role == role]
    assert held, f"{term} is no {role}"
    assert _stated(held[0]) == states


@pytest.mark.parametrize("word", MEANINGFUL)
def test_words_that_may_mean_something_are_not_neutral(by_key: dict[str, list[Entry]], word: str) -> None:
    assert [entry.where for entry in by_key.get(key_of(word), []) if entry.role == "neutral"] == []


def test_a_term_of_delivery_is_no_press(by_key: dict[str, list[Entry]]) -> None:
    assert [entry.where for entry in by_key.get(key_of("CIP"), []) if entry.role == "item"] == []
    assert [entry.states["goods_kind"] for entry in by_key[key_of("CIP-Presse")]] == ["magnet_cold_isostatic_press"]


def test_a_named_grade_of_magnets_never_states_dysprosium_or_terbium(entries: list[Entry]) -> None:
    named = [e for e in entries if e.role in ("item", "family") and "magnet_type" in e.states]
    assert named
    assert [e.where for e in named if {"Dy", "Tb"} & set(e.cues.get("element", "").split("+"))] == []
