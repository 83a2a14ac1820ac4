"""What a budget should buy: ranking, best sets, by path, regret, technology control, other budgets, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from coercivity.ministry.fund.every_set import EverySet
from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.sets import FundedSet, SetFigures, figures
from coercivity.ministry.fund.valued import TECHNOLOGIES, ByPath, Offer, Technology, Valued, valued
from coercivity.ministry.fund.whole_programme import WholeProgramme

ENUMERATED = 12  # projects up to which every set is tried
Note = Literal["floor_never_paid", "floor_below_cost", "no_instrument", "pays_back", "gaps"]


class Search(Protocol):
    """A way to find the best sets."""

    def best(self, weights: Sequence[Fraction], budget_musd: Fraction, count: int) -> list[FundedSet]:
        """Returns the best sets within a budget on each path, best first."""

    def least_regret(self, best_musd: Sequence[Fraction], budget_musd: Fraction) -> FundedSet:
        """Returns the set whose greatest loss against the best value of a path is the least."""


@dataclass(frozen=True, slots=True)
class FundAsked:
    """What is asked.

    Attributes:
        budget_musd: The budget [MUSD].
        others_musd: Budgets to compare it with [MUSD].
        technology: Refusals of controlled technology as given, none, or all of them for sure.
        count: Number of sets shown.
    """

    budget_musd: Fraction
    others_musd: tuple[Fraction, ...] = ()
    technology: Technology = "given"
    count: int = 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """An offer with the mean value of its project for a dollar of mean public cost.

    Attributes:
        per_dollar: Value per dollar; None where the money comes back and nothing is spent.
    """

    offer: Offer
    value_musd: Fraction
    per_dollar: Fraction | None


@dataclass(frozen=True, slots=True)
class SetFound:
    """A set with its figures.

    Attributes:
        mean_musd: Mean value [MUSD].
        regret_musd: Best value of each path less its value there [MUSD].
    """

    chosen: FundedSet
    figures: SetFigures
    mean_musd: Fraction
    regret_musd: ByPath


@dataclass(frozen=True, slots=True)
class BestTwo:
    """The best set in some circumstance and what the next one is worth.

    Attributes:
        value_musd: Value of the best set [MUSD].
        next_musd: Value of the next best set; None without one [MUSD].
    """

    best: FundedSet
    value_musd: Fraction
    second: FundedSet | None
    next_musd: Fraction | None

    @property
    def next_less_share(self) -> Fraction | None:
        """How much less the next best set is worth, as a share of the best; None without one."""
        if self.next_musd is None or self.value_musd <= 0:
            return None
        return (self.value_musd - self.next_musd) / self.value_musd


@dataclass(frozen=True, slots=True)
class TechnologyFound:
    """The answer under one assumption on controlled technology.

    Attributes:
        means_musd: Mean value of each project [MUSD].
        order: Projects by value per dollar, highest first; without those that have no instrument.
    """

    technology: Technology
    means_musd: tuple[Fraction, ...]
    best: BestTwo
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FundFound:
    """The whole answer.

    Attributes:
        sets: The best sets, best first.
        by_path: The best set of each path, as if that path were sure.
        least_regret: The set whose greatest regret is the least.
        budgets: Best set for each budget, the one asked for among them, by size.
        notes: Kind of each note with the project that it is about, or empty.
        every: Whether every set was tried.
    """

    asked: FundAsked
    case: Valued
    ranking: tuple[Ranked, ...]
    sets: tuple[SetFound, ...]
    by_path: tuple[BestTwo, ...]
    least_regret: SetFound
    technology: tuple[TechnologyFound, ...]
    budgets: tuple[tuple[Fraction, BestTwo], ...]
    notes: tuple[tuple[Note, str], ...]
    every: bool


def fund_answer(book: FundBook, asked: FundAsked, progress: Callable[[int, int], None] | None = None) -> FundFound:
    """Returns what a budget should buy.

    Args:
        book: The workbook; it has no faults.
        asked: What is asked.
        progress: Is told the steps that are done and their number.

    Raises:
        NoCertainAnswerError: If the solver stops without an optimum.
    """
    cases = {name: valued(book, name) for name in TECHNOLOGIES}
    case, budget = cases[asked.technology], asked.budget_musd
    most = max(budget, *asked.others_musd) if asked.others_musd else budget
    search = search_of(case, most)
    amounts = sorted({budget, *asked.others_musd})
    steps = 2 + len(case.paths) + len(cases) + len(amounts)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    sets = search.best(case.chances, budget, asked.count)
    step()
    by_path = []
    for place in range(len(case.paths)):
        sure = [Fraction(int(each == place)) for each in range(len(case.paths))]
        by_path.append(_two(case, search, sure, budget))
        step()
    best = tuple(one.value_musd for one in by_path)
    least = search.least_regret(best, budget)
    step()
    technology = []
    for name, each in cases.items():
        own = search if name == asked.technology else search_of(each, budget)
        two = _two(each, own, each.chances, budget)
        means = tuple(map(each.mean, each.value_musd))
        order = dict.fromkeys(ranked.offer.project for ranked in ranking(each))
        technology.append(TechnologyFound(name, means, two, tuple(order)))
        step()
    budgets = []
    for amount in amounts:
        budgets.append((amount, _two(case, search, case.chances, amount)))
        step()
    return FundFound(
        asked,
        case,
        ranking(case),
        tuple(_found(case, one, best) for one in sets),
        tuple(by_path),
        _found(case, least, best),
        tuple(technology),
        tuple(budgets),
        tuple(_notes(book, case)),
        len(case.projects) <= ENUMERATED,
    )


def search_of(case: Valued, most_musd: Fraction) -> Search:
    """Returns how the best sets of projects are found: every set tried, or a programme of whole numbers.

    Args:
        case: The projects.
        most_musd: The largest budget that is asked for [MUSD].
    """
    return EverySet(case, most_musd) if len(case.projects) <= ENUMERATED else WholeProgramme(case)


def ranking(case: Valued) -> tuple[Ranked, ...]:
    """Returns the offers by mean value per dollar of mean public cost, highest first.

    Those that give the money back come first; of two that are equal, the first of the workbook.

    Args:
        case: The projects.
    """
    found = []
    for offer in case.offers:
        value = case.mean(case.value_musd[offer.project])
        found.append(Ranked(offer, value, value / offer.mean_musd if offer.mean_musd > 0 else None))
    return tuple(sorted(found, key=lambda one: (one.per_dollar is not None, -(one.per_dollar or one.value_musd))))


def _two(case: Valued, search: Search, weights: Sequence[Fraction], budget: Fraction) -> BestTwo:
    sets = search.best(weights, budget, 2)
    values = [_weighted(figures(case, one).value_musd, weights) for one in sets]
    second = (sets[1], values[1]) if len(sets) > 1 else (None, None)
    return BestTwo(sets[0], values[0], *second)


def _weighted(by_path: ByPath, weights: Sequence[Fraction]) -> Fraction:
    found = Fraction(0)
    for weight, one in zip(weights, by_path, strict=True):
        found += weight * one
    return found


def _found(case: Valued, chosen: FundedSet, best: ByPath) -> SetFound:
    told = figures(case, chosen)
    regret = tuple(most - one for most, one in zip(best, told.value_musd, strict=True))
    return SetFound(chosen, told, case.mean(told.value_musd), regret)


def _notes(book: FundBook, case: Valued) -> Iterator[tuple[Note, str]]:
    """Yields what a reader may stumble over."""
    cost = {row.project: row.cost_usd_per_kg for row in book.projects}
    for row in book.instruments:
        own = cost[row.project]
        if row.instrument == "price floor" and own is not None and row.amount < own:
            yield "floor_below_cost", row.project
    for offer in case.offers:
        if offer.instrument == "price floor" and not any(offer.committed_musd):
            yield "floor_never_paid", case.projects[offer.project]
        if offer.mean_musd < 0 or any(one < 0 for one in offer.committed_musd):
            yield "pays_back", case.projects[offer.project]
    funded = {offer.project for offer in case.offers}
    for place, name in enumerate(case.projects):
        if place not in funded:
            yield "no_instrument", name
    years = sorted({year for row in book.capacity for year in row.t})
    if years[-1] - years[0] >= len(years):
        yield "gaps", ""
