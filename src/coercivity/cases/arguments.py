"""Converts plain arguments to the values that the layers below take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import Argument, CoercivityError, Faults, nearest
from coercivity.cases.party_files import PartyInputs, book_with_files
from coercivity.cases.word_files import book_with_words
from coercivity.data.input import Input
from coercivity.law.explain.proof import parse_assumption
from coercivity.law.rules.calendars.calendar import with_calendar
from coercivity.law.rules.calendars.choice import read_choice
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.known import known_by
from coercivity.law.rules.load import aliases, load_rulebook
from coercivity.law.rules.model import CHINA
from coercivity.law.rules.overlay import jurisdiction_of, read_overlays
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption, last_day

ON, KNOWN, ASSUME = Argument("on"), Argument("known"), Argument("assume")


@dataclass(frozen=True, slots=True)
class Law:
    """The rulebook to use.

    Attributes:
        pack: Folder of a rulebook; None for the built-in one.
        overlays: User-supplied notices, as files or uploaded content, added to it in this order.
        calendar: Working days of the user's own, as a file or uploaded content; for time limits only.
        assume_holidays: Years without a holiday notice whose statutory days off are assumed, for time limits only.
        lists: Lists of parties of the user's own; whoever may be on one is a question that holds PROCEED back.
        judgements: Judgements whether a name is a listed party, as a file or uploaded content; a missing file is an
            error (`judge` creates it with the first judgement).
        ownership: Who owns whom, as a file or uploaded content.
        words: Lexicon files of the user's own, which texts are read with before the built-in words.
        jurisdiction: Only the instruments of this jurisdiction; blank for all of the rulebook.

    Examples:
        >>> law = coercivity.Law(overlays=(EXAMPLES / "overlays" / "extension-2027.yaml",))
        >>> coercivity.decide({"act": "goods"}, on="2026-12-01", law=law).book.overlays
        ('extension-2027',)
    """

    pack: Path | None = None
    overlays: Sequence[Input] = ()
    calendar: Input | None = None
    assume_holidays: Sequence[str | int] = ()
    lists: Sequence[Input] = ()
    judgements: Input | None = None
    ownership: Input | None = None
    words: Sequence[Input] = ()
    jurisdiction: str = ""

    @property
    def party_inputs(self) -> PartyInputs:
        """The files for the screening of parties."""
        return PartyInputs(tuple(self.lists), self.judgements, self.ownership)

    def of(self, jurisdiction: str) -> Law:
        """Returns the rulebook on one jurisdiction, with those of the user-supplied notices that are about its law.

        Args:
            jurisdiction: `CN` for this rulebook, or the code of another one, which is built in.
        """
        files = zip(self.overlays, read_overlays(self.overlays), strict=True)
        own = tuple(source for source, file in files if jurisdiction_of(file) == jurisdiction)
        if jurisdiction == CHINA:
            return replace(self, overlays=own)
        return Law(abroad_folder(), own, jurisdiction=jurisdiction)

    def book(self) -> Rulebook:
        """Returns the rulebook.

        Raises:
            CoercivityError: With every error in the rulebook or the user-supplied notices; then with every error in the
                calendar, the years to be assumed, the lexicon files, and the files for the screening of parties.
        """
        if self.pack is not None and not (self.pack / "pack.yaml").is_file():
            where = self.pack.as_posix()
            raise CoercivityError.of(
                "PACK-FORM", "pack.yaml is missing", where=where, next="name the folder of a rulebook"
            )
        book, faults = load_rulebook(self.pack, read_overlays(self.overlays), self.jurisdiction), Faults()
        choice = read_choice(self.calendar, self.assume_holidays, faults)
        try:
            book = with_calendar(book, choice)
        except CoercivityError as error:
            faults.items += error.faults
        book = book_with_words(book, self.words, faults)
        book = book_with_files(book, self.party_inputs, faults)
        faults.raise_if_any()
        return book


PACKED = Law()


@dataclass(frozen=True, slots=True)
class Clocks:
    """Transaction date, information cut-off and planning assumptions.

    Attributes:
        on: Transaction date; None if not given.
        known: Information cut-off; None for the default.
    """

    on: Day | None
    known: Day | None
    assume: Mapping[str, Assumption]


def clocks(book: Rulebook, on: str | None, known: str | None, assume: str | None, faults: Faults) -> Clocks:
    """Returns both dates and the assumptions; errors are added, not raised."""
    day, known_day = day_of(on, ON, faults), day_of(known, KNOWN, faults)
    seen_from = known_day or (book.default_known(day) if day is not None else None)
    return Clocks(day, known_day, assumptions(book, assume, faults, known=seen_from))


def pausable(book: Rulebook) -> list[str]:
    """Returns the instruments affected by a suspension with an end."""
    return [i.id for i in book.instruments.values() if any(e.type == "suspension" and e.ends for e in i.events)]


def assumptions(book: Rulebook, text: str | None, faults: Faults, *, known: Day | None = None) -> dict[str, Assumption]:
    """Parses the planning assumptions given by `--assume`, by instrument.

    Args:
        book: The rulebook.
        text: `62=lapsed,61=extended:2027-01-10`, or `lapsed` or `extended:DATE` for all suspended instruments. An
            instrument is named by id, alias, or its number without the year.
        faults: Collects every error found.
        known: Date by which a suspension must have been published to be the one that is extended.
    """
    found: dict[str, Assumption] = {}
    first: dict[str, str] = {}
    for part in map(str.strip, (text or "").split(",")):
        if not part:
            continue
        name, equals, branch = part.partition("=")
        names = _named(book, name.strip(), faults) if equals else pausable(book)
        try:
            picked = parse_assumption(branch.strip() if equals else name)
        except ValueError as error:
            faults.add("ASSUME", str(error), where=ASSUME, next="write 62=lapsed or 61=extended:2027-01-10")
            continue
        twice = [name for name in names if name in found]
        if twice:
            what = f"{part[:60]!r} makes a second assumption for {_few(twice)}, after {first[twice[0]][:60]!r}"
            faults.add(
                "ASSUME",
                what,
                where=ASSUME,
                next="name each instrument once, and none together with an assumption for all",
            )
        elif picked.extended_through is not None:
            _reaches(book, names, picked.extended_through, known, faults)
        found.update(dict.fromkeys(names, picked))
        first.update(dict.fromkeys(names, part))
    return found


def _reaches(book: Rulebook, names: list[str], through: Day, known: Day | None, faults: Faults) -> None:
    """Rejects an extension that ends before the suspension it would extend."""
    ends = {name: end for name in names if (end := _end_of_pause(book, name, known)) is not None and through < end}
    if ends:
        what = f"extended:{through} is before the end of the suspension"
        own = _few([f"{name} is suspended until and including {end}" for name, end in ends.items()])
        faults.add("ASSUME", f"{what}: {own}", where=ASSUME, next="name a later date, or lapsed")


def _end_of_pause(book: Rulebook, name: str, known: Day | None) -> Day | None:
    """Returns the last day of the suspension published last; without a cut-off, of the one that ended first."""
    pauses = [event for event in book.instruments[name].events if event.type == "suspension"]
    if known is not None:
        pauses = [event for event in pauses if known_by(event, known)]
    ends = [end for event in pauses if (end := last_day(event)) is not None]
    return (min if known is None else max)(ends, default=None)


def _few(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _named(book: Rulebook, name: str, faults: Faults) -> list[str]:
    by_alias = aliases(book.instruments)
    paused = pausable(book)
    short = [
        i
        for i in paused
        if book.instruments[i].number.split("/")[-1] == name and book.instruments[i].type != "list_notice"
    ]
    if by_alias.get(name) in paused:
        return [by_alias[name]]
    if len(short) == 1:
        return short
    faults.add(
        "INSTRUMENT",
        f"{name[:60]!r} is not an instrument that was suspended",
        where=ASSUME,
        nearest=nearest(name, paused) or paused,
        next="use one of the nearest",
    )
    return []
