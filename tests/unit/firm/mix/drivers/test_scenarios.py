"""Scenarios that are draws: chances, months, grades without a licence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.firm.company.model import Company, Part
from coercivity.firm.company.sources import company_of
from coercivity.firm.mix.build import build_mix
from coercivity.firm.mix.drivers.scenarios import drawn_case, form_of_grades
from tests.places import ROOT
from tests.unit.firm.mix.drivers.made import two_paths

FIRMS = ROOT / "examples" / "firms"


COUNTED = Day(2026, 2, 27)


def counted(on: Day | None = COUNTED) -> Company:
    company = company_of(FIRMS / "brenner.yaml")
    return replace(company, settings=replace(company.settings, as_of=on))


def test_every_draw_is_a_scenario_and_paths_count_equally() -> None:
    found = drawn_case(counted(), two_paths(), 6, 6.0)
    assert [each.probability for each in found.scenarios] == [0.25] * 4
    assert [each.path for each in found.scenarios] == ["lapsed", "lapsed", *["extended:2027-11-10"] * 2]
    assert found.points == (0, 1, 0, 1)
    assert not found.by_table


def test_month_1_is_the_month_after_the_stock_count() -> None:
    """March to August are months 3 to 8 of the draws; the halt is missing in May and June."""
    found = drawn_case(counted(), two_paths(), 6, 6.0)
    assert found.scenarios[1].open_share["B"] == (1.0, 1.0, 0.0, 0.0, 1.0, 1.0)
    assert found.scenarios[1].facts["slow_months"] == "2"
    assert found.scenarios[1].second_source_share == pytest.approx(4 / 6)


def test_a_grade_of_the_class_none_needs_no_licence() -> None:
    found = drawn_case(counted(), two_paths(), 6, 6.0)
    assert set(found.scenarios[1].open_share["A"]) == {1.0}


def test_chances_of_paths_named_in_scenarios_are_used() -> None:
    company = counted()
    rows = tuple(replace(row, path="lapsed" if row.scenario == "s0" else "extended") for row in company.scenarios)
    found = drawn_case(replace(company, scenarios=rows), two_paths(), 6, 6.0)
    assert found.by_table
    assert [each.probability for each in found.scenarios] == pytest.approx([0.2, 0.2, 0.3, 0.3])


def test_without_a_day_of_count_there_is_no_first_month() -> None:
    with pytest.raises(CoercivityError, match="as_of is blank"):
        drawn_case(counted(None), two_paths(), 6, 6.0)


def test_months_that_the_draws_do_not_have_are_refused() -> None:
    with pytest.raises(CoercivityError, match="the draws are of 2026-01 to 2026-08, the mix of 2026-03 to 2027-02"):
        drawn_case(counted(), two_paths(), 12, 6.0)


def test_grades_of_two_forms_have_no_one_queue() -> None:
    company = counted()
    parts = tuple(Part(name, name, "", form, None, None, {}) for name, form in (("B", "magnet"), ("C", "oxide")))
    assert form_of_grades(company) == "magnet"
    assert form_of_grades(replace(company, parts=parts[1:])) == "oxide"
    with pytest.raises(CoercivityError, match="several forms: magnet, oxide"):
        form_of_grades(replace(company, parts=parts))


def test_a_second_source_fed_from_elsewhere_is_not_cut() -> None:
    company = counted()
    drawn = drawn_case(company, two_paths(), 6, 6.0).scenarios
    options = tuple(replace(each, feed="other") if each.option == "second" else each for each in company.mix_options)
    free = build_mix(replace(company, mix_options=options), drawn=drawn).options[0]
    assert (free.kind, free.follows_second_source) == ("own_processing", False)
    assert build_mix(company, drawn=drawn).options[0].follows_second_source
    assert build_mix(replace(company, mix_options=options)).options[0].kind == "second_source"
