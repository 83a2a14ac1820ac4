"""Contents of each list in the rulebook, and the conclusions they allow."""

from __future__ import annotations

import csv
import dataclasses
import re
import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import load_file
from coercivity.data.values import SetValue
from coercivity.intake.parties.lists import lists, sets_found
from coercivity.law.engine.derived_facts import LISTS
from coercivity.law.rules.load import law_folder

FOLDER = law_folder()
STATES = {state.list: state for state in lists(FOLDER)}


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
    """No packed list was held against a published one, and countermeasures are known to be held in part."""
    said = {name: state.completeness for name, state in STATES.items()}
    assert said == dict.fromkeys(LISTS, "unknown") | {"countermeasures": "partial"}


def test_notices_hold_as_many_names_as_they_state() -> None:
    """What the reasons say of the control and watch lists."""
    rows = list(csv.DictReader((FOLDER / "parties.csv").read_text(encoding="utf-8").splitlines()))
    counted = 0
    for notice in {row["instrument_id"] for row in rows}:
        title = load_file(FOLDER / "instruments" / notice / "instrument.yaml")["title_en"]
        if stated := re.match(r"\d+", title):
            assert sum(row["instrument_id"] == notice for row in rows) == int(stated[0]), notice
            counted += 1
    assert counted >= len(STATES["control_list"].notices) + len(STATES["watch_list"].notices)


def test_no_hit_leaves_the_sets_open() -> None:
    """As the lists stand, a search by name concludes nothing."""
    assert sets_found((), STATES.values()) == SetValue(frozenset(), complete=False)
    assert sets_found(["cl-2025-1"], STATES.values()) == SetValue(frozenset({"cl-2025-1"}), complete=False)


def test_only_a_complete_list_closes_its_sets() -> None:
    """A list that was not searched stays open; with all four complete, the sets are."""
    whole = [dataclasses.replace(state, completeness="complete") for state in STATES.values()]
    watch = next(state for state in whole if state.list == "watch_list")
    found = sets_found(["wl-2026-12"], [watch])
    assert (found.holds("wl-2026-12"), found.holds("wl-2026-28"), found.holds("cl-2025-1")) == (True, False, None)
    assert sets_found((), whole).complete
    assert not sets_found((), whole[1:]).complete


def copied(folder: Path, states: str | None) -> Path:
    """A law pack with another description of its lists."""
    shutil.copytree(FOLDER, folder / "law")
    path = folder / "law" / "lists.yaml"
    if states is None:
        path.unlink()
    else:
        path.write_text(states, encoding="utf-8")
    return folder / "law"


def test_a_pack_that_says_nothing_of_its_lists(tmp_path: Path) -> None:
    """Not known, and it says so."""
    found = lists(copied(tmp_path, None))
    assert {state.completeness for state in found} == {"unknown"}
    assert "does not say" in found[0].reason["en"]


@pytest.mark.parametrize(
    ("states", "codes"),
    [
        ("nolist: {completeness: complete, reason: {en: x}}", ["LIST-UNKNOWN"]),
        (
            "watch_list: {completeness: nearly, reason: {en: x}}\ncontrol_list: {completeness: partial}",
            ["VALUE", "KEY-MISSING"],
        ),
        ("[watch_list]", ["LIST-FORM"]),
    ],
)
def test_faults_are_told_together(tmp_path: Path, states: str, codes: list[str]) -> None:
    """All of one file."""
    with pytest.raises(CoercivityError) as caught:
        lists(copied(tmp_path, states))
    assert [fault.code for fault in caught.value.faults] == codes
