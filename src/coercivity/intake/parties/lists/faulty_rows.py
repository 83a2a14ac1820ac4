"""Faults of the rows of a list: every row is named, and a fault of a thousand rows is one message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from coercivity.base.errors import Faults, brief_value

_MOST_EACH = 10
_MOST_SPANS = 60


class _Kind(NamedTuple):
    code: str
    column: str
    do: str


class FaultyRows:
    """Collects the faults of the rows of one list, and reports them together.

    Attributes:
        place: The file.
        unit: What a row is called in messages: `row`, or `line` in a file of JSON lines.
    """

    def __init__(self, place: str, unit: str = "row") -> None:
        self.place = place
        self.unit = unit
        self._found: dict[_Kind, list[tuple[int, str, tuple[str, ...]]]] = {}

    def __bool__(self) -> bool:
        """Returns whether there is a fault."""
        return bool(self._found)

    def add(
        self, code: str, what: str, row: int, *, column: str = "", nearest: Iterable[str] = (), next: str = ""
    ) -> None:
        """Adds a fault of a row."""
        self._found.setdefault(_Kind(code, column, next), []).append((row, what, tuple(nearest)))

    def report(self, faults: Faults) -> None:
        """Adds the faults: the first of each kind one by one, and the others by the numbers of their rows."""
        for kind, rows in self._found.items():
            for row, what, close in rows[:_MOST_EACH]:
                column = f", column {brief_value(kind.column)}" if kind.column else ""
                where = f"{self.place}, {self.unit} {row}{column}"
                faults.add(kind.code, what, where=where, nearest=close, next=kind.do)
            more = [row for row, *_ in rows[_MOST_EACH:]]
            if more:
                units = "entries" if self.unit == "entry" else f"{self.unit}s"
                what = f"the same kind of error in {len(more):,} more {units}: {spans(more)}"
                faults.add(kind.code, what, where=self.place, next=kind.do)


def spans(numbers: Iterable[int], *, most: int = _MOST_SPANS) -> str:
    """Returns numbers as text, consecutive ones as a span: `3, 7-9`."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in found[:most]]
    if len(found) > most:
        shown.append(f"... {found[-1][1]} ({len(found):,} spans)")
    return ", ".join(shown)
