"""Quotas and names of stored uploads: the oldest are removed first, and names of programs are rejected."""

from __future__ import annotations

import errno
import re
import shutil
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

from coercivity.base.errors import CoercivityError, Fault, brief_value
from coercivity.base.sums import total
from coercivity.files.write.whole import write_file, writing
from coercivity.verbs.serving.problems import FULL, RefusedError

LONGEST_NAME = 80
PART = "part-"  # prefix of incomplete entries
OTHER = ".table"
# Extensions that determine how a file is read; every other file is stored as `OTHER`.
KNOWN = frozenset(
    (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".parquet", ".pq", ".arrow", ".feather", ".ipc", ".arrows",
     ".yaml", ".yml", ".json")
)  # fmt: skip
_CODE = frozenset(
    ("py", "pyc", "pyo", "pyd", "pyw", "pyx", "pxd", "pyi", "pyz", "pth", "egg", "whl", "so", "dll", "dylib", "exe",
     "com", "bat", "cmd", "ps1", "psm1", "sh", "bash", "zsh", "js", "mjs", "cjs", "jar", "class", "vbs", "wsf", "scr",
     "msi", "lnk", "desktop", "app", "deb", "rpm", "php", "pl", "rb", "lua")
)  # fmt: skip
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_STEP = "give the file a plain name, such as table.csv, then upload it again"
_making_room = Lock()


@dataclass(frozen=True, slots=True)
class StorageQuota:
    """Limits on one folder.

    Attributes:
        entries: Maximum number of files or folders.
        size_bytes: Maximum total size.
    """

    entries: int
    size_bytes: int


UPLOADS = StorageQuota(512, 4 * 2**30)
LOOKS = StorageQuota(4_096, 256 * 2**20)


def checked_name(name: str) -> str:
    """Returns the original name of a file for display; long names are shortened at the front.

    Raises:
        CoercivityError: If it points to another folder, or is the name of a hidden file, a program or a device, or
            contains control characters.
    """
    why = _wrong_with(name)
    if why:
        raise CoercivityError.of("UPLOAD-NAME", f"the name {brief_value(name)} {why}", next=_STEP)
    return name.strip()[-LONGEST_NAME:].strip(" .")


def _wrong_with(name: str) -> str:
    stem, *suffixes = name.strip().lower().rstrip(". ").split(".")
    if re.search(r"[/\\:]", name):
        return "points to another folder"
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in name):
        return "contains invisible characters"
    if name.strip()[:1] in (".", "~") or not stem.strip():
        return "is the name of a hidden file"
    if _DEVICE.fullmatch(stem.strip()):
        return "is the name of a device"
    return "is the name of a program" if any(suffix.strip() in _CODE for suffix in suffixes) else ""


def extension_of(name: str) -> str:
    """Returns the extension under which a file is stored."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in KNOWN else OTHER


@contextmanager
def on_its_way(folder: Path) -> Iterator[Path]:
    """Provides a folder for incomplete files, and removes whatever was not moved out of it."""
    with storing():
        folder.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(prefix=PART, dir=folder))
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def storing() -> Iterator[None]:
    """Raises a refusal if the disk is full.

    Raises:
        RefusedError: If the disk is full.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        what = "the disk of the server is full"
        raise RefusedError(FULL, Fault("UPLOAD-ROOM", what, next="free disk space, then upload it again")) from None


def store(path: Path, content: bytes) -> None:
    """Writes a file completely or not at all, and creates its folder if missing.

    Raises:
        CoercivityError: If it cannot be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, content)


def make_room(folder: Path, new: Path, quota: StorageQuota, used: Collection[str] = ()) -> None:
    """Removes the oldest entries of a folder until a new one fits.

    Args:
        folder: The folder.
        new: The new, still incomplete entry in that folder.
        quota: Limits on the folder.
        used: Names of entries in use, which are not removed.

    Raises:
        RefusedError: If it still does not fit.
    """
    with _making_room:
        held = [(_bytes_of(entry), entry) for entry in sorted(_entries(folder), key=_changed_at) if entry != new]
        whole, count = _bytes_of(new) + total(own for own, _ in held), 1 + len(held)
        for own, entry in held:
            if whole <= quota.size_bytes and count <= quota.entries:
                return
            if entry.name not in used and not entry.name.startswith(PART):
                _remove(entry)
                whole, count = whole - own, count - 1
        if whole > quota.size_bytes or count > quota.entries:
            what = (
                f"the upload limit of {quota.entries:,} files and {quota.size_bytes // 2**20:,} MiB in total is reached"
            )
            step = "wait for the running jobs, cancel one, or upload a smaller file"
            raise RefusedError(FULL, Fault("UPLOAD-QUOTA", what, next=step))


def clear_parts(folder: Path) -> None:
    """Removes incomplete entries of a killed server."""
    for entry in _entries(folder):
        if entry.name.startswith(PART):
            _remove(entry)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _changed_at(entry: Path) -> int:
    with suppress(FileNotFoundError):  # another request removed it
        return entry.lstat().st_mtime_ns
    return 0


def _bytes_of(entry: Path) -> int:
    with suppress(FileNotFoundError):
        inside = list(entry.iterdir()) if entry.is_dir() and not entry.is_symlink() else [entry]
        return total(file.lstat().st_size for file in inside)
    return 0


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)
