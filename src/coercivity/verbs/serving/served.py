"""The rulebook of a server: the built-in one with the lists, judgements and ownership it was started with.

It is kept for the duration of a request or job in a context variable, so that every door of a server has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Self, TypedDict

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.party_files import BESIDE
from coercivity.data.input import MOST_BYTES, Content, Input, bytes_in

KEPT_BYTES = 8 * MOST_BYTES  # a larger file is read by its reader, which has limits of its own


class FilesPlain(TypedDict):
    """The files of a server as plain data."""

    lists: list[str]
    judgements: str
    ownership: str
    session: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class PartyPaths:
    """Files for the screening of parties that a server was started with.

    Attributes:
        lists: Lists of parties.
        judgements: File of judgements, to which requests may add.
        ownership: Who owns whom.
        session: File of judgements that the screens add to if the server was started without one.
        words: Lexicon files of the user's own.
    """

    lists: tuple[Path, ...] = ()
    judgements: Path | None = None
    ownership: Path | None = None
    session: Path | None = None
    words: tuple[Path, ...] = ()

    @property
    def given(self) -> bool:
        """Whether there is any file."""
        return bool(self.lists or self.words) or any(
            path is not None for path in (self.judgements, self.ownership, self.session)
        )

    def law(self) -> Law:
        """Returns the built-in rulebook with the files as they are now; an unchanged file is not read again."""
        if not self.given:
            return PACKED
        judgements, ownership = (path and _now(path) for path in (self.judgements or self.session, self.ownership))
        if isinstance(judgements, Path) and not judgements.exists():
            judgements = Content(judgements.as_posix(), b"")  # created with the first judgement
        lists, words = (tuple(map(_now, paths)) for paths in (self.lists, self.words))
        return replace(PACKED, lists=lists, judgements=judgements, ownership=ownership, words=words)

    def as_dict(self) -> FilesPlain:
        """Returns the files as plain data for the process of a job."""
        lists, words = ([path.as_posix() for path in paths] for paths in (self.lists, self.words))
        paths = (self.judgements, self.ownership, self.session)
        judgements, ownership, session = (path.as_posix() if path else "" for path in paths)
        return {"lists": lists, "judgements": judgements, "ownership": ownership, "session": session, "words": words}

    @classmethod
    def from_dict(cls, plain: FilesPlain) -> Self:
        """Returns the files from the data of `as_dict`."""
        paths = (plain["judgements"], plain["ownership"], plain["session"])
        judgements, ownership, session = (Path(path) if path else None for path in paths)
        words = tuple(map(Path, plain["words"]))
        return cls(tuple(map(Path, plain["lists"])), judgements, ownership, session, words)


NO_PATHS = PartyPaths()
_served: ContextVar[PartyPaths] = ContextVar("served", default=NO_PATHS)
_kept: dict[Path, tuple[tuple[int, int, int], Content]] = {}
_lock = Lock()


@contextmanager
def serving(paths: PartyPaths) -> Iterator[None]:
    """Makes the files of a server those of everything done inside."""
    token = _served.set(paths)
    try:
        yield
    finally:
        _served.reset(token)


def served_law() -> Law:
    """Returns the rulebook of the server of the present request or job."""
    return _served.get().law()


def started_with_judgements() -> bool:
    """Returns whether the server was started with a file of judgements, which a request cannot replace."""
    return _served.get().judgements is not None


def party_options(law: Law) -> list[tuple[str, str]]:
    """Returns the options of the command line for the party files of a rulebook: option and name of the file."""
    given = [*(("list", one) for one in law.lists), *(("words", one) for one in law.words)]
    given += [(name, one) for name, one in (("judgements", law.judgements), ("ownership", law.ownership)) if one]
    # A file of judgements that does not exist yet is left out.
    return [(name, Path(one.name).name) for name, one in given if bytes_in(one)]


def judgements_path() -> Path:
    """Returns the file of judgements of the server.

    Raises:
        CoercivityError: If the server was started without one.
    """
    path = _served.get().judgements
    if path is None:
        what = "this server keeps no judgements"
        raise CoercivityError.of("JUDGE-FILE", what, next="start it with `coercivity serve --judgements FILE`")
    return path


def _now(path: Path) -> Input:
    """Returns the content of a file, read again only if the file was changed."""
    try:
        state = path.stat()
        key = (state.st_mtime_ns, state.st_size, state.st_ino)
        if path.with_name(path.name + BESIDE).is_file():
            return path
        with _lock:
            held = _kept.get(path)
            if held is not None and held[0] == key:
                return held[1]
            if state.st_size > KEPT_BYTES:
                return path
            content = Content(path.as_posix(), path.read_bytes())
            _kept[path] = key, content
            return content
    except OSError:
        return path  # its reader says what is wrong
