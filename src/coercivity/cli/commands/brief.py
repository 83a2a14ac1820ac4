"""`coercivity brief`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.cli.options import PACKED_LAW, Assume, DayGiven, Known, LawOptions
from coercivity.cli.out import put
from coercivity.cli.progress import LOADING, progress_bar


def brief(
    case_dir: Path,
    *,
    on: DayGiven,
    out: Path,
    known: Known = None,
    assume: Assume = None,
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
    supply: bool = True,
) -> int:
    """Write the brief of a case folder: one HTML report, a JSON twin, and a summary on the screen.

    Exit code: 0 when it was written, whatever the outcomes in it; 2 for bad input.

    Args:
        case_dir: Folder with case.yaml and transactions.csv.
        on: Day for which the brief is written, YYYY-MM-DD or today.
        out: Folder that takes the report and its twin; it is made where there is none.
        lang: Language of the summary: en, zh or ja. The report has English and Chinese side by side.
        supply: Run the market for it; without, the brief tells of the law and the firm only.
    """
    progress = progress_bar("deals", at_once=LOADING)
    from coercivity.verbs.brief import brief as write_brief

    result = write_brief(
        case_dir,
        on,
        known=known,
        out=out,
        assume=assume,
        lang=lang,
        law=by.law,
        supply=supply,
        progress=progress,
        market_progress=progress_bar("market", patience_s=0, again="cost of clauses"),
    )
    put(*result.summary, *(f"written: {path.as_posix()}" for path in result.written))
    return 0
