"""The law without a clause: that clause is removed, all others are unchanged."""

from __future__ import annotations

import datetime as dt

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.law.rules.load import load_rulebook
from coercivity.permission.buckets import Bucket, PlantAct, load_buckets
from coercivity.permission.gate import Way
from coercivity.permission.gates import Gates
from coercivity.permission.repeal import without_clauses

BOOK = load_rulebook()
ON = dt.date(2025, 5, 1)
FLOWS = [
    Bucket(good, "CN", to, user) for good in load_buckets().good for to, user in (("EUR", "civil"), ("NAM", "military"))
]


def test_without_the_dysprosium_clause_the_oxide_is_free_and_terbium_is_not() -> None:
    """MOFCOM/GAC 18/2025, items 1C905 and 1C904; the export licence of the annual catalogue is all that remains."""
    gates = Gates(BOOK, without=["a18-1c905"])
    oxide = gates.gate(Bucket("ox_Dy", "CN", "EUR"), ON, ON)
    assert (oxide.free, oxide.clauses) == (True, ("oel-heavy",))
    assert gates.gate(Bucket("ox_Tb", "CN", "EUR"), ON, ON).clauses == ("a18-1c904",)
    assert gates.gate(Bucket("mag_high", "CN", "EUR"), ON, ON).clauses == ("a18-1c904",)


@pytest.mark.parametrize("clause", ["a18-1c902", "a18-1c903", "a18-1c904", "a18-1c905", "a18-1c908", "oel-la-pr-nd"])
def test_a_flow_that_the_clause_does_not_touch_keeps_its_gate(clause: str) -> None:
    whole, fewer = Gates(BOOK), Gates(BOOK, without=[clause])
    touched = 0
    for flow in FLOWS:
        before, after = whole.gate(flow, ON, ON), fewer.gate(flow, ON, ON)
        if clause in before.clauses:
            touched += 1
            assert clause not in after.clauses
        else:
            assert after == before, flow
    assert touched


def test_a_policy_goes_with_all_that_it_qualifies_and_not_with_a_part() -> None:
    """MOFCOM 61/2025, Article 2 qualifies the three limbs of Article 1; without them it has nothing to bear on."""
    limbs = ["a61-1-1", "a61-1-2", "a61-1-3"]
    assert without_clauses(BOOK, limbs).rule("a61-2-mil") is None
    assert without_clauses(BOOK, limbs[:2]).rule("a61-2-mil") is not None
    on = dt.date(2025, 10, 20)
    for flow in FLOWS:
        assert Gates(BOOK, without=limbs).gate(flow, on, on) == Gates(BOOK).gate(flow, on, on)


def test_without_62_the_catalogue_bans_what_62_would_license() -> None:
    """MOFCOM 62/2025 takes the catalogue of 57/2023 out while it runs; where it is gone, the ban is back."""
    asked, on = PlantAct("technology", "SEA", "magnet"), dt.date(2025, 10, 20)
    assert Gates(BOOK).plant_gate(asked, on, on).way is Way.LICENCE
    assert Gates(BOOK, without=["62/2025"]).plant_gate(asked, on, on).way is Way.SHUT


def test_all_takes_out_every_control_and_leaves_the_book_as_it_was() -> None:
    gates, rules = Gates(BOOK, without=["all"]), len(BOOK.rules)
    assert {gates.gate(flow, ON, ON).way for flow in FLOWS} == {Way.FREE}
    assert len(BOOK.rules) == rules
    assert Gates(BOOK).gate(Bucket("ox_Dy", "CN", "EUR"), ON, ON).way is Way.LICENCE


def test_another_law_has_another_hash() -> None:
    hashes = {without_clauses(BOOK, names).content_hash for names in ([], ["a18-1c905"], ["a18-1c904"], ["all"])}
    assert len(hashes) == 4


def test_every_name_that_stands_for_nothing_is_told_with_the_nearest() -> None:
    with pytest.raises(CoercivityError) as error:
        Gates(BOOK, without=["a18-1c9O5", "mofcom-gac-2025-81", "a18-1c904"])
    faults = error.value.faults
    assert [fault.code for fault in faults] == ["CLAUSE-UNKNOWN", "CLAUSE-UNKNOWN"]
    assert "a18-1c905" in faults[0].nearest
    assert "mofcom-gac-2025-18" in faults[1].nearest
