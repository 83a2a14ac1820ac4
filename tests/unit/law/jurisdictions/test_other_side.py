"""The worked cases of other jurisdictions: as expected by the engine, and by the second reader."""

from __future__ import annotations

import json

import pytest

from coercivity.cases.arguments import Law
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof, verify
from coercivity.law.recheck.check import recheck_by
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.rules.check import check_rules
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.cases import CaseResult, case_files, cover_cases, run_cases

FOLDER = abroad_folder()
WHOLE = load_rulebook(FOLDER)
RESULTS = {result.id: result for result in run_cases(law=Law(pack=FOLDER))}
BOOKS = {code: load_rulebook(FOLDER, (), code) for code in WHOLE.jurisdictions}
LAWS = {code: read_raw_law(FOLDER, (), code) for code in ("", *WHOLE.jurisdictions)}
CASES = [case for path in case_files(WHOLE) for case in read_cases(WHOLE, path)]


def test_the_38_cases_are_all_there() -> None:
    """One of two jurisdictions lies beside an instrument of each."""
    assert {f"os{number:02}" for number in range(1, 39)} <= set(RESULTS)


def test_every_clause_has_a_case_in_which_it_holds_and_one_in_which_it_does_not() -> None:
    """A clause whose text is unclear is open at most."""
    assert cover_cases(Law(pack=FOLDER)) == {}


@pytest.mark.parametrize("result", RESULTS.values(), ids=list(RESULTS))
def test_case_agrees(result: CaseResult) -> None:
    """Finding, outcome, and every clause that holds, does not hold or stays open."""
    assert not result.differences


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_the_second_reader_finds_the_same_in_every_jurisdiction(case: CaseDeal) -> None:
    """The same facts under each jurisdiction, and under all of them at once."""
    for code, book in {"": WHOLE, **BOOKS}.items():
        assert case.on is not None
        made = json.loads(json.dumps(proof(book, decide(book, case.deal, case.on))))
        assert made["pack"].get("jurisdiction", "") == code
        assert verify(book, made) == []
        assert recheck_by(LAWS[code], made) == []


def test_a_proof_of_one_jurisdiction_is_none_of_another() -> None:
    """What is prohibited in one is not claimed of another."""
    case = next(case for case in CASES if case.id == "os05")
    assert case.on is not None
    made = proof(BOOKS["US"], decide(BOOKS["US"], case.deal, case.on))
    assert "it was made with another rulebook, or with other party lists" in recheck_by(LAWS["EU"], made)
    assert any("made with rulebook" in what for what in verify(BOOKS["EU"], made))


def test_the_rulebook_on_other_jurisdictions_has_no_errors() -> None:
    """Statuses, events, references and readings, as for the rulebook on China."""
    assert check_rules(WHOLE, FOLDER).faults == ()


@pytest.mark.parametrize("name", ["cn-sc-834-2026", "cn-sc-835-2026"])
def test_decrees_whose_text_was_not_read_never_give_a_yes(name: str) -> None:
    """Every clause has an unknown effect, so it never decides."""
    rules = [rule for rule in BOOKS["CN"].rules if rule.instrument.id == name]
    assert rules
    assert {rule.provision.effect for rule in rules} == {"unknown"}
    assert {rule.provision.basis for rule in rules} == {"reported"}


def test_what_becomes_of_a_rule_is_a_named_scenario_with_two_values_or_more() -> None:
    """Left open, it keeps the clauses that depend on it open."""
    scenarios = [WHOLE.catalogue[name] for name in WHOLE.catalogue.scenarios]
    assert [spec.name for spec in scenarios] == [
        "us_widening_2027",
        "us_reach_2027",
        "us_857_start",
        "crma_28_act",
        "crma_29_act",
        "crma_amend",
    ]
    assert all(len(spec.values) >= 2 for spec in scenarios)
    assert {RESULTS["os02"].outcome, RESULTS["os03"].outcome} == {"STOP", "UNKNOWN"}
