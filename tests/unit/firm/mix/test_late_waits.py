"""A firm in time may wait: being in time is never worth less than nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.model import MixCase, MixOption
from coercivity.firm.mix.sensitivity.late import late
from tests.unit.firm.mix.two import two


def bound() -> MixCase:
    """Returns four months of 10 t: nothing leaves in the last two, and a contract must be taken for 30 a month."""
    case = two()
    open_ = {"m": (1.0, 1.0, 0.0, 0.0)}
    never = replace(case.scenarios[0], probability=1.0, open_share=open_, open_share_if_filed=open_)
    item = replace(case.items[0], use_t=(10.0,) * 4, stock_cap_t=0.0)
    contract = MixOption("contract", "contract", 0.0, 0, 10.0, 3.0, ("m",), take_share=1.0)
    return replace(case, items=(item,), options=(contract,), scenarios=(never,), months=4)


def test_where_waiting_is_cheaper_being_in_time_is_worth_nothing() -> None:
    """Begun at once the contract binds four months (120); a month later it binds three (90), two months later two."""
    rows = late(bound(), days=(0, 30, 60))
    assert [row.mean_keur for row in rows] == pytest.approx([120.0, 90.0, 60.0])
    assert [row.in_time_worth_keur for row in rows] == [0.0, 0.0, 0.0]
    assert [row.range and (row.range.case_low_keur, row.range.case_high_keur) for row in rows[1:]] == [(0, 0), (0, 0)]


def test_a_later_delay_is_compared_with_the_cheapest_start_before_it() -> None:
    """Three months late the third month is lost (1,000) and one month is bound (30): 1,030 less the 60 of two months."""
    row = late(bound(), days=(0, 30, 60, 90))[-1]
    assert row.mean_keur == pytest.approx(1030.0)
    assert row.in_time_worth_keur == pytest.approx(970.0)
    assert row.range is not None
    assert row.range.case_low_keur == pytest.approx(970.0)


def test_nothing_to_wait_for_leaves_the_worth_as_it_was() -> None:
    assert [row.in_time_worth_keur for row in late(two(), days=(0, 30))] == [0.0, 300.0]
