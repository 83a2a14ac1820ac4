"""Four months of a small desk worked out on paper: three queues, a shared capacity, reviews, returns and refusals.

Files of one tonne, for Germany (three quarters of EUR), France and Japan. Papers take a month. Of what comes in a fifth
is returned, half of it is filed again a month later. Half of what is taken up is decided in the same month, half in the
next; three quarters are granted, two fifths of what is refused are filed again two months later. Usual files are 6, 2
and 4 a month and the authority takes up half of them, 6. Licences hold two months.

Month 0: 12, 4 and 4 files are prepared.
Month 1: they come in; 2.4, 0.8, 0.8 are returned and 9.6, 3.2, 3.2 wait, 16 in all, so that 6 / 16 of each is taken up:
    3.6, 1.2, 1.2. Half is decided: 1.8, 0.6, 0.6; granted 1.35, 0.45, 0.45, refused 0.45, 0.15, 0.15. Wait 6, 2, 2.
    Half a file for Japan is prepared. 0.9 t leave for EUR, half of what is held: 0.675 from Germany's, 0.225 from
    France's.
Month 2: returned files of month 1 come in again, 1.2, 0.4, 0.4, and the new one for Japan: 1.2, 0.4, 0.9. Returned 0.24,
    0.08, 0.18; wait 6.96, 2.32, 2.72, 12 in all, half is taken up: 3.48, 1.16, 1.36, all of it from month 1. Decided:
    1.8 + 1.74, 0.6 + 0.58, 0.6 + 0.68, all a month old; granted 2.655, 0.885, 0.96. 1.95 files for EUR are prepared.
    1.11 t leave for EUR, a quarter of the 4.44 held: 0.8325 and 0.2775, the licences of month 1 first. Japan's 0.45 t of
    month 1 expire unused.
Month 3: half of Japan's decisions are not taken. Again come in 0.12 + 0.18, 0.04 + 0.06, 0.09 + 0.06 and 1.4625, 0.4875,
    0 new: 1.7625, 0.5875, 0.15. A fifth is returned; wait 4.89, 1.63, 1.48, 8 in all. Three quarters, 3.6675, 1.2225,
    1.11, of Japan's half: 0.555. In turn: Germany 2.52 of month 1, 0.96 of month 2, 0.1875 of month 3; France 0.84, 0.32,
    0.0625; Japan 0.555 of month 1. Decided 1.74 + 1.83375, 0.58 + 0.61125 and half of 0.68 + 0.2775.
"""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.month import OpenMonth
from coercivity.permission.desk.state import DeskMonth, DeskState, empty_desk
from tests.oracles.desk_toy import Changes, desk_with, terms_of

CELLS = cells_of(
    [(("mag_high", "CN", "EUR", "civil"), 8.0), (("mag_high", "CN", "JP", "civil"), 4.0)],
    {"EUR": (("DE", 0.75), ("FR", 0.25)), "JP": (("JP", 1.0),)},
)
TERMS = terms_of(CELLS.count, kernel=(0.5, 0.5), life=2, size_t=1.0)
FILED = ([16.0, 4.0], [0.0, 0.5], [1.95, 0.0], [0.0, 0.0])
SHIPPED = ([0.0, 0.0], [0.9, 0.0], [1.11, 0.0], [0.0, 0.0])


def changes(month: int) -> Changes:
    return {
        "returned": 0.2,
        "returned_again": 0.5,
        "refused_again": 0.4,
        "refused_months": 2,
        "begin": 0.5,
        "learned": 0.5,
        "going": [1.0, 1.0, 0.5 if month == 3 else 1.0],
    }


@pytest.fixture(scope="module")
def solved() -> list[tuple[OpenMonth, DeskState, DeskMonth]]:
    desk, found = desk_with(CELLS, TERMS, changes), []
    state = empty_desk(TERMS)
    for month, (filed, shipped) in enumerate(zip(FILED, SHIPPED, strict=True)):
        opened = desk.begin(state, month, np.ones(CELLS.count, dtype=np.int64))
        opened.file(np.array(filed))
        state, record = opened.close(np.array(shipped), np.zeros(CELLS.count))
        found.append((opened, state, record))
    return found


# By month from 1 on; Germany, France, Japan.
WANTED = {
    "new": ([12.0, 4.0, 4.0], [0.0, 0.0, 0.5], [1.4625, 0.4875, 0.0]),
    "again": ([0.0, 0.0, 0.0], [1.2, 0.4, 0.4], [0.3, 0.1, 0.15]),
    "returned": ([2.4, 0.8, 0.8], [0.24, 0.08, 0.18], [0.3525, 0.1175, 0.03]),
    "taken": ([3.6, 1.2, 1.2], [3.48, 1.16, 1.36], [3.6675, 1.2225, 0.555]),
    "granted": ([1.35, 0.45, 0.45], [2.655, 0.885, 0.96], [2.6803125, 0.8934375, 0.3590625]),
    "refused": ([0.45, 0.15, 0.15], [0.885, 0.295, 0.32], [0.8934375, 0.2978125, 0.1196875]),
    "waiting": ([6.0, 2.0, 2.0], [3.48, 1.16, 1.36], [1.2225, 0.4075, 0.925]),
    "pending": ([7.8, 2.6, 2.6], [5.22, 1.74, 2.04], [3.05625, 1.01875, 1.68125]),
    # In month 3: what came in in month 1 took two months, 2 x (1.74 + 1.26) for Germany, that of month 2 one, 0.48.
    "decided_months": ([0.0, 0.0, 0.0], [3.54, 1.18, 1.28], [6.48, 2.16, 0.9575]),
    "used_t": ([0.675, 0.225, 0.0], [0.8325, 0.2775, 0.0], [0.0, 0.0, 0.0]),
    "expired_t": ([0.0, 0.0, 0.0], [0.0, 0.0, 0.45], [2.4975, 0.8325, 0.96]),
    "licences_t": ([0.675, 0.225, 0.45], [2.4975, 0.8325, 0.96], [2.6803125, 0.8934375, 0.3590625]),
    "halted": ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.840625]),
}


@pytest.mark.parametrize("what", sorted(WANTED))
def test_every_count_of_the_desk_is_that_on_paper(
    what: str, solved: list[tuple[OpenMonth, DeskState, DeskMonth]]
) -> None:
    for month, wanted in enumerate(WANTED[what], 1):
        found = getattr(solved[month][2], what)
        assert found == pytest.approx(wanted, rel=1e-12, abs=1e-12), month


def test_nothing_happens_before_the_first_papers_are_ready(
    solved: list[tuple[OpenMonth, DeskState, DeskMonth]],
) -> None:
    opened, _, record = solved[0]
    assert not any(getattr(record, what).any() for what in WANTED)
    assert opened.capacity == 6.0


def test_what_is_left_waiting_is_the_newest(solved: list[tuple[OpenMonth, DeskState, DeskMonth]]) -> None:
    waiting = [(month, files.tolist()) for month, files in solved[3][1].waiting]
    assert [month for month, _ in waiting] == [1, 2, 3]
    assert waiting[0][1] == pytest.approx([0.0, 0.0, 0.085], abs=1e-12)
    assert waiting[1][1] == pytest.approx([0.0, 0.0, 0.72], abs=1e-12)
    assert waiting[2][1] == pytest.approx([1.2225, 0.4075, 0.12], abs=1e-12)


def test_capacity_that_a_halt_leaves_idle_is_not_given_to_others(
    solved: list[tuple[OpenMonth, DeskState, DeskMonth]],
) -> None:
    opened, _, record = solved[3]
    assert opened.left == pytest.approx(0.0, abs=1e-12)
    assert float(record.taken.sum()) == pytest.approx(6.0 - 0.555)
