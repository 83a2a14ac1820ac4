"""Public money in a cut: what was signed by its day, at an exchange rate that was known."""

from __future__ import annotations

from coercivity.base.days import parse_day
from coercivity.data.packs import open_pack
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry import money


def figures(day: str) -> Figures:
    return Figures(open_pack("world", parse_day(day)))


def test_money_signed_later_does_not_count() -> None:
    """The price floor of July 2025 for Mountain Pass."""
    before, after = (
        {(each.plant, each.kind, each.price) for each in money.packed_money(found, money.investments(found))}
        for found in (figures("2025-06-30"), figures("2025-08-31"))
    )
    floor = ("mountain-pass-light", money.OFFTAKE, 110.0)
    assert floor not in before
    assert floor in after


def test_money_of_a_year_that_is_not_over_is_worth_the_mean_rate_of_the_year_before() -> None:
    """The row that was read is recorded: AS096 is the euro of 2024, AS097 that of 2025."""
    row = {"value": "100", "unit": "M EUR", "year": "2025"}
    for day, read in (("2025-08-31", "AS096"), ("2026-01-01", "AS097")):
        found = figures(day)
        worth = money._million_usd(found, row)
        assert found.taken == {f"assumptions:{read}"}
        assert worth == 100 * float(found.rows("assumptions")[read]["value"])
