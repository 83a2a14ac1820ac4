"""`coercivity outlook` and `coercivity clause-price`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.base.words import Lang
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import OverlayPaths, law_of, resolve_day
from coercivity.papers.market.clause_text import clause_lines
from coercivity.verbs.clause_price import clause_price as price_of
from coercivity.verbs.outlook import AS_KNOWN
from coercivity.verbs.outlook import outlook as look_ahead

JsonFlag = Annotated[bool, Parameter(name="--json", negative=())]
FirstMonth = Annotated[str, Parameter(name="--from")]
LastMonth = Annotated[str, Parameter(name="--to")]


def outlook(
    scenario: str = AS_KNOWN,
    scenario_b: str | None = None,
    /,
    *,
    first: FirstMonth,
    last: LastMonth,
    out: Path | None = None,
    known: str | None = None,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    lang: Lang = "en",
    json_: JsonFlag = False,
) -> int:
    """Print what the rules do to supply: prices in and outside China, gaps by clause, shortages; one scenario or two.

    Args:
        scenario: Id of a packed scenario (as-known, controls-back, ...) or path of a .yaml file.
        scenario_b: A second scenario to hold it against.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        out: Folder that takes the page, its JSON twin and the tables as Parquet.
        known: Day after which nothing more becomes known; by default every month knows what was published by then.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        lang: Language of the summary: en, zh or ja.
        json_: Print the twin as JSON.
    """
    bar = progress_bar("outlook")
    law = law_of(pack, overlay)
    result = look_ahead(
        scenario,
        scenario_b,
        first=first,
        last=last,
        out=out,
        known=resolve_day(known),
        law=law,
        lang=lang,
        progress=bar,
    )
    if json_:
        put_json(result.report)
    else:
        put(*result.summary)
    put(*(f"written: {path.as_posix()}" for path in result.written))
    return 0


def clause_price(
    clause: str,
    scenario: str = AS_KNOWN,
    /,
    *,
    first: FirstMonth,
    last: LastMonth,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    lang: Lang = "en",
    json_: JsonFlag = False,
) -> int:
    """Print what one clause, or one instrument, does: tonnes, money, who pays; each branch of what is unknown apart.

    Args:
        clause: Id of a provision, such as a18-1c905, or of an instrument, such as 62/2025.
        scenario: Id of a packed scenario or path of a .yaml file, with and without the clause.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        lang: Language of the words: en, zh or ja.
        json_: Print JSON.
    """
    law = law_of(pack, overlay)
    found = price_of(clause, scenario, first=first, last=last, law=law, progress=progress_bar("clause-price"))
    if json_:
        put_json(found.body)
    else:
        put(*clause_lines(found.body, lang))
    return 0
