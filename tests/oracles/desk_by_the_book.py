"""A slow licensing desk in lists and floats, written from equations 55 to 61 of docs/market.md alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coercivity.practice.desk import DeskPractice
from tests.oracles.desk.figures_by_the_book import DOCUMENTS, FILING, WEEK, BookCell, BookFigures, Heard, months_of

LAW_LIFE_MONTHS = 12
# The last month after taking up that users tell apart.
LAST_EXPECTED_MONTH = 11


@dataclass
class Held:
    """What a cell has at the desk."""

    prepared: dict[int, float] = field(default_factory=dict)
    again: dict[int, float] = field(default_factory=dict)
    waiting: dict[int, float] = field(default_factory=dict)
    due: dict[int, float] = field(default_factory=dict)
    licences: dict[int, float] = field(default_factory=dict)
    late: float = 0.0
    barred: float = 0.0
    begin: int | None = None
    denial: bool = False


class BookDesk(BookFigures):
    """The desk of one run."""

    def __init__(
        self, practice: DeskPractice, cells: Sequence[BookCell], heard: Mapping[str, Heard], first: int
    ) -> None:
        super().__init__(practice, heard)
        self.cells = list(cells)
        self.state = [Held() for _ in cells]
        on = date(first // 12, first % 12 + 1, 15)
        self.documents = months_of(WEEK * (max(DOCUMENTS) + FILING))
        self.size = [self.figure("file_size_t", c, on) for c in cells]
        self.life = [int(min(LAW_LIFE_MONTHS, self.figure("licence_life_months", c, on))) for c in cells]
        self.kernel = [self.kernel_of(c, on) for c in cells]

    def coming(self, place: int, month: int) -> float:
        """(56)."""
        cell, on = self.cells[place], date(month // 12, month % 12 + 1, 15)
        granted = self.granted_share(cell, self.state[place].denial, on)
        back, back_again = self.figure("returned_share", cell, on), self.figure("returned_refiled_share", cell, on)
        refused_again = self.figure("refused_refiled_share", cell, on)
        return (1 - back) * granted / (1 - back * back_again - (1 - back) * (1 - granted) * refused_again)

    def begin(self, month: int, asked: Sequence[int], later: Sequence[int]) -> list[dict[str, float]]:
        """A month of the desk before the plan, (55), (57), (58); asked: 0 free, 1 licence, 2 presumed denial.

        Files that go in before a control are decided as the law asks on its first days: `later`.
        """
        on = date(month // 12, month % 12 + 1, 15)
        self.month, self.asked, self.on = month, list(asked), on
        self.capacity = 0.0
        books = []
        for cell, held, ask, then, size in zip(self.cells, self.state, asked, later, self.size, strict=True):
            if ask or then:
                held.denial = (ask or then) == 2
            if held.begin is None and (ask or held.prepared.get(month)):
                held.begin = month
            if held.begin is not None:
                first, learned = self.figure("decisions_begin", cell, on), self.figure("decisions_learned", cell, on)
                slow = math.exp(-(month - held.begin) / self.figure("learning_months", cell, on))
                self.capacity += cell.orders / size * (learned - (learned - first) * slow)
            new, again = held.prepared.pop(month, 0.0), held.again.pop(month, 0.0)
            returned = self.figure("returned_share", cell, on) * (new + again)
            self._again(held, cell, "returned", returned)
            if new + again > returned:
                held.waiting[month] = new + again - returned
            books.append({"new": new, "again": again, "returned": returned})
        taken = self._take()
        for place, book in enumerate(books):
            book["taken"] = taken[place]
            self._decide(place, book, taken[place])
        return books

    def _again(self, held: Held, cell: BookCell, kind: str, files: float) -> None:
        months = max(1, months_of(self.figure(f"{kind}_refiled_days", cell, self.on)))
        more = files * self.figure(f"{kind}_refiled_share", cell, self.on)
        held.again[self.month + months] = held.again.get(self.month + months, 0.0) + more

    def _take(self) -> list[float]:
        waiting = [math.fsum(held.waiting.values()) for held in self.state]
        everything = math.fsum(waiting)
        share = min(1.0, self.capacity / everything) if everything > 0 else 0.0
        taken = [0.0] * len(self.cells)
        for queue in sorted({cell.queue for cell in self.cells}):
            places = [place for place, cell in enumerate(self.cells) if cell.queue == queue]
            going = self.going(self.cells[places[0]], self.month)
            left = going * share * math.fsum(waiting[place] for place in places)
            for came_in in sorted({month for place in places for month in self.state[place].waiting}):
                there = math.fsum(self.state[place].waiting.get(came_in, 0.0) for place in places)
                part = min(1.0, left / there) if there > 0 else 1.0
                left = max(0.0, left - there)
                for place in places:
                    files = self.state[place].waiting.pop(came_in, 0.0)
                    taken[place] += files * part
                    if part < 1:
                        self.state[place].waiting[came_in] = files * (1 - part)
        return taken

    def _decide(self, place: int, book: dict[str, float], taken: float) -> None:
        cell, held, month = self.cells[place], self.state[place], self.month
        for later, part in enumerate(self.kernel[place]):
            held.due[month + later] = held.due.get(month + later, 0.0) + part * taken
        due, going = held.due.pop(month, 0.0), self.going(cell, month)
        decided = going * due
        held.due[month + 1] = held.due.get(month + 1, 0.0) + due - decided
        granted = self.granted_share(cell, held.denial, self.on) * decided
        refused = decided - granted
        self._again(held, cell, "refused", refused)
        pending = math.fsum(held.waiting.values()) + math.fsum(held.due.values())
        left = pending / (pending + decided) if pending + decided > 0 else 1.0
        held.late = max((1 - going) * pending, held.late * left)
        kept_out = refused * (1 - self.figure("refused_refiled_share", cell, self.on))
        held.barred = held.barred * (1 - 1 / self.life[place]) + kept_out
        held.licences[month] = granted * self.size[place]
        book |= {"granted": granted, "refused": refused, "pending": pending, "halted": held.late, "barred": held.barred}
        book |= {"waiting": math.fsum(held.waiting.values()), "granted_t": held.licences[month]}

    def rates(self) -> list[float]:
        """Files of each cell that are taken up in a month where nothing halts it, (60)."""
        loads = []
        for cell, held, size in zip(self.cells, self.state, self.size, strict=True):
            coming_in = math.fsum(held.prepared.values()) + math.fsum(held.again.values())
            usual = cell.orders / size if held.begin is not None else 0.0
            loads.append(math.fsum(held.waiting.values()) + coming_in + usual)
        everything = math.fsum(loads)
        return [self.capacity * load / everything if everything > 0 else 0.0 for load in loads]

    def leads(self) -> list[float]:
        """Months until a file decided upon now is taken up, by cell, (60)."""
        found = []
        for cell, held, rate in zip(self.cells, self.state, self.rates(), strict=True):
            going, lasts = self.going(cell, self.month), self.figure("halt_expected_months", cell, self.on)
            kept = 1 - self.figure("returned_share", cell, self.on)
            before = math.fsum(held.waiting.values()) + kept * math.fsum(held.prepared.values())
            end = max(math.ceil(lasts), 1)
            if before == 0:
                wait = 0.0 if going > 0 else float(end)
            elif before <= going * rate * (end - 1):
                wait = 1 + before / (going * rate)
            else:
                wait = end + (before - going * rate * (end - 1)) / rate
            found.append(max(float(self.documents), wait))
        return found

    def expected(self, months: int) -> list[list[float]]:
        """Licences expected so many months from now, by cell, without new files and those usable now [t], (60)."""
        return [self._expected(place, rate, months) for place, rate in enumerate(self.rates())]

    def _expected(self, place: int, rate: float, months: int) -> list[float]:
        cell, held = self.cells[place], self.state[place]
        going, lasts = self.going(cell, self.month), self.figure("halt_expected_months", cell, self.on)
        granted = self.granted_share(cell, held.denial, self.on)
        again = (1 - granted) * self.figure("refused_refiled_share", cell, self.on) * self.coming(place, self.month)
        kept = 1 - self.figure("returned_share", cell, self.on)
        kernel = self.kernel[place]
        round_trip = max(1, months_of(self.figure("refused_refiled_days", cell, self.on)))
        round_trip += math.floor(math.fsum(n * k for n, k in enumerate(kernel)) + 0.5)
        end = min(math.ceil(lasts), months - 1)
        found = [0.0] * (2 * months + 40)
        in_so_far, reach, served = math.fsum(held.waiting.values()), 0.0, 0.0
        for later in range(1, months):
            when = self.month + later
            in_so_far += kept * (held.prepared.get(when, 0.0) + held.again.get(when, 0.0))
            reach += rate * (going if later < lasts else 1.0)
            now = max(min(in_so_far, reach) - served, 0.0)
            served += now
            for n, k in enumerate(kernel):
                found[later + n] += now * k * granted
                found[later + min(n + round_trip, LAST_EXPECTED_MONTH)] += now * k * again
            due = held.due.get(when, 0.0)
            withheld = (1 - going) * due if later < lasts and going < 1 else 0.0
            for at, files in ((later, due - withheld), (end, withheld)):
                found[at] += files * granted
                found[at + round_trip] += files * again
        tonnes = [files * self.size[place] for files in found[:months]]
        idle = (1 - self.usable(cell, self.month)) * math.fsum(held.licences.values())
        tonnes[min(max(1, math.ceil(lasts)), months - 1)] += idle
        return tonnes

    def file(self, filed_t: Mapping[tuple[str, ...], float]) -> None:
        """Files of a month by group [t]: they come in when their documents are ready."""
        whole = self._orders()
        for place, cell in enumerate(self.cells):
            mass = filed_t.get(cell.bucket, 0.0)
            if mass:
                files = mass * cell.orders / whole[cell.bucket] / self.size[place]
                later = self.month + self.documents
                self.state[place].prepared[later] = self.state[place].prepared.get(later, 0.0) + files

    def _orders(self) -> dict[tuple[str, ...], float]:
        whole: dict[tuple[str, ...], float] = {}
        for cell in self.cells:
            whole[cell.bucket] = whole.get(cell.bucket, 0.0) + cell.orders
        return whole

    def ship(self, shipped_t: Mapping[tuple[str, ...], float], books: list[dict[str, float]]) -> None:
        """Licensed shipments of a month by group [t], (59)."""
        usable = [self.usable(cell, self.month) for cell in self.cells]
        general = [
            self.general_share(cell, self.month) * cell.orders * use
            for cell, use in zip(self.cells, usable, strict=True)
        ]
        single = [math.fsum(held.licences.values()) * use for held, use in zip(self.state, usable, strict=True)]
        for bucket in dict.fromkeys(cell.bucket for cell in self.cells):
            places = [place for place, cell in enumerate(self.cells) if cell.bucket == bucket]
            mass = shipped_t.get(bucket, 0.0)
            under = math.fsum(general[place] for place in places)
            first = min(mass, under)
            can = math.fsum(single[place] for place in places)
            rest = min(mass - first, can)
            for place in places:
                books[place]["general_t"] = first * general[place] / under if under else 0.0
                books[place]["used_t"] = rest * single[place] / can if can else 0.0
                self._use(place, books[place], usable[place])

    def _use(self, place: int, book: dict[str, float], usable: float) -> None:
        licences, left = self.state[place].licences, book["used_t"]
        book["idle_t"] = (1 - usable) * math.fsum(licences.values())
        for month in sorted(licences):
            now = min(usable * licences[month], left)
            licences[month] -= now
            left -= now
        old = self.month - self.life[place] + 1
        book["expired_t"] = licences.pop(old, 0.0)
        book["licences_t"] = math.fsum(licences.values())
