"""`brief`: reports on a case folder: a page in English, one in Chinese, the report data and a summary."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.canonical import hash_files
from coercivity.base.days import Day, day_of
from coercivity.base.errors import Fault, Faults
from coercivity.base.json_types import Json
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, assumptions, clocks
from coercivity.files.kept.store import Store
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption
from coercivity.market.run.result_key import REPORTS, key_of
from coercivity.papers.brief.report_data import (
    PAGE_FILES,
    REPORT_FILE,
    BriefReport,
    FurtherParts,
    NextChange,
    TransactionData,
)
from coercivity.papers.brief.report_text import instrument_name, summary
from coercivity.papers.brief.words import coming_words
from coercivity.papers.firm.report_text import survival_short
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.terminal import wrapped
from coercivity.verbs.kept import keep, law_hash, taken, user_store

if TYPE_CHECKING:
    from coercivity.cases.brief.brief import Brief
    from coercivity.cases.brief.head import CaseHead
    from coercivity.papers.shared.parts import Practice

__all__ = [
    "PAGE_FILES", "REPORT_FILE", "BriefReport", "BriefResult", "NextChange", "TransactionData", "brief", "case_head",
    "check_brief", "coming_words", "firm_lines", "instrument_name", "market_lines",
]  # fmt: skip

MOST_BYTES = 50_000_000  # of a case folder whose report is kept


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
        decided: Returns the transactions as decided.
        notices: What went wrong with the cache; the report is not affected.
    """

    outcome: Outcome
    report: BriefReport
    html: str
    html_zh: str
    json: bytes
    summary: tuple[str, ...]
    written: tuple[Path, ...]
    decided: Callable[[], Brief] = field(repr=False, compare=False)
    notices: tuple[Fault, ...] = ()

    @property
    def brief(self) -> Brief:
        """The transactions as decided; for a report that was kept they are decided again."""
        return self.decided()


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
    store = user_store(on=cache)
    asked = _Asked(case_dir, on, known, assume, lang, law, supply)
    key = brief_key(asked) if store is not None and not _taken(out) else None
    kept: _Kept | None = taken(store, key)
    checked = None if kept is not None else _checked(asked, out)
    with nullcontext() if out is None else held(out):
        decided = partial(_decided, asked)
        if checked is not None:
            found = _decided(asked, checked, progress)
            kept, decided = _made(asked, checked, found, store, market_progress), partial(_same, found)
            keep(store, key, kept)
        assert kept is not None
        data, pages = kept["json"].encode(), (kept["html"].encode(), kept["html_zh"].encode())
        files = {PAGE_FILES["en"]: pages[0], PAGE_FILES["zh"]: pages[1], REPORT_FILE: data}
        written = write_set(out, files) if out is not None else ()
        notices = tuple(store.notices) if store is not None else ()
        report: BriefReport = json.loads(data)
        texts = kept["html"], kept["html_zh"], data, tuple(kept["summary"])
        return BriefResult(Outcome(kept["outcome"]), report, *texts, written, decided, notices)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The arguments of a report."""

    case_dir: Path
    on: Day | str
    known: Day | str | None
    assume: str | None
    lang: Lang
    law: Law
    supply: bool


@dataclass(frozen=True, slots=True)
class _Checked:
    """The rulebook, and the arguments after they were checked."""

    book: Rulebook
    on: Day
    known: Day | None
    assume: Mapping[str, Assumption]


class _Kept(TypedDict):
    outcome: str
    html: str
    html_zh: str
    json: str
    summary: list[str]


def _taken(out: Path | None) -> bool:
    """Returns whether a file is in the place of the folder for the results."""
    return out is not None and out.exists() and not out.is_dir()


def brief_key(asked: _Asked) -> str | None:
    """Returns the key of a report; None if it is not kept, or there is an error in what is asked."""
    rules, folder = law_hash(asked.law), asked.case_dir
    if rules is None or not folder.is_dir():
        return None
    found = sorted(path for path in folder.iterdir() if path.is_file())
    if sum(path.stat().st_size for path in found) > MOST_BYTES:
        return None
    parts: dict[str, Json] = {
        "law": rules,
        "case": hash_files((path.name, path.read_bytes()) for path in found),
        "name": folder.name,
        "on": str(asked.on),
        "known": str(asked.known),
        "assume": asked.assume,
        "lang": asked.lang,
        "supply": asked.supply,
    }
    return key_of("case", parts, *REPORTS, "firm", "intake")


def _checked(asked: _Asked, out: Path | None) -> _Checked:
    book, faults = asked.law.book(), Faults()
    on, known = asked.on, asked.known
    day = on if isinstance(on, Day) else day_of(on, ON, faults)
    known_day = known if isinstance(known, Day) or known is None else day_of(known, KNOWN, faults)
    seen_from = known_day or (book.default_known(day) if day is not None else None)
    picked = assumptions(book, asked.assume, faults, known=seen_from)
    if out is not None and _taken(out):
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    faults.raise_if_any()
    assert day is not None
    return _Checked(book, day, known_day, picked)


def _same(found: Brief) -> Brief:
    return found


def _decided(
    asked: _Asked, checked: _Checked | None = None, progress: Callable[[int, int], None] | None = None
) -> Brief:
    from coercivity.cases.brief.brief import make_brief

    by = checked or _checked(asked, None)
    return make_brief(by.book, asked.case_dir, by.on, known=by.known, assume=by.assume, progress=progress)


def _made(
    asked: _Asked,
    checked: _Checked,
    found: Brief,
    store: Store | None,
    progress: Callable[[int, int], None] | None,
) -> _Kept:
    from coercivity.papers.brief.report_html import page
    from coercivity.papers.brief.report_json import report_bytes, report_data
    from coercivity.verbs.brief_supply import as_text, case_supply, with_names
    from coercivity.verbs.survive import has_firm, survive

    book, folder, law, assume = checked.book, asked.case_dir, asked.law, asked.assume
    firm = survive(folder, checked.on, known=checked.known, assume=assume, law=law) if has_firm(folder) else None
    market = case_supply(book, law, found, assume, store, progress) if asked.supply else None
    more: FurtherParts = {}
    if firm is not None:
        more["survival"] = firm.body
    if market is not None:
        more["supply"] = {name: as_text(part) for name, part in with_names(market).items()}
    body = report_data(book, found, _practice(found), more)
    return {
        "outcome": found.outcome.value,
        "html": page(book, body, lang="en", supply=market),
        "html_zh": page(book, body, lang="zh", supply=market),
        "json": report_bytes(body).decode(),
        "summary": list(_summary(body, market, asked.lang)),
    }


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
    from coercivity.papers.shared.parts import destination_of
    from coercivity.practice.times import practice_times

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
    from coercivity.cases.brief.head import read_case

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
