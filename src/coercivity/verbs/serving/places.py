"""Where the server keeps and finds files: uploads under their hash, case folders under names opened to it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

from coercivity.base.errors import CoercivityError, Fault, nearest
from coercivity.data.textyaml import file_in, leads_out
from coercivity.verbs.serving.problems import TOO_LARGE, RefusedError
from coercivity.verbs.serving.stored import UPLOADS, StorageQuota, checked_name, extension_of, make_room, on_its_way

CASE_FILES = ("case.yaml", "transactions.csv", "firm.yaml")
CASE_FILE_BYTES = 8 * 2**20
FIRM_FILE = CASE_FILES[2]
MOST_FIRM_BYTES = 128 * 1024  # some 300 flows, of which each is decided and drawn while the reader waits
NAME = "name"
_UPLOAD = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent.

    Attributes:
        id: First half of a SHA-256 of its content and its name.
        path: Where it lies.
        name: Name that the sender gave it; it is shown, and no file is called so.
    """

    id: str
    path: Path
    name: str


class PlacesPlain(TypedDict):
    """The folders of one server as plain data."""

    state: str
    roots: list[str]


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one server.

    Attributes:
        state: Folder for uploads and results.
        roots: Folders whose case folders may be read.
        quota: How much of what is sent is kept.
        pins: Each tells the ids of uploads that are being read and stay.
    """

    state: Path
    roots: tuple[Path, ...] = ()
    quota: StorageQuota = UPLOADS
    pins: list[Callable[[], set[str]]] = field(default_factory=list, compare=False, repr=False)

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

    def as_dict(self) -> PlacesPlain:
        """Returns the folders as plain data for the process of a job."""
        return {"state": str(self.state), "roots": [str(root) for root in self.roots]}

    @classmethod
    def from_dict(cls, plain: PlacesPlain) -> Places:
        """Returns the folders that `as_dict` wrote."""
        return cls(Path(plain["state"]), tuple(Path(root) for root in plain["roots"]))

    def cases(self) -> dict[str, Path]:
        """Returns the case folders that may be named: those of the given roots, then the examples; no links out."""
        found: dict[str, Path] = {}
        for root in (*self.roots, example_folder()):
            for path in sorted(root.glob("*/case.yaml")) if root.is_dir() else ():
                if not leads_out(root, path.parent):
                    found.setdefault(path.parent.name, path.parent)
        return found

    def case(self, name: str) -> Path:
        """Returns the case folder of a name, or of an upload; none of its files leads out of it.

        Raises:
            CoercivityError: When there is none of that name, or a link leads out of it.
        """
        if _UPLOAD.fullmatch(name) and (self.uploads / name / CASE_FILES[0]).is_file():
            return self.uploads / name
        held = self.cases()
        if name not in held:
            what = f"there is no case {name[:60]!r}"
            step = "name one of those listed, or send its files"
            raise CoercivityError.of("EXAMPLE-UNKNOWN", what, nearest=nearest(name[:80], held), next=step)
        for file in CASE_FILES:
            file_in(held[name], file)
        return held[name]

    def upload(self, upload_id: str) -> Upload:
        """Returns a file that was sent.

        Raises:
            CoercivityError: When there is none.
        """
        folder = self.uploads / upload_id
        found = sorted(folder.glob(f"{upload_id}.*")) if _UPLOAD.fullmatch(upload_id) and folder.is_dir() else []
        if not found:
            what = "there is no such upload; files are kept until the server ends or newer ones take their place"
            raise CoercivityError.of("UPLOAD-UNKNOWN", what, where=upload_id[:64], next="send the file again")
        return Upload(upload_id, found[0], (folder / NAME).read_text(encoding="utf-8"))

    async def keep(self, name: str, chunks: AsyncIterator[bytes]) -> Upload:
        """Returns a file that is sent, kept under a hash and an extension of ours.

        Args:
            name: Name that the sender gave it, which is only shown.
            chunks: Its content.

        Raises:
            CoercivityError: When it is empty, or its name is that of code, hidden, or leads elsewhere.
            RefusedError: When there is no room for it.
        """
        shown = checked_name(name)
        extension = extension_of(shown)
        with on_its_way(self.uploads) as part:
            seen, size, content = hashlib.sha256(), 0, part / f"content{extension}"
            with content.open("wb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    seen.update(chunk)
                    file.write(chunk)
            if not size:
                raise CoercivityError.of("FILE-EMPTY", "the file is empty", where=shown, next="send a file with rows")
            upload_id = hashlib.sha256(f"{seen.hexdigest()} {shown}".encode()).hexdigest()[:32]
            content.rename(part / f"{upload_id}{extension}")
            (part / NAME).write_text(shown, encoding="utf-8")
            self._place(part, upload_id)
        return self.upload(upload_id)

    def keep_case(self, sent: Sequence[tuple[str, bytes]]) -> str:
        """Returns the id under which the files of a case folder are kept.

        Raises:
            CoercivityError: When a file is not one of a case folder, or too large.
            RefusedError: When there is no room for them.
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
        case_id = seen.hexdigest()[:32]
        with on_its_way(self.uploads) as part:
            for name, content in held.items():
                (part / name).write_bytes(content)
            self._place(part, case_id)
        return case_id

    def _place(self, part: Path, upload_id: str) -> None:
        """Puts what has come in its place, whole; what is there already stays, for a run may be reading it."""
        place = self.uploads / upload_id
        if not place.is_dir():
            used = frozenset().union(*(pinned() for pinned in self.pins))
            make_room(self.uploads, part, self.quota, used)
            part.rename(place)
        place.touch()


_LARGE_NEXT = "make the brief of the case, which takes its time as a job, or ask `coercivity survive`"
_WANTED = "send case.yaml, transactions.csv and, where there is one, firm.yaml"


def example_folder() -> Path:
    """Returns the folder of the example cases: inside the package when installed, beside `src` in a clone."""
    inside = Path(str(files("coercivity"))) / "examples"
    return inside if inside.is_dir() else Path(str(files("coercivity"))).parents[1] / "examples"


def check_firm_size(folder: Path) -> None:
    """Refuses a firm whose flows would keep a request waiting; its brief is a job and takes it.

    Raises:
        CoercivityError: When it is too large.
    """
    file = folder / FIRM_FILE
    if file.is_file() and file.stat().st_size > MOST_FIRM_BYTES:
        what = f"{FIRM_FILE} holds more than {MOST_FIRM_BYTES // 1024} KiB, too much for an answer at once"
        raise CoercivityError.of("CASE-SIZE", what, where=FIRM_FILE, next=_LARGE_NEXT)
