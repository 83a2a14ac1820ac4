"""What users see of the desk comes true: expected grants, lead times, general licences, and licences not used."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.months import Month
from coercivity.permission.desk.ahead import DeskAhead, ahead, leads
from coercivity.permission.desk.cells import Cells, Floats, cells_of
from coercivity.permission.desk.month import Desk
from coercivity.permission.desk.state import DeskState, empty_desk
from tests.oracles.desk_toy import Changes, desk_with, figures_of, terms_of
from tests.sampling import examples

MONTHS = 12
ONE = cells_of([(("mag_high", "CN", "JP", "civil"), 4.0)], {"JP": (("JP", 1.0),)})
TWO = cells_of(
    [(("mag_high", "CN", "EUR", "civil"), 8.0), (("mag_high", "CN", "JP", "civil"), 4.0)],
    {"EUR": (("DE", 0.75), ("FR", 0.25)), "JP": (("JP", 1.0),)},
)


def asked(cells: Cells) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.ones(cells.count, dtype=np.int64)


def after_filing(desk: Desk, filed_t: list[list[float]], first: Month = 0) -> tuple[DeskState, Month]:
    """The desk after months in which so much was filed by bucket and nothing shipped, and the month that follows."""
    state = empty_desk(desk.terms)
    for month, filed in enumerate(filed_t, first):
        opened = desk.begin(state, month, asked(desk.cells))
        opened.file(np.array(filed))
        state, _ = opened.close(np.zeros(len(desk.cells.buckets)), np.zeros(desk.cells.count))
    return state, first + len(filed_t)


def unfolds(desk: Desk, state: DeskState, first: Month, months: int = MONTHS) -> tuple[DeskAhead, Floats]:
    """What users see in a month, and what is granted in it and the months after if nothing new is filed [t]."""
    seen, granted = None, []
    for month in range(first, first + months):
        opened = desk.begin(state, month, asked(desk.cells))
        seen = seen or ahead(opened, months)
        state, record = opened.close(np.zeros(len(desk.cells.buckets)), np.zeros(desk.cells.count))
        granted.append(desk.cells.by_bucket(record.granted_t))
    assert seen is not None
    found: Floats = np.array(granted).T
    # The first month is decided when users plan: its licences are held, not expected.
    found[:, 0] = 0.0
    return seen, found


@settings(max_examples=examples(60), deadline=None)
@given(
    filed=st.lists(st.floats(0.0, 30.0), min_size=1, max_size=5),
    granted=st.floats(0.0, 1.0),
    returned=st.floats(0.0, 0.9),
    rate=st.floats(0.2, 2.0),
    kernel=st.sampled_from([(1.0,), (0.0, 1.0), (0.1, 0.2, 0.3, 0.4), (0.0, 0.0, 0.5, 0.0, 0.5)]),
)
def test_what_is_expected_of_the_backlog_comes_true(
    filed: list[float], granted: float, returned: float, rate: float, kernel: tuple[float, ...]
) -> None:
    """One queue, nothing new: to the last digit, as far as nothing returned or refused is filed again."""
    desk = desk_with(
        ONE,
        terms_of(1, kernel=kernel),
        {"granted": granted, "returned": returned, "begin": rate, "learned": rate},
    )
    state, month = after_filing(desk, [[mass] for mass in filed])
    seen, found = unfolds(desk, state, month, 40)
    assert seen.grants_t == pytest.approx(found, abs=1e-9)


def test_queues_that_wait_alike_are_expected_as_they_are_taken_up() -> None:
    """Backlogs in proportion to usual files keep their shares of the capacity, so that each comes true."""
    desk = desk_with(TWO, terms_of(TWO.count, size_t=1.0), {"begin": 0.5, "learned": 0.5})
    state, month = after_filing(desk, [[16.0, 8.0], [8.0, 4.0]])
    seen, found = unfolds(desk, state, month, 24)
    assert float(found.sum()) > 20.0
    assert seen.grants_t == pytest.approx(found, abs=1e-9)


def test_a_queue_that_waits_longer_than_others_is_expected_within_a_month() -> None:
    """Shares of the capacity change as queues are worked off; expected and real grants are within a month of each other."""
    desk = desk_with(TWO, terms_of(TWO.count, size_t=1.0), {"begin": 0.5, "learned": 0.5})
    state, month = after_filing(desk, [[16.0, 2.0], [0.0, 6.0]])
    seen, found = unfolds(desk, state, month, 24)
    assert float(seen.grants_t.sum()) == pytest.approx(float(found.sum()), rel=1e-9)
    expected, real = np.cumsum(seen.grants_t, axis=1), np.cumsum(found, axis=1)
    assert (expected[:, 1:] >= real[:, :-1] - 0.05 * real[:, -1:]).all()
    assert (expected[:, :-1] <= real[:, 1:] + 0.05 * real[:, -1:]).all()


def test_files_refused_and_filed_again_come_as_often_as_expected() -> None:
    """In the end as much is granted as is expected, and in no month more than a tenth of it early or late."""
    desk = desk_with(
        ONE,
        terms_of(1, kernel=(0.0, 1.0)),
        {"granted": 0.6, "refused_again": 0.5, "refused_months": 2, "no_queue": 1.0},
    )
    state, month = after_filing(desk, [[10.0], [6.0]])
    seen, found = unfolds(desk, state, month, 40)
    assert float(seen.grants_t.sum()) == pytest.approx(float(found.sum()), rel=1e-6)
    apart = np.abs(np.cumsum(seen.grants_t - found, axis=1)).max() / float(found.sum())
    assert apart < 0.1


@pytest.mark.parametrize(("backlog", "wait"), [(0, 1.0), (1, 1.25), (2, 1.5), (4, 2.0), (8, 3.0), (14, 4.5)])
def test_a_new_file_is_taken_up_after_its_lead_time(backlog: int, wait: float) -> None:
    """Four files a month come in and four are taken up: a file of this month comes in in the next, behind the backlog."""
    desk = desk_with(ONE, terms_of(1, kernel=(1.0,), size_t=1.0))
    state, month = after_filing(desk, [[4.0 + backlog], [4.0], [4.0]])
    assert float(state.waits().sum()) == backlog
    opened = desk.begin(state, month, asked(ONE))
    assert float(opened.state.waits().sum()) == backlog
    seen = ahead(opened, MONTHS)
    assert seen.lead_months.tolist() == [pytest.approx(wait)]
    opened.file(np.array([4.0]))
    state, _ = opened.close(np.zeros(1), np.zeros(1))
    taken: dict[Month, float] = {}
    for later in range(1, 8):
        opened = desk.begin(state, month + later, asked(ONE))
        left = sum(float(files.sum()) for came_in, files in opened.state.waiting if came_in == month + 1)
        taken[later] = 4.0 - left - sum(taken.values())
        opened.file(np.array([4.0]))
        state, _ = opened.close(np.zeros(1), np.zeros(1))
    # The first of them is taken up in the month in which the lead time ends, the last one within a month of it.
    assert next(later for later, files in taken.items() if files > 1e-9) == int(wait)
    assert sum(files for later, files in taken.items() if later <= int(wait)) == pytest.approx(4.0 * (1.0 - wait % 1.0))


def test_a_halt_is_waited_for_and_then_the_backlog() -> None:
    """Halted for two months, the present one counted; then four files of eight a month."""
    desk = desk_with(ONE, terms_of(1, kernel=(1.0,), size_t=1.0), lambda month: halted(month >= 2))
    state, month = after_filing(desk, [[12.0], [4.0], [0.0]])
    opened = desk.begin(state, month, asked(ONE))
    backlog = float(opened.state.waits().sum())
    assert backlog == 12.0
    # Nothing now and in the next month, four in each of the three after it.
    assert ahead(opened, MONTHS).lead_months.tolist() == [pytest.approx(2.0 + backlog / 4.0)]


def halted(now: bool) -> Changes:
    return {"going": 0.0 if now else 1.0, "halt_months": 2.0}


def test_what_a_halt_withholds_is_expected_when_it_ends() -> None:
    """Ends as users expect it: the grants that they then expect come true."""
    terms = terms_of(1, kernel=(0.0, 0.5, 0.5), size_t=1.0)
    desk = desk_with(ONE, terms, lambda month: halted(month in (3, 4)))
    state, month = after_filing(desk, [[9.0], [3.0], [0.0]])
    seen, found = unfolds(desk, state, month, 24)
    assert seen.grants_t == pytest.approx(found, abs=1e-9)


def test_shares_of_grants_by_months_after_taking_up_add_up_and_are_the_kernel_without_returns() -> None:
    kernel = (0.1, 0.2, 0.3, 0.4)
    terms = terms_of(ONE.count, kernel=kernel)
    assert leads(ONE, terms, figures_of(1)).tolist()[0][:4] == pytest.approx(kernel)
    again = leads(ONE, terms, figures_of(1, returned=0.3, returned_again=0.8, refused_again=0.5, refused_months=2))
    assert again.sum(axis=1) == pytest.approx([1.0])
    assert float(again[0] @ np.arange(again.shape[1])) > sum(lag * share for lag, share in enumerate(kernel))
