"""What screening finds: for each name its verdict, the entries it may be, and the reasons for and against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coercivity.data.parties.judgement import Judgement
from coercivity.data.parties.listed import Identifier, ListEntry
from coercivity.intake.parties.scripts.characters import UNREADABLE, turns

Verdict = Literal["match", "possible", "none"]
TellsApart = Literal["address", "country", "identifier", "owner", "website", "born", "own_script"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A party to be screened.

    Attributes:
        name: The name as written; a cell may hold several.
        address: Its address.
        country: ISO 3166-1 alpha-2 code.
        identifiers: Its registration numbers.
        owner: Its owner, by name.
    """

    name: str
    address: str = ""
    country: str = ""
    identifiers: tuple[Identifier, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against two names being the same party.

    Attributes:
        kind: Key of the words of the rulebook (`name_reasons`).
        points: Positive for, negative against.
        written: The part of the written name concerned.
        listed: The part of the listed name concerned.
    """

    kind: str
    points: int
    written: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a name, and whether it is the same in the other one. The parts of a name make up the whole."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The last judgement of a pair.

    Attributes:
        judgement: The judgement.
        changed: What changed since: `name`, `address`, `country`, `owner`, `entry`. While empty, it holds.
    """

    judgement: Judgement
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """An entry that a name is, or may be.

    Attributes:
        written: The part of the cell that is the name.
        entry: The entry.
        listed: The name of the entry that is compared.
        verdict: `match` or `possible`; a judgement that holds makes it `match`, or `none` if it says `different`.
        screened: The verdict of the comparison alone.
        points: Sum of the features; comparable within a run, not a probability.
        features: Reasons, those for it first, the weightiest first.
        written_spans: The written name, divided where it differs.
        listed_spans: The listed name, divided where it differs.
        tells_apart: What would tell the two apart, the most telling first.
        judged: The last judgement of the pair, if any.
    """

    written: str
    entry: ListEntry
    listed: str
    verdict: Verdict
    screened: Verdict
    points: int
    features: tuple[Feature, ...]
    written_spans: tuple[Span, ...] = ()
    listed_spans: tuple[Span, ...] = ()
    tells_apart: tuple[TellsApart, ...] = ()
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class PartyResult:
    """The result for one party.

    Attributes:
        asked: The party.
        folded: Its name as folded for comparison.
        findings: Entries that it is or may be, matches first, then by points.
        unread: Letters of scripts in which names are not compared; while there are any, the verdict is not `none`.
        nobody: Whether the text names nobody (`tbc`), which is a question and never `none`.
        doubted: Whether the text itself expresses doubt (a question mark).
        cut: Whether the text holds more names than are screened, or a longer one than any listed name is; what is left
            out is not screened, so the verdict is not `none`.
    """

    asked: Asked
    folded: str
    findings: tuple[Finding, ...] = ()
    unread: str = ""
    nobody: bool = False
    doubted: bool = False
    cut: bool = False

    @property
    def remarks(self) -> tuple[str, ...]:
        """Why the text itself is a question, as words of `name_reasons`."""
        turned = UNREADABLE in self.unread and turns(self.asked.name)
        told = {
            "no_name": self.nobody,
            "turned": turned,
            "other_script": bool(self.unread.replace(UNREADABLE, "") if turned else self.unread),
            "in_doubt": self.doubted,
            "too_long": self.cut,
        }
        return tuple(word for word, holds in told.items() if holds)

    @property
    def verdict(self) -> Verdict:
        """The strongest verdict; `possible` if the name could not be read."""
        verdicts = {one.verdict for one in self.findings}
        if "match" in verdicts:
            return "match"
        if "possible" in verdicts or self.unread or self.nobody or self.doubted or self.cut:
            return "possible"
        return "none"
