"""Random workbooks against a second computation: every set with every choice of instruments, year by year."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.ministry.fund.answer import FundAsked, fund_answer
from coercivity.ministry.fund.every_set import EverySet
from coercivity.ministry.fund.model import (
    CapacityRow,
    FundBook,
    FundSettings,
    Instrument,
    InstrumentRow,
    InteractionRow,
    PathRow,
    PriceRow,
    ProjectRow,
    ValueRow,
)
from coercivity.ministry.fund.sets import FundedSet, figures
from coercivity.ministry.fund.valued import valued
from coercivity.ministry.fund.whole_programme import WholeProgramme

KINDS: tuple[Instrument, ...] = ("grant", "loan", "price floor", "offtake", "stockpile")
WHOLE = st.integers(0, 40).map(Fraction)
SHARE = st.integers(0, 4).map(lambda part: Fraction(part, 4))
PATHS = {"extension": Fraction(3, 5), "lapse": Fraction(2, 5)}


@st.composite
def books(draw: st.DrawFn) -> FundBook:
    """A workbook of up to five projects, two paths and up to four years."""
    years = range(2030, 2030 + draw(st.integers(1, 4)))
    names = [f"P{n}" for n in range(draw(st.integers(1, 5)))]

    def by_year(most: int) -> dict[int, Fraction]:
        return {year: Fraction(draw(st.integers(0, most))) for year in years}

    projects, instruments = [], []
    for name in names:
        late = draw(SHARE)
        projects.append(
            ProjectRow(
                name, "", draw(st.sampled_from(["metal", "magnet"])), "Dy", draw(SHARE), draw(st.sampled_from(["yes", "no"])),
                draw(st.integers(0, 3)), None, {0: 1 - late, draw(st.integers(1, 3)): late},
                {path: draw(SHARE) for path in PATHS},
            )
        )  # fmt: skip
        for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True)):
            share = draw(SHARE) if kind in ("loan", "stockpile") else None
            instruments.append(InstrumentRow(name, kind, draw(WHOLE), share))
    pairs = itertools.combinations(names, 2)
    return FundBook(
        settings=FundSettings(discount=Fraction(draw(st.integers(0, 2)), 10)),
        projects=tuple(projects),
        capacity=tuple(CapacityRow(name, by_year(2000)) for name in names),
        paths=tuple(PathRow(path, chance) for path, chance in PATHS.items()),
        values=tuple(ValueRow(p, s, "Dy", by_year(30)) for p in PATHS for s in ("metal", "magnet")),
        prices=tuple(PriceRow(path, "Dy", by_year(40)) for path in PATHS),
        instruments=tuple(instruments),
        interaction=tuple(
            InteractionRow(path, one, other, Fraction(draw(st.integers(-30, 20))))
            for one, other in pairs
            for path in PATHS
            if draw(st.booleans())
        ),
    )


def expected_t(book: FundBook, project: ProjectRow, path: str, year: int) -> Fraction:
    """Returns the mean capacity of a year over what may happen."""
    plan = next(row.t for row in book.capacity if row.project == project.project)
    refused = project.refusal[path] if project.controlled_technology == "yes" else Fraction(0)
    found = Fraction(0)
    for late, chance in project.slips.items():
        found += chance * (1 - refused) * plan.get(year - late, Fraction(0))
        found += chance * refused * plan.get(year - late - (project.delay_years or 0), Fraction(0))
    return found


def public_cost(book: FundBook, row: InstrumentRow, path: str, t: dict[int, Fraction]) -> Fraction:
    """Returns the cost of an instrument for a capacity by year, in million dollars."""
    price = next(each.usd_per_kg for each in book.prices if each.path == path)
    rate, first, last = 1 + (book.settings.discount or 0), min(t), max(t)
    if row.instrument == "grant":
        return row.amount
    if row.instrument == "loan":
        return row.amount * (row.share or 0)
    found = Fraction(0)
    for year, mass in t.items():
        now = rate ** (year - first)
        if row.instrument == "price floor" and price[year] < row.amount:
            found += (row.amount - price[year]) * mass / now
        elif row.instrument == "offtake":
            found += row.amount * mass / now
        elif row.instrument == "stockpile" and year < last:
            bought = (row.share or 0) * mass
            found += price[year] * bought / now - row.amount * price[last] * bought / rate ** (last - first)
    return found / 1000


def every_way(book: FundBook, budget: Fraction) -> Iterator[tuple[frozenset[str], dict[str, Fraction], Fraction]]:
    """Yields each way to fund a set within the budget: its projects, value by path, mean cost."""
    years = sorted(book.capacity[0].t)
    rate = 1 + (book.settings.discount or 0)
    worth = {(row.path, row.stage): row.usd_per_kg for row in book.values}
    pairs = {(row.path, frozenset((row.one, row.other))): row.musd for row in book.interaction}
    ways = [[None, *(row for row in book.instruments if row.project == each.project)] for each in book.projects]
    for way in itertools.product(*ways):
        chosen = [(each, row) for each, row in zip(book.projects, way, strict=True) if row is not None]
        names, value, mean, fits = (
            frozenset(each.project for each, _ in chosen),
            dict[str, Fraction](),
            Fraction(0),
            True,
        )
        for path, chance in PATHS.items():
            committed = value[path] = Fraction(0)
            for each, row in chosen:
                t = {year: expected_t(book, each, path, year) for year in years}
                plan = dict(next(one.t for one in book.capacity if one.project == each.project))
                for year in years:
                    usd = worth[path, each.stage][year]
                    value[path] += each.additional * usd * t[year] / 1000 / rate ** (year - years[0])
                committed += max(Fraction(0), public_cost(book, row, path, plan))
                mean += chance * public_cost(book, row, path, t)
            for (on, pair), musd in pairs.items():
                value[path] += musd if on == path and pair <= names else 0
            fits = fits and committed <= budget
        if fits:
            yield names, value, mean


@settings(max_examples=60)
@given(book=books(), budget=st.integers(1, 120).map(Fraction))
def test_best_sets_ranking_and_regret(book: FundBook, budget: Fraction) -> None:
    ways: dict[frozenset[str], tuple[dict[str, Fraction], Fraction]] = {}
    for names, by_path, mean in every_way(book, budget):
        if names not in ways or mean < ways[names][1]:
            ways[names] = by_path, mean
    means = sorted(
        (PATHS["extension"] * v["extension"] + PATHS["lapse"] * v["lapse"] for v, _ in ways.values()), reverse=True
    )
    found = fund_answer(book, FundAsked(budget, count=4))
    assert [one.mean_musd for one in found.sets] == means[:4]
    for one in found.sets:
        by_path, mean = ways[frozenset(found.case.projects[at] for at in one.chosen.projects)]
        assert one.figures.value_musd == tuple(by_path.values())
        assert one.figures.mean_cost_musd == mean
        assert all(held <= budget for held in one.figures.held_musd)
    best = {path: max(value[path] for value, _ in ways.values()) for path in PATHS}
    assert [one.value_musd for one in found.by_path] == list(best.values())
    least = min(max(best[path] - value[path] for path in PATHS) for value, _ in ways.values())
    assert max(found.least_regret.regret_musd) == least


@settings(max_examples=40)
@given(book=books(), budget=st.integers(1, 120).map(Fraction))
def test_whole_programmes_find_what_trying_every_set_finds(book: FundBook, budget: Fraction) -> None:
    """Values agree to what the solver can tell apart, and each set keeps the budget exactly."""
    case = valued(book)
    every, whole = EverySet(case, budget), WholeProgramme(case)

    def means(sets: list[FundedSet]) -> list[float]:
        return [float(case.mean(figures(case, one).value_musd)) for one in sets]

    tried, solved = every.best(case.chances, budget, 5), whole.best(case.chances, budget, 5)
    assert len(tried) == len(solved)
    for one, other in zip(means(tried), means(solved), strict=True):
        assert abs(one - other) < 1e-6
    best = [Fraction(100), Fraction(120)]

    def greatest(chosen: FundedSet) -> float:
        values = figures(case, chosen).value_musd
        return float(max(most - one for most, one in zip(best, values, strict=True)))

    assert abs(greatest(every.least_regret(best, budget)) - greatest(whole.least_regret(best, budget))) < 1e-6
    assert all(held <= budget for one in solved for held in figures(case, one).held_musd)


@settings(max_examples=30)
@given(book=books(), budget=st.integers(1, 60).map(Fraction), more=st.integers(0, 60).map(Fraction))
def test_more_budget_never_lowers_the_best_value(book: FundBook, budget: Fraction, more: Fraction) -> None:
    found = fund_answer(book, FundAsked(budget, (budget + more, budget + 2 * more)))
    values = [two.value_musd for _, two in found.budgets]
    assert values == sorted(values)
