"""Draws from an observed state: their keys contain it only if it is asked for, and the shared months replay it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import parse_month
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.runs.keeping import unpacked
from coercivity.ensemble.runs.task import DrawTask, drawn
from coercivity.market.run.observed import ObservedAsked
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.observations.state.asked import asked_of

MONTH = parse_month("2024-12")


@pytest.fixture(scope="module")
def run() -> RunAsked:
    (found,) = runs_of(PACKED.book(), read_scenario("controls-back", capacities()), MONTH)
    return found


def task(run: RunAsked, observed: ObservedAsked | None) -> DrawTask:
    return DrawTask(PACKED, run, MONTH, MONTH, 0, 0, observed=observed)


def test_keys_differ_by_what_was_observed_and_not_by_the_name_of_a_file(run: RunAsked) -> None:
    book = PACKED.book()
    plain, one, other = (task(run, each) for each in (None, ObservedAsked(content="a"), ObservedAsked(content="b")))
    assert len({each.key(book) for each in (plain, one, other)}) == 3
    assert len({each.shared_key(book) for each in (plain, one, other)}) == 3
    named = replace(one, observed=ObservedAsked(files=("mine.csv",), content="a"))
    assert named.key(book) == one.key(book)


@pytest.mark.long
def test_a_draw_goes_on_from_the_estimated_state(run: RunAsked) -> None:
    """The drawn month is the third of the model; the two before it were observed."""
    plain, seen = (unpacked(drawn(task(run, each))) for each in (None, asked_of()))
    held = [each.values["out"][each.names["out"].index("magnets:XCN")].tolist() for each in (plain, seen)]
    assert held[0] != held[1]
    assert held[1] == pytest.approx(held[0], rel=0.5)
