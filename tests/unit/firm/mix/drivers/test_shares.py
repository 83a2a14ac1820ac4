"""Shares let out, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.drivers.series import DrawSeries
from coercivity.firm.mix.drivers.shares import (
    Practice,
    practice_of,
    refused_share,
    shares_let_out,
    slow_months,
    waits,
)
from tests.unit.firm.mix.drivers.made import halted, steady

PLAIN = Practice(wait_months=2, ahead_months=4, granted_share=1.0, life_months=6.0)


def test_twenty_files_pending_take_two_months_of_ten() -> None:
    assert waits(steady()) == (2, 2, 2, 2, 2, 2, None, None)


def test_a_halt_of_two_months_makes_files_wait() -> None:
    """Files of month 2 meet 20 pending, of which 10 are decided in month 3 and the rest in month 6."""
    assert waits(halted())[:5] == (2, 4, 3, 2, 2)


def test_a_steady_desk_lets_out_everything() -> None:
    assert shares_let_out(steady(), PLAIN) == (1.0,) * 8


def test_a_halt_is_missing_once_and_comes_back_later() -> None:
    """Filed two months ahead: that of month 2 is for month 5 and ready in month 7 with that of month 3, for month 6."""
    assert shares_let_out(halted(), PLAIN) == (1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0)


def test_filing_four_months_ahead_gets_through_the_halt() -> None:
    assert shares_let_out(halted(), PLAIN, ahead=True) == (1.0,) * 8


def test_what_is_refused_more_often_than_usual_is_missing() -> None:
    """The firm expects 90 % to be granted and files so much more; of this draw 72 % are granted."""
    draw = DrawSeries(0, (7.2,) * 8, (2.8,) * 8, (20.0,) * 8)
    found = shares_let_out(draw, replace(PLAIN, granted_share=0.9))
    assert found[:3] == (1.0, 1.0, 1.0)
    assert found[3:] == pytest.approx((0.8,) * 5)


def test_what_a_firm_expects_is_the_middle_of_all_draws() -> None:
    found = practice_of([steady(), steady(), halted()], 6.0)
    assert (found.wait_months, found.granted_share, found.life_months) == (2, 1.0, 6.0)
    assert found.ahead_months >= 3


def test_no_grant_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="no file that is granted"):
        practice_of([DrawSeries(0, (0.0,) * 8, (0.0,) * 8, (20.0,) * 8)], 6.0)


def test_refused_share_and_slow_months() -> None:
    assert refused_share(DrawSeries(0, (9.0, 1.0), (1.0, 9.0), (0.0, 0.0)), 0, 0) == 0.1
    assert (slow_months(halted(), 0, 7), slow_months(halted(), 4, 7), slow_months(steady(), 0, 7)) == (2, 1, 0)
