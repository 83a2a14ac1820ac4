"""Options that several commands share, each with its help said once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter, Token

from coercivity.base.words import Lang

if TYPE_CHECKING:
    from coercivity.verbs.law import Law


def resolve_day(text: str) -> str:
    """Returns the day an argument names; `today` is resolved here, at the door."""
    return dt.date.today().isoformat() if text == "today" else text


def _day(_: object, tokens: Sequence[Token]) -> str:
    return resolve_day(tokens[0].value)


def _days(_: object, tokens: Sequence[Token]) -> list[str]:
    return [resolve_day(token.value) for token in tokens]


DayGiven = Annotated[str, Parameter(converter=_day)]
MaybeDay = Annotated[str | None, Parameter(converter=_day)]
DaysGiven = Annotated[list[str] | None, Parameter(converter=_days, negative=())]
Known = Annotated[
    MaybeDay,
    Parameter(help="Day by which things count as published; by default the earlier of `on` and the last check."),
]
Assume = Annotated[
    str | None, Parameter(help="Branches picked for planning, such as 62=lapsed,61=extended:2027-01-10.")
]
Texts = Annotated[list[str] | None, Parameter(negative=())]
Facts = Annotated[Texts, Parameter(help="One fact of a single deal, name=value; sets take a;b. Repeat for more.")]
Stated = Annotated[Texts, Parameter(help="One answer to a standing question, name=value. Repeat for more.")]
Paths = Annotated[list[Path] | None, Parameter(negative=())]
Flag = Annotated[bool, Parameter(negative=())]
JsonFlag = Annotated[Flag, Parameter(name="--json")]
AsJson = Annotated[JsonFlag, Parameter(help="Print JSON.")]
TextLang = Annotated[Lang, Parameter(help="Language of the text: en, zh or ja.")]
WordsLang = Annotated[Lang, Parameter(help="Language of the words: en, zh or ja.")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class LawOptions:
    """Which law is asked.

    Attributes:
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
    """

    pack: Path | None = None
    overlay: Paths = None

    @property
    def law(self) -> Law:
        """The law as the verbs take it."""
        from coercivity.verbs.law import Law

        return Law(self.pack, tuple(self.overlay or ()))


PACKED_LAW = LawOptions()
