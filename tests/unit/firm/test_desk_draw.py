"""The licensing desk in a licence time, by hand: each element of the desk alone, with rows and queues made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from coercivity.base.months import parse_month
from coercivity.firm.clock import LicenceClock, licence_clock
from coercivity.firm.desk_draw import MONTH_DAYS, Chances, DeskDraw
from coercivity.firm.desk_time import DeskTime, desk_time, like_queue, queue_of
from coercivity.firm.draws import DRAWS
from coercivity.market.run.licensing.usual_desk import PLACES, QueueMonths, UsualDesk
from coercivity.permission.desk.cells import Floats, Queue
from coercivity.permission.distributions import Gamma
from coercivity.permission.review_time import review
from coercivity.practice.desk import DeskPractice, DeskRow, Element, EventKind, Parameter, PracticeEvent, Scope
from coercivity.practice.desk_tables import load_desk
from tests.support import BOOK, DY_MAGNET, SINTERING_RECIPE, on

ON = dt.date(2026, 3, 2)
FIRST = parse_month("2026-01")
DE = Queue("magnet", "DE", "civil")
SHORT = Gamma(30.0, 4.0)
GROUPS = {"EU": frozenset({"DE", "FR", "EE"})}


def row(parameter: Parameter, value: float, low: float | None = None, high: float | None = None) -> DeskRow:
    ends = value if low is None else low, value if high is None else high
    return DeskRow(f"LD-{parameter}", parameter, Scope(), value, *ends, unit="")


FIGURES = (
    row("decisions_begin", 1.0, 0.5, 2.0),
    row("decisions_learned", 1.0, 0.5, 2.0),
    row("learning_months", 6.0),
    row("returned_share", 0.0),
    row("returned_refiled_days", 20.0),
    row("questioned_share", 0.0),
    row("halt_expected_months", 3.0),
)


def event(kind: EventKind, begins: str, ends: str | None, share: float = 1.0, place: str = "ALL") -> PracticeEvent:
    last = dt.date.fromisoformat(ends) if ends else None
    begin = dt.date.fromisoformat(begins)
    return PracticeEvent("PE-1", kind, Scope(destination=place), share, share, share, begin, last, begin)


def made(
    rows: Iterable[DeskRow] = (),
    events: Iterable[PracticeEvent] = (),
    *,
    off: Iterable[Element] = (),
    work: float = 0.0,
    gamma: Gamma = SHORT,
) -> DeskTime:
    """Returns a desk with figures of the test, some replaced, and a queue that is as long in every month."""
    own = {entry.parameter: entry for entry in rows}
    figures = tuple(own.get(entry.parameter, entry) for entry in FIGURES)
    practice = DeskPractice(figures, tuple(events), groups=GROUPS, off=frozenset(off))
    months: Floats = np.full((len(PLACES), 24), work)
    return DeskTime(DE, DE, practice, ON, FIRST, months, gamma, ())


def clock(desk: DeskTime, facts: str = f"{DY_MAGNET}, to: DE", **more: object) -> LicenceClock:
    return licence_clock(BOOK, on(facts, ON.isoformat()), start_on=ON, desk=desk, **more)  # type: ignore[arg-type] # words of the function


def granted(desk: DeskTime, **more: object) -> Floats:
    drawn = clock(desk, **more).drawn  # type: ignore[arg-type] # words of the function
    assert drawn is not None
    return drawn.granted.astype(np.float64)


CALM: tuple[Element, ...] = ("queue", "wait", "returns", "events")


def test_without_wait_queue_and_returns_only_documents_and_hand_over_are_left() -> None:
    drawn = clock(made(off=CALM)).drawn
    assert drawn is not None
    assert (drawn.granted == drawn.accepted).all()
    assert (drawn.taken == drawn.accepted).all()
    packed = clock(desk_time(BOOK, on(f"{DY_MAGNET}, to: DE", ON.isoformat()), load_desk().without(CALM))).drawn
    assert packed is not None
    assert (packed.handed == drawn.handed).all()


def test_the_files_before_it_are_waited_for_in_calendar_days() -> None:
    """Two months of work before every file, whatever the capacity: 61 days, the last begun one counted."""
    drawn = clock(made(work=2.0)).drawn
    assert drawn is not None
    assert (drawn.taken - drawn.accepted == np.ceil(2 * MONTH_DAYS)).all()


def test_the_wait_lies_between_those_of_the_highest_and_lowest_capacity() -> None:
    """Capacity is triangular over its range, a third of it below the value; the wait is linear between the paths."""
    desk = made()
    for at, work in enumerate((4.0, 2.0, 1.0, 0.0)):
        desk.work_months[at] = work
    drawn = clock(desk).drawn
    assert drawn is not None
    months = (drawn.taken - drawn.accepted) / MONTH_DAYS
    assert months.min() >= 0
    assert months.max() <= 4 + 1 / MONTH_DAYS
    assert float((months > 1 + 1 / MONTH_DAYS).mean()) == pytest.approx(1 / 3, abs=0.03)


def test_a_file_of_before_the_path_does_not_wait() -> None:
    drawn = clock(made(work=2.0), filed_on=dt.date(2025, 10, 1)).drawn
    assert drawn is not None
    early = drawn.accepted < dt.date(2026, 1, 1).toordinal()
    assert (drawn.taken[early] == drawn.accepted[early]).all()


@pytest.mark.parametrize("work", [0.0, 2.0])
def test_a_halt_shifts_every_day_by_its_length(work: float) -> None:
    """Documents end by 30 June; a full halt from 1 March on stops the queue, and its length comes on top."""
    start = dt.date(2026, 3, 2).toordinal()
    filed = dt.date(2026, 3, 2)
    for days in (0, 30, 90):
        last = (dt.date(2026, 4, 1) + dt.timedelta(days - 1)).isoformat()
        halts = [event("halt", "2026-04-01", last)] if days else []
        taken = clock(made(work=max(work, 2.0), events=halts), filed_on=filed).drawn
        assert taken is not None
        # Two months of waiting from March on are not over when the halt begins.
        assert (taken.taken - taken.accepted == np.ceil(2 * MONTH_DAYS) + days).all()
        assert taken.accepted.max() < dt.date(2026, 4, 1).toordinal()
        assert taken.accepted.min() > start


def test_decisions_due_in_a_full_halt_come_on_the_day_after_it() -> None:
    free, halted = granted(made()), granted(made(events=[event("halt", "2026-03-03", "2026-08-31")]))
    first = dt.date(2026, 9, 1).toordinal()
    assert (halted[free < first] >= first).all()
    assert (halted[free < first] > free[free < first]).all()


def test_a_slow_down_withholds_its_share_month_by_month() -> None:
    """Half of the decisions are taken at once, a quarter a month later; taking up is slowed alike."""
    slow = made(events=[event("slow_down", "2026-03-03", "2030-12-31", 0.5)], off=("queue",))
    drawn = clock(slow).drawn
    assert drawn is not None
    waited = drawn.taken - drawn.accepted
    assert float((waited == 0).mean()) == pytest.approx(0.5, abs=0.03)
    assert float((waited == np.ceil(MONTH_DAYS)).mean()) == pytest.approx(0.25, abs=0.03)


def test_a_halt_without_an_end_goes_on_for_the_expected_months_on_average() -> None:
    desk = made(events=[event("halt", "2026-01-01", None)])
    draw = DeskDraw(desk, None, ("a test",))
    (spell,) = draw.spells
    months = (spell.ends - ON.toordinal()) / MONTH_DAYS
    assert months.min() >= 0
    assert months.mean() == pytest.approx(3.0, rel=0.05)
    assert "LD-halt_expected_months" in draw.rows


def test_halts_elsewhere_and_elements_switched_off_change_nothing() -> None:
    free = granted(made())
    assert (granted(made(events=[event("halt", "2026-01-01", "2026-12-31", place="IN")])) == free).all()
    assert (granted(made(events=[event("halt", "2026-01-01", "2026-12-31")], off=("events",))) == free).all()
    assert (granted(made(events=[event("halt", "2026-01-01", "2026-12-31", place="EU")])) > free).any()


def test_returned_files_come_in_again_after_the_delay_of_the_row() -> None:
    """A quarter returned each time: so many are accepted at once, and those returned once 20 days later."""
    base = clock(made()).drawn
    found = clock(made([row("returned_share", 0.25)])).drawn
    assert base is not None
    assert found is not None
    rounds = (found.accepted - base.accepted) / 20
    assert float((rounds == 0).mean()) == pytest.approx(0.75, abs=0.03)
    assert float((rounds == 1).mean()) == pytest.approx(0.1875, abs=0.03)
    assert set(np.unique(rounds)) <= set(range(9))


def test_a_row_holds_in_its_months_only() -> None:
    strict = replace(
        row("returned_share", 1.0), begins_on=dt.date(2026, 9, 1), ends_on=dt.date(2026, 9, 30), id="LD-strict"
    )
    desk = made()
    desk = replace(desk, practice=replace(desk.practice, rows=(*desk.practice.rows, strict)))
    draw = DeskDraw(desk, None, ("a test",))
    days = np.array([dt.date(2026, month, 10).toordinal() for month in (8, 9, 10)])
    assert draw.returned(days).tolist() == [0.0, 1.0, 0.0]
    assert {"LD-returned_share", "LD-strict"} <= draw.rows.keys()


def test_chances_of_the_company_replace_those_of_the_desk() -> None:
    own = Chances(Decimal(0), 0, Decimal(0), "measured", "a test")
    strict = [row("returned_share", 0.9), row("questioned_share", 0.9)]
    assert (granted(made(strict), chances=own) == granted(made())).all()


def test_the_review_is_never_longer_than_the_limit_unless_it_is_interrupted() -> None:
    """45 working days; with a round of questions longer by its working days at most."""
    long = Gamma(300.0, 4.0)
    capped, asked = clock(made(gamma=long)).drawn, clock(made([row("questioned_share", 1.0)], gamma=long)).drawn
    assert capped is not None
    assert asked is not None
    assert (capped.granted - capped.taken).max() < 45 * 2
    assert (asked.granted > capped.granted).all()
    assert (asked.granted - asked.taken).max() < 85 * 2


def test_review_times_of_the_clock_are_those_of_the_market() -> None:
    """Mean and spread of the draws are those of the gamma distribution that gives the desk its review kernel."""
    law = review(load_desk(), "magnet", "DE", "civil", ON)
    found = desk_time(BOOK, on(f"{DY_MAGNET}, to: DE", ON.isoformat()))
    assert found.review == law
    days = DeskDraw(found, None, ("a test",)).reviewed("a", "test")
    error = (law.variance / DRAWS) ** 0.5
    assert float(days.mean()) == pytest.approx(law.mean, abs=3 * error)
    assert float(days.std()) == pytest.approx(law.variance**0.5, rel=0.05)
    for share in (0.25, 0.5, 0.9):
        assert law.decided(float(np.quantile(days, share))) == pytest.approx(share, abs=0.02)


def test_the_same_key_gives_the_same_days() -> None:
    desk = made([row("returned_share", 0.3, 0.1, 0.6)], [event("halt", "2026-01-01", None, 0.5)], work=1.0)
    assert (granted(desk) == granted(desk)).all()
    assert (granted(desk, key=("b",)) != granted(desk)).any()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (f"{DY_MAGNET}, to: DE", ("magnet", "DE", "civil")),
        (f"{DY_MAGNET}, to: US, military_use: true", ("magnet", "US", "military")),
        ("act: goods, form: alloy, elements: [Dy], to: JP", ("metal", "JP", "civil")),
        ("act: goods, form: magnet_powder, elements: [Dy], to: JP", ("powder", "JP", "civil")),
        ("act: goods, form: target, elements: [Tb], to: KR", ("target", "KR", "civil")),
        ("act: goods, form: functional_material, elements: [Tb], to: KR", ("compound", "KR", "civil")),
        ("act: goods, form: assembly, elements: [Dy], to: KR", ("magnet", "KR", "civil")),
        ("act: goods, form: equipment, to: VN", ("technology", "VN", "civil")),
        ("act: service, form: none, to: VN", ("service", "VN", "civil")),
        (f"{SINTERING_RECIPE}, to: VN", ("technology", "VN", "civil")),
    ],
)
def test_every_deal_has_a_queue(facts: str, expected: tuple[str, str, str]) -> None:
    assert queue_of(on(facts, ON.isoformat()).deal) == expected


def path(*queues: Queue, orders: Iterable[float]) -> UsualDesk:
    grid = np.ones((3, len(queues)))
    return UsualDesk(FIRST, queues, np.array(list(orders)), QueueMonths(*(grid for _ in range(11))))


def test_a_queue_that_is_not_followed_waits_as_one_of_the_same_reports() -> None:
    """Estonia has no queue of its own: like Germany; if reports speak of Germany alone, like Brazil."""
    practice = made().practice
    usual = path(DE, Queue("magnet", "BR", "civil"), Queue("oxide", "DE", "civil"), orders=[5.0, 9.0, 20.0])
    estonia = Queue("magnet", "EE", "civil")
    assert like_queue(usual, practice, DE) == 0
    assert like_queue(usual, practice, Queue("powder", "DE", "civil")) == 2
    assert like_queue(usual, practice, estonia) == 1
    union = replace(practice, events=(event("slow_down", "2026-01-01", None, 0.5, "EU"),))
    assert like_queue(usual, union, estonia) == 0
    germany = replace(practice, events=(event("slow_down", "2026-01-01", None, 0.5, "DE"),))
    assert like_queue(usual, germany, estonia) == 1


def test_where_nothing_is_asked_no_queue_is_like_it() -> None:
    usual = path(DE, orders=[5.0])
    free = replace(usual, months=replace(usual.months, asked=np.zeros((3, 1))))
    assert like_queue(free, made().practice, DE) is None
