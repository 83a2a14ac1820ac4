"""The folder of a run: whose files lie there, and how results get into it without harm to any other.

A small file, `.batch-files`, lists what runs wrote, each with its hash. Only a file that is listed and still has that
hash is replaced or removed. Results are made whole in the state folder and then moved into their places.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.canonical import canonical_json
from coercivity.base.errors import CoercivityError, Faults
from coercivity.batches.run import is_ours
from coercivity.data.input import Input
from coercivity.files.write.lock import held
from coercivity.files.write.whole import writing
from coercivity.files.write.whole_set import write_set
from coercivity.intake.cells.columns import ColumnMap, map_text

STATE = ".batch"
RESULTS = "results"  # in the state folder
MARKER = ".batch-files"
SCHEMA = "coercivity-batch-files-1"
MAPPING = "mapping.yaml"
PARTS = "decisions"
OWN_FILES: tuple[str, ...] = ("decisions.csv", "decisions.xlsx", "set-aside.csv", "readings.csv")
OWN_FILES += ("summary.txt", "summary.json", "summary.xlsx")
_ANOTHER = "name another folder after `--out`, or move the file away"


def names_of(formats: Sequence[str]) -> tuple[str, ...]:
    """Returns the files that a run writes beside the map; the Parquet parts go into a folder of their own."""
    left_out = {"decisions.csv": "csv" not in formats, "decisions.xlsx": "xlsx" not in formats}
    left_out["summary.xlsx"] = "xlsx" in formats
    return tuple(name for name in OWN_FILES if not left_out.get(name))


def hash_of_file(path: Path, progress: Callable[[int, int], object] = lambda done, size: None) -> str:
    """Returns the SHA-256 of a file.

    Args:
        path: The file.
        progress: Told how many bytes are done, of how many.
    """
    found, size, done = hashlib.sha256(), path.stat().st_size, 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 24):
            found.update(block)
            done += len(block)
            progress(done, size)
    return found.hexdigest()


def refuse_inputs(out: Path, inputs: Mapping[str, Path | None]) -> None:
    """Refuses a run that would write over, or remove, what it reads.

    Args:
        out: Folder for the results.
        inputs: What is read, by what it is.

    Raises:
        CoercivityError: With a fault for every such file.
    """
    folders = _both(out / STATE) | _both(out / PARTS)
    files = {place for name in (*OWN_FILES, MARKER) for place in _both(out / name)}
    maps, faults = _both(out / MAPPING), Faults()
    for name, path in inputs.items():
        if path is None:
            continue
        places = _both(path)
        inside = any(folder == place or folder in place.parents for folder in folders for place in places)
        if inside or places & files or (name != "column map" and places & maps):
            what = f"the {name} lies where the results are written, and would be lost"
            faults.add("OUT", what, where=str(path), next="name another folder after `--out`")
    faults.raise_if_any()


def _both(path: Path) -> set[Path]:
    """A path as it is written and as it is once links are followed."""
    try:
        return {Path(os.path.abspath(path)), path.resolve()}
    except (OSError, RuntimeError):  # links that run in a circle
        return {Path(os.path.abspath(path))}


@dataclass(frozen=True, slots=True)
class OutFolder:
    """The folder of the results of one run, held for it.

    Attributes:
        path: The folder.
        formats: Formats of the results.
    """

    path: Path
    formats: tuple[str, ...]

    @property
    def state(self) -> Path:
        """The folder of the state of the run."""
        return self.path / STATE

    @property
    def results(self) -> Path:
        """The folder where results are made before they are moved into their places."""
        return self.state / RESULTS

    def check(self) -> None:
        """Looks whether everything that would be replaced or removed was written by a run and left alone since.

        Raises:
            CoercivityError: With a fault for every other file.
        """
        faults = Faults()
        with writing(self.path):
            self._check(self._listed(faults), faults)
        faults.raise_if_any()

    def _check(self, listed: Mapping[str, list[str]], faults: Faults) -> None:
        for name in listed:
            if name != MAPPING and os.path.lexists(self.path / name) and not self._ours(name, listed):
                what = "was written by an earlier run and changed since; it stays as it is"
                faults.add("OUT", what, where=str(self.path / name), next=_ANOTHER)
        for name in self._wanted():
            if name not in listed:
                kind = "a folder" if (self.path / name).is_dir() else "a file"
                what = f"{kind} of this name lies here that no run wrote; it stays as it is"
                faults.add("OUT", what, where=str(self.path / name), next=_ANOTHER)

    def map_to_write(self, columns: ColumnMap, given: Input | None) -> bytes | None:
        """Returns the column map as it is written with the results; nothing where it lies in its place already.

        Args:
            columns: The map.
            given: The map that was given, if any.

        Raises:
            CoercivityError: When another map lies there that no run wrote, or it cannot be read.
        """
        path, content = self.path / MAPPING, map_text(columns).encode()
        if isinstance(given, Path) and _both(path) & _both(given):
            return None
        with writing(path):
            if not os.path.lexists(path) or self._ours(MAPPING, self._listed()):
                return content
            if path.is_file() and path.read_bytes() == content:
                return None
        what = "a column map lies here that no run wrote, or that was changed since; it stays as it is"
        next = "give it with `--map`, or name another folder after `--out`"
        raise CoercivityError.of("OUT", what, where=str(path), next=next)

    def publish(self, made: Mapping[str, bytes | Path]) -> None:
        """Puts results in their places, all at once, and removes those of an earlier run and the state of this one.

        Args:
            made: Each result by its name in the folder: its content, or where it was made.

        Raises:
            CoercivityError: When a file lies there that is not ours to replace, or one cannot be written.
        """
        self.check()
        with writing(self.path):
            listed = self._listed()
            kept = {MAPPING} - set(made)
            older = [name for name in listed if name not in made and name not in kept]
            new = {name: [_hash_of(content)] for name, content in made.items()}
            both = {name: [*listed.get(name, []), *new.get(name, [])] for name in {**listed, **new}}
            marker = _marker({name: hashes for name, hashes in listed.items() if name in kept} | new)
        # Old and new ones are listed where they change places one by one: broken off, all of them are known.
        write_set(self.path, {**made, MARKER: marker}, gone=[*older, STATE], meanwhile={MARKER: _marker(both)})

    def _wanted(self) -> Iterator[str]:
        """The names that this run writes, of those that are taken."""
        yield from (name for name in names_of(self.formats) if os.path.lexists(self.path / name))
        parts = self.path / PARTS
        if "parquet" not in self.formats or not os.path.lexists(parts):
            return
        if not parts.is_dir():
            yield PARTS
        else:
            yield from (f"{PARTS}/{path.name}" for path in sorted(parts.glob("part-*.parquet")))

    def _ours(self, name: str, listed: Mapping[str, list[str]]) -> bool:
        path = self.path / name
        return path.is_file() and not path.is_symlink() and hash_of_file(path) in listed.get(name, ())

    def _listed(self, faults: Faults | None = None) -> dict[str, list[str]]:
        """What runs wrote here, each with its hashes; a list that is none of ours is a fault."""
        path = self.path / MARKER
        if not os.path.lexists(path):
            return {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            files = {name: list(hashes) for name, hashes in found["files"].items() if _may_be_listed(name)}
            if found["schema"] == SCHEMA:
                return files
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        what = "this is not the list of files that runs wrote; it stays as it is"
        error = CoercivityError.of("OUT", what, where=str(path), next=_ANOTHER)
        if faults is None:
            raise error
        faults.items.extend(error.faults)
        return {}


def _may_be_listed(name: str) -> bool:
    """Whether a run may have written a file: nothing else is ever removed, whatever the list says."""
    folder, slash, last = name.rpartition("/")
    part = folder == PARTS and last.startswith("part-") and last.endswith(".parquet")
    return part if slash else name in (*OWN_FILES, MAPPING)


def _marker(files: Mapping[str, Sequence[str]]) -> bytes:
    """The list of the files of a folder, each with its hashes."""
    plain = {name: list(hashes) for name, hashes in sorted(files.items())}
    return canonical_json({"schema": SCHEMA, "files": plain}) + b"\n"


def _hash_of(content: bytes | Path) -> str:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else hash_of_file(content)


@contextmanager
def held_folder(out: Path, formats: tuple[str, ...]) -> Iterator[OutFolder]:
    """Makes the folder of the results, holds it for one run, and looks whether it may write there.

    Args:
        out: Folder for the results.
        formats: Formats of the results.

    Raises:
        CoercivityError: When the folder cannot be made or is in use, or holds files that are not ours to replace.
    """
    new = not os.path.lexists(out)
    with held(out, code="BATCH-BUSY"):
        try:
            out.mkdir(parents=True, exist_ok=True)
            ours = is_ours(out / STATE)
            if ours:
                (out / STATE).mkdir(exist_ok=True)
        except OSError as error:
            what = f"the folder for the results cannot be used: {error.strerror or error}"
            raise CoercivityError.of("OUT", what, where=str(out), next="name another after `--out`") from error
        if not ours:
            what = "what lies here is not the state of a run; it stays as it is"
            raise CoercivityError.of("OUT", what, where=str(out / STATE), next=_ANOTHER)
        try:
            folder = OutFolder(out, formats)
            folder.check()
            yield folder
        finally:
            for path in (out / STATE, *([out] if new else [])):
                with suppress(OSError):
                    path.rmdir()  # which only goes when it is empty
