"""`clock`: licence time for one deal or a file of deals, by law, by reported practice and by simulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import Argument, CoercivityError, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Clocks, Law, clocks
from coercivity.cases.gather import Standing, gather
from coercivity.cases.sources import NamedDeal, read_deals
from coercivity.firm.clock import LicenceClock, licence_clock
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.decide import decide as decide_deal
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.clock import clock_part
from coercivity.papers.firm.clock_data import ClockPart, ClockReport
from coercivity.papers.firm.clock_text import clock_lines
from coercivity.papers.shared.terminal import rewrapped, wrapped


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """The licence time of one deal.

    Attributes:
        found: The licence time.
        body: The same as plain data.
    """

    id: str
    title: str
    found: LicenceClock
    body: ClockPart

    @property
    def outcome(self) -> Outcome:
        """One of four."""
        return self.found.decision.outcome

    def as_dict(self) -> ClockReport:
        """Returns the licence time as plain data for JSON."""
        return {"id": self.id, "title": self.title, **self.body}

    def lines(self, lang: Lang = "en", *, more: bool = False) -> Iterator[str]:
        """Yields the licence time as lines of text; with seven percentiles if `more` is set."""
        yield from wrapped(f"{self.id}  {self.title}".rstrip(), "")
        for line in clock_lines(self.body, lang, more=more):
            yield from rewrapped(line, 2)


def clock(
    facts: Mapping[str, object],
    *,
    on: str,
    filed: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    standing: Mapping[str, object] | None = None,
    law: Law = PACKED,
) -> ClockAnswer:
    """Returns the licence time of one deal.

    Args:
        facts: Values as text by fact name; lists for sets.
        on: Transaction date, and start of the preparation of documents.
        filed: Filing date, if filed or fixed; if before `on`, the application counts as pending on `on`.
        known: Information cut-off.
        assume: Planning assumptions.
        standing: Compliance declarations.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every error in the facts and arguments.

    Examples:
        >>> facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"]}
        >>> found = coercivity.clock({**facts, "from": "CN", "to": "DE"}, on="2025-08-15")
        >>> list(found.lines())[1]
        '  LICENCE (may become STOP): a statutory time limit applies'
    """
    book, faults = law.book(), Faults()
    times, filed_on = _days(book, on, filed, known, assume, faults)
    deal = gather(book, facts, standing=Standing(facts=standing or {}), where="facts", on=times.on, faults=faults)
    faults.raise_if_any()
    return _answer(book, NamedDeal("deal", "", deal), times, filed_on)


def clock_file(
    path: Path,
    *,
    on: str,
    filed: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
) -> list[ClockAnswer]:
    """Returns the licence times of the deals of a file, in its order.

    Args:
        path: YAML file of deals or cases, a table, or a case folder.
        on: Transaction date, and start of the preparation of documents.
        filed: Filing date, if filed or fixed.
        known: Information cut-off.
        assume: Planning assumptions.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every error in the file and arguments.
    """
    book, faults = law.book(), Faults()
    times, filed_on = _days(book, on, filed, known, assume, faults)
    deals: list[NamedDeal] = []
    try:
        deals = read_deals(book, path)
    except CoercivityError as error:
        faults.items.extend(error.faults)
    faults.raise_if_any()
    return [_answer(book, deal, times, filed_on) for deal in deals]


def _days(
    book: Rulebook, on: str, filed: str | None, known: str | None, assume: str | None, faults: Faults
) -> tuple[Clocks, Day | None]:
    return clocks(book, on, known, assume, faults), day_of(filed, Argument("filed"), faults)


def _answer(book: Rulebook, named: NamedDeal, times: Clocks, filed_on: Day | None) -> ClockAnswer:
    assert times.on is not None
    deal: Deal = named.deal
    decision = decide_deal(book, deal, times.on, known=times.known, assume=times.assume)
    # One seed for all deals: differences between licence times come from rules and reports, not from chance.
    found = licence_clock(book, decision, start_on=times.on, filed_on=filed_on)
    return ClockAnswer(named.id, named.title, found, clock_part(book, found))
