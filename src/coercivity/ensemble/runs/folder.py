"""A folder of draws: one file a draw and a manifest, so that draws are continued, and handed from computer to computer.

Every file carries the hash of its content and of its key, so that a draw of another question is never taken for one of
this; the manifest says what the draws are of, in words that a person can read.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault, brief_value
from coercivity.base.json_types import Json
from coercivity.files.kept.envelope import opened, wrapped

CODE = "DRAWS-FOLDER"
MANIFEST, SUFFIX, DRAFT = "manifest.json", ".draw", ".part"
# The points of a smaller design are the first of a larger one, so their number may grow.
MAY_DIFFER = "points"
_OTHER = "choose another --draws-folder, or ask the question of this one"
_MOST_BYTES, _MOST_DRAW_BYTES = 2**20, 2**27  # of a manifest, and of a draw
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class DrawsFolder:
    """Draws in a folder.

    Args:
        folder: The folder; created if missing.
        manifest: What the draws are of.
        names: Name of the file of each draw, without suffix, by its key.

    Attributes:
        notices: Draws that could not be used, and are solved again.

    Raises:
        CoercivityError: With every difference, if the folder has draws of something else; if its manifest cannot be
            read, or it cannot be written.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Json], names: Mapping[str, str]) -> None:
        self.folder, self._names = folder, dict(names)
        self.notices: list[Fault] = []
        check_folder(folder)
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        earlier = _read_manifest(folder / MANIFEST)
        faults = [] if earlier is None else [_fault(folder, each) for each in differences(earlier, manifest)]
        if faults:
            raise CoercivityError(faults)
        most = max(_points(manifest), _points(earlier or {}))
        text = json.dumps({**manifest, MAY_DIFFER: most}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        self._write(folder / MANIFEST, text.encode())

    def get(self, key: str) -> bytes | None:
        """Returns a draw, or None if it is not in the folder; one that is damaged is told and solved again."""
        path = self._path(key)
        try:
            held = _bytes_of(path, _MOST_DRAW_BYTES)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._tell(path, f"it cannot be read: {error.strerror or error}")
            return None
        found = opened(key, held)
        if found.content is None:
            self._tell(path, found.why)
        return found.content

    def put(self, key: str, content: bytes) -> None:
        """Keeps a draw.

        Raises:
            CoercivityError: If it cannot be written.
        """
        self._write(self._path(key), wrapped(key, content))

    def _path(self, key: str) -> Path:
        return self.folder / f"{self._names[key]}{SUFFIX}"

    def _tell(self, path: Path, why: str) -> None:
        notice = Fault(CODE, f"the draw was not used: {why}", path.as_posix(), next="nothing to do; it is solved again")
        if notice not in self.notices:
            self.notices.append(notice)

    def _write(self, path: Path, content: bytes) -> None:
        with _writing(path):
            handle, draft = tempfile.mkstemp(DRAFT, f".{path.stem}.", self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                os.replace(draft, path)
            except BaseException:
                with suppress(OSError):
                    os.unlink(draft)
                raise


def _bytes_of(path: Path, most: int) -> bytes:
    """Returns the bytes of a file, up to a limit; a pipe or a device is never waited for."""
    handle = os.open(path, _READ)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        return file.read(most)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turns the system's error for a file that cannot be written into a CoercivityError."""
    try:
        yield
    except OSError as error:
        what = f"cannot be written: {brief_value(error.strerror or error, longest=120)}"
        step = "free disk space or correct the permissions and run again, or choose another --draws-folder"
        raise CoercivityError.of(CODE, what, where=path.as_posix(), next=f"{step}; draws in it are used") from error


def check_folder(folder: Path) -> None:
    """Checks that a folder for draws is a folder, or is missing.

    Raises:
        CoercivityError: If it is something else.
    """
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise CoercivityError.of(
            CODE, "it is a file, not a folder", where=folder.as_posix(), next="give a folder after --draws-folder"
        )


def differences(there: Mapping[str, Json], here: Mapping[str, Json]) -> list[str]:
    """Returns what differs between two manifests, in words; the number of points may differ.

    Args:
        there: The manifest of the folder.
        here: That of the question.
    """
    old, new = dict(_leaves(there)), dict(_leaves(here))
    return [
        f"{name} is {_text(old.get(name))} there and {_text(new.get(name))} here"
        for name in sorted({*old, *new})
        if name != MAY_DIFFER and old.get(name) != new.get(name)
    ]


def _leaves(value: Json, name: str = "") -> Iterator[tuple[str, Json]]:
    entries: list[tuple[str, Json]]
    if isinstance(value, Mapping):
        entries = [(str(key), value[key]) for key in value]
    elif isinstance(value, list):
        entries = [(str(place), each) for place, each in enumerate(value, start=1)]
    else:
        yield name, value
        return
    for key, each in entries:
        yield from _leaves(each, f"{name}.{key}" if name else key)


def _text(value: Json) -> str:
    return "nothing" if value is None else brief_value(str(value), longest=80)


def _fault(folder: Path, difference: str) -> Fault:
    return Fault(CODE, difference, (folder / MANIFEST).as_posix(), next=_OTHER)


def _points(manifest: Mapping[str, Json]) -> int:
    points = manifest.get(MAY_DIFFER)
    return points if isinstance(points, int) else 0


def _read_manifest(path: Path) -> dict[str, Json] | None:
    """Returns the manifest of a folder; None if there is none.

    Raises:
        CoercivityError: If it is not one.
    """
    try:
        held = json.loads(_bytes_of(path, _MOST_BYTES))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise _unreadable(path, "it is cut off, or not JSON") from None
    if not isinstance(held, dict):
        raise _unreadable(path, "it is not the manifest of draws")
    return held


def _unreadable(path: Path, why: str) -> CoercivityError:
    step = "remove this file and run again: draws of the same question are then used, others are solved again"
    return CoercivityError.of(CODE, why, where=path.as_posix(), next=step)
