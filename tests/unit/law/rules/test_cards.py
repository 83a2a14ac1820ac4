"""Questions that ask for several facts at once: their facts, their plain choices, and whom to ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.gather import gather
from coercivity.law.engine.derived_facts import conflicts
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.law.rules.questions.cards import Card, Choice

BOOK = load_rulebook()
CARDS = BOOK.cards
CHOICES = [(card, choice) for card in CARDS.cards for choice in card.choices]


def named(pair: tuple[Card, Choice]) -> str:
    return f"{pair[0].id}.{pair[1].id}"


def test_every_fact_that_a_rule_reads_has_somebody_to_ask() -> None:
    assert (BOOK.rule_facts | {"other_content"}) <= set(CARDS.whom)
    assert all(words.en and words.zh for words in CARDS.whom.values())


def test_every_question_and_choice_is_in_english_and_chinese() -> None:
    texts = [card.question for card in CARDS.cards]
    texts += [card.help for card in CARDS.cards if card.help is not None]
    texts += [choice.label for _, choice in CHOICES]
    assert all(words.en and words.zh for words in texts)
    assert len({card.id for card in CARDS.cards}) == len(CARDS.cards)


@pytest.mark.parametrize("pair", CHOICES, ids=named)
def test_a_choice_states_facts_of_its_question_that_agree(pair: tuple[Card, Choice]) -> None:
    card, choice = pair
    assert choice.facts
    assert set(choice.facts) <= set(card.facts)
    faults = Faults()
    conflicts(choice.facts, where="", faults=faults)
    assert not faults.items


@pytest.mark.parametrize("card", CARDS.cards, ids=lambda card: str(card.id))
def test_no_two_choices_of_a_question_state_the_same(card: Card) -> None:
    stated = [sorted(choice.facts.items(), key=lambda entry: entry[0]) for choice in card.choices]
    assert all(one not in stated[number + 1 :] for number, one in enumerate(stated))


def test_the_declarations_are_the_compliance_questions_answered_benignly() -> None:
    card = CARDS["declarations"]
    (none,) = card.choices
    assert set(card.facts) == set(BOOK.catalogue.standing) - {"party_sets", "listed_on"}
    assert none.facts == {name: BOOK.benign[name] for name in card.facts}


def test_a_question_suits_a_deal_by_what_it_states() -> None:
    faults = Faults()
    magnet = gather(BOOK, {"form": "magnet"}, standing=None, where="", faults=faults).facts
    lesson = gather(BOOK, {"act": "technology", "form": "technology"}, standing=None, where="", faults=faults).facts
    assert [CARDS["goods_route"].suits(facts) for facts in ({}, magnet, lesson)] == [False, True, False]
    assert [CARDS["plant"].suits(facts) for facts in ({}, magnet, lesson)] == [False, False, True]


def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(law_folder(), tmp_path / "law", ignore=shutil.ignore_patterns("__pycache__")))
    path = folder / "questions.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("facts: [act, from, to]", "facts: [act, form_, to]")
    path.write_text(text.replace("sets: {act: transit}", "sets: {act: transport}"), encoding="utf-8")
    with pytest.raises(CoercivityError) as error:
        load_rulebook(folder)
    told = [(fault.code, fault.where) for fault in error.value.faults]
    assert ("FACT-UNKNOWN", "questions.yaml, goods_route") in told
    assert ("FACT-VALUE", "questions.yaml, kind, transit: act") in told
    path.unlink()
    assert load_rulebook(Path(shutil.copytree(folder, tmp_path / "bare"))).cards.cards == ()
