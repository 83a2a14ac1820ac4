"""How much of what is sent is kept, and by which names: the oldest gives way, and no name that is code gets in."""

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
PART = "part-"  # what is still on its way
OTHER = ".table"
# Extensions that say how a file is read, and so are kept; every other file gets one that says nothing.
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
_STEP = "give the file a plain name, such as table.csv, then send it again"
_making_room = Lock()


@dataclass(frozen=True, slots=True)
class StorageQuota:
    """How much one folder may hold.

    Attributes:
        entries: Most files or folders in it.
        size_bytes: Most bytes of all of them.
    """

    entries: int
    size_bytes: int


UPLOADS = StorageQuota(512, 4 * 2**30)
LOOKS = StorageQuota(4_096, 256 * 2**20)


def checked_name(name: str) -> str:
    """Returns the name that a sender gave a file, as it is shown; a long one is cut in front.

    Raises:
        CoercivityError: When it leads to another folder, is hidden, is that of code or of a device, or holds signs
            that steer a screen.
    """
    why = _wrong_with(name)
    if why:
        raise CoercivityError.of("UPLOAD-NAME", f"the name {brief_value(name)} {why}", next=_STEP)
    return name.strip()[-LONGEST_NAME:].strip(" .")


def _wrong_with(name: str) -> str:
    stem, *suffixes = name.strip().lower().rstrip(". ").split(".")
    if re.search(r"[/\\:]", name):
        return "leads to another folder"
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in name):
        return "holds signs that cannot be seen"
    if name.strip()[:1] in (".", "~") or not stem.strip():
        return "is that of a hidden file"
    if _DEVICE.fullmatch(stem.strip()):
        return "is that of a device"
    return "is that of a program" if any(suffix.strip() in _CODE for suffix in suffixes) else ""


def extension_of(name: str) -> str:
    """Returns the extension under which a file of a name is kept."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in KNOWN else OTHER


@contextmanager
def on_its_way(folder: Path) -> Iterator[Path]:
    """Gives a folder in which something is put together; what was not moved out of it is removed."""
    with storing():
        folder.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(prefix=PART, dir=folder))
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def storing() -> Iterator[None]:
    """Turns a full disk into a refusal with a code.

    Raises:
        RefusedError: When there is no room.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        what = "there is no room on the disk of this server"
        raise RefusedError(FULL, Fault("UPLOAD-ROOM", what, next="make room, then send it again")) from None


def store(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and its folder where it is missing.

    Raises:
        CoercivityError: When it cannot be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, content)


def make_room(folder: Path, new: Path, quota: StorageQuota, used: Collection[str] = ()) -> None:
    """Removes what is oldest in a folder until one more entry fits.

    Args:
        folder: The folder.
        new: The new entry, on its way in that folder.
        quota: How much the folder may hold.
        used: Names of entries that are being read, and stay.

    Raises:
        RefusedError: When it does not fit even so.
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
            what = f"at most {quota.entries:,} files of {quota.size_bytes // 2**20:,} MiB in all are kept"
            step = "wait until the runs that read them are done, or end one; or send a smaller file"
            raise RefusedError(FULL, Fault("UPLOAD-QUOTA", what, next=step))


def clear_parts(folder: Path) -> None:
    """Removes what a server that was killed left half done."""
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
