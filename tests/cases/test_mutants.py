"""Checks that cases detect small changes of the rules: every clause is covered, and reversed conditions are noticed."""

from __future__ import annotations

import pytest

from coercivity.cases.check import uncovered
from coercivity.cases.mutation import mutants
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.cases import cover_cases, mutate_cases
from tests.sampling import examples, sampled

EQUIVALENT = {
    # Both lists are empty and open: nothing is in them, and absence is unknown whichever way the question is put.
    ("a57-1c913", "item: alloy_system in "),
    ("a57-1c913", "item: target_system in "),
}


def test_every_provision_with_an_effect_has_a_yes_case_and_a_no_case() -> None:
    """In the file beside its own instrument."""
    assert cover_cases() == {}


def test_a_provision_without_cases_would_be_named() -> None:
    """The check can fail: with no case at all it names every provision."""
    book = load_rulebook()
    assert uncovered(book, {}) == {rule.id: ("yes", "no") for rule in book.rules}


def test_flipped_conditions_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more than 700 flipped conditions at least 95 in 100 are noticed; what is missed is named."""
    tried = sampled(mutants(load_rulebook()), key=lambda mutant: f"{mutant.of} {mutant.condition}")
    monkeypatch.setattr("coercivity.cases.mutation.mutants", lambda book: tried)
    found = mutate_cases()
    assert found.total == len(tried) > examples(700)
    assert found.caught >= 0.95 * found.total, found.missed
    assert EQUIVALENT & {(mutant.of, mutant.condition) for mutant in tried} <= set(found.missed)
