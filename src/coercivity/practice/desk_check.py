"""Checks of the rows of the licensing desk, those of the packed tables and those of a scenario alike.

Error codes:

- DESK-NAME: a parameter, form, destination, user or kind does not exist, or an id is used twice
- DESK-UNIT: the unit is not the one of the parameter
- DESK-SHARE, DESK-RANGE: a share is not between 0 and 1; a value is not between its ends, or not one to calculate with
- DESK-DAYS: a row ends before it begins
- DESK-CAPACITY: a desk that could decide nothing
- DESK-GENERAL: a general licence without holders, customers or validity
- DESK-REPORT: a report that does not exist
- DESK-CONTRADICTS: two rows that say different things of the same days
- DESK-MISSING: a parameter without a row for all
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, get_args

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.law.rules.load import load_rulebook
from coercivity.practice.desk import (
    ANY,
    EVERYWHERE,
    FORMS,
    PARAMETERS,
    CustomsHold,
    DeskPractice,
    DeskRow,
    EventKind,
    GeneralLicence,
    PracticeEvent,
    Scope,
)
from coercivity.practice.desk_bounds import MOST, POSITIVE, bounds_of, unit_of
from coercivity.practice.records import load_reports

USERS = ("civil", "military")
KINDS: tuple[EventKind, ...] = get_args(EventKind)
AnyRow = DeskRow | PracticeEvent | GeneralLicence | CustomsHold
R = TypeVar("R", bound=AnyRow)


def check_desk(
    practice: DeskPractice, faults: Faults, where: Mapping[str, str] | None = None, *, whole: bool = True
) -> None:
    """Adds every fault of the rows of a licensing desk.

    A scenario joins its rows to those of the pack, replaces what it means to replace, and calls this.

    Args:
        practice: The rows.
        faults: Faults of the same input found so far.
        where: File and line, or key, of each row by its id; the column is added. By default the id.
        whole: Whether these are all rows, so that every parameter needs one for all.
    """
    check = _Check(practice, faults, where or {})
    check.run()
    if whole:
        check.missing()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(load_rulebook().catalogue.countries)


@lru_cache(maxsize=1)
def _report_ids() -> frozenset[str]:
    return frozenset(report.id for report in load_reports())


@dataclass(frozen=True, slots=True)
class _Check:
    practice: DeskPractice
    faults: Faults
    where: Mapping[str, str]

    def run(self) -> None:
        practice = self.practice
        rows: tuple[AnyRow, ...] = (*practice.rows, *practice.events, *practice.general, *practice.holds)
        for row in rows:
            self.scope(row)
            self.reports(row)
        self.twice(rows)
        for figure in practice.rows:
            self.figure(figure)
        for event in practice.events:
            self.word(event, "kind", event.kind, KINDS)
            self.share(event, (event.low, event.share, event.high))
            self.days(event, event.begins_on, event.ends_on)
        for licence in practice.general:
            self.general(licence)
        for hold in practice.holds:
            self.share(hold, (hold.low, hold.share, hold.high))
            self.ordered(hold, ("days_low", "days", "days_high"), (hold.days_low, hold.days, hold.days_high))
            self.most(hold, "days", hold.days, MOST["calendar_days"])
            self.days(hold, hold.begins_on, hold.ends_on)
        self.priors()
        self.contradictions()

    def add(self, code: str, what: str, row: AnyRow, column: str, *, near: Iterable[str] = (), next: str) -> None:
        at = self.where.get(row.id, row.id)
        self.faults.add(code, f"{row.id}: {what}", where=f"{at}, {column}", nearest=near, next=next)

    def word(self, row: AnyRow, column: str, word: str, known: Sequence[str] | frozenset[str]) -> None:
        if word not in known:
            step = f"one of: {', '.join(known)}" if len(known) < 12 else "correct the name"
            near = nearest(word, known)
            self.add("DESK-NAME", f"{column} {brief_value(word)!r} not found", row, column, near=near, next=step)

    def scope(self, row: AnyRow) -> None:
        self.word(row, "form", row.scope.form, (ANY, *FORMS))
        self.word(row, "user", row.scope.user, (ANY, *USERS))
        places, place = _countries() | {EVERYWHERE, *self.practice.groups}, row.scope.destination
        if place not in places:
            what, near = f"destination {brief_value(place)!r} not found", nearest(place, places)
            step = (
                f"use ISO 3166 alpha-2, {EVERYWHERE}, or a group: {', '.join(sorted(self.practice.groups)) or 'none'}"
            )
            self.add("DESK-NAME", what, row, "destination", near=near, next=step)

    def reports(self, row: AnyRow) -> None:
        for name in row.reports:
            if name not in _report_ids():
                what, near = f"report {brief_value(name)!r} not found", nearest(name, _report_ids())
                self.add("DESK-REPORT", what, row, "reports", near=near, next="name a row of licence_practice")

    def twice(self, rows: Sequence[AnyRow]) -> None:
        seen = set[str]()
        for row in rows:
            if row.id in seen:
                self.add("DESK-NAME", "the id is used twice", row, "id", next="give each row its own id")
            seen.add(row.id)

    def figure(self, row: DeskRow) -> None:
        self.word(row, "parameter", row.parameter, PARAMETERS)
        ends = (row.low, row.value, row.high)
        self.days(row, row.begins_on, row.ends_on)
        if row.parameter not in PARAMETERS:
            return
        unit = unit_of(row.parameter)
        if row.unit != unit:
            what = f"the unit of {row.parameter} is {unit}, not {brief_value(row.unit)!r}"
            self.add("DESK-UNIT", what, row, "unit", near=(unit,), next=f"convert value, low and high to {unit}")
        if unit == "fraction":
            self.share(row, ends, "value")
        else:
            self.ordered(row, ("low", "value", "high"), ends)
            self.most(row, "value", row.value, bounds_of(row.parameter)[1])
        if row.parameter in POSITIVE:
            self.least(row)

    def most(self, row: AnyRow, column: str, value: float, most: float) -> None:
        if math.isfinite(value) and value > most:
            what = f"{column} {value:.12g} is above {most:.12g}, more than can be calculated with"
            self.add("DESK-RANGE", what, row, column, next=f"give {most:.12g} or less")

    def least(self, row: DeskRow) -> None:
        least, _ = bounds_of(row.parameter)
        column, value = ("value", row.value) if row.value < least else ("low", row.low)
        if value <= 0:
            what = f"{row.parameter} is {value:.12g}, so the licensing desk could decide nothing"
            self.add("DESK-CAPACITY", what, row, column, next="give a value above zero; a halt is an event")
        elif value < least:
            what = f"{column} {value:.12g} is below {least:.12g}, less than can be calculated with"
            self.add("DESK-RANGE", what, row, column, next=f"give {least:.12g} or more")

    def priors(self) -> None:
        """Adds priors of nothing granted and nothing refused, which give no share."""
        for name in ("prior_civil", "prior_case", "prior_denial"):
            zero = [row for row in self.practice.rows if row.value == 0]
            granted = [row for row in zero if row.parameter == f"{name}_granted"]
            refused = [row for row in zero if row.parameter == f"{name}_refused"]
            if granted and refused:
                what = f"{name}_refused is 0, and so is {name}_granted of {granted[0].id}: no share can be granted"
                self.add("DESK-CAPACITY", what, refused[0], "value", next="give one of the two a value above zero")

    def share(self, row: AnyRow, ends: tuple[float, float, float], column: str = "share") -> None:
        for name, end in zip(("low", column, "high"), ends, strict=True):
            if not 0 <= end <= 1:
                what = f"{name} {end:.12g} is not between 0 and 1"
                self.add("DESK-SHARE", what, row, name, next="shares are fractions: 0.3 is 30 per cent")
        self.ordered(row, ("low", column, "high"), ends)

    def ordered(self, row: AnyRow, names: tuple[str, str, str], ends: tuple[float, float, float]) -> None:
        (low_name, name, high_name), (low, value, high) = names, ends
        for column, end in zip(names, ends, strict=True):
            if not math.isfinite(end) or end < 0:
                self.add(
                    "DESK-RANGE", f"{column} {end:.12g} is not a number of 0 or more", row, column, next="correct it"
                )
        if low > value:
            what = f"{low_name} {low:.12g} is above {name} {value:.12g}"
            self.add("DESK-RANGE", what, row, low_name, next=f"{low_name} <= {name} <= {high_name}")
        if value > high:
            what = f"{name} {value:.12g} is above {high_name} {high:.12g}"
            self.add("DESK-RANGE", what, row, high_name, next=f"{low_name} <= {name} <= {high_name}")

    def days(self, row: AnyRow, begins_on: Day | None, ends_on: Day | None) -> None:
        if begins_on is not None and ends_on is not None and ends_on < begins_on:
            what = f"ends on {ends_on.isoformat()}, before it begins on {begins_on.isoformat()}"
            self.add("DESK-DAYS", what, row, "ends_on", next="correct one of the days; both belong to the row")

    def general(self, row: GeneralLicence) -> None:
        self.share(row, (row.low, row.share, row.high))
        if not 0 <= row.renewed_share <= 1:
            what = f"renewed_share {row.renewed_share:.12g} is not between 0 and 1"
            self.add("DESK-SHARE", what, row, "renewed_share", next="shares are fractions: 0.9 is 90 per cent")
        if not any(name.strip() for name in row.holders):
            self.add("DESK-GENERAL", "no holders", row, "holders", next="name the exporters that hold it")
        if not row.customers.strip():
            self.add("DESK-GENERAL", "no customers", row, "customers", next="say for which customers it is valid")
        if row.life_months <= 0:
            what = f"valid for {row.life_months} months"
            self.add("DESK-GENERAL", what, row, "life_months", next="give the months of validity, 1 or more")

    def contradictions(self) -> None:
        practice = self.practice
        always = [row for row in practice.rows if _always(row)]
        dated = [row for row in practice.rows if not _always(row)]
        for rows in (always, dated):
            self.pairs(rows, lambda row: (row.parameter, row.scope), lambda row: (row.begins_on, row.ends_on))
        self.pairs(practice.events, lambda row: (row.kind, row.scope), lambda row: (row.begins_on, row.ends_on))
        self.pairs(practice.general, lambda row: row.scope, _valid)
        self.pairs(practice.holds, lambda row: row.scope, lambda row: (row.begins_on, row.ends_on))

    def pairs(
        self,
        rows: Iterable[R],
        same: Callable[[R], object],
        days: Callable[[R], tuple[Day | None, Day | None]],
    ) -> None:
        groups: dict[object, list[R]] = {}
        for row in rows:
            groups.setdefault(same(row), []).append(row)
        for group in groups.values():
            for one, other in _overlapping(group, days):
                what = f"contradicts {one.id} ({self.where.get(one.id, one.id)}): same scope, overlapping days"
                step = f"end {one.id} before {other.id} begins, or leave one out"
                self.add("DESK-CONTRADICTS", what, other, "begins_on", next=step)

    def missing(self) -> None:
        for_all = [row for row in self.practice.rows if row.scope == Scope() and _always(row)]
        held = {row.parameter for row in for_all}
        for parameter in PARAMETERS:
            if parameter not in held:
                what = f"no row gives {parameter} for form any, destination {EVERYWHERE}, user any, without days"
                step = f"add one, with unit {unit_of(parameter)}"
                self.faults.add("DESK-MISSING", what, where="desk_figures, parameter", nearest=(), next=step)


def _always(row: DeskRow) -> bool:
    return row.begins_on is None and row.ends_on is None


def _valid(row: GeneralLicence) -> tuple[Day, Day | None]:
    """Returns the days of a general licence; one that is renewed has no end."""
    if row.renewed_share > 0 or row.life_months <= 0:
        return row.begins_on, None
    months = row.begins_on.year * 12 + row.begins_on.month - 1 + row.life_months
    year, month = min(months // 12, Day.max.year), months % 12 + 1
    return row.begins_on, Day(year, month, min(row.begins_on.day, 28)) - ONE_DAY


def _overlapping(group: Sequence[R], days: Callable[[R], tuple[Day | None, Day | None]]) -> Iterator[tuple[R, R]]:
    """Yields each row that begins before another has ended, with that one; of two, the one listed later comes last."""
    spans = [(begin or Day.min, end or Day.max, at) for at, (begin, end) in enumerate(map(days, group))]
    last: tuple[Day, int] | None = None
    found = []
    for begin, end, at in sorted(spans):
        if last is not None and begin <= last[0]:
            found.append((max(last[1], at), min(last[1], at)))
        if last is None or end > last[0]:
            last = (end, at)
    for later, earlier in sorted(found):
        yield group[earlier], group[later]
