"""Faults of prices by month: each names its sheet and cell, and all are told at once."""

from __future__ import annotations

import pytest

from coercivity.firm.company.sources import company_of
from tests.places import ROOT
from tests.unit.firm.company.books import changed, faults_of

FILE = ROOT / "examples" / "firms" / "indexed.yaml"
FLOOR = "floor: '90'"
STOP = "- {scenario: stop, month: 2027-02, Dy: '400'}"
OPTION, SPOT = "options entry 1 (line 10)", "options entry 2 (line 11)"


def told(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in faults_of(changed(*changes, path=FILE))]


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ((FLOOR, "floor: '160'"), f"{OPTION}, floor", "the floor, 160, is above the cap, 150"),
        (("cap_t: '6'", "cap_t: '-6'"), f"{OPTION}, cap_t", "-6 is negative"),
        (("price_cap: '150'", "price_cap: '150', extra_keur_per_t: '3'"), f"{OPTION}, extra_keur_per_t", "as well"),
        (("months: '0', cap_t: '6'", "months: '2', cap_t: '6'"), f"{OPTION}, months", "it can be used from month 3"),
        (("feed: other, index: Dy", "feed: other, index: Tb"), f"{OPTION}, index", "there is no index Tb"),
        (("feed: other, ", ""), f"{OPTION}, feed", "feed is blank, but the kind contract needs it"),
        ((", usual_a: '100'", ""), "grades entry 1 (line 5)", "grade M has no usual price to compare framework with"),
        (("usual_a: '100'", "usual_a: '100', usual_b: '1'"), "grades entry 1 (line 5)", "usual_index is blank"),
        ((", usd_per_eur: '1.25'", ""), "Settings", "usd_per_eur is blank or 0"),
        (("as_of: '2026-12-31', ", ""), "Settings", "as_of is blank"),
        ((STOP, ""), "price_paths", "the index Dy in scenario stop has no value for 2027-02"),
        (("2027-02, Dy: '200'", "2027-03, Dy: '200'"), "index", "the index Dy has no value for 2027-02"),
        (("Dy: '400'}", "NdPr: '60'}"), "price_paths entry 2 (line 20), Dy", "has no value for 2027-02"),
        (
            (STOP, STOP.replace("stop,", "halt,")),
            "price_paths entry 2 (line 20), scenario",
            "there is no scenario halt",
        ),
        ((", price_basis: delivered to plant}\nmonthly", "}\nmonthly"), "grades entry 1 (line 5)", "only one states"),
        (("a: '0', b: '1'", "a: '0', b: '1', floor: '5'"), f"{SPOT}, floor", "floor is not used for the kind spot"),
        (("index: Dy, a: '20'", "extra_keur_per_t: '3', a: '20'"), f"{OPTION}, a", "a is not used without an index"),
        (
            ("feed: China, index", "feed: China, follows_second_source: 'yes', index"),
            f"{SPOT}, follows_second_source",
            "goods from China are cut by let_through",
        ),
    ],
)
def test_a_fault_names_its_cell(change: tuple[str, str], where: str, what: str) -> None:
    found = told(change)
    assert any(place == where and what in text for place, text in found), found


@pytest.mark.parametrize("rate", ["one", "-1", "1,25"])
def test_an_exchange_rate_that_cannot_be_read_is_not_called_blank(rate: str) -> None:
    (fault,) = faults_of(changed(("usd_per_eur: '1.25'", f"usd_per_eur: '{rate}'"), path=FILE))
    assert fault.code == "CELL"


def test_a_contract_from_china_without_an_index_is_not_taken_as_free_of_stops() -> None:
    """Without an index nothing but the share of second sources cuts a contract."""
    plain = ("index: Dy, a: '20', b: '0.5', floor: '90', price_cap: '150'", "extra_keur_per_t: '3'")
    assert company_of(changed(plain, path=FILE)).mix_options[0].feed == "other"
    (fault,) = faults_of(changed(plain, ("feed: other, extra", "feed: China, extra"), path=FILE))
    assert (fault.code, fault.where) == ("FIRM-ROW", f"{OPTION}, feed")
    assert "only as second sources are" in fault.what


def test_prices_on_two_bases_are_answered_and_never_added_up() -> None:
    other = ("price_cap: '150', price_basis: delivered to plant", "price_cap: '150', price_basis: China domestic")
    (fault,) = faults_of(changed(other, path=FILE))
    assert (fault.code, "on different bases are added up" in fault.what) == ("PRICE-BASIS", True)


def test_all_faults_come_at_once_with_a_next_step() -> None:
    changes = ((FLOOR, "floor: '160'"), (", usd_per_eur: '1.25'", ""), ("a: '0', b: '1'", "a: '0', b: '-1'"))
    faults = faults_of(changed(*changes, path=FILE))
    assert len(faults) >= 3
    assert all(fault.next for fault in faults)
