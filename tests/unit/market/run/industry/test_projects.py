"""Projects: decided when the margin covers the charge long enough, built faster or slower by the same measure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.months import Month
from coercivity.market.program.state import IndustryState
from coercivity.market.run.industry.appraisal import Appraiser, Expected
from coercivity.market.run.industry.money import GRANT, LOAN, OFFTAKE, PlantMoney
from coercivity.market.run.industry.plants import STATUS_MONTH, Plant
from coercivity.market.run.industry.projects import BUILDING, Projects, Terms
from coercivity.market.run.mechanisms import Committed
from coercivity.market.run.scenarios.policies import PriceFloor

TERMS = Terms(hurdle=0.12, years=15, lead={"magnet": 24}, wait=3, fast_from=2.0, fast=1.25, slow_below=0.5, slow=0.5)
# 1,200 t a year for 180 M USD: a charge of 22.02 USD/kg.
INVESTED = {"new": 180.0, "other": 360.0}
CHARGE = 22.0236


@dataclass
class Says:
    """Expects the same of every capacity.

    Attributes:
        margin: Margin of a unit [USD/kg].
        price: Price of magnets [USD/kg].
    """

    margin: float
    price: float = 60.0

    def expected(self, done: Committed, name: str, lead: float, *, entrant: bool = False) -> Expected:
        return Expected(self.margin + 25.0, -25.0, 0.0, {"mag_none": (1.0, self.price)}, (24, 41))


def plant(name: str = "new", status: str = "planned", start: Month = STATUS_MONTH + 10) -> Plant:
    return Plant(name, "EUR", "magnet", "magnet:EUR", "magnet", 100.0, start, start, 0, status=status)


def projects(entries: Iterable[Plant], money: Iterable[PlantMoney] = (), floors: Iterable[PriceFloor] = ()) -> Projects:
    return Projects(list(entries), TERMS, INVESTED, money, floors, drawn=frozenset({"magnet:EUR"}))


def month(when: Month) -> Committed:
    drivers = SimpleNamespace(capacity=lambda name, at, seen_from, state: 200.0)
    return cast(Committed, SimpleNamespace(month=when, before=None, update=SimpleNamespace(drivers=drivers)))


def months(
    known: Projects, says: Iterable[Says], first: Month = STATUS_MONTH, before: IndustryState | None = None
) -> list[IndustryState]:
    """The states after months with what plans say in each."""
    found = [before or IndustryState()]
    for place, each in enumerate(says):
        found.append(known.after(month(first + place), found[-1], cast(Appraiser, each)))
    return found[1:]


def floor(price: float, **other: object) -> PriceFloor:
    given = {"id": "f", "good": "mag_none", "region": "EUR", "price": price, **other}
    return PriceFloor.model_validate({key: str(value) for key, value in given.items()})


def test_a_project_is_decided_after_three_months_that_cover_its_charge() -> None:
    """Decided at the end of December 2026; 24 months of work from January 2027 on end with December 2028."""
    found = months(projects([plant()]), [Says(CHARGE + 0.1)] * 3)
    assert [state.decided_on for state in found] == [{}, {}, {"new": STATUS_MONTH + 2}]
    assert found[-1].starts == {"new": STATUS_MONTH + 2 + 25}
    assert found[-1].appraisals["new"].charge == pytest.approx(CHARGE, abs=1e-3)
    assert not found[-1].appraisals["new"].funded


def test_a_margin_below_the_charge_starts_nothing() -> None:
    found = months(projects([plant()]), [Says(CHARGE - 0.1)] * 40)
    assert found[-1].decided_on == {}
    assert found[-1].starts == {}


def test_a_month_below_the_charge_begins_the_count_again() -> None:
    found = months(projects([plant()]), [Says(30), Says(30), Says(0), Says(30), Says(30), Says(30)])
    assert found[-2].decided_on == {}
    assert found[-1].decided_on == {"new": STATUS_MONTH + 5}


def test_nothing_is_decided_before_the_status_of_the_table() -> None:
    found = months(projects([plant()]), [Says(100)] * 5, STATUS_MONTH - 5)
    assert found[-1] == IndustryState()


def test_no_plant_starts_before_its_tabulated_start() -> None:
    late = plant(start=STATUS_MONTH + 60)
    assert months(projects([late]), [Says(30)] * 3)[-1].starts == {"new": STATUS_MONTH + 60}


def test_a_committed_plant_is_decided_at_once_and_has_its_tabulated_time_left() -> None:
    """Its start is ten months after October 2026: decided in that month, it starts eleven months later."""
    found = months(projects([plant(status="committed")]), [Says(30)])
    assert found[-1].decided_on == {"new": STATUS_MONTH}
    assert found[-1].starts == {"new": STATUS_MONTH + 11}


def test_one_project_of_a_capacity_is_decided_at_a_time_the_cheaper_first() -> None:
    """The other, twice as dear, counts again from nothing: three months later."""
    found = months(projects([plant("other"), plant()]), [Says(60)] * 6)
    assert found[2].decided_on == {"new": STATUS_MONTH + 2}
    assert found[-2].decided_on == found[2].decided_on
    assert found[-1].decided_on == {"new": STATUS_MONTH + 2, "other": STATUS_MONTH + 5}


def test_a_grant_moves_a_start() -> None:
    """A margin of 15 is below 22.02, and above two thirds of it, 14.68, after a grant of a third."""
    grant = PlantMoney("new", GRANT, 60.0)
    assert months(projects([plant()]), [Says(15)] * 3)[-1].decided_on == {}
    found = months(projects([plant()], [grant]), [Says(15)] * 3)[-1]
    assert found.decided_on == {"new": STATUS_MONTH + 2}
    assert found.appraisals["new"].funded


def test_a_loan_moves_a_start() -> None:
    """Half at 4 %: 17.52 USD/kg, below a margin of 18."""
    loan = PlantMoney("new", LOAN, 90.0, 0.04)
    assert months(projects([plant()]), [Says(18)] * 3)[-1].decided_on == {}
    assert months(projects([plant()], [loan]), [Says(18)] * 3)[-1].decided_on == {"new": STATUS_MONTH + 2}


def test_money_counts_from_its_publication_on_and_only_until_its_end() -> None:
    late = PlantMoney("new", GRANT, 60.0, published=STATUS_MONTH + 2)
    assert months(projects([plant()], [late]), [Says(15)] * 5)[-1].decided_on == {"new": STATUS_MONTH + 4}
    ended = PlantMoney("new", GRANT, 60.0, last=STATUS_MONTH + 1)
    assert months(projects([plant()], [ended]), [Says(15)] * 5)[-1].decided_on == {}


def test_an_offtake_counts_for_the_share_that_it_covers() -> None:
    """Half the output at 80 instead of 60 adds 10 to a margin of 15: 25 covers 22.02; a quarter adds 5 and does not."""
    half, quarter = (PlantMoney("new", OFFTAKE, tonnes, price=80.0) for tonnes in (600.0, 300.0))
    found = months(projects([plant()], [half]), [Says(15)] * 3)[-1]
    assert found.appraisals["new"].margin == pytest.approx(25.0)
    assert found.decided_on == {"new": STATUS_MONTH + 2}
    assert months(projects([plant()], [quarter]), [Says(15)] * 3)[-1].decided_on == {}


def test_an_offtake_below_the_price_changes_nothing() -> None:
    low = PlantMoney("new", OFFTAKE, 1200.0, price=50.0)
    assert months(projects([plant()], [low]), [Says(15)])[-1].appraisals["new"].margin == pytest.approx(15.0)


def test_an_offtake_without_a_price_pays_the_charge() -> None:
    sold = PlantMoney("new", OFFTAKE, 1200.0)
    found = months(projects([plant()], [sold]), [Says(-20)])[-1].appraisals["new"]
    assert found.margin == found.charge


def test_a_floor_moves_a_start() -> None:
    """A floor of 70 on magnets at 60 adds 10 to a margin of 15."""
    found = months(projects([plant()], floors=[floor(70)]), [Says(15)] * 3)[-1]
    assert found.appraisals["new"].margin == pytest.approx(25.0)
    assert found.appraisals["new"].funded
    assert found.decided_on == {"new": STATUS_MONTH + 2}


def test_a_floor_covers_its_tonnes_for_all_makers_of_the_region() -> None:
    """1,800 t of 12 x (200 standing + 100 new) = 3,600 t a year: half of 10 USD/kg."""
    found = months(projects([plant()], floors=[floor(70, tonnes_a_year=1800)]), [Says(15)])[-1]
    assert found.appraisals["new"].margin == pytest.approx(20.0)


def test_makers_pay_back_a_share_above_a_floor() -> None:
    """A floor of 50 at a price of 60: 30 % of 10 USD/kg is paid back."""
    found = months(projects([plant()], floors=[floor(50, upside=0.3)]), [Says(15)])[-1]
    assert found.appraisals["new"].margin == pytest.approx(12.0)


@pytest.mark.parametrize(
    "other",
    [
        {"region": "JP"},
        {"good": "mag_high"},
        {"published": "2029-01"},
        {"to": "2026-12"},
        {"kind": "border"},
    ],
)
def test_a_floor_elsewhere_later_or_at_the_border_adds_nothing(other: dict[str, str]) -> None:
    found = months(projects([plant()], floors=[floor(70, **other)]), [Says(15)])[-1]
    assert found.appraisals["new"].margin == pytest.approx(15.0)


@pytest.mark.parametrize(
    ("margin", "speed"), [(2 * CHARGE + 1, 1.25), (CHARGE, 1.0), (0.5 * CHARGE - 1, 0.5), (0.0, 0.5), (-0.1, 0.0)]
)
def test_the_margin_sets_the_speed(margin: float, speed: float) -> None:
    """A plant under construction with ten months left in October 2026, after ten months of one speed."""
    building = plant(status="construction")
    (found,) = months(projects([building]), [Says(margin)])
    assert found.speed == {"new": speed}
    left = 10 - speed
    assert found.work_left == {"new": pytest.approx(left)}
    later = STATUS_MONTH + 1 + math.ceil(left / speed) if speed else 0
    assert found.starts == ({"new": max(later, building.planned)} if speed else {})


def test_a_plant_under_construction_at_normal_speed_starts_as_tabulated() -> None:
    found = months(projects([plant(status="construction")]), [Says(CHARGE)] * 12)
    assert {state.starts["new"] for state in found} == {STATUS_MONTH + 10}
    assert found[-1].work_left == {}


def test_what_slows_down_starts_later_and_what_stands_still_never_while_it_does() -> None:
    """Ten months of work at half speed take twenty; at none there is no start to see."""
    slow = months(projects([plant(status="construction")]), [Says(1)] * 25)
    assert slow[-1].starts == {"new": STATUS_MONTH + 20}
    still = months(projects([plant(status="construction")]), [Says(-1)] * 25)
    assert still[-1].work_left == {"new": 10.0}
    assert still[-1].starts == {}


def test_a_plant_of_a_capacity_without_a_use_goes_as_tabulated() -> None:
    known = Projects([replace(plant(), limit="magnet:IN")], TERMS, INVESTED, drawn=frozenset({"magnet:EUR"}))
    assert known.ids == frozenset()


def test_plants_that_run_and_those_of_a_scenario_are_not_decided_by_price() -> None:
    entries = [plant("a", "operating"), plant("b", "ramping"), plant("c", ""), plant("d", "commissioning")]
    known = projects(entries)
    assert (known.open, known.building) == ([], [])


@given(margins=st.lists(st.floats(-50, 100), min_size=1, max_size=40), building=st.booleans())
def test_no_start_is_before_its_table_and_the_work_left_never_grows(margins: list[float], building: bool) -> None:
    """Whatever the margins of the months: a start once reached stays, and no decision is taken back."""
    entry = plant(status=BUILDING if building else "planned")
    found = months(projects([entry]), [Says(margin) for margin in margins])
    for before, after in pairwise(found):
        assert after.decided_on.items() >= before.decided_on.items()
        if "new" in before.work_left:
            assert after.work_left.get("new", 0.0) <= before.work_left["new"]
        elif "new" in before.starts:
            assert after.starts["new"] == before.starts["new"]
    assert all(start >= entry.planned for state in found for start in state.starts.values())


@dataclass
class SaysOf:
    """Expects a margin of each capacity."""

    margins: dict[str, float]

    def expected(self, done: Committed, name: str, lead: float, *, entrant: bool = False) -> Expected:
        return Expected(self.margins[name], 0.0, 0.0, {}, (24, 41))


ORE, LIGHT = "mine:MOUNT_WELD:AU", "sep_light:AU"


def both(project: str = "P066") -> Projects:
    """A mine of 1,200 t REO a year for 60 M USD: 7.34 USD/kg; separation of 240 t NdPr for 60 M USD: 36.71 USD/kg."""
    start = STATUS_MONTH + 10
    dig = Plant("dig", "AU", "mine", ORE, "other", 100.0, start, start, 0, status="planned", project=project)
    cut = Plant("cut", "AU", "sep_light", LIGHT, "other", 20.0, start, start, 0, status="planned", project="P066")
    terms = replace(TERMS, lead={"mine": 30, "sep_light": 27})
    return Projects([dig, cut], terms, {"dig": 60.0, "cut": 60.0}, drawn=frozenset({ORE, LIGHT}))


def decided(known: Projects, dug: float, cut: float) -> dict[str, Month]:
    says = cast(list[Says], [SaysOf({ORE: dug, LIGHT: cut})] * 3)
    return dict(months(known, says)[-1].decided_on)


def test_a_mine_opens_when_its_rent_covers_its_charge_and_not_before() -> None:
    """60 M USD at 12 % over 15 years are 8.81 M USD a year, by 1,200 t 7.341 USD/kg."""
    alone = both("P001")
    assert decided(alone, 7.33, 0.0) == {}
    assert decided(alone, 7.35, 0.0) == {"dig": STATUS_MONTH + 2}


def test_a_project_that_mines_and_separates_is_decided_as_one() -> None:
    """Per month 100 x 7.341 + 20 x 36.706 = 1,468; 100 x 14.7 covers it alone, 100 x 14.6 does not; 14 + 20 x 4 does."""
    when = {"dig": STATUS_MONTH + 2, "cut": STATUS_MONTH + 2}
    assert decided(both(), 14.7, 0.0) == when
    assert decided(both(), 14.6, 0.0) == {}
    assert decided(both(), 14.0, 4.0) == when


def test_the_charge_of_a_common_project_is_by_unit_of_each_plant() -> None:
    """1,468.2 thousand USD a month are 14.68 USD/kg of 100 t of ore, and 73.41 of 20 t of oxide."""
    says = cast(list[Says], [SaysOf({ORE: 1.0, LIGHT: 10.0})])
    found = months(both(), says)[-1].appraisals
    assert found["dig"][:2] == pytest.approx((3.0, 14.682), abs=2e-3)
    assert found["cut"][:2] == pytest.approx((15.0, 73.412), abs=1e-2)
