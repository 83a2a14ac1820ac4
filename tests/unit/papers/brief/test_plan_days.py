"""By when the parts of a plan are begun: stock that leaves under a licence in hand names it and its last day."""

from __future__ import annotations

import pytest

from coercivity.papers.brief.paper.page_one.actions import plan_by
from coercivity.papers.brief.paper.wording import wording
from coercivity.papers.brief.report_data import BriefBody
from coercivity.verbs.brief import brief
from tests.places import ROOT

ON = "2026-11-24"


@pytest.fixture(scope="module")
def body() -> BriefBody:
    return brief(ROOT / "examples" / "ev-motor", ON, supply=False, cache=False).report


def test_stock_under_the_general_licence_leaves_before_it_ends(body: BriefBody) -> None:
    """G-S1 is valid until 2027-02-28; the lots of the cap leave in December and January."""
    days = {one["name"]: plan_by(one, body["mix"], body, wording("en")) for one in body["mix"]["actions"]}
    assert days["N45SH"] == f"order by {ON}; leaves by 2027-02-28 under licence G-S1"
    assert days["N38UH"] == days["N45SH"]
    assert days["filing ahead"] == f"{ON} (start of the plan)"


def test_the_stock_of_the_plan_is_within_what_the_supplier_can_send_in_time(body: BriefBody) -> None:
    """A fifth more on five lots of 23.5 and 13.8 t, beside the 8.1 t of SH beyond the running flow."""
    mix = body["mix"]
    assert mix["best"]["stock_t"] == {"N45SH": "23.5", "N38UH": "13.8", "N45": "0"}
    assert mix["in_hand_t"] == {"N45SH": "8.1", "N45": "3.8"}
    assert mix["in_hand_not_counted_t"] == {}
