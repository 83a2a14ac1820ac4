"""Describes where a measurement was made: packages, commit, and the class of the machine."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import coercivity

PEERS = (
    "coercivity",
    "rapidfuzz",
    "pypinyin",
    "opencc-python-reimplemented",
    "nomenklatura",
    "followthemoney",
    "rigour",
)


def described(packages: Sequence[str] = PEERS) -> str:
    """Returns Python, versions, commit and kind of machine as text; no path and no host."""
    found = []
    for name in packages:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return f"{machine()}; commit {commit()}\n{', '.join(found)}"


def machine() -> str:
    """Returns Python and the kind of machine as text; no path and no host."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0.0
    kind = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"
    return f"Python {platform.python_version()}, {kind}"


def commit() -> str:
    """Returns the commit of the program that is measured, with `+` if files differ from it."""
    command = ["git", "-C", str(Path(coercivity.__file__).parent), "describe", "--always", "--dirty=+", "--abbrev=12"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"
