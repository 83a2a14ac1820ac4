"""Unreadable statements keep a deal undetermined and never soften a prohibition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.cases.files import read_cases
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.explain.proof import proof, verify
from coercivity.law.explain.reasons import reasons
from coercivity.law.recheck.check import recheck
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.verbs.cases import case_files

BOOK = load_rulebook()
CASES = [case for path in case_files() for case in read_cases(BOOK, path) if case.on is not None]


def first_with(outcome: str) -> tuple[Deal, Day]:
    """A worked case of an outcome."""
    for case in CASES:
        assert case.on is not None
        if decide(BOOK, case.deal, case.on, known=case.known).outcome.value == outcome and case.known is None:
            return case.deal, case.on
    raise AssertionError(outcome)


@pytest.mark.parametrize(
    ("by_law", "shown"), [("PROCEED", "UNKNOWN"), ("LICENCE", "UNKNOWN"), ("UNKNOWN", "UNKNOWN"), ("STOP", "STOP")]
)
def test_an_unread_unit_holds_open_all_but_a_refusal(by_law: str, shown: str) -> None:
    deal, on = first_with(by_law)
    decision = decide(BOOK, replace(deal, unread=("unit",)), on)
    assert decision.outcome.value == shown
    assert decision.may_become is None or shown != "UNKNOWN"
    body = proof(BOOK, decision)
    assert body["unread"] == ["unit"]
    assert (verify(BOOK, body), recheck(body, law_folder())) == ([], [])
    if shown == "UNKNOWN":
        assert reasons(BOOK, decision)[0].names == ("unit",)


def test_a_case_names_what_could_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("deals:\n- {id: a, on: '2026-03-02', facts: {act: goods}, unread: [unit]}\n")
    assert read_cases(BOOK, path)[0].deal.unread == ("unit",)
    path.write_text("deals:\n- {id: a, on: '2026-03-02', facts: {act: goods}, unread: unit}\n")
    with pytest.raises(CoercivityError, match=r"deal.yaml:2: CASE-FORM: `unread` must be a list of words"):
        read_cases(BOOK, path)
