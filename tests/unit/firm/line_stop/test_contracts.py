"""What contracts cost by month: the invented company Alpenmotor, and companies of one contract by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.data.input import Content
from coercivity.firm.company.model import Company, Contract, Delay, LicenceHeld, Lot
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.contracts import ContractCosts, check_contracts, contracts_of
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "firms" / "alpenmotor.yaml"
ON, UNTIL = Day(2026, 11, 20), Day(2027, 5, 31)

# contract, month, formula, price [USD/kg], taken [kg], in force on the 1st, paid for [kg], paid [USD]
D1 = """
C1 2026-12 42.18 42.18 500 yes 800 33744
C1 2027-01 47.45 47.45 600 yes 800 37960
C1 2027-02 58.61 58.00 800 yes 800 46400
C1 2027-03 61.40 58.00 4700 yes 4700 272600
C1 2027-04 45.28 45.28 0 yes 800 36224
C1 2027-05 36.60 40.00 0 yes 800 32000
C2 2027-01 83.20 83.20 600 yes 600 49920
C2 2027-02 108.40 108.40 4500 yes 4500 487800
C2 2027-03 103.60 103.60 0 yes 450 46620
C2 2027-04 77.20 77.20 0 yes 450 34740
C2 2027-05 68.80 70.00 0 yes 450 31500
"""
D5 = """
C1 2026-12 42.18 42.18 500 yes 800 33744
C1 2027-01 47.45 47.45 600 yes 800 37960
C1 2027-02 58.61 58.00 800 no 800 46400
C1 2027-03 61.40 58.00 700 no 700 40600
C1 2027-04 45.28 45.28 4000 yes 4000 181120
C1 2027-05 36.60 40.00 0 yes 800 32000
C2 2027-01 83.20 83.20 600 no 600 49920
C2 2027-02 108.40 108.40 0 yes 450 48780
C2 2027-03 103.60 103.60 4500 yes 4500 466200
C2 2027-04 77.20 77.20 0 yes 450 34740
C2 2027-05 68.80 70.00 0 yes 450 31500
"""
TOTALS = """
d1 1109508 203228 0
d2 1090068 205388 1
d3 887748 121868 3
d4 1022404 167004 2
d5 1002964 169164 3
d6 800644 85644 5
d7 821844 169164 4
d8 619524 85644 6
d9 208624 22144 9
"""


def arrival(lot: Lot, delay: Delay, licences: dict[str, LicenceHeld]) -> Day | None:
    """When a lot of the example arrives, by the rules in words and apart from the program's engine."""
    if lot.arrives is not None:
        return lot.arrives
    assert lot.transit_days is not None
    sailing = timedelta(days=lot.transit_days)
    if lot.licence == "none":
        assert lot.leaves is not None
        return lot.leaves + sailing
    licence = licences[lot.licence]
    if licence.state == "filed":
        if delay.single_days == "refused" or lot.filed is None:
            return None
        fifth = lot.filed + timedelta(days=delay.single_days + 5)
        return max(fifth, lot.leaves or fifth) + sailing
    assert lot.leaves is not None
    assert licence.valid_until is not None
    if lot.leaves <= licence.valid_until and lot.plant in licence.names:
        return lot.leaves + sailing
    if delay.renewal_days == "refused":
        return None
    return max(lot.leaves, licence.valid_until + timedelta(days=delay.renewal_days)) + sailing


def costs(company: Company, *, on: Day = ON, until: Day = UNTIL) -> ContractCosts:
    licences = {licence.licence: licence for licence in company.licences}
    cases = [
        (delay, {lot.lot: arrival(lot, delay, licences) for lot in company.in_transit}) for delay in company.delays
    ]
    return contracts_of(company, cases, on=on, until=until)


def one_contract(**changes: object) -> Company:
    """One contract over three months under a general licence, one lot of 100 kg that arrives in the second month."""
    contract = Contract(
        contract="K", supplier="S", licence="G", filed=None, index="Dy", a=Fraction(10), b=Fraction(1, 2),
        floor=None, cap=None, volume_kg=Fraction(200), take_share=Fraction(3, 4), start=Day(2027, 1, 1),
        end=Day(2027, 3, 31), where="Contracts row 2",
    )  # fmt: skip
    lot = Lot(
        lot="A", supplier="S", part="P", plant="X", quantity_kg=Fraction(100), state="cleared", licence="G", filed=None,
        leaves=None, transit_days=None, arrives=Day(2027, 2, 28), contract="K", serves="", released_on=None,
    )  # fmt: skip
    return Company(
        licences=(LicenceHeld("G", "S", "general", "granted", ("X",), None, Day(2027, 2, 1)),),
        in_transit=(lot,),
        contracts=(replace(contract, **changes),),  # type: ignore[arg-type] # fields of a contract
        index={"Dy": {"2027-01": Fraction(100), "2027-02": Fraction(60), "2027-03": Fraction(20)}},
        delays=(Delay("only", Fraction(1), 30, 28),),
    )


def faults_of(company: Company, *, until: Day = UNTIL) -> list[Fault]:
    faults = Faults()
    check_contracts(company, on=ON, until=until, faults=faults)
    return faults.items


@pytest.mark.parametrize(("scenario", "table"), [("d1", D1), ("d5", D5)])
def test_the_months_of_a_scenario(scenario: str, table: str) -> None:
    rows = costs(company_of(EXAMPLE)).months[scenario]
    found = [
        (row.contract, row.month, row.formula_usd, row.price_usd, row.taken_kg, row.in_force, row.paid_kg, row.paid_usd)
        for row in rows
    ]
    expected = []
    for line in table.split("\n")[1:-1]:
        name, month, formula, price, taken, valid, paid, usd = line.split()
        numbers = [Fraction(number) for number in (formula, price, taken)]
        expected.append((name, month, *numbers, valid == "yes", Fraction(paid), Fraction(usd)))
    assert found == expected


def test_all_scenarios_and_their_mean() -> None:
    found = costs(company_of(EXAMPLE))
    rows = [(row.scenario, row.paid_usd, row.not_taken_usd, row.excused_months) for row in found.totals]
    told = [line.split() for line in TOTALS.split("\n")[1:-1]]
    assert rows == [(name, Fraction(paid), Fraction(not_taken), int(months)) for name, paid, not_taken, months in told]
    assert found.mean_paid_usd == Fraction("957453.44")


def test_a_month_is_excused_from_the_day_after_the_last_to_the_day_of_renewal() -> None:
    """The licence ends on 1 February, a day that counts, and is renewed 28 days later, on 1 March, which counts too.

    So no month is excused. Renewed on 2 March, or ended on 31 January, one is.
    """
    company = one_contract()
    licence = company.licences[0]
    assert [row.in_force for row in costs(company).months["only"]] == [True, True, True]
    later = replace(company, delays=(Delay("only", Fraction(1), 30, 29),))
    assert [row.in_force for row in costs(later).months["only"]] == [True, True, False]
    sooner = replace(company, licences=(replace(licence, valid_until=Day(2027, 1, 31)),))
    assert [row.in_force for row in costs(sooner).months["only"]] == [True, False, True]


def test_take_or_pay_by_hand() -> None:
    """Prices 10 + index/2 = 60, 40, 20; three quarters of 200 kg are paid for in any case, also in the month with 100 kg.

    Paid: 150 x (60 + 40 + 20) = 18,000; of it not taken: 150 x 60 + 50 x 40 + 150 x 20 = 14,000.
    """
    (total,) = costs(one_contract()).totals
    assert (total.paid_usd, total.not_taken_usd, total.excused_months) == (Fraction(18_000), Fraction(14_000), 0)


def test_floor_and_cap_hold_exactly() -> None:
    rows = costs(one_contract(floor=Fraction(40), cap=Fraction(45))).months["only"]
    assert [row.price_usd for row in rows] == [45, 40, 40]


def test_a_single_licence_that_ended_is_not_renewed_and_none_is_always_in_force() -> None:
    company = one_contract()
    single = replace(company, licences=(replace(company.licences[0], kind="single"),))
    assert [row.in_force for row in costs(single).months["only"]] == [True, True, False]
    free = one_contract(licence="none")
    assert all(row.in_force for row in costs(free).months["only"])


def test_months_that_ended_before_the_count_or_begin_after_the_period_are_left_out() -> None:
    company = one_contract()
    assert [row.month for row in costs(company, on=Day(2027, 1, 31)).months["only"]] == ["2027-02", "2027-03"]
    assert next(row.month for row in costs(company, on=Day(2027, 1, 30)).months["only"]) == "2027-01"
    assert [row.month for row in costs(company, until=Day(2027, 2, 1)).months["only"]] == ["2027-01", "2027-02"]


def test_without_delays_nothing_is_priced() -> None:
    found = costs(replace(one_contract(), delays=()))
    assert (found.months, found.totals, found.mean_paid_usd) == ({}, (), None)


def test_a_month_without_index_is_told_with_the_row_of_the_contract() -> None:
    company = one_contract(end=Day(2027, 5, 31))
    (fault,) = faults_of(company)
    assert (fault.code, fault.where) == ("CONTRACT", "Contracts row 2")
    assert fault.what == "contract K: the index Dy has no value for 2027-04, 2027-05"
    (fault,) = faults_of(one_contract(end=Day(2028, 5, 31)), until=Day(2028, 5, 31))
    assert fault.what == "contract K: the index Dy has no value for 2027-04, 2027-05, 2027-06 and 11 more"
    assert faults_of(one_contract()) == []


def test_a_filed_licence_without_a_day_of_filing_is_told() -> None:
    company = one_contract()
    filed = replace(company, licences=(replace(company.licences[0], state="filed", valid_until=None),))
    (fault,) = faults_of(filed)
    assert (fault.code, fault.where) == ("CONTRACT", "Contracts row 2")
    assert "licence G is filed, but the day of filing is missing" in fault.what
    on_contract = replace(filed, contracts=(replace(filed.contracts[0], filed=Day(2026, 12, 1)),))
    assert faults_of(on_contract) == []


def test_a_contract_without_volume_is_told_by_the_sheet() -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("volume_kg: '1000', ", "")
    with pytest.raises(CoercivityError) as caught:
        company_of(Content.of("alpenmotor.yaml", text))
    (fault,) = caught.value.faults
    assert (fault.code, fault.where.split(" (")[0]) == ("CELL", "contracts entry 1")
