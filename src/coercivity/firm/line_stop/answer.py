"""All that is said of a company: its stops, and with them what it can do, by when, and what its contracts cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.company.model import Company
from coercivity.firm.line_stop.actions.checks import check_options
from coercivity.firm.line_stop.actions.deadlines import deadlines_of
from coercivity.firm.line_stop.actions.effects import actions_of
from coercivity.firm.line_stop.chances import plant_chances
from coercivity.firm.line_stop.checks import period_of
from coercivity.firm.line_stop.contracts import check_contracts, contracts_of
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.results import LineStops, LotLaw, PlantChance, ScenarioPlant
from coercivity.firm.line_stop.scenarios import outcomes, scenario_plants
from coercivity.firm.line_stop.stops import delays_of, is_independent, line_stops
from coercivity.firm.line_stop.supply import stop_case


def company_answer(
    company: Company,
    *,
    on: Day | None = None,
    until: Day | None = None,
    independent: bool | None = None,
    law: Sequence[LotLaw] = (),
    held: frozenset[str] = frozenset(),
    calendar: ChainCalendar | None = None,
) -> LineStops:
    """Returns when the lines of a company stop, and actions, contracts and deadlines.

    Args:
        company: The company.
        on: Day asked for, not before the stock count; the default is the count.
        until: Last day looked at; the default is that of the workbook, else 365 days after the count.
        independent: Whether grant and renewal are independent; the default is what the workbook says, else no.
        law: What the law says of its lots.
        held: Lots that the law does not let leave as they are entered.
        calendar: Chinese working days, for the last day to sign; without them it is left out.

    Raises:
        CoercivityError: With every fault of `asked_period`.
    """
    period = asked_period(company, on, until)
    found = line_stops(company, on=on, until=until, independent=independent, law=law, held=held)
    apart = is_independent(company, independent)
    delays = delays_of(company, apart)
    cases = [(case.delay, case.arrives) for case in outcomes(stop_case(company, period, held), delays)]
    costs = contracts_of(company, cases, on=period.on, until=period.until)

    def evaluate(changed: Company, plant: str) -> Sequence[PlantChance]:
        rows = _rows(changed, plant, period, held, apart)
        others = [row for row in found.scenarios if plant and row.plant != plant]
        return plant_chances(changed, [*others, *rows], delays_of(changed, apart))

    return replace(
        found,
        actions=actions_of(company, found.parts, found.chances, evaluate, on=period.on, until=period.until),
        months=costs.months,
        contracts=costs.totals,
        mean_paid_usd=costs.mean_paid_usd,
        deadlines=deadlines_of(company, found.parts, on=on or period.on, calendar=calendar, held=held, law=law),
    )


def asked_period(company: Company, on: Day | None, until: Day | None) -> Period:
    """Returns the days looked at.

    Args:
        company: The company.
        on: Day asked for.
        until: Last day looked at.

    Raises:
        CoercivityError: With every fault that keeps stops, contracts or actions from being computed.
    """
    faults, period = Faults(), None
    with faults.kept():
        period = period_of(company, on, until)
    if period is not None:
        check_contracts(company, on=period.on, until=period.until, faults=faults)
    check_options(company, faults)
    faults.raise_if_any()
    assert period is not None
    return period


def _rows(company: Company, plant: str, period: Period, held: frozenset[str], apart: bool) -> tuple[ScenarioPlant, ...]:
    """Returns what each scenario does to all plants, or to one."""
    if plant:
        company = replace(
            company,
            use=tuple(row for row in company.use if row.plant == plant),
            stock=tuple(row for row in company.stock if row.plant == plant),
            in_transit=tuple(row for row in company.in_transit if row.plant == plant),
        )
    case = stop_case(company, period, held)
    return scenario_plants(case, outcomes(case, delays_of(company, apart)))
