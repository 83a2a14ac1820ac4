"""`coercivity fund`: what public money should buy."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from cyclopts import App

from coercivity.cli.new_file import must_be_new, put_template
from coercivity.cli.options import AsJson, Flag, TextLang, Texts
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import progress_bar

app = App(
    name="fund", help="Show which projects public money should buy under a budget, from the workbook of a ministry."
)
Technology = Literal["given", "none", "refused"]


@app.default
def fund(
    file: Path,
    *,
    budget: Texts = None,
    technology: Technology = "given",
    sets: int = 4,
    out: Path | None = None,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show which projects to fund with which instrument under a budget, and what would change the choice.

    Exit code: 0; 2 for bad input.

    Args:
        file: Workbook of a ministry: XLSX, YAML or a folder of CSV files.
        budget: Public money that may be committed on each legal path [MUSD]. Can be repeated: the others are compared
            with the first. Default: that of the workbook.
        technology: Whether controlled technology is refused: given by the workbook, none, or refused for certain.
        sets: Number of best sets.
        out: Folder for pages, CSV (with the IAMC table), SVG, PNG, JSON, and an XLSX file that loads again to the same
            answer.
    """
    from coercivity.verbs.fund import fund as found_for
    from coercivity.verbs.fund import write_fund
    from coercivity.verbs.messages import message

    found = found_for(file, budget=budget, technology=technology, sets=sets, progress=progress_bar("fund"))
    written = write_fund(out, found, lang) if out is not None else []
    if json_:
        put_json(found.as_dict())
        return 0
    put(*found.lines(lang))
    put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    return 0


@app.command
def pipeline(
    *,
    budget: Texts = None,
    draws: int = 16,
    solve: int = 4,
    to: str = "2031-12",
    years_after: int = 9,
    workers: int | None = None,
    draws_folder: Path | None = None,
    out: Path | None = None,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show what public money for each planned project outside China is worth in the market, by legal path.

    Draws of the market take about 20 seconds each and are kept. Exit code: 0; 2 for bad input.

    Args:
        budget: Public money that may be committed on each path [MUSD]; the best set and the next one are solved again
            in the market. Can be repeated. Default: no set.
        draws: Draws of each of three legal paths, a power of two.
        solve: Draws of each path on which a set is solved: 0, 1, 2 or 4.
        to: Last month.
        years_after: Years after the last one in which its figures go on.
        workers: Draws at a time. Default: one per processor.
        draws_folder: Folder for draws, to continue them later. Default: the cache.
        out: Folder for the ministry's workbook (XLSX, YAML), pages, CSV, picture and JSON.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.pipeline import fund_pipeline, write_pipeline

    found = fund_pipeline(
        budget=budget,
        draws=draws,
        solve=solve,
        last=to,
        years_after=years_after,
        lang=lang,
        workers=workers,
        draws_folder=draws_folder,
        progress=progress_bar("draws"),
    )
    written = write_pipeline(out, found, lang) if out is not None else []
    if json_:
        put_json(found.as_dict())
        return 0
    put(*found.lines(lang))
    put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    return 0


@app.command
def template(*, out: Path, example: Flag = False, lang: TextLang = "en") -> int:
    """Write the empty workbook of a ministry: every sheet with its columns, what they hold, and lists to choose from.

    Args:
        out: XLSX file to write.
        example: Fill in the rows of an invented example.
    """
    from coercivity.verbs.fund import fund_template

    must_be_new(out)
    put_template(out, fund_template(lang, example=example), lang)
    return 0
