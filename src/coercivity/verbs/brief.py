"""`brief`: reports on a case folder: a page in English, one in Chinese, the report data and a summary."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.errors import Fault, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law, clocks
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.model import Outcome
from coercivity.papers.brief.report_data import (
    ANNEX_FILES,
    FILES,
    PAGE_FILES,
    REPORT_FILE,
    BriefReport,
    NextChange,
    TransactionData,
)
from coercivity.papers.brief.report_text import instrument_name
from coercivity.papers.brief.words import coming_words
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.verbs.brief_made import (
    BriefAsked,
    KeptBrief,
    brief_key,
    checked_brief,
    decided_brief,
    is_file,
    made_brief,
)
from coercivity.verbs.kept import keep, run_store, taken

if TYPE_CHECKING:
    from coercivity.cases.brief.brief import Brief
    from coercivity.cases.brief.head import CaseHead

__all__ = [
    "ANNEX_FILES", "FILES", "PAGE_FILES", "REPORT_FILE", "BriefReport", "BriefResult", "NextChange", "TransactionData",
    "brief", "case_head", "check_brief", "coming_words", "firm_lines", "instrument_name",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class BriefResult:
    """A report on a case folder.

    Attributes:
        outcome: The most restrictive result, which gives the exit code.
        report: The report as plain data, with every audit trail.
        files: Content of every file of the report by name: pages, PDF, slide, annex, workbook, calendar and data.
        summary: Lines for a terminal: page one, then the transactions.
        market: Lines about the market.
        written: Files written; none if no folder was given.
        decided: Returns the transactions as decided.
        notices: What went wrong with the cache; the report is not affected.
    """

    outcome: Outcome
    report: BriefReport
    files: Mapping[str, bytes] = field(repr=False)
    summary: tuple[str, ...]
    market: tuple[str, ...]
    written: tuple[Path, ...]
    decided: Callable[[], Brief] = field(repr=False, compare=False)
    notices: tuple[Fault, ...] = ()

    @property
    def html(self) -> str:
        """The page in English."""
        return self.files[PAGE_FILES["en"]].decode()

    @property
    def html_zh(self) -> str:
        """The page in Chinese."""
        return self.files[PAGE_FILES["zh"]].decode()

    @property
    def annex(self) -> str:
        """The annex in English: every transaction with its rules and audit trail."""
        return self.files[ANNEX_FILES["en"]].decode()

    @property
    def annex_zh(self) -> str:
        """The annex in Chinese."""
        return self.files[ANNEX_FILES["zh"]].decode()

    @property
    def json(self) -> bytes:
        """The report data as canonical JSON."""
        return self.files[REPORT_FILE]

    @property
    def brief(self) -> Brief:
        """The transactions as decided; for a report that was kept they are decided again."""
        return self.decided()


def brief(
    case_dir: Path,
    on: Day | str,
    *,
    known: Day | str | None = None,
    out: Path | None = None,
    assume: str | None = None,
    lang: Lang = "en",
    law: Law = PACKED,
    supply: bool = True,
    cache: bool = True,
    progress: Callable[[int, int], None] | None = None,
    market_progress: Callable[[int, int], None] | None = None,
    files_progress: Callable[[int, int], None] | None = None,
) -> BriefResult:
    """Returns the report on a case folder, and writes it if a folder is given.

    The report has three parts: the result for each transaction; the effect of the rules on supply and the cost of the
    clauses of the case; and, if the folder contains `company.xlsx`, `company.yaml` or a folder `company`, the line
    stops of the company and what to do against them.

    Args:
        case_dir: Folder with `case.yaml`, `transactions.csv` and, if there is one, the company file.
        on: Transaction date for every transaction.
        known: Information cut-off; by default the earlier of `on` and the last verification of the rulebook.
        out: Folder for the pages and the report data; it is created if missing.
        assume: Planning assumptions, as after `--assume`.
        law: The rulebook to use.
        lang: Language of the summary; the pages are written in English and in Chinese.
        supply: Whether to run the market model; without it the report covers the law and the company only.
        cache: Whether results of the market model are taken from the cache and kept there.
        progress: Called with (transactions done, all).
        market_progress: Called with (months done, all) of each run of the market.
        files_progress: Called with (files of the report done, all).

    Raises:
        CoercivityError: With every error in the arguments or the case; if another run is using the folder, or the
            folder cannot be written.

    Examples:
        >>> found = coercivity.brief(EXAMPLES / "magnet-jv", "2025-08-15", supply=False)
        >>> found.report["counts"]
        {'LICENCE': 3, 'PROCEED': 12, 'STOP': 3, 'UNKNOWN': 4}
    """
    store = run_store(on=cache)
    asked = BriefAsked(case_dir, on, known, assume, lang, law, supply)
    key = brief_key(asked) if store is not None and not is_file(out) else None
    kept: KeptBrief | None = taken(store, key)
    checked = None if kept is not None else checked_brief(asked, out)
    with nullcontext() if out is None else held(out):
        decided: Callable[[], Brief] = partial(decided_brief, asked)
        if checked is not None:
            found = decided_brief(asked, checked, progress)
            each = (market_progress, files_progress)
            kept, decided = made_brief(asked, checked, found, store, *each), lambda: found
            if key is not None and brief_key(asked) == key:  # no file changed meanwhile
                keep(store, key, kept)
        assert kept is not None
        files = {name: b64decode(content) for name, content in kept["files"].items()}
        gone = frozenset(FILES) - set(files)
        written = write_set(out, files, gone=gone) if out is not None else ()
        notices = tuple(store.notices) if store is not None else ()
        report: BriefReport = json.loads(files[REPORT_FILE])
        told = tuple(kept["summary"]), tuple(kept["market"])
        return BriefResult(Outcome(kept["outcome"]), report, files, *told, written, decided, notices)


def check_brief(on: str, known: str | None = None, assume: str | None = None) -> None:
    """Checks dates and planning assumptions before a report is made.

    Raises:
        CoercivityError: With every error in them.
    """
    faults = Faults()
    clocks(PACKED.book(), on, known, assume, faults)
    faults.raise_if_any()


def case_head(case_dir: Path) -> CaseHead:
    """Returns the head of a case folder: title, parties and description.

    Raises:
        CoercivityError: With every error in it.
    """
    from coercivity.cases.brief.head import read_case

    return read_case(case_dir, PACKED.book().catalogue.countries)[0]


def firm_lines(report: BriefReport, lang: Lang) -> list[str]:
    """Returns what the report data say of the line stops of the company first, as sentences."""
    if "stops" not in report:
        return []
    return [text for one in stops_sections(report["stops"], lang) if one.id == "summary" for text in one.sentences]
