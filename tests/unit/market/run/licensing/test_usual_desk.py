"""The desk without the market, by hand: one queue, files of one tonne, nothing returned, everything granted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.market.run.licensing.usual_desk import UsualDesk, usual_path
from coercivity.permission.desk.cells import Cells, Floats, Indices, cells_of
from coercivity.permission.desk.figures import DeskTerms, MonthFigures
from coercivity.permission.desk.month import Desk

CELLS = cells_of([(("mag_high", "CN", "EUR", "civil"), 10.0)], {"EUR": (("DE", 0.6), ("FR", 0.4))})


def shares(value: float, cells: Cells = CELLS) -> Floats:
    return np.full(cells.count, value)


def whole(value: int, cells: Cells = CELLS) -> Indices:
    return np.full(cells.count, value, dtype=np.int64)


TERMS = DeskTerms(size_t=shares(1.0), life=whole(6), review=np.ones((1, CELLS.count)), prepare_months=whole(1))
FIGURES = MonthFigures(
    returned=shares(0.0),
    returned_again=shares(0.0),
    returned_months=whole(1),
    refused_again=shares(0.0),
    refused_months=whole(1),
    granted=shares(1.0),
    granted_denial=shares(0.0),
    going=shares(1.0),
    usable=shares(1.0),
    general=shares(0.0),
    begin=shares(0.5),
    learned=shares(0.5),
    learning_months=shares(6.0),
    filed_most=shares(2.0),
    halt_months=shares(0.0),
)


def path(figures: MonthFigures = FIGURES, asked: int = 1, months: int = 4) -> UsualDesk:
    return usual_path(Desk(CELLS, TERMS, lambda month: figures), lambda month: whole(asked), 0, months - 1)


def test_a_desk_at_half_of_the_usual_files_by_hand() -> None:
    """Ten files a month come in from the second month on, five are taken up; ten and more wait, DE and FR alike."""
    found = path().months
    assert found.new.sum(axis=1) == pytest.approx([0, 10, 10, 10])
    assert found.taken.sum(axis=1) == pytest.approx([0, 5, 5, 5])
    assert found.waiting.sum(axis=1) == pytest.approx([0, 5, 10, 15])
    # Of the five a month, a queue has the share of its files that wait, are prepared or usual.
    assert found.work_months == pytest.approx(np.array([[0, 0], [1, 1], [2, 2], [3, 3]]))
    assert np.isnan(found.decision_months[0]).all()
    assert found.decision_months[1:] == pytest.approx(np.array([[0, 0], [0.5, 0.5], [1, 1]]), abs=0.51)


def test_general_licences_leave_less_to_file() -> None:
    """A tenth of the usual shipments needs no application: nine files a month."""
    found = path(replace(FIGURES, general=shares(0.1))).months
    assert found.new.sum(axis=1) == pytest.approx([0, 9, 9, 9])
    assert found.general == pytest.approx(0.1)


def test_where_nothing_is_asked_nothing_is_filed() -> None:
    found = path(asked=0).months
    assert not found.new.any()
    assert not found.work_months.any()
    assert not found.asked.any()


def test_without_a_queue_nothing_waits() -> None:
    found = path(replace(FIGURES, no_queue=True))
    assert not found.months.work_months.any()
    assert found.last == 3


@pytest.mark.parametrize(("going", "halted"), [(1.0, 0.0), (0.4, 2.0), (0.0, 2.0)])
def test_without_a_queue_the_lead_is_the_documents_or_the_halt(going: float, halted: float) -> None:
    """Capacity without bound times nothing is nothing, not an unknown number."""
    figures = replace(FIGURES, no_queue=True, going=shares(going), halt_months=shares(halted))
    lead = path(figures).months.lead_months
    assert lead == pytest.approx(1.0 if going else 2.0)
