"""Days of cover: small examples solved by hand, and the closed form against a day-by-day calculation."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from coercivity.firm.cover import Arrival, lost_kg, stop_day
from coercivity.firm.usedays import UseDays, per_use_day

START = dt.date(2026, 11, 24)  # a Tuesday
EVERY_DAY = UseDays(START, 400, "calendar")


def day(step: int) -> dt.date:
    return START + dt.timedelta(days=step)


def kg(number: int) -> Fraction:
    return Fraction(number)


def walk(
    stock: Fraction, arrivals: list[Arrival], use: Fraction, days: UseDays, until: dt.date
) -> tuple[dt.date | None, Fraction]:
    """The same by hand: what comes in, what is used, what is short, day after day."""
    held, lost, first = stock, Fraction(0), None
    today = days.start
    while today < until:
        today += dt.timedelta(days=1)
        held += sum((lot.mass_kg for lot in arrivals if lot.on == today), Fraction(0))
        wanted = use * (days.through(today) - days.through(today - dt.timedelta(days=1)))
        short = max(wanted - held, Fraction(0))
        held -= wanted - short
        lost += short
        if short and first is None:
            first = today
    return first, lost


def test_ten_kilograms_at_one_a_day_are_ten_days() -> None:
    assert stop_day(kg(10), [], kg(1), EVERY_DAY) == day(11)
    assert stop_day(kg(0), [], kg(1), EVERY_DAY) == day(1)


def test_goods_that_come_on_the_eve_carry_on_and_a_day_later_do_not() -> None:
    """Ten days of stock: a lot that arrives on day 11 is in time, one on day 12 is not."""
    assert stop_day(kg(10), [Arrival(day(11), kg(5))], kg(1), EVERY_DAY) == day(16)
    assert stop_day(kg(10), [Arrival(day(12), kg(5))], kg(1), EVERY_DAY) == day(11)


def test_half_a_day_of_stock_is_no_day() -> None:
    assert stop_day(Fraction("10.5"), [], kg(1), EVERY_DAY) == day(11)
    assert stop_day(kg(10), [], Fraction(3), EVERY_DAY) == day(4)


def test_a_weekend_and_a_closed_day_use_nothing() -> None:
    """Tuesday evening, three days of use: Wednesday, Thursday, Monday where Friday is closed; it stops on Tuesday."""
    days = UseDays(START, 60, "working", closed=[dt.date(2026, 11, 27)])
    assert stop_day(kg(3), [], kg(1), days) == dt.date(2026, 12, 1)
    assert stop_day(kg(3), [], kg(1), UseDays(START, 60, "working")) == dt.date(2026, 11, 30)


def test_nothing_used_or_enough_for_all_days_never_stops() -> None:
    assert stop_day(kg(0), [], kg(0), EVERY_DAY) is None
    assert stop_day(kg(400), [], kg(1), EVERY_DAY) is None


def test_loss_counts_what_is_short_and_is_not_made_up() -> None:
    """Stock of 4, one a day; 3 arrive on day 8: days 5 to 7 are lost, 8 to 10 are met, 11 and 12 are lost."""
    lots = [Arrival(day(8), kg(3))]
    assert lost_kg(kg(4), lots, kg(1), EVERY_DAY, day(7)) == 3
    assert lost_kg(kg(4), lots, kg(1), EVERY_DAY, day(10)) == 3
    assert lost_kg(kg(4), lots, kg(1), EVERY_DAY, day(12)) == 5


def test_use_in_a_month_is_the_same_in_a_year() -> None:
    assert per_use_day(kg(10), "month", "calendar") * 365 == 120
    assert per_use_day(kg(120), "year", "working") * 261 == 120
    assert per_use_day(kg(7), "day", "working") == 7


FIRMS = st.tuples(
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(1, 120), st.integers(0, 30)), max_size=6),
    st.integers(1, 9),
    st.sampled_from(["calendar", "working"]),
    st.lists(st.integers(1, 120), max_size=5),
)


@given(FIRMS)
def test_closed_form_and_walk_agree(firm: tuple[int, list[tuple[int, int]], int, str, list[int]]) -> None:
    stock, lots, use, basis, closed = firm
    days = UseDays(START, 130, basis, [day(step) for step in closed])  # type: ignore[arg-type] # one of two words above
    arrivals = [Arrival(day(step), Fraction(mass, 3)) for step, mass in lots]
    first, lost = walk(Fraction(stock), arrivals, Fraction(use, 2), days, days.end)
    assert stop_day(Fraction(stock), arrivals, Fraction(use, 2), days) == first
    assert lost_kg(Fraction(stock), arrivals, Fraction(use, 2), days, days.end) == lost


@given(FIRMS, st.integers(1, 40), st.integers(1, 120))
def test_more_stock_or_one_more_lot_never_shortens_survival(
    firm: tuple[int, list[tuple[int, int]], int, str, list[int]], more: int, on: int
) -> None:
    stock, lots, use, _, _ = firm
    arrivals = [Arrival(day(step), kg(mass)) for step, mass in lots]
    never = dt.date.max
    before = stop_day(kg(stock), arrivals, kg(use), EVERY_DAY) or never
    assert (stop_day(kg(stock + more), arrivals, kg(use), EVERY_DAY) or never) >= before
    assert (stop_day(kg(stock), [*arrivals, Arrival(day(on), kg(more))], kg(use), EVERY_DAY) or never) >= before
    lost = lost_kg(kg(stock), arrivals, kg(use), EVERY_DAY, day(120))
    assert lost_kg(kg(stock + more), arrivals, kg(use), EVERY_DAY, day(120)) <= lost


def test_the_linear_programme_of_the_model_gives_the_same_days() -> None:
    """Zero loss is feasible through a day exactly where that day lies before the stop (Simchi-Levi et al. 2015)."""
    import highspy
    import numpy as np

    lots = {8: 3.0, 13: 6.0, 40: 2.0}
    stop = stop_day(kg(9), [Arrival(day(step), Fraction(mass)) for step, mass in lots.items()], kg(1), EVERY_DAY)
    assert stop == day(19)
    for last in range(1, 30):
        model = highspy.Highs()  # type: ignore[no-untyped-call] # the package has no types
        model.setOptionValue("output_flag", False)
        # Columns: what is held at the end of each day. Held + use = held the day before + what arrives.
        for _ in range(last):
            model.addVar(0.0, highspy.kHighsInf)
        for step in range(1, last + 1):
            supply = lots.get(step, 0.0) - 1.0 + (9.0 if step == 1 else 0.0)
            at = [step - 1] if step == 1 else [step - 1, step - 2]
            worth = [1.0] if step == 1 else [1.0, -1.0]
            model.addRow(supply, supply, len(at), np.array(at, dtype=np.int32), np.array(worth))
        model.run()
        feasible = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        assert feasible is (day(last) < stop)
