"""The licensing desk in a run: laws that change, halts, and what users file when nothing waits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.base.months import Month
from coercivity.market.program.state import Law
from coercivity.permission.gate import Gate, Way
from tests.oracles.desk_toy import Changes, cells_in, desk_with, terms_of
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Toy, always, says, walk

Held = dict[tuple[str, ...], tuple[float, ...]]
SHUT, DENIED = says(Way.SHUT), says(Way.DENIAL)
SHIP = ("ship", "ox_Dy", "CN", "JP", "civil", "licence")
AT_ONCE: Changes = {"granted": 1.0, "granted_denial": 1.0, "no_queue": True}


def from_month(gate: Gate, first: Month, before: Gate = FREE) -> Law:
    """One treatment before a month and another from it on, known from the beginning."""
    return lambda bucket, month, known: gate if month >= first else before


def test_a_desk_at_which_nothing_waits_has_a_plan_where_all_is_prohibited_for_a_time() -> None:
    """Without a limit of applications none go in while nothing may leave, and all do as soon as it may."""
    toy = Toy(leads=(1.0,), papers=0.0, instant=True)
    update = toy.update(from_month(LICENCE, FIRST + 2, SHUT))
    months = walk(update, toy.state(update.window.network), FIRST, FIRST + 3)
    assert [done.activity_t.get(SHIP, 0.0) > 0.1 for done in months] == [False, False, True, True]
    assert [sum(done.filed_t.values()) > 0.1 for done in months] == [False, False, True, True]


def test_a_desk_at_which_nothing_waits_stands_still_in_a_halt() -> None:
    """Everything is filed in the month in which it leaves; in a halt of two months nothing new is granted."""
    toy = Toy(leads=(1.0,), papers=0.0, instant=True)
    update = toy.update(always(LICENCE))

    def changes(month: Month) -> Changes:
        return {**AT_ONCE, "going": 0.0 if month in (FIRST + 1, FIRST + 2) else 1.0}

    cells = cells_in(update.window.network)
    desk = desk_with(cells, terms_of(cells.count, kernel=(1.0,), prepare=0, instant=True), changes)
    months = walk(update, toy.state(update.window.network), FIRST, FIRST + 3, desk)
    assert [float(done.desk.granted_t.sum()) > 0.1 for done in months] == [True, False, False, True]


@pytest.mark.parametrize(("gate", "share"), [(LICENCE, 0.75), (DENIED, 0.0375)], ids=["case by case", "denial"])
def test_files_ahead_of_a_control_have_the_chance_that_they_have_under_it(gate: Gate, share: float) -> None:
    """What is known to need a licence in the fourth month is applied for before; so is its presumption of denial."""
    toy = Toy(papers=0.0)
    update = toy.update(from_month(gate, FIRST + 3))
    months = walk(update, toy.state(update.window.network), FIRST, FIRST + 2)
    assert [done.seen.granted.tolist() for done in months] == [pytest.approx([share, share])] * 3
    decided = [done.desk.granted + done.desk.refused for done in months]
    assert float(decided[-1].sum()) > 0
    for done, whole in zip(months, decided, strict=True):
        assert done.desk.granted == pytest.approx(share * whole)


def test_months_with_the_same_desk_seen_twice_are_one_plan() -> None:
    """The desk is advanced before the plan and closed after it: going on from a state gives the same months again."""
    toy = Toy()
    update = toy.update(always(LICENCE))
    months = walk(update, toy.state(update.window.network), FIRST, FIRST + 4)
    again = walk(update, months[2].before, FIRST + 2, FIRST + 4)
    for ours, theirs in zip(months[2:], again, strict=True):
        assert np.array_equal(ours.seen.grants_t, theirs.seen.grants_t)
        assert np.array_equal(ours.desk.licences_t, theirs.desk.licences_t)
        assert ours.filed_t == pytest.approx(theirs.filed_t, abs=1e-9)


def test_what_customs_hold_clears_later_and_nothing_is_lost() -> None:
    """A quarter of the dysprosium that leaves is held for a month: exports of a month are what clears in it."""
    toy = Toy(lag=1)
    update = toy.update(always(FREE))
    free = ("ship", "ox_Dy", "CN", "JP", "civil", "free")
    held: Held = {free: (0.75, 0.25)}
    state = replace(toy.state(update.window.network), clearing_t={("ox_Dy", "JP", FIRST): 0.5})
    months = walk(update, state, FIRST, FIRST + 4, holds=lambda month, gates: held if month < FIRST + 3 else {})
    sent = [done.activity_t.get(free, 0.0) for done in months]
    cleared = [done.cleared_t.get(("ox_Dy", "JP"), 0.0) for done in months]
    kept = [0.75, 0.75, 0.75, 1.0, 1.0]
    late = [0.5, *(mass * (1.0 - share) for mass, share in zip(sent, kept, strict=True))]
    assert cleared == pytest.approx([mass * share + was for mass, share, was in zip(sent, kept, late, strict=False)])
    # What is held in the first months is under way a month longer.
    arriving = months[1].before.arriving_t
    from_first = sum(mass for (good, _), mass in arriving.items() if good.name == "ox_Dy" and good.region == "JP")
    assert from_first == pytest.approx(sent[0])
    assert sum(late[1:]) > 0.1
