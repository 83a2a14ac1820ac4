"""Titles behind a name, and a company form before it."""

from __future__ import annotations

import pytest

from coercivity.intake.parties.results import Asked
from coercivity.intake.parties.screener import screener
from coercivity.law.rules.rulebook import Rulebook


@pytest.mark.parametrize(
    "written", ["余茂春先生", "余茂春 教授", "岩崎茂様", "岩崎 茂 様", "石平氏", "UAB Ekspla", 'UAB "EKSPLA"']
)
def test_a_title_or_a_form_on_the_other_side_is_left_out(book: Rulebook, written: str) -> None:
    assert "match" in [one.verdict for one in screener(book).screen(Asked(written)).findings]
