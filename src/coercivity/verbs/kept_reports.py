"""Reports kept whole: a report that was made before, from the same files, is not made again.

The key covers the question, the content of the case folder, every file of this package with the built-in packs, the
interpreter and the versions of everything installed. Nothing heavy is imported before a report has to be made.
"""

from __future__ import annotations

import json
import os
import platform
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from coercivity.base.canonical import hash_files, sha256
from coercivity.base.errors import Fault
from coercivity.base.json_types import Json
from coercivity.base.sums import total
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set

FORMAT = "report 1"
MOST_FILES, MOST_BYTES = 64, 16 * 2**20  # of a case folder whose reports are kept
_LENGTH = struct.Struct("<Q")


class Results(Protocol):
    """Results by key, as `files.kept.store.Store`.

    Attributes:
        notices: What went wrong with the store.
    """

    notices: list[Fault]

    def get(self, key: str) -> bytes | None:
        """Returns a result as it was kept, or None."""

    def put(self, key: str, content: bytes) -> None:
        """Keeps a result."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to which a report is the answer.

    Attributes:
        kind: The verb.
        words: Its arguments as plain data.
        folder: Folder whose files it reads; None if it reads none.
    """

    kind: str
    words: Mapping[str, Json]
    folder: Path | None = None

    def key(self) -> str | None:
        """Returns the key of the report; None if the folder cannot be read, or holds too much to be hashed."""
        try:
            content = "" if self.folder is None else _folder_hash(self.folder)
        except OSError:
            return None
        if content is None:
            return None
        return sha256([FORMAT, self.kind, dict(self.words), content, package_hash(), *_installed()])


@dataclass(frozen=True, slots=True)
class Report:
    """A report with everything that a command shows or writes.

    Attributes:
        lines: Summary for a terminal.
        data: The report as plain data.
        files: Content of the files of the report by name.
        gone: Names of files that are not part of it.
    """

    lines: tuple[str, ...]
    data: Json = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """A report as given to the user.

    Attributes:
        written: Files written.
        notices: What went wrong with the cache; the report is not affected.
    """

    report: Report
    written: tuple[Path, ...] = ()
    notices: tuple[Fault, ...] = ()


def told(asked: Asked, store: Results | None, out: Path | None, make: Callable[[], Told]) -> Told:
    """Returns the report on a question, from the store or made now, and written in both cases.

    Args:
        asked: The question.
        store: Where reports are kept; None if they are not.
        out: Folder for the files of the report.
        make: Makes the report and writes it.

    Raises:
        CoercivityError: As `make`; or if another run is using the folder, or it cannot be written.
    """
    key = asked.key() if store is not None else None
    if store is None or key is None:
        return make()
    kept = store.get(key)
    report = _report_of(kept) if kept is not None else None
    if report is not None:
        return Told(report, _written(report, out), tuple(store.notices))
    made = make()
    if asked.key() == key:  # no file was changed meanwhile
        store.put(key, packed(made.report))
    return replace(made, notices=tuple(dict.fromkeys((*made.notices, *store.notices))))


def _written(report: Report, out: Path | None) -> tuple[Path, ...]:
    if out is None:
        return ()
    with held(out):
        return write_set(out, report.files, gone=report.gone)


def packed(report: Report) -> bytes:
    """Returns a report as bytes: the length of its head, the head as JSON, and the files one after another."""
    sizes = {name: len(content) for name, content in report.files.items()}
    head = {"lines": report.lines, "data": report.data, "files": sizes, "gone": sorted(report.gone)}
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(_LENGTH.pack(len(text)) + text + b"".join(report.files.values()), 1)


def _report_of(content: bytes) -> Report | None:
    """Returns a report from its bytes; None if they are whole but not those of a report, which is then made again."""
    try:
        return unpacked(content)
    except (zlib.error, struct.error, ValueError, LookupError, TypeError, AttributeError):
        return None


def unpacked(content: bytes) -> Report:
    """Returns a report from its bytes, which the store has checked."""
    whole = zlib.decompress(content)
    place = _LENGTH.size + _LENGTH.unpack_from(whole)[0]
    head = json.loads(whole[_LENGTH.size : place])
    found: dict[str, bytes] = {}
    for name, size in head["files"].items():
        found[name] = whole[place : place + size]
        place += size
    return Report(tuple(head["lines"]), head["data"], found, frozenset(head["gone"]))


def package_hash() -> str:
    """Returns the SHA-256 over every file of this package: programs, templates and packs; what Python keeps is not."""
    root = str(files("coercivity"))
    return hash_files((path[len(root) :], Path(path).read_bytes()) for path in sorted(_below(root)))


def _below(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _below(entry.path)
            elif entry.is_file():
                yield entry.path


def _folder_hash(folder: Path) -> str | None:
    """Returns the hash of the files of a case folder, of its links as links; None if there is too much in it."""
    names = sorted(_names(folder))
    size = total((folder / name).stat().st_size for name in names)
    if len(names) > MOST_FILES or size > MOST_BYTES:
        return None
    links = [name for name in names if (folder / name).is_symlink()]
    return sha256([os.fspath(folder), links, hash_files((name, (folder / name).read_bytes()) for name in names)])


def _names(folder: Path) -> Iterator[str]:
    """Yields the names of the files of a case folder, and of those in its folder of a company."""
    for entry in os.scandir(folder):
        if entry.is_file():
            yield entry.name
        elif entry.name == "company" and entry.is_dir():
            yield from (f"{entry.name}/{inner.name}" for inner in os.scandir(entry) if inner.is_file())


def _installed() -> list[str]:
    """Returns interpreter, machine, and the names and versions of all installed distributions."""
    found: set[str] = set()
    for place in sys.path:
        if os.path.isdir(place):
            found |= {name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))}
    return [sys.version, platform.machine(), *sorted(found)]
