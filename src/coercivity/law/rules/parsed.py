"""Cache of the parsed YAML files of the built-in rulebooks, kept next to them, like Python's compiled files.

Parsing takes longer than deciding a deal. The cache is keyed by the hash of the pack and the version of the engine,
has no line numbers, and is written only after the pack passed its checks. It may be removed at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from coercivity.base.errors import CoercivityError
from coercivity.base.version import ENGINE_VERSION
from coercivity.data.textyaml import TextList, TextMap, load_file

KEPT = "__pycache__/parsed.json"


class ParsedFiles:
    """The YAML files of one pack.

    Args:
        folder: Folder of the pack.
        digest: Hash of the pack.
    """

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder = folder
        self.digest = digest
        self.key = f"{ENGINE_VERSION} {digest}"
        self.kept = _kept(folder / KEPT, self.key)
        self.read: dict[str, Any] = {}

    def load(self, path: Path) -> Any:
        """Returns the content of a file of the pack.

        Raises:
            CoercivityError: With all faults of the file.
        """
        name = path.relative_to(self.folder).as_posix()
        if name in self.kept:
            return self.kept[name]
        self.read[name] = load_file(path)
        return self.read[name]

    def keep(self) -> None:
        """Writes the parsed content if the folder is writable."""
        if self.read:
            from coercivity.files.write.whole import write_file

            place = self.folder / KEPT
            files = json.dumps(self.kept | self.read, ensure_ascii=False).encode()
            with suppress(OSError, CoercivityError):
                place.parent.mkdir(exist_ok=True)
                write_file(place, _head(self.key, files) + files)


def forget(folder: Path) -> None:
    """Removes what is kept of a pack, so that the next reading takes the files themselves."""
    with suppress(OSError):
        (folder / KEPT).unlink(missing_ok=True)


def _kept(place: Path, key: str) -> dict[str, Any]:
    try:
        if not place.is_file():
            return {}
        head, _, files = place.read_bytes().partition(b"\n")
        if head + b"\n" != _head(key, files):
            return {}
        return dict(json.loads(files, object_pairs_hook=_mapping))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return {}


def _head(key: str, files: bytes) -> bytes:
    """The first line of what is kept: of which pack it is, and that it is whole."""
    return f"{key} {hashlib.sha256(files).hexdigest()}\n".encode()


def _mapping(pairs: Sequence[tuple[str, Any]]) -> TextMap:
    found = TextMap(1)
    for name, value in pairs:
        found[name] = _listed(value) if isinstance(value, list) else value
        found.key_lines[name] = 1
    return found


def _listed(values: list[Any]) -> TextList:
    found = TextList(1)
    found.extend(_listed(value) if isinstance(value, list) else value for value in values)
    found.entry_lines = [1] * len(values)
    return found
