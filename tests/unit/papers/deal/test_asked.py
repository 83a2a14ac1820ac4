"""The question to clarify first, in words: choices, why, hints, whom to ask."""

from __future__ import annotations

from typing import Any

import pytest

import coercivity
from coercivity.cases.files import packed_standing
from coercivity.data.values import SetValue
from coercivity.law.engine.decide import decide
from coercivity.law.explain.questions import Question
from coercivity.papers.deal.asked import asked_data
from coercivity.verbs.answers import answer

SERVICE = {
    "act": "service",
    "form": "none",
    "line_service": ["commissioning"],
    "process_stage": "magnetic_material_manufacturing",
    "from": "CN",
    "to": "TH",
}
MAGNET = {"form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "..."]}


def asked(facts: dict[str, Any], on: str = "2025-11-01") -> Any:
    return coercivity.decide(facts, on=on).as_dict()["question"]


def test_the_kind_of_deal_comes_first_with_plain_choices() -> None:
    found = asked({"to": "TH"})
    assert (found["card"], found["facts"]) == ("kind", ["act", "form"])
    assert [choice["id"] for choice in found["choices"]][:3] == ["goods", "goods_abroad", "know_how"]
    assert found["choices"][2]["facts"] == {"act": "technology", "form": "technology"}
    assert all(choice["label"]["en"] and choice["label"]["zh"] for choice in found["choices"])
    assert found["why"]["en"] == "Which rules apply depends on the type of transaction."


def test_choices_that_contradict_the_deal_are_left_out() -> None:
    found = asked({"form": "technology", "to": "TH"})
    assert [choice["id"] for choice in found["choices"]] == ["know_how", "public"]
    assert (found["facts"], found["choices"][1]["facts"]) == (["act"], {"act": "publication"})


def test_the_route_of_goods_is_one_question_with_three_fields() -> None:
    found = asked(MAGNET, on="2026-03-02")
    assert (found["card"], found["facts"], found["choices"]) == ("goods_route", ["act", "from", "to"], [])
    assert [field["fact"] for field in found["fields"]] == found["facts"]
    assert "sales or logistics" in found["ask_whom"]["en"]
    assert found["clauses"]
    assert found["why"]["en"].startswith("It decides whether these apply: ")


def test_know_how_that_passes_with_work_is_one_question() -> None:
    found = asked(SERVICE)
    assert found["card"] == "know_how"
    assert [choice["id"] for choice in found["choices"]] == ["none", "of_china", "of_others", "published"]
    of_china = {**SERVICE, **{name: str(value).lower() for name, value in found["choices"][1]["facts"].items()}}
    of_china["technology_origin"] = "CN"
    assert not {"technology_passes", "public_domain"} & set(asked(of_china)["facts"])


def test_the_declarations_are_one_question_and_never_asked_before_the_facts() -> None:
    facts: dict[str, Any] = {**MAGNET, "act": "goods", "from": "CN", "to": "DE", "magnet_type": ["ferrite"]}
    facts = {**facts, "elements": [], "party_sets": []}
    book = coercivity.decide(facts, on="2026-03-02").book
    found = coercivity.decide(
        {**facts, "goods_kind": "other"}, on="2026-03-02", said_by="the exporter", said_on="2026-03-02"
    )
    question = found.as_dict()["question"]
    assert question["card"] == "declarations"
    (none,) = question["choices"]
    assert set(none["facts"]) == set(question["facts"])
    assert all(book.catalogue[name].standing for name in question["facts"])


def test_what_the_words_suggest_comes_first_and_answers_nothing() -> None:
    found = coercivity.decide({"to": "TH"}, on="2025-11-01")
    assert found.decision is not None
    hints = {"act": ("service",)}
    again = answer(found.book, found.decision, id="deal", hints=hints)
    assert again.question is not None
    asked = asked_data(found.book, found.decision, again.question)
    assert [(choice["id"], choice["suggested"]) for choice in asked["choices"]][:2] == [
        ("plant_work", True),
        ("goods", False),
    ]
    assert again.decision == found.decision


def test_a_field_names_what_the_words_suggest() -> None:
    found = coercivity.decide(MAGNET, on="2026-03-02")
    assert found.decision is not None
    question = Question("elements", (0, 1), hints={"elements": (SetValue(frozenset({"Dy"}), complete=False),)})
    (field,) = asked_data(found.book, found.decision, question)["fields"]
    assert field["hints"] == [{"en": "dysprosium", "zh": "镝"}]
    assert "test report" in field["ask_whom"]["en"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_lines_show_choices_why_and_whom(lang: Any) -> None:
    lines = "\n".join(coercivity.decide(SERVICE, on="2025-11-01").lines(lang))
    assert "technology_passes=false" in lines
    assert {"en": "If you do not know: Ask", "zh": "不清楚的：请"}[lang] in lines


def test_unknown_answers_are_not_asked_again_and_name_whom_to_ask() -> None:
    facts: dict[str, Any] = dict(SERVICE)
    for _ in range(12):
        found = coercivity.decide(facts, on="2025-11-01", standing=None)
        if found.question is None:
            break
        assert facts.keys().isdisjoint(found.question.facts)
        facts |= dict.fromkeys(found.question.facts, "unknown")
    assert found.question is None
    (why,) = [why for why in found.why_unknown if why["cause"] == "facts"]
    assert why["next"]["en"].startswith("All questions have been asked.")
    assert "For magnet type: Ask the maker" in why["next"]["en"]


def test_a_choice_that_states_what_is_not_known_is_left_out() -> None:
    facts = {**SERVICE, "technology_passes": "true", "technology_origin": "unknown"}
    question = asked(facts)
    assert "technology_origin" not in question["facts"]
    assert "of_china" not in [choice["id"] for choice in question["choices"]]


def test_decide_is_not_changed_by_a_question() -> None:
    found = coercivity.decide(SERVICE, on="2025-11-01")
    assert found.decision is not None
    assert decide(found.book, found.decision.deal, found.decision.on).outcome is found.outcome


HALTED = {
    **SERVICE,
    "magnet_type": ["NdFeB"],
    "serves_stage": "magnetic_material_manufacturing",
    "activity_place": "TH",
    "from": "TH",
    "exporter_nationality": "CN",
    "exporter_place": "TH",
    "recipient_nationality": "TH",
    "technology_passes": "false",
}
NDFEB = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "from": "CN", "to": "DE"}
FERRITE = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}


@pytest.mark.parametrize(
    ("facts", "told", "told_zh"),
    [
        (
            NDFEB,
            "information missing (elements)",
            "缺少信息（所含元素）",
        ),
        (
            HALTED,
            "legal status unconfirmed (MOFCOM 62/2025)",
            "规则状态待确认（商务部公告2025年第62号）",
        ),
        (FERRITE, "rules not verified since 2026-10-05", "2026年10月5日之后的规则未经核查"),
    ],
)
def test_the_first_line_says_which_of_three_it_is_and_about_what(
    facts: dict[str, Any], told: str, told_zh: str
) -> None:
    day = "2026-03-02" if "elements" in told else "2026-11-27"
    found = coercivity.decide(facts, on=day, standing=packed_standing())
    assert next(found.lines("en")) == f"deal  UNKNOWN  Undetermined: {told}"
    assert next(found.lines("zh")) == f"deal  待定  待定：{told_zh}"
    (why,) = found.why_unknown
    assert why["next"]["en"].startswith(("Clarify first: ", "On hold: check MOFCOM", "Check for notices after "))
    assert ("branches" in why) is (why["cause"] == "law")
