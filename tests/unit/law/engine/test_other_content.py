"""Words that were not understood beside facts that were hold back a PROCEED, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.batches.judge.rulings import open_names
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.engine.other_content import OTHER_CONTENT
from coercivity.law.explain.proof import proof, verify
from coercivity.law.explain.questions import ask
from coercivity.law.explain.reasons import reasons
from coercivity.law.recheck.check import recheck
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.verbs.answers import answer
from coercivity.verbs.cases import case_files
from tests.sampling import examples

BOOK = load_rulebook()
CASES = [case for path in case_files() for case in read_cases(BOOK, path) if case.on is not None and case.known is None]
# A PROCEED may become UNKNOWN; nothing else changes.
HELD = {Outcome.PROCEED: Outcome.UNKNOWN}


def held(deal: Deal, on: Day, *, said: bool | None = None) -> Decision:
    facts = {**deal.facts} if said is None else {**deal.facts, OTHER_CONTENT: said}
    return decide(BOOK, replace(deal, facts=facts, unread=(*deal.unread, OTHER_CONTENT)), on)


def first_with(outcome: str) -> tuple[Deal, Day]:
    for case in CASES:
        assert case.on is not None
        if decide(BOOK, case.deal, case.on).outcome.value == outcome:
            return case.deal, case.on
    raise AssertionError(outcome)


@pytest.mark.parametrize(
    ("by_law", "open_", "no", "yes"),
    [
        ("PROCEED", "UNKNOWN", "PROCEED", "UNKNOWN"),
        ("LICENCE", "LICENCE", "LICENCE", "LICENCE"),
        ("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN"),
        ("STOP", "STOP", "STOP", "STOP"),
    ],
)
def test_a_no_lifts_it_and_a_yes_keeps_it(by_law: str, open_: str, no: str, yes: str) -> None:
    deal, on = first_with(by_law)
    for said, shown in ((None, open_), (False, no), (True, yes)):
        decision = held(deal, on, said=said)
        assert decision.outcome.value == shown
        body = proof(BOOK, decision)
        assert (verify(BOOK, body), recheck(body, law_folder())) == ([], [])
        assert body.get("unread", []) == ([] if said is False else [OTHER_CONTENT])
        assert [f["value"] for f in body["facts"] if f["fact"] == OTHER_CONTENT] == ([] if said is None else [said])


def test_a_yes_holds_the_result_open_without_any_text() -> None:
    deal, on = first_with("PROCEED")
    decision = decide(BOOK, replace(deal, facts={**deal.facts, OTHER_CONTENT: True}), on)
    assert (decision.outcome, decision.deal.unread) == (Outcome.UNKNOWN, (OTHER_CONTENT,))
    body = {**proof(BOOK, decision), "outcome": "PROCEED"}
    assert recheck(body, law_folder())


def test_the_second_reader_notices_a_proceed_in_spite_of_such_words() -> None:
    deal, on = first_with("PROCEED")
    body = {**proof(BOOK, held(deal, on)), "outcome": "PROCEED"}
    assert any("outcome is PROCEED" in fault for fault in recheck(body, law_folder()))


def test_it_is_asked_last_and_only_once() -> None:
    deal, on = first_with("PROCEED")
    decision = held(deal, on)
    question = ask(BOOK, decision)
    assert question is not None
    assert question.fact == OTHER_CONTENT
    assert ask(BOOK, decision, answered={OTHER_CONTENT}) is None
    assert ask(BOOK, held(deal, on, said=True)) is None
    assert [reason.kind for reason in reasons(BOOK, decision)] == ["other_content"]
    assert answer(BOOK, decision, id="deal").question == question
    for case in CASES[::40]:
        assert case.on is not None
        found = held(case.deal, case.on)
        again = decide(BOOK, case.deal, case.on)
        if (first := ask(BOOK, again)) is not None:
            assert ask(BOOK, found) == first


def test_a_licence_does_not_wait_for_it() -> None:
    deal, on = first_with("LICENCE")
    decision = held(deal, on)
    assert OTHER_CONTENT not in open_names(BOOK, decision)
    assert "other_content" not in [reason.kind for reason in reasons(BOOK, decision)]


@settings(max_examples=examples(200), deadline=None)
@given(st.sampled_from(CASES), st.sets(st.sampled_from(["unit", "use"])), st.sampled_from([None, False, True]))
def test_such_words_never_free_a_deal(case: CaseDeal, also: set[str], said: bool | None) -> None:
    assert case.on is not None
    deal = replace(case.deal, unread=(*case.deal.unread, *sorted(also)))
    facts = {**deal.facts} if said is None else {**deal.facts, OTHER_CONTENT: said}
    without = decide(BOOK, deal, case.on)
    found = decide(BOOK, replace(deal, facts=facts, unread=(*deal.unread, OTHER_CONTENT)), case.on)
    expected = without.outcome if said is False else HELD.get(without.outcome, without.outcome)
    assert (found.outcome, found.finding) == (expected, without.finding)


def test_a_file_of_deals_may_name_it(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text(
        "deals:\n- {id: a, on: '2026-03-02', facts: {act: goods, other_content: 'false'}, unread: [other_content]}\n"
    )
    deal = read_cases(BOOK, path)[0].deal
    assert deal.unread == (OTHER_CONTENT,)
    assert decide(BOOK, deal, Day(2026, 3, 2)).deal.unread == ()
