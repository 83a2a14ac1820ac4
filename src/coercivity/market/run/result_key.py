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
from coercivity.data.packs import open_pack, packs_unchanged

FORMAT = 1
# What a run is computed with, and what reports are made with besides.
PACKAGES = ("base", "cases", "data", "law", "market", "permission", "practice")
REPORTS = ("papers", "verbs")
DRAWS = ("ensemble",)
OBSERVED = ("observations",)
PACKS = ("world", "practice")


def made_by(*more: str) -> list[str]:
    """Returns what a result depends on besides its input: formats, versions, source files, kind of machine.

    Args:
        more: Packages with which it is made after the run.
    """
    libraries = [version(name) for name in ("highspy", "numpy")]
    return [str(FORMAT), ENGINE_VERSION, *map(code_hash, (*PACKAGES, *more)), *libraries, platform.machine()]


def pack_hashes() -> list[str]:
    """Returns the hashes of the packs that a run reads besides the rulebook."""
    return [open_pack(name).content_hash for name in PACKS]


def key_of(kind: str, parts: Mapping[str, Json], *more: str) -> str:
    """Returns the key of a result: the SHA-256 of what it depends on.

    Args:
        kind: Kind of result.
        parts: Its input as plain data; the packs other than the rulebook are added.
        more: Packages with which it is made after the run.
    """
    whole = {"kind": kind, "made_by": made_by(*more), "packs": pack_hashes(), **parts}
    return sha256_of_text(json.dumps(whole, sort_keys=True))


def unchanged() -> bool:
    """Returns whether source files and packs are as they were when this process read them.

    If they are not, a result of this process belongs to no key: its program or its data are older than the files.
    """
    packages = (*PACKAGES, *REPORTS, *DRAWS, *OBSERVED)
    return all(_hash_of(package) == code_hash(package) for package in packages) and packs_unchanged()


@cache
def code_hash(package: str) -> str:
    """Returns the hash of the source files and templates of a package, so that no result outlives a change of them.

    It is that of the import of this module, because a process runs the program that it imported.
    """
    return _hash_of(package)


def _hash_of(package: str) -> str:
    folder = files("coercivity").joinpath(package)
    return hash_files((name, file.read_bytes()) for name, file in _sources(folder, package))


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, name) if entry.name != "__pycache__" else []
        elif not entry.name.endswith(".pyc"):
            found.append((name, entry))
    return found


for _package in (*PACKAGES, *REPORTS, *DRAWS, *OBSERVED):
    code_hash(_package)
