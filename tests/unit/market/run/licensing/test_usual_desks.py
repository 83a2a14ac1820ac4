"""The usual desk from the rows of practice and the law: its queues, its capacities and its memory."""

from __future__ import annotations

import datetime as dt

import pytest

from coercivity.base.months import parse_month
from coercivity.market.run.licensing.usual_desk import PLACES, UsualDesk, at_place, usual_cells, usual_desks
from coercivity.permission.desk.cells import Queue
from coercivity.practice.desk import DeskRow, Scope
from coercivity.practice.desk_tables import load_desk
from tests.support import BOOK

KNOWN, THROUGH = dt.date(2025, 12, 31), parse_month("2026-03")


@pytest.fixture(scope="module")
def paths() -> tuple[UsualDesk, ...]:
    return usual_desks(BOOK, THROUGH, known=KNOWN, practice=load_desk())


def test_nothing_is_filed_before_the_first_control_of_april_2025(paths: tuple[UsualDesk, ...]) -> None:
    """MOFCOM/GAC 18/2025 took effect on 4 April 2025; documents take more than a month."""
    for path in paths:
        begin = parse_month("2025-04") - path.first
        assert not path.months.asked[:begin].any()
        assert path.months.asked[begin].any()
        assert not path.months.new[: begin + 1].any()
        assert path.months.new[begin + 2].any()
        assert path.last == THROUGH


def test_less_capacity_leaves_more_waiting(paths: tuple[UsualDesk, ...]) -> None:
    waiting = [float(path.months.waiting.sum()) for path in paths]
    assert waiting == sorted(waiting, reverse=True)
    assert waiting[0] > waiting[-1]
    assert len(paths) == len(PLACES)


def test_halts_and_general_licences_reach_their_queues(paths: tuple[UsualDesk, ...]) -> None:
    path = paths[PLACES.index(0.0)]
    at = {queue: place for place, queue in enumerate(path.queues)}
    india, germany = at[Queue("magnet", "IN", "civil")], at[Queue("magnet", "DE", "civil")]
    summer, winter = parse_month("2025-07") - path.first, parse_month("2026-01") - path.first
    assert path.months.going[summer, india] == 0
    assert path.months.going[summer, germany] == 1
    assert path.months.general[summer, germany] == 0
    assert 0 < path.months.general[winter, germany] < 1
    assert path.months.work_months[summer, india] > path.months.work_months[summer, germany]


def test_every_file_is_new_taken_or_waiting(paths: tuple[UsualDesk, ...]) -> None:
    """Files of a queue cannot be decided before they were taken up, nor taken up before they came in."""
    for path in paths:
        months = path.months
        assert (months.pending + 1e-9 >= months.waiting).all()
        assert (months.taken.cumsum(axis=0) + 1e-9 >= months.decided.cumsum(axis=0)).all()


def test_a_path_is_found_once(paths: tuple[UsualDesk, ...]) -> None:
    again = usual_desks(BOOK, THROUGH, known=KNOWN, practice=load_desk())
    assert again is paths
    other = usual_desks(BOOK, THROUGH, known=KNOWN, practice=load_desk().without(["queue"]))
    assert other is not paths
    assert not any(path.months.work_months.any() for path in other)


def test_a_path_of_before_its_first_month_is_that_month() -> None:
    early = usual_desks(BOOK, parse_month("2023-01"), known=dt.date(2023, 1, 15), practice=load_desk())
    assert all(path.last == path.first and not path.months.asked.any() for path in early)


def test_the_cells_are_those_of_a_run() -> None:
    cells = usual_cells()
    assert {name[1] for name in cells.buckets} == {"CN", "EUR", "JP", "SEA"}
    assert {queue.form for queue in cells.queues} == {"magnet", "metal", "oxide"}


def test_places_of_a_range() -> None:
    row = DeskRow("LD-1", "decisions_learned", Scope(), 1.0, 0.5, 3.0, "ratio")
    assert [at_place(row, place) for place in PLACES] == [0.5, 0.75, 1.0, 3.0]
