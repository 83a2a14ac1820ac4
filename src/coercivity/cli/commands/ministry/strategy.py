"""`coercivity strategy`: who wins with what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from coercivity.cli.draws_group import NO_DRAWS, DrawsGroup
from coercivity.cli.new_file import must_be_new, put_template
from coercivity.cli.options import AsJson, Cached, Flag, TextLang, Texts, Whole, resolve_day
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
        out: Folder for pages, CSV (with the IAMC table), XLSX, SVG, PNG and JSON.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.strategy import strategy as run
    from coercivity.verbs.strategy import write_strategy

    found = run(file, levers=levers, progress=progress_bar("strategy"))
    written = write_strategy(out, found, lang) if out is not None else []
    if json_:
        put_json(found.as_dict())
        return 0
    put(*found.lines(lang))
    put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    return 0


@app.command
def market(
    *,
    out: Path,
    year: Whole = 2028,
    scenario: Texts = None,
    first: Annotated[str, Parameter(name="--from")] = "2026-01",
    last: Annotated[str | None, Parameter(name="--to")] = None,
    drawn: DrawsGroup = NO_DRAWS,
    cache: Cached = True,
    lang: TextLang = "en",
) -> int:
    """Write a workbook from draws of the market: a magnet maker, a car maker and a recycler, a row a path and draw.

    Args:
        out: Folder for the workbook as CSV files, with notes on how each figure is derived.
        year: The year.
        scenario: Built-in scenario or path of a .yaml file; can be repeated. Default: as-known and technology-only.
        first: First drawn month, YYYY-MM.
        last: Last month, YYYY-MM. Default: December of the year.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.strategy_market import DRAWS, SCENARIOS, strategy_market, write_strategy_market

    with drawn.running(lambda: ()) as run:
        made = strategy_market(
            year=year,
            scenarios=tuple(scenario or SCENARIOS),
            first=first,
            last=last,
            cache=cache,
            draws=drawn.draws if drawn.draws is not None else DRAWS,
            scramble=drawn.scramble,
            draws_folder=drawn.draws_folder,
            **run,
            progress=progress_bar("draws"),
        )
    written = write_strategy_market(out, made, lang, made_on=resolve_day("today"))
    put(*made.lines(lang))
    put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    return 0


@app.command
def template(*, out: Path, example: Flag = False, lang: TextLang = "en") -> int:
    """Write the empty workbook: every sheet with its columns, what they hold, and lists to choose from.

    Args:
        out: XLSX file to write.
        example: Fill in the rows of invented firms.
    """
    from coercivity.verbs.strategy import strategy_template

    must_be_new(out)
    put_template(out, strategy_template(lang, example=example), lang)
    return 0
