"""The ownership rules of the pack, and the status of each on a day."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import SCALE, parse_exact
from coercivity.data.schema import DayText, Plain, Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.model import Event, Instrument, Provision, Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import StatusOn, status_on

FILE = "ownership.yaml"
_GRAVITY = (Status.IN_FORCE, Status.UNKNOWN, Status.SUSPENDED, Status.NOT_YET, Status.ENDED)


def _share(value: object) -> int:
    share = parse_exact(str(value))
    if not 0 < share <= SCALE:
        raise ValueError("expected a share above 0 and up to 1")
    return share


ShareText = Annotated[int, BeforeValidator(_share)]


class Regime(Strict):
    """The ownership rule of one regime.

    Attributes:
        lists: A party on one of these lists counts.
        perhaps_lists: A party on one of these may count.
        threshold: Share that counts, itself included [1e-9]; None if ownership does not count.
        several: Whether shares of several holders are added, or the text does not say.
        votes: Whether votes count like shares, the text does not say, or they do not count.
        near_from: Share from which a holding is shown as a near miss [1e-9].
        not_in: Countries whose companies the rule does not concern.
        clauses: Clauses of the rulebook whose status it has; `listings` for all list notices.
        events: Its own events, if it is not in the rulebook.
        verified_through: Last check of these events.
        reading: How we read it, by language.
    """

    id: Plain
    name: Words
    lists: list[Plain]
    perhaps_lists: list[Plain] = []
    threshold: ShareText | None = None
    several: Literal["adds", "asks"] = "asks"
    votes: Literal["counts", "asks", "ignored"] = "asks"
    near_from: ShareText | None = None
    not_in: list[Plain] = []
    clauses: list[Plain] | Literal["listings"] = []
    events: list[Event] = []
    verified_through: DayText | None = None
    reading: Words
    source: Plain
    source_urls: list[str] = []


class Regimes(Strict):
    """All ownership rules of a pack.

    Attributes:
        regimes: The rules, in the order in which results show them.
        lists: Other names of lists, by list.
    """

    regimes: list[Regime]
    lists: dict[str, list[str]]

    def list_named(self, text: str) -> str:
        """Returns the id of the list with a name, or the name itself if it is no list of these."""
        key = list_key(text)
        return next((one for one in self.lists if key in self.names_of(one)), text)

    def names_of(self, list_id: str) -> set[str]:
        """Returns all names of a list as keys."""
        return {list_key(name) for name in (list_id, *self.lists[list_id])}


def list_key(text: str) -> str:
    """Returns the name of a list without case, width, separators and the prefix `cn`."""
    word = unicodedata.normalize("NFKC", text).casefold().replace("_", " ").replace("-", " ")
    return " ".join(word.split()).removeprefix("cn ")


def packed_regimes() -> Regimes:
    """Returns the ownership rules of the built-in pack, whose names of lists a file may use."""
    return _regimes(law_folder(), "")


@lru_cache(maxsize=8)
def _regimes(folder: Path, content_hash: str) -> Regimes:
    del content_hash  # a changed pack is read again
    faults = Faults()
    found = parse_as(Regimes, load_file(folder / FILE), name=FILE, faults=faults)
    for regime in found.regimes if found is not None else ():
        if found is not None and (unknown := sorted({*regime.lists, *regime.perhaps_lists} - set(found.lists))):
            faults.add("PACK-FORM", f"{regime.id} names lists that are not described: {', '.join(unknown)}", where=FILE)
        if bool(regime.clauses) == bool(regime.events) or (regime.events and regime.verified_through is None):
            what = f"{regime.id} needs clauses, or events with the day of their last check"
            faults.add("PACK-FORM", what, where=FILE)
    faults.raise_if_any()
    assert found is not None
    return found


def regimes_of(book: Rulebook) -> Regimes:
    """Returns the ownership rules of the pack of a rulebook; none if the pack has no such file.

    Raises:
        CoercivityError: With every error in the file.
    """
    if not (book.folder / FILE).is_file():
        return Regimes(regimes=[], lists={})
    return _regimes(book.folder, book.content_hash)


def check_regimes(book: Rulebook, faults: Faults) -> None:
    """Adds every fault of the ownership rules of a rulebook: of the file, and clauses that do not exist."""
    with faults.kept():
        for regime in regimes_of(book).regimes:
            lost = [name for name in regime.clauses if regime.clauses != "listings" and book.rule(name) is None]
            for name in lost:
                what = f"{regime.id} names clause {name!r}, which has no effect or does not exist"
                faults.add("PACK-FORM", what, where=FILE)


def regime_status(regime: Regime, book: Rulebook, on: Day, known: Day) -> StatusOn:
    """Returns the status of an ownership rule on a day, as published by another.

    A rule of several clauses is in force while one of them is.
    """
    if regime.events:
        assert regime.verified_through is not None
        dates: dict[str, Any] = {"events": regime.events, "verified_through": regime.verified_through}
        clause: dict[str, Any] = {"id": regime.id}
        provision, instrument = Provision.model_construct(**clause), Instrument.model_construct(**dates)
        return status_on(provision, instrument, on, known)
    statuses = book.statuses(on, known, {})
    found = [status for rule, status in zip(book.rules, statuses, strict=True) if _is_of(regime, rule.provision)]
    return min(found, key=lambda status: _GRAVITY.index(status.status), default=StatusOn(Status.UNKNOWN))


def _is_of(regime: Regime, provision: Provision) -> bool:
    if regime.clauses == "listings":
        return provision.kind == "listing"
    return provision.id in regime.clauses
