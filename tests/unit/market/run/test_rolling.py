"""Month by month: what is carried out, how quotes follow, and the starting point of the next month."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError
from coercivity.market.network.network import Good, Requirement
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.rolling import MonthDone, Quoting, run
from tests.oracles.desk_toy import no_holds
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Toy, always, walk

DY_CN, DY_JP = Good("ox_Dy", "CN"), Good("ox_Dy", "JP")
BUCKET = ("ox_Dy", "CN", "JP", "civil")


@pytest.fixture(scope="module")
def months() -> list[MonthDone]:
    toy = Toy(lag=2)
    update = toy.update(lambda bucket, month, known: LICENCE if known >= FIRST + 2 else FREE)
    return walk(update, toy.state(update.window.network), FIRST, FIRST + 7)


def test_each_month_begins_where_the_last_one_ended(months: list[MonthDone]) -> None:
    for before, done in pairwise(months):
        assert done.month == before.month + 1
        assert done.before.stock_t == before.stock_t
        assert done.before.quote == before.quote


def test_quotes_go_half_of_the_way_up_and_a_third_down(months: list[MonthDone]) -> None:
    up = down = 0
    for done in months:
        for entry, before in done.before.quote.items():
            way = math.log(max(done.price[entry], 1e-3) / before)
            share = 0.5 if way > 0 else 0.3
            assert done.quote[entry] == pytest.approx(before * math.exp(share * way), rel=1e-8)
            up, down = up + (way > 0.01), down + (way < -0.01)
    assert up > 3
    assert down > 3


def test_what_is_shipped_arrives_two_months_later(months: list[MonthDone]) -> None:
    ship = ("ship", *BUCKET, "free")
    for done, then in zip(months, months[2:], strict=False):
        sent = sum(done.activity_t.get((*ship[:-1], way), 0.0) for way in ("free", "licence"))
        assert then.before.arriving_t.get((DY_JP, then.month), 0.0) == pytest.approx(sent)


def test_what_is_filed_is_granted_by_its_shares_of_delay(months: list[MonthDone]) -> None:
    """A file comes in after a month and is taken up; 1/4, 1/2 and 1/4 of three in four are granted in the three after."""
    filed = {done.month: done.filed_t.get(BUCKET, 0.0) for done in months}
    assert sum(filed.values()) > 1.0
    for done in months[4:]:
        wanted = sum(0.75 * share * filed[done.month - later] for later, share in ((2, 0.25), (3, 0.5), (4, 0.25)))
        assert desk_of_dy(done.desk.granted_t) == pytest.approx(wanted, abs=1e-9)


def desk_of_dy(by_cell: NDArray[np.float64]) -> float:
    """What the record of the desk says of dysprosium; each bucket of the toy is one cell."""
    return float(by_cell[0])


def test_leave_that_is_not_used_stays_until_it_expires(months: list[MonthDone]) -> None:
    for before, done in pairwise(months):
        desk = done.desk
        used = done.activity_t.get(("ship", *BUCKET, "licence"), 0.0)
        assert desk_of_dy(desk.used_t) == pytest.approx(used, abs=1e-6)
        kept = desk_of_dy(before.desk.licences_t) + desk_of_dy(desk.granted_t) - desk_of_dy(desk.expired_t)
        assert desk_of_dy(desk.licences_t) == pytest.approx(kept - used, abs=1e-6)
    assert desk_of_dy(months[-1].desk.used_t) > 0.1


def test_what_is_committed_has_nine_digits(months: list[MonthDone]) -> None:
    for done in months:
        for mass in (*done.activity_t.values(), *done.stock_t.values(), *done.quote.values()):
            assert mass == round_sig(mass)


def test_nobody_is_served_more_than_is_wanted(months: list[MonthDone]) -> None:
    for done in months:
        for split in done.uses.values():
            served = split.usual_t + split.substituted_t
            assert 0.0 <= served <= 1.1 * split.wanted_t * (1 + 1e-6)
            assert served + split.less_t + split.without_t == pytest.approx(split.wanted_t, rel=1e-9)
            assert split.without_t >= 0.0


def test_wanted_grows_from_the_middle_of_2024() -> None:
    update = Toy(growth=0.21).update(always(FREE), months=1)
    assert update.wanted_t("Dy", "CN", 2024 * 12 + 6) == pytest.approx(5.0)
    assert update.wanted_t("Dy", "CN", 2025 * 12 + 6) == pytest.approx(6.05)
    assert update.wanted_t("Dy", "CN", 2025 * 12) == pytest.approx(5.5)


def test_progress_is_told_month_by_month() -> None:
    toy, seen = Toy(), list[tuple[int, int]]()
    update = toy.update(always(FREE), months=2)
    state = toy.state(update.window.network)
    steps = run(
        update,
        state,
        FIRST,
        FIRST + 2,
        desk=update.desk,
        holds=no_holds,
        quoting=Quoting(0.5, 0.3),
        infeasible=lambda update, month: CoercivityError.of("INFEASIBLE", "-", where="-", next="-"),
        progress=lambda done, whole: seen.append((done, whole)),
    )
    assert len(list(steps)) == 3
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_month_without_a_plan_stops_the_run_with_its_error() -> None:
    toy = Toy(requirements=(Requirement("too much", 500.0, FIRST + 2, FIRST + 2, route=("ox_Dy", "CN", "JP")),))
    update = toy.update(always(FREE), months=2)

    def stopped(update: WindowUpdate, month: int) -> CoercivityError:
        return CoercivityError.of("INFEASIBLE", f"month {month - FIRST}", where="-", next="-")

    steps = run(
        update,
        toy.state(update.window.network),
        FIRST,
        FIRST + 3,
        desk=update.desk,
        holds=no_holds,
        quoting=Quoting(0.5, 0.3),
        infeasible=stopped,
    )
    assert next(steps)[0].month == FIRST
    with pytest.raises(CoercivityError, match="month 1"):
        next(steps)
