"""What the exemptions of a draft keep, may keep and do not keep: nine deals, each checked by hand.

The draft: from 1 December 2026 NdFeB magnets need a licence; contracts signed before 9 October 2026 and holders of a
general licence are exempt. Of the nine deals five are such magnets after that day: a to e.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from tests.unit.batches.impact.drafts import HEAD, MAGNETS, impact, table


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> coercivity.Impact:
    return impact(MAGNETS, table(tmp_path_factory.mktemp("deals")))


def test_the_deals_that_move(found: coercivity.Impact) -> None:
    assert found.rows == 9
    assert [deal.id for deal in found.deals] == ["b", "c", "e"]  # a has an early contract, d a general licence
    assert {(one.before.outcome, one.after.outcome) for one in found.moves if one.moved} == {("UNKNOWN", "LICENCE")}
    assert found.moved.deals == 3
    assert found.moved.mass_kg == 400 + 800
    assert found.moved.without_mass == 1  # of e, which is not counted as zero
    assert found.moved.values == {"EUR": (400 + 800) * 80}
    assert found.moved.without_value == 1


def test_an_early_contract_keeps_a_deal_and_an_unknown_one_may(found: coercivity.Impact) -> None:
    contracts, _ = found.exemptions
    assert (contracts.clause, contracts.effect, contracts.begins) == ("magnets-2027-2", "exempt", "2026-12-01")
    assert (contracts.kept.deals, contracts.kept.mass_kg) == (1, 300)  # a
    assert (contracts.may_keep.deals, contracts.may_keep.mass_kg) == (1, 800)  # c
    assert [one.facts for one in contracts.may_keep_by] == [("contract_on",)]
    assert contracts.rest.deals == 3  # b, d and e: their contracts are later
    assert contracts.moves.deals == 0


def test_a_general_licence_keeps_a_deal_and_an_unknown_one_may(found: coercivity.Impact) -> None:
    _, general = found.exemptions
    assert (general.kept.deals, general.kept.values) == (1, {"USD": 8000})  # d
    assert [(one.facts, one.sums.deals, one.sums.without_mass) for one in general.may_keep_by] == [
        (("licence_held",), 1, 1)  # e
    ]
    assert general.rest.deals == 3  # a, b and c


def test_each_exemption_splits_the_same_deals(found: coercivity.Impact) -> None:
    for one in found.exemptions:
        assert one.kept.deals + one.may_keep.deals + one.rest.deals == 5


def test_a_moved_deal_names_what_would_keep_it(found: coercivity.Impact) -> None:
    by_id = {deal.id: deal for deal in found.deals}
    assert by_id["b"].kept_perhaps == ()
    assert (by_id["c"].kept_perhaps, by_id["c"].missing) == (("magnets-2027-2",), ("contract_on",))
    assert (by_id["e"].mass_kg, by_id["e"].value, by_id["e"].currency) == (None, None, "")
    assert {deal.clauses for deal in found.deals} == {("magnets-2027-1",)}
    assert by_id["c"].row == 3


def test_an_exemption_from_an_older_control_moves_deals_itself(tmp_path: Path) -> None:
    text = MAGNETS.read_text(encoding="utf-8")
    first, second = (text.index(f"- id: magnets-2027-{number}") for number in (1, 2))
    draft = tmp_path / "only-exempt.yaml"
    draft.write_text((text[:first] + text[second:]).replace("[magnets-2027-1]", "[a18-1c905]"), encoding="utf-8")
    dy = '"Nd 29 %, Dy 2 %, no Tb, Fe bal."'
    rows = "".join(
        f"{name},2026-12-05,NdFeB magnets,{dy},10,kg,1,EUR,CN,DE,{day},{held},\n"
        for name, day, held in (("x", "2026-09-01", "none"), ("y", "2026-11-01", "none"), ("z", "", "general"))
    )
    found = impact(draft, table(tmp_path, rows))
    contracts, general = found.exemptions
    assert [deal.id for deal in found.deals] == ["x", "z"]
    assert {deal.before.outcome for deal in found.deals} == {"LICENCE"}
    assert (contracts.moves.deals, general.moves.deals) == (1, 1)  # of z it is not known whether the contract is early
    assert (contracts.kept.deals, contracts.rest.deals, general.kept.deals) == (0, 0, 0)
    assert [deal.clauses for deal in found.deals] == [("magnets-2027-2",), ("magnets-2027-3",)]


def test_a_clause_that_moves_a_deal_through_another_one_is_named(tmp_path: Path) -> None:
    """For a military end use in the United States the magnet is stopped, since the draft makes it a dual-use item."""
    rows = "m,2026-12-06,NdFeB magnets,,1,kg,1,EUR,CN,US,2026-09-01,none,L-1,military\n"
    found = impact(MAGNETS, table(tmp_path, rows, head=f"{HEAD},use"))
    (deal,) = found.deals
    assert (deal.after.outcome, deal.clauses) == ("STOP", ("magnets-2027-1",))
    assert [one.clause for one in found.by_clause] == ["magnets-2027-1"]
