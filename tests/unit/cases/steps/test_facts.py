"""Facts that follow from the steps of a chain: what is not told stays open, and no step has one origin."""

from __future__ import annotations

import pytest

from coercivity.base.errors import Faults
from coercivity.base.exact import SCALE, Interval
from coercivity.cases.steps.facts import FromSteps, facts_of_steps, with_steps
from coercivity.cases.steps.rows import StepRow, read_steps
from coercivity.data.values import SetValue
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()
NDFEB, SMCO = SetValue(frozenset({"NdFeB"})), SetValue(frozenset({"SmCo"}))
SAID = {"by": "maker", "evidence": "declared", "on": "2026-03-01"}


def rows(*entries: dict[str, object]) -> tuple[StepRow, ...]:
    """Rows of one speaker, unless an entry says otherwise."""
    faults = Faults()
    found = read_steps(BOOK, [{**SAID, **entry} for entry in entries], "steps", faults)
    faults.raise_if_any()
    return found


def mined(*elements: str, country: str = "AU", share: str = "1") -> list[dict[str, object]]:
    """One row for the mining of each element."""
    return [{"step": "mined", "element": element, "country": country, "share": share} for element in elements]


def at(step: str, country: str = "JP", share: object = "1", **more: object) -> dict[str, object]:
    """One row for a step of all elements."""
    return {"step": step, "country": country, "share": share, **more}


def test_mining_is_closed_only_when_every_named_element_is_told() -> None:
    """Iron and boron are in the sentence of the US clause; samarium and cobalt for SmCo."""
    assert facts_of_steps(rows(*mined("Nd")), NDFEB).facts["mined_in"] == SetValue(frozenset({"AU"}), complete=False)
    assert facts_of_steps(rows(*mined("Nd", "Fe", "B")), NDFEB).facts["mined_in"] == SetValue(frozenset({"AU"}))
    assert facts_of_steps(rows(*mined("Sm", "Co")), SMCO).facts["mined_in"] == SetValue(frozenset({"AU"}))
    assert facts_of_steps(rows(*mined("all")), NDFEB).facts["mined_in"] == SetValue(frozenset({"AU"}))


def test_dysprosium_is_no_part_of_the_named_elements() -> None:
    """Its mine answers another question, which stays open for what is not told."""
    found = facts_of_steps(rows(*mined("Nd", "Fe", "B"), *mined("Dy", country="CN")), NDFEB)
    assert found.facts["mined_in"] == SetValue(frozenset({"AU"}))
    assert found.facts["other_inputs_upstream_in"] == SetValue(frozenset({"CN"}), complete=False)


@pytest.mark.parametrize(
    ("share", "holds"), [("0.2", True), (["0.001", "1"], True), (["0", "0.2"], None), ("0", False)]
)
def test_a_country_is_in_the_set_if_some_of_the_step_was_certainly_done_there(
    share: object, holds: bool | None
) -> None:
    """No minimum share exists in the clause."""
    found = facts_of_steps(rows(at("alloy_melted", "CN", share), at("alloy_melted", "JP", ["0.5", "0.8"])), NDFEB)
    melted = found.facts["melted_in"]
    assert isinstance(melted, SetValue)
    assert (melted.holds("CN"), melted.holds("DE")) == (holds, None)


@pytest.mark.parametrize(
    ("evidence", "holds"), [("declared", True), ("certified", True), ("tested", None), ("inferred", None)]
)
def test_an_inference_and_a_test_settle_no_country(evidence: str, holds: bool | None) -> None:
    """A test tells how much, never whose."""
    melted = facts_of_steps(rows(at("alloy_melted", "CN", evidence=evidence)), NDFEB).facts["melted_in"]
    assert isinstance(melted, SetValue)
    assert (melted.holds("CN"), melted.holds("JP")) == (holds, False if holds else None)


def test_later_steps_are_one_group_and_each_must_be_told() -> None:
    """Powder, sintering or bonding, and magnetising; diffusion only where there was one."""
    steps = [at("powder"), at("sintered", share="0.5"), at("bonded", "DE", "0.5"), at("magnetised", "US")]
    whole = facts_of_steps(rows(*steps), NDFEB).facts["produced_in"]
    assert whole == SetValue(frozenset({"JP", "DE", "US"}))
    for left_out in range(len(steps)):
        fewer = facts_of_steps(rows(*steps[:left_out], *steps[left_out + 1 :]), NDFEB).facts["produced_in"]
        assert isinstance(fewer, SetValue)
        assert fewer.holds("CN") is None
    diffused = facts_of_steps(rows(*steps, at("diffused", "CN", ["0", "0.5"])), NDFEB).facts["produced_in"]
    assert isinstance(diffused, SetValue)
    assert diffused.holds("CN") is None


def test_oxide_refined_apart_from_separation_is_told_apart() -> None:
    """Separation ends with the oxide unless rows on refining say otherwise; the metal is refined from it."""
    metal = at("metal", "EE")
    alone = facts_of_steps(rows(at("separated", "MY"), {**metal, "country": "MY"}), None).facts
    apart = facts_of_steps(rows(at("separated", "MY"), at("refined", "EE"), metal), None).facts
    assert alone["refined_in"] == SetValue(frozenset({"MY"}))
    assert apart["refined_in"] == SetValue(frozenset({"EE"}))


@pytest.mark.parametrize(
    ("recycled", "sintered", "expected"),
    [("1", "US", True), ("1", "DE", False), ("0.9", "US", None), ("0", "US", False)],
)
def test_the_recycling_exception_asks_for_recycled_input_milled_and_sintered_in_the_united_states(
    recycled: str, sintered: str, expected: bool | None
) -> None:
    found = facts_of_steps(rows(at("recycled", "US", recycled), at("powder", "US"), at("sintered", sintered)), NDFEB)
    assert found.facts.get("recycled_milled_and_sintered_us") is expected


def test_the_four_steps_of_the_provenance_disclosure_are_counted() -> None:
    """All four, some, or none."""
    four = [
        *mined("Nd"),
        at("separated", "MY"),
        at("metal", "VN"),
        at("alloy_melted"),
        at("sintered"),
        at("magnetised"),
    ]
    assert facts_of_steps(rows(*four), NDFEB).facts["provenance_known"] == "all_four_steps"
    assert facts_of_steps(rows(*four[:2]), NDFEB).facts["provenance_known"] == "some"
    assert facts_of_steps(rows(at("mined", "?")), NDFEB).facts["provenance_known"] == "none"


def test_chinese_technology_and_input_value_answer_the_questions_of_61_of_2025() -> None:
    """Chinese technology at one stage is enough; a value share is at least what is told."""
    found = facts_of_steps(rows(at("metal", "VN", technology="CN"), at("alloy_melted", technology="JP")), NDFEB).facts
    assert found["technology_origin"] == "CN"
    stages = [at(step, technology="JP") for step in ("mined", "separated", "metal", "alloy_melted", "magnetised")]
    assert facts_of_steps(rows(*stages), NDFEB).facts["technology_origin"] == "other"
    assert "technology_origin" not in facts_of_steps(rows(*stages[:-1]), NDFEB).facts
    value = facts_of_steps(rows(at("metal", "CN", part1_value_share=["0.07", "0.08"])), NDFEB).facts
    assert value["chinese_input_value_share"] == Interval(70_000_000, SCALE)


def test_every_fact_names_by_whose_word_it_follows() -> None:
    """Of the elements that it is about."""
    found = facts_of_steps(
        rows(*mined("Nd", "Fe", "B"), {**mined("Dy", country="CN")[0], "by": "trader", "evidence": "inferred"}), NDFEB
    )
    assert found.said_by["mined_in"] == "steps: maker (declared, 2026-03-01)"
    assert found.said_by["other_inputs_upstream_in"] == "steps: trader (inferred, 2026-03-01)"


@pytest.mark.parametrize(
    ("stated", "codes"),
    [(["JP"], []), (["JP", "..."], []), (["JP", "CN"], ["FACT-CONFLICT"]), (["DE"], ["FACT-CONFLICT"])],
)
def test_a_stated_fact_is_kept_and_a_contradiction_is_an_error(stated: list[str], codes: list[str]) -> None:
    faults = Faults()
    value = SetValue(frozenset(stated) - {"..."}, complete="..." not in stated)
    found = facts_of_steps(rows(at("alloy_melted")), NDFEB)
    whole = with_steps({"melted_in": value}, {"melted_in": "deal"}, found, "steps", faults)
    assert whole.facts["melted_in"] is value
    assert whole.said_by["melted_in"] == "deal"
    assert [fault.code for fault in faults.items] == codes


def test_nothing_follows_from_nothing() -> None:
    assert facts_of_steps((), NDFEB) == FromSteps({}, {})
