"""A statement that leaves a doubt is never lost, and saying less about a country does not clear it."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.exact import SCALE, Interval
from coercivity.cases.steps.facts import facts_of_steps, with_steps
from coercivity.data.values import FactValue, SetValue
from tests.unit.cases.steps.test_facts import NDFEB, at, mined, rows

LATER = [at("powder", "US"), at("sintered", "US"), at("magnetised", "US")]


def holds(fact: FactValue, country: str) -> bool | None:
    """Whether a set holds a country."""
    assert isinstance(fact, SetValue)
    return fact.holds(country)


@pytest.mark.parametrize(
    "doubt",
    [
        {"share": ["0", "1"]},
        {"share": ["0", "0.1"], "evidence": "certified"},
        {"share": "1", "evidence": "inferred"},
        {"share": "0.1", "evidence": "tested"},
    ],
)
@pytest.mark.parametrize("country", ["CN", "?"])
def test_another_statement_that_may_be_true_keeps_a_step_open(country: str, doubt: dict[str, object]) -> None:
    """The maker says all of it was done in Japan; somebody else names another country."""
    found = facts_of_steps(rows(at("alloy_melted"), at("alloy_melted", country, by="another", **doubt)), NDFEB)
    assert holds(found.facts["melted_in"], "JP") is True
    assert holds(found.facts["melted_in"], "CN") is None


def test_a_country_named_without_a_share_is_a_doubt_too() -> None:
    """Less is not more: with a share of 0.1 the two statements would contradict each other."""
    unsaid: dict[str, object] = {"step": "sintered", "country": "CN"}
    found = facts_of_steps(rows(at("recycled", "US"), *LATER, unsaid), NDFEB).facts
    assert holds(found["produced_in"], "CN") is None
    assert "recycled_milled_and_sintered_us" not in found


def test_an_inference_does_not_clear_what_is_certain() -> None:
    """Neither of the country, nor of the whole, if it says the same."""
    chinese = rows(at("alloy_melted", "CN", "0.2"), at("alloy_melted", "CN", ["0", "1"], evidence="inferred"))
    assert holds(facts_of_steps(chinese, NDFEB).facts["melted_in"], "CN") is True
    same = rows(at("alloy_melted"), at("alloy_melted", evidence="inferred"))
    assert facts_of_steps(same, NDFEB).facts["melted_in"] == SetValue(frozenset({"JP"}))
    less = rows(at("alloy_melted"), at("alloy_melted", share="0.4", evidence="inferred"))
    assert holds(facts_of_steps(less, NDFEB).facts["melted_in"], "CN") is None


def test_a_statement_about_all_elements_is_one_about_each() -> None:
    """It is not replaced by others about single elements, with which it cannot be true."""
    with pytest.raises(CoercivityError, match="mined of Nd sum to 2 at least: AU 1, CN 1"):
        rows(at("mined", "CN"), *mined("Nd", "Fe", "B"))
    with pytest.raises(CoercivityError, match="about mined in AU of Nd contradict"):
        rows(at("mined", "AU"), *mined("Nd", share="0.2"))
    found = facts_of_steps(rows(at("mined", "CN", ["0", "1"]), *mined("Nd", "Fe", "B")), NDFEB)
    assert holds(found.facts["mined_in"], "CN") is None
    others = facts_of_steps(rows(at("mined", "CN", "0.5"), *mined("Dy", share="0.5")), NDFEB)
    assert holds(others.facts["other_inputs_upstream_in"], "CN") is True


@pytest.mark.parametrize(("said_on", "told"), [("2026-09-01", False), ("2026-09-02", None)])
def test_what_was_said_after_the_transaction_date_completes_nothing(said_on: str, told: bool | None) -> None:
    """On that day nobody could rely on it; against the deal it counts all the same."""
    found = facts_of_steps(rows(at("alloy_melted", on=said_on)), NDFEB, Day(2026, 9, 1)).facts
    assert holds(found["melted_in"], "CN") is told
    none = rows(at("alloy_melted", "CN", "0", on=said_on))
    assert holds(facts_of_steps(none, NDFEB, Day(2026, 9, 1)).facts["melted_in"], "CN") is told
    chinese = facts_of_steps(rows(at("alloy_melted", "CN", on=said_on)), NDFEB, Day(2026, 9, 1)).facts
    assert holds(chinese["melted_in"], "CN") is True
    late = [{**row, "on": said_on} for row in (at("recycled", "US"), *LATER)]
    recycled = facts_of_steps(rows(*late), NDFEB, Day(2026, 9, 1)).facts.get("recycled_milled_and_sintered_us")
    assert recycled is (True if told is False else None)


@pytest.mark.parametrize(("metal", "told"), [("CN", True), ("VN", False), ("", None)])
def test_the_metal_is_part_of_refining(metal: str, told: bool | None) -> None:
    """From 2027 the clause takes in the whole chain, so a chain without its metal is not complete."""
    steps = [at("separated", "MY"), *([at("metal", metal, element="Nd")] if metal else [])]
    assert holds(facts_of_steps(rows(*steps), NDFEB).facts["refined_in"], "CN") is told
    alone = facts_of_steps(rows(at("metal", "VN")), NDFEB).facts["refined_in"]
    assert (holds(alone, "VN"), holds(alone, "CN")) == (True, None)


def test_a_list_that_may_go_on_takes_what_the_steps_add() -> None:
    """`[JP, ...]` does not hide a Chinese share that was certified."""
    found = facts_of_steps(rows(at("alloy_melted", "CN", "0.2")), NDFEB)
    stated = SetValue(frozenset({"JP"}), complete=False)
    whole = with_steps({"melted_in": stated}, {"melted_in": "deal"}, found, "steps", Faults())
    assert whole.facts["melted_in"] == SetValue(frozenset({"JP", "CN"}), complete=False)
    assert whole.said_by["melted_in"] == "deal; steps: maker (declared, 2026-03-01)"
    value = facts_of_steps(rows(at("metal", "CN", part1_value_share="0.07")), NDFEB)
    wide = with_steps({"chinese_input_value_share": Interval(0, SCALE)}, {}, value, "steps", Faults())
    assert wide.facts["chinese_input_value_share"] == Interval(70_000_000, SCALE)
