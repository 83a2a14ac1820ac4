"""The pipeline as a ministry's workbook: projects, capacity, values by path, instruments, and what pairs take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry.plants import YEAR, limits_of
from coercivity.ministry.fund.model import (
    CapacityRow,
    FundBook,
    FundSettings,
    InstrumentRow,
    InteractionRow,
    PathRow,
    PriceRow,
    ProjectRow,
    ValueRow,
)
from coercivity.ministry.fund.valued import lasting_of
from coercivity.ministry.pipeline.added import FUNDED, Added, added_by
from coercivity.ministry.pipeline.candidates import Candidate, slips, usual_terms
from coercivity.ministry.pipeline.relief import Way, floor_of, oxide_price, product_price, relief_of, ways
from coercivity.ministry.pipeline.worth import KUSD_PER_MUSD, Slopes, worth_by_year

Floats = NDArray[np.float64]
DISCOUNT_ROW, DELAY = "AS044", "delay_without_engineers"  # governments, real; months without Chinese engineers
_DIGITS, _SHARE_DIGITS = 9, 4
LEAST_MUSD = 0.5  # of all draws and years together: less than this is no value


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """A project of the pipeline with what public money does for it.

    Attributes:
        added: The project on each legal path.
        relief_usd_per_kg: What public money has to add to its margin [USD/kg].
        ways: How it can be paid.
        by_year_musd: Value by legal path, each shape (draws, years), not discounted [MUSD].
        more_t: Capacity added by legal path, each shape (parts, draws, years) [t/yr].
        reason: Why it is not in the workbook; empty if it is.
    """

    candidate: Candidate
    added: tuple[Added, ...]
    relief_usd_per_kg: float
    ways: tuple[Way, ...]
    by_year_musd: tuple[Floats, ...]
    more_t: tuple[Floats, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pipeline:
    """Everything that the workbook is made of.

    Attributes:
        paths: Names of the legal paths.
        years: The years.
        lasting: Weight of each year: its discount, and that of the years after it for the last.
        discount: Discount rate a year.
        years_after: Years after the last one in which its figures go on.
        projects: Projects in the workbook.
        without: Projects that are not, each with the reason.
        prices: Price of NdPr oxide abroad by path, each shape (draws, years) [USD/kg].
        slopes: What further capacity takes off its value, by path.
        slips: Chance of each number of years by which a project begins later.
        delay_years: Years of delay if its technology is refused.
    """

    paths: tuple[str, ...]
    years: tuple[int, ...]
    lasting: Floats
    discount: float
    years_after: int
    projects: tuple[Project, ...]
    without: tuple[Project, ...]
    prices: tuple[Floats, ...]
    slopes: tuple[Slopes, ...]
    slips: Mapping[int, Fraction] = field(default_factory=dict)
    delay_years: int = 0

    def worth_musd(self, project: Project, path: int) -> Floats:
        """Returns the discounted value of a project by draw, shape (draws,) [MUSD]."""
        found: Floats = project.by_year_musd[path] @ self.lasting
        return found


def pipeline_of(
    figures: Figures,
    entries: Sequence[Candidate],
    paths: Mapping[str, DrawSet],
    slopes: Sequence[Slopes],
    years_after: int,
    funded: Mapping[str, DrawSet] | None = None,
) -> Pipeline:
    """Returns what public money for each project is worth on each legal path.

    Without draws in which the projects are funded each is taken as decided at once, which says at most which of them
    are worth a look: owners decide when the margin that they expect covers the charge, mostly later.

    Args:
        figures: The rows of the market data set.
        entries: The projects.
        paths: Draws without public money by legal path.
        slopes: What further capacity takes off its value, by legal path.
        years_after: Years after the last one in which its figures go on.
        funded: The same points with every project funded, by legal path.
    """
    draws = list(paths.values())
    after = [None if funded is None else funded[path] for path in paths]
    first = FUNDED // YEAR
    years = tuple(int(year) for year in draws[0].years if int(year) >= first)
    rate = figures.value("assumptions", DISCOUNT_ROW)
    discount = [Fraction(1) / (1 + Fraction(str(rate))) ** (year - years[0]) for year in years]
    lasting = np.array([float(one) for one in lasting_of(discount, 1 + Fraction(str(rate)), years_after)])
    found = [_project(figures, one, list(zip(draws, after, slopes, strict=True)), years) for one in entries]
    refused = figures.assumption(DELAY)
    return Pipeline(
        tuple(paths),
        years,
        lasting,
        rate,
        years_after,
        tuple(one for one in found if not one.reason),
        tuple(one for one in found if one.reason),
        tuple(oxide_price(each, years) for each in draws),
        tuple(slopes),
        slips(figures),
        round(refused / YEAR),
    )


def _project(
    figures: Figures,
    one: Candidate,
    paths: Sequence[tuple[DrawSet, DrawSet | None, Slopes]],
    years: Sequence[int],
) -> Project:
    draws = [each for each, _, _ in paths]
    added = tuple(added_by(figures, one, each, years, after) for each, after, _ in paths)
    relief = relief_of(added)
    rate = figures.assumption("public_loan_rate")
    price, floor = product_price(draws, one.stage, years), floor_of(added, draws, years)
    paid = ways(one, added, relief, price, floor, usual_terms(figures), rate)
    more = tuple(each.added_t(relief) for each in added)
    pairs = zip(more, paths, strict=True)
    worth = tuple(worth_by_year(one, t, each, slope, years) for t, (each, _, slope) in pairs)
    reason = ""
    if not any(part.planned_t.any() for part in added):
        reason = "too_late"
    elif not any(t.any() for t in more):
        reason = "by_price"
    elif max(float(each.sum()) for each in worth) < LEAST_MUSD:
        reason = "no_value"
    elif not paid:
        reason = "no_instrument"
    return Project(one, added, relief, tuple(paid), worth, more, reason)


def fund_book(made: Pipeline, stages: Mapping[str, str], title: str) -> FundBook:
    """Returns the workbook.

    Args:
        made: The pipeline.
        stages: Names of the stages in the language of the workbook.
        title: Its title.
    """
    equal = decimal_shares([Fraction(1)] * len(made.paths))
    rows = [_Rows(made, one, stages) for one in made.projects]
    return FundBook(
        settings=FundSettings(title=title, discount=Fraction(str(made.discount)), years_after=made.years_after or None),
        projects=tuple(each.project() for each in rows),
        capacity=tuple(each.capacity() for each in rows),
        paths=tuple(PathRow(path, chance) for path, chance in zip(made.paths, equal, strict=True)),
        values=tuple(row for each in rows for row in each.values()),
        prices=tuple(row for each in rows for row in each.prices()),
        instruments=tuple(
            InstrumentRow(
                each.one.candidate.id,
                way.instrument,
                _exact(way.amount),
                None if way.share is None else _exact(way.share),
            )
            for each in rows
            for way in each.one.ways
        ),
        interaction=tuple(_interactions(made)),
    )


class _Rows:
    """The rows of one project."""

    def __init__(self, made: Pipeline, one: Project, stages: Mapping[str, str]) -> None:
        self.made, self.one = made, one
        self.stage = f"{stages[one.candidate.stage]} {one.candidate.region}"
        self.planned = one.added[0].planned_t[0]
        wanted = len(made.paths) * float(self.planned @ made.lasting)
        more = total(float(each[0].mean(axis=0) @ made.lasting) for each in one.more_t)
        self.additional = _exact(min(round_sig(more / wanted, 6), 1.0))

    def project(self) -> ProjectRow:
        """Returns the row of the sheet Projects."""
        one = self.one.candidate
        return ProjectRow(
            one.id,
            f"{one.name} ({one.owner})",
            self.stage,
            one.element,
            self.additional,
            "yes" if one.controlled else "no",
            self.made.delay_years if one.controlled else None,
            None,
            dict(zip(self.made.slips, decimal_shares(list(self.made.slips.values())), strict=True)),
            self.refusals() if one.controlled else {},
        )

    def refusals(self) -> dict[str, Fraction]:
        """Returns the chance of a refusal by path: the mean delay by the law over that of a refusal."""
        longest = max(self.made.delay_years * YEAR, 1)
        found = {}
        for path, each in zip(self.made.paths, self.one.added, strict=True):
            known = each.delay_months[np.isfinite(each.delay_months)]
            found[path] = _exact(min(round_sig(float(known.mean()) / longest, 4), 1.0) if known.size else 0.0)
        return found

    def capacity(self) -> CapacityRow:
        """Returns the row of the sheet Capacity."""
        return CapacityRow(self.one.candidate.id, _by_year(self.made.years, self.planned))

    def values(self) -> list[ValueRow]:
        """Returns the rows of the sheet Marginal values: the mean over the draws of each path.

        They are per kilogram that counts as additional, so that value times capacity is what the draws say.
        """
        found, share = [], float(self.additional)
        for path, musd in zip(self.made.paths, self.one.by_year_musd, strict=True):
            counted = share * self.planned
            usd = np.divide(KUSD_PER_MUSD * musd.mean(axis=0), counted, out=np.zeros(len(counted)), where=counted > 0)
            one = self.one.candidate
            found.append(ValueRow(path, self.stage, one.element, _by_year(self.made.years, usd), one.id))
        return found

    def prices(self) -> list[PriceRow]:
        """Returns the rows of the sheet Prices, if it has a floor: the floor less what it pays on average.

        A floor pays in the draws in which the price is low, however high the mean price is.
        """
        floor = next((way.amount for way in self.one.ways if way.instrument == "price floor"), None)
        if floor is None:
            return []
        one, found = self.one.candidate, []
        for path, price in zip(self.made.paths, self.made.prices, strict=True):
            usd = floor - np.maximum(floor - price, 0.0).mean(axis=0)
            found.append(PriceRow(path, one.element, _by_year(self.made.years, usd), one.id))
        return found


def _interactions(made: Pipeline) -> list[InteractionRow]:
    """Returns what two projects that add to the same capacity take off each other's value [MUSD]."""
    found = []
    for place, path in enumerate(made.paths):
        for one, other in combinations(made.projects, 2):
            lost = 0.0
            for limit, slope in made.slopes[place].items():
                ours, theirs = (_added_to(limit, each, place) for each in (one, other))
                lost += float((slope * ours * theirs) @ made.lasting) / KUSD_PER_MUSD
            if lost > 0:
                musd = _exact(-round_sig(lost, 6))
                found.append(InteractionRow(path, one.candidate.id, other.candidate.id, musd))
    return found


def _added_to(limit: str, project: Project, place: int) -> Floats:
    """Returns the mean capacity that a project adds to a limit, shape (years,) [t/yr]."""
    parts = [
        more.mean(axis=0)
        for part, more in zip(project.candidate.parts, project.more_t[place], strict=True)
        if limit in limits_of(part)
    ]
    found: Floats = np.sum(parts, axis=0) if parts else np.zeros(project.more_t[place].shape[-1])
    return found


def decimal_shares(parts: Sequence[Fraction]) -> list[Fraction]:
    """Returns shares of a whole with four decimals that add up to 1: a file cannot hold a third.

    Args:
        parts: What is shared out; the first part takes what rounding leaves.
    """
    whole = total(parts)
    shares = [round(part / whole, _SHARE_DIGITS) for part in parts]
    return [shares[0] + 1 - total(shares), *shares[1:]]


def _by_year(years: Sequence[int], values: Sequence[float] | Floats) -> dict[int, Fraction]:
    return {year: _exact(round_sig(float(value), 6)) for year, value in zip(years, values, strict=True)}


def _exact(value: float) -> Fraction:
    return Fraction(f"{value:.{_DIGITS}f}")
