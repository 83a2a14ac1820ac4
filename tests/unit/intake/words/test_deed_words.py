"""Texts about know-how, work, people and routes: what is done, read from the words of the trade."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.read import words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.law.rules.load import load_rulebook


@pytest.fixture(scope="module")
def read() -> Callable[[str], WordsRead]:
    return words_reader(load_rulebook())


def told(value: FactValue | None) -> object:
    return set(value.has) if isinstance(value, SetValue) else value


def facts(read: WordsRead) -> list[dict[str, object]]:
    return [{name: told(value) for name, value in part.facts.items()} for part in read.parts]


def test_a_number_is_no_denial(read: Callable[[str], WordsRead]) -> None:
    found = facts(read("Order No. 4711: magnets N42, 500 pcs"))
    assert [part["form"] for part in found] == ["magnet"]
    assert facts(read("no magnets, 500 pcs")) == []


def test_a_typing_error_is_corrected_only_towards_words_that_mean_something(read: Callable[[str], WordsRead]) -> None:
    assert read("hydrogen decrepitaton furnace").notes == ("'decrepitaton' read as 'decrepitation'",)
    found = read("magnet and 5 kg messing")  # brass in German, one letter from missing
    assert found.notes == ()
    assert [found.said(span) for span in found.left] == ["messing"]
