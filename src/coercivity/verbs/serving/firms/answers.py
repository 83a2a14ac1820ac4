"""The answers of the server about a workbook, each read, checked and computed in a child process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Content
from coercivity.verbs.chain import chain_clock
from coercivity.verbs.chain_form import Rows, form_rows
from coercivity.verbs.company import CompanyStops, StopsReport, company_stops
from coercivity.verbs.company_sections import ChainReport
from coercivity.verbs.serving.firms.apart import apart
from coercivity.verbs.workbook import workbook_check, workbook_content, workbook_hash, workbook_quick_numbers


@dataclass(frozen=True, slots=True)
class StopsAsked:
    """What is asked of a workbook; the arguments of `company_stops`.

    Attributes:
        source: The workbook.
    """

    source: Content
    on: str | None = None
    until: str | None = None
    independent: bool | None = None
    known: str | None = None
    assume: str | None = None
    law: Law = PACKED

    def found(self) -> CompanyStops:
        """Returns the stops.

        Raises:
            CoercivityError: With every fault of the workbook and the arguments.
        """
        return company_stops(
            self.source,
            on=self.on,
            until=self.until,
            independent=self.independent,
            known=self.known,
            assume=self.assume,
            law=self.law,
        )


@dataclass(frozen=True, slots=True)
class StopsAnswer:
    """The stops of a company as plain data.

    Attributes:
        body: The result.
        hash: SHA-256 of what the workbook says.
        has_stages: Whether it has the stages of a licence chain.
        quick: The ten values that it was begun with, if it says no more.
    """

    body: StopsReport
    hash: str
    has_stages: bool
    quick: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class ChainAsked:
    """What is asked of a licence chain; the arguments of `chain_clock`.

    Attributes:
        source: The workbook; None for the usual stages to the destination.
    """

    source: Content | None
    sign: str | None = None
    arrive_by: str | None = None
    confidence: Sequence[str] = ()
    to: str | None = None
    plant: str | None = None
    return_chance: str | None = None
    by_air_kg: Sequence[str] = ()
    draws: int = 0
    law: Law = PACKED


def stops_answer(asked: StopsAsked) -> StopsAnswer:
    """Returns the stops of a company.

    Raises:
        CoercivityError: With every fault of the workbook and the arguments, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    return apart(_stops, asked)


def deadlines_file(asked: StopsAsked, lang: Lang) -> bytes:
    """Returns the deadlines of a company as an iCalendar file.

    Raises:
        CoercivityError: With every fault of the workbook and the arguments, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    return apart(_ics, asked, lang)


def exported(source: Content, form: Literal["xlsx", "yaml"], lang: Lang) -> bytes:
    """Returns a workbook as the program writes it.

    Raises:
        CoercivityError: With every fault of the workbook, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    return apart(_export, source, form, lang)


def chain_answer(asked: ChainAsked) -> ChainReport:
    """Returns by when to sign, and when goods arrive.

    Raises:
        CoercivityError: With every fault of the workbook and the arguments, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    return apart(_chain, asked)


def rows_of(source: Content) -> Mapping[str, Rows]:
    """Returns the rows of a workbook as the user wrote them, for a form.

    Raises:
        CoercivityError: If it cannot be opened, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    return apart(form_rows, source)


def _stops(asked: StopsAsked) -> StopsAnswer:
    found = asked.found()
    company = found.found.company
    digest = workbook_hash(asked.source)
    return StopsAnswer(found.body, digest, bool(company.stages), workbook_quick_numbers(company))


def _ics(asked: StopsAsked, lang: Lang) -> bytes:
    return asked.found().ics(lang)


def _export(source: Content, form: Literal["xlsx", "yaml"], lang: Lang) -> bytes:
    return workbook_content(workbook_check(source).company, form, lang).content


def _chain(asked: ChainAsked) -> ChainReport:
    return chain_clock(
        asked.source,
        sign=asked.sign,
        arrive_by=asked.arrive_by,
        confidence=asked.confidence,
        to=asked.to,
        plant=asked.plant,
        return_chance=asked.return_chance,
        by_air_kg=asked.by_air_kg,
        draws=asked.draws,
        law=asked.law,
    ).body
