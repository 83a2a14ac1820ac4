"""From the workbook to what a mix is chosen from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.firm.company.model import Company
from coercivity.firm.company.sources import company_of
from coercivity.firm.mix.build import build_mix
from tests.places import ROOT
from tests.unit.firm.mix.brenner import brenner
from tests.unit.firm.mix.wind import wind

FIRMS = ROOT / "examples" / "firms"


def test_brenner_is_the_case_of_its_workbook() -> None:
    assert build_mix(company_of(FIRMS / "brenner.yaml")) == brenner()


def test_the_wind_turbine_maker_buys_whole_tonnes() -> None:
    case = build_mix(company_of(FIRMS / "wind.yaml"), alpha=0.85)
    by_hand = wind()
    whole = replace(by_hand, items=tuple(replace(item, whole_tonnes=True) for item in by_hand.items))
    cut = tuple(replace(option, follows_second_source=True) for option in by_hand.options)  # by a share of 1
    named = tuple(replace(one, scenario=row.scenario) for one, row in zip(whole.scenarios, case.scenarios, strict=True))
    assert case == replace(whole, options=cut, scenarios=named)


def test_an_empty_workbook_lacks_every_sheet_of_a_mix() -> None:
    with pytest.raises(CoercivityError) as caught:
        build_mix(Company())
    assert [fault.what for fault in caught.value.faults] == [
        "the sheet Grades is empty",
        "the sheet Scenarios is empty",
        "the sheet Options has no option that a mix is chosen from",
        "the sheet Monthly use is empty",
    ]


def test_no_option_is_a_fault_unless_stock_alone_is_asked_for() -> None:
    company = replace(company_of(FIRMS / "wind.yaml"), mix_options=())
    with pytest.raises(CoercivityError, match="has no option"):
        build_mix(company)
    assert build_mix(company, stock_alone=True).options == ()


USED = """
settings: {{months: '3'}}
parts: [{{part: M1, grade: N42SH, NdPr: '30'}}, {{part: M2, grade: N42SH, NdPr: '30'}}]
plants: [{{plant: GRZ}}]
use:
- {{plant: GRZ, part: M1, quantity_kg: '{kg}', per: {per}, calendar: {calendar}}}
- {{plant: GRZ, part: M2, quantity_kg: '1', per: year, unit: t, calendar: calendar}}
grades: [{{grade: N42SH, class: heavy, stock_cost: '1', loss: '9'}}]
options: [{{option: far, kind: second source, fee: '1', months: '0', cap: '1', extra: '1', grades: N42SH}}]
scenarios: [{{scenario: s, probability: '1', months: '0', months_if_filed: '0', scope: none, let_through: '1', second_source_share: '1'}}]
"""


@pytest.mark.parametrize(
    ("kg", "per", "calendar", "tonnes"),
    [
        ("12", "day", "calendar", 12 * 365 / 12 / 1000),
        ("12", "day", "working", 12 * 261 / 12 / 1000),
        ("84", "week", "calendar", 84 * 365 / 7 / 12 / 1000),
        ("60", "week", "working", 60 * 261 / 5 / 12 / 1000),
        ("500", "month", "calendar", 0.5),
        ("6000", "year", "calendar", 0.5),
    ],
)
def test_without_monthly_use_a_mean_month_of_the_parts_of_a_grade(
    kg: str, per: str, calendar: str, tonnes: float
) -> None:
    """Both parts are N42SH; of the second a tonne a year is used, a twelfth of it in each month."""
    text = USED.format(kg=kg, per=per, calendar=calendar).replace(
        "quantity_kg: '" + kg + "'", f"quantity_kg: '{kg}', unit: kg"
    )
    item = build_mix(company_of(Content.of("firm.yaml", text))).items[0]
    assert item.use_t == pytest.approx((tonnes + 1 / 12,) * 3)


def test_filing_ahead_shortens_and_the_scope_strikes_its_class() -> None:
    """In s1 the stop of months 3 and 4 lasts month 3 alone if filed; grade A is not of the class heavy."""
    scenario = build_mix(company_of(FIRMS / "brenner.yaml")).scenarios[1]
    assert scenario.open_share["B"] == (1.0, 1.0, 0.0, 0.0, *(1.0,) * 8)
    assert scenario.open_share_if_filed["B"] == (1.0, 1.0, 0.0, *(1.0,) * 9)
    assert set(scenario.open_share["A"]) == {1.0}
