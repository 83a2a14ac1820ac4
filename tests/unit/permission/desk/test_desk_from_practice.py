"""The figures of a run from the rows of practice: nearest rows, days of a month, reports not known yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from coercivity.base.months import month_of
from coercivity.permission.desk.cells import Cells, Queue, cells_of
from coercivity.permission.desk.from_practice import days_within, desk_of, general_share, nearest_rows, rows_behind
from coercivity.practice.desk import ELEMENTS, DeskPractice, DeskRow, GeneralLicence, Parameter, PracticeEvent, Scope
from coercivity.practice.desk_tables import load_desk

MAY, JUNE, LATER = (month_of(dt.date(2025, month, 1)) for month in (5, 6, 12))
MEMBERS = {"EUR": (("DE", 0.75), ("FR", 0.25)), "JP": (("JP", 1.0),)}
CELLS = cells_of(
    [
        (("mag_high", "CN", "EUR", "civil"), 8.0),
        (("mag_high", "CN", "EUR", "military"), 1.0),
        (("ox_Dy", "CN", "JP", "civil"), 4.0),
    ],
    MEMBERS,
)
PLACE = {(cell.bucket[0], cell.queue): at for at, cell in enumerate(CELLS.cells)}
DE, FR = PLACE["mag_high", Queue("magnet", "DE", "civil")], PLACE["mag_high", Queue("magnet", "FR", "civil")]
DE_MIL, JP = PLACE["mag_high", Queue("magnet", "DE", "military")], PLACE["ox_Dy", Queue("oxide", "JP", "civil")]


def practice(
    *rows: DeskRow, events: tuple[PracticeEvent, ...] = (), general: tuple[GeneralLicence, ...] = ()
) -> DeskPractice:
    """The packed priors without events and general licences, and more rows."""
    packed = load_desk()
    return replace(packed, rows=(*packed.rows, *rows), events=events, general=general)


def row(name: str, parameter: Parameter, scope: Scope, value: float, begins_on: dt.date | None = None) -> DeskRow:
    return DeskRow(name, parameter, scope, value, value, value, "-", begins_on=begins_on)


def event(scope: Scope, share: float, first: dt.date, last: dt.date | None, kind: str = "halt") -> PracticeEvent:
    return PracticeEvent("X", kind, scope, share, share, share, first, last, first)  # type: ignore[arg-type]


def general(
    name: str, share: float, first: dt.date, months: int = 12, renewed: float = 0.5, to: str = "ALL"
) -> GeneralLicence:
    scope = Scope("magnet", to, "any")
    return GeneralLicence(name, scope, ("an exporter",), "-", share, share, share, first, months, renewed, first)


def test_the_nearest_row_wins_place_before_form_before_user_before_day() -> None:
    desk = desk_of(
        CELLS,
        practice(
            row("X1", "returned_share", Scope("any", "ALL", "military"), 0.11, dt.date(2025, 1, 1)),
            row("X2", "returned_share", Scope("magnet", "ALL", "any"), 0.22, dt.date(2025, 1, 1)),
            row("X3", "returned_share", Scope("any", "DE", "any"), 0.33, dt.date(2025, 1, 1)),
        ),
        MAY,
    )
    found = desk.figures_of(MAY).returned
    assert [float(found[at]) for at in (DE, DE_MIL, FR)] == [0.33, 0.33, 0.22]
    assert float(found[JP]) == float(desk_of(CELLS, practice(), MAY).figures_of(MAY).returned[JP])


def test_days_of_a_month_count() -> None:
    """A halt of eleven of the 31 days of May, a slow-down of a half on all of them: both multiply."""
    events = (
        event(Scope("magnet", "DE", "any"), 1.0, dt.date(2025, 5, 21), dt.date(2025, 6, 15)),
        event(Scope("any", "ALL", "civil"), 0.5, dt.date(2025, 5, 1), dt.date(2025, 5, 31), "slow_down"),
        event(Scope("any", "JP", "any"), 0.4, dt.date(2025, 6, 1), None, "unused_licences"),
    )
    desk = desk_of(CELLS, practice(events=events), MAY)
    may, june = desk.figures_of(MAY), desk.figures_of(JUNE)
    assert [float(may.going[at]) for at in (DE, FR, DE_MIL, JP)] == pytest.approx([0.5 * 20 / 31, 0.5, 20 / 31, 0.5])
    assert [float(june.going[at]) for at in (DE, FR, DE_MIL, JP)] == pytest.approx([0.5, 1.0, 0.5, 1.0])
    assert may.usable.tolist() == [1.0] * CELLS.count
    assert [float(june.usable[at]) for at in (DE, JP)] == pytest.approx([1.0, 0.6])
    assert days_within(dt.date(2025, 5, 31), None, MAY) == pytest.approx(1 / 31)
    assert days_within(dt.date(2025, 6, 1), None, MAY) == 0.0


def test_general_licences_begin_by_days_and_are_renewed_in_part() -> None:
    """A tenth from 16 May on; half of it is renewed on that day a year later, a quarter after two."""
    licence = general("X", 0.1, dt.date(2025, 5, 16))
    assert [general_share(practice(), [licence], MAY + later) for later in (-1, 0, 1, 11, 12, 23, 24)] == pytest.approx(
        [0.0, 0.1 * 16 / 31, 0.1, 0.1, (15 * 0.1 + 16 * 0.05) / 31, 0.05, (15 * 0.05 + 16 * 0.025) / 31]
    )
    found = desk_of(CELLS, practice(general=(licence,)), MAY).figures_of(JUNE).general
    assert [float(found[at]) for at in (DE, DE_MIL, JP)] == pytest.approx([0.1, 0.1, 0.0])


def test_a_general_licence_for_a_country_takes_the_place_of_one_for_all() -> None:
    everywhere, germany = general("X1", 0.5, dt.date(2025, 1, 1)), general("X2", 0.1, dt.date(2025, 1, 1), to="DE")
    found = desk_of(CELLS, practice(general=(everywhere, germany)), MAY).figures_of(MAY).general
    assert [float(found[at]) for at in (DE, FR)] == [0.1, 0.5]
    assert nearest_rows(practice(), [everywhere, germany]) == [germany]
    assert nearest_rows(practice(), [germany][:0]) == []


def test_without_a_row_the_queue_is_named() -> None:
    packed = load_desk()
    rows = tuple(row for row in packed.rows if row.parameter != "file_size_t")
    with pytest.raises(LookupError, match="file_size_t for magnet, DE, civil"):
        desk_of(CELLS, replace(packed, rows=rows), MAY)


def test_what_was_reported_later_is_not_known() -> None:
    """The report of 13 October that 45 % of the files are returned counts only if it is known."""
    october = month_of(dt.date(2025, 10, 1))
    late = desk_of(CELLS, load_desk(), MAY).figures_of(october).returned
    early = desk_of(CELLS, load_desk(), MAY, dt.date(2025, 10, 12)).figures_of(october).returned
    assert float(late[DE]) > float(early[DE])


def test_shares_of_the_review_add_up_and_the_last_lag_holds_all_later_ones() -> None:
    terms = desk_of(CELLS, load_desk(), MAY).terms
    assert terms.review.sum(axis=0) == pytest.approx(np.ones(CELLS.count))
    assert (terms.review >= 0).all()
    assert (terms.prepare_months == 1).all()
    assert not terms.instant


def test_with_every_element_off_the_desk_grants_all_at_once() -> None:
    desk = desk_of(CELLS, load_desk().without(ELEMENTS), MAY)
    figures = desk.figures_of(LATER)
    assert desk.terms.instant
    assert desk.terms.review[0].tolist() == [1.0] * CELLS.count
    assert figures.no_queue
    for ones in (figures.granted, figures.granted_denial, figures.going, figures.usable):
        assert ones.tolist() == [1.0] * CELLS.count
    for zeros in (figures.returned, figures.general):
        assert not zeros.any()


def test_each_element_off_leaves_the_others_as_they_are() -> None:
    packed = load_desk()
    plain = desk_of(CELLS, packed, MAY).figures_of(JUNE)
    changed = {
        "queue": ("no_queue",),
        "refusals": ("granted", "granted_denial"),
        "returns": ("returned",),
        "general_licences": ("general",),
        "events": ("going",),
        "unused_licences": ("usable",),
        "wait": (),
        "customs_hold": (),
    }
    assert set(changed) == set(ELEMENTS)
    for element in ELEMENTS:
        found = desk_of(CELLS, packed.without([element]), MAY).figures_of(JUNE)
        for name in plain.__dataclass_fields__:
            if name not in changed[element]:
                assert np.array_equal(getattr(found, name), getattr(plain, name)), (element, name)


def test_rows_behind_a_desk_are_those_that_speak_of_its_queues() -> None:
    only_jp: Cells = cells_of([(("ox_Dy", "CN", "JP", "civil"), 4.0)], MEMBERS)
    rows = rows_behind(
        practice(events=(event(Scope("magnet", "DE", "any"), 1.0, dt.date(2025, 5, 21), None),)), only_jp, MAY
    )
    assert "practice_events:X" not in rows
    assert list(rows) == sorted(set(rows))
    assert "desk_figures:LD001" in rows
