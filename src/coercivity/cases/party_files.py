"""The files with which a user screens parties: where they are, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.input import MOST_BYTES, Content, Input, place_of, read_bytes
from coercivity.data.parties.files import NO_PARTY_FILES, PartyFiles
from coercivity.data.parties.judgement import Judgement
from coercivity.data.parties.listed import NamedList
from coercivity.data.parties.ownership import OwnershipGraph
from coercivity.law.rules.rulebook import Rulebook, with_party_files

BESIDE = ".list.yaml"  # of the file beside a list, which states its version and day
KEPT = 8  # sets of files kept as read; a server sees the same ones at every request
_MOST_KEPT_BYTES = 8 * MOST_BYTES  # larger files are left to their readers, which have their own limits


@dataclass(frozen=True, slots=True)
class PartyInputs:
    """Files of a user for the screening of parties, not read yet; small enough to be sent to another process.

    Attributes:
        lists: Lists of parties, in this order.
        judgements: Judgements about names.
        ownership: Who owns whom.
    """

    lists: tuple[Input, ...] = ()
    judgements: Input | None = None
    ownership: Input | None = None

    @property
    def given(self) -> tuple[Input, ...]:
        """All files given."""
        return (*self.lists, *(one for one in (self.judgements, self.ownership) if one is not None))

    def read(self) -> PartyFiles:
        """Returns what the files hold; files of the same content are read once.

        Raises:
            CoercivityError: With every fault of all files.
        """
        if not self.given:
            return NO_PARTY_FILES
        held = {one: _held(one) for one in self.given}
        lists = tuple(held[one] for one in self.lists)
        judgements, ownership = (one and held[one] for one in (self.judgements, self.ownership))
        read = _read if any(isinstance(one, Path) for one in held.values()) else _kept
        return read(lists, judgements, ownership)

    def unchanged(self, key: tuple[str, ...]) -> PartyFiles:
        """Returns what the files hold if it is what it was when a run began.

        Args:
            key: Key of what they held.

        Raises:
            CoercivityError: If a file was changed meanwhile.
        """
        files = self.read()
        if files.key != key:
            what = "a list, judgement or ownership file was changed during the run"
            where = ", ".join(map(place_of, self.given))
            raise CoercivityError.of("PARTY-FILE", what, where=where, next="run again, without --resume")
        return files


_CREATED = "check the name; `coercivity judge` creates the file with the first judgement"
NO_PARTY_INPUTS = PartyInputs()


def book_with_files(book: Rulebook, inputs: PartyInputs, faults: Faults) -> Rulebook:
    """Returns the rulebook with a user's files for the screening of parties; faults are added, not raised."""
    try:
        return with_party_files(book, inputs.read())
    except CoercivityError as error:
        faults.items += error.faults
        return book


def _held(source: Input) -> Input:
    """Returns a file with its content, so that one changed since is read again; a faulty one as it is."""
    if isinstance(source, Content):
        return source
    try:
        if source.with_name(source.name + BESIDE).is_file():
            return source  # what the file beside it states would be lost
        if not source.is_file() or source.stat().st_size > _MOST_KEPT_BYTES:
            return source
        return Content(source.as_posix(), read_bytes(source))
    except OSError:
        return source  # its reader says what is wrong


def _read(lists: tuple[Input, ...], judgements: Input | None, ownership: Input | None) -> PartyFiles:
    faults = Faults()
    named = _lists(lists, faults) if lists else ()
    judged = _judgements(judgements, faults) if judgements is not None else ((), "")
    graph = _ownership(ownership, faults) if ownership is not None else None
    faults.raise_if_any()
    return PartyFiles(named, *judged, graph)


_kept = lru_cache(maxsize=KEPT)(_read)


# The readers are imported when a file is given: they are slow to import, and most runs have none.
def _lists(sources: tuple[Input, ...], faults: Faults) -> tuple[NamedList, ...]:
    from coercivity.intake.parties.lists.read import read_lists

    return read_lists(sources, faults)


def _judgements(source: Input, faults: Faults) -> tuple[tuple[Judgement, ...], str]:
    from coercivity.intake.parties.judgements.file import read_judgements

    if isinstance(source, Path) and not source.exists():
        here = [entry.name for entry in source.parent.iterdir()][:200] if source.parent.is_dir() else []
        close = nearest(source.name, here)
        faults.add("FILE-MISSING", "file not found", where=source.as_posix(), nearest=close, next=_CREATED)
        return (), ""
    return read_judgements(source, faults)


def _ownership(source: Input, faults: Faults) -> OwnershipGraph:
    from coercivity.intake.ownership.read import read_ownership

    return read_ownership(source, faults)
