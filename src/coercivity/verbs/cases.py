"""`cases run`, `cases cover` and `cases mutate`: tests the rulebook against worked cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.check import Expectation, decided, differences, expectation, uncovered
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.cases.mutation import Survey, survey
from coercivity.data.input import Input
from coercivity.data.textyaml import load_file
from coercivity.law.rules.load import CASES, law_folder, load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One worked case and its result.

    Attributes:
        expected: Expected finding and outcome; blank if the case states none.
        differences: Differences between the case and the result; empty if they agree.
        on: Transaction date; blank if the case states none.
        yes: Clauses that the case expects to have an effect.
        no: Clauses that it expects to have none.
    """

    id: str
    title: str
    expected_finding: str
    expected_outcome: str
    finding: str
    outcome: str
    differences: tuple[str, ...]
    on: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def agree(self) -> bool:
        """Whether all expectations of the case are met."""
        return not self.differences

    def as_dict(self) -> dict[str, object]:
        """Returns the result as plain data for JSON."""
        return {
            "id": self.id,
            "expected": {"finding": self.expected_finding, "outcome": self.expected_outcome},
            "finding": self.finding,
            "outcome": self.outcome,
            "agree": self.agree,
            "differences": list(self.differences),
        }


def case_files(book: Rulebook | None = None) -> list[Path]:
    """Returns the files of worked cases next to the instruments of a rulebook, by default the built-in one."""
    return sorted(((book.folder if book else law_folder()) / "instruments").glob("*/cases.yaml"))


def run_cases(
    path: Input | None = None, *, law: Law = PACKED, progress: Progress | None = None, most: int | None = None
) -> list[CaseResult]:
    """Runs a file of worked cases, or all built-in cases, and returns their results.

    Args:
        path: The file; None for all built-in cases.
        law: The rulebook to use.
        progress: Called with the number of cases done and the total.
        most: Largest number of cases to run; None for no limit.

    Raises:
        CoercivityError: With every error in the file.

    Examples:
        >>> text = "cases: [{id: a, date: '2025-08-15', facts: {act: goods}, expected: {outcome: UNKNOWN}}]"
        >>> _ = Path("cases.yaml").write_text(text)
        >>> [(case.id, case.agree) for case in coercivity.run_cases(Path("cases.yaml"))]
        [('a', True)]
    """
    paths = [path] if path else case_files(law.book())
    entries = [(book, *entry) for book, own in _by_book(paths, law) for entry in _read(own, book)]
    if most is not None and len(entries) > most:
        what = f"{len(entries):,} cases; the limit is {most:,}"
        raise CoercivityError.of("REPLAY-SIZE", what, next="send fewer, or use the command line")
    found = []
    for done, (book, case, wanted) in enumerate(entries, 1):
        found.append(_contradicted(case, wanted) if case.contradictions else _run(book, case, wanted))
        if progress is not None:
            progress(done, len(entries))
    return found


def packed_standing_block() -> dict[str, Any]:  # as a file writes it
    """Returns the compliance declarations shared by the built-in cases, as written."""
    return dict(load_file(law_folder() / "standing.yaml"))


def cases_of(instrument_id: str, clause: str = "", law: Law = PACKED) -> list[CaseResult]:
    """Returns the results of the worked cases of an instrument.

    Args:
        instrument_id: Its id.
        clause: Clause to limit the run to; cases in which it has an effect come first.
        law: The rulebook to use.
    """
    path = law.book().folder / "instruments" / instrument_id / CASES
    found = run_cases(path, law=law) if path.is_file() else []
    if not clause:
        return found
    return [case for case in found if clause in case.yes] + [case for case in found if clause in case.no]


def cover_cases(law: Law = PACKED) -> dict[str, tuple[str, ...]]:
    """Returns the clauses that lack a positive or a negative case next to their instrument, with what they lack.

    Clauses of user-supplied notices are skipped: they have no folder for cases.
    """
    book = law.book()
    paths = [path for path in case_files(book) if not book.jurisdiction or path.parent.name in book.instruments]
    own = {path.parent.name: [wanted for _, wanted in _read([path], book)] for path in paths}
    found = uncovered(book, own)
    laid = {p.id for name in book.overlays if name in book.instruments for p in book.instruments[name].provisions}
    return {name: lacking for name, lacking in found.items() if name not in laid}


def mutate_cases(only: str = "", *, progress: Progress | None = None) -> Survey:
    """Returns which flipped conditions the built-in cases detect.

    Args:
        only: Instrument or clause to limit the run to.
        progress: Called with the number of mutants done and the total.
    """
    book = load_rulebook()
    return survey(book, _read(case_files(), book), only=only, progress=progress)


def _by_book(paths: Sequence[Input], law: Law) -> list[tuple[Rulebook, list[Input]]]:
    """Returns the files by the rulebook that decides them: the jurisdiction of the instrument that they lie beside."""
    book, found = law.book(), dict[str, list[Input]]()
    for path in paths:
        own = book.instruments.get(path.parent.name) if isinstance(path, Path) else None
        several = own is not None and len(book.jurisdictions) > 1
        found.setdefault(own.jurisdiction if own is not None and several else "", []).append(path)
    return [(replace(law, jurisdiction=code).book() if code else book, files) for code, files in found.items()]


def _read(paths: Sequence[Input], book: Rulebook) -> list[tuple[CaseDeal, Expectation]]:
    faults = Faults()
    cases = [case for path in paths for case in read_cases(book, path, keep_contradictions=True)]
    found = [(case, expectation(book, case, faults)) for case in cases]
    faults.raise_if_any()
    return found


def _contradicted(case: CaseDeal, wanted: Expectation) -> CaseResult:
    """Returns the result of a case with contradictory facts, which is not decided: it has no finding and no outcome."""
    told = tuple(f"not decided: {fault.what}" for fault in case.contradictions)
    return CaseResult(
        case.id, case.title, wanted.finding, wanted.outcome, "", "", told, _day(case), wanted.yes, wanted.no
    )


def _day(case: CaseDeal) -> str:
    return case.on.isoformat() if case.on is not None else ""


def _run(book: Rulebook, case: CaseDeal, wanted: Expectation) -> CaseResult:
    decision = decided(book, case)
    return CaseResult(
        id=case.id,
        title=case.title,
        expected_finding=wanted.finding,
        expected_outcome=wanted.outcome,
        finding=decision.finding.word if decision else "need_facts",
        outcome=decision.outcome.value if decision else Outcome.UNKNOWN.value,
        differences=tuple(differences(book, wanted, decision)),
        on=_day(case),
        yes=wanted.yes,
        no=wanted.no,
    )
