"""A certain clash of two laws is no green light, whatever each of them says alone."""

from __future__ import annotations

import pytest

import coercivity
from coercivity.verbs.jurisdictions.decide import DealAnswers
from tests.unit.verbs.jurisdictions.test_conflicts import met

FERRITE: dict[str, object] = {
    "act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "US",
    "inquiry_in_china": "false", "deals_cut_for_foreign_rule": "false", "follows_foreign_measure_in_china": "false",
    "us_defence_contract": "false", "subject_to_ear": "false",
}  # fmt: skip
CLEAR: dict[str, object] = {
    "party_sets": [], "listed_owner_share": "0", "military_user": "false", "military_use": "false",
    "raises_military_strength": "false", "wmd_use": "false", "terrorist_use": "false", "knowledge": "none",
    "notice": "false", "licence_change": "none", "bars": [], "under_end_user_promise": "false", "drone_item": "false",
}  # fmt: skip


def answered(**more: object) -> DealAnswers:
    """A deal that each law lets proceed."""
    standing = coercivity.Standing(
        "the exporter",
        CLEAR,
        ("control_list", "watch_list", "unreliable_entity_list", "countermeasures"),
        said_on="2026-08-20",
    )
    return coercivity.decide_jurisdictions(
        {**FERRITE, **CLEAR, **more}, jurisdiction="CN,US", on="2026-08-20", standing=standing
    )


@pytest.mark.parametrize(
    ("more", "id", "outcome"),
    [
        ({}, "", "PROCEED"),
        ({"papers_differ_in_end_use": "true"}, "C16", "UNKNOWN"),
        ({"records_in_china_asked": "true"}, "C13", "UNKNOWN"),
        ({"promise_no_chinese_content": "true"}, "C03", "PROCEED"),
    ],
)
def test_a_certain_clash_leaves_no_outcome_better_than_unknown(more: dict[str, object], id: str, outcome: str) -> None:
    """`Stop both` must not end with PROCEED and the exit code 0; a squeeze can be met with other documents."""
    found = answered(**more)
    assert {side.outcome.value for side in found.sides} == {"PROCEED"}
    assert (met(found, id) is not None) is bool(id)
    assert found.outcome.value == outcome
    assert found.as_dict()["outcome"] == outcome
    assert found.outcome.exit_code == (30 if outcome == "UNKNOWN" else 0)
