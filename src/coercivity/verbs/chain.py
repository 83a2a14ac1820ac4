"""`clock --sign`: by when to sign, and when goods arrive, through a chain of stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.canonical import canonical_json
from coercivity.base.errors import Argument, CoercivityError, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Input
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.firm.chain.answer import chain_answer
from coercivity.firm.chain.asked import AskedReader, ChainWords
from coercivity.firm.chain.build import build_chain
from coercivity.firm.chain.calendar import chain_calendar, check_rows, rows_together
from coercivity.firm.chain.model import ChainAnswer
from coercivity.firm.chain.packed import packed_company, with_usual_stages
from coercivity.firm.chain.sources import calendar_rows, company_with_faults, is_day_table
from coercivity.firm.company.model import Company
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.chain.data import chain_data
from coercivity.papers.firm.chain.page import chain_page
from coercivity.papers.firm.chain.report_data import ChainReport
from coercivity.papers.firm.chain.tables import chain_csv, chain_workbook
from coercivity.papers.firm.chain.text import chain_lines


@dataclass(frozen=True, slots=True)
class ChainClock:
    """The licence clock of a chain.

    Attributes:
        found: The result.
        body: The same as plain data.

    Examples:
        >>> next(coercivity.chain_clock(EXAMPLES / "firms" / "nordlicht.yaml").lines())
        'Licence time, certificate signed on 2026-12-07, goods needed on 2027-08-02'
    """

    found: ChainAnswer
    body: ChainReport

    def as_dict(self) -> ChainReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        yield from chain_lines(self.body, lang)

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script."""
        return chain_page(self.body, lang, sister=sister)


def chain_clock(
    source: Input | None = None,
    *,
    sign: str | None = None,
    arrive_by: str | None = None,
    confidence: Sequence[str] = (),
    calendar: Input | None = None,
    to: str | None = None,
    plant: str | None = None,
    return_chance: str | None = None,
    by_air_kg: Sequence[str] = (),
    draws: int = 0,
    law: Law = PACKED,
) -> ChainClock:
    """Returns by when to sign, and when goods arrive.

    What is given goes before the settings of the workbook.

    Args:
        source: The workbook: XLSX, YAML, a folder of CSV files, or uploaded content; None for the usual chain to `to`.
        sign: Day of signing; day 0 of the chain.
        arrive_by: Day by which the goods are needed.
        confidence: Shares such as 0.9; by default 0.9.
        calendar: Working days: a table (CSV) with from, to, kind and state, or a calendar in YAML.
        to: Destination of the usual chain, ISO 3166 alpha-2. A workbook without stages has the usual ones, and the
            country of its plant is the destination if none is given.
        plant: Plant to which the goods go.
        return_chance: Chance of return in each round, in place of that of the workbook.
        by_air_kg: Masses by air [kg].
        draws: Draws of a simulation beside the exact result.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every fault of the workbook, the calendar and the arguments.

    Examples:
        >>> found = coercivity.chain_clock(EXAMPLES / "firms" / "nordlicht.yaml")
        >>> [(mode.mode, mode.latest[0].sign_on.isoformat()) for mode in found.found.modes]
        [('sea', '2027-01-24'), ('air', '2027-03-06')]
    """
    faults = Faults()
    days = calendar if is_day_table(calendar) else None
    book = _book(law if days is not None or calendar is None else replace(law, calendar=calendar), faults)
    given = calendar_rows(days, faults) if days is not None else ()
    words = ChainWords(sign, arrive_by, confidence, return_chance, by_air_kg, plant, draws)
    if source is not None:
        company = company_with_faults(source, faults)
        if company == Company():  # what could not be read is not missing
            faults.raise_if_any()
        if company.stages and to is not None:
            what = "the file has stages of its own"
            faults.add("ARGUMENT", what, where=Argument("to"), next="omit it, or empty the sheet Stages")
        elif not company.stages and book is not None and not faults.items:
            company = with_usual_stages(book, company, plant=plant, to=to, faults=faults)
            faults.raise_if_any()
    elif to is None or book is None:
        if to is None:
            what = "a workbook, or the destination of the usual chain, is missing"
            faults.add("ARGUMENT", what, where=Argument("to"), next="name a file, or write --to DE")
        faults.raise_if_any()
        raise AssertionError
    else:
        company = packed_company(book, to, faults)
        faults.raise_if_any()
    rows = rows_together(company.calendar, given)
    check_rows(rows, faults)
    reader = AskedReader(company, words, faults)
    chain, asked = build_chain(company, faults, return_chance=reader.return_chance()), reader.asked()
    faults.raise_if_any()
    assert book is not None
    assert chain is not None
    assert asked is not None
    around = [day for day in (asked.signed, asked.needed) if day is not None]
    found = chain_answer(chain, chain_calendar(book, rows, around), asked)
    return ChainClock(found, chain_data(found))


def write_chain(folder: Path, found: ChainClock, lang: Lang = "en") -> list[Path]:
    """Writes pages in both languages, tables as CSV files, a workbook of results and the JSON, and returns their paths.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    files = {
        "clock.json": canonical_json(found.body) + b"\n",
        "clock.html": found.page("en", sister="clock.zh.html").encode(),
        "clock.zh.html": found.page("zh", sister="clock.html").encode(),
        "clock.xlsx": chain_workbook(found.body, lang),
        **chain_csv(found.body, lang),
    }
    with held(folder):
        return list(write_set(folder, files))


def _book(law: Law, faults: Faults) -> Rulebook | None:
    try:
        return law.book()
    except CoercivityError as error:
        faults.items += error.faults
        return None
