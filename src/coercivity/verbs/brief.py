"""`brief`: reports on a case folder: a page in English, one in Chinese, the report data and a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import Fault, Faults
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, assumptions, clocks
from coercivity.cases.brief.brief import Brief, make_brief
from coercivity.cases.brief.head import CaseHead, read_case
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.model import Outcome
from coercivity.papers.brief.report_data import (
    PAGE_FILES,
    REPORT_FILE,
    BriefReport,
    FurtherParts,
    NextChange,
    TransactionData,
)
from coercivity.papers.brief.report_html import page
from coercivity.papers.brief.report_json import report_bytes, report_data
from coercivity.papers.brief.report_text import instrument_name, summary
from coercivity.papers.brief.words import coming_words
from coercivity.papers.firm.report_text import survival_short
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.parts import Practice, destination_of
from coercivity.papers.shared.terminal import wrapped
from coercivity.practice.times import practice_times
from coercivity.verbs.brief_supply import as_text, case_supply, with_names
from coercivity.verbs.kept import user_store
from coercivity.verbs.survive import has_firm, survive

__all__ = [
    "PAGE_FILES", "REPORT_FILE", "BriefReport", "BriefResult", "NextChange", "TransactionData", "brief", "case_head",
    "check_brief", "coming_words", "firm_lines", "instrument_name", "market_lines",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class BriefResult:
    """A report on a case folder.

    Attributes:
        outcome: The most restrictive result, which gives the exit code.
        report: The report as plain data, with every audit trail.
        html: The page in English.
        html_zh: The page in Chinese.
        json: The report data as canonical JSON.
        summary: Lines for a terminal.
        written: Files written; none if no folder was given.
        notices: What went wrong with the cache; the report is not affected.
    """

    outcome: Outcome
    brief: Brief
    report: BriefReport
    html: str
    html_zh: str
    json: bytes
    summary: tuple[str, ...]
    written: tuple[Path, ...]
    notices: tuple[Fault, ...] = ()


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
) -> BriefResult:
    """Returns the report on a case folder, and writes it if a folder is given.

    The report has three parts: the result for each transaction; the effect of the rules on supply and the cost of the
    clauses of the case; and, if the folder contains `firm.yaml`, the days of cover of the company.

    Args:
        case_dir: Folder with `case.yaml` and `transactions.csv`.
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

    Raises:
        CoercivityError: With every error in the arguments or the case; if another run is using the folder, or the
            folder cannot be written.

    Examples:
        >>> found = coercivity.brief(EXAMPLES / "magnet-jv", "2025-08-15", supply=False)
        >>> found.summary[2]
        'PROCEED 12   LICENCE 3   STOP 3   UNKNOWN 4'
    """
    book, store = law.book(), user_store(on=cache)
    faults = Faults()
    day = on if isinstance(on, Day) else day_of(on, ON, faults)
    known_day = known if isinstance(known, Day) or known is None else day_of(known, KNOWN, faults)
    seen_from = known_day or (book.default_known(day) if day is not None else None)
    picked = assumptions(book, assume, faults, known=seen_from)
    if out is not None and out.exists() and not out.is_dir():
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    faults.raise_if_any()
    assert day is not None
    with nullcontext() if out is None else held(out):
        found = make_brief(book, case_dir, day, known=known_day, assume=picked, progress=progress)
        firm = survive(case_dir, day, known=known_day, assume=assume, law=law) if has_firm(case_dir) else None
        market = case_supply(book, law, found, assume, store, market_progress) if supply else None
        more: FurtherParts = {}
        if firm is not None:
            more["survival"] = firm.body
        if market is not None:
            more["supply"] = {name: as_text(part) for name, part in with_names(market).items()}
        body = report_data(book, found, _practice(found), more)
        html = page(book, body, lang="en", supply=market)
        html_zh = page(book, body, lang="zh", supply=market)
        data = report_bytes(body)
        files = {PAGE_FILES["en"]: html.encode(), PAGE_FILES["zh"]: html_zh.encode(), REPORT_FILE: data}
        written = write_set(out, files) if out is not None else ()
        lines = tuple(_summary(body, market, lang))
        notices = tuple(store.notices) if store is not None else ()
        return BriefResult(found.outcome, found, body, html, html_zh, data, lines, written, notices)


def _summary(body: BriefReport, market: OutlookReport | None, lang: Lang) -> Iterator[str]:
    yield from summary(body, lang=lang)
    for words in body["calendar"]["words"] if "calendar" in body else ():
        yield from wrapped(say(words, lang), "! ")
    if "survival" in body:
        yield ""
        yield from survival_short(body["survival"], lang)
    if market is not None:
        from coercivity.papers.outlook.report_text import summary as supply_summary

        yield ""
        yield from supply_summary(market, lang)


def _practice(found: Brief) -> Practice:
    """Returns reported practice by destination, up to the information cut-off."""
    places = sorted({place for row in found.rows if (place := destination_of(row.transaction.deal)) is not None})
    seen_from = min(found.on, found.known)
    return {place: practice_times(seen_from, place) for place in places}


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
    return read_case(case_dir, PACKED.book().catalogue.countries)[0]


def firm_lines(report: BriefReport, lang: Lang) -> list[str]:
    """Returns the days of cover in the report data as lines."""
    firm = report.get("survival")
    return list(survival_short(firm, lang)) if firm else []


def market_lines(report: BriefReport, lines: list[str]) -> list[str]:
    """Returns the lines of a summary that concern the market: those after the law and the company.

    Args:
        report: The report data.
        lines: Its summary in English.
    """
    if "supply" not in report:
        return []
    before = len(summary(report)) + 1
    if "survival" in report:
        before += len(firm_lines(report, "en")) + 1
    return lines[before:]
