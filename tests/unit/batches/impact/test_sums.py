"""Sums are exact: they depend neither on the order of the rows nor on how a table is cut into parts."""

from __future__ import annotations

import sys
from math import fsum, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.batches.impact.kinds import Kind
from coercivity.batches.impact.model import Result
from coercivity.batches.impact.sums import Amounts, Ledger, cells_of
from coercivity.batches.stage.column import Column

MASS = st.floats(0, 1e15) | st.sampled_from([0.1, 0.2, 1e-9, 5e-324])


def _mass_kg(*parts: list[float]) -> float:
    ledger = Ledger()
    for masses in parts:
        rows = len(masses)
        kind = Column("kind", np.zeros(rows, np.int64), (Kind(Result("STOP", ""), Result("STOP", "")),))
        mass = np.array(masses, np.float64)
        ledger.add(cells_of(kind, Amounts(mass, mass.copy(), np.ones(rows, np.int64), ["", "EUR"])))
    found = ledger.sums(lambda key: True)
    assert found.values.get("EUR", 0.0) == found.mass_kg
    return found.mass_kg


@given(st.lists(MASS, min_size=1, max_size=30), st.integers(0, 30))
def test_a_table_cut_in_two_has_the_sum_of_the_whole(masses: list[float], cut: int) -> None:
    assert _mass_kg(masses) == _mass_kg(masses[:cut], masses[cut:]) == _mass_kg(masses[::-1]) == fsum(masses)


@pytest.mark.parametrize("masses", [[inf, 1.0], [sys.float_info.max, sys.float_info.max]])
def test_a_sum_that_no_number_holds_is_infinite(masses: list[float]) -> None:
    assert _mass_kg(masses) == inf
