"""The hash of the party lists covers every table that screening reads, in both readers of the law."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.rules.load import law_folder, load_rulebook

TABLES = ("name_words.csv", "parties.csv", "party_names.csv")


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(law_folder(), folder))


def test_both_readers_agree_on_the_hash() -> None:
    assert load_rulebook().parties_hash == read_raw_law(law_folder()).parties_hash


@pytest.mark.parametrize("name", TABLES)
def test_every_screened_table_changes_the_hash(tmp_path: Path, name: str) -> None:
    folder = _copy(tmp_path / "law")
    with (folder / name).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    changed = load_rulebook(folder).parties_hash
    assert changed == read_raw_law(folder).parties_hash
    assert changed != load_rulebook().parties_hash


def test_a_pack_without_other_names_has_a_hash_of_its_own(tmp_path: Path) -> None:
    folder = _copy(tmp_path / "law")
    (folder / "party_names.csv").unlink()
    assert load_rulebook(folder).parties_hash == read_raw_law(folder).parties_hash != load_rulebook().parties_hash
