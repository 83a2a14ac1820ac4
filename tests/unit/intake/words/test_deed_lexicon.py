"""Words of what is done: every line of the lexicon loads, none contradicts another, and common terms mean what the trade means."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from coercivity.base.errors import Faults
from coercivity.data.values import SetValue
from coercivity.intake.words.lexicon.entries import Entry, read_entries
from coercivity.intake.words.lexicon.terms import FOLDER, key_of
from coercivity.law.rules.load import law_folder, load_rulebook

FILES = ("technology", "services", "people", "publication", "support", "routes", "processes", "sites", "letters")
MAGNETS, SEPARATION, METAL = "magnetic_material_manufacturing", "smelting_separation", "metal_smelting"
RECYCLING = "secondary_resource_recycling"
# Terms, their role, and what they state or cue; a cue `weak` means that the word alone says nothing.
TERMS = [
    ("Rezeptur", "carrier", {}, {}),
    ("sintering curve", "carrier", {}, {"stage": MAGNETS}),
    ("烧结曲线", "carrier", {}, {"stage": MAGNETS}),
    ("皂化度", "carrier", {}, {"stage": SEPARATION}),
    ("Badzusammensetzung", "carrier", {}, {"stage": METAL}),
    ("作業標準書", "carrier", {}, {}),
    ("source code", "carrier", {}, {}),
    ("virtual data room", "carrier", {}, {}),
    ("know-how licence", "carrier", {}, {}),
    ("drawing", "carrier", {}, {"weak": "yes"}),
    ("Datenblatt", "carrier", {}, {"weak": "yes", "kind": "product"}),
    ("drawing no", "neutral", {}, {}),
    ("nach Zeichnung", "neutral", {}, {}),
    ("PCT application", "carrier", {"patent_filing": True}, {}),
    ("专利申请", "carrier", {"patent_filing": True}, {}),
    ("patent licence", "carrier", {}, {}),
    ("Lehrbuch", "carrier", {"public_domain": True}, {}),
    ("基础研究", "carrier", {"basic_research": True}, {}),
    ("Schulung", "teach", {}, {}),
    ("工場見学", "teach", {}, {"kind": "visit"}),
    ("visit", "teach", {}, {"kind": "visit", "weak": "yes"}),
    ("Inbetriebnahme", "service", {"line_service": {"commissioning"}}, {}),
    ("试车", "service", {"line_service": {"commissioning"}}, {}),
    ("試運転", "service", {"line_service": {"commissioning"}}, {}),
    ("re-erection", "service", {"line_service": {"assembly"}}, {}),
    ("calibration", "service", {"line_service": {"maintenance"}}, {}),
    ("warranty repair", "service", {"line_service": {"repair"}}, {}),
    ("扩产改造", "service", {"line_service": {"upgrade"}}, {}),
    ("toll operation", "service", {"line_service": {"operation"}}, {}),
    ("Fernwartung", "service", {}, {"kind": "remote"}),
    ("assembly", "service", {"line_service": {"assembly"}}, {"weak": "yes"}),
    ("consultant", "person", {}, {}),
    ("Chinese consultant", "person", {}, {"people": "CN"}),
    ("招聘", "person", {}, {}),
    ("Sacheinlage", "person", {}, {"kind": "capital"}),
    ("shareholder loan", "person", {}, {}),
    ("loan", "person", {}, {"kind": "lend", "weak": "yes"}),
    ("Monteur", "people", {}, {}),
    ("PRC citizen", "people", {}, {"people": "CN"}),
    ("中国籍", "people", {}, {"people": "CN"}),
    ("preprint", "publish", {}, {}),
    ("拟投稿", "publish", {}, {}),
    ("website", "publish", {}, {"weak": "yes"}),
    ("代理报关", "support", {"support_kinds": {"customs_declaration"}}, {}),
    ("Transportversicherung", "support", {"support_kinds": {"finance"}}, {}),
    ("代寄", "support", {"support_kinds": {"delivery"}}, {}),
    ("air freight", "support", {"support_kinds": {"freight"}}, {"weak": "yes"}),
    ("end-use check", "check", {}, {}),
    ("境外核查", "check", {}, {}),
    ("re-export", "route", {"act": "reexport"}, {}),
    ("进入保税区", "route", {"to_zone": True}, {}),
    ("ab Zolllager", "route", {"from_zone": True}, {}),
    ("ATA carnet", "route", {"certificate_case": "exhibition_abroad"}, {}),
    ("维修后复运出境", "route", {"certificate_case": "repair_in_china_return"}, {}),
    ("Chinese-origin", "route", {"origin": "CN"}, {}),
    ("solvent extraction", "process", {}, {"stage": SEPARATION}),
    ("Schmelzflusselektrolyse", "process", {}, {"stage": METAL}),
    ("晶界扩散", "process", {}, {"stage": MAGNETS}),
    ("原地浸矿", "process", {}, {"stage": "mining"}),
    ("Magnetrecycling", "process", {}, {"stage": RECYCLING}),
    ("casting", "process", {}, {"stage": MAGNETS, "weak": "yes"}),
    ("電解工場", "site", {}, {"stage": METAL}),
    ("Motorenwerk", "site", {}, {"stage": "none"}),
    ("磁材厂", "site", {}, {"stage": MAGNETS}),
    ("free of charge", "neutral", {}, {}),
    ("w-ith", "", {}, {}),
]
# Words that may name goods, persons, places, weapons or know-how are never without meaning.
MEANINGFUL = ("war", "arms", "mine", "tank", "target", "gun", "shell", "battery", "drone", "missile", "military", "recipe", "magnet",
              "engineer", "Chinese", "China", "patent", "furnace", "Waffe", "Rakete", "Panzer", "军", "军用", "导弹", "武器", "磁", "稀土",
              "Er", "Y", "no", "with", "for", "und", "US", "UN", "part", "spare part", "software", "radar", "核")  # fmt: skip


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    faults = Faults()
    catalogue = load_rulebook().catalogue
    found: list[Entry] = []
    for name in FILES:
        path = Path(law_folder()) / FOLDER / f"{name}.csv"
        found += read_entries(catalogue, path.read_text(encoding="utf-8"), path.name, faults)
    faults.raise_if_any()
    return found


@pytest.fixture(scope="module")
def by_key(entries: list[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for term in entry.terms:
            found[key_of(term)].append(entry)
    return found


def test_every_file_holds_lines(entries: list[Entry]) -> None:
    named = {entry.where.split(":")[0] for entry in entries}
    assert named == {f"{name}.csv" for name in FILES}


def test_a_term_means_one_thing_in_these_files(by_key: dict[str, list[Entry]]) -> None:
    twice = {key: [entry.where for entry in held] for key, held in by_key.items() if len({e.where for e in held}) > 1}
    meant = {
        key: where
        for key, where in twice.items()
        if len(
            {(e.role, repr(sorted(e.states.items())), repr(sorted(e.cues.items())), e.strength) for e in by_key[key]}
        )
        > 1
    }
    assert meant == {}


def test_what_is_only_suggested_says_why(entries: list[Entry]) -> None:
    assert [entry.where for entry in entries if entry.strength == "suggested" and not entry.reason] == []


def test_stages_and_countries_of_cues_are_values_of_the_catalogue(entries: list[Entry]) -> None:
    stages = {str(value) for value in load_rulebook().catalogue["process_stage"].values}
    assert {entry.cues["stage"] for entry in entries if "stage" in entry.cues} <= stages
    assert {entry.cues["people"] for entry in entries if "people" in entry.cues} == {"CN"}
    assert {entry.cues["weak"] for entry in entries if "weak" in entry.cues} == {"yes"}


@pytest.mark.parametrize(("term", "role", "states", "cues"), TERMS)
def test_common_terms(
    by_key: dict[str, list[Entry]], term: str, role: str, states: dict[str, object], cues: dict[str, str]
) -> None:
    held = by_key.get(key_of(term), [])
    if not role:
        assert held == []
        return
    assert [entry.role for entry in held][:1] == [role]
    told = {name: set(value.has) if isinstance(value, SetValue) else value for name, value in held[0].states.items()}
    assert told == states
    assert dict(held[0].cues) == cues


@pytest.mark.parametrize("word", MEANINGFUL)
def test_words_that_may_mean_something_are_not_neutral(by_key: dict[str, list[Entry]], word: str) -> None:
    assert [entry.where for entry in by_key.get(key_of(word), []) if entry.role == "neutral"] == []
