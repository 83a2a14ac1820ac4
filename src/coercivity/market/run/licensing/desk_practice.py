"""The licensing desk of a scenario: the packed rows of practice with the changes of the scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from coercivity.base.days import Day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.textyaml import TextList, TextMap, line_of
from coercivity.market.run.licensing.added_rows import event_of, general_of, hold_of, with_value
from coercivity.market.run.scenarios.check import valid_entries
from coercivity.market.run.scenarios.form import (
    DeskAsked,
    DeskEntry,
    DeskEvent,
    DeskGeneral,
    DeskHold,
)
from coercivity.market.run.scenarios.parts import number_of
from coercivity.practice.desk import (
    ELEMENTS,
    DeskPractice,
    Element,
)
from coercivity.practice.desk_check import check_desk
from coercivity.practice.desk_tables import EVENTS, FIGURES, GENERAL, HOLDS, desk_with, load_desk

if TYPE_CHECKING:
    from coercivity.market.run.scenarios.scenario import Scenario

# A scenario states a value without ends: a fault of an end repeats that of the value.
_ENDS = frozenset({"low", "high", "days_low", "days_high"})
# What can be added and left out: key in a scenario, name in a message, form.
_ADDED: tuple[tuple[str, str, type[DeskEntry]], ...] = (
    ("events", "an event", DeskEvent),
    ("general_licences", "a general licence", DeskGeneral),
    ("customs_holds", "a customs hold", DeskHold),
)


def practice_of(scenario: Scenario, known: Day | None = None) -> DeskPractice:
    """Returns the licensing desk of a scenario: the packed rows with its changes.

    What a scenario states is always known; like a shock, an event of it begins unannounced.

    Args:
        scenario: The scenario, as read.
        known: Reports of the packed rows after it do not count; None if all count.
    """
    return _changed(desk_with(known, scenario.desk.values), scenario.desk, known)


def desk_elements(names: Iterable[str], where: str) -> tuple[Element, ...]:
    """Returns the elements of the licensing desk by name, each once and in a fixed order.

    Args:
        names: Their names.
        where: Argument, or file and line, in which they are named.

    Raises:
        CoercivityError: With every name that does not exist.
    """
    faults, asked = Faults(), [str(name) for name in names]
    for name in asked:
        if name not in ELEMENTS:
            what, step = f"element {brief_value(name)!r} of the licensing desk not found", ", ".join(ELEMENTS)
            faults.add("DESK-NAME", what, where=where, nearest=nearest(name[:80], ELEMENTS), next=f"one of: {step}")
    faults.raise_if_any()
    return tuple(element for element in ELEMENTS if element in asked)


def without_elements(scenario: Scenario, elements: Iterable[Element]) -> Scenario:
    """Returns a scenario with more elements of the licensing desk switched off."""
    off = {*scenario.desk.off, *elements}
    return replace(scenario, desk=scenario.desk.model_copy(update={"off": [e for e in ELEMENTS if e in off]}))


def joined_desk(chain: Sequence[DeskAsked]) -> DeskAsked:
    """Returns the changes of a scenario and of those that it inherits.

    Elements switched off and rows added are joined; a value replaces the inherited one of the same row.

    Args:
        chain: The changes, those of the scenario itself last.
    """
    off = {name for asked in chain for name in asked.off}
    values: dict[str, float] = {}
    without: dict[str, None] = {}
    events: list[DeskEvent] = []
    general: list[DeskGeneral] = []
    holds: list[DeskHold] = []
    for asked in chain:
        values |= asked.values
        without |= dict.fromkeys(asked.without)
        events = [*(e for e in events if e.id not in asked.without), *asked.events]
        general = [*(e for e in general if e.id not in asked.without), *asked.general_licences]
        holds = [*(e for e in holds if e.id not in asked.without), *asked.customs_holds]
    return DeskAsked(
        off=[element for element in ELEMENTS if element in off],
        values=values,
        without=list(without),
        events=events,
        general_licences=general,
        customs_holds=holds,
    )


def check_desk_asked(contents: Sequence[tuple[TextMap, str]], faults: Faults) -> None:
    """Adds the errors in the changes of the licensing desk, along the whole chain of a scenario.

    Entries of the wrong form are left to the schema.

    Args:
        contents: Contents and labels of the files, the scenario itself last.
        faults: Where they are added.
    """
    asked = [(desk, label) for content, label in contents if isinstance(desk := content.get("desk"), TextMap)]
    if not asked:
        return
    reading = _Reading(load_desk(), faults)
    practice = _changed(reading.packed, joined_desk([reading.read(desk, label) for desk, label in asked]), None)
    found = Faults()
    check_desk(practice, found, reading.where)
    for fault in found.items:
        at, _, column = fault.where.rpartition(", ")
        if column not in _ENDS:
            faults.items.append(replace(fault, where=at))


class _Reading:
    """What the files of a scenario change, from the first that is inherited on.

    Attributes:
        where: File and line, or table, of each row by id.
        rows: What each row that can be left out is, by id.
        left_out: File and line at which each row that was left out is named, by id.
    """

    def __init__(self, packed: DeskPractice, faults: Faults) -> None:
        self.packed, self.faults = packed, faults
        self.figures = [row.id for row in packed.rows]
        self.where = dict.fromkeys(self.figures, FIGURES)
        self.rows: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        ids = ([row.id for row in rows] for rows in (packed.events, packed.general, packed.holds))
        for table, names, (_, kind, _) in zip((EVENTS, GENERAL, HOLDS), ids, _ADDED, strict=True):
            self.where |= dict.fromkeys(names, table)
            self.rows |= dict.fromkeys(names, kind)

    def read(self, desk: TextMap, label: str) -> DeskAsked:
        """Returns the changes of one file without those that have errors, and adds the errors."""
        self._elements(desk, label)
        values, without = self._values(desk, label), self._without(desk, label)
        added = {key: list(self._entries(desk, label, key, name, model)) for key, name, model in _ADDED}
        return DeskAsked.model_validate({"values": values, "without": without, **added})

    def _elements(self, desk: TextMap, label: str) -> None:
        for name, where in _texts(desk, label, "off"):
            with self.faults.kept():
                desk_elements([name], where)

    def _values(self, desk: TextMap, label: str) -> dict[str, float]:
        asked, found = desk.get("values"), dict[str, float]()
        for name, text in asked.items() if isinstance(asked, TextMap) else ():
            where = f"{label}:{line_of(asked, (name,))}"
            if name in self.rows:
                what = f"{name} is not a figure: it is the id of {self.rows[name]}"
                step = "leave it out with `without`, and add an entry of your own"
                self.faults.add("DESK-NAME", what, where=where, next=step)
            elif name not in self.figures:
                self._unknown(name, "figure", self.figures, where)
            else:
                with suppress(ValueError):
                    found[name] = number_of(text)
                    self.where[name] = where
        return found

    def _without(self, desk: TextMap, label: str) -> list[str]:
        found = []
        for name, where in _texts(desk, label, "without"):
            if name in self.figures:
                step = "give it another value with `values`"
                self.faults.add("DESK-NAME", f"{name} is a figure, which cannot be left out", where=where, next=step)
            elif name in self.left_out and name not in self.rows:
                what = f"{name} is left out already, at {self.left_out[name]}"
                self.faults.add("DESK-NAME", what, where=where, next="leave it out once")
            elif name not in self.rows:
                self._unknown(name, "event, general licence or customs hold", list(self.rows), where)
            else:
                found.append(name)
                self.left_out[name] = where
                del self.rows[name], self.where[name]
        return found

    def _entries(self, desk: TextMap, label: str, key: str, name: str, model: type[DeskEntry]) -> Iterator[DeskEntry]:
        for entry, where in valid_entries(desk, label, key, model):
            if entry.id in self.where:
                what = f"desk: id {brief_value(entry.id)!r} is that of another entry, at {self.where[entry.id]}"
                self.faults.add("SCENARIO", what, where=where, next="give each entry an id of its own")
                continue
            self.where[entry.id], self.rows[entry.id] = where, name
            yield entry

    def _unknown(self, name: str, kind: str, known: Sequence[str], where: str) -> None:
        what = f"{kind} {brief_value(name)!r} of the licensing desk not found"
        step = "use the id of a row of the practice pack"
        self.faults.add("DESK-NAME", what, where=where, nearest=nearest(name[:80], known), next=step)


def _texts(desk: TextMap, label: str, key: str) -> Iterator[tuple[str, str]]:
    entries = desk.get(key)
    if isinstance(entries, TextList):
        for name, line in zip(entries, entries.entry_lines, strict=True):
            if isinstance(name, str) and name.strip():
                yield name, f"{label}:{line}"


def _changed(packed: DeskPractice, asked: DeskAsked, known: Day | None) -> DeskPractice:
    """Returns the packed rows known by a day, with the changes of a scenario."""
    valued = replace(packed, rows=tuple(with_value(row, asked) for row in packed.rows))
    seen, out = valued.known_by(known) if known is not None else valued, frozenset(asked.without)
    return replace(
        seen,
        events=(*(row for row in seen.events if row.id not in out), *map(event_of, asked.events)),
        general=(*(row for row in seen.general if row.id not in out), *map(general_of, asked.general_licences)),
        holds=(*(row for row in seen.holds if row.id not in out), *map(hold_of, asked.customs_holds)),
        off=packed.off | frozenset(cast(list[Element], asked.off)),
    )
