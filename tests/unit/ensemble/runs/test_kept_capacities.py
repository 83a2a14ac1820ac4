"""What a draw keeps of capacities: the value of a unit more, by capacity and year."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.base.months import parse_month
from coercivity.ensemble.runs.keeping import kept_of, packed, unpacked
from tests.oracles.market_toy import packed_run


@pytest.mark.long
def test_a_draw_keeps_the_value_of_a_unit_of_each_capacity_by_year() -> None:
    """Mean of minus the dual over the months of a year; a capacity that is not full has no value."""
    run = packed_run("controls-back", "2025-02")
    kept = unpacked(packed(kept_of(run, 0, parse_month("2024-10"), parse_month("2025-02"))))
    names, values = kept.names["capacity_value"], kept.values["capacity_value"]
    assert set(names) == set(run.network.limits)
    assert values.shape == (len(names), 2)
    assert kept.years == ("2024", "2025")
    assert (values >= 0.0).all()
    window, months = run.update.window, run.months
    name = next(each for each in names if each not in window.alone and values[names.index(each), 1] > 0.0)
    duals = [-float(done.plan.dual[window.row("limit", name, 0)]) for done in months[3:]]
    assert values[names.index(name), 1] == pytest.approx(np.mean(np.maximum(duals, 0.0)))
