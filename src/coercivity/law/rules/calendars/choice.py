"""What a user asks of the working calendar: a file of their own, and years to be assumed for planning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from coercivity.base.errors import Argument, CoercivityError, Faults
from coercivity.data.input import Input, place_of, read_text

MOST_CALENDAR_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A user's calendar as read.

    Attributes:
        where: Path or name, for messages.
        text: Its text.
    """

    where: str
    text: str

    @property
    def name(self) -> str:
        """File name without the folder, as results show it."""
        return PurePath(self.where).name

    @property
    def hash(self) -> str:
        """SHA-256 over the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """The calendar a user asks for.

    Attributes:
        file: Their own calendar, or None.
        assumed: Years whose statutory holidays are assumed, in order.
    """

    file: CalendarFile | None = None
    assumed: tuple[int, ...] = ()


PUBLISHED = CalendarChoice()


def read_choice(file: Input | None, assumed: Sequence[str | int], faults: Faults) -> CalendarChoice:
    """Returns the calendar a user asks for; errors are added, not raised.

    Args:
        file: Their own calendar, as a file or uploaded content.
        assumed: Years whose holidays are assumed.
        faults: Receives the faults.
    """
    read = None
    if file is not None:
        try:
            read = CalendarFile(place_of(file), read_text(file, most_bytes=MOST_CALENDAR_BYTES))
        except CoercivityError as error:
            faults.items += error.faults
    years: list[int] = []
    for text in map(str, (assumed,) if isinstance(assumed, str) else assumed):
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            what = f"{text[:40]!r} is not a year"
            faults.add(
                "HOLIDAYS", what, where=Argument("assume-holidays"), next="write, for example, 2027, once for each year"
            )
        else:
            years.append(int(text))
    return CalendarChoice(read, tuple(sorted(set(years))))
