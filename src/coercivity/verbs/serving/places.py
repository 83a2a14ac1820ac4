"""Folders of the server: uploads by hash, and case folders by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

from coercivity.base.errors import CoercivityError, Fault, nearest
from coercivity.base.examples import example_folder
from coercivity.data.textyaml import file_in, leads_out
from coercivity.verbs.serving.problems import TOO_LARGE, RefusedError
from coercivity.verbs.serving.served import NO_PATHS, FilesPlain, PartyPaths
from coercivity.verbs.serving.stored import UPLOADS, StorageQuota, checked_name, extension_of, make_room, on_its_way

CASE_FILES = ("case.yaml", "transactions.csv", "company.xlsx", "company.yaml", "papers.csv", "licences.csv")
COMPANY_FOLDER = "company"
CASE_FILE_BYTES = 8 * 2**20
NAME, JUDGEMENTS = "name", "judgements.jsonl"
_UPLOAD = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file.

    Attributes:
        id: First half of a SHA-256 of its content and name.
        path: Path on the server.
        name: Original name, for display only; no file on the server has it.
    """

    id: str
    path: Path
    name: str


class PlacesPlain(TypedDict):
    """The folders of one server as plain data."""

    state: str
    roots: list[str]
    parties: FilesPlain


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one server.

    Attributes:
        state: Folder for uploads and results.
        roots: Folders with case folders that may be read.
        quota: Limit on stored uploads.
        parties: Files for the screening of parties.
        pins: Functions that return the ids of uploads in use, which are not removed.
    """

    state: Path
    roots: tuple[Path, ...] = ()
    quota: StorageQuota = UPLOADS
    parties: PartyPaths = NO_PATHS
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
        """Folder of previews of uploads."""
        return self.state / "looks"

    @property
    def own_judgements(self) -> Path:
        """File of judgements of a server that was started without one."""
        return self.state / JUDGEMENTS

    def with_judgements(self) -> Places:
        """Returns the folders with a file of judgements of the server's own, for screens that add to it."""
        return replace(self, parties=replace(self.parties, session=self.own_judgements))

    def as_dict(self) -> PlacesPlain:
        """Returns the folders as plain data for the process of a job."""
        roots = [str(root) for root in self.roots]
        return {"state": str(self.state), "roots": roots, "parties": self.parties.as_dict()}

    @classmethod
    def from_dict(cls, plain: PlacesPlain) -> Places:
        """Returns the folders from the data of `as_dict`."""
        roots = tuple(Path(root) for root in plain["roots"])
        return cls(Path(plain["state"]), roots, parties=PartyPaths.from_dict(plain["parties"]))

    def cases(self) -> dict[str, Path]:
        """Returns case folders by name: those in `roots`, then the examples; links to other folders are left out."""
        found: dict[str, Path] = {}
        for root in (*self.roots, example_folder()):
            for path in sorted(root.glob("*/case.yaml")) if root.is_dir() else ():
                if not leads_out(root, path.parent):
                    found.setdefault(path.parent.name, path.parent)
        return found

    def case(self, name: str) -> Path:
        """Returns the case folder with a name or upload id; none of its files links to another folder.

        Raises:
            CoercivityError: If there is no such folder, or a file in it links to another folder.
        """
        if _UPLOAD.fullmatch(name) and (self.uploads / name / CASE_FILES[0]).is_file():
            return self.uploads / name
        held = self.cases()
        if name not in held:
            what = f"case {name[:60]!r} not found"
            step = "choose one of the listed cases, or upload its files"
            raise CoercivityError.of("EXAMPLE-UNKNOWN", what, nearest=nearest(name[:80], held), next=step)
        for file in (*CASE_FILES, COMPANY_FOLDER):
            file_in(held[name], file)
        return held[name]

    def upload(self, upload_id: str) -> Upload:
        """Returns an uploaded file.

        Raises:
            CoercivityError: If there is no such upload.
        """
        folder = self.uploads / upload_id
        found = sorted(folder.glob(f"{upload_id}.*")) if _UPLOAD.fullmatch(upload_id) and folder.is_dir() else []
        if not found:
            what = "upload not found; files are kept until the server stops or newer files replace them"
            raise CoercivityError.of("UPLOAD-UNKNOWN", what, where=upload_id[:64], next="upload the file again")
        return Upload(upload_id, found[0], (folder / NAME).read_text(encoding="utf-8"))

    async def keep(self, name: str, chunks: AsyncIterator[bytes]) -> Upload:
        """Stores a file under its hash with a known extension, and returns it.

        Args:
            name: Original name, for display only.
            chunks: Content in pieces.

        Raises:
            CoercivityError: If the file is empty, or its name belongs to a program, a hidden file or another folder.
            RefusedError: If the disk or the quota is full.
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
                raise CoercivityError.of("FILE-EMPTY", "the file is empty", where=shown, next="upload a file with rows")
            upload_id = hashlib.sha256(f"{seen.hexdigest()} {shown}".encode()).hexdigest()[:32]
            content.rename(part / f"{upload_id}{extension}")
            (part / NAME).write_text(shown, encoding="utf-8")
            self._place(part, upload_id)
        return self.upload(upload_id)

    def keep_case(self, sent: Sequence[tuple[str, bytes]]) -> str:
        """Stores the files of a case folder, and returns their id.

        Raises:
            CoercivityError: If a file does not belong to a case folder, or one is missing.
            RefusedError: If a file is too large, or the disk or the quota is full.
        """
        held = {name: content for name, content in sent if content or name}
        for name, content in held.items():
            if name not in CASE_FILES:
                what = f"{name[:60]!r} is not a file of a case folder"
                raise CoercivityError.of("CASE-FILE", what, nearest=nearest(name[:60], CASE_FILES), next=_WANTED)
            if len(content) > CASE_FILE_BYTES:
                raise RefusedError(
                    TOO_LARGE, Fault("HTTP-SIZE", f"{name} is larger than 8 MiB", next="send a smaller file")
                )
        missing = [name for name in CASE_FILES[:2] if name not in held]
        if missing:
            raise CoercivityError.of(
                "CASE-FILE", f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing", next=_WANTED
            )
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
        """Moves a complete upload into place; an existing one is kept, because a run may be reading it."""
        place = self.uploads / upload_id
        if not place.is_dir():
            used = frozenset().union(*(pinned() for pinned in self.pins))
            make_room(self.uploads, part, self.quota, used)
            part.rename(place)
        place.touch()


_WANTED = "send case.yaml, transactions.csv and, optionally, papers.csv, licences.csv, company.xlsx or company.yaml"


def is_case_of(places: Places, name: str) -> bool:
    """Returns whether a name is that of a case folder, or the id of an uploaded one."""
    sent = _UPLOAD.fullmatch(name) is not None and (places.uploads / name / CASE_FILES[0]).is_file()
    return sent or name in places.cases()
