"""Keys of results: the hash of everything that a result depends on."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from coercivity.base.canonical import hash_files, sha256_of_text
from coercivity.base.json_types import Json
from coercivity.base.version import ENGINE_VERSION
from coercivity.data.packs import open_pack

FORMAT = 1
# What a run is computed with; the user interfaces and the pages are not part of it.
PACKAGES = ("base", "cases", "data", "law", "market", "permission", "practice")
PACKS = ("world", "practice")


def made_by() -> list[str]:
    """Returns what a result depends on besides its input: formats, versions, source files, kind of machine."""
    libraries = [version(name) for name in ("highspy", "numpy")]
    return [str(FORMAT), ENGINE_VERSION, code_hash(), *libraries, platform.machine()]


def pack_hashes() -> list[str]:
    """Returns the hashes of the packs that a run reads besides the rulebook."""
    return [open_pack(name).content_hash for name in PACKS]


def key_of(kind: str, parts: Mapping[str, Json]) -> str:
    """Returns the key of a result: the SHA-256 of what it depends on.

    Args:
        kind: Kind of result.
        parts: Its input as plain data; the packs other than the rulebook are added.
    """
    whole = {"kind": kind, "made_by": made_by(), "packs": pack_hashes(), **parts}
    return sha256_of_text(json.dumps(whole, sort_keys=True))


@cache
def code_hash() -> str:
    """Returns the hash of the source files with which a run is computed, so that none outlives a change of them."""
    root = files("coercivity")
    return hash_files((name, file.read_bytes()) for top in PACKAGES for name, file in _sources(root.joinpath(top), top))


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{prefix}/{entry.name}"
        if entry.name.endswith(".py"):
            found.append((name, entry))
        elif entry.is_dir() and entry.name != "__pycache__":
            found += _sources(entry, name)
    return found
