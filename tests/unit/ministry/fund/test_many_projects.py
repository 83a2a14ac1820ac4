"""More projects than are enumerated: the programme of whole numbers gives what trying every set gives."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.ministry.fund.answer import ENUMERATED, FundAsked, fund_answer
from coercivity.ministry.fund.every_set import EverySet
from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.fund.sets import figures
from coercivity.ministry.fund.valued import valued
from coercivity.ministry.fund.whole_programme import WholeProgramme
from tests.unit.ministry.fund.books import EXAMPLE

BUDGET = Fraction(260)


@pytest.fixture(scope="module")
def book() -> FundBook:
    """The example three times over, each time with less capacity and dearer instruments."""
    one = fund_book_of(EXAMPLE)
    made = FundBook(settings=one.settings, paths=one.paths, values=one.values, prices=one.prices)
    for n in range(3):
        less = Fraction(10 - 3 * n, 10)
        made = replace(
            made,
            projects=made.projects + tuple(replace(row, project=f"{row.project}.{n}") for row in one.projects),
            capacity=made.capacity
            + tuple(
                replace(row, project=f"{row.project}.{n}", t={year: less * t for year, t in row.t.items()})
                for row in one.capacity
            ),
            instruments=made.instruments
            + tuple(replace(row, project=f"{row.project}.{n}", amount=row.amount + n) for row in one.instruments),
            interaction=made.interaction
            + tuple(replace(row, one=f"{row.one}.{n}", other=f"{row.other}.{n}") for row in one.interaction),
        )
    return made


def test_the_best_sets_are_those_of_an_enumeration(book: FundBook) -> None:
    assert len(book.projects) > ENUMERATED
    found = fund_answer(book, FundAsked(BUDGET, (Fraction(150),)))
    assert not found.every
    every = EverySet(found.case, BUDGET)
    assert [one.chosen for one in found.sets] == every.best(found.case.chances, BUDGET, 4)
    for place, two in enumerate(found.by_path):
        sure = [Fraction(int(each == place)) for each in range(2)]
        (best,) = every.best(sure, BUDGET, 1)
        assert two.best == best
        assert two.value_musd == figures(found.case, best).value_musd[place]
    assert found.budgets[0][1].best == every.best(found.case.chances, Fraction(150), 1)[0]
    best_of_paths = [two.value_musd for two in found.by_path]
    least = every.least_regret(best_of_paths, BUDGET)
    values = figures(found.case, least).value_musd
    regret = max(most - one for most, one in zip(best_of_paths, values, strict=True))
    assert max(found.least_regret.regret_musd) == regret


def test_each_set_keeps_the_budget_to_the_digit(book: FundBook) -> None:
    """A budget of just what the best set commits is enough, and one of a billionth less is not."""
    case = valued(book)
    search = WholeProgramme(case)
    (best,) = search.best(case.chances, BUDGET, 1)
    most = max(figures(case, best).held_musd)
    assert search.best(case.chances, most, 1) == [best]
    (other,) = search.best(case.chances, most - Fraction(1, 10**9), 1)
    assert other.offers != best.offers
    assert all(held <= most - Fraction(1, 10**9) for held in figures(case, other).held_musd)
