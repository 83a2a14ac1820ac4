"""A run is solved once, and what is kept of a draw is what any other verb keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.months import parse_month
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.task import DrawTask, drawn
from coercivity.files.kept.store import Store
from coercivity.market.run.runs import runs_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.ministry.bottleneck.solving.solve import RunTask, Solved, solved
from coercivity.verbs import bottleneck_runs
from coercivity.verbs.bottleneck_runs import RunsAsked, staged_runs
from coercivity.verbs.draws_options import DrawsRun
from tests.oracles.market_toy import packed_book

MONTH = parse_month("2024-11")


def asked(design: Design | None) -> RunsAsked:
    """One month of one run without controls."""
    scenario = read_scenario("no-controls", capacities())
    (run,) = runs_of(packed_book(), scenario, MONTH)
    return RunsAsked({"no-controls": run}, MONTH, MONTH, design)


def test_a_draw_is_the_draw_of_the_ensemble() -> None:
    run = asked(None).runs["no-controls"]
    task = DrawTask(PACKED, run, MONTH, MONTH, 0, 1)
    found = solved(RunTask(task, drawn=True))
    assert isinstance(found, Solved)
    assert found.draw == drawn(task)


@pytest.mark.parametrize("design", [None, Design(2)])
def test_nothing_is_solved_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, design: Design | None) -> None:
    store, how = Store(tmp_path, 2**28), DrawsRun(workers=1)
    first = staged_runs(packed_book(), PACKED, asked(design), how, store=store)["no-controls"]

    def never(task: RunTask) -> Solved:
        raise AssertionError(task)

    monkeypatch.setattr(bottleneck_runs, "solved", never)
    again = staged_runs(packed_book(), PACKED, asked(design), how, store=Store(tmp_path, 2**28))["no-controls"]
    assert len(again.draws.points) == (1 if design is None else 2)
    assert {stage: each.tolist() for stage, each in again.tonnes.items()} == {
        stage: each.tolist() for stage, each in first.tonnes.items()
    }
