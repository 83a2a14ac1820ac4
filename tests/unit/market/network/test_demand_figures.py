"""Figures that demand is built from: every fault of the data set at once, with its row."""

from __future__ import annotations

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.uses.demand_figures import check_demand_figures
from coercivity.market.network.uses.devices import REVENUE
from coercivity.market.network.uses.response import TOTAL


def changed(figures: Figures, table: str, key: str, **cells: str) -> None:
    rows = dict(figures.rows(table))
    rows[key] = {**rows[key], **cells}
    figures._tables[table] = rows


def faults_of(figures: Figures) -> list[tuple[str, str, str]]:
    with pytest.raises(CoercivityError) as caught:
        check_demand_figures(figures, REVENUE, TOTAL.values())
    return [(fault.code, fault.what, fault.where) for fault in caught.value.faults]


def test_the_built_in_figures_are_within_their_limits() -> None:
    figures = Figures()
    check_demand_figures(figures, REVENUE, TOTAL.values())
    assert {"economics:E037", "economics:E036", "assumptions:AS271"} <= figures.taken


@pytest.mark.parametrize("text", ["0", "1", "-0.1", "", "much", "nan", "inf"])
def test_thrift_saves_a_part(text: str) -> None:
    figures = Figures()
    changed(figures, "assumptions", "AS271", value=text)
    ((code, what, where),) = faults_of(figures)
    assert (code, where) == ("ROW-FIGURE", "world/assumptions.csv")
    assert "AS271" in what
    assert (text or "empty") in what


def test_every_fault_is_told_at_once() -> None:
    figures = Figures()
    changed(figures, "economics", "E036", low="", high="-1")
    changed(figures, "economics", "E071", value="0.2")
    changed(figures, "assumptions", "AS239", high="")
    changed(figures, "assumptions", "AS270", value="1")
    found = [(what.split(" ")[0], what.split(" ")[3]) for _, what, _ in faults_of(figures)]
    assert found == [("low", "E036"), ("high", "E036"), ("value", "E071"), ("value", "AS270"), ("high", "AS239")]


def test_a_range_of_its_own_replaces_that_of_the_product() -> None:
    figures = Figures()
    changed(figures, "economics", "E036", low="", high="")
    changed(figures, "economics", "E037", low="10000", high="30000")
    check_demand_figures(figures, REVENUE, TOTAL.values())
    changed(figures, "economics", "E037", low="10000", high="0")
    assert [what.split(" must")[0] for _, what, _ in faults_of(figures)] == ["high of row E037"]
