"""A fact that follows from another needs no question, and a wrong one frees no deal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coercivity.base.days import Day
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import decide
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.questions.cards import Follows
from coercivity.verbs.cases import case_files
from tests.sampling import sampled

BOOK = load_rulebook()
CASES = [case for path in case_files() for case in read_cases(BOOK, path)]
DAYS = (Day(2025, 6, 16), Day(2025, 11, 1), Day(2026, 3, 2), Day(2026, 11, 27))
# How far an outcome is from a PROCEED; an undetermined one may still become it.
STRICT = [Outcome.PROCEED, Outcome.UNKNOWN, Outcome.LICENCE, Outcome.STOP]
COUNTRIES = ("CN", "TH", "US", "JP", "HK", "TW", "XX")


def others(fact: str) -> tuple[FactValue, ...]:
    return COUNTRIES if BOOK.catalogue[fact].type == "country" else tuple(BOOK.catalogue[fact].values)


def deals(follows: Follows) -> Iterator[tuple[CaseDeal, dict[str, FactValue]]]:
    """The worked cases in which the fact would follow, without it."""
    for case in sampled([case for case in CASES if case.deal.facts.get("act") in follows.acts], key=lambda c: c.id):
        facts = {name: value for name, value in case.deal.facts.items() if name != follows.fact}
        if follows.value(facts) is not None:
            yield case, facts


@pytest.mark.parametrize("follows", BOOK.cards.follows, ids=lambda one: str(one.fact))
def test_no_other_value_is_stricter_than_the_one_that_follows(follows: Follows) -> None:
    count = 0
    for case, facts in deals(follows):
        for on in DAYS:
            value = follows.value(facts)
            assert value is not None
            found = decide(BOOK, replace(case.deal, facts={**facts, follows.fact: value}), on).outcome
            without = decide(BOOK, replace(case.deal, facts=facts), on).outcome
            assert found is not Outcome.PROCEED or without is Outcome.PROCEED, (case.id, on)
            for other in others(follows.fact):
                then = decide(BOOK, replace(case.deal, facts={**facts, follows.fact: other}), on).outcome
                assert STRICT.index(then) <= STRICT.index(found), (case.id, on, value, other)
            count += 1
    assert count > 10


@pytest.mark.parametrize("follows", BOOK.cards.follows, ids=lambda one: str(one.fact))
def test_what_a_deal_states_is_not_overruled(follows: Follows) -> None:
    facts: dict[str, FactValue] = {"act": follows.acts[0], follows.source: others(follows.source)[0]}
    for value in others(follows.source):
        told = BOOK.cards.following({**facts, follows.source: value})
        excluded = value in follows.never or (follows.only and value not in follows.only)
        assert (follows.fact in told) is not bool(excluded)
        assert follows.fact not in BOOK.cards.following({**facts, follows.source: value, follows.fact: value})
    assert not BOOK.cards.following({**facts, "act": "goods"})
