"""Output by stage and year of the runs, with paired differences."""

from __future__ import annotations

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.ministry.bottleneck.output import output
from coercivity.ministry.bottleneck.runs import BASE, BOTH, IMPORTED, MATERIALS, staged_run
from coercivity.ministry.bottleneck.solving.tonnes import STAGES, StageTonnes
from tests.unit.ministry.bottleneck.invented import YEARS, invented_runs


def test_means_and_differences_by_hand() -> None:
    rows = {(row.stage, row.run, row.year): row for row in output(invented_runs())}
    assert rows["magnet", BASE, "2028"].t == 150.0
    assert rows["magnet", BASE, "2028"].more is None
    more = rows["magnet", BOTH, "2028"].more
    assert more is not None
    assert (rows["magnet", BOTH, "2028"].t, more.mean) == (190.0, 40.0)  # 30 and 50 t more
    small = rows["magnet", MATERIALS, "2027"].more
    assert small is not None
    assert (small.mean, small.low, small.high) == (0.0, 0.0, 0.0)


def test_magnets_from_china_are_added_up_by_year() -> None:
    rows = {(row.stage, row.run, row.year): row.t for row in output(invented_runs())}
    assert [rows[IMPORTED, BASE, year] for year in YEARS] == [120.0, 240.0]


def test_every_stage_is_there_in_every_run() -> None:
    rows = list(output(invented_runs()))
    assert len(rows) == (len(STAGES) + 1) * 4 * len(YEARS)


def test_a_draw_without_its_output_is_told() -> None:
    draws = invented_runs()[BASE].draws
    t = dict.fromkeys(STAGES, (1.0, 1.0))
    with pytest.raises(CoercivityError, match="different years or points"):
        staged_run(draws, {0: StageTonnes(YEARS, t)})
    with pytest.raises(CoercivityError, match="different years or points"):
        staged_run(draws, {0: StageTonnes(YEARS, t), 1: StageTonnes(("2027", "2029"), t)})
