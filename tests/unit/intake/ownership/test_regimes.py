"""The ownership rules of the pack: whole, sourced, and checked when a pack is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import Faults
from coercivity.intake.ownership.regimes import FILE, check_regimes, packed_regimes, regimes_of
from coercivity.law.rules.load import law_folder, load_rulebook

BOOK = load_rulebook()


def test_every_rule_is_sourced_and_read_in_both_languages() -> None:
    regimes = regimes_of(BOOK).regimes
    assert [one.id for one in regimes] == ["cn_61_2025", "us_affiliates_rule", "cn_named_only"]
    assert all(one.source and one.name.zh and one.reading.zh for one in regimes)
    assert all(one.source_urls for one in regimes if one.threshold is not None)
    assert packed_regimes() == regimes_of(BOOK)


def test_no_list_counts_under_two_regimes_of_different_countries() -> None:
    chinese, american, _ = regimes_of(BOOK).regimes
    assert not set(chinese.lists) & {*american.lists, *american.perhaps_lists}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cn_control_list", "control_list"),
        ("Control-List", "control_list"),
        ("管控名单", "control_list"),
        ("CN_watch_list", "watch_list"),
        ("Entity List (EL) - Bureau of Industry and Security", "us_entity_list"),
        ("us_sdn", "us_sdn"),
        ("my own list", "my own list"),
    ],
)
def test_lists_by_their_names(text: str, name: str) -> None:
    assert packed_regimes().list_named(text) == name


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("clauses: [a61-2-list]", "clauses: [a61-2-lost]", "names clause 'a61-2-lost'"),
        ("clauses: listings", "clauses: []", "needs clauses, or events"),
        ("threshold: '0.5'", "threshold: '1.5'", "expected a share"),
        ("lists: [control_list, watch_list]", "lists: [control_list, watched]", "not described: watched"),
    ],
)
def test_a_faulty_file_is_noticed(old: str, new: str, says: str, tmp_path: Path) -> None:
    folder = tmp_path / "law"
    shutil.copytree(law_folder(), folder)
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = Faults()
    check_regimes(load_rulebook(folder), faults)
    assert says in " ".join(fault.what for fault in faults.items)


def test_a_pack_without_ownership_rules_has_none(tmp_path: Path) -> None:
    folder = tmp_path / "law"
    shutil.copytree(law_folder(), folder)
    (folder / FILE).unlink()
    assert regimes_of(load_rulebook(folder)).regimes == []


def test_the_pack_itself_has_no_fault() -> None:
    faults = Faults()
    check_regimes(BOOK, faults)
    assert not faults.items
