"""Texts that a person reads in review: answers with their proofs, in two languages, and the help."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from coercivity.cli.app import main
from coercivity.cli.show import answer_lines
from coercivity.desk.casefile import read_cases
from coercivity.law.decide import decide
from coercivity.law.load import load_rulebook
from coercivity.verbs.answers import answer
from coercivity.verbs.cases import case_files
from tests.support import BOOK, DY_MAGNET, SINTERING_RECIPE, on

CASES = {case.id: case for path in case_files() for case in read_cases(load_rulebook(), path)}
SHOWN = ["case-001", "case-005", "case-014", "case-022", "case-034", "case-037", "case-039", "case-041"]
HASH = re.compile(r"proof [0-9a-f]{64}")


@pytest.mark.parametrize("name", SHOWN)
def test_answer_with_proof(name: str, golden: Callable[[str, str], None]) -> None:
    """Outcome, grounds, reasons and every step; the hash apart, which changes with each edit of the pack."""
    case = CASES[name]
    assert case.on is not None
    found = answer(BOOK, decide(BOOK, case.deal, case.on, known=case.known), id=case.id, title=case.title)
    golden(f"{name}.txt", HASH.sub("proof HASH", "\n".join(answer_lines(found, "en", explain=True))) + "\n")


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_answer_in_other_languages(lang: str, golden: Callable[[str, str], None]) -> None:
    """A licence, and the recipe after the unchecked end of the pause."""
    answers = [
        answer(BOOK, on(f"{DY_MAGNET}, to: DE", "2025-08-15"), id="magnets"),
        answer(BOOK, on(SINTERING_RECIPE, "2026-11-24"), id="recipe"),
    ]
    lines = [line for found in answers for line in answer_lines(found, lang)]  # type: ignore[arg-type] # a Lang by the table above
    golden(f"answers.{lang}.txt", HASH.sub("proof HASH", "\n".join(lines)) + "\n")


@pytest.mark.parametrize("words", [[], ["decide"], ["rules"], ["brief"]], ids=lambda words: "-".join(words) or "root")
def test_help(words: list[str], golden: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]) -> None:
    """What a newcomer reads first."""
    main([*words, "--help"])
    golden(f"help-{'-'.join(words) or 'root'}.txt", capsys.readouterr().out)
