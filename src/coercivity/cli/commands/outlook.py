"""`coercivity outlook` and `coercivity clause-price`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.base.errors import Fault
from coercivity.base.words import Lang
from coercivity.cli.draws_group import NO_DRAWS, DrawsGroup
from coercivity.cli.options import (
    PACKED_LAW,
    AsJson,
    Cached,
    Flag,
    JsonFlag,
    LawOptions,
    MaybeDay,
    Paths,
    Texts,
    WordsLang,
)
from coercivity.cli.out import put, put_json, warn
from coercivity.cli.progress import LOADING, following_bar, progress_bar
from coercivity.cli.show import said
from coercivity.verbs import AS_KNOWN, GeneralLicences
from coercivity.verbs.told_again import clause_price_told, outlook_told

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
    known: MaybeDay = None,
    desk_without: Texts = None,
    observed: Flag = False,
    observations: Paths = None,
    drawn: DrawsGroup = NO_DRAWS,
    parameters: Path | None = None,
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
    cache: Cached = True,
    json_: JsonFlag = False,
) -> int:
    """Model prices in and outside China, price gaps by clause and shortages, under one scenario or two.

    Args:
        scenario: Built-in scenario (as-known, controls-back, ...) or path of a .yaml file.
        scenario_b: Second scenario to compare with.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        out: Output folder for the report page, its JSON and the tables as Parquet.
        known: Information cut-off: only notices and data known on this date count. Default: notices by mid-month.
        desk_without: Element of the licensing desk to switch off: queue, wait, refusals, returns, general_licences,
            events, unused_licences or customs_hold. Can be repeated.
        observed: Start from the latest state that was observed by --known, or by now: exports, and the stocks and goods
            under way that follow from them.
        observations: File with further observations (CSV), in the columns of the built-in ones. Can be repeated.
        parameters: File with the values of some rows by draw, such as a posterior of coercivity calibrate, or day of
            a packed posterior; goes with --draws.
        lang: Language of the summary: en or zh.
        json_: Print the report as JSON.
    """

    def others() -> list[Fault]:
        from coercivity.verbs.outlook import outlook_faults

        return outlook_faults(
            scenario,
            scenario_b,
            first=first,
            last=last,
            out=out,
            known=known,
            desk_without=desk_without or (),
            observed=observed,
            observations=observations or (),
            parameters=parameters,
            law=by.law,
            workers=drawn.workers,
            **drawn.ask,
        )

    progress = progress_bar("outlook", at_once=LOADING)
    with drawn.running(others) as run:
        result = outlook_told(
            scenario,
            scenario_b,
            first=first,
            last=last,
            out=out,
            known=known,
            desk_without=desk_without or (),
            observed=observed,
            observations=observations or (),
            parameters=parameters,
            law=by.law if by != PACKED_LAW else None,
            lang=lang,
            cache=cache,
            **drawn.ask,
            **run,
            progress=progress,
            draws_progress=following_bar("draws"),
        )
    if json_:
        put_json(result.report.data)
    else:
        put(*result.report.lines)
    put(*(said(f"written: {path.as_posix()}", lang) for path in result.written))
    warn(result.notices, lang)
    return 0


def clause_price(
    clause: str,
    scenario: str = AS_KNOWN,
    /,
    *,
    first: FirstMonth,
    last: LastMonth,
    general_licences: GeneralLicences = "with",
    drawn: DrawsGroup = NO_DRAWS,
    by: LawOptions = PACKED_LAW,
    lang: WordsLang = "en",
    cache: Cached = True,
    json_: AsJson = False,
) -> int:
    """Show the cost of one clause or instrument: volumes, money, who bears it; each legal scenario separately.

    Args:
        clause: Id of a clause, such as a18-1c905, or of an instrument, such as 62/2025.
        scenario: Built-in scenario or path of a .yaml file, run with and without the clause.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        general_licences: With general licences as practised, without them, or both and what they are worth.
    """

    def others() -> list[Fault]:
        from coercivity.verbs.clause_price import clause_price_faults

        return clause_price_faults(
            clause,
            scenario,
            first=first,
            last=last,
            general_licences=general_licences,
            law=by.law,
            workers=drawn.workers,
            **drawn.ask,
        )

    progress = progress_bar("clause-price", at_once=LOADING)
    with drawn.running(others) as run:
        found = clause_price_told(
            clause,
            scenario,
            first=first,
            last=last,
            general_licences=general_licences,
            law=by.law if by != PACKED_LAW else None,
            lang=lang,
            cache=cache,
            **drawn.ask,
            **run,
            progress=progress,
            draws_progress=following_bar("draws"),
        )
    if json_:
        put_json(found.report.data)
    else:
        put(*found.report.lines)
    warn(found.notices, lang)
    return 0
