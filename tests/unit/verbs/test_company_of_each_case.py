"""The company files of the example cases: complete for every answer, and dates and holds that can be worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from coercivity.firm.company.needs import lacking
from coercivity.firm.company.sources import company_of
from coercivity.verbs.company import company_stops
from coercivity.verbs.mix import best_mix
from tests.places import ROOT

CASES = ("magnet-jv", "recycler", "smco-defence", "wind")


def workbook(case: str) -> Path:
    return ROOT / "examples" / case / "company.yaml"


def held(case: str) -> dict[str, str]:
    """Returns why each lot on hold may not leave."""
    return {lot["lot"]: lot["held"] for lot in company_stops(workbook(case)).body["law"] if lot["held"]}


def stops(case: str) -> dict[str, str]:
    return {plant.plant: str(plant.stop_on) for plant in company_stops(workbook(case)).found.plants}


@pytest.mark.parametrize("answer", ["stops", "chances", "law", "mix"])
@pytest.mark.parametrize("case", CASES)
def test_nothing_is_missing_for_any_answer(case: str, answer: str) -> None:
    assert lacking(company_of(workbook(case)), answer) == []  # type: ignore[arg-type] # an Answer by the table above


@pytest.mark.parametrize("case", CASES)
def test_doing_something_beats_doing_nothing(case: str) -> None:
    report = best_mix(workbook(case)).body
    assert Decimal(report["best"]["mean_keur"]) < Decimal(report["do_nothing"]["mean_keur"])


def test_the_recycler_stops_when_its_dysprosium_is_used_up() -> None:
    """190 kg at 60 kg x 12 / 365 a day last 96 days from 3 October, and eleven closed days come between."""
    assert stops("recycler") == {"GRE": "2027-01-18"}


def test_feed_that_leaves_after_the_suspension_is_on_hold() -> None:
    assert held("recycler") == {"N2": "undecided"}


def test_flake_stops_the_joint_venture_unless_the_visit_is_permitted() -> None:
    """74 t of stock and 45 t under way at 30 t x 12 / 261 a working day last 86 working days; two closed ones come between."""
    assert stops("magnet-jv") == {"RYG": "2027-03-25"}


def test_no_scenario_lets_chinese_magnets_reach_the_programme() -> None:
    assert held("smco-defence") == {"A1": "prohibited", "B1": "undecided"}


def test_the_general_licence_names_one_plant_and_each_single_licence_covers_one_lot() -> None:
    company = company_of(workbook("wind"))
    general = [one for one in company.licences if one.kind == "general"]
    assert [one.names for one in general] == [("DK",)]
    single = [lot.licence for lot in company.in_transit if lot.plant == "ES"]
    assert len(set(single)) == len(single)
    assert held("wind") == {"V1": "undecided"}


def test_prohibited_orders_are_part_of_no_plan_for_the_programme() -> None:
    report = best_mix(ROOT / "examples" / "smco-defence").body
    barred = {one["option"]: one["clauses"] for one in report["law"] if one["outcome"] == "STOP"}
    assert barred == {"Chinese maker": ["a46-1"], "stock in the Netherlands": ["a46-3"]}
    assert not {name for choice in report["choices"] for name in choice["options"]} & set(barred)


def test_a_second_source_that_needs_a_visit_of_open_status_is_not_counted() -> None:
    """The visit depends on 62/2025, and the oxide needs a licence; the strictest of the three transactions counts."""
    law = {one["option"]: one for one in best_mix(ROOT / "examples" / "wind").body["law"]}
    source = law["second source in Vietnam"]
    assert (source["outcome"], source["counted"]) == ("UNKNOWN", False)
    assert source["deal_outcomes"] == {"t08": "LICENCE", "t09": "UNKNOWN", "t10": "UNKNOWN"}
    assert (law["leaner SH for UH"]["outcome"], law["leaner SH for UH"]["counted"]) == ("LICENCE", True)
