"""Options that need transactions of a case folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import coercivity
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED
from coercivity.cases.brief.brief import make_brief
from coercivity.firm.company.model import Company
from coercivity.firm.option_law.case_deals import case_transactions, deals_of_brief, decided_deals
from coercivity.firm.option_law.options_law import options_law
from coercivity.firm.option_law.results import OptionDeal, OptionLaw
from coercivity.law.rules.model import Outcome
from tests.places import ROOT
from tests.unit.firm.option_law.workbooks import BRENNER, brenner

EV_MOTOR = ROOT / "examples" / "ev-motor"
ON = Day(2026, 6, 15)


@pytest.fixture(scope="module")
def decided() -> dict[str, OptionDeal]:
    """Returns the transactions of a case, each decided for its own date."""
    faults = Faults()
    rows = case_transactions(PACKED.book(), EV_MOTOR, faults)
    faults.raise_if_any()
    return decided_deals(PACKED.book(), rows, ON)


def with_deals(cells: str) -> Company:
    """Returns Brenner Windtechnik with other cells for the goods of the option air."""
    return brenner(
        (", supplier: S1, plant: INN, part: M-A}\n- {option: air heavy", f"{cells}}}\n- {{option: air heavy")
    )


def air(company: Company, decided: dict[str, OptionDeal] | None) -> OptionLaw:
    """Returns what the law says of the option air."""
    said = options_law(PACKED.book(), company, decided=decided)
    return next(one for one in said if one.name == "air")


def test_an_option_takes_the_strictest_of_its_transactions(decided: dict[str, OptionDeal]) -> None:
    one = air(with_deals(", deals: t06 t09"), decided)
    assert one.deals == {"t06": Outcome.LICENCE, "t09": Outcome.UNKNOWN}
    assert (one.outcome, one.counted, one.of_deal, one.day_from) == (Outcome.UNKNOWN, False, "t09", "deals")
    assert str(one.on) == "2027-02-15"


def test_a_transaction_that_needs_a_licence_adds_its_time(decided: dict[str, OptionDeal]) -> None:
    one = air(with_deals(", deals: t06"), decided)
    assert (one.outcome, one.counted, one.months) == (Outcome.LICENCE, True, 3)


def test_a_transaction_after_the_option_is_usable_is_pointed_out(decided: dict[str, OptionDeal]) -> None:
    """The metal goes on 15 January 2027; the licence time ends on 15 September 2026."""
    said = options_law(PACKED.book(), with_deals(", deals: t06"), on=ON, decided=decided)
    one = next(one for one in said if one.name == "air")
    assert {deal: str(day) for deal, day in one.deals_after.items()} == {"t06": "2027-01-15"}


def test_goods_and_transactions_count_together(decided: dict[str, OptionDeal]) -> None:
    """The magnets of grade A need no licence, but the metal of t06 does."""
    one = air(with_deals(", supplier: S1, plant: INN, part: M-A, deals: t06"), decided)
    assert (one.outcome, one.of_deal) == (Outcome.LICENCE, "t06")


def test_without_a_case_folder_transactions_are_not_said_and_not_counted() -> None:
    one = air(with_deals(", deals: t06 t07"), None)
    assert one.counted is False
    assert one.missing == ("Transactions deals of t06, t07",)


def test_goods_that_proceed_do_not_free_an_option_whose_transactions_are_unknown() -> None:
    one = air(with_deals(", supplier: S1, plant: INN, part: M-A, deals: t06"), None)
    assert (one.outcome, one.counted) == (Outcome.UNKNOWN, False)


def test_a_transaction_that_does_not_exist_is_a_fault_with_the_nearest() -> None:
    with pytest.raises(CoercivityError) as caught:
        air(with_deals(", deals: t6 t07"), {"t06": None, "t07": None})  # type: ignore[dict-item] # only ids are looked at
    fault = caught.value.faults[0]
    assert (fault.code, fault.what, fault.nearest[0]) == ("FIRM-REF", "there is no transaction t6", "t06")
    assert fault.where.startswith("options entry 2")


def test_a_brief_gives_the_same_results(decided: dict[str, OptionDeal]) -> None:
    found = deals_of_brief(make_brief(PACKED.book(), EV_MOTOR, ON))
    assert {name: (one.decision.outcome, one.decision.on) for name, one in found.items()} == {
        name: (one.decision.outcome, one.decision.on) for name, one in decided.items()
    }


def case_folder(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    """Returns a case folder with Brenner Windtechnik as its company, whose option air needs a transaction."""
    folder = tmp_path / "case"
    folder.mkdir()
    for name in ("case.yaml", "transactions.csv"):
        shutil.copy(EV_MOTOR / name, folder / name)
    text = BRENNER.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "company.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_case_folder_is_decided_by_the_mix_itself(tmp_path: Path) -> None:
    folder = case_folder(tmp_path, ("part: M-A}\n- {option: air heavy", "part: M-A, deals: t09}\n- {option: air heavy"))
    body = coercivity.best_mix(folder).body
    one = next(entry for entry in body["law"] if entry["option"] == "air")
    assert (one["outcome"], one["counted"], one["deal_outcomes"]) == ("UNKNOWN", False, {"t09": "UNKNOWN"})


def test_faults_of_the_case_and_of_the_company_are_told_at_once(tmp_path: Path) -> None:
    folder = case_folder(tmp_path, ("stock_cap_t: '8'", "stock_cap_t: eight"))
    (folder / "transactions.csv").write_text("id,title\n,none\n", encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        coercivity.best_mix(folder)
    assert {"ROW-ID", "CELL"} <= {fault.code for fault in caught.value.faults}


def test_a_case_folder_without_a_company_and_one_with_two(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError, match="no company file"):
        coercivity.best_mix(ROOT / "examples" / "motor-reexport")
    folder = case_folder(tmp_path)
    (folder / "company").mkdir()
    with pytest.raises(CoercivityError, match=r"company\.yaml, company"):
        coercivity.best_mix(folder)


def test_a_licence_that_may_yet_be_a_prohibition_is_not_counted(decided: dict[str, OptionDeal]) -> None:
    """The recipe of t08 needs a licence; whether it is prohibited depends on a suspension that is unconfirmed."""
    one = air(with_deals(", deals: t08"), decided)
    assert one.deals == {"t08": Outcome.LICENCE}
    assert (one.outcome, one.not_counted, one.counted) == (Outcome.UNKNOWN, "may be prohibited", False)
    assert "law" in one.causes


def test_a_transaction_whose_lots_leave_under_a_general_licence_takes_no_time(decided: dict[str, OptionDeal]) -> None:
    cells = "licences:\n- {licence: G1, supplier: S1, kind: general, state: granted, names: INN, valid_until: '2027-02-28'}\n"
    lot = "{lot: L1, supplier: S1, part: M-B, plant: INN, quantity_kg: '9', state: waiting, licence: G1, leaves: '2026-12-01', transit_days: '40', deal: t01}"
    old = ", supplier: S1, plant: INN, part: M-A}\n- {option: air heavy"
    new = ", deals: t01}\n- {option: air heavy"
    held = air(brenner((old, new), ("grades:\n", f"{cells}in_transit:\n- {lot}\ngrades:\n")), decided)
    assert held.licence is not None
    assert (held.licence.held, held.months) == ("G1", 0)
    assert air(brenner((old, new)), decided).months == 3
