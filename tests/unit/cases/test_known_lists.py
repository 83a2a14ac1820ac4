"""A notice that was published after the information cut-off lists nobody yet."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.cases.arguments import PACKED
from coercivity.cases.gather import gather
from coercivity.cases.known_lists import deal_known
from coercivity.firm.line_stop.lots_law import names_found
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.rules.model import Outcome

BOOK = PACKED.book()
LISTED_ON = Day(2026, 2, 24)  # Announcement 11/2026 lists IHI Master Metal
BEFORE = Day(2026, 2, 23)


def deal(name: str) -> Deal:
    """Returns dysprosium metal from China to a company in Japan."""
    facts = {"act": "goods", "form": "metal", "elements": ["Dy"], "from": "CN", "to": "JP", "consignee": name}
    faults = Faults()
    found = gather(BOOK, {**facts, "end_user": name}, where="the deal", faults=faults)
    faults.raise_if_any()
    return found


def test_a_listed_party_is_found_from_the_day_its_notice_was_published() -> None:
    listed = deal("IHI Master Metal Co., Ltd.")
    assert list(names_found(BOOK, deal_known(BOOK, listed, LISTED_ON), LISTED_ON, "en"))
    earlier = deal_known(BOOK, listed, BEFORE)
    assert list(names_found(BOOK, earlier, LISTED_ON, "en")) == []
    assert decide(BOOK, listed, LISTED_ON, known=LISTED_ON).outcome is Outcome.STOP
    assert decide(BOOK, earlier, LISTED_ON, known=BEFORE).outcome is Outcome.LICENCE


def test_a_similar_name_is_no_question_before_the_notice() -> None:
    similar = deal("IHI Master Metals Japan")
    assert similar.names_open_on(LISTED_ON)
    assert deal_known(BOOK, similar, LISTED_ON) == similar
    assert deal_known(BOOK, similar, BEFORE).names_open_on(LISTED_ON) == []


def test_without_a_cut_off_and_without_a_hit_nothing_changes() -> None:
    for name, known in (("IHI Master Metal Co., Ltd.", None), ("Beispiel Turbinen GmbH", BEFORE)):
        one = deal(name)
        assert deal_known(BOOK, one, known) is one


@pytest.mark.parametrize("name", ["IHI Master Metal Co., Ltd.", "IHI Master Metals Japan"])
def test_an_earlier_cut_off_never_opens_the_lists_further(name: str) -> None:
    """Leaving a later notice out closes the question about it, and frees nothing else."""
    now, then = deal(name), deal_known(BOOK, deal(name), BEFORE)
    day = Day(2026, 3, 2)
    before, after = (decide(BOOK, one, day, known=BEFORE) for one in (now, then))
    assert set(after.open_standing) <= set(before.open_standing)
    assert after.outcome is Outcome.LICENCE
