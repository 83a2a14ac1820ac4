"""Both implementations agree on any deal under any jurisdiction, and a scenario only narrows a result."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.cases.arguments import pausable
from coercivity.cases.files import read_cases
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.explain.proof import proof, verify
from coercivity.law.explain.questions import answers
from coercivity.law.recheck.check import recheck_by
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.status import Assumption
from coercivity.verbs.cases import case_files
from tests.sampling import examples

WHOLE = load_rulebook(abroad_folder())
BOOKS = {code: load_rulebook(abroad_folder(), (), code) for code in WHOLE.jurisdictions}
LAWS = {code: read_raw_law(abroad_folder(), (), code) for code in WHOLE.jurisdictions}
CASES = [case for path in case_files(WHOLE) for case in read_cases(WHOLE, path)]
READ = sorted(WHOLE.rule_facts)
DAYS = st.one_of(st.sampled_from([Day(2026, 12, 31), Day(2027, 1, 1)]), st.dates(Day(2024, 1, 1), Day(2030, 3, 1)))
RISE = [Outcome.PROCEED, Outcome.LICENCE, Outcome.STOP]


@st.composite
def bags(draw: st.DrawFn) -> dict[str, FactValue]:
    """The facts of a worked case, some taken away, and some others."""
    facts = dict(draw(st.sampled_from(CASES)).deal.facts)
    for name in draw(st.lists(st.sampled_from(sorted(facts)), max_size=4, unique=True)):
        del facts[name]
    for name in draw(st.lists(st.sampled_from(READ), max_size=8, unique=True)):
        if possible := list(answers(WHOLE, name)):
            facts[name] = draw(st.sampled_from(possible))
    return facts


@settings(max_examples=examples(80))
@given(bags(), st.sampled_from(sorted(BOOKS)), DAYS, st.none() | DAYS, st.booleans())
def test_both_readers_agree_on_any_deal(
    facts: dict[str, FactValue], code: str, on: Day, known: Day | None, lapsed: bool
) -> None:
    book = BOOKS[code]
    picked = {name: Assumption(lapsed=True) for name in pausable(book)} if lapsed else {}
    made: dict[str, Any] = json.loads(
        json.dumps(proof(book, decide(book, Deal(facts), on, known=known, assume=picked)))
    )
    assert verify(book, made) == []
    assert recheck_by(LAWS[code], made) == []


@settings(max_examples=examples(40))
@given(bags(), st.sampled_from(sorted(BOOKS)), DAYS)
def test_a_scenario_that_is_picked_stays_within_the_bounds_of_the_open_one(
    facts: dict[str, FactValue], code: str, on: Day
) -> None:
    """No value of a scenario gives an outcome that the result with the scenario open had ruled out."""
    book = BOOKS[code]
    opened = {name: value for name, value in facts.items() if name not in book.catalogue.scenarios}
    before = decide(book, Deal(opened), on)
    for name in book.catalogue.scenarios:
        for value in book.catalogue[name].values:
            after = decide(book, Deal({**opened, name: value}), on)
            assert RISE.index(before.floor) <= RISE.index(after.floor)
            assert RISE.index(after.ceiling) <= RISE.index(before.ceiling)
