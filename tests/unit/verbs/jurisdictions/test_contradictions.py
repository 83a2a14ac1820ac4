"""Facts on a chain that cannot be true together are an error, before they free a deal."""

from __future__ import annotations

import pytest

import coercivity
from coercivity.base.errors import CoercivityError

DEFENCE: dict[str, object] = {
    "us_defence_contract": "true", "us_above_sat": "true", "end_item_made_in": "US", "subject_to_ear": "false",
    "magnet_type": ["NdFeB"], "melted_in": ["JP"], "produced_in": ["JP"],
}  # fmt: skip


def faults_of(**more: object) -> list[str]:
    """Texts of every contradiction."""
    try:
        coercivity.decide_jurisdictions({**DEFENCE, **more}, jurisdiction="US", on="2025-10-01")
    except CoercivityError as error:
        return [fault.what for fault in error.faults if fault.code == "FACT-CONFLICT"]
    return []


@pytest.mark.parametrize("name", ["mined_in", "refined_in", "separated_in", "melted_in", "produced_in"])
@pytest.mark.parametrize(
    "magnet", [{"magnet_type": ["NdFeB"]}, {"magnet_type": ["SmCo", "..."]}, {"holds_magnet": "true"}]
)
def test_no_step_of_a_magnet_was_done_nowhere(name: str, magnet: dict[str, object]) -> None:
    """`melted_in=[]` let a deal proceed that stays open without it."""
    assert faults_of(**{**magnet, name: []}) == [f"{name} is empty, but a magnet is made somewhere"]
    assert faults_of(**{**magnet, name: ["..."]}) == []


def test_a_deal_without_a_magnet_may_say_so() -> None:
    """No step is missing from what is not there; other inputs may be none."""
    assert faults_of(magnet_type=[], holds_magnet="false", melted_in=[], produced_in=[]) == []
    assert faults_of(other_inputs_upstream_in=[]) == []


def test_a_magnet_is_not_denied_by_another_fact() -> None:
    assert faults_of(holds_magnet="false") == ["holds_magnet is false, but magnet_type includes NdFeB"]
    assert faults_of(holds_magnet="false", magnet_type=["AlNiCo"]) == []
