"""`coercivity brief`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.cli.options import TIMED_LAW, Assume, Cached, DayGiven, Known, TimedLawOptions
from coercivity.cli.out import put, warn
from coercivity.cli.progress import LOADING, following_bar, progress_bar
from coercivity.cli.show import said
from coercivity.verbs.told_again import brief_told


def brief(
    case_dir: Path,
    *,
    on: DayGiven,
    out: Path,
    known: Known = None,
    assume: Assume = None,
    by: TimedLawOptions = TIMED_LAW,
    lang: Lang = "en",
    supply: bool = True,
    cache: Cached = True,
) -> int:
    """Write the report on a case folder as HTML and JSON, and print a summary.

    Exit code: 0 when the report was written, whatever its results; 2 for bad input.

    Args:
        case_dir: Folder with case.yaml and transactions.csv, and optionally a company file.
        on: Date of the report, YYYY-MM-DD or today.
        out: Output folder; created if it does not exist.
        lang: Language of the summary: en or zh. The report itself is in English and Chinese.
        supply: Run the market model and include supply; --no-supply limits the report to the law and the company.
    """
    progress = progress_bar("deals", at_once=LOADING)
    result = brief_told(
        case_dir,
        on,
        known=known,
        out=out,
        assume=assume,
        lang=lang,
        law=by.law if by != TIMED_LAW else None,
        supply=supply,
        cache=cache,
        progress=progress,
        market_progress=progress_bar("market", patience_s=0, again="cost of clauses"),
        files_progress=following_bar("files"),
    )
    put(*result.report.lines, *(said(f"written: {path.as_posix()}", lang) for path in result.written))
    warn(result.notices, lang)
    return 0
