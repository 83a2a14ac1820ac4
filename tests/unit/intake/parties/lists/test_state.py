"""Contents of each list in the rulebook, and the conclusions they allow."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import load_file
from coercivity.data.values import SetValue
from coercivity.intake.parties.lists.state import lists
from coercivity.intake.parties.screening import NAMED, Screening
from coercivity.law.engine.derived_facts import settled
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.law.rules.party_lists import LISTS

FOLDER, BOOK = law_folder(), load_rulebook()
STATES = {state.list: state for state in lists(BOOK)}


def test_every_list_of_the_law_is_described() -> None:
    """With its entries, version, days and the reason of its completeness, and all entries are counted."""
    assert tuple(STATES) == LISTS
    rows = list(csv.DictReader((FOLDER / "parties.csv").read_text(encoding="utf-8").splitlines()))
    assert sum(state.entries for state in STATES.values()) == len(rows)
    for state in STATES.values():
        assert state.entries >= state.parties > 0
        assert state.version == load_file(FOLDER / "pack.yaml")["version"]
        assert state.checked_through_on is not None
        assert state.checked_through_on <= state.announcements_through_on
        assert {"en", "zh"} <= set(state.reason)


def test_completeness_is_stated_as_it_is() -> None:
    """Three lists were compared with other copies on a stated day; countermeasures are known to be held in part."""
    said = {name: state.completeness for name, state in STATES.items()}
    assert said == dict.fromkeys(LISTS, "complete") | {"countermeasures": "partial"}
    assert all(state.as_of_on is not None for state in STATES.values())


def test_notices_hold_as_many_names_as_they_state() -> None:
    """What the reasons say of the control and watch lists. Other names of a party are in a table of their own."""
    rows = list(csv.DictReader((FOLDER / "parties.csv").read_text(encoding="utf-8").splitlines()))
    counted = 0
    for notice in {row["instrument_id"] for row in rows}:
        title = load_file(FOLDER / "instruments" / notice / "instrument.yaml")["title_en"]
        if stated := re.match(r"\d+", title):
            assert sum(row["instrument_id"] == notice for row in rows) == int(stated[0]), notice
            counted += 1
    assert counted >= len(STATES["control_list"].notices) + len(STATES["watch_list"].notices)


def sets(names: Mapping[str, str], stated: SetValue | None = None) -> SetValue | None:
    """The party sets of a deal after the screening of its names."""
    screening = Screening(BOOK)
    found = {name: screening.found(name, names.get(name)) for name in NAMED}
    (value, _), _ = screening.sets((stated, "deal"), found, None)
    assert value is None or isinstance(value, SetValue)
    return value


BOTH = {"consignee": "Hofmann Antriebe GmbH", "end_user": "Hofmann Antriebe GmbH"}


def test_a_miss_settles_the_notices_that_are_included() -> None:
    """Of both parties: every included notice is lacked, only those not included are open."""
    found = sets(BOTH)
    assert found is not None
    assert {name for name in BOOK.party_sets if found.holds(name) is None} == {"cm-other"}
    assert [name for name in LISTS if settled(BOOK, found, name)] == [n for n in LISTS if n != "countermeasures"]


def test_a_party_that_is_not_named_settles_nothing() -> None:
    """The control list binds importers and end users, so both have to be known."""
    assert sets({"consignee": "Hofmann Antriebe GmbH"}) is None
    assert sets({"end_user": "Hofmann Antriebe GmbH"}) is None
    assert sets({**BOTH, "end_user": "to be confirmed"}) is None


def test_a_similar_name_keeps_its_notices_open() -> None:
    """All of the notices that list the party that may be meant, and no other."""
    found = sets({**BOTH, "end_user": "Genral Dynamics"})
    assert found is not None
    assert found.holds("cl-2025-1") is None
    assert found.holds("wl-2026-28") is False


def test_a_hit_and_a_miss_stand_beside_each_other() -> None:
    """A party on one list is not on the others."""
    found = sets({**BOTH, "end_user": "General Dynamics"})
    assert found is not None
    assert found.holds("cl-2025-1") is True
    assert found.holds("wl-2026-28") is False


def copied(folder: Path, states: str | None) -> Path:
    """A law pack with another description of its lists."""
    shutil.copytree(FOLDER, folder / "law")
    path = folder / "law" / "lists.yaml"
    shutil.rmtree(folder / "law" / "instruments" / "npc-afsl-2021")  # it speaks of a set that lists.yaml names
    if states is None:
        path.unlink()
    else:
        path.write_text(states, encoding="utf-8")
    return folder / "law"


def test_a_pack_that_says_nothing_of_its_lists(tmp_path: Path) -> None:
    """Not known, and it says so."""
    found = lists(load_rulebook(copied(tmp_path, None)))
    assert {state.completeness for state in found} == {"unknown"}
    assert "does not say" in found[0].reason["en"]


@pytest.mark.parametrize(
    ("states", "codes"),
    [
        ("nolist: {completeness: unknown, reason: {en: x}}", ["LIST-UNKNOWN"]),
        ("watch_list: {completeness: partial, reason: {en: x}}", ["LIST-FORM"]),
        (
            "watch_list: {completeness: nearly, reason: {en: x}}\ncontrol_list: {completeness: partial}",
            ["VALUE", "KEY-MISSING"],
        ),
        ("[watch_list]", ["LIST-FORM"]),
        ("watch_list: {completeness: complete, reason: {en: x}}", ["LIST-DAY"]),
        ("watch_list: {completeness: complete, as_of: yesterday, reason: {en: x}}", ["VALUE"]),
    ],
)
def test_faults_are_told_together(tmp_path: Path, states: str, codes: list[str]) -> None:
    """All of one file."""
    with pytest.raises(CoercivityError) as caught:
        load_rulebook(copied(tmp_path, states))
    assert [fault.code for fault in caught.value.faults] == codes
