"""Long names whose first words are written as their first letters."""

from __future__ import annotations

import pytest

from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.intake.parties.results import Asked
from coercivity.intake.parties.screener import Screener

HELD = Screener([NamedList("own", (ListEntry("e", "own", (EntryName("Zelkowa Heavy Industries Shipbuilding Co."),)),))])


@pytest.mark.parametrize(
    "written", ["ZHI Shipbuilding Co., Ltd.", "Z.H.I. Shipbuilding", "ZH Industries Shipbuilding", "zhi shipbuilding"]
)
def test_the_first_words_may_be_letters(written: str) -> None:
    assert [one.verdict for one in HELD.screen(Asked(written)).findings] == ["possible"]


@pytest.mark.parametrize("written", ["ZHI Textiles", "Shipbuilding ZHI", "ZKI Shipbuilding"])
def test_other_letters_or_another_rest_are_not_the_name(written: str) -> None:
    assert not HELD.screen(Asked(written)).findings
