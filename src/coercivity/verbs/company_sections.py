"""The answers about a company and its licence chain as sections of sentences and tables, for screens."""

from __future__ import annotations

from collections.abc import Iterable

from coercivity.base.words import Lang
from coercivity.papers.firm.chain.report_data import ChainReport
from coercivity.papers.firm.chain.sections import chain_sections
from coercivity.papers.firm.stops.drawn_data import StopsDrawnReport
from coercivity.papers.firm.stops.drawn_sections import drawn_sections
from coercivity.papers.firm.stops.opening import stop_sentences
from coercivity.papers.firm.stops.report_data import PartStopData, StopsReport
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.papers.firm.stops.wording import wording
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, for_readers

__all__ = [
    "ChainReport", "PaperSection", "PaperTable", "PartStopData", "StopsDrawnReport", "StopsReport", "chain_shown",
    "drawn_shown", "first_stop", "stops_shown", "table_in",
]  # fmt: skip

Sections = dict[str, PaperSection]


def stops_shown(body: StopsReport, lang: Lang) -> Sections:
    """Returns the sections on the stops of a company by their ids, in their order.

    Args:
        body: Result of `company_stops` as plain data.
        lang: Language.
    """
    return {section.id: section for section in for_readers(stops_sections(body, lang))}


def drawn_shown(report: StopsDrawnReport, lang: Lang) -> Sections:
    """Returns the section on the stops of a company by draws of practice.

    Args:
        report: Result of `company_drawn` as plain data.
        lang: Language.
    """
    return {section.id: section for section in for_readers(drawn_sections(report, lang))}


def chain_shown(body: ChainReport, lang: Lang) -> Sections:
    """Returns the sections on a licence chain by their ids, in their order.

    Args:
        body: Result of `chain_clock` as plain data.
        lang: Language.
    """
    return {section.id: section for section in for_readers(chain_sections(body, lang))}


def first_stop(body: StopsReport, lang: Lang) -> str:
    """Returns which plant stops first, when and for lack of which part; blank if no plant uses a part.

    Args:
        body: Result of `company_stops` as plain data.
        lang: Language.
    """
    return next(stop_sentences(body, wording(lang)), "")


def table_in(sections: Iterable[PaperSection], name: str) -> PaperTable | None:
    """Returns a table of the sections by its id; None where it is left out."""
    return next((table for section in sections for table in section.tables if table.id == name), None)
