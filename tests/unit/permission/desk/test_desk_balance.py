"""What holds of every desk: files and licences balance, queues are taken in turn, no order of names counts."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.permission.desk.cells import Cells, Floats
from coercivity.permission.desk.state import DeskMonth, DeskState
from tests.sampling import examples
from tests.unit.permission.desk.desk_random import BUCKETS, MEMBERS, RandomDesk

SAME = 1e-9
SEEDS = st.integers(0, 10**9)
DESKS = st.builds(RandomDesk, seed=SEEDS, queue=st.booleans(), instant=st.booleans())


@settings(max_examples=examples(120), deadline=None)
@given(DESKS)
def test_files_in_are_granted_returned_refused_or_pending(desk: RandomDesk) -> None:
    for before, _, after, record in desk.months():
        change = after.pending() - before.pending()
        out = record.granted + record.returned + record.refused
        assert np.abs(record.new + record.again - out - change).max() < SAME
        assert record.pending == pytest.approx(after.pending(), abs=SAME)
        assert (record.waiting <= record.pending + SAME).all()


@settings(max_examples=examples(80), deadline=None)
@given(DESKS)
def test_nothing_is_negative(desk: RandomDesk) -> None:
    for _, _, after, record in desk.months():
        for column in fields(record):
            assert (getattr(record, column.name) >= -SAME).all(), column.name
        for part in (after.review, after.preparing, after.again, after.licences_t, after.halted, after.refused):
            assert (part >= -SAME).all()


@settings(max_examples=examples(80), deadline=None)
@given(DESKS)
def test_licences_are_used_expire_or_are_kept(desk: RandomDesk) -> None:
    for before, opened, after, record in desk.months():
        came = before.licences_t.sum(axis=0) + record.granted_t
        assert came == pytest.approx(record.used_t + record.expired_t + after.licences_t.sum(axis=0), abs=SAME)
        assert record.granted_t == pytest.approx(record.granted * opened.desk.terms.size_t, abs=SAME)
        # None is older than it may be: a licence of this month has age one in the next.
        ages = np.arange(after.licences_t.shape[0])[:, None]
        assert not after.licences_t[(ages >= opened.desk.terms.life) & (after.licences_t > 0)].any()


@settings(max_examples=examples(80), deadline=None)
@given(DESKS)
def test_no_more_is_taken_up_than_the_authority_can(desk: RandomDesk) -> None:
    seen = 0.0
    for _, opened, _, record in desk.months():
        assert float(record.taken.sum()) <= opened.capacity * (1 + SAME)
        assert opened.left >= -SAME
        seen += float(record.taken.sum())
    assert seen > 0


def by_queue(cells: Cells, waiting: tuple[tuple[int, Floats], ...]) -> dict[int, Floats]:
    """Files that wait by the month in which they came in, by queue."""
    return {month: cells.by_queue(files) for month, files in waiting}


@settings(max_examples=examples(80), deadline=None)
@given(st.builds(RandomDesk, seed=SEEDS))
def test_nothing_is_taken_up_while_something_older_waits_in_its_queue(desk: RandomDesk) -> None:
    met = 0
    for before, opened, after, record in desk.months():
        cells, left = opened.desk.cells, by_queue(opened.desk.cells, after.waiting)
        came = by_queue(cells, before.waiting)
        accepted = record.new + record.again - record.returned
        came[opened.month] = cells.by_queue(accepted)
        none = np.zeros(len(cells.queues))
        for older in came:
            for newer in (month for month in came if month > older):
                taken = came[newer] - left.get(newer, none)
                waits = left.get(older, none) > SAME
                assert (taken[waits] < SAME).all()
                met += int(waits.sum())
    assert met > 0


@settings(max_examples=examples(60), deadline=None)
@given(DESKS, st.permutations(range(len(BUCKETS))))
def test_the_order_of_buckets_and_countries_does_not_count(desk: RandomDesk, order: list[int]) -> None:
    turned = {region: tuple(reversed(countries)) for region, countries in MEMBERS.items()}
    other = RandomDesk(desk.seed, desk.queue, desk.instant, tuple(order), turned)
    places = {(cell.bucket, cell.queue): at for at, cell in enumerate(other.cells.cells)}
    at = [places[cell.bucket, cell.queue] for cell in desk.cells.cells]
    for ours, theirs in zip(desk.months(), other.months(), strict=True):
        for column in fields(DeskMonth):
            found = getattr(theirs[3], column.name)[at]
            assert getattr(ours[3], column.name) == pytest.approx(found, rel=1e-9, abs=SAME), column.name


def whole_of(state: DeskState) -> float:
    """All files that are somewhere, also those that are prepared or come in again."""
    return float(state.pending().sum() + state.preparing.sum() + state.again.sum())


@settings(max_examples=examples(40), deadline=None)
@given(st.builds(RandomDesk, seed=SEEDS, queue=st.booleans()))
def test_no_file_vanishes_but_those_granted_and_those_given_up(desk: RandomDesk) -> None:
    for before, opened, after, record in desk.months():
        figures = opened.figures
        filed = whole_of(after) - whole_of(before)
        filed += float(record.granted.sum())
        filed += float((record.returned * (1.0 - figures.returned_again)).sum())
        filed += float((record.refused * (1.0 - figures.refused_again)).sum())
        sizes = opened.desk.terms.size_t
        orders = opened.desk.cells.by_bucket(opened.desk.cells.orders_t)
        mass = {name: float(orders[at]) for at, name in enumerate(desk.buckets)}
        applied = desk._mass("filed", opened.month, mass, 3.0)
        assert filed == pytest.approx(float((opened.desk.cells.to_cells(applied) / sizes).sum()), abs=1e-8)
