"""The content of a report on a case: checked arguments, its key in the cache, and how it is made."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.canonical import hash_files
from coercivity.base.days import Day, day_of
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.json_types import Json
from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import KNOWN, ON, Law, assumptions
from coercivity.cases.brief.brief import Brief, brief_of, read_brief_case
from coercivity.cases.brief.head import CaseHead
from coercivity.cases.brief.jurisdictions import asks_abroad
from coercivity.cases.lot_papers.folder import CaseRows
from coercivity.files.kept.store import Store
from coercivity.files.write.whole import BELOW_FILE, below_file
from coercivity.firm.company.in_case import case_files, company_file
from coercivity.firm.company.model import Company
from coercivity.firm.company.needs import empty_sheets
from coercivity.firm.compliance.model import Compliance
from coercivity.firm.compliance.read import compliance_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption
from coercivity.market.run.result_key import DRAWS, REPORTS, key_of
from coercivity.papers.brief.report_data import BriefReport, FurtherParts
from coercivity.papers.brief.report_text import summary
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.terminal import wrapped
from coercivity.verbs.brief_abroad import abroad_part, check_codes
from coercivity.verbs.brief_company import CompanyParts, company_parts
from coercivity.verbs.jurisdictions.request import abroad_law
from coercivity.verbs.kept import law_hash
from coercivity.verbs.messages import fault_in
from coercivity.verbs.runs import processors

if TYPE_CHECKING:
    from coercivity.papers.shared.parts import Practice

OF_DATES = ("AS-OF", "DAYS-ORDER")  # codes of a stock count or a last day that does not fit the date asked for
MOST_BYTES = 50_000_000  # of a case folder whose report is kept


@dataclass(frozen=True, slots=True)
class BriefAsked:
    """The arguments of a report."""

    case_dir: Path
    on: Day | str
    known: Day | str | None
    assume: str | None
    lang: Lang
    law: Law
    supply: bool


@dataclass(frozen=True, slots=True)
class CompanyRead:
    """The company of a case.

    Attributes:
        company: The company; None if the folder has no company file.
        lacks: Why its stock count or its last day does not fit the date of the report.
        without: What its workbook lacks for line stops; a workbook may be for a mix alone.
    """

    company: Company | None = None
    lacks: tuple[Fault, ...] = ()
    without: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefChecked:
    """The rulebook, the arguments after they were checked, and the files of the case as read.

    Attributes:
        compliance: What the case states of the cost of compliance; None if it states nothing.
    """

    book: Rulebook
    on: Day
    known: Day | None
    assume: Mapping[str, Assumption]
    case: CaseHead
    found: CaseRows
    company: CompanyRead
    compliance: Compliance | None = None


class KeptBrief(TypedDict):
    """A report as it is kept: outcome, content of its files in base 64, summary, and that of the market."""

    outcome: str
    files: dict[str, str]
    summary: list[str]
    market: list[str]


def is_file(out: Path | None) -> bool:
    """Returns whether a file is in the place of the folder for the results, or of one above it."""
    return out is not None and bool(_why_no_folder(out))


def _why_no_folder(out: Path) -> str:
    """Returns why no folder can be made in a place; blank if one can, or if it is there."""
    if out.exists():
        return "" if out.is_dir() else "it is a file, not a folder"
    return BELOW_FILE if below_file(out) else ""


def brief_key(asked: BriefAsked) -> str | None:
    """Returns the key of a report; None if it is not kept, or there is an error in what is asked."""
    rules, folder = law_hash(asked.law), asked.case_dir
    if rules is None or not folder.is_dir():
        return None
    found = case_files(folder)
    if total(path.stat().st_size for path in found.values()) > MOST_BYTES:
        return None
    parts: dict[str, Json] = {
        "law": rules,
        "case": hash_files((name, path.read_bytes()) for name, path in found.items()),
        "name": folder.name,
        "on": str(asked.on),
        "known": str(asked.known),
        "assume": asked.assume,
        "lang": asked.lang,
        "supply": asked.supply,
    }
    if asks_abroad(folder):
        parts["abroad"] = abroad_law().book().content_hash
    return key_of("case", parts, *REPORTS, *DRAWS, "firm", "intake")


def checked_brief(asked: BriefAsked, out: Path | None) -> BriefChecked:
    """Returns the rulebook, the arguments of a report and the files of its case.

    Raises:
        CoercivityError: With every error in the arguments, the case, its transactions and its company.
    """
    book, faults = asked.law.book(), Faults()
    on, known = asked.on, asked.known
    day = on if isinstance(on, Day) else day_of(on, ON, faults)
    known_day = known if isinstance(known, Day) or known is None else day_of(known, KNOWN, faults)
    seen_from = known_day or (book.default_known(day) if day is not None else None)
    picked = assumptions(book, asked.assume, faults, known=seen_from)
    if out is not None and is_file(out):
        faults.add("OUT", _why_no_folder(out), where=out.as_posix(), next="give a folder after --out")
    deals: frozenset[str] | None = None
    with faults.kept():
        case, found = read_brief_case(book, asked.case_dir)
        deals = frozenset(row.id for row in found.rows)
        check_codes(case, faults)
    company = _company(asked.case_dir, day, deals, faults)
    stated = compliance_of(asked.case_dir, faults, deals, book.catalogue.countries)
    faults.raise_if_any()
    assert day is not None
    return BriefChecked(book, day, known_day, picked, case, found, company, stated)


def _company(folder: Path, on: Day | None, deals: frozenset[str] | None, faults: Faults) -> CompanyRead:
    """Returns the company of a case folder; its errors are added to the faults.

    A stock count that does not fit the date of the report is no error of the case, nor is a workbook for a mix alone:
    the report says what it leaves out.
    """
    try:
        file = company_file(folder)
    except CoercivityError as error:
        faults.items += error.faults
        return CompanyRead()
    if file is None:
        return CompanyRead()
    from coercivity.verbs.company import read_asked

    found = Faults()
    company = read_asked(file, on, None, found, deals=deals)
    empty = empty_sheets(company, "stops")
    of_dates = tuple(fault for fault in found.items if fault.code in OF_DATES)
    lacks = of_dates if company.settings.as_of is not None else ()
    without = tuple(fault for fault in found.items if fault in empty or (empty and not lacks and fault in of_dates))
    faults.items += [fault for fault in found.items if fault not in (*lacks, *without)]
    return CompanyRead(company, lacks, without)


def decided_brief(
    asked: BriefAsked, checked: BriefChecked | None = None, progress: Callable[[int, int], None] | None = None
) -> Brief:
    """Returns the transactions of a case as decided.

    Args:
        asked: The arguments.
        checked: The same after they were checked; by default they are checked here.
        progress: Called with (transactions done, all).

    Raises:
        CoercivityError: With every error in the arguments or the case.
    """
    by = checked or checked_brief(asked, None)
    return brief_of(
        by.book, by.case, by.found.rows, by.on, papers=by.found, known=by.known, assume=by.assume, progress=progress
    )


def made_brief(
    asked: BriefAsked,
    checked: BriefChecked,
    found: Brief,
    store: Store | None,
    progress: Callable[[int, int], None] | None,
    files_progress: Callable[[int, int], None] | None = None,
) -> KeptBrief:
    """Returns a report from the transactions as decided.

    Args:
        asked: The arguments.
        checked: The same after they were checked.
        found: The transactions.
        store: Where results are kept.
        progress: Called with (months done, all) of each run of the market.
        files_progress: Called with (files done, all).

    Raises:
        CoercivityError: With every error in the files of the company, or if a month has no feasible plan.
    """
    from coercivity.papers.brief.compliance.data import ComplianceAsked
    from coercivity.papers.brief.output import brief_files, case_paper
    from coercivity.papers.brief.paper_html import first_lines
    from coercivity.papers.brief.report_json import report_data
    from coercivity.verbs.brief_supply import as_text, case_supply, with_names

    book, law, assume = checked.book, asked.law, asked.assume
    if asked.supply and processors() > 1:
        # The market is solved by other processes, so this one has time for the company meanwhile.
        with ThreadPoolExecutor(1, thread_name_prefix="company") as pool:
            working = pool.submit(company_parts, asked, checked, found)
            market = case_supply(book, law, found, assume, store, _unless_failed(working, progress))
            firm = working.result()
    else:
        firm = company_parts(asked, checked, found)
        market = case_supply(book, law, found, assume, store, progress) if asked.supply else None
    more: FurtherParts = {**firm.parts}
    if market is not None:
        more["supply"] = {name: as_text(part) for name, part in with_names(market).items()}
    if (abroad := abroad_part(found, assume, law)) is not None:
        more["abroad"] = abroad
    delays = checked.company.company.delays if checked.company.company is not None else ()
    cost = ComplianceAsked(checked.compliance or Compliance(), delays)
    body = report_data(book, found, _practice(found), more, firm.licences, cost)
    made = brief_files(book, body, market, firm.stops, asked.lang, files_progress)
    first = first_lines(case_paper(body, asked.lang))
    return {
        "outcome": found.outcome.value,
        "files": {name: b64encode(content).decode() for name, content in made.files.items()},
        "summary": [*first, "", *_summary(body, asked.lang), *_left_out(made.left_out, asked.lang)],
        "market": _market(market, asked.lang),
    }


def _unless_failed(
    working: Future[CompanyParts], progress: Callable[[int, int], None] | None
) -> Callable[[int, int], None]:
    """Returns a report of progress that stops the market as soon as the company part has failed."""

    def tell(done: int, whole: int) -> None:
        if working.done():
            working.result()
        if progress is not None:
            progress(done, whole)

    return tell


def _summary(body: BriefReport, lang: Lang) -> Iterator[str]:
    yield from summary(body, lang=lang)
    for words in body["calendar"]["words"] if "calendar" in body else ():
        yield from wrapped(say(words, lang), "! ")


def _left_out(faults: Iterable[Fault], lang: Lang) -> Iterator[str]:
    """Yields a line for each file that is too large to be printed."""
    for fault in faults:
        told = fault_in(fault, lang)
        yield from wrapped(f"{fault.where}: {told.what}", "! ")


def _market(market: OutlookReport | None, lang: Lang) -> list[str]:
    if market is None:
        return []
    from coercivity.papers.outlook.report_text import summary as supply_summary

    return list(supply_summary(market, lang))


def _practice(found: Brief) -> Practice:
    """Returns reported practice by destination, up to the information cut-off."""
    from coercivity.papers.shared.parts import destination_of
    from coercivity.practice.times import practice_times

    places = sorted({place for row in found.rows if (place := destination_of(row.transaction.deal)) is not None})
    seen_from = min(found.on, found.known)
    return {place: practice_times(seen_from, place) for place in places}
