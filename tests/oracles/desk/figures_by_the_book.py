"""Figures of the licensing desk in lists and floats, from equations 15 to 18, 58 and 59 of docs/market.md alone."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coercivity.practice.desk import DeskPractice

MONTH_DAYS = 365.25 / 12
WEEK = 7 / 5
LAST_REVIEW_MONTH = 8
# Documents, filing, answer to a round of questions, hand-over [working days], AS068 to AS075; limit of the law.
DOCUMENTS, FILING, ANSWER, HANDOVER, LIMIT = (15, 7, 7, 5), 5, 15, 3, 45


@dataclass(frozen=True)
class BookCell:
    """A group of licences in one country: group, form, country, user, usual shipments of a month [t]."""

    bucket: tuple[str, ...]
    form: str
    country: str
    user: str
    orders: float

    @property
    def queue(self) -> tuple[str, str, str]:
        return self.form, self.country, self.user


@dataclass(frozen=True)
class Heard:
    """What reports say of a country: decided files, reported days, days that are lower bounds."""

    granted: float = 0.0
    refused: float = 0.0
    seen: tuple[float, ...] = ()
    beyond: tuple[float, ...] = ()


def gamma_cdf(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function: a series, or a continued fraction in the upper tail."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = whole = 1 / shape
        n = shape
        while abs(term) > 1e-17 * abs(whole):
            n += 1
            term *= x / n
            whole += term
        return front * whole
    b = x + 1 - shape
    c, d = 1e300, 1 / b
    h = d
    for i in range(1, 10_000):
        an = -i * (i - shape)
        b += 2
        d = 1 / (an * d + b)
        c = b + an / c
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return 1 - front * h


def review_time(m0: float, v0: float, n: float, heard: Heard) -> tuple[float, float]:
    """Shape and scale of the days at the authority, (16)."""
    mean, square = m0, v0 + m0 * m0
    reports = len(heard.seen) + len(heard.beyond)
    for _ in range(10_000):
        shape = mean * mean / (square - mean * mean)
        scale = mean / shape
        first, second = n * m0, n * (v0 + m0 * m0)
        for days in heard.seen:
            first, second = first + days, second + days * days
        for bound in heard.beyond:
            left = 1 - gamma_cdf(shape, bound / scale)
            first += shape * scale * (1 - gamma_cdf(shape + 1, bound / scale)) / left
            second += shape * (shape + 1) * scale**2 * (1 - gamma_cdf(shape + 2, bound / scale)) / left
        after = first / (n + reports), second / (n + reports)
        done = abs(after[0] - mean) < 1e-13 * mean and abs(after[1] - square) < 1e-13 * square
        mean, square = after
        if done:
            break
    shape = mean * mean / (square - mean * mean)
    return shape, mean / shape


def months_of(days: float) -> int:
    """Days to the nearest month."""
    return math.floor(days / MONTH_DAYS + 0.5)


def share_of_month(begins: date | None, ends: date | None, month: int) -> float:
    """The share of the days of a month that lie between two days, both included."""
    year, number = month // 12, month % 12 + 1
    count = monthrange(year, number)[1]
    days = [date(year, number, day) for day in range(1, count + 1)]
    return len([d for d in days if (begins is None or d >= begins) and (ends is None or d <= ends)]) / count


class BookFigures:
    """The figures of a month, cell by cell."""

    def __init__(self, practice: DeskPractice, heard: Mapping[str, Heard]) -> None:
        self.practice, self.heard = practice, heard

    def figure(self, name: str, cell: BookCell, on: date) -> float:
        """The nearest row: country, group, all; then form, user, newest beginning; one with days before one without."""
        best: tuple[tuple[object, ...], float] | None = None
        for row in self.practice.rows:
            if row.parameter != name or not self._speaks(row.scope, cell):
                continue
            if (row.begins_on is not None and on < row.begins_on) or (row.ends_on is not None and on > row.ends_on):
                continue
            rank = (*self._near(row.scope), row.begins_on or date.min)
            if best is None or rank > best[0]:
                best = (rank, row.value)
        assert best is not None, (name, cell, on)
        return best[1]

    def _speaks(self, scope: object, cell: BookCell) -> bool:
        form, place, user = scope.form, scope.destination, scope.user  # type: ignore[attr-defined]
        here = place in ("ALL", cell.country) or cell.country in self.practice.groups.get(place, ())
        return here and form in ("any", cell.form) and user in ("any", cell.user)

    def _near(self, scope: object) -> tuple[int, int, int]:
        form, place, user = scope.form, scope.destination, scope.user  # type: ignore[attr-defined]
        at = 0 if place == "ALL" else 1 if place in self.practice.groups else 2
        return at, int(form != "any"), int(user != "any")

    def kernel_of(self, cell: BookCell, on: date) -> list[float]:
        m0 = WEEK * (
            self.figure("review_limit_share", cell, on) * LIMIT + self.figure("questioned_share", cell, on) * ANSWER
        )
        v0 = (self.figure("review_spread", cell, on) * m0) ** 2
        shape, scale = review_time(m0, v0, self.figure("review_prior_files", cell, on), self.heard[cell.country])

        def decided(days: float) -> float:
            return gamma_cdf(shape, days / scale)

        hand = WEEK * HANDOVER
        found = [
            decided((n + 0.5) * MONTH_DAYS - hand) - decided((n - 0.5) * MONTH_DAYS - hand)
            for n in range(LAST_REVIEW_MONTH)
        ]
        return [*found, 1 - math.fsum(found)]

    def granted_share(self, cell: BookCell, denial: bool, on: date) -> float:
        """(15)."""
        kind = "denial" if denial else "civil" if cell.user == "civil" else "case"
        yes, no = (self.figure(f"prior_{kind}_{end}", cell, on) for end in ("granted", "refused"))
        if kind == "civil":
            heard = self.heard[cell.country]
            return (yes + heard.granted) / (yes + no + heard.granted + heard.refused)
        return yes / (yes + no)

    def _events(self, cell: BookCell, month: int, kinds: tuple[str, ...]) -> float:
        left = 1.0
        for event in self.practice.events:
            if event.kind in kinds and self._speaks(event.scope, cell):
                left *= 1 - event.share * share_of_month(event.begins_on, event.ends_on, month)
        return left

    def going(self, cell: BookCell, month: int) -> float:
        return self._events(cell, month, ("halt", "slow_down"))

    def usable(self, cell: BookCell, month: int) -> float:
        return self._events(cell, month, ("unused_licences",))

    def general_share(self, cell: BookCell, month: int) -> float:
        """The share of usual shipments under general licences: the nearest row of each day, less at each renewal."""
        year, number = month // 12, month % 12 + 1
        count = monthrange(year, number)[1]
        whole = 0.0
        for day in (date(year, number, d) for d in range(1, count + 1)):
            best: tuple[tuple[object, ...], float] | None = None
            for row in self.practice.general:
                if row.begins_on > day or not self._speaks(row.scope, cell):
                    continue
                gone = (day.year - row.begins_on.year) * 12 + day.month - row.begins_on.month
                gone -= day.day < row.begins_on.day
                share = row.share * row.renewed_share ** (gone // row.life_months)
                rank = (*self._near(row.scope), row.begins_on)
                if best is None or rank > best[0]:
                    best = (rank, share)
            whole += best[1] if best else 0.0
        return whole / count
