"""Values of the licensing desk at the ends of what can be calculated with, and beyond; entries that repeat or contradict."""

from __future__ import annotations

import itertools
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from coercivity.market.run.simulate import BEGIN
from coercivity.permission.desk.ahead import LEADS, ahead, leads
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.from_practice import desk_of
from coercivity.permission.desk.month import rounds
from coercivity.permission.desk.state import empty_desk
from coercivity.practice.desk import DeskPractice
from coercivity.practice.desk_bounds import bounds_of
from coercivity.practice.desk_tables import load_desk
from tests.oracles.desk_toy import figures_of
from tests.unit.market.run.licensing.test_desk_practice import WHY, faults, practice, write

ROWS = {row.id: row.parameter for row in load_desk().rows}
ENDS = [(row, f"{end:.12g}") for row, parameter in ROWS.items() for end in bounds_of(parameter)]
BEYOND = [(row, f"{10 * most:g}") for row, parameter in ROWS.items() if (most := bounds_of(parameter)[1]) > 1]
BELOW = [(row, f"{least / 10:g}") for row, parameter in ROWS.items() if (least := bounds_of(parameter)[0]) > 0]
ALL_STOPPED = (
    "desk:\n  without: [PE01, PE02, PE03, PE04, PE05, PE06, PE07, PE08]\n"
    f"  events:\n  - {{id: h, kind: halt, share: '1', from: 2024-10-01, {WHY}}}\n"
    f"  - {{id: u, kind: unused_licences, share: '1', from: 2024-10-01, {WHY}}}\n"
    "  values: {LD001: '0', LD003: '0', LD005: '0', LD018: '1', LD019: '1', LD021: '1', LD023: '1200'}\n"
)
ALL_GENERAL = (
    "desk:\n  general_licences:\n"
    "  - {id: g, holders: [A], customers: c, share: '1', from: 1900-01-01, months: '1', renewed: '1'}\n"
)


def runs(found: DeskPractice, months: int = 30) -> None:
    """Runs a desk of a few cells with all that can be filed, and checks that its figures are finite and balance."""
    orders = [(("mag_low", "CN", "EUR", "civil"), 30.0), (("ox_Dy", "CN", "JP", "civil"), 0.4)]
    orders += [(("met_Tb", "CN", "IN", "military"), 1e-3), (("ox_Y", "CN", "ROW", "civil"), 0.0)]
    members = {"EUR": (("DE", 0.6), ("IT", 0.4)), "JP": (("JP", 1.0),), "IN": (("IN", 1.0),), "ROW": (("BR", 1.0),)}
    cells = cells_of(orders, members)
    usual, pending = cells.by_bucket(cells.orders_t), np.zeros(cells.count)
    asked = np.array([1, 1, 2, 1, 2][: cells.count])
    with np.errstate(all="raise", under="ignore"):
        desk = desk_of(cells, found, BEGIN)
        state = empty_desk(desk.terms)
        assert desk.terms.review.sum(axis=0) == pytest.approx(1.0)
        for month in range(BEGIN, BEGIN + months):
            opened = desk.begin(state, month, asked)
            seen, times = ahead(opened, 42), leads(cells, desk.terms, opened.figures)
            assert times.shape == (len(orders), LEADS)
            for values in (times, seen.usable_t, seen.grants_t, seen.general_t, seen.granted):
                assert np.isfinite(values).all()
                assert values.min() >= -1e-9
            assert not np.isnan(seen.lead_months).any()
            opened.file(np.minimum(seen.applied_most_t, 1.25 * usual))
            state, done = opened.close(np.minimum(seen.usable_t + seen.general_t[:, 0], usual), seen.lead_by_cell)
            for name in (field.name for field in fields(done) if field.name != "lead_months"):
                assert np.isfinite(getattr(done, name)).all(), name
            left = done.new + done.again - done.granted - done.returned - done.refused - (done.pending - pending)
            pending = done.pending
            assert np.abs(left / np.maximum(1.0, pending + done.new + done.again)).max() < 1e-9


@pytest.mark.parametrize(("row", "value"), ENDS)
def test_a_desk_runs_with_every_value_at_its_bounds(tmp_path: Path, row: str, value: str) -> None:
    runs(practice(tmp_path, f"desk: {{values: {{{row}: '{value}'}}}}\n"))


@pytest.mark.parametrize("body", [ALL_STOPPED, ALL_GENERAL], ids=["all stopped", "all general"])
def test_a_desk_runs_when_nothing_or_everything_is_permitted(tmp_path: Path, body: str) -> None:
    runs(practice(tmp_path, body))


@pytest.mark.parametrize(
    ("row", "value"), [*BEYOND, *BELOW, ("LD011", "1e300"), ("LD020", "1e300"), ("LD012", "1e-300")]
)
def test_a_value_beyond_its_bounds_is_refused_once(tmp_path: Path, row: str, value: str) -> None:
    (fault,) = faults(tmp_path, f"desk: {{values: {{{row}: '{value}'}}}}\n")
    assert (fault.code, fault.where.rpartition(":")[2]) == ("DESK-RANGE", "4")
    assert fault.next.startswith("give ")


def test_customs_hold_nothing_for_longer_than_two_years(tmp_path: Path) -> None:
    hold = "desk: {{customs_holds: [{{id: c, destination: KR, share: '1', days: '{days}', from: 2025-04-01}}]}}\n"
    assert {hold.days for hold in practice(tmp_path, hold.format(days="730")).holds} == {45, 730}
    (fault,) = faults(tmp_path, hold.format(days="1e7"))
    assert fault.code == "DESK-RANGE", fault


@pytest.mark.parametrize(("granted", "refused"), [("LD001", "LD002"), ("LD003", "LD004"), ("LD005", "LD006")])
def test_a_prior_of_nothing_granted_and_nothing_refused_is_refused(tmp_path: Path, granted: str, refused: str) -> None:
    (fault,) = faults(tmp_path, f"desk:\n  values:\n    {granted}: '0'\n    {refused}: '0'\n")
    assert (fault.code, fault.where.rpartition(":")[2]) == ("DESK-CAPACITY", "7")


def test_a_figure_just_out_of_bounds_is_named_in_full(tmp_path: Path) -> None:
    faulty = faults(tmp_path, "desk: {values: {LD018: '1.0000001'}}\n")
    assert [fault.what for fault in faulty] == ["LD018: value 1.0000001 is not between 0 and 1"]


def test_each_of_many_contradicting_entries_is_named_once(tmp_path: Path) -> None:
    lines = (
        f"  - {{id: e{at}, kind: halt, destination: KR, share: '1', from: 2030-01-01, {WHY}}}" for at in range(300)
    )
    found = faults(tmp_path, "\n".join(itertools.chain(("desk:", "  events:"), lines)) + "\n")
    assert [fault.code for fault in found] == ["DESK-CONTRADICTS"] * 299
    assert len({fault.where for fault in found}) == 299


def test_an_entry_that_is_left_out_already_is_not_called_unknown(tmp_path: Path) -> None:
    write(tmp_path, "desk: {without: [PE07]}\n", "below")
    (fault,) = faults(tmp_path, "inherits: below\ndesk:\n  without: [PE07]\n")
    assert (fault.code, fault.where) == ("DESK-NAME", "own.yaml:6")
    assert fault.what == "PE07 is left out already, at below.yaml:4"


@pytest.mark.parametrize(
    "figures",
    [
        {"returned": 1.0, "returned_again": 1.0},
        {"returned": 0.3, "returned_again": 1.0, "refused_again": 1.0, "granted": 0.0},
    ],
    ids=["returned", "refused"],
)
def test_a_file_without_end_does_not_fill_the_desk_where_no_time_passes(figures: dict[str, float]) -> None:
    """Filed again for ever in the same month, it counts two years of months and leaves the others their share."""
    found = rounds(figures_of(1, **figures), np.array([figures.get("granted", 0.5)]))
    assert found.tolist() == [24.0]
    plain = rounds(figures_of(1, returned=0.25, returned_again=1.0, refused_again=0.0), np.array([0.5]))
    assert plain == pytest.approx(4 / 3)
