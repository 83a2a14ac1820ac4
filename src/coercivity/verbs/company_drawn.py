"""`survive --draws` for the workbook of a company: its stops by the practice of the desk, beside its own Delays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import Fault, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.data.input import Input
from coercivity.ensemble.design import Design, design_of
from coercivity.files.kept.store import Store
from coercivity.files.write.whole import write_file
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.drawn.desk import DeskDays
from coercivity.firm.line_stop.drawn.paid import contract_decisions, contract_months, paid_drawn
from coercivity.firm.line_stop.drawn.results import LineStopsDrawn, PaidDrawn
from coercivity.firm.line_stop.drawn.shares import days_drawn, decisions_drawn, parts_drawn, plants_drawn, undecided
from coercivity.firm.line_stop.drawn.stops import Decision, DrawsPart, DrawStops, decisions_of, stops_in
from coercivity.firm.line_stop.results import LineStops
from coercivity.firm.line_stop.supply import StopCase, stop_case
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.stops.drawn_data import StopsDrawnReport, stops_drawn_data
from coercivity.papers.firm.stops.drawn_sections import drawn_sections
from coercivity.papers.firm.stops.drawn_text import stops_drawn_lines
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.papers.shared.terminal import rewrapped
from coercivity.permission.desk.cells import Queue
from coercivity.practice.desk import Form
from coercivity.practice.desk_tables import load_desk
from coercivity.verbs.children import workers as worker_pool
from coercivity.verbs.company import CompanyStops, company_stops
from coercivity.verbs.company_prices import KeptPrices, kept_prices, region_of
from coercivity.verbs.draws_options import DRAWS, check_draws, whole
from coercivity.verbs.kept import user_store

DRAWN_FILE = "stops-draws.json"
_EU = "EU"


@dataclass(frozen=True, slots=True)
class CompanyDrawn(Tabled):
    """When the lines of a company stop by draws of practice, beside its own rows of Delays.

    Attributes:
        own: The result by its own rows of Delays.
        found: The result by draws.
        body: The latter as plain data.
        notices: Kept draws that could not be used.

    Examples:
        >>> drawn = coercivity.company_drawn(EXAMPLES / "firms" / "alpenmotor.yaml", draws=16, cache=False)
        >>> next(drawn.lines())
        "Over 16 draws of the licensing desk's practice"
    """

    own: CompanyStops
    found: LineStopsDrawn
    body: StopsDrawnReport
    notices: tuple[Fault, ...] = ()

    def as_dict(self) -> StopsDrawnReport:
        """Returns the result by draws as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result by draws as lines of text."""
        for line in stops_drawn_lines(self.body, lang):
            yield from rewrapped(line)

    def _frames(self) -> Frames:
        return section_frames(drawn_sections(self.body))

    def _headline(self) -> str:
        return next(self.lines())


def company_drawn(
    source: Input,
    *,
    draws: int | None,
    scramble: int = 0,
    on: Day | str | None = None,
    until: Day | str | None = None,
    independent: bool | None = None,
    known: Day | str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
    workers: int | None = None,
    executor: Executor | None = None,
    draws_folder: Path | None = None,
    cache: bool = True,
) -> CompanyDrawn:
    """Returns when the lines of a company stop if the delays are those of the licensing desk's practice.

    What contracts cost has a range of prices where draws of an outlook are kept for their months; they are read and
    never made. The result is the same with any number of workers.

    Args:
        source: Workbook (XLSX), the same as YAML, a folder with one CSV file a sheet, or uploaded content.
        draws: Number of draws, a power of two such as 64 or 256.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        on: Day asked for; the default is the day of the stock count.
        until: Last day looked at; the default is that of the workbook, else 365 days after the count.
        independent: Whether grant and renewal are independent of each other; the default is what the workbook says.
        known: Information cut-off for the law and for reports of practice.
        assume: Planning assumptions, as after `--assume`.
        law: The rulebook to use.
        workers: Processes that compute draws; the default is this one, which suffices for all but large companies.
        executor: What computes the draws, in place of processes of this computer.
        draws_folder: Folder of draws of an outlook, as after its `--draws-folder`; by default those in the cache.
        cache: Whether draws of the cache are looked for.

    Raises:
        CoercivityError: With every fault of the workbook and the arguments; if the folder has no draws for these
            months, or no draw agrees with a file that still waits.

    Examples:
        >>> drawn = coercivity.company_drawn(EXAMPLES / "firms" / "alpenmotor.yaml", draws=64)
        >>> drawn.body["draws"]
        64
    """
    faults = Faults()
    design = _design(draws, scramble, workers, draws_folder, faults)
    own = None
    with faults.kept():
        own = company_stops(source, on=on, until=until, independent=independent, known=known, assume=assume, law=law)
    faults.raise_if_any()
    assert own is not None
    book = law.book()
    cut = day_of(known, KNOWN, faults) if isinstance(known, str) else known
    store = user_store(on=cache)
    asked = _Asked(book, law, own.found, design, cut or book.default_known(own.found.on), _held(own.found))
    prices = _prices(asked, store, draws_folder)
    found = _drawn(asked, prices, workers, executor)
    notices = (*prices.notices, *(store.notices if store is not None else ()))
    body = stops_drawn_data(found, own.found, prices.series, prices.command)
    return CompanyDrawn(own, found, body, tuple(dict.fromkeys(notices)))


def write_drawn(folder: Path, found: CompanyDrawn) -> Path:
    """Writes the result by draws as JSON to a folder, and returns its path.

    Raises:
        CoercivityError: If it cannot be written.
    """
    path = folder / DRAWN_FILE
    write_file(path, json.dumps(found.body, ensure_ascii=False, indent=2).encode() + b"\n")
    return path


def _design(draws: int | None, scramble: int, workers: int | None, folder: Path | None, faults: Faults) -> Design:
    """Returns the design of some draws, and adds every error in them; without a number of draws nothing goes with."""
    count, number = whole(draws) if draws is not None else None, whole(scramble)
    check_draws(count, number, whole(workers) if workers is not None else None, folder, faults)
    design = Design(1)
    if count is None and not faults.items:
        faults.add("DRAWS", "no number of draws was given", where=DRAWS, next="give a number such as 64 or 256")
    elif count is not None and not faults.items:
        with faults.kept():
            design = design_of(count, 1, number)
    return design


def _held(own: LineStops) -> frozenset[str]:
    """Returns the lots that the law does not let leave as they are entered."""
    return frozenset(lot.lot for lot in own.law if lot.held)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for; `known` is the information cut-off, `held` the lots that the law does not let leave."""

    book: Rulebook
    law: Law
    own: LineStops
    design: Design
    known: Day
    held: frozenset[str]

    @property
    def case(self) -> StopCase:
        """The company, ready to be computed."""
        return stop_case(self.own.company, Period(self.own.on, self.own.until), self.held)


def _drawn(asked: _Asked, prices: KeptPrices, workers: int | None, executor: Executor | None) -> LineStopsDrawn:
    own, case, points = asked.own, asked.case, asked.design.points
    decisions = decisions_of(case)
    by_contract = contract_decisions(case)

    @cache
    def desk_of(form: Form, country: str) -> DeskDays:
        return DeskDays(asked.book, Queue(form, country, "civil"), own.on, asked.known, asked.design)

    every = {*decisions.values(), *by_contract.values()}
    days = days_drawn(every, desk_of, own.on, independent=own.independent)
    waiting = {name: days[name] for name in decisions.values()}
    kept = undecided(waiting, own.on, points)
    days = {name: tuple(each[at] for at in kept) for name, each in days.items()}
    stops = _stops(DrawsPart(case, decisions, days, len(kept)), workers, executor)
    shown = {name: days[name] for name in decisions.values()}
    used = {row for name in every for row in desk_of(name[2], name[3]).used}
    return LineStopsDrawn(
        draws=points,
        used=len(kept),
        scramble=asked.design.scramble,
        on=own.on,
        until=own.until,
        known=asked.known,
        independent=own.independent,
        days=decisions_drawn(shown),
        plants=plants_drawn(case, stops),
        parts=parts_drawn(case, stops),
        paid=_paid(case, kept, stops, days, prices),
        price_months=contract_months(own.company, own.on, own.until),
        rows=tuple(sorted(used)),
    )


def _stops(part: DrawsPart, workers: int | None, executor: Executor | None) -> Sequence[DrawStops]:
    """Returns the stops of all draws, in order, however they are shared out."""
    if executor is not None:
        return _shared(part, executor, workers or 1)
    if workers is None or workers == 1:
        return stops_in(part)
    with worker_pool(workers) as pool:
        return _shared(part, pool, workers)


def _shared(part: DrawsPart, executor: Executor, count: int) -> Sequence[DrawStops]:
    size = -(-part.draws // count)
    pieces = [part.part(begin, begin + size) for begin in range(0, part.draws, size)]
    return [draw for piece in executor.map(stops_in, pieces) for draw in piece]


def _paid(
    case: StopCase,
    points: Sequence[int],
    stops: Sequence[DrawStops],
    days: dict[Decision, tuple[int, ...]],
    prices: KeptPrices,
) -> tuple[PaidDrawn, ...]:
    found = [paid_drawn(case, points, stops, days, paths) for paths in prices.paths or (None,)]
    return tuple(each for each in found if each is not None)


def _prices(asked: _Asked, store: Store | None, folder: Path | None) -> KeptPrices:
    """Returns kept prices for the months of the contracts."""
    own = asked.own
    company = own.company
    months = contract_months(company, own.on, own.until)
    indices = sorted({contract.index for contract in company.contracts})
    countries = [row.country for row in company.plants]
    region = region_of(countries, load_desk().groups.get(_EU, frozenset()))
    return kept_prices(asked.book, asked.law, months, indices, region, asked.design, store=store, folder=folder)
