"""The column in_hand_t: read, written, checked against the storage, and never taken from the sheet Stock."""

from __future__ import annotations

import pytest

import coercivity
from coercivity.base.words import Lang
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.workbook import company_book
from coercivity.firm.mix.build import build_mix
from coercivity.verbs.mix import MixAnswer
from tests.places import ROOT
from tests.unit.firm.company.books import changed, faults_of

WIND = ROOT / "examples" / "firms" / "wind.yaml"
LOSS = "loss_keur_per_t: '150'"
IN_HAND = (LOSS, f"{LOSS}, in_hand_t: '6.5'")
STOCK = (
    "settings:",
    "parts:\n- {part: magnet, grade: N42SH}\n- {part: other, grade: N48H}\nplants:\n- {plant: P}\nuse:\n"
    "- {plant: P, part: magnet, quantity_kg: '1', per: day}\n- {plant: P, part: other, quantity_kg: '1', per: day}\nstock:\n"
    "- {plant: P, part: magnet, quantity_kg: '98', quarantine_kg: '6', unit: t}\n"
    "- {plant: P, part: other, quantity_kg: '40', quarantine_kg: '0', unit: t}\nsettings:",
)


def test_a_blank_cell_is_none_and_a_number_counts() -> None:
    assert [item.in_hand_t for item in build_mix(company_of(WIND)).items] == [0.0]
    company = company_of(changed(IN_HAND, path=WIND))
    assert [item.in_hand_t for item in build_mix(company).items] == [6.5]
    assert company_of(Content("firm.xlsx", company_book(company, "zh"))) == company


@pytest.mark.parametrize("cell", ["-1", "some", "6,5,4"])
def test_only_a_mass_is_taken(cell: str) -> None:
    (fault,) = faults_of(changed((LOSS, f"{LOSS}, in_hand_t: '{cell}'"), path=WIND))
    assert "in_hand_t" in fault.where or "in_hand_t" in fault.what


def test_a_storage_that_does_not_hold_it_is_a_fault() -> None:
    limits = ("monthly_use:", "limits:\n- {limit: storage, value: '6'}\nmonthly_use:")
    (fault,) = faults_of(changed(IN_HAND, limits, path=WIND))
    assert fault.what == "the stock in hand, 6.5 t, is more than the storage, 6 t"
    assert fault.where.startswith("limits entry 1")


def test_stock_of_the_sheet_stock_is_told_and_not_taken() -> None:
    before = coercivity.best_mix(WIND).body
    shown = coercivity.best_mix(changed(STOCK, path=WIND))
    assert shown.body["in_hand_not_counted_t"] == {"magnet": "92"}
    assert shown.body["best"] == before["best"]
    assert "Stock in hand of magnet is not counted. The sheet Stock shows 92 t usable" in _text(shown)
    assert "可用库存92吨" in _text(shown, "zh")
    for cell in ("0", "6.5"):
        stated = coercivity.best_mix(changed(STOCK, (LOSS, f"{LOSS}, in_hand_t: '{cell}'"), path=WIND)).body
        assert stated["in_hand_not_counted_t"] == {}
        assert stated["in_hand_t"] == ({} if cell == "0" else {"magnet": "6.5"})


def test_a_plan_says_what_it_is_beside() -> None:
    told = _text(coercivity.best_mix(changed(IN_HAND, path=WIND)))
    assert "Stock in hand comes on top: magnet 6.5 t" in told
    assert "Counted as in hand: magnet 6.5 t" in told


def _text(answer: MixAnswer, lang: Lang = "en") -> str:
    return " ".join(" ".join(answer.lines(lang)).split())
