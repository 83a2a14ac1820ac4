"""A suspended notice does not explain why a party is listed today."""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing, gather
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof
from coercivity.law.recheck.check import recheck
from coercivity.law.rules.load import law_folder, load_rulebook

BOOK = load_rulebook()
ND_MAGNET = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd"], "from": "CN", "to": "US"}


def answer(standing: Standing | None = None, **more: object) -> tuple[str, str]:
    faults = Faults()
    deal = gather(BOOK, {**ND_MAGNET, **more}, standing=standing or packed_standing(), where="deal", faults=faults)
    faults.raise_if_any()
    decision = decide(BOOK, deal, Day(2026, 1, 15))
    assert recheck(proof(BOOK, decision), law_folder()) == []
    return decision.outcome.value, decision.ceiling.value


def test_a_stopped_notice_leaves_open_which_one_lists_the_party() -> None:
    """uel-2025-5 was stopped on 2025-11-10; the party is said to stand on its list all the same."""
    without = answer(party_sets=[], listed_on=["unreliable_entity_list"])
    assert answer(party_sets=["uel-2025-5"], listed_on=["unreliable_entity_list"]) == without == ("UNKNOWN", "STOP")


def test_a_list_that_was_not_searched_leaves_its_notices_open() -> None:
    block = packed_standing()
    part = Standing(
        block.said_by, block.facts, ("control_list", "watch_list", "countermeasures"), block.version, block.said_on
    )
    assert (answer()[0], answer(part)) == ("PROCEED", ("UNKNOWN", "STOP"))


def test_a_list_that_does_not_exist_is_a_fault() -> None:
    faults = Faults()
    gather(BOOK, ND_MAGNET, standing=Standing(lists=("controll_list",)), where="deal", faults=faults)
    assert [(fault.code, fault.nearest[0]) for fault in faults.items] == [("LIST-UNKNOWN", "control_list")]
