"""The licensing desk of the package, month by month, against one in plain lists written from docs/market.md."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from coercivity.base.days import Day
from coercivity.base.months import Month, middle_of, month_text, parse_month
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.licensing.cells import ASKED
from coercivity.market.run.licensing.usual_desk import usual_cells
from coercivity.permission.buckets import Bucket
from coercivity.permission.desk.ahead import ahead
from coercivity.permission.desk.cells import Cells
from coercivity.permission.desk.from_practice import desk_of
from coercivity.permission.desk.state import DeskMonth, empty_desk
from coercivity.permission.gates import Gates
from coercivity.practice.desk import DeskPractice, PracticeEvent, Scope
from coercivity.practice.desk_tables import load_desk
from coercivity.practice.records import load_records, load_reports
from tests.oracles.desk.figures_by_the_book import BookCell, Heard
from tests.oracles.desk_by_the_book import BookDesk

FIRST, LAST, AHEAD = parse_month("2024-12"), parse_month("2026-12"), 30
NAMES = (
    *("new", "again", "returned", "taken", "granted", "refused", "pending", "waiting", "halted", "barred"),
    *("granted_t", "used_t", "general_t", "idle_t", "expired_t", "licences_t"),
)


def unused(practice: DeskPractice) -> DeskPractice:
    """The packed rows, and half of the licences of Japan that are not used from May 2026 on."""
    day, where = Day(2026, 5, 11), Scope("any", "JP", "any")
    event = PracticeEvent("X01", "unused_licences", where, 0.5, 0.5, 0.5, begins_on=day, ends_on=None, reported_on=day)
    return replace(practice, events=(*practice.events, event))


def slower(practice: DeskPractice) -> DeskPractice:
    """Other figures: files of half a tonne, licences of three months, two thirds returned, a halt that ends soon."""
    told = {"LD012": 0.5, "LD013": 3.0, "LD018": 0.66, "LD015": 0.9, "LD022": 20.0, "LD023": 1.4, "LD009": 20.0}
    rows = tuple(replace(row, value=told.get(row.id, row.value)) for row in practice.rows)
    return replace(unused(practice), rows=rows)


def heard_of(country: str, practice: DeskPractice) -> Heard:
    """What the packed reports say of a country: decided files, days, and days that are lower bounds."""
    special = load_records().special_uses
    places = {country, "ALL", *(group for group, members in practice.groups.items() if country in members)}
    found = [each for each in load_reports() if each.destination in places and each.end_use not in special]
    days = [
        (
            float(each.value) * (7 / 5 if each.unit == "working_days" else 1.0),
            each.group == "expected" or each.qualifier,
        )
        for each in found
        if each.group in ("processing", "expected")
    ]
    decided = {each.metric: float(each.value) for each in found if each.decides}
    return Heard(
        granted=decided.get("approved_applications", 0.0),
        refused=decided.get("rejected_applications", 0.0),
        seen=tuple(value for value, beyond in days if not beyond),
        beyond=tuple(value for value, beyond in days if beyond),
    )


def book_desk(cells: Cells, practice: DeskPractice) -> BookDesk:
    told = [BookCell(cell.bucket, *cell.queue, cell.orders_t) for cell in cells.cells]
    heard = {country: heard_of(country, practice) for country in {cell.country for cell in told}}
    return BookDesk(practice, told, heard, FIRST)


@pytest.fixture(scope="module")
def asked_in(book: Rulebook) -> Callable[[Month], list[int]]:
    """What the law asks of each cell: nothing, a licence, or one whose denial is presumed."""
    gates, cells = Gates(book), usual_cells()
    found: dict[Month, list[int]] = {}

    def ask(month: Month) -> list[int]:
        if month not in found:
            on = middle_of(month)
            ways = {name: gates.controls(Bucket(*name), on, on).passes for name in cells.buckets}
            found[month] = [ASKED.get(way, 0) if (way := ways[cell.bucket]) else 0 for cell in cells.cells]
        return found[month]

    return ask


def months(
    practice: DeskPractice, asked_in: Callable[[Month], list[int]]
) -> Iterator[tuple[Month, BookDesk, list[dict[str, float]], list[float], list[list[float]], DeskMonth, list[str]]]:
    """Drives both desks with the same files and shipments, drawn month by month."""
    cells, draw = usual_cells(), Random(20)
    desk, other = desk_of(cells, practice, FIRST), book_desk(cells, practice)
    state = empty_desk(desk.terms)
    orders = dict(zip(cells.buckets, cells.by_bucket(cells.orders_t).tolist(), strict=True))
    for month in range(FIRST, LAST + 1):
        asked, later = asked_in(month), asked_in(month + 1)
        opened = desk.begin(state, month, np.array(asked), np.array(later))
        books = other.begin(month, asked, later)
        seen = ahead(opened, AHEAD)
        leads, expected = other.leads(), other.expected(AHEAD)
        needs = {cell.bucket for cell, now, then in zip(cells.cells, asked, later, strict=True) if now or then}
        usable = dict(zip(cells.buckets, (seen.usable_t + seen.general_t[:, 0]).tolist(), strict=True))
        filed: dict[tuple[str, ...], float] = {}
        shipped: dict[tuple[str, ...], float] = {}
        for name in cells.buckets:
            filed[name] = orders[name] * draw.choice([0.0, 0.4, 1.0, 1.25]) if name in needs else 0.0
            shipped[name] = usable[name] * draw.choice([0.0, 0.1, 0.7, 1.0])
        opened.file(np.array(list(filed.values())))
        other.file(filed)
        other.ship(shipped, books)
        state, record = opened.close(np.array(list(shipped.values())), seen.lead_by_cell)
        faults = [] if leads == pytest.approx(seen.lead_by_cell.tolist(), abs=1e-9) else ["lead_months"]
        by_bucket = {name: [0.0] * AHEAD for name in cells.buckets}
        for cell, row in zip(cells.cells, expected, strict=True):
            by_bucket[cell.bucket] = [a + b for a, b in zip(by_bucket[cell.bucket], row, strict=True)]
        # Grants beyond the plan are gathered in its last month by the package.
        near = np.array(list(by_bucket.values()))[:, :-1]
        faults += [] if np.allclose(near, seen.grants_t[:, :-1], rtol=0, atol=1e-9) else ["grants_t"]
        yield month, other, books, leads, expected, record, faults


@pytest.mark.parametrize("changed", [lambda practice: practice, unused, slower], ids=["packed", "unused", "slower"])
def test_every_month_of_the_desk_is_that_of_the_book(
    changed: Callable[[DeskPractice], DeskPractice], asked_in: Callable[[Month], list[int]]
) -> None:
    worst: list[str] = []
    decided = 0.0
    for month, other, books, _, _, record, faults in months(changed(load_desk()), asked_in):
        worst += [f"{month_text(month)} {name}" for name in faults]
        for name in NAMES:
            for place, (book, value) in enumerate(zip(books, getattr(record, name).tolist(), strict=True)):
                if not math.isclose(book[name], value, rel_tol=1e-9, abs_tol=1e-9):
                    cell = other.cells[place]
                    worst.append(f"{month_text(month)} {name} {cell.bucket} {cell.country}: {book[name]} or {value}")
        decided += math.fsum(book["granted"] + book["refused"] for book in books)
    assert worst[:5] == []
    assert decided > 10_000
