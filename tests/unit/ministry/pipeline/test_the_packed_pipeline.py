"""The pipeline that lies among the examples: it loads, every plant in it is in the data set, and it chooses."""

from __future__ import annotations

import coercivity
from coercivity.base.examples import example_folder
from coercivity.data.packs import open_pack
from coercivity.market.inputs.figures import Figures
from coercivity.ministry.fund.read import fund_book_of

PIPELINE = example_folder() / "ministry" / "pipeline.yaml"


def test_every_project_is_a_plant_of_the_data_set() -> None:
    plants = Figures(open_pack("world")).rows("plants")
    book = fund_book_of(PIPELINE)
    assert len(book.projects) > 20
    assert {row.project for row in book.projects} <= set(plants)
    assert [row.path for row in book.paths] == ["lapse", "extension", "technology"]


def test_every_project_has_values_of_its_own_on_every_path_and_a_way_to_be_paid() -> None:
    book = fund_book_of(PIPELINE)
    names = {row.project for row in book.projects}
    for path in book.paths:
        assert {row.project for row in book.values if row.path == path.path} == names
    assert {row.project for row in book.instruments} == names


def test_a_larger_budget_is_worth_more() -> None:
    first, second, third = (
        float(coercivity.fund(PIPELINE, budget=budget, sets=1).body["sets"][0]["mean_musd"])
        for budget in (100, 1000, 5000)
    )
    assert 0 < first < second < third
