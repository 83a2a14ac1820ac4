"""Every reason that a screening can give has words in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from coercivity.data.parties.judgement import Seen
from coercivity.intake.parties.likeness.reasons import BESIDE, FOUND
from coercivity.intake.parties.results import TellsApart
from coercivity.law.engine.name_questions import IN_DOUBT, NO_NAME, OTHER_SCRIPT, TOO_LONG
from coercivity.law.rules.load import load_rulebook

WORDS = load_rulebook().words
NEEDED = {
    "name_reasons": (*FOUND, *BESIDE, NO_NAME, OTHER_SCRIPT, IN_DOUBT, TOO_LONG),
    "name_tells_apart": get_args(TellsApart),
    "judged_changed": tuple(Seen.__dataclass_fields__),
    "parties": ("consignee", "end_user", "exporter", "intermediary", "owner"),
}


@pytest.mark.parametrize(("group", "key"), [(group, key) for group, keys in NEEDED.items() for key in keys])
def test_there_are_words_in_both_languages(group: str, key: str) -> None:
    words = WORDS[group][key]
    assert words["en"]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in words["zh"])
