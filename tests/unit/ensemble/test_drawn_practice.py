"""Practice in a draw: halts end, what a scenario states stays, and pending tonnes carry over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coercivity.base.months import first_of, parse_month
from coercivity.ensemble.draw import practice_at
from coercivity.ensemble.rows import GROUPS, ranged_rows
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.drawn import desk_carried
from coercivity.market.run.world import load_world
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.state import empty_desk
from coercivity.practice.desk import PracticeEvent
from coercivity.practice.desk_tables import load_desk
from tests.oracles.desk_toy import desk_with, terms_of

FIRST = parse_month("2026-01")
DOCS = Path(__file__).parents[3] / "docs" / "draws.md"


def events(point: int) -> dict[str, PracticeEvent]:
    found = practice_at({}, FIRST, ("0", str(point)), load_desk()).events
    return {event.id: event for event in found}


def test_an_event_of_the_pack_without_an_end_lasts_three_months_on_average() -> None:
    """LD023 expects 3 months, 91 days; the mean of 400 exponential times is within four standard errors of 4.6 days."""
    open_ended = [event.id for event in load_desk().events if event.ends_on is None]
    begins = {event.id: max(first_of(FIRST), event.begins_on) for event in load_desk().events}
    name = open_ended[0]
    days = [(end - begins[name]).days for point in range(400) if (end := events(point)[name].ends_on) is not None]
    assert len(days) == 400
    assert np.mean(days) == pytest.approx(91.3, abs=4 * 91.3 / 20)


def test_an_event_with_a_known_end_keeps_it() -> None:
    for event in load_desk().events:
        if event.ends_on is not None:
            assert events(3)[event.id].ends_on == event.ends_on


def test_what_a_scenario_states_is_not_drawn() -> None:
    """Its share stays although the row of the pack is drawn, and its event without an end goes on."""
    packed = load_desk()
    stated = replace(packed.events[0], id="ours", ends_on=None, begins_on=dt.date(2026, 2, 1))
    row = replace(packed.rows[0], value=123.0)
    practice = replace(packed, events=(*packed.events, stated), rows=(row, *packed.rows[1:]))
    values = {f"desk_figures:{row.id}": 7.0, f"desk_figures:{packed.rows[1].id}": 1.5}
    found = practice_at(values, FIRST, ("0", "1"), practice)
    assert found.events[-1].ends_on is None
    assert [each.value for each in found.rows[:2]] == [123.0, 1.5]


def test_pending_files_keep_their_tonnes() -> None:
    """Six files of 2 t wait; in a draw with files of 8 t they are one and a half."""
    cells = cells_of([(("mag_high", "CN", "JP", "civil"), 10.0)], {"JP": (("JP", 1.0),)})
    before, after = (desk_with(cells, terms_of(1, size_t=size)) for size in (2.0, 8.0))
    state = replace(empty_desk(before.terms), waiting=((FIRST - 1, np.array([6.0])),))
    found = desk_carried(state, before, after)
    assert [files.tolist() for _, files in found.waiting] == [[1.5]]


def test_the_page_on_draws_counts_the_rows() -> None:
    text, rows = DOCS.read_text("utf-8"), ranged_rows()
    assert f"the {len(rows):,} rows with a range; {sum(row.drawn for row in rows)} are drawn" in text
    for group in GROUPS[1:]:
        assert f"| {group} | {sum(row.drawn and row.group == group for row in rows)} |" in text


def test_an_elasticity_next_to_zero_has_steps() -> None:
    """A draw of E074 may be -0.0001: 0.7 to the power of -10,000 is larger than a number can be."""
    figures = Figures().with_values({"economics:E074": -0.0001})
    network = load_world(figures=figures).network
    steps = [each.steps for each in network.demands if each.use == "nonmagnet_Y"]
    assert steps
    assert all(np.isfinite(step.worth) for each in steps for step in each)
