"""Elements of the desk one by one: halts, slow-downs, licences not used, general licences, learning, denial."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coercivity.base.months import Month
from coercivity.permission.desk.ahead import ahead
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.licences import used
from coercivity.permission.desk.month import Desk
from coercivity.permission.desk.state import DeskMonth, DeskState, empty_desk
from tests.oracles.desk_toy import Changes, desk_with, figures_of, terms_of

CELLS = cells_of(
    [(("mag_high", "CN", "EUR", "civil"), 8.0), (("mag_high", "CN", "JP", "civil"), 4.0)],
    {"EUR": (("DE", 0.75), ("FR", 0.25)), "JP": (("JP", 1.0),)},
)
PLAIN: Changes = {"granted": 1.0, "begin": 0.5, "learned": 0.5}


def month_after_month(
    desk: Desk,
    filed_t: list[list[float]],
    shipped_t: list[list[float]] | None = None,
    asked: list[list[int]] | None = None,
) -> list[tuple[DeskState, DeskMonth]]:
    """The desk after each month, and its record."""
    state, found = empty_desk(desk.terms), []
    for month, filed in enumerate(filed_t):
        need = asked[month] if asked else [1] * desk.cells.count
        opened = desk.begin(state, month, np.array(need))
        opened.file(np.array(filed))
        shipped = shipped_t[month] if shipped_t else [0.0] * len(filed)
        state, record = opened.close(np.array(shipped), np.zeros(desk.cells.count))
        found.append((state, record))
    return found


def test_a_halt_stops_taking_up_and_decisions_and_what_was_due_is_decided_after_it() -> None:
    """Decided a month after taking up: 6 a month from month 2 on; Japan's in a halt in months 2 and 3."""
    terms = terms_of(CELLS.count, kernel=(0.0, 1.0), size_t=1.0)

    def changes(month: Month) -> Changes:
        return {**PLAIN, "going": [1.0, 1.0, 0.0 if month in (2, 3) else 1.0]}

    filed = [[16.0, 8.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]
    months = month_after_month(desk_with(CELLS, terms, changes), filed)
    japan = [float(record.granted[2]) for _, record in months]
    assert japan[1:4] == [0.0, 0.0, 0.0]
    assert japan[4] == pytest.approx(float(months[1][1].taken[2]))
    assert [float(record.taken[2]) for _, record in months][2:4] == [0.0, 0.0]
    assert float(months[2][1].halted[2]) == pytest.approx(float(months[2][1].pending[2]))
    assert float(months[-1][1].halted[2]) < float(months[3][1].halted[2])
    assert not months[2][1].halted[:2].any()


def test_a_slow_down_takes_its_share_of_taking_up_and_of_decisions() -> None:
    terms = terms_of(CELLS.count, kernel=(0.5, 0.5), size_t=1.0)
    filed = [[16.0, 8.0], [0.0, 0.0], [0.0, 0.0]]
    plain = month_after_month(desk_with(CELLS, terms, PLAIN), filed)
    slow = month_after_month(
        desk_with(CELLS, terms, lambda month: {**PLAIN, "going": 0.25 if month == 1 else 1.0}), filed
    )
    assert slow[1][1].taken == pytest.approx(0.25 * plain[1][1].taken)
    # A quarter of what was due, and half of a quarter was due.
    assert slow[1][1].granted == pytest.approx(0.25 * 0.5 * slow[1][1].taken)


def test_licences_that_exporters_do_not_use_stay_and_come_back_when_users_expect_it() -> None:
    """Ten of forty tonnes can be used; the rest is expected after the length of a halt, two months."""
    terms = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0)
    desk = desk_with(CELLS, terms, lambda month: {**PLAIN, "begin": 9.0, "learned": 9.0, "usable": 0.25})
    state = month_after_month(desk, [[0.0, 40.0]])[0][0]
    opened = desk.begin(state, 1, np.ones(3, dtype=np.int64))
    seen = ahead(opened, 6)
    assert seen.usable_t.tolist() == [0.0, pytest.approx(10.0)]
    assert seen.grants_t[1].tolist() == pytest.approx([0.0, 0.0, 30.0, 0.0, 0.0, 0.0])
    _, record = opened.close(np.array([0.0, 12.0]), np.zeros(3))
    assert record.used_t.tolist() == pytest.approx([0.0, 0.0, 10.0])
    assert record.idle_t.tolist() == pytest.approx([0.0, 0.0, 30.0])
    assert record.licences_t.tolist() == pytest.approx([0.0, 0.0, 30.0])


def test_general_licences_leave_first_without_a_file_and_lapse_unused() -> None:
    """A fifth of usual shipments: 1.2, 0.4 and 0.8 t a month, whatever was left of them the month before."""
    terms = terms_of(CELLS.count, size_t=1.0)
    desk = desk_with(CELLS, terms, {**PLAIN, "general": 0.2})
    months = month_after_month(desk, [[0.0, 0.0]] * 3, [[0.0, 0.0], [1.0, 3.0], [9.0, 0.5]])
    general = [record.general_t.tolist() for _, record in months]
    assert general[0] == [0.0, 0.0, 0.0]
    assert general[1] == pytest.approx([0.75, 0.25, 0.8])
    assert general[2] == pytest.approx([1.2, 0.4, 0.5])
    for _, record in months:
        assert not record.used_t.any()
        assert not (record.new + record.licences_t).any()


def test_a_general_licence_that_is_not_used_now_is_seen_again_after_a_while() -> None:
    desk = desk_with(CELLS, terms_of(CELLS.count), {**PLAIN, "general": 0.5, "usable": 0.2, "halt_months": 2.0})
    seen = ahead(desk.begin(empty_desk(desk.terms), 0, np.ones(3, dtype=np.int64)), 4)
    assert seen.general_t.tolist() == [pytest.approx([0.8, 0.8, 4.0, 4.0]), pytest.approx([0.4, 0.4, 2.0, 2.0])]


def test_the_oldest_licence_is_used_first_and_countries_share_alike() -> None:
    """Germany holds 3 t of two ages, France 1 t: of 2 t Germany uses 1.5, its older tonne first."""
    held = np.array([[2.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    found = used(CELLS, held, figures_of(3), np.array([2.0, 0.0]))
    assert found.used_t.tolist() == pytest.approx([1.5, 0.5, 0.0])
    assert found.licences_t.tolist() == [pytest.approx([1.5, 0.5, 0.0]), pytest.approx([0.0, 0.0, 0.0])]


@pytest.mark.parametrize("life", [1, 2, 5])
def test_a_licence_can_be_used_in_so_many_months_and_then_expires(life: int) -> None:
    """Granted in month 1, it can be used up to month `life`."""
    terms = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0, life=life)
    months = month_after_month(
        desk_with(CELLS, terms, {**PLAIN, "begin": 9.0, "learned": 9.0}), [[8.0, 4.0]] + [[0.0, 0.0]] * 7
    )
    expired = [float(record.expired_t.sum()) for _, record in months]
    assert expired == pytest.approx([12.0 if month == life else 0.0 for month in range(8)])


def test_the_authority_learns_each_control_from_its_own_beginning() -> None:
    """From 0.2 of usual files to 1.0, the distance falling to 1/e in six months; Japan needs none before month 4."""
    terms = terms_of(CELLS.count, size_t=1.0)
    desk = desk_with(CELLS, terms, {"begin": 0.2, "learned": 1.0, "learning_months": 6.0})
    state, rooms = empty_desk(terms), []
    for month in range(8):
        opened = desk.begin(state, month, np.array([1, 1, int(month >= 4)]))
        rooms.append(opened.capacity)
        state, _ = opened.close(np.zeros(2), np.zeros(3))

    def ratio(age: int) -> float:
        return 1.0 - 0.8 * math.exp(-age / 6.0)

    wanted = [8.0 * ratio(month) + (4.0 * ratio(month - 4) if month >= 4 else 0.0) for month in range(8)]
    assert rooms == pytest.approx(wanted)


def test_a_pause_of_a_control_keeps_what_was_learned_and_what_was_filed() -> None:
    """Files that wait are decided when the control is paused as well, and its clock goes on."""
    terms = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0)
    desk = desk_with(CELLS, terms, {**PLAIN, "begin": 0.1, "learned": 1.0})
    paused = [[1, 1, 1]] * 2 + [[0, 0, 0]] * 3 + [[1, 1, 1]]
    asked = month_after_month(desk, [[16.0, 8.0]] + [[0.0, 0.0]] * 5, asked=paused)
    never = month_after_month(desk, [[16.0, 8.0]] + [[0.0, 0.0]] * 5)
    assert [record.taken.tolist() for _, record in asked] == [record.taken.tolist() for _, record in never]
    assert asked[-1][0].since.tolist() == [0, 0, 0]


def test_where_denial_is_presumed_hardly_any_file_is_granted() -> None:
    terms = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0)
    desk = desk_with(CELLS, terms, {"granted": 0.9, "granted_denial": 0.1, "begin": 9.0, "learned": 9.0})
    months = month_after_month(desk, [[8.0, 4.0], [0.0, 0.0]], asked=[[1, 1, 2], [1, 1, 2]])
    assert months[1][1].granted.tolist() == pytest.approx([0.9 * 6.0, 0.9 * 2.0, 0.1 * 4.0])
    assert months[1][1].refused.tolist() == pytest.approx([0.1 * 6.0, 0.1 * 2.0, 0.9 * 4.0])


def test_files_ahead_of_a_control_are_decided_as_it_will_ask() -> None:
    terms = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0)
    desk = desk_with(CELLS, terms, {"granted": 0.9, "granted_denial": 0.1, "begin": 9.0, "learned": 9.0})
    state = empty_desk(terms)
    none, later = np.zeros(3, dtype=np.int64), np.array([1, 1, 2])
    opened = desk.begin(state, 0, none, later)
    assert ahead(opened, 4).granted.tolist() == pytest.approx([0.9, 0.1])
    opened.file(np.array([8.0, 4.0]))
    state, _ = opened.close(np.zeros(2), np.zeros(3))
    assert desk.begin(state, 1, none, later).sums["granted"].tolist() == pytest.approx([5.4, 1.8, 0.4])


def test_what_is_barred_was_refused_and_never_filed_again() -> None:
    """Half of the refused give up; within the life of a licence they count, a fifth fewer each month."""
    terms = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0, life=5)
    desk = desk_with(
        CELLS, terms, {"granted": 0.5, "refused_again": 0.5, "refused_months": 12, "begin": 9.0, "learned": 9.0}
    )
    months = month_after_month(desk, [[8.0, 4.0], [0.0, 0.0], [0.0, 0.0]])
    assert [float(record.barred.sum()) for _, record in months] == pytest.approx([0.0, 3.0, 2.4])


def test_nothing_waits_where_no_time_passes_and_returned_files_come_back_at_once() -> None:
    """A fifth is returned, half of that comes in again: 10 files come in 10 / (1 - 0.1) times, four fifths are granted."""
    terms = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0, prepare=0, instant=True)
    desk = desk_with(CELLS, terms, {"returned": 0.2, "returned_again": 0.5, "granted": 1.0, "no_queue": True})
    ((state, record),) = month_after_month(desk, [[8.0, 2.0]])
    assert float(record.new.sum()) == pytest.approx(10.0)
    assert float((record.new + record.again).sum()) == pytest.approx(10.0 / 0.9)
    assert float(record.granted.sum()) == pytest.approx(8.0 / 0.9)
    assert not state.pending().any()
    assert not state.again.any()
