"""`coercivity clock` and `coercivity survive`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.chain_options import NO_CHAIN, ChainOptions
from coercivity.cli.draws_group import NO_PRACTICE_DRAWS, PracticeDraws
from coercivity.cli.options import (
    TIMED_LAW,
    AsJson,
    Assume,
    Facts,
    Flag,
    Known,
    MaybeDay,
    Stated,
    TextLang,
    TimedLawOptions,
)
from coercivity.cli.out import put, put_json, warn
from coercivity.cli.show import phrase

if TYPE_CHECKING:
    from coercivity.verbs.company_drawn import CompanyDrawn


def clock(
    file: Path | None = None,
    *,
    on: MaybeDay = None,
    sign: MaybeDay = None,
    fact: Facts = None,
    standing: Stated = None,
    filed: MaybeDay = None,
    percentile: Flag = False,
    chain: ChainOptions = NO_CHAIN,
    known: Known = None,
    assume: Assume = None,
    by: TimedLawOptions = TIMED_LAW,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show how long a licence takes, stage by stage: statutory, reported and simulated times, which are never added up.

    With --sign instead of --on: by when to sign for goods that arrive in time, through the stages of a workbook.

    Exit code: 0, whatever the result; 2 for bad input.

    Args:
        file: YAML file with `deals` or `cases`, a table, or a case folder; with --sign a workbook (XLSX, YAML or CSV).
        on: Transaction date and first day of preparing the application, YYYY-MM-DD or today.
        sign: Day on which the end-user certificate is signed, YYYY-MM-DD or today.
        filed: Date on which the application was or will be filed; a date before --on means it is pending.
        percentile: Print seven percentiles instead of three.
    """
    if on is None:
        _no_deal(file, sign, chain)
        _no_deal_options(fact, standing, filed, known, assume, percentile)
        return _chain(file, sign, chain, by, json_=json_, lang=lang)
    if sign is not None or chain != NO_CHAIN:
        what = "--on asks for the licence time of a deal, --sign for the chain of a workbook"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("on"), next="give one of them")
    from coercivity.verbs.clock import clock as clock_one
    from coercivity.verbs.clock import clock_file
    from coercivity.verbs.decide import facts_from_pairs

    law = by.law
    if file is not None:
        if fact or standing:
            raise CoercivityError.of(
                "FACT-FILE",
                "facts and declarations cannot be combined with a deals file",
                where=file.as_posix(),
                next="write them into the file, or omit the file to check one deal",
            )
        found = clock_file(file, on=on, filed=filed, known=known, assume=assume, law=law)
    else:
        facts, stated = facts_from_pairs(fact or [], law), facts_from_pairs(standing or [], law)
        found = [clock_one(facts, on=on, filed=filed, known=known, assume=assume, standing=stated, law=law)]
    if json_:
        put_json([entry.as_dict() for entry in found])
        return 0
    for entry in found:
        put(*entry.lines(lang, more=percentile))
    put(phrase("not_legal_advice", lang))
    return 0


def _no_deal(file: Path | None, sign: str | None, chain: ChainOptions) -> None:
    """Refuses a run that says neither what to ask nor when; the stages of a workbook may say when themselves."""
    is_case = file is None or (file / "case.yaml").is_file() or file.suffix.casefold() == ".csv"
    if is_case and sign is None and chain == NO_CHAIN:
        what = "--on gives the licence time of a deal, --sign the last day to sign; one of them is missing"
        raise CoercivityError.of(
            "ARGUMENT", what, where=Argument("on"), next="add --on YYYY-MM-DD, or --sign YYYY-MM-DD"
        )


def _no_deal_options(*given: object) -> None:
    if any(given):
        what = "facts, declarations, --filed, --known, --assume and --percentile belong to a deal"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("on"), next="add --on, or leave them out")


def _chain(
    file: Path | None, sign: str | None, chain: ChainOptions, by: TimedLawOptions, *, json_: bool, lang: Lang
) -> int:
    from coercivity.verbs.chain import chain_clock, write_chain
    from coercivity.verbs.messages import message

    found = chain_clock(
        file,
        sign=sign,
        arrive_by=chain.arrive_by,
        confidence=tuple(chain.confidence or ()),
        calendar=by.calendar,
        to=chain.to,
        plant=chain.plant,
        return_chance=chain.return_chance,
        by_air_kg=tuple(chain.by_air_kg or ()),
        draws=chain.draws,
        law=replace(by, calendar=None).law,
    )
    written = [] if chain.out is None else write_chain(chain.out, found, lang)
    if json_:
        put_json(found.as_dict())
        return 0
    put(*found.lines(lang), *(message(f"written: {path.as_posix()}", lang) for path in written))
    put(phrase("not_legal_advice", lang))
    return 0


def survive(
    file: Path,
    *,
    on: MaybeDay = None,
    until: MaybeDay = None,
    independent: Flag = False,
    ics: Path | None = None,
    out: Path | None = None,
    known: Known = None,
    assume: Assume = None,
    drawn: PracticeDraws = NO_PRACTICE_DRAWS,
    by: TimedLawOptions = TIMED_LAW,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show when the line stops: by plant, part, element and clause, with what to do and by when.

    Exit code: 0, whatever the result; 2 for bad input.

    Args:
        file: Workbook of a company: XLSX, YAML or a folder of CSV files. Or a case folder that has one.
        on: Day asked for, YYYY-MM-DD or today. The day of the stock count by default.
        until: Last day to look at. Default: that of the workbook, else 365 days after the stock count.
        independent: Treat grant and renewal as independent of each other.
        ics: iCalendar file to write the company's own deadlines to.
        out: Folder for the page, the workbook, the tables and the JSON.
    """
    from coercivity.verbs.company import company_stops, write_deadlines, write_stops
    from coercivity.verbs.messages import message

    asked: _Asked = {
        "on": on, "until": until, "independent": independent or None, "known": known, "assume": assume,
    }  # fmt: skip
    draws = _drawn(file, drawn, asked, by, lang) if drawn.given() else None
    found = draws.own if draws is not None else company_stops(file, law=by.law, **asked)
    written = write_stops(out, found, lang, draws.body if draws is not None else None) if out is not None else []
    if draws is not None and out is not None:
        from coercivity.verbs.company_drawn import write_drawn

        written.append(write_drawn(out, draws))
    if ics is not None:
        write_deadlines(ics, found, lang)
        written.append(ics)
    if json_:
        put_json({**found.as_dict(), "drawn": draws.as_dict()} if draws is not None else found.as_dict())
        return 0
    put(*found.lines(lang), *(draws.lines(lang) if draws is not None else ()))
    put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    put(phrase("not_legal_advice", lang))
    return 0


class _Asked(TypedDict):
    """Arguments that a company and its draws have in common."""

    on: str | None
    until: str | None
    independent: bool | None
    known: str | None
    assume: str | None


def _drawn(file: Path, drawn: PracticeDraws, asked: _Asked, by: TimedLawOptions, lang: Lang) -> CompanyDrawn:
    """Returns the stops of a company over draws of practice, with those by its own Delays."""
    from coercivity.verbs.company_drawn import company_drawn  # it loads numpy and the market

    found = company_drawn(
        file,
        draws=drawn.draws,
        scramble=drawn.scramble,
        workers=drawn.workers,
        draws_folder=drawn.draws_folder,
        law=by.law,
        **asked,
    )
    warn(found.notices, lang)
    return found
