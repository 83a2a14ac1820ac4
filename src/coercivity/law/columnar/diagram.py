"""Columnar evaluation: rules compiled into a decision diagram that many rows traverse at once.

A diagram reads one column of facts after another. The place of a row after a column depends only on what can still
matter: which rules are not yet ruled out, and how the comparisons of those rules evaluate the facts read so
far. So a million different rows end in a few hundred places, and the evaluator's result for
one row in a place is valid for all.

The dates come last: two dates are distinguished only if a remaining rule has another status.

The diagram grows with the rows: a step not taken before is computed by the evaluator and stored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from coercivity.base.days import Day
from coercivity.base.truth import NO, UNKNOWN, Truth
from coercivity.data.values import FactValue, SetValue, is_definite
from coercivity.law.columnar.numbers import each, marks_of
from coercivity.law.columnar.wishes import Wishes, comparisons, conditions, telling, trees_of
from coercivity.law.engine.list_search import ListSearch
from coercivity.law.explain.proof import status_written
from coercivity.law.rules.evaluator import Node
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption
from coercivity.law.rules.status_table import LawDay
from coercivity.law.rules.tree import comparisons_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.integer]
    Coded = tuple[Sequence[int], Codes]

NOT_TAKEN = -1
MOST_KNOWN = 100_000
FIRST_ROOM = 64
MANY = 1_000  # from so many values on, numbers are compared together


@dataclass(slots=True)
class _Level:
    """One column of the diagram.

    Attributes:
        name: The fact, or a name chosen by the caller for a column no rule reads.
        readers: The comparisons that read it, each with the mask of the rules for which it may matter.
        always: It matters for any remaining rules.
        open: A comparison leaves values outside its list open, so even a complete answer may leave it open.
        kinds: Place of each kind of value; values are of one kind if every comparison treats them alike.
        values: A value of each kind.
        known: The kind of each value seen so far.
        read: The result of each comparison for each kind.
        dead: Mask of the rules a kind rules out by itself.
        due: Conditions over several columns, of which this is the last: node and mask of its rules.
        left: The comparisons still needed by a rule, by the mask of the remaining rules.
        alike: The representative kind, by the comparisons still needed and their results.
        table: Place after this column, by place before it and kind.
    """

    name: str
    readers: list[tuple[Node, int]]
    always: bool
    open: bool
    due: list[tuple[Node, int]]
    kinds: dict[Hashable, int] = field(default_factory=dict)
    values: list[FactValue | None] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)
    read: list[tuple[Truth, ...]] = field(default_factory=list)
    dead: list[int] = field(default_factory=list)
    left: dict[int, tuple[int, ...]] = field(default_factory=dict)
    alike: dict[Hashable, int] = field(default_factory=dict)
    places: dict[Hashable, int] = field(default_factory=dict)
    table: NDArray[np.int64] | None = None


@dataclass(slots=True, eq=False)
class _Turn:
    """Dates the rulebook does not distinguish.

    Attributes:
        law: Status of every rule.
        apart: What else of the dates matters, for any remaining rules.
        told: The status of each rule as a number, as far as needed; equal numbers mean equal statuses.
    """

    law: LawDay
    known: Day
    apart: Hashable
    told: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Room:
    """Buffers for the results of a step, shape (rows,) each."""

    keys: NDArray[np.int64]
    kinds: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of rows after a column: rules not ruled out, and the kinds that still matter, by level."""

    alive: int
    kept: tuple[tuple[int, int], ...]


class Diagram:
    """Rules compiled for columns of facts.

    Args:
        book: The rulebook.
        columns: Facts that differ from row to row, in reading order, with the derived facts that
            depend on them. A name that is not a fact is distinguished by value.
        constants: Facts that are the same in every row, including derived ones. A fact in neither is unknown.
        assume: Planning assumptions, by instrument.
        search: The search of the lists by a person, which counts to its day.
    """

    def __init__(
        self,
        book: Rulebook,
        columns: Sequence[str],
        constants: Mapping[str, FactValue],
        assume: Mapping[str, Assumption] | None = None,
        search: ListSearch | None = None,
    ) -> None:
        self._book, self._constants, self._assume = book, dict(constants), dict(assume or {})
        self._search = search
        self._turns: dict[Hashable, int] = {}
        self._clocks: dict[tuple[Day, Day] | None, int] = {}
        self._turn_of: list[_Turn] = []
        self._told: dict[object, int] = {}
        self._ends: dict[Hashable, int] = {}
        self._last: NDArray[np.int64] | None = None
        self._lock = Lock()
        parts = conditions(book)
        left_open = {test.fact for tree, _ in trees_of(book) for test in comparisons_of(tree) if test.open}
        order = {name: level for level, name in enumerate(columns)}
        readers, always = comparisons(book), telling(book, columns, constants)
        alone: dict[str, list[tuple[Node, int]]] = {name: [] for name in columns}
        due: list[list[tuple[Node, int]]] = [[] for _ in columns]
        self._wishes, self._marks = Wishes(book), marks_of(book)
        alive = self._wishes.all
        memo = book.evaluator.memo()
        for node, mask in parts.items():
            read = sorted(order[name] for name in node.facts if name in order)
            if not read:
                alive &= ~(mask if node.truth(self._constants, memo) is NO else 0)
            elif len(read) == 1:
                alone[columns[read[0]]].append((node, mask))
            else:
                due[read[-1]].append((node, mask))
        self._alone = alone
        self._levels = [
            _Level(name, readers.get(name, []), name in always, name in left_open, due[level])
            for level, name in enumerate(columns)
        ]
        self._start = _Place(self._wishes.left(alive), ())
        self._places: list[list[_Place]] = [[self._start], *([] for _ in columns)]
        self._end_of: list[int] = []

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in reading order."""
        return tuple(level.name for level in self._levels)

    @property
    def places(self) -> int:
        """Number of places in which rows may end so far."""
        return len(self._end_of)

    def live(self, place: int) -> int:
        """Returns the mask of the rules whose description fits or might fit a row that ends in a place."""
        return self._places[-1][self._end_of[place]].alive & ((1 << len(self._book.rules)) - 1)

    def remaining(self, place: int) -> tuple[int, ...]:
        """Returns the ranks of the rules that remain, or whose item remains, for a row that ends in a place."""
        return self._wishes.ranks(self._places[-1][self._end_of[place]].alive)

    def kinds(self, name: str, values: Iterable[FactValue | Hashable | None]) -> list[int]:
        """Returns the kind of each value of a column; a missing value is None."""
        level, every = next(level for level in self._levels if level.name == name), list(values)
        with self._lock:
            if len(every) < MANY or level.always or (level.readers and name not in self._marks):
                return [self._remembered(level, value) for value in every]
            return each(every, self._marks.get(name, ()), partial(self._remembered, level))

    def turns(self, days: Iterable[tuple[Day, Day] | None]) -> list[int]:
        """Returns the kind of each pair of transaction date and information cut-off; None if a row has none."""
        with self._lock:
            return [self._turn(clocks) for clocks in days]

    def walk(self, columns: Mapping[str, Coded], turns: Coded) -> NDArray[np.int64]:
        """Returns the place in which each row ends.

        Args:
            columns: For every column the kinds of its values, from `kinds`, and the place of each row's value among
                them, shape (rows,).
            turns: The same of the days, from `turns`.
        """
        import numpy as np

        rows = len(turns[1])
        # The same buffers serve every level: new ones each time cost as much as the look-ups.
        places, room = np.zeros(rows, np.int64), _Room(np.empty(rows, np.int64), np.empty(rows, np.int64))
        for depth, level in enumerate(self._levels):
            with self._lock:
                level.table = table = _table(level.table, len(self._places[depth]), len(level.kinds))
            places = self._step(table, places, columns[level.name], partial(self._grow, depth, level), room)
        with self._lock:
            self._last = table = _table(self._last, len(self._places[-1]), len(self._turn_of))
        return self._step(table, places, turns, self._end, room)

    def _step(
        self,
        table: NDArray[np.int64],
        places: NDArray[np.int64],
        column: Coded,
        grow: Callable[[int, int], int],
        room: _Room,
    ) -> NDArray[np.int64]:
        """Returns the places of rows after a column, from a table by previous place and kind of value.

        `places` is overwritten with the result.
        """
        import numpy as np

        flat, width, keys = table.reshape(-1), table.shape[1], room.keys
        np.multiply(places, width, out=keys)
        keys += np.take(np.asarray(column[0], np.int64), column[1], out=room.kinds, mode="clip")
        np.take(flat, keys, out=places, mode="clip")
        if places.size and places.min() < 0:
            with self._lock:
                wanted = np.zeros(len(flat), np.bool_)
                wanted[keys[places < 0]] = True
                for key in np.flatnonzero(wanted & (flat < 0)).tolist():
                    flat[key] = grow(*divmod(key, width))
            np.take(flat, keys, out=places, mode="clip")
        return places

    def _turn(self, clocks: tuple[Day, Day] | None) -> int:
        if clocks in self._clocks:
            return self._clocks[clocks]
        if len(self._clocks) >= MOST_KNOWN:
            self._clocks.clear()
        book, assume = self._book, self._assume
        current = clocks is not None and self._search is not None and self._search.is_current(clocks[0])
        key = None if clocks is None else (book.day_kind(clocks[0], clocks[1], assume), current)
        found = self._turns.get(key)
        if found is None:
            found = self._turns[key] = len(self._turn_of)
            on, known = clocks or (book.verified_through, book.verified_through)
            # With planning assumptions each date is separate; otherwise only the last check remains.
            checks = sorted(
                {
                    book.verified_through,
                    book.checked_through,
                    *(i.verified_through for i in book.instruments.values()),
                }
            )
            apart = (
                clocks
                if assume or clocks is None
                else (bisect_left(checks, on), on <= known, book.covered_from.side(on), current)
            )
            self._turn_of.append(_Turn(book.day(on, known, assume), known, apart))
        self._clocks[clocks] = found
        return found

    def _end(self, before: int, turn: int) -> int:
        """Returns the place of rows that are alike and whose dates no remaining rule distinguishes."""
        place, days = self._places[-1][before], self._turn_of[turn]
        told = tuple([self._status(days, rank) for rank in self._wishes.ranks(place.alive)])
        sets = self._values(place.kept).get("party_sets")
        names = sorted(sets.has) if isinstance(sets, SetValue) else ()
        key = (before, days.apart, told, tuple([repr(days.law.sets[name]) for name in names]))
        found = self._ends.get(key)
        if found is None:
            found = self._ends[key] = len(self._end_of)
            self._end_of.append(before)
        return found

    def _status(self, days: _Turn, rank: int) -> int:
        found = days.told.get(rank)
        if found is None:
            text = status_written(days.law, self._book.rules[rank], days.known).text
            found = days.told[rank] = self._told.setdefault((rank, text), len(self._told))
        return found

    def _grow(self, depth: int, level: _Level, before: int, kind: int) -> int:
        """Computes a new step: the rules ruled out, and the distinctions no longer needed."""
        place = self._places[depth][before]
        alive = place.alive & ~level.dead[kind]
        kept = (*place.kept, (depth, kind))
        if alive and any(alive & mask for _, mask in level.due):
            values = self._values(kept)
            memo = self._book.evaluator.memo()
            for node, mask in level.due:
                if alive & mask and node.truth(values, memo) is NO:
                    alive &= ~mask
        alive = self._wishes.left(alive)
        kept = tuple([entry for entry in (self._projected(at, own, alive) for at, own in kept) if entry is not None])
        found = level.places.get((alive, kept))
        if found is None:
            after = self._places[depth + 1]
            found = level.places[(alive, kept)] = len(after)
            after.append(_Place(alive, kept))
        return found

    def _projected(self, depth: int, kind: int, alive: int) -> tuple[int, int] | None:
        """Returns the representative of the kinds the remaining rules do not distinguish; None if no rule reads it."""
        level = self._levels[depth]
        if level.always:
            return depth, kind
        left = level.left.get(alive)
        if left is None:
            left = level.left[alive] = tuple(at for at, (_, mask) in enumerate(level.readers) if mask & alive)
        if not left:
            return None
        read = level.read[kind]
        key = (left, _stated(level, level.values[kind]), tuple([read[at] for at in left]))
        return depth, level.alike.setdefault(key, kind)

    def _values(self, kept: tuple[tuple[int, int], ...]) -> dict[str, FactValue]:
        values = dict(self._constants)
        for depth, kind in kept:
            value = self._levels[depth].values[kind]
            if value is not None:
                values[self._levels[depth].name] = value
        return values

    def _remembered(self, level: _Level, value: object) -> int:
        found = level.known.get(value)
        if found is None:
            if len(level.known) >= MOST_KNOWN:
                level.known.clear()
            found = level.known[value] = self._kind(level, value)
        return found

    # A column may contain names of open entries as well as facts; the catalogue tells which.
    def _kind(self, level: _Level, value: Any) -> int:
        name, book = level.name, self._book
        read: tuple[Truth, ...] = (UNKNOWN,) * len(level.readers)
        if value is not None and name in book.catalogue:
            memo = book.evaluator.memo()
            read = tuple([node.truth({name: value}, memo) for node, _ in level.readers])
        key: Hashable = (value if level.always else _stated(level, value), read)
        found = level.kinds.get(key)
        if found is None:
            found = level.kinds[key] = len(level.values)
            level.values.append(value if name in book.catalogue else None)
            level.read.append(read)
            level.dead.append(self._ruled_out(level, level.values[-1]))
        return found

    def _ruled_out(self, level: _Level, value: FactValue | None) -> int:
        if value is None:
            return 0
        values, memo, dead = {**self._constants, level.name: value}, self._book.evaluator.memo(), 0
        for node, mask in self._alone[level.name]:
            if node.truth(values, memo) is NO:
                dead |= mask
        return dead


def _stated(level: _Level, value: FactValue | None) -> tuple[bool, bool]:
    """Returns whether a value is stated, and, if that affects the remaining questions, whether in full."""
    return value is not None, level.open and is_definite(value)


def _table(table: NDArray[np.int64] | None, places: int, kinds: int) -> NDArray[np.int64]:
    """Returns a table large enough for all places and kinds, with its previous content."""
    import numpy as np

    places, kinds = max(places, 1), max(kinds, 1)
    if table is not None and table.shape[0] >= places and table.shape[1] >= kinds:
        return table
    old = (0, 0) if table is None else table.shape
    grown = np.full((_enough(places, old[0]), _enough(kinds, old[1], 4)), NOT_TAKEN, np.int64)
    if table is not None:
        grown[: old[0], : old[1]] = table
    return grown


def _enough(wanted: int, had: int, least: int = FIRST_ROOM) -> int:
    size = max(had, least)
    while size < wanted:
        size *= 2
    return size
