"""What each project is worth and costs on each legal path: expected capacity, value, committed and expected cost.

Money is exact [MUSD]. A figure of the workbook is discounted to the first year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

from coercivity.base.sums import total
from coercivity.ministry.fund.model import FundBook, Instrument, InstrumentRow, ProjectRow

Technology = Literal["none", "given", "refused"]
TECHNOLOGIES: tuple[Technology, ...] = ("none", "given", "refused")
ByPath = tuple[Fraction, ...]  # in the order of the paths
ByYear = Sequence[Fraction]  # in the order of the years
_KUSD_PER_MUSD = 1000  # USD/kg x t is 1000 USD


@dataclass(frozen=True, slots=True)
class Offer:
    """A project with one of its instruments.

    Attributes:
        project: Position of the project.
        committed_musd: Public cost by path if all goes as planned [MUSD].
        expected_musd: Public cost by path over slips and refusals [MUSD].
        mean_musd: Mean of the expected cost over the paths [MUSD].
    """

    project: int
    instrument: Instrument
    committed_musd: ByPath
    expected_musd: ByPath
    mean_musd: Fraction

    @property
    def held_musd(self) -> ByPath:
        """What counts against a budget by path [MUSD]: a gain expected from a sale pays for nothing else."""
        return tuple(max(cost, Fraction(0)) for cost in self.committed_musd)


@dataclass(frozen=True, slots=True)
class Valued:
    """Projects valued under one assumption on controlled technology.

    Attributes:
        paths: Names of the paths.
        chances: Their chances.
        projects: Names of the projects.
        value_musd: Value by project and path [MUSD].
        whole_musd: The same if all of a project were additional [MUSD].
        capacity_t: Expected capacity by project, path and year [t].
        offers: Ways to fund each project.
        pairs_musd: Change of the value by path, where both projects of a pair are funded [MUSD].
    """

    paths: tuple[str, ...]
    chances: ByPath
    projects: tuple[str, ...]
    value_musd: tuple[ByPath, ...]
    whole_musd: tuple[ByPath, ...]
    capacity_t: tuple[tuple[tuple[Fraction, ...], ...], ...]
    offers: tuple[Offer, ...]
    pairs_musd: Mapping[tuple[int, int], ByPath]

    def mean(self, by_path: Sequence[Fraction]) -> Fraction:
        """Returns the mean over the paths."""
        return total(chance * one for chance, one in zip(self.chances, by_path, strict=True))


def years_of(book: FundBook) -> tuple[int, ...]:
    """Returns the years of a workbook in order; the first is year 0."""
    return tuple(sorted({year for row in book.capacity for year in row.t}))


def valued(book: FundBook, technology: Technology = "given") -> Valued:
    """Returns the projects of a workbook with their values and costs.

    Args:
        book: The workbook; it has no faults.
        technology: Refusals of controlled technology as given, none, or all of them for sure.
    """
    years = years_of(book)
    rate = 1 + (book.settings.discount or Fraction(0))
    after = range(years[-1] + 1, years[-1] + 1 + (book.settings.years_after or 0))
    run = (*years, *after)  # in the years after the last one late plants catch up with their plans
    discount = tuple(1 / rate ** (year - years[0]) for year in run)
    paths = tuple(row.path for row in book.paths)
    chances = tuple(row.probability for row in book.paths)
    worth = {(row.path, row.project or (row.stage, row.element)): row.usd_per_kg for row in book.values}
    price = {(row.path, row.project or (row.element,)): row.usd_per_kg for row in book.prices}
    plans = {row.project: tuple(row.t[year] for year in years) for row in book.capacity}

    def going_on(by_year: Mapping[int, Fraction]) -> list[Fraction]:
        return [by_year.get(min(year, years[-1]), Fraction(0)) for year in run]

    expected: list[tuple[tuple[Fraction, ...], ...]] = []
    whole: list[ByPath] = []
    for row in book.projects:
        by_path = tuple(
            _expected(row, plans[row.project], years, run, refusal_chance(row, path, technology)) for path in paths
        )
        expected.append(by_path)
        own = [worth.get((path, row.project)) or worth[path, (row.stage, row.element)] for path in paths]
        values = [going_on(each) for each in own]
        whole.append(tuple(_musd(discount, each, t) for each, t in zip(values, by_path, strict=True)))
    at = {row.project: place for place, row in enumerate(book.projects)}
    offers = []
    for one in sorted(book.instruments, key=lambda each: at[each.project]):
        place, count = at[one.project], len(years)
        element, plan = book.projects[place].element, plans[one.project]
        told = [price.get((path, one.project)) or price.get((path, (element,)), {}) for path in paths]
        prices = [going_on(each) for each in told]
        whole_plan = (*plan, *(plan[-1] for _ in after))
        committed = tuple(_cost(one, discount, each, whole_plan, count) for each in prices)
        over = tuple(_cost(one, discount, each, t, count) for each, t in zip(prices, expected[place], strict=True))
        mean = total(chance * cost for chance, cost in zip(chances, over, strict=True))
        offers.append(Offer(place, one.instrument, committed, over, mean))
    additional = [row.additional for row in book.projects]
    return Valued(
        paths,
        chances,
        tuple(at),
        tuple(tuple(share * one for one in each) for share, each in zip(additional, whole, strict=True)),
        tuple(whole),
        tuple(tuple(t[: len(years)] for t in by_path) for by_path in expected),
        tuple(offers),
        _pairs(book, paths, at),
    )


def refusal_chance(row: ProjectRow, path: str, technology: Technology) -> Fraction:
    """Returns the chance that a project's technology is refused on a path.

    Args:
        row: The project.
        path: The path.
        technology: Refusals as given, none, or all of them for sure.
    """
    if technology == "none" or row.controlled_technology == "no":
        return Fraction(0)
    return Fraction(1) if technology == "refused" else row.refusal[path]


def _expected(
    row: ProjectRow, plan: ByYear, years: Sequence[int], run: Sequence[int], refused: Fraction
) -> tuple[Fraction, ...]:
    """Returns the mean capacity by year over slips and refusal, which are independent [t].

    Between two years of the workbook a plan stays what it was, and after the last one; what falls behind the years that
    count is lost.
    """
    found = [Fraction(0) for _ in run]
    for (slip, chance), (more, share) in product(
        row.slips.items(), ((0, 1 - refused), (row.delay_years or 0, refused))
    ):
        for place, year in enumerate(run):
            found[place] += chance * share * _planned(plan, years, year - slip - more)
    return tuple(found)


def _planned(plan: ByYear, years: Sequence[int], year: int) -> Fraction:
    reached = [t for t, start in zip(plan, years, strict=True) if start <= year]
    return reached[-1] if reached else Fraction(0)


def _musd(discount: ByYear, usd_per_kg: ByYear, t: ByYear) -> Fraction:
    """Returns the discounted sum of a price times a mass [MUSD]."""
    return total(d * usd * mass for d, usd, mass in zip(discount, usd_per_kg, t, strict=True)) / _KUSD_PER_MUSD


def lasting_of(discount: ByYear, rate: Fraction, years_after: int) -> tuple[Fraction, ...]:
    """Returns the weight of each year where the last one goes on for more years: the sum of their discounts.

    Args:
        discount: Discount by year.
        rate: One and the discount rate.
        years_after: Years after the last one.
    """
    more = total(1 / rate**year for year in range(years_after + 1))
    return (*discount[:-1], discount[-1] * more) if discount else ()


def _cost(one: InstrumentRow, discount: ByYear, price: ByYear, t: ByYear, count: int) -> Fraction:
    """Returns the public cost of an instrument for a capacity by year [MUSD].

    A stockpile buys in every year of the workbook but the last, and sells all of it in the last; it does not go on.
    """
    share = one.share if one.share is not None else Fraction(0)
    match one.instrument:
        case "grant":
            return one.amount
        case "loan":
            return one.amount * share
        case "price floor":
            return _musd(discount, [max(Fraction(0), one.amount - usd) for usd in price], t)
        case "offtake":
            return _musd(discount, [one.amount for _ in price], t)
        case "stockpile":
            discount, price, t = discount[:count], price[:count], t[:count]
            bought = [share * mass for mass in t[:-1]]
            sold = discount[-1] * one.amount * price[-1] * total(bought) / _KUSD_PER_MUSD if bought else Fraction(0)
            return _musd(discount[:-1], price[:-1], bought) - sold if bought else Fraction(0)
    raise AssertionError(one.instrument)


def _pairs(book: FundBook, paths: tuple[str, ...], at: Mapping[str, int]) -> dict[tuple[int, int], ByPath]:
    found: dict[tuple[int, int], list[Fraction]] = {}
    for row in book.interaction:
        first, second = sorted((at[row.one], at[row.other]))
        by_path = found.setdefault((first, second), [Fraction(0) for _ in paths])
        by_path[paths.index(row.path)] = row.musd
    return {pair: tuple(by_path) for pair, by_path in sorted(found.items())}
