"""`coercivity strategy`: who wins with what."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

from coercivity.base.errors import CoercivityError
from coercivity.cli.options import AsJson, Flag, TextLang
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import progress_bar

app = App(name="strategy", help="Show which firm wins with which levers of supply, as a factorial over scenarios.")


@app.default
def strategy(
    file: Path,
    *,
    levers: str | None = None,
    out: Path | None = None,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show what every combination of levers costs each firm, the cheapest, effects, interactions, and the claim.

    Exit code: 0; 2 for bad input.

    Args:
        file: Workbook of firms and scenarios: XLSX, YAML or a folder of CSV files.
        levers: Levers to try, parted by commas: ore, processing, recycling, contracts, stock. Default: the first three.
        out: Folder for pages, CSV (with the IAMC table), XLSX, SVG and JSON.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.strategy import strategy as run
    from coercivity.verbs.strategy import write_strategy

    names = None if levers is None else [name for name in levers.split(",") if name.strip()]
    found = run(file, levers=names, progress=progress_bar("strategy"))
    written = write_strategy(out, found, lang) if out is not None else []
    if json_:
        put_json(found.as_dict())
        return 0
    put(*found.lines(lang))
    put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    return 0


@app.command
def template(*, out: Path, example: Flag = False, lang: TextLang = "en") -> int:
    """Write the empty workbook: every sheet with its columns, what they hold, and lists to choose from.

    Args:
        out: XLSX file to write.
        example: Fill in the rows of invented firms.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.strategy import strategy_template
    from coercivity.verbs.workbook import write_workbook

    if out.is_file():
        step = "choose another --out, or move the file away"
        raise CoercivityError.of("OUT", "the file exists", where=out.as_posix(), next=step)
    write_workbook(out, strategy_template(lang, example=example))
    put(message(f"written: {out.as_posix()}", lang))
    return 0
