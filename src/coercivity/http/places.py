"""Where the server keeps and finds files: uploads under their hash, case folders under names opened to it."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from coercivity.base.errors import CoercivityError, Fault, nearest
from coercivity.base.sums import total
from coercivity.files.lock import held as held_alone
from coercivity.files.whole import writing
from coercivity.files.whole_set import write_set
from coercivity.http.problems import TOO_LARGE, RefusedError

CASE_FILES = ("case.yaml", "transactions.csv", "firm.yaml")
CASE_FILE_BYTES = 8 * 2**20
MOST_STORED_BYTES = 4 * 2**30
_UPLOAD = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent.

    Attributes:
        id: First half of the SHA-256 of its content.
        path: Where it lies.
    """

    id: str
    path: Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one server.

    Attributes:
        state: Folder for uploads and results.
        roots: Folders whose case folders may be read.
    """

    state: Path
    roots: tuple[Path, ...] = ()

    @property
    def jobs(self) -> Path:
        """Folder of results."""
        return self.state / "jobs"

    @property
    def uploads(self) -> Path:
        """Folder of uploads."""
        return self.state / "uploads"

    @property
    def looks(self) -> Path:
        """Folder of what opening an upload told."""
        return self.state / "looks"

    def as_dict(self) -> dict[str, Any]:
        """Returns the folders as plain data for the process of a job."""
        return {"state": str(self.state), "roots": [str(root) for root in self.roots]}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Places:
        """Returns the folders that `as_dict` wrote."""
        return cls(Path(plain["state"]), tuple(Path(root) for root in plain["roots"]))

    def cases(self) -> dict[str, Path]:
        """Returns the case folders that may be named: those of the given roots, then the examples."""
        found: dict[str, Path] = {}
        for root in (*self.roots, example_folder()):
            for path in sorted(root.glob("*/case.yaml")) if root.is_dir() else ():
                found.setdefault(path.parent.name, path.parent)
        return found

    def case(self, name: str) -> Path:
        """Returns the case folder of a name, or of an upload.

        Raises:
            CoercivityError: When there is none of that name.
        """
        if _UPLOAD.fullmatch(name) and (self.uploads / name / CASE_FILES[0]).is_file():
            return self.uploads / name
        held = self.cases()
        if name not in held:
            what = f"there is no case {name[:60]!r}"
            step = "name one of those listed, or send its files"
            raise CoercivityError.of("EXAMPLE-UNKNOWN", what, nearest=nearest(name[:80], held), next=step)
        return held[name]

    def upload(self, upload_id: str) -> Upload:
        """Returns a file that was sent.

        Raises:
            CoercivityError: When there is none.
        """
        folder = self.uploads / upload_id
        found = sorted(folder.iterdir()) if _UPLOAD.fullmatch(upload_id) and folder.is_dir() else []
        if not found:
            what = "there is no such upload; files are kept until the server ends or newer ones take their place"
            raise CoercivityError.of("UPLOAD-UNKNOWN", what, where=upload_id[:64], next="send the file again")
        return Upload(upload_id, found[0])

    async def keep(self, name: str, chunks: AsyncIterator[bytes]) -> Upload:
        """Returns a file that is sent, kept under the hash of its content.

        Args:
            name: Name that the sender gave it; only plain signs of its last part are kept.
            chunks: Its content.

        Raises:
            CoercivityError: When it is empty.
        """
        with writing(self.uploads):
            self.uploads.mkdir(parents=True, exist_ok=True)
        part, seen, size = self.uploads / f"part-{id(chunks):x}", hashlib.sha256(), 0
        try:
            with writing(part), part.open("wb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    seen.update(chunk)
                    file.write(chunk)
            if not size:
                raise CoercivityError.of(
                    "FILE-EMPTY", "the file is empty", where=name[:80], next="send a file with rows"
                )
            return self._placed(part, name, seen.hexdigest()[:32])
        finally:
            part.unlink(missing_ok=True)

    def keep_case(self, sent: Sequence[tuple[str, bytes]]) -> str:
        """Returns the id under which the files of a case folder are kept.

        Raises:
            CoercivityError: When a file is not one of a case folder, or too large.
        """
        held = {name: content for name, content in sent if content or name}
        for name, content in held.items():
            if name not in CASE_FILES:
                what = f"{name[:60]!r} is no file of a case folder"
                raise CoercivityError.of("CASE-FILE", what, nearest=nearest(name[:60], CASE_FILES), next=_WANTED)
            if len(content) > CASE_FILE_BYTES:
                raise RefusedError(TOO_LARGE, Fault("HTTP-SIZE", f"{name} holds more than 8 MiB", next="send less"))
        missing = [name for name in CASE_FILES[:2] if name not in held]
        if missing:
            raise CoercivityError.of("CASE-FILE", f"{' and '.join(missing)} is missing", next=_WANTED)
        seen = hashlib.sha256()
        for name, content in sorted(held.items()):
            seen.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        folder = self.uploads / seen.hexdigest()[:32]
        if not folder.is_dir():  # a run may be reading it, and the same hash is the same content
            with held_alone(folder):
                write_set(folder, held)
        return folder.name

    def _placed(self, part: Path, name: str, upload_id: str) -> Upload:
        path = self.uploads / upload_id / plain_name(name)
        if path.is_file():  # a run may be reading it: it stays as it is
            path.parent.touch()
            return Upload(upload_id, path)
        self._make_room(part.stat().st_size)
        if path.parent.is_dir():
            shutil.rmtree(path.parent)
        path.parent.mkdir()
        return Upload(upload_id, part.replace(path))

    def _make_room(self, size: int) -> None:
        """Removes the oldest uploads where a new one would not fit."""
        held = sorted((p for p in self.uploads.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime_ns)
        sizes = {p: sum(f.stat().st_size for f in p.iterdir()) for p in held}
        whole = total(sizes.values()) + size
        for path in held:
            if whole <= MOST_STORED_BYTES:
                return
            whole -= sizes[path]
            shutil.rmtree(path, ignore_errors=True)


_WANTED = "send case.yaml, transactions.csv and, where there is one, firm.yaml"


def plain_name(name: str) -> str:
    """Returns the last part of a file name, of plain signs only, never hidden and never long."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^A-Za-z0-9._-]+", "_", last).lstrip("._-")[-80:].lstrip("._-")
    # A file of this name is taken for the standing block of the table beside it.
    return "table" if not kept or kept == "standing.yaml" else kept


def example_folder() -> Path:
    """Returns the folder of the example cases: inside the package when installed, beside `src` in a clone."""
    inside = Path(str(files("coercivity"))) / "examples"
    return inside if inside.is_dir() else Path(str(files("coercivity"))).parents[1] / "examples"
