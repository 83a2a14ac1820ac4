"""Company forms of Korea and Russia, in their own letters."""

from __future__ import annotations

import pytest

from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.intake.parties.results import Asked
from coercivity.intake.parties.screener import Screener


def verdicts(listed: str, written: str) -> list[str]:
    """What a written name is found to be on a list of one name."""
    held = Screener([NamedList("own", (ListEntry("e", "own", (EntryName(listed),)),))])
    return [one.verdict for one in held.screen(Asked(written)).findings]


@pytest.mark.parametrize("written", ["(주)한빛정밀", "㈜한빛정밀", "한빛 정밀", "주식회사 한빛정밀"])
def test_korean_company_forms_are_left_out(written: str) -> None:
    assert verdicts("한빛정밀 주식회사", written) == ["match"]


@pytest.mark.parametrize("written", ["АО «Уральский завод магнитов»", "УРАЛЬСКИЙ ЗАВОД МАГНИТОВ, ОАО"])
def test_russian_company_forms_are_left_out(written: str) -> None:
    assert verdicts("ОАО Уральский завод магнитов", written) == ["match"]
