"""Texts for review: results with audit trails in two languages, and the help."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from coercivity.cases.files import read_cases
from coercivity.law.engine.decide import decide
from coercivity.law.explain.reasons import grounds
from coercivity.law.rules.load import load_rulebook
from coercivity.papers.deal.sheet import sheet
from coercivity.papers.deal.sheet_text import sheet_lines
from coercivity.verbs.answers import answer
from coercivity.verbs.cases import case_files
from coercivity.verbs.depth import depth_lines
from coercivity.verbs.replay import replay
from tests.places import ROOT
from tests.support import BOOK, DY_MAGNET, SINTERING_RECIPE, on

CASES = {case.id: case for path in case_files() for case in read_cases(load_rulebook(), path)}
SHOWN = ["case-001", "case-005", "case-014", "case-022", "case-034", "case-037", "case-039", "case-041"]
EXAMPLES = ROOT / "examples"
HASH = re.compile(r"proof [0-9a-f]{64}")


@pytest.mark.parametrize("name", SHOWN)
def test_answer_with_proof(name: str, golden: Callable[[str, str], None]) -> None:
    """Outcome, grounds, reasons and every step; the hash apart, which changes with each edit of the pack."""
    case = CASES[name]
    assert case.on is not None
    found = answer(BOOK, decide(BOOK, case.deal, case.on, known=case.known), id=case.id, title=case.title)
    golden(f"{name}.txt", HASH.sub("proof HASH", "\n".join(found.lines("en", explain=True))) + "\n")


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_answer_in_other_languages(lang: str, golden: Callable[[str, str], None]) -> None:
    """A licence, and the recipe after the unchecked end of the pause."""
    answers = [
        answer(BOOK, on(f"{DY_MAGNET}, to: DE", "2025-08-15"), id="magnets"),
        answer(BOOK, on(SINTERING_RECIPE, "2026-11-24"), id="recipe"),
    ]
    lines = [line for found in answers for line in found.lines(lang)]  # type: ignore[arg-type] # a Lang by the table above
    golden(f"answers.{lang}.txt", HASH.sub("proof HASH", "\n".join(lines)) + "\n")


@pytest.mark.parametrize(
    "words",
    [[], ["decide"], ["rules"], ["brief"], ["outlook"], ["clause-price"]],
    ids=lambda words: "-".join(words) or "root",
)
def test_help(words: list[str], golden: Callable[[str, str], None]) -> None:
    """What a newcomer reads first, on a terminal of 80 columns; in a process of its own, for a width once taken stays."""
    command = [sys.executable, "-m", "coercivity", *words, "--help"]
    done = subprocess.run(command, env={**os.environ, "COLUMNS": "80"}, capture_output=True, check=True)
    golden(f"help-{'-'.join(words) or 'root'}.txt", done.stdout.decode())


@pytest.mark.parametrize("example", ["magnet-jv", "smco-defence", "motor-reexport"])
def test_outcomes_of_an_example(example: str, golden: Callable[[str, str], None]) -> None:
    """Every row on four days: outcome, what a licence may become, finding, and the clauses that bite or might."""
    lines = []
    folder = EXAMPLES / example
    for row in replay(folder, ["2025-10-20", "2026-03-02", "2026-11-10", "2026-11-24"]):
        decision = row.decision
        risk = "?" if decision.may_become else " "
        clauses = ", ".join(rule.id for rule in grounds(BOOK, decision)[:6])
        lines.append(f"{row.id:4} {row.on} {row.outcome.value:8}{risk} {decision.finding.word:18} {clauses}".rstrip())
    golden(f"example-{example}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_comes_with_an_answer(lang: str, golden: Callable[[str, str], None]) -> None:
    """Ways, papers, clocks, duties and exposure by law; papers and times by practice, apart."""
    decision = on(f"{DY_MAGNET}, to: DE", "2025-08-15")
    lines = sheet_lines(sheet(BOOK, decision), lang)  # type: ignore[arg-type] # a Lang by the table above
    golden(f"sheet.{lang}.txt", "\n".join(lines) + "\n")


def test_what_would_change_an_answer(golden: Callable[[str, str], None]) -> None:
    """The flips and the days of Chinese samarium metal in the Netherlands."""
    facts = "act: reexport, form: metal, elements: [Sm], from: NL, to: US, origin: CN, exporter_nationality: NL"
    found = answer(BOOK, on(f"{facts}, recipient_nationality: US", "2025-10-20"), id="samarium")
    lines = depth_lines(found, "en", papers=False, turns=True, days=True)
    golden("flips.txt", "\n".join(lines) + "\n")
