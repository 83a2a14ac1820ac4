"""When the lines of a company stop: dates without chances, scenarios of the authority, chances and causes."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.days import Day
from coercivity.firm.company.model import Company, Delay
from coercivity.firm.line_stop.chances import part_chances, plant_chances
from coercivity.firm.line_stop.checks import dates_period, period_of
from coercivity.firm.line_stop.dates import element_dates, grade_dates, part_dates, plant_dates
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.results import LineStops, LotLaw, PlantChance
from coercivity.firm.line_stop.scenarios import joint_delays, outcomes, scenario_plants
from coercivity.firm.line_stop.stock import stock_courses
from coercivity.firm.line_stop.supply import stop_case


def line_stops(
    company: Company,
    *,
    on: Day | None = None,
    until: Day | None = None,
    independent: bool | None = None,
    law: Sequence[LotLaw] = (),
    held: frozenset[str] = frozenset(),
) -> LineStops:
    """Returns when the lines of a company stop, how sure that is, and why.

    Without rows in Delays there are dates but no chances.

    Args:
        company: The company.
        on: Day asked for, not before the stock count; the default is the count.
        until: Last day looked at; the default is that of the workbook, else 365 days after the count.
        independent: Whether grant and renewal are independent; the default is what the workbook says, else no.
        law: What the law says of its lots; those that it holds count in no layer and never leave.
        held: More lots that never leave.

    Raises:
        CoercivityError: With every fault of `period_of`.
    """
    period = period_of(company, on, until)
    kept = held | {row.lot for row in law if row.held}
    case = stop_case(company, period, kept)
    dated = stop_case(company, dates_period(period), kept)
    apart = is_independent(company, independent)
    delays = delays_of(company, apart)
    parts = part_dates(dated)
    found = outcomes(case, delays)
    rows = scenario_plants(case, found)
    return LineStops(
        company=company,
        on=period.on,
        until=period.until,
        independent=apart,
        parts=parts,
        plants=plant_dates(dated, parts),
        elements=element_dates(dated, parts),
        grades=grade_dates(dated, parts),
        scenarios=rows,
        chances=plant_chances(company, rows, delays),
        part_chances=part_chances(found),
        actions=(),
        months={},
        contracts=(),
        mean_paid_usd=None,
        law=tuple(law),
        deadlines=(),
        dates_until=dated.period.until,
        stock=stock_courses(case),
    )


def chances_of(
    company: Company, period: Period, delays: Sequence[Delay], held: frozenset[str] = frozenset()
) -> tuple[PlantChance, ...]:
    """Returns the chances of every plant, and last those of any, as for a company that an action changes.

    Args:
        company: The company, without faults.
        period: The days looked at.
        delays: The scenarios of the authority.
        held: Lots that never leave.
    """
    case = stop_case(company, period, held)
    return plant_chances(company, scenario_plants(case, outcomes(case, delays)), delays)


def is_independent(company: Company, independent: bool | None = None) -> bool:
    """Returns whether grant and renewal are independent: as asked, else as the workbook says, else not."""
    return company.settings.independent == "yes" if independent is None else independent


def delays_of(company: Company, independent: bool) -> tuple[Delay, ...]:
    """Returns the scenarios of the authority: the rows of Delays, or the product of their columns."""
    return joint_delays(company.delays) if independent else company.delays
