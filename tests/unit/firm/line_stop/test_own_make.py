"""A lot that the plant makes itself: no one ships it, so nothing brings it by air, and no day to order so is told."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.base.errors import Faults
from coercivity.firm.company.model import Company, Plant, Supplier
from coercivity.firm.company.own_make import made_at_plant
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.actions.checks import check_options
from coercivity.firm.line_stop.answer import company_answer
from tests.places import ROOT
from tests.unit.firm.line_stop.test_actions import option, small

JOINT_VENTURE = ROOT / "examples" / "magnet-jv" / "company.yaml"


def of_maker(name: str, country: str = "TH", *, plant: str = "Siam Magnets") -> Company:
    """Plant X in Thailand, whose only lot is of a supplier with a name and a country."""
    made = replace(small(), plants=(Plant("X", plant, "TH", Fraction(10)),))
    return replace(made, suppliers=(Supplier("S", name, country),))


@pytest.mark.parametrize(
    ("company", "lots"),
    [
        (of_maker("Siam Magnets"), {"A"}),
        (of_maker("siam  MAGNETS"), {"A"}),
        (of_maker("Siam Magnets", "CN"), set()),
        (of_maker("Ningbo Magnets"), set()),
        (of_maker("", plant=""), set()),
    ],
)
def test_the_same_company_in_the_same_country_makes_its_own_lot(company: Company, lots: set[str]) -> None:
    assert made_at_plant(company) == lots


def test_no_air_freight_for_a_lot_of_the_plant_itself() -> None:
    """Of another maker the lot can fly, and there is a last day to order it so."""
    own, bought = company_answer(of_maker("Siam Magnets")), company_answer(of_maker("Ningbo Magnets"))
    assert "air_freight" in {effect.action for effect in bought.actions}
    assert "air_freight" not in {effect.action for effect in own.actions}
    assert {one.kind for one in bought.deadlines} == {"file", "order_air"}
    assert {one.kind for one in own.deadlines} == {"file"}


def test_an_option_to_fly_such_a_lot_is_a_fault() -> None:
    faults = Faults()
    check_options(replace(of_maker("Siam Magnets"), options=(option("air freight", 5, lot="A"),)), faults)
    assert [fault.what for fault in faults.items] == [
        "option air freight 5: plant X makes lot A itself, so no one ships it"
    ]


def test_the_joint_venture_flies_dysprosium_but_not_its_own_flake() -> None:
    company = company_of(JOINT_VENTURE)
    found = company_answer(company)
    assert made_at_plant(company) == {"O1", "O2"}
    assert {one.of["part"] for one in found.deadlines if one.kind == "order_air"} == {"DY", "NDPR"}
    assert all(effect.action != "air_freight" for effect in found.actions)
