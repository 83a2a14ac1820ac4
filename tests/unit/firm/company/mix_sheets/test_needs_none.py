"""Who states that no transaction is needed names none, and no supplier or part."""

from __future__ import annotations

import pytest

from coercivity.firm.company.mix_sheets.needs_none import check_needs_none
from tests.unit.firm.company.books import faults_of, yaml_of
from tests.unit.firm.company.mix_sheets.test_options import told

ROW = {"option": "scrap", "kind": "recycling", "fee_keur": "10", "months": "1", "cap_t": "2", "extra_keur_per_t": "3",
       "grades": "A"}  # fmt: skip


def test_the_statement_alone_has_no_fault() -> None:
    assert check_needs_none.__module__.endswith("needs_none")
    with pytest.raises(AssertionError, match="the file has no fault"):
        told(ROW | {"deals": "none"})


def test_the_statement_beside_a_transaction_and_a_part_is_one_fault() -> None:
    faults = [fault for fault in told(ROW | {"deals": "none t06", "part": "M1"}) if "deals is none" in fault.what]
    assert len(faults) == 1
    assert "the transaction t06, part M1" in faults[0].what
    assert faults[0].next == "leave deals blank, or delete what says otherwise"


def test_a_grade_is_checked_as_an_option_is() -> None:
    text = """
suppliers:
- {supplier: s1, name: S, country: CN}
grades:
- {grade: A, group: heavy, stock_cost_keur_per_t: '9', loss_keur_per_t: '60', deals: 'none', supplier: s1}
monthly_use:
- {month: '1', A: '5'}
"""
    assert any("deals is none" in fault.what and "supplier s1" in fault.what for fault in faults_of(yaml_of(text)))
