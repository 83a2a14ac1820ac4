"""The pipeline as a workbook: what `fund` reads from it is what the draws say."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.pipeline.added import Added
from coercivity.ministry.pipeline.book import Pipeline, Project, fund_book
from coercivity.ministry.pipeline.portfolio import resolved, scarcest
from coercivity.ministry.pipeline.relief import Way
from coercivity.verbs.pipeline import fund_pipeline
from tests.unit.ministry.pipeline.draws import YEARS, draws, plant, project

STAGES = {"metal": "metal", "sep_light": "light separation"}
LASTING = np.array([1.0, 0.8])  # a quarter a year, nothing after the last year


def made(name: str, worth: list[list[float]], limit: str = "metal:EUR", dependence: int = 0) -> Project:
    """Returns a project of 100 t that is built in the first of two draws only."""
    one = Added(
        planned_t=np.array([[100.0, 100.0]]),
        alone_t=np.zeros((1, 2, 2)),
        gap_usd_per_kg=np.array([1.0, 9.0]),
        charge_usd_per_kg=np.array([10.0, 10.0]),
        delay_months=np.array([6.0, np.nan]),
    )
    return Project(
        project(plant(name, limit, dependence=dependence)),
        (one,),
        5.0,
        (Way("grant", 2.0),),
        (np.array(worth),),
        (one.added_t(5.0),),
    )


def pipeline(*projects: Project, slope: float = 0.0) -> Pipeline:
    """Returns a pipeline on one path."""
    slopes = {"metal:EUR": np.array([slope, slope])}
    slips = {0: Fraction(1)}
    return Pipeline(
        ("lapse",), YEARS, LASTING, 0.25, 0, projects, (), (np.full((2, 2), 90.0),), (slopes,), slips, delay_years=2
    )


def test_the_workbook_says_what_the_draws_say() -> None:
    given = pipeline(made("A", [[4.0, 2.0], [0.0, 0.0]]))
    book = fund_book(given, STAGES, "made up")
    found = coercivity.fund(book, budget=10).found
    assert book.projects[0].additional == Fraction("0.5")  # half of the draws build it
    # Mean of two draws: 2 MUSD now and 1 MUSD a year later, which counts 0.8.
    assert float(found.case.value_musd[0][0]) == pytest.approx(2.8, rel=1e-5)
    assert float(given.worth_musd(given.projects[0], 0).mean()) == pytest.approx(2.8)


def test_it_can_be_read_again() -> None:
    book = fund_book(pipeline(made("A", [[4.0, 2.0], [0.0, 0.0]]), made("B", [[1.0, 1.0], [0.0, 0.0]])), STAGES, "x")
    again = fund_book_of(book)
    assert again.projects == book.projects
    assert again.values == book.values


def test_two_plants_of_one_capacity_take_off_each_others_value() -> None:
    both = made("A", [[4.0, 2.0], [0.0, 0.0]]), made("B", [[4.0, 2.0], [0.0, 0.0]])
    (row,) = fund_book(pipeline(*both, slope=0.01), STAGES, "x").interaction
    # 0.01 USD/kg a tonne x 50 t x 50 t on average is 25,000 USD; this year and 0.8 of it the next.
    assert (row.one, row.other, row.musd) == ("A", "B", Fraction("-0.045"))


def test_plants_of_different_capacities_do_not() -> None:
    both = made("A", [[4.0, 2.0], [0.0, 0.0]]), made("B", [[4.0, 2.0], [0.0, 0.0]], "metal:NAM")
    assert not fund_book(pipeline(*both, slope=0.01), STAGES, "x").interaction


def test_a_refusal_is_the_mean_delay_over_that_of_a_refusal() -> None:
    (row,) = fund_book(pipeline(made("A", [[4.0, 2.0], [0.0, 0.0]], dependence=2)), STAGES, "x").projects
    assert (row.controlled_technology, row.refusal, row.delay_years) == ("yes", {"lapse": Fraction("0.25")}, 2)


def test_a_set_in_the_market_is_the_difference_of_two_runs() -> None:
    one = made("A", [[4.0, 2.0], [0.0, 0.0]])
    start = {"A:start": [[float("nan")], [24320.0]]}
    before = draws(
        {"benefit": {"whole": [[5e6, 5e6], [7e6, 7e6]], "outside": [[1e6, 1e6], [1e6, 1e6]]}, "plants": start}, 2
    )
    after = draws(
        {
            "benefit": {"whole": [[8e6, 10e6], [7e6, 7e6]], "outside": [[1e6, 0.0], [1e6, 1e6]]},
            "plants": {"A:start": [[24330.0], [24320.0]]},
        },
        2,
    )
    found = resolved(pipeline(one), "lapse", before, after, [one.candidate])
    assert found.whole.mean == pytest.approx((3 + 0.8 * 5) / 2)
    assert found.outside.mean == pytest.approx(-0.4)
    assert found.started == {"A": (1.0, 0.5)}


def test_the_scarcest_capacity_is_one_abroad_that_no_project_adds_to() -> None:
    names = {"metal:EUR": 9.0, "heavy_metal:EUR": 5.0, "metal:CN": 50.0, "quota:x": 40.0, "magnet:JP": 0.0}
    given = draws({"capacity_value": {name: [[usd, usd]] for name, usd in names.items()}}, 1)
    assert scarcest({"lapse": given}, YEARS, {"metal:EUR"}, 5) == ["heavy_metal:EUR"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"draws": 3}, "power of two"),
        ({"draws": 1}, "power of two"),
        ({"solve": 3}, "0, 1, 2 or 4"),
        ({"draws": 2, "solve": 4}, "0, 1, 2 or 4"),
        ({"last": "2027-12"}, "no project of the pipeline runs by 2027-12"),
        ({"last": "soon"}, "soon"),
        ({"years_after": -1}, "from 0 to 40"),
        ({"budget": 0}, "above 0"),
        ({"budget": "much"}, "much"),
    ],
)
def test_bad_arguments_are_told_before_anything_is_solved(words: dict[str, object], what: str) -> None:
    with pytest.raises(CoercivityError) as told:
        fund_pipeline(**words)  # type: ignore[arg-type]
    assert what in str(told.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(CoercivityError) as told:
        fund_pipeline(draws=3, solve=3, years_after=99)
    assert len(told.value.faults) == 3


def test_a_pipeline_in_another_order_is_the_same_book() -> None:
    one, other = made("A", [[4.0, 2.0], [0.0, 0.0]]), made("B", [[1.0, 1.0], [0.0, 0.0]])
    books = [fund_book(pipeline(*each), STAGES, "x") for each in ((one, other), (other, one))]
    answers = [coercivity.fund(book, budget=10).found for book in books]
    assert {frozenset(each.case.projects) for each in answers} == {frozenset(("A", "B"))}
    assert answers[0].sets[0].mean_musd == answers[1].sets[0].mean_musd
    assert replace(books[0], projects=()) != replace(books[1], projects=())  # rows keep their order
