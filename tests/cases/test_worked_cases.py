"""All worked cases give their expected result, and no case depends on a fact its file does not state."""

from __future__ import annotations

import pytest

from coercivity.cases.files import packed_standing, read_cases
from coercivity.data.textyaml import load_file
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.cases import CaseResult, case_files, run_cases

RESULTS = {result.id: result for result in run_cases()}
PUBLIC = [f"case-{number:03}" for number in range(1, 48)]
MUST_HOLD_BACK = {"licence_required", "presumed_denial", "case_by_case", "prohibited", "need_facts"}
WOULD_LET_GO = {"not_controlled", "exempt", "suspended"}


def test_the_47_public_cases_are_all_there() -> None:
    """None was lost when they were laid beside their instruments."""
    assert set(PUBLIC) <= set(RESULTS)


@pytest.mark.parametrize("result", RESULTS.values(), ids=list(RESULTS))
def test_case_agrees_in_finding_and_outcome(result: CaseResult) -> None:
    """Finding, outcome, and the provisions that have their effect or none, as the case states them."""
    assert not result.differences


def test_no_case_that_must_hold_back_is_let_go() -> None:
    """The dangerous disagreement: a ban, a licence or an open question that comes out free."""
    assert not [r.id for r in RESULTS.values() if r.expected_finding in MUST_HOLD_BACK and r.finding in WOULD_LET_GO]


def test_no_fact_is_added_to_a_case_beyond_the_standing_block() -> None:
    """What is judged is what the case and the standing block state, no more."""
    book, standing = load_rulebook(), packed_standing()
    for path in case_files():
        raw = {entry["id"]: entry for entry in load_file(path)["cases"]}
        for case in read_cases(book, path):
            own = raw[case.id].get("standing", {})
            stated = {*raw[case.id]["facts"], *standing.facts, *own.get("facts", {}), *own.get("screened", {})}
            assert set(case.deal.facts) <= stated, case.id
            for name, value in case.deal.facts.items():
                source = raw[case.id]["facts"].get(name)
                if source is not None and source != "unknown":
                    assert case.deal.said_by[name] == "deal", (case.id, name, value)
