"""The folder of a run: which of its files belong to runs, and how results get there without harm to other files.

A small file, `.batch-files`, lists what runs wrote, each with its hash. Only a file that is listed and still has that
hash is replaced or removed. Results are completed in the state folder and then moved into place.
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
_ANOTHER = "choose another --out folder, or move the file away"


def names_of(formats: Sequence[str]) -> tuple[str, ...]:
    """Returns the files that a run writes next to the mapping; the Parquet parts go into their own folder."""
    left_out = {"decisions.csv": "csv" not in formats, "decisions.xlsx": "xlsx" not in formats}
    left_out["summary.xlsx"] = "xlsx" in formats
    return tuple(name for name in OWN_FILES if not left_out.get(name))


def hash_of_file(path: Path, progress: Callable[[int, int], object] = lambda done, size: None) -> str:
    """Returns the SHA-256 of a file.

    Args:
        path: The file.
        progress: Called with the number of bytes done and the total.
    """
    found, size, done = hashlib.sha256(), path.stat().st_size, 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 24):
            found.update(block)
            done += len(block)
            progress(done, size)
    return found.hexdigest()


def refuse_inputs(out: Path, inputs: Mapping[str, Path | None]) -> None:
    """Rejects a run that would overwrite or remove its own input.

    Args:
        out: Folder for the results.
        inputs: Input files, by description.

    Raises:
        CoercivityError: With an error for every such file.
    """
    folders = _both(out / STATE) | _both(out / PARTS)
    files = {place for name in (*OWN_FILES, MARKER) for place in _both(out / name)}
    maps, faults = _both(out / MAPPING), Faults()
    for name, path in inputs.items():
        if path is None:
            continue
        places = _both(path)
        inside = any(folder == place or folder in place.parents for folder in folders for place in places)
        if inside or places & files or (name != "column mapping" and places & maps):
            what = f"the {name} is in the output folder and would be overwritten"
            faults.add("OUT", what, where=str(path), next="choose another --out folder")
    faults.raise_if_any()


def _both(path: Path) -> set[Path]:
    """Returns a path as written and with its links resolved."""
    try:
        return {Path(os.path.abspath(path)), path.resolve()}
    except (OSError, RuntimeError):  # circular links
        return {Path(os.path.abspath(path))}


@dataclass(frozen=True, slots=True)
class OutFolder:
    """The output folder of one run, locked for it.

    Attributes:
        path: The folder.
        formats: Formats of the results.
    """

    path: Path
    formats: tuple[str, ...]

    @property
    def state(self) -> Path:
        """The state folder of the run."""
        return self.path / STATE

    @property
    def results(self) -> Path:
        """The folder in which results are completed before they are moved into place."""
        return self.state / RESULTS

    def check(self) -> None:
        """Checks that everything to be replaced or removed was written by a run and not changed since.

        Raises:
            CoercivityError: With an error for every other file.
        """
        faults = Faults()
        with writing(self.path):
            self._check(self._listed(faults), faults)
        faults.raise_if_any()

    def _check(self, listed: Mapping[str, list[str]], faults: Faults) -> None:
        for name in listed:
            if name != MAPPING and os.path.lexists(self.path / name) and not self._ours(name, listed):
                what = "was changed after an earlier run wrote it; left untouched"
                faults.add("OUT", what, where=str(self.path / name), next=_ANOTHER)
        for name in self._wanted():
            if name not in listed:
                kind = "a folder" if (self.path / name).is_dir() else "a file"
                what = f"{kind} of this name exists that was not written by a run; left untouched"
                faults.add("OUT", what, where=str(self.path / name), next=_ANOTHER)

    def map_to_write(self, columns: ColumnMap, given: Input | None) -> bytes | None:
        """Returns the column mapping to write with the results; None if it is already in place.

        Args:
            columns: The mapping.
            given: The mapping file that was given, if any.

        Raises:
            CoercivityError: If another mapping exists there that no run wrote, or it cannot be read.
        """
        path, content = self.path / MAPPING, map_text(columns).encode()
        if isinstance(given, Path) and _both(path) & _both(given):
            return None
        with writing(path):
            if not os.path.lexists(path) or self._ours(MAPPING, self._listed()):
                return content
            if path.is_file() and path.read_bytes() == content:
                return None
        what = "a column mapping exists here that was not written by a run, or was changed since; left untouched"
        next = "pass it with `--map`, or choose another --out folder"
        raise CoercivityError.of("OUT", what, where=str(path), next=next)

    def publish(self, made: Mapping[str, bytes | Path]) -> None:
        """Moves results into place, all at once, and removes those of an earlier run and the state of this one.

        Args:
            made: Each result by its name in the folder: its content, or the path where it was made.

        Raises:
            CoercivityError: If a file there was not written by a run, or one cannot be written.
        """
        self.check()
        with writing(self.path):
            listed = self._listed()
            kept = {MAPPING} - set(made)
            older = [name for name in listed if name not in made and name not in kept]
            new = {name: [_hash_of(content)] for name, content in made.items()}
            both = {name: [*listed.get(name, []), *new.get(name, [])] for name in {**listed, **new}}
            marker = _marker({name: hashes for name, hashes in listed.items() if name in kept} | new)
        # While files are replaced one by one, old and new ones are listed, in case of an interruption.
        write_set(self.path, {**made, MARKER: marker}, gone=[*older, STATE], meanwhile={MARKER: _marker(both)})

    def _wanted(self) -> Iterator[str]:
        """Yields the names that this run writes among those that exist."""
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
        """Returns what runs wrote here, each with its hashes; an invalid list is an error."""
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
        what = "not a valid list of the files written by runs; left untouched"
        error = CoercivityError.of("OUT", what, where=str(path), next=_ANOTHER)
        if faults is None:
            raise error
        faults.items.extend(error.faults)
        return {}


def _may_be_listed(name: str) -> bool:
    """Returns whether a run may have written a file: nothing else is ever removed, whatever the list says."""
    folder, slash, last = name.rpartition("/")
    part = folder == PARTS and last.startswith("part-") and last.endswith(".parquet")
    return part if slash else name in (*OWN_FILES, MAPPING)


def _marker(files: Mapping[str, Sequence[str]]) -> bytes:
    """Returns the list of the files of a folder, each with its hashes."""
    plain = {name: list(hashes) for name, hashes in sorted(files.items())}
    return canonical_json({"schema": SCHEMA, "files": plain}) + b"\n"


def _hash_of(content: bytes | Path) -> str:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else hash_of_file(content)


@contextmanager
def held_folder(out: Path, formats: tuple[str, ...]) -> Iterator[OutFolder]:
    """Creates the output folder, locks it for one run, and checks that the run may write there.

    Args:
        out: Folder for the results.
        formats: Formats of the results.

    Raises:
        CoercivityError: If the folder cannot be created or is in use, or has files that no run wrote.
    """
    new = not os.path.lexists(out)
    with held(out, code="BATCH-BUSY"):
        try:
            out.mkdir(parents=True, exist_ok=True)
            ours = is_ours(out / STATE)
            if ours:
                (out / STATE).mkdir(exist_ok=True)
        except OSError as error:
            what = f"cannot use the output folder: {error.strerror or error}"
            raise CoercivityError.of("OUT", what, where=str(out), next="choose another --out folder") from error
        if not ours:
            what = "this exists but is not the state of a run; left untouched"
            raise CoercivityError.of("OUT", what, where=str(out / STATE), next=_ANOTHER)
        try:
            folder = OutFolder(out, formats)
            folder.check()
            yield folder
        finally:
            for path in (out / STATE, *([out] if new else [])):
                with suppress(OSError):
                    path.rmdir()  # succeeds only if it is empty
