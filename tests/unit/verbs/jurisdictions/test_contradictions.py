"""Facts on a chain that cannot be true together are an error, before they free a deal."""

from __future__ import annotations

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.verbs.jurisdictions.decide import beside_china, text_in_jurisdictions

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


WORDS = "sintered NdFeB magnets with 2 % Dy, Ningbo to Texas"


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"magnet_type": ["ferrite"]}, "the fact magnet_type is ferrite, but the deal says NdFeB"),
        ({"from": "JP"}, "the fact from is JP, but the deal says CN"),
        ({"holds_magnet": "false"}, "holds_magnet is false, but magnet_type includes NdFeB"),
        ({"melted_in": []}, "melted_in is empty, but a magnet is made somewhere"),
    ],
)
def test_the_deal_is_one_deal_for_every_law(facts: dict[str, object], what: str) -> None:
    """Facts beside the words of a deal do not tell another law another story."""
    one = coercivity.decide(text=WORDS, on="2026-10-01").answers[0]
    with pytest.raises(CoercivityError) as caught:
        beside_china(one, jurisdiction="CN,US", facts=facts)
    assert [(fault.code, fault.what) for fault in caught.value.faults] == [("FACT-CONFLICT", what)]


def test_what_words_say_of_the_magnet_meets_the_facts_beside_them() -> None:
    with pytest.raises(CoercivityError, match="melted_in is empty"):
        text_in_jurisdictions(WORDS, jurisdiction="US", on="2026-10-01", facts={"melted_in": []})
    (found,) = text_in_jurisdictions(WORDS, jurisdiction="US", on="2026-10-01", facts={"melted_in": ["JP"]})
    assert found.outcome.value == "UNKNOWN"
