"""A clause whose status is open keeps a conflict possible, also where another clause decides the result."""

from __future__ import annotations

import pytest

import coercivity
from tests.unit.verbs.jurisdictions.test_conflicts import ABROAD, MAGNET, met


@pytest.mark.parametrize(("to", "outcome"), [("PL", "UNKNOWN"), ("US", "STOP")])
def test_61_of_2025_stays_open_in_a_conflict(to: str, outcome: str) -> None:
    """Its suspension ended on 2026-11-10 by its own terms; that a US military user bars the deal settles nothing of it."""
    facts = {**ABROAD, "origin": "CN", "to": to, "military_user": "true", "delivery_owed_abroad": "true"}
    found = coercivity.decide_jurisdictions(facts, jurisdiction="CN,US", on="2026-11-27")
    assert found.of("CN").outcome.value == outcome
    one = met(found, "C10")
    assert one is not None
    assert not one.sure
    assert one.clauses == ("a61-1-3",)


@pytest.mark.parametrize("assume", ["us-bis-affiliates=lapsed", ""])
def test_the_affiliates_rule_stays_open_beside_a_ban(assume: str) -> None:
    """Only an assumption settles it."""
    facts = {**MAGNET, "us_defence_contract": "true", "melted_in": ["CN"], "subject_to_ear": "true"}
    found = coercivity.decide_jurisdictions(
        {**facts, "us_listed_owner_share": "0.55", "refuses_for_us_list": "true"},
        jurisdiction="CN,US",
        on="2026-11-27",
        assume=assume,
    )
    assert found.of("US").outcome.value == "STOP"
    one = met(found, "C09")
    assert one is not None
    assert not one.sure
    assert "bis50" in one.clauses
