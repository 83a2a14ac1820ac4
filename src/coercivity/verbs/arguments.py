"""Plain arguments to the values that the layers below take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.law.load import aliases, load_rulebook
from coercivity.law.overlay import read_overlays
from coercivity.law.proof import parse_assumption
from coercivity.law.rulebook import Rulebook
from coercivity.law.status import Assumption


@dataclass(frozen=True, slots=True)
class Law:
    """Which law an answer is asked of.

    Attributes:
        pack: Folder of a law pack; None for the one that is part of the program.
        overlays: Files of the user's own instruments, laid over it in this order.
    """

    pack: Path | None = None
    overlays: Sequence[Path] = ()

    def book(self) -> Rulebook:
        """Returns the rulebook.

        Raises:
            CoercivityError: With every fault of the pack or of the overlays.
        """
        if self.pack is not None and not (self.pack / "pack.yaml").is_file():
            where = self.pack.as_posix()
            raise CoercivityError.of("PACK-FORM", "pack.yaml is missing", where=where, next="name the folder of a pack")
        return load_rulebook(self.pack, read_overlays(self.overlays))


PACKED = Law()


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks and the branches picked for planning.

    Attributes:
        on: Day of the act; None where it is not given.
        known: Day by which things count as published; None for the default.
    """

    on: Day | None
    known: Day | None
    assume: Mapping[str, Assumption]


def clocks(book: Rulebook, on: str | None, known: str | None, assume: str | None, faults: Faults) -> Clocks:
    """Returns both clocks and the assumptions; every fault is added, none raised."""
    picked = assumptions(book, assume, faults)
    return Clocks(day_of(on, "--on", faults), day_of(known, "--known", faults), picked)


def day_of(text: str | None, name: str, faults: Faults) -> Day | None:
    """Returns the day an argument names, or None where it is not given or at fault."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        faults.add("DATE", str(error), where=name, next="write a day as YYYY-MM-DD")
        return None


def needed_day(text: str, name: str) -> Day:
    """Returns the day an argument names.

    Raises:
        CoercivityError: When the day has another form or does not exist.
    """
    faults = Faults()
    day = day_of(text, name, faults)
    faults.raise_if_any()
    assert day is not None
    return day


def pausable(book: Rulebook) -> list[str]:
    """Returns the instruments that a pause with an end has touched."""
    return [i.id for i in book.instruments.values() if any(e.type == "suspension" and e.ends for e in i.events)]


def assumptions(book: Rulebook, text: str | None, faults: Faults) -> dict[str, Assumption]:
    """Returns the branches picked by `--assume`, by instrument.

    Args:
        book: The rulebook.
        text: `62=lapsed,61=extended:2027-01-10`, or `lapsed` or `extended:DAY` for all paused instruments. An
            instrument is named by id, alias, or its number without the year.
        faults: Takes every fault found.
    """
    found: dict[str, Assumption] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        name, equals, branch = part.strip().partition("=")
        names = _named(book, name, faults) if equals else pausable(book)
        try:
            picked = parse_assumption(branch if equals else name)
        except ValueError as error:
            faults.add("ASSUME", str(error), where="--assume", next="write 62=lapsed or 61=extended:2027-01-10")
            continue
        found.update(dict.fromkeys(names, picked))
    return found


def _named(book: Rulebook, name: str, faults: Faults) -> list[str]:
    by_alias = aliases(book.instruments)
    paused = pausable(book)
    short = [
        i
        for i in paused
        if book.instruments[i].number.split("/")[-1] == name and book.instruments[i].type != "list_notice"
    ]
    if name in by_alias:
        return [by_alias[name]]
    if len(short) == 1:
        return short
    faults.add(
        "INSTRUMENT", f"{name[:60]!r} is no instrument that was paused", where="--assume", nearest=nearest(name, paused)
    )
    return []
