"""`coercivity cache`: what the market model kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coercivity.cli.out import put, warn

if TYPE_CHECKING:
    from coercivity.verbs.cache import CacheState

MEGABYTE = 1_000_000


def show_() -> int:
    """Show folder, size and limit of the cache of the market model; exit code 1 if it cannot be used."""
    from coercivity.verbs.cache import cache

    found = cache()
    put(*_lines(found))
    warn(found.notices)
    return 1 if found.notices else 0


def clear_() -> int:
    """Remove everything from the cache; results stay the same and take longer once; exit code 1 if impossible."""
    from coercivity.verbs.cache import clear_cache

    found = clear_cache()
    put(f"removed  {found.removed:,} results", *_lines(found))
    warn(found.notices)
    return 1 if found.notices else 0


def _lines(found: CacheState) -> list[str]:
    place = found.folder.as_posix() if found.folder is not None and found.limit_bytes else "none: the cache is off"
    size, limit = (f"{number / MEGABYTE:,.1f} MB" for number in (found.size_bytes, found.limit_bytes))
    return [f"folder   {place}", f"results  {found.entries:,}", f"size     {size} of at most {limit}"]
