"""Scenarios of a mix that are draws of the market, and how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median_low

from coercivity.base.errors import CoercivityError
from coercivity.base.months import Month, month_of, month_text
from coercivity.base.sums import total
from coercivity.firm.company.mix_sheets.rows import NO_STOP
from coercivity.firm.company.model import Company
from coercivity.firm.mix.drivers.prices import drawn_prices, with_price_facts
from coercivity.firm.mix.drivers.series import CODE, DrawSeries, DriverSet
from coercivity.firm.mix.drivers.shares import (
    Practice,
    practice_of,
    refused_share,
    shares_let_out,
    slow_months,
)
from coercivity.firm.mix.model import MixScenario

MAGNET = "magnet"
_METAL = "alloy"  # files as metal does


@dataclass(frozen=True, slots=True)
class DrawnCase:
    """Scenarios that are draws.

    Attributes:
        drivers: The draws.
        practice: What a firm expects of the desk.
        first: First month of the mix.
        by_table: Whether the chances of legal paths are those of the sheet Scenarios; else the paths count equally.
        scenarios: A scenario a draw.
        priced: Indices that move as the market of the draw does.
        by_sheet: Indices that are those of the sheet Index in every draw, for the draws hold no price of them.
    """

    drivers: DriverSet
    practice: Practice
    first: Month
    by_table: bool
    scenarios: tuple[MixScenario, ...]
    priced: tuple[str, ...] = ()
    by_sheet: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[int, ...]:
        """Number of the point of each scenario; a point has the same luck in every legal path."""
        return tuple(draw.point for draws in self.drivers.paths.values() for draw in draws)


def form_of_grades(company: Company) -> str:
    """Returns the form that the grades of a mix are shipped in: that of their parts, else magnets.

    Raises:
        CoercivityError: If they are of several forms, for which no one queue decides.
    """
    grades = {grade.grade for grade in company.grades}
    forms = {("metal" if part.form == _METAL else part.form) for part in company.parts if part.grade in grades}
    known = sorted(forms - {""}) or [MAGNET]
    if len(known) > 1:
        what = f"the grades are of several forms: {', '.join(known)}"
        raise CoercivityError.of(CODE, what, where="Parts", next="leave --draws out, or make one mix a form")
    return known[0]


def first_month(company: Company) -> Month:
    """Returns the first month of a mix with draws: the month after the day of the stock count.

    Raises:
        CoercivityError: If the workbook gives no such day.
    """
    counted = company.settings.as_of
    if counted is None:
        do = "write the day of the stock count; month 1 is the month after it"
        what = "as_of is blank, so that draws have no first month"
        raise CoercivityError.of(CODE, what, where="Settings", next=do)
    return month_of(counted) + 1


def drawn_case(
    company: Company,
    drivers: DriverSet,
    months: int,
    life_months: float,
    goods: Mapping[str, str] | None = None,
) -> DrawnCase:
    """Returns a scenario for each draw.

    Draws of a legal path are equally likely. Paths have the chances of the column `path` of the sheet Scenarios where
    it names all of them, else they count equally.

    Args:
        company: The company; its grades of the class none need no licence.
        drivers: The draws.
        months: Number of months of the mix.
        life_months: Months for which a licence holds.
        goods: Good of the market for each index that has one.

    Raises:
        CoercivityError: If the draws do not have these months, or the sheet Index lacks the month of the stock count.

    Source: equations 50, 51 and 105 of docs/market.md.
    """
    first = first_month(company)
    wanted = [month_text(first + place) for place in range(months)]
    if not set(wanted) <= set(drivers.months):
        what = f"the draws are of {drivers.months[0]} to {drivers.months[-1]}, the mix of {wanted[0]} to {wanted[-1]}"
        raise CoercivityError.of(CODE, what, where=drivers.named, next="make draws for these months, or plan for fewer")
    begin = drivers.months.index(wanted[0])
    every = [draw for draws in drivers.paths.values() for draw in draws]
    practice = practice_of(every, life_months)
    chances = _chances(company, drivers)
    span = _Span(begin, begin + months - 1)
    usual = median_low([refused_share(draw, span.first, span.last) for draw in every])
    prices = drawn_prices(company, drivers, months, goods or {})
    scenarios = tuple(
        replace(
            _scenario(company, draw, path, chances[path] / len(draws), practice, span, usual),
            index=prices.index[path, draw.point],
        )
        for path, draws in drivers.paths.items()
        for draw in draws
    )
    scenarios = with_price_facts(scenarios, prices)
    by_table = bool(_by_table(company, drivers))
    return DrawnCase(drivers, practice, first, by_table, scenarios, prices.priced, prices.by_sheet)


@dataclass(frozen=True, slots=True)
class _Span:
    """Positions of the first and the last month of a mix among those of the draws."""

    first: int
    last: int


def _by_table(company: Company, drivers: DriverSet) -> dict[str, Fraction]:
    """Returns the chances of paths by the sheet Scenarios; none if it does not name them all and no others."""
    found: dict[str, Fraction] = {}
    for row in company.scenarios:
        path = next((each for each in drivers.paths if row.path in (each, each.partition(":")[0])), None)
        if path is None:
            return {}
        found[path] = found.get(path, Fraction(0)) + row.probability
    return found if set(found) == set(drivers.paths) else {}


def _chances(company: Company, drivers: DriverSet) -> Mapping[str, float]:
    found = _by_table(company, drivers)
    return {path: float(found.get(path, Fraction(1, len(drivers.paths)))) for path in drivers.paths}


def _scenario(
    company: Company, draw: DrawSeries, path: str, chance: float, practice: Practice, span: _Span, usual: float
) -> MixScenario:
    cut = slice(span.first, span.last + 1)
    plain = shares_let_out(draw, practice)[cut]
    ahead = tuple(max(pair) for pair in zip(plain, shares_let_out(draw, practice, ahead=True)[cut], strict=True))
    free = (1.0,) * len(plain)
    controlled = {grade.grade: grade.group != NO_STOP for grade in company.grades}
    return MixScenario(
        scenario=f"{path} {draw.point + 1}",
        probability=chance,
        open_share={grade: plain if held else free for grade, held in controlled.items()},
        open_share_if_filed={grade: ahead if held else free for grade, held in controlled.items()},
        second_source_share=total(plain) / len(plain),
        path=path,
        facts={
            "path": path,
            "refused": str(refused_share(draw, span.first, span.last) > usual),
            "slow_months": str(slow_months(draw, span.first, span.last)),
        },
    )
