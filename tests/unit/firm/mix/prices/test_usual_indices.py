"""Which indices a mix reads: those of its options, and of the usual prices with which tonnes are compared."""

from __future__ import annotations

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.mix.build import build_mix
from coercivity.firm.mix.cuts.best import best_by_cuts
from coercivity.firm.mix.model import MixPlan
from coercivity.firm.mix.plans import costed
from tests.places import ROOT

FILE = ROOT / "examples" / "firms" / "indexed.yaml"
COSTS = "stock_cost_keur_per_t: '130', loss_keur_per_t: '500'"
GRADE = f"- {{grade: N, group: heavy, {COSTS}, usual_index: NdPr, usual_a: '0', usual_b: '1'}}"
RECYCLED = "- {option: back, kind: recycling, fee_keur: '0', months: '0', cap_t: '4', extra_keur_per_t: '8', grades: N}"


def workbook(*, recycled: bool, indexed: bool) -> Content:
    """Returns the example with a second grade, 1 t a month, bought at an index that no option of it follows."""
    text = FILE.read_text(encoding="utf-8").replace("monthly_use:", f"{GRADE}\nmonthly_use:")
    text = text.replace("M: '10'}", "M: '10', N: '1'}")
    if recycled:
        text = text.replace("index:\n", f"{RECYCLED}\nindex:\n")
    if indexed:
        for dy, ndpr in (("120", "50"), ("200", "75")):
            text = text.replace(f"Dy: '{dy}'}}", f"Dy: '{dy}', NdPr: '{ndpr}'}}", 1)
    return Content("company.yaml", text.encode())


def test_an_index_with_which_nothing_is_compared_is_not_read() -> None:
    found = best_by_cuts(build_mix(company_of(workbook(recycled=False, indexed=False))))
    assert found is not None
    assert found.plan.options == ("framework", "spot")


def test_a_usual_price_with_which_recycled_tonnes_are_compared_needs_its_index() -> None:
    with pytest.raises(CoercivityError, match="there is no index NdPr"):
        company_of(workbook(recycled=True, indexed=False))


def test_surplus_of_a_grade_that_no_indexed_option_serves() -> None:
    """1 t of 4 is used at 8; the other 3 t cost 50/1.25 + 8 = 48 in month 1 and 75/1.25 + 8 = 68 in month 2."""
    case = build_mix(company_of(workbook(recycled=True, indexed=True)))
    alone = costed(case, MixPlan(("back",), {"M": 0.0, "N": 0.0}), limited=False)
    assert alone.scenarios[0].cost_keur == pytest.approx(2 * 8 + 3 * 48 + 3 * 68)
