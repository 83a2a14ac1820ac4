"""The status of each supply flow of a company: result by law, licence, and dates of its lots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from coercivity.base.days import Day
from coercivity.base.errors import Faults, nearest
from coercivity.cases.gather import Standing, gather
from coercivity.cases.transactions import Transaction
from coercivity.firm.clock import LicenceClock, licence_clock
from coercivity.firm.cover import Arrival
from coercivity.firm.desk_draw import Chances
from coercivity.firm.draws import DRAWS, NEVER
from coercivity.firm.firmfile import FIRM_FILE, Firm, FirmFile, Flow, kg_of
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

if TYPE_CHECKING:
    from coercivity.firm.draws import Days

HORIZON_DAYS = 1_096
Passage = Literal["free", "licensed", "waiting", "open", "barred"]


@dataclass(frozen=True, slots=True)
class Setting:
    """Transaction date, information cut-off and rulebook for a company."""

    book: Rulebook
    on: Day
    known: Day
    assume: Mapping[str, Assumption]


@dataclass(frozen=True, slots=True)
class FlowView:
    """One supply flow on one day.

    Attributes:
        passage: free, no licence is needed; licensed; waiting for a licence; open, undetermined; barred.
        clauses: Provisions that the result is based on, strongest first.
        permitted: Lots that may be exported under the present status.
        if_open: Lots that may be exported if pending decisions are favourable.
        usual: Lots in a year of normal operation, with or without a licence.
        next_days: Ordinal days of the next newly licensed delivery, by simulation.
    """

    flow: Flow
    decision: Decision
    clock: LicenceClock
    passage: Passage
    clauses: tuple[str, ...]
    permitted: tuple[Arrival, ...]
    if_open: tuple[Arrival, ...]
    usual: tuple[Arrival, ...]
    next_days: Days


def chances_of(firm: Firm) -> Chances | None:
    """Returns the company's own probabilities of returns and interruptions; None if it gives none."""
    own = firm.chances
    if own is None:
        return None
    return Chances(Decimal(own.returned), int(own.most_returns), Decimal(own.stopped), own.quality, own.source)


def view_flows(
    setting: Setting, file: FirmFile, rows: Mapping[str, Transaction], standing: Standing
) -> tuple[FlowView, ...]:
    """Returns every supply flow of a company, decided for the transaction date.

    Args:
        setting: Transaction date, information cut-off, rulebook.
        file: The company.
        rows: Transactions of the case by id.
        standing: Compliance declarations of the case, for flows with their own facts.

    Raises:
        CoercivityError: With every flow whose row does not exist, and every error in facts.
    """
    faults = Faults()
    deals = [_deal(setting.book, flow, file, rows, standing, faults) for flow in file.firm.flows]
    faults.raise_if_any()
    chances = chances_of(file.firm)
    return tuple(
        _view(setting, file.firm, flow, deal, chances) for flow, deal in zip(file.firm.flows, deals, strict=True)
    )


def _deal(
    book: Rulebook, flow: Flow, file: FirmFile, rows: Mapping[str, Transaction], standing: Standing, faults: Faults
) -> Deal:
    raw = next(entry for entry in file.raw["flows"] if entry["id"] == flow.id)
    if flow.deal and flow.deal not in rows:
        where = f"{FIRM_FILE}:{raw.key_lines['deal']}, {flow.id}"
        what = f"row {flow.deal!r} not found in transactions.csv"
        faults.add("FIRM-REF", what, where=where, nearest=nearest(flow.deal, rows))
        return Deal({})
    if flow.deal:
        return rows[flow.deal].deal
    facts = raw["facts"]
    places = {name: f"{FIRM_FILE}:{line}, {flow.id}" for name, line in facts.key_lines.items()}
    return gather(book, facts, standing=standing, where=f"{FIRM_FILE}, {flow.id}", places=places, faults=faults)


def _view(setting: Setting, firm: Firm, flow: Flow, deal: Deal, chances: Chances | None) -> FlowView:
    decision = decide(setting.book, deal, setting.on, known=setting.known, assume=setting.assume)
    clock = licence_clock(
        setting.book,
        decision,
        start_on=setting.on,
        filed_on=flow.licence.filed,
        chances=chances,
        key=(firm.id, flow.id),
    )
    passage = _passage(decision, flow, setting.on)
    usual = tuple(_lots(firm, flow))
    held = tuple(_licensed(firm, flow, usual)) if flow.licence.state == "granted" else ()
    permitted = {"free": usual, "licensed": held}.get(passage, ())
    if_open = (usual if clock.state == "open" else held) if passage == "open" else ()
    return FlowView(
        flow=flow,
        decision=decision,
        clock=clock,
        passage=passage,
        clauses=tuple(rule.id for rule in clock.grounds),
        permitted=permitted,
        if_open=if_open,
        usual=usual if passage != "barred" else (),
        next_days=_next_days(clock, flow),
    )


def _passage(decision: Decision, flow: Flow, on: Day) -> Passage:
    if decision.outcome is Outcome.STOP:
        return "barred"
    if decision.outcome is Outcome.PROCEED:
        return "free"
    if decision.outcome is Outcome.UNKNOWN:
        return "open"
    licence = flow.licence
    expired = licence.valid_until is not None and licence.valid_until < on
    return "licensed" if licence.state == "granted" and not expired else "waiting"


def _lots(firm: Firm, flow: Flow) -> Iterator[Arrival]:
    """Yields the lots after the stock count; earlier ones are in transit."""
    lot_kg, step, sea = kg_of(flow.lot, firm.item(flow.item)), int(flow.every_days), int(flow.transit.days)
    last = firm.as_of.toordinal() + HORIZON_DAYS
    leaves = flow.next_leaves.toordinal()
    while leaves <= firm.as_of.toordinal():
        leaves += step
    while leaves + sea <= last:
        yield Arrival(Day.fromordinal(leaves + sea), lot_kg)
        leaves += step


def _licensed(firm: Firm, flow: Flow, lots: tuple[Arrival, ...]) -> Iterator[Arrival]:
    """Yields the lots that the licence in hand covers, up to its last day and its balance."""
    licence, sea = flow.licence, int(flow.transit.days)
    left = kg_of(licence.balance, firm.item(flow.item)) if licence.balance is not None else None
    for lot in lots:
        leaves = Day.fromordinal(lot.on.toordinal() - sea)
        if licence.valid_until is not None and leaves > licence.valid_until:
            return
        mass = lot.mass_kg if left is None else min(lot.mass_kg, left)
        if mass <= 0:
            return
        if left is not None:
            left -= mass
        yield Arrival(lot.on, mass)


def _next_days(clock: LicenceClock, flow: Flow) -> Days:
    """Returns the next delivery under a licence not granted yet: hand-over, readiness and transit."""
    import numpy as np

    if clock.drawn is None or not clock.drawn.kept:
        return np.full(DRAWS, NEVER, dtype=np.int64)
    # Simulations that contradict the facts were excluded; those that remain are repeated in turn.
    handed = np.resize(clock.drawn.handed, DRAWS)
    return np.maximum(handed, flow.next_leaves.toordinal()) + int(flow.transit.days)


def after_cut(view: FlowView, restored_on: Day | None) -> tuple[Arrival, ...]:
    """Returns the lots of a flow from its first arrival after a cut; none if it does not return."""
    if restored_on is None or not view.usual:
        return ()
    step, last, lot = int(view.flow.every_days), view.usual[-1].on, view.usual[0].mass_kg
    days = range(max(restored_on, view.usual[0].on).toordinal(), last.toordinal() + 1, step)
    return tuple(Arrival(Day.fromordinal(day), lot) for day in days)


def total_kg(arrivals: tuple[Arrival, ...]) -> Fraction:
    """Returns the mass of several arrivals [kg]."""
    return sum((arrival.mass_kg for arrival in arrivals), Fraction(0))
