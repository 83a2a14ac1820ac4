"""The lead time that users see is the one a file has if nothing else changes: it counts from a month already decided."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.permission.desk.ahead import ahead
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.state import empty_desk
from tests.oracles.desk_toy import Changes, desk_with, terms_of

CELLS = cells_of([(("mag_high", "CN", "JP", "civil"), 2.0)], {"JP": (("JP", 1.0),)})
TERMS = terms_of(CELLS.count, kernel=(1.0,), size_t=1.0)
ASKED = np.ones(1, dtype=np.int64)


@pytest.mark.parametrize(
    ("waiting", "going", "lasts", "lead"),
    [
        (0.0, 1.0, 0, 1.0),  # its documents only
        (1.0, 1.0, 0, 1.5),  # half of the two files of next month come before it
        (5.0, 1.0, 0, 3.5),  # four in the next two months, half of the third
        # One a month in the two months for which a slow-down is still expected, then two.
        (5.0, 0.5, 3, 4.5),
        (2.5, 0.5, 3, 3.25),
        (3.0, 0.0, 2, 3.5),
    ],
)
def test_a_small_file_is_taken_up_at_the_lead_time_seen(waiting: float, going: float, lasts: int, lead: float) -> None:
    """Two files are taken up a month; the desk of month 1 has taken two already when users see it."""

    def changes(month: int) -> Changes:
        return {"going": going, "halt_months": float(lasts)} if 1 <= month < 1 + lasts else {}

    desk, state, small = desk_with(CELLS, TERMS, changes), empty_desk(TERMS), 1e-6
    opened = desk.begin(state, 0, ASKED)
    opened.file(np.array([waiting + 2.0 * going]))
    state, _ = opened.close(np.zeros(1), np.zeros(1))
    opened = desk.begin(state, 1, ASKED)
    assert opened.state.waits().tolist() == [waiting]
    assert ahead(opened, 12).lead_months.tolist() == pytest.approx([lead])
    opened.file(np.array([small]))
    state, _ = opened.close(np.zeros(1), np.zeros(1))
    taken = 0.0
    for month in range(2, 12):
        opened = desk.begin(state, month, ASKED)
        taken += float(opened.sums["taken"][0])
        if taken > waiting + small / 2:
            assert month == 1 + int(lead)
            return
        state, _ = opened.close(np.zeros(1), np.zeros(1))
    pytest.fail("never taken up")
