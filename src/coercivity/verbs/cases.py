"""`cases run`: worked cases against the rulebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coercivity.desk.casefile import CaseDeal, read_cases
from coercivity.law.decide import decide
from coercivity.law.load import law_folder, load_rulebook
from coercivity.law.model import Outcome


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One worked case and what came of it.

    Attributes:
        expected: Finding and outcome expected; blank where the case states none.
        agree: Whether both agree.
    """

    id: str
    title: str
    expected_finding: str
    expected_outcome: str
    finding: str
    outcome: str
    agree: bool

    def as_dict(self) -> dict[str, object]:
        """Returns the result as plain data for JSON."""
        return {
            "id": self.id,
            "expected": {"finding": self.expected_finding, "outcome": self.expected_outcome},
            "finding": self.finding,
            "outcome": self.outcome,
            "agree": self.agree,
        }


def case_files() -> list[Path]:
    """Returns the files of worked cases beside the packed instruments."""
    return sorted((law_folder() / "instruments").glob("*/cases.yaml"))


def run_cases(path: Path | None = None, *, progress: Callable[[int, int], None] | None = None) -> list[CaseResult]:
    """Returns the results of a file of worked cases, or of all that are packed.

    Raises:
        CoercivityError: With every fault of the file.
    """
    book = load_rulebook()
    cases = [case for file in ([path] if path else case_files()) for case in read_cases(book, file)]
    found = []
    for done, case in enumerate(cases, 1):
        found.append(_run(case))
        if progress is not None:
            progress(done, len(cases))
    return found


def _run(case: CaseDeal) -> CaseResult:
    if case.on is None:
        finding, outcome = "need_facts", Outcome.UNKNOWN.value
    else:
        decision = decide(load_rulebook(), case.deal, case.on, known=case.known)
        finding, outcome = decision.finding.word, decision.outcome.value
    wanted = str(case.expected.get("finding", "")), str(case.expected.get("outcome", ""))
    agree = wanted[0] in ("", finding) and wanted[1] in ("", outcome)
    return CaseResult(case.id, case.title, *wanted, finding, outcome, agree)
