"""Later information never leads to a result outside the range given before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.errors import Faults
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.law.engine.branches import RISE
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.engine.derived_facts import conflicts, derive
from coercivity.law.explain.value_classes import choices
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Finding, Outcome
from coercivity.verbs.cases import case_files
from tests.sampling import examples

BOOK = load_rulebook()
CASES = [case for path in case_files() for case in read_cases(BOOK, path) if case.on is not None]


def _strength(decision: Decision) -> Outcome:
    """The outcome of the rules alone, standing questions and the last check apart."""
    if decision.finding >= Finding.PRESUMED_DENIAL:
        return Outcome.STOP
    return Outcome.LICENCE if decision.finding >= Finding.LICENCE_REQUIRED else Outcome.PROCEED


@settings(max_examples=examples(400), deadline=None)
@given(case=st.sampled_from(CASES), data=st.data())
def test_an_answer_with_more_facts_lies_in_the_interval_told_before(case: CaseDeal, data: st.DataObject) -> None:
    """One or two facts are left out, then given some value that the rules tell apart."""
    facts = dict(case.deal.facts)
    read = [name for name in facts if name in BOOK.rule_facts and name != "listed_on"]
    left_out = data.draw(st.lists(st.sampled_from(sorted(read)), min_size=1, max_size=2, unique=True))
    less = {name: value for name, value in facts.items() if name not in left_out}
    assert case.on is not None
    if set(left_out) & set(derive(less)):
        return  # what follows from other facts is not unknown when it is left out
    before = decide(BOOK, Deal(less), case.on, known=case.known)
    more = dict(less)
    for name in left_out:
        options = [*choices(BOOK, name, facts[name]), facts[name]]
        more[name] = data.draw(st.sampled_from(options))
    faults = Faults()
    conflicts(more, where="", faults=faults)
    if faults.items:
        return
    after = decide(BOOK, Deal(more), case.on, known=case.known)
    possible = RISE[RISE.index(before.floor) : RISE.index(before.ceiling) + 1]
    if after.finding is not Finding.NEED_FACTS:
        assert _strength(after) in possible or after.certificate_first
    assert RISE.index(after.floor) >= RISE.index(before.floor)
    assert RISE.index(after.ceiling) <= RISE.index(before.ceiling)
