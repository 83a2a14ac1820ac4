"""`coercivity brief`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.cli.out import put
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import OverlayPaths, law_of, resolve_day
from coercivity.verbs.brief import brief as write_brief


def brief(
    case_dir: Path,
    *,
    on: str,
    out: Path,
    known: str | None = None,
    assume: str | None = None,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    lang: Lang = "en",
    supply: bool = True,
) -> int:
    """Write the brief of a case folder: one HTML report, a JSON twin, and a summary on the screen.

    Exit code: 0 when it was written, whatever the outcomes in it; 2 for bad input.

    Args:
        case_dir: Folder with case.yaml and transactions.csv.
        on: Day for which the brief is written, YYYY-MM-DD or today.
        out: Folder that takes the report and its twin; it is made where there is none.
        known: Day by which things count as published; by default the earlier of `on` and the last check.
        assume: Branches picked for planning, such as 62=lapsed,61=extended:2027-01-10.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        lang: Language of the summary: en, zh or ja. The report has English and Chinese side by side.
        supply: Run the market for it; without, the brief tells of the law and the firm only.
    """
    result = write_brief(
        case_dir,
        resolve_day(on) or "",
        known=resolve_day(known),
        out=out,
        assume=assume,
        lang=lang,
        law=law_of(pack, overlay),
        supply=supply,
        progress=progress_bar("brief"),
        market_progress=progress_bar("market"),
    )
    put(*result.summary, *(f"written: {path.as_posix()}" for path in result.written))
    return 0
