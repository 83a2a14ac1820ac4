"""`survive` for the workbook of a company: when its lines stop, how sure that is, what to do and by when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.canonical import canonical_json
from coercivity.base.days import Day, day_of
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults, nearest
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, assumptions
from coercivity.data.input import Input
from coercivity.files.write.whole import write_file
from coercivity.firm.chain.build import build_chain
from coercivity.firm.chain.calendar import chain_calendar, check_rows
from coercivity.firm.chain.sources import company_with_faults
from coercivity.firm.company.in_case import COMPANY_FILES, company_source, is_case
from coercivity.firm.company.model import Company
from coercivity.firm.company.needs import empty_sheets
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.answer import asked_period, company_answer
from coercivity.firm.line_stop.lots_law import lots_law
from coercivity.firm.line_stop.results import LineStops
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.deadlines_ics import deadlines_ics
from coercivity.papers.firm.stops.data import stops_data
from coercivity.papers.firm.stops.drawn_data import StopsDrawnReport
from coercivity.papers.firm.stops.page import stops_page
from coercivity.papers.firm.stops.report_data import StopsReport
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.papers.firm.stops.tables import stops_csv, stops_workbook
from coercivity.papers.firm.stops.text import stops_lines
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.verbs.case_deals import case_deals
from coercivity.verbs.out_folder import write_folder

__all__ = [
    "CompanyStops", "StopsReport", "company_stops", "has_company", "read_asked", "write_deadlines", "write_stops",
]  # fmt: skip
UNTIL = Argument("until")
# Codes of rows and sheets that could not be read, so that what they hold is missing from the company.
_UNREAD = frozenset(
    (
        "CELL", "COLUMN", "DATE", "FAULTS-MORE", "FILE-FORM", "FILE-KIND", "FILE-MISSING", "FILE-SIZE", "FIRM-FORM",
        "SETTING", "SHEET", "TWICE", "UNIT",
    )
)  # fmt: skip
_MOST_NAMES = 200  # names beside a missing file among which the nearest are sought


@dataclass(frozen=True, slots=True)
class CompanyStops(Tabled):
    """When the lines of a company stop.

    Attributes:
        found: The result.
        body: The same as plain data: text, whole numbers, flags, lists and mappings.

    Examples:
        >>> found = coercivity.company_stops(EXAMPLES / "firms" / "alpenmotor.yaml")
        >>> next(found.lines())
        'Alpenmotor: line stops from 2026-11-20 to 2027-05-31'
    """

    found: LineStops
    body: StopsReport

    def as_dict(self) -> StopsReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        return stops_lines(self.body, lang)

    def page(self, lang: Lang = "en", *, sister: str = "", drawn: StopsDrawnReport | None = None) -> str:
        """Returns the result, and the one by draws if there is one, as a page that prints whole and needs no script."""
        return stops_page(self.body, lang, sister=sister, drawn=drawn)

    def ics(self, lang: Lang = "en") -> bytes:
        """Returns the deadlines that have not passed as an iCalendar file."""
        return deadlines_ics(self.found, lang)

    def _frames(self) -> Frames:
        return section_frames(stops_sections(self.body))

    def _headline(self) -> str:
        return next(self.lines())


def company_stops(
    source: Input | Company,
    *,
    on: Day | str | None = None,
    until: Day | str | None = None,
    independent: bool | None = None,
    known: Day | str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
) -> CompanyStops:
    """Returns when the lines of a company stop, with chances, causes, actions, contracts and deadlines.

    Args:
        source: Workbook (XLSX), the same as YAML, a folder with one CSV file a sheet, uploaded content, a case folder
            with one of them as `company.xlsx`, `company.yaml` or `company`, or a company.
        on: Day asked for; the default is the day of the stock count, and it must not be before that.
        until: Last day looked at; the default is that of the workbook, else 365 days after the count.
        independent: Whether grant and renewal are independent of each other; the default is what the workbook says,
            else no: one authority decides all files and the renewal.
        known: Information cut-off for the law on the lots.
        assume: Planning assumptions, as after `--assume`.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every fault of the workbook by sheet and cell, and of the arguments.

    Examples:
        >>> found = coercivity.company_stops(EXAMPLES / "firms" / "alpenmotor.yaml")
        >>> [(plant["plant"], plant["stop_on"], plant["part"]) for plant in found.body["plants"]][0]
        ('GRZ', '2027-02-14', 'M3')
    """
    faults = Faults()
    day, last = _day(on, ON, faults), _day(until, UNTIL, faults)
    known_day = _day(known, KNOWN, faults)
    company = source if isinstance(source, Company) else read_asked(source, day, last, faults, law=law)
    book = law_book(law, faults)
    period = asked_period(company, day, last)
    picked = assumptions(book, assume, faults, known=known_day or book.default_known(period.on))
    faults.raise_if_any()
    told = lots_law(book, company, on=period.on, known=known_day, assume=picked)
    working_days = chain_calendar(book, company.calendar, (period.on, period.until))
    found = company_answer(
        company,
        on=day,
        until=last,
        independent=independent,
        law=told.lots,
        held=told.held,
        calendar=working_days,
    )
    return CompanyStops(found, stops_data(found, book))


def law_book(law: Law, faults: Faults) -> Rulebook:
    """Returns the rulebook, after every fault that was found, its own among them.

    Args:
        law: The rulebook to use.
        faults: What was found so far.

    Raises:
        CoercivityError: With all of them.
    """
    book = None
    with faults.kept():
        book = law.book()
    faults.raise_if_any()
    assert book is not None
    return book


def has_company(case_dir: Path) -> bool:
    """Returns whether a case folder has a company file."""
    return any((case_dir / name).exists() for name in COMPANY_FILES)


def read_asked(
    source: Input,
    on: Day | None,
    until: Day | None,
    faults: Faults,
    *,
    law: Law = PACKED,
    deals: Collection[str] | None = None,
) -> Company:
    """Returns the company of a file; faults are added: those of its rows, and those that show when it is computed.

    The latter are looked for only if every row could be read: what is missing from rows would be told twice.

    Args:
        source: A file of a company in any of its forms, or a case folder that has one.
        on: Day asked for.
        until: Last day looked at.
        faults: Receives every fault, those of the case folder too.
        law: The rulebook that the transactions of a case folder are read with.
        deals: Ids of the transactions that rows may name, where they were read already.
    """
    company = Company()
    if isinstance(source, Path) and is_case(source):
        deals = case_deals(source, law, faults)
        try:
            source = company_source(source)
        except CoercivityError as error:
            faults.items += error.faults
            return company
    if isinstance(source, Path) and not source.exists():
        beside = [entry.name for entry in source.parent.iterdir()][:_MOST_NAMES] if source.parent.is_dir() else []
        close = nearest(source.name, beside)
        faults.add("FILE-MISSING", "file not found", where=source.as_posix(), nearest=close, next="check the name")
        return company
    before = len(faults.items)
    with faults.kept():
        company = company_of(source, deals)
    told = list(faults.items[before:])
    if any(fault.code in _UNREAD for fault in told):
        return company
    if told and company == Company():
        company = company_with_faults(source, Faults())
        if company == Company():
            return company
    more = Faults()
    if not told:
        more.items += empty_sheets(company, "stops")
    with more.kept():
        asked_period(company, on, until)
    check_rows(company.calendar, more)
    if company.stages:
        build_chain(company, more)
    faults.items += [fault for fault in more.items if not any(_is_same_place(fault, other) for other in told)]
    return company


def _is_same_place(fault: Fault, other: Fault) -> bool:
    """Returns whether two faults are about one row or sheet, so that one of them is enough."""
    one, two = fault.where.casefold(), other.where.casefold()
    return bool(one and two) and (one.startswith(two) or two.startswith(one))


def write_deadlines(path: Path, found: CompanyStops, lang: Lang = "en") -> None:
    """Writes the deadlines that have not passed to an iCalendar file.

    Raises:
        CoercivityError: If it cannot be written.
    """
    write_file(path, found.ics(lang))


def write_stops(
    folder: Path, found: CompanyStops, lang: Lang = "en", drawn: StopsDrawnReport | None = None
) -> list[Path]:
    """Writes pages in both languages, tables as CSV files, a workbook of results and the JSON, and returns their paths.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    files = {
        "stops.json": canonical_json(found.body) + b"\n",
        "stops.html": found.page("en", sister="stops.zh.html", drawn=drawn).encode(),
        "stops.zh.html": found.page("zh", sister="stops.html", drawn=drawn).encode(),
        "stops.xlsx": stops_workbook(found.body, lang),
        **stops_csv(found.body, lang),
    }
    return write_folder(folder, files)


def _day(given: Day | str | None, name: str, faults: Faults) -> Day | None:
    return given if isinstance(given, Day) else day_of(given, name, faults)
