"""The cached parsed files of the rulebook on other jurisdictions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.law.rules import load
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.parsed import KEPT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packed rulebook that takes its place."""
    copied = Path(shutil.copytree(abroad_folder(), tmp_path / "abroad", ignore=shutil.ignore_patterns("__pycache__")))
    monkeypatch.setattr(load, "abroad_folder", lambda: copied)
    monkeypatch.setattr(load, "_loaded", load._loaded.__wrapped__)  # each call reads anew
    return copied


@pytest.mark.parametrize("code", ["", "US"])
def test_the_kept_files_give_the_same_law_and_nothing_is_parsed_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """For all jurisdictions and for one of them; one file serves both."""
    first = load.load_rulebook(folder, (), code)
    assert (folder / KEPT).is_file()
    monkeypatch.setattr("coercivity.law.rules.parsed.load_file", lambda path: pytest.fail(f"{path} was parsed again"))
    second = load.load_rulebook(folder, (), code)
    assert (second.content_hash, second.jurisdiction) == (first.content_hash, first.jurisdiction)
    assert second.instruments == first.instruments
    assert [(rule.id, rule.item, rule.when) for rule in second.rules] == [(r.id, r.item, r.when) for r in first.rules]
    assert load.load_rulebook(folder, (), "EU").instruments.keys().isdisjoint({"us-dfars-252-225-7052"})


def test_a_changed_file_is_read_anew(folder: Path) -> None:
    """What is kept goes by the hash of the pack."""
    before = load.load_rulebook(folder, (), "US").content_hash
    path = folder / "instruments" / "us-dfars-252-225-7052" / "instrument.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("(MAY 2024)", "(MAY 2025)"), encoding="utf-8")
    after = load.load_rulebook(folder, (), "US")
    assert after.content_hash != before
    assert after.instruments["us-dfars-252-225-7052"].number.endswith("(MAY 2025)")
