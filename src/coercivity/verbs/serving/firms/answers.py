"""The answers of the server about a workbook, each read, checked and computed in a child process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Content
from coercivity.verbs.chain import chain_clock
from coercivity.verbs.chain_form import Rows, form_rows
from coercivity.verbs.company import CompanyStops, StopsReport, company_stops
from coercivity.verbs.company_sections import ChainReport, StopsDrawnReport
from coercivity.verbs.draws_options import DRAWS
from coercivity.verbs.serving.firms.apart import apart
from coercivity.verbs.serving.firms.latest import Key, Latest, content_key, law_key
from coercivity.verbs.workbook import workbook_check, workbook_content, workbook_hash, workbook_quick_numbers

if TYPE_CHECKING:
    from coercivity.verbs.company_drawn import CompanyDrawn

MOST_DRAWS = 256  # on a server


@dataclass(frozen=True, slots=True)
class StopsAsked:
    """What is asked of a workbook; the arguments of `company_stops`.

    Attributes:
        source: The workbook.
        draws: Number of draws of the licensing desk's practice, a power of two; None: none.
    """

    source: Content
    on: str | None = None
    until: str | None = None
    independent: bool | None = None
    known: str | None = None
    assume: str | None = None
    law: Law = PACKED
    draws: int | None = None

    @property
    def key(self) -> Key | None:
        """What tells the answer from others; None if it is not kept."""
        rules = law_key(self.law)
        asked = (self.on, self.until, self.independent, self.known, self.assume, self.draws)
        return None if rules is None else (rules, *content_key(self.source), *asked)

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

    def drawn(self) -> CompanyDrawn:
        """Returns the stops, and those by draws beside them.

        Raises:
            CoercivityError: With every fault of the workbook and the arguments.
        """
        from coercivity.verbs.company_drawn import company_drawn  # it loads the market, in the child alone

        return company_drawn(
            self.source,
            draws=self.draws,
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
        drawn: The result by draws of practice; None if none were asked for.
    """

    body: StopsReport
    hash: str
    has_stages: bool
    quick: dict[str, str] | None
    drawn: StopsDrawnReport | None = None


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

    @property
    def key(self) -> Key | None:
        """What tells the answer from others; None if it is not kept."""
        rules = law_key(self.law)
        source = () if self.source is None else content_key(self.source)
        asked = (self.sign, self.arrive_by, tuple(self.confidence), self.to, self.plant, self.return_chance)
        return None if rules is None else (rules, *source, *asked, tuple(self.by_air_kg), self.draws)


_STOPS, _CHAINS = Latest[StopsAnswer](), Latest[ChainReport]()


def stops_answer(asked: StopsAsked) -> StopsAnswer:
    """Returns the stops of a company.

    Raises:
        CoercivityError: With every fault of the workbook and the arguments, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    if asked.draws is not None and asked.draws > MOST_DRAWS:
        what = f"expected at most {MOST_DRAWS} draws, found {asked.draws:,}"
        raise CoercivityError.of("DRAWS", what, where=DRAWS, next="give 64 or 256, or use the command line for more")
    with named(asked.source):
        return _STOPS.found(asked.key, lambda: apart(_stops, asked))


def deadlines_file(asked: StopsAsked, lang: Lang) -> bytes:
    """Returns the deadlines of a company as an iCalendar file.

    Raises:
        CoercivityError: With every fault of the workbook and the arguments, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    with named(asked.source):
        return apart(_ics, asked, lang)


def exported(source: Content, form: Literal["xlsx", "yaml"], lang: Lang) -> bytes:
    """Returns a workbook as the program writes it.

    Raises:
        CoercivityError: With every fault of the workbook, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    with named(source):
        return apart(_export, source, form, lang)


def chain_answer(asked: ChainAsked) -> ChainReport:
    """Returns by when to sign, and when goods arrive.

    Raises:
        CoercivityError: With every fault of the workbook and the arguments, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    with named(asked.source):
        return _CHAINS.found(asked.key, lambda: apart(_chain, asked))


def rows_of(source: Content) -> Mapping[str, Rows]:
    """Returns the rows of a workbook as the user wrote them, for a form.

    Raises:
        CoercivityError: If it cannot be opened, or if it exceeds the limits.
        RefusedError: If too many workbooks are being read.
    """
    with named(source):
        return apart(form_rows, source)


@contextmanager
def named(source: Content | None) -> Iterator[None]:
    """Adds the name of the workbook to faults without a place, such as that of the time limit."""
    try:
        yield
    except CoercivityError as error:
        name = source.name if source is not None else ""
        raise CoercivityError(tuple(f if f.where else replace(f, where=name) for f in error.faults)) from None


def _stops(asked: StopsAsked) -> StopsAnswer:
    draws = asked.drawn() if asked.draws is not None else None
    found = draws.own if draws is not None else asked.found()
    company = found.found.company
    return StopsAnswer(
        found.body,
        workbook_hash(asked.source),
        bool(company.stages),
        workbook_quick_numbers(company),
        draws.body if draws is not None else None,
    )


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
