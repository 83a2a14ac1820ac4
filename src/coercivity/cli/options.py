"""Options shared by several commands, with their help text in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter, Token

from coercivity.base.errors import brief_value
from coercivity.base.words import Lang

if TYPE_CHECKING:
    from coercivity.verbs.law import Law


def resolve_day(text: str) -> str:
    """Returns the date named by an argument; `today` is resolved here, so that nothing below reads the clock."""
    return dt.date.today().isoformat() if text == "today" else text


def _day(_: object, tokens: Sequence[Token]) -> str:
    return resolve_day(tokens[0].value)


def _days(_: object, tokens: Sequence[Token]) -> list[str]:
    return [resolve_day(token.value) for token in tokens]


def _whole(_: object, tokens: Sequence[Token]) -> int:
    try:
        return int(tokens[0].value)  # 3.5 is refused, and not rounded
    except ValueError:
        raise ValueError(f"{brief_value(tokens[0].value)!r} is not a whole number.") from None


DayGiven = Annotated[str, Parameter(converter=_day)]
MaybeDay = Annotated[str | None, Parameter(converter=_day)]
Whole = Annotated[int, Parameter(converter=_whole)]
MaybeWhole = Annotated[int | None, Parameter(converter=_whole)]
DaysGiven = Annotated[list[str] | None, Parameter(converter=_days, negative=())]
Known = Annotated[
    MaybeDay,
    Parameter(
        help="Information cut-off: only notices published by this date count. "
        "Default: the earlier of --on and our last check."
    ),
]
Assume = Annotated[
    str | None, Parameter(help="Planning assumption for suspensions, e.g. 62=lapsed,61=extended:2027-01-10.")
]
Texts = Annotated[list[str] | None, Parameter(negative=())]
Facts = Annotated[Texts, Parameter(help="Fact of a single deal, name=value; sets as a;b. Can be repeated.")]
Stated = Annotated[Texts, Parameter(help="Compliance declaration, name=value. Can be repeated.")]
Paths = Annotated[list[Path] | None, Parameter(negative=())]
Flag = Annotated[bool, Parameter(negative=())]
JsonFlag = Annotated[Flag, Parameter(name="--json")]
AsJson = Annotated[JsonFlag, Parameter(help="Print JSON.")]
Cached = Annotated[
    bool, Parameter(name="--cache", help="Keep results for the next time and use those kept; --no-cache does neither.")
]
TextLang = Annotated[Lang, Parameter(help="Language of the text: en, zh, or ja for results.")]
WordsLang = Annotated[Lang, Parameter(help="Language of the output: en, zh, or ja for results.")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class LawOptions:
    """The rulebook to use.

    Attributes:
        pack: Folder of a rulebook. Default: the built-in rulebook.
        overlay: User-supplied notice (YAML) to add to the rulebook. Can be repeated.
    """

    pack: Path | None = None
    overlay: Paths = None

    @property
    def law(self) -> Law:
        """The rulebook in the form the verbs take."""
        from coercivity.verbs.law import Law

        return Law(self.pack, tuple(self.overlay or ()))


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class PartyLawOptions(LawOptions):
    """The rulebook to use, and the files for the screening of parties.

    Attributes:
        lists: List of parties of your own: CSV, FollowTheMoney JSON lines, or the US consolidated list. Repeatable.
        judgements: File of judgements whether names are listed parties.
        ownership: Who owns whom: CSV or FollowTheMoney JSON lines.
    """

    lists: Annotated[Paths, Parameter(name="--list")] = None
    judgements: Path | None = None
    ownership: Path | None = None

    @property
    def law(self) -> Law:
        """The rulebook in the form the verbs take."""
        return _with_parties(self)


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class WordLawOptions(PartyLawOptions):
    """The rulebook to use, the files for the screening of parties, and the words that texts are read with.

    Attributes:
        words: Lexicon of your own (CSV), read before the built-in words. Can be repeated.
    """

    words: Paths = None

    @property
    def law(self) -> Law:
        """The rulebook in the form the verbs take."""
        return replace(_with_parties(self), words=tuple(self.words or ()))


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class TimedLawOptions(PartyLawOptions):
    """The rulebook to use, the files for the screening of parties, and the working calendar for time limits.

    Attributes:
        calendar: Calendar of working days (YAML) of your own: adds years, or replaces a published one.
        assume_holidays: Year not published yet, e.g. 2027: assumes its statutory holidays, for planning. Repeatable.
    """

    calendar: Path | None = None
    assume_holidays: Texts = None

    @property
    def law(self) -> Law:
        """The rulebook in the form the verbs take."""
        return replace(_with_parties(self), calendar=self.calendar, assume_holidays=tuple(self.assume_holidays or ()))


def _with_parties(by: PartyLawOptions) -> Law:
    from coercivity.verbs.law import Law

    return Law(
        by.pack,
        tuple(by.overlay or ()),
        lists=tuple(by.lists or ()),
        judgements=by.judgements,
        ownership=by.ownership,
    )


PACKED_LAW = LawOptions()
PARTY_LAW = PartyLawOptions()
WORD_LAW = WordLawOptions()
TIMED_LAW = TimedLawOptions()
