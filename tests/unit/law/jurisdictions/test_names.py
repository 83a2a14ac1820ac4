"""The instruments of one jurisdiction, and jurisdictions that do not exist."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import load_file
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.load import law_folder, load_rulebook


def test_the_rulebook_on_china_has_no_other_jurisdiction() -> None:
    """The other side lies in a place of its own, so the content and the hash of this rulebook are not touched."""
    assert {one.jurisdiction for one in load_rulebook().instruments.values()} == {"CN"}
    assert abroad_folder() not in [law_folder(), *law_folder().rglob("*")]


def test_each_jurisdiction_has_its_own_instruments_and_together_they_are_all() -> None:
    """No instrument is lost, none is in two jurisdictions, and the hash is that of the whole folder."""
    whole = load_rulebook(abroad_folder())
    parts = [load_rulebook(abroad_folder(), (), code) for code in whole.jurisdictions]
    names = [name for part in parts for name in part.instruments]
    assert sorted(names) == sorted(whole.instruments)
    assert {part.content_hash for part in parts} == {whole.content_hash}
    assert all(one.jurisdiction == part.jurisdiction for part in parts for one in part.instruments.values())


@pytest.mark.parametrize(
    ("code", "close"), [("USA", "US"), ("us", "US"), ("Europe", "EU"), ("European union", "EU"), ("欧盟", "EU")]
)
def test_a_jurisdiction_that_does_not_exist_is_an_error_with_the_nearest(code: str, close: str) -> None:
    """Codes and names, in any case."""
    with pytest.raises(CoercivityError) as caught:
        load_rulebook(abroad_folder(), (), code)
    (fault,) = caught.value.faults
    assert (fault.code, fault.nearest[0]) == ("JURISDICTION", close)


def test_an_instrument_of_a_jurisdiction_that_the_rulebook_does_not_list_is_an_error(tmp_path: Path) -> None:
    """Every such instrument is reported at once, each with its file."""
    folder = Path(shutil.copytree(abroad_folder(), tmp_path / "law"))
    for name, code in (("us-bis-affiliates", "UK"), ("eu-crma-2024-1252", "E")):
        path = folder / "instruments" / name / "instrument.yaml"
        old = load_file(path)["jurisdiction"]
        path.write_text(path.read_text(encoding="utf-8").replace(f"jurisdiction: {old}", f"jurisdiction: {code}"))
    with pytest.raises(CoercivityError) as caught:
        load_rulebook(folder)
    assert {(str(fault.where), fault.code) for fault in caught.value.faults} == {
        ("us-bis-affiliates/instrument.yaml, jurisdiction", "JURISDICTION"),
        ("eu-crma-2024-1252/instrument.yaml, jurisdiction", "JURISDICTION"),
    }


def test_shared_facts_are_those_of_the_rulebook_on_china() -> None:
    """Both rulebooks ask for act, form, magnet type and places in the same words, and know the same countries."""
    here, there = load_rulebook().catalogue, load_rulebook(abroad_folder()).catalogue
    shared = [name for name in there if name in here]
    assert shared == ["act", "form", "magnet_type", "from", "to"]
    assert [there[name] for name in shared] == [here[name] for name in shared]
    assert there.countries == here.countries
