"""Public money for projects: which of it counts, how it is divided, and the capital charge by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.months import parse_month
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry.money import (
    GRANT,
    LOAN,
    OFFTAKE,
    PlantMoney,
    annuity,
    asked_money,
    capital_charge,
    investments,
    packed_money,
)
from coercivity.market.run.industry.plants import Plant
from coercivity.market.run.scenarios.policies import PoliciesAsked
from coercivity.market.run.simulate import world_once

START = parse_month("2029-01")


@pytest.fixture(scope="module")
def figures() -> Figures:
    return world_once().figures


@pytest.fixture(scope="module")
def invested(figures: Figures) -> Mapping[str, float]:
    return investments(figures)


def plant(capacity_t: float = 100.0) -> Plant:
    return Plant("own", "EUR", "magnet", "magnet:EUR", "magnet", capacity_t, START, START, 0)


def test_an_annuity_by_hand() -> None:
    """12 % over 15 years: 0.12 / (1 - 1.12^-15) = 0.12 / (1 - 0.182696) = 0.146824; without interest 1/15."""
    assert annuity(0.12, 15) == pytest.approx(0.146824, abs=1e-6)
    assert annuity(0.0, 15) == pytest.approx(1 / 15)


def test_a_charge_by_hand() -> None:
    """180 M USD for 1,200 t a year: 150 USD for a kilogram a year, times 0.146824 = 22.02 USD/kg."""
    assert capital_charge(180.0, plant(), (), 0.12, 15) == pytest.approx(22.0236, abs=1e-3)


def test_a_grant_lowers_the_investment() -> None:
    """60 of 180 M USD: two thirds of the charge are left; a grant of all of it leaves none."""
    grant = PlantMoney("own", GRANT, 60.0)
    bare = capital_charge(180.0, plant(), (), 0.12, 15)
    assert capital_charge(180.0, plant(), (grant,), 0.12, 15) == pytest.approx(bare * 2 / 3)
    assert capital_charge(180.0, plant(), (grant, grant, grant), 0.12, 15) == 0.0


def test_a_loan_lowers_the_return_that_must_be_earned() -> None:
    """90 of 180 M USD at 4 %: half at 4 and half at 12 make 8 %, 0.08 / (1 - 1.08^-15) = 0.116830, 17.52 USD/kg."""
    loan = PlantMoney("own", LOAN, 90.0, 0.04)
    assert capital_charge(180.0, plant(), (loan,), 0.12, 15) == pytest.approx(150 * 0.116830, abs=1e-3)


def test_a_loan_dearer_than_the_hurdle_is_not_taken_up() -> None:
    loan = PlantMoney("own", LOAN, 90.0, 0.2)
    assert capital_charge(180.0, plant(), (loan,), 0.12, 15) == pytest.approx(
        capital_charge(180.0, plant(), (), 0.12, 15)
    )


def test_a_stated_investment_is_divided_among_the_plants_of_its_project(
    figures: Figures, invested: Mapping[str, float]
) -> None:
    """Vulcan Elements: 918 M USD for 10,000 t of magnets at 120 and 4,000 t of metal at 25: 1,200 to 100 parts."""
    assert invested["vulcan-benson-magnet"] == pytest.approx(918 * 1200 / 1300)
    assert invested["vulcan-benson-metal"] == pytest.approx(918 * 100 / 1300)


def test_an_investment_of_a_larger_project_is_scaled(invested: Mapping[str, float]) -> None:
    """Stillwater: 3,300 M USD for 10,000 t, of which the table has two phases, 1,200 and 4,800 t: 330 USD each."""
    assert invested["stillwater"] == pytest.approx(330 * 1.2)
    assert invested["stillwater-2"] == pytest.approx(330 * 4.8)


def test_a_plant_without_a_stated_investment_takes_that_of_its_stage(
    figures: Figures, invested: Mapping[str, float]
) -> None:
    assert invested["kuantan-magnet"] == pytest.approx(figures.assumption("capex_magnet") * 3.0)


def test_only_signed_money_for_a_plant_counts(figures: Figures, invested: Mapping[str, float]) -> None:
    """The loan to Vulcan is conditional and the state's offer not signed; the package for Stillwater is contracted."""
    found = packed_money(figures, invested)
    assert "vulcan-benson-magnet" not in {each.plant for each in found}
    grants = {each.plant: each.amount for each in found if each.kind == GRANT}
    package = ("stillwater", "stillwater-2", "round-top-mine", "round-top-heavy")
    assert sum(grants[name] for name in package) == pytest.approx(277.0)
    assert grants["stillwater-2"] == pytest.approx(277 * invested["stillwater-2"] / sum(invested[n] for n in package))


def test_money_in_another_currency_is_counted_in_dollars(figures: Figures, invested: Mapping[str, float]) -> None:
    """Eneabba: 1,650 M AUD of 2024 for its two plants together."""
    (rate,) = (
        float(row["value"])
        for row in figures.rows("assumptions").values()
        if (row["topic"], row["item"], row["year"]) == ("fx", "AUD annual mean", "2024")
    )
    lent = [each for each in packed_money(figures, invested) if each.plant.startswith("eneabba") and each.kind == LOAN]
    assert len(lent) == 2
    assert sum(each.amount for each in lent) == pytest.approx(1650 * rate)


def test_an_offtake_without_a_price_and_a_floor_are_offtakes(figures: Figures, invested: Mapping[str, float]) -> None:
    sold = {each.plant: each for each in packed_money(figures, invested) if each.kind == OFFTAKE}
    assert sold["northlake-10x"].amount == 7000.0
    assert sold["northlake-10x"].price is None
    assert sold["mountain-pass-light"].price == 110.0


def test_money_and_offtakes_of_a_scenario_are_read() -> None:
    asked = PoliciesAsked.model_validate(
        {
            "support": [
                {"id": "s", "kind": "loan", "plant": "narva-2", "amount": "50", "rate": "0.03", "from": "2027-01"}
            ],
            "offtakes": [
                {"id": "o", "plant": "narva-2", "tonnes_a_year": "1000", "price": "80", "published": "2027-02"}
            ],
        }
    )
    loan, offtake = asked_money(asked)
    assert (loan.kind, loan.amount, loan.rate, loan.first) == (LOAN, 50.0, 0.03, parse_month("2027-01"))
    assert (offtake.kind, offtake.amount, offtake.price) == (OFFTAKE, 1000.0, 80.0)
    assert offtake.published == parse_month("2027-02")


@given(
    investment=st.floats(1, 5000),
    grant=st.floats(0, 5000),
    loan=st.floats(0, 5000),
    rate=st.floats(0, 0.3),
    hurdle=st.floats(0.01, 0.3),
)
def test_public_money_never_raises_a_charge(
    investment: float, grant: float, loan: float, rate: float, hurdle: float
) -> None:
    bare = capital_charge(investment, plant(), (), hurdle, 15)
    money = (PlantMoney("own", GRANT, grant), PlantMoney("own", LOAN, loan, rate))
    assert 0 <= capital_charge(investment, plant(), money, hurdle, 15) <= bare * (1 + 1e-9)
