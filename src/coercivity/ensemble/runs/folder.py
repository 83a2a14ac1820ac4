"""A folder of draws: one file a draw and a manifest, so that draws are continued, and handed from computer to computer.

Every file carries the hash of its content and of its key, so that a draw of another question is never taken for one of
this; the manifest says what the draws are of, in words that a person can read.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault, brief_value
from coercivity.base.json_types import Json
from coercivity.files.kept.envelope import opened, wrapped
from coercivity.files.write.whole import writing

CODE = "DRAWS-FOLDER"
MANIFEST, SUFFIX, DRAFT = "manifest.json", ".draw", ".part"
# The points of a smaller design are the first of a larger one, so their number may grow.
MAY_DIFFER = "points"
_OTHER = "choose another --draws-folder, or ask the question of this one"
_MOST_BYTES = 2**20


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
        earlier = _read_manifest(folder / MANIFEST)
        faults = [] if earlier is None else [_fault(folder, each) for each in differences(earlier, manifest)]
        if faults:
            raise CoercivityError(faults)
        most = max(_points(manifest), _points(earlier or {}))
        text = json.dumps({**manifest, MAY_DIFFER: most}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._write(folder / MANIFEST, text.encode())

    def get(self, key: str) -> bytes | None:
        """Returns a draw, or None if it is not in the folder; one that is damaged is told and solved again."""
        path = self._path(key)
        try:
            held = path.read_bytes()
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
        with writing(path):
            handle, draft = tempfile.mkstemp(DRAFT, f".{path.stem}.", self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                os.replace(draft, path)
            except BaseException:
                with suppress(OSError):
                    os.unlink(draft)
                raise


def check_folder(folder: Path) -> None:
    """Checks that a folder for draws is a folder, or is missing.

    Raises:
        CoercivityError: If it is something else.
    """
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
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
        with path.open("rb") as file:
            held = json.loads(file.read(_MOST_BYTES))
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
