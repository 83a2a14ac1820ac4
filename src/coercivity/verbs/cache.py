"""`cache`: what the market model kept between runs, and its removal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.kept import MEGABYTE, limit_mb, user_folder, user_store


@dataclass(frozen=True, slots=True)
class CacheState:
    """The cache of the user.

    Attributes:
        folder: Its folder; None if it is switched off.
        entries: Number of results in it.
        size_bytes: Their size.
        limit_bytes: Limit of the size; the results used least recently are removed first.
        removed: Number of results that were removed by `clear_cache`.
        notices: Why it cannot be used.

    Examples:
        >>> coercivity.CacheState(None, entries=0, size_bytes=0, limit_bytes=0).removed
        0
    """

    folder: Path | None
    entries: int
    size_bytes: int
    limit_bytes: int
    removed: int = 0
    notices: tuple[Fault, ...] = ()


def cache() -> CacheState:
    """Returns folder, size and limit of the cache.

    Raises:
        CoercivityError: If the limit in COERCIVITY_CACHE_MB is not a number of megabytes.

    Examples:
        >>> coercivity.cache().limit_bytes
        512000000
    """
    limit, store = limit_mb() * MEGABYTE, user_store()
    if store is None:
        return CacheState(user_folder(), 0, 0, limit)
    if _absent(store.folder):  # looking does not create it
        return CacheState(store.folder, 0, 0, limit)
    count, size = store.entries()
    return CacheState(store.folder, count, size, limit, 0, tuple(store.notices))


def clear_cache() -> CacheState:
    """Removes everything from the cache; other files in its folder are kept.

    Raises:
        CoercivityError: If the limit in COERCIVITY_CACHE_MB is not a number of megabytes, or a file cannot be removed.

    Examples:
        >>> coercivity.clear_cache().entries
        0
    """
    limit, store = limit_mb() * MEGABYTE, user_store()
    if store is None or _absent(store.folder):
        return CacheState(user_folder(), 0, 0, limit)
    try:
        removed, _ = store.clear()
    except OSError as error:
        what = f"the cache cannot be cleared: {error.strerror or error}"
        step = "correct the permissions, or remove the folder yourself"
        raise CoercivityError.of("CACHE-FOLDER", what, where=store.folder.as_posix(), next=step) from error
    count, size = store.entries()
    return CacheState(store.folder, count, size, limit, removed, tuple(store.notices))


def _absent(folder: Path) -> bool:
    """Returns whether nothing has the name of a folder; one that cannot be looked at is for the store to name."""
    try:
        folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False
