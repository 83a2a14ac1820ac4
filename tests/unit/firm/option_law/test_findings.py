"""What goods lack before the law can be asked about them."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day
from coercivity.firm.option_law.findings import Goods, unanswered
from coercivity.law.rules.model import Outcome

DAY = Day(2026, 6, 15)


@pytest.mark.parametrize(
    ("goods", "blank"),
    [
        (Goods(("option", "x"), "S", "P", "M", DAY, ""), ()),
        (Goods(("option", "x"), "", "P", "M", DAY, ""), ("Options supplier of x",)),
        (Goods(("option", "x"), "S", "P", "M", None, ""), ("Options decided_on of x",)),
        (
            Goods(("stock", "B"), "S", "", "", None, ""),
            ("Grades plant of B", "Grades part of B", "Settings as_of of B"),
        ),
    ],
)
def test_blank_cells_are_named(goods: Goods, blank: tuple[str, ...]) -> None:
    assert goods.blank == blank


def test_a_plant_alone_says_nothing_of_goods() -> None:
    assert not Goods(("option", "x"), "", "P", "", DAY, "").begun
    assert Goods(("option", "x"), "", "P", "M", DAY, "").begun


def test_what_was_not_answered_is_open_and_names_all_that_lacks() -> None:
    one = unanswered(Goods(("option", "x"), "S", "P", "", DAY, ""), ("t1", "t2"))
    assert (one.outcome, one.why) == (Outcome.UNKNOWN, "undecided")
    assert one.missing == ("Options part of x", "Transactions deals of t1, t2")
