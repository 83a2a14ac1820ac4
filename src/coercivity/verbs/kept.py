"""The cache of the user: results of the market kept between runs, in the folder that the environment names."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coercivity.base.errors import CoercivityError
from coercivity.files.kept.store import Store

if TYPE_CHECKING:
    from coercivity.cases.arguments import Law

FOLDER, LIMIT, OFF = "COERCIVITY_CACHE", "COERCIVITY_CACHE_MB", "off"
DEFAULT_MB, MOST_MB = 512, 1_000_000
MEGABYTE = 1_000_000


def user_store(*, on: bool = True) -> Store | None:
    """Returns the store of the user, or None if it is switched off.

    The folder is that in COERCIVITY_CACHE, else `coercivity` in XDG_CACHE_HOME or in `.cache` of the home folder.

    Args:
        on: False switches it off for this call.

    Raises:
        CoercivityError: If the limit in COERCIVITY_CACHE_MB is not a number of megabytes, or COERCIVITY_CACHE begins
            with the home folder of nobody.
    """
    most = limit_mb()
    folder = user_folder()
    return Store(folder, most * MEGABYTE) if on and most and folder is not None else None


def run_store(*, on: bool = True) -> Store | None:
    """Returns the store of the user for a run of the market in this process, or None if it is switched off.

    A process whose program or data were edited after it had read them neither takes nor keeps anything.

    Args:
        on: False switches it off for this call.

    Raises:
        CoercivityError: As `user_store`.
    """
    from coercivity.market.run.result_key import unchanged

    store = user_store(on=on)
    return store if store is not None and unchanged() else None


def user_folder() -> Path | None:
    """Returns the folder of the cache of the user; None if it is switched off, or the user has no home folder.

    Raises:
        CoercivityError: If COERCIVITY_CACHE begins with the home folder of nobody.
    """
    named = os.environ.get(FOLDER, "").strip()
    if named.casefold() == OFF:
        return None
    if named:
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError:
            what = f"{named[:40]!r} begins with a home folder that does not exist"
            step = "write the whole path, or set it to off"
            raise CoercivityError.of("CACHE-FOLDER", what, where=FOLDER, next=step) from None
    home = os.environ.get("XDG_CACHE_HOME", "")  # a relative path is to be ignored
    try:
        return (Path(home) if os.path.isabs(home) else Path("~/.cache").expanduser()) / "coercivity"
    except RuntimeError:  # in a container, for example, without an entry for its user
        return None


def limit_mb() -> int:
    """Returns the limit of the cache in megabytes.

    Raises:
        CoercivityError: If COERCIVITY_CACHE_MB is not a whole number of megabytes.
    """
    text = os.environ.get(LIMIT, "").strip()
    if not text:
        return DEFAULT_MB
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(MOST_MB)) or int(text) > MOST_MB:
        what = f"{text[:40]!r} is not a whole number of megabytes from 0 to {MOST_MB:,}"
        step = f"set {LIMIT} to, for example, {DEFAULT_MB}, or remove it"
        raise CoercivityError.of("CACHE-LIMIT", what, where=LIMIT, next=step)
    return int(text)


def law_hash(law: Law) -> str | None:
    """Returns the hash of a rulebook with its notices, without reading their content.

    Args:
        law: The rulebook to use.

    Returns:
        The hash that the rulebook would have; None if files of other kinds go with it, or it cannot be read.
    """
    from coercivity.law.rules.load import folder_hash, laid_hash, law_folder
    from coercivity.law.rules.overlay import read_overlays

    others = (law.calendar, law.judgements, law.ownership, *law.assume_holidays, *law.lists, *law.words)
    if any(other is not None for other in others):
        return None
    try:
        return laid_hash(folder_hash(law.pack or law_folder()), read_overlays(law.overlays))
    except (CoercivityError, OSError):  # told when the rulebook is read
        return None


def taken(store: Store | None, key: str | None) -> Any:  # plain data of any kind
    """Returns plain data from the store; None if there is none that may be used.

    Args:
        store: The store; None if nothing is kept.
        key: Key of the data; None if they are not kept.
    """
    held = store.get(key) if store is not None and key is not None else None
    if store is None or key is None or held is None:
        return None
    try:
        return json.loads(zlib.decompress(held))
    except (ValueError, zlib.error) as error:
        store.refuse(key, str(error))
        return None


def keep(store: Store | None, key: str | None, data: object) -> None:
    """Keeps plain data in the store, unless program or packs were edited meanwhile.

    Args:
        store: The store; None if nothing is kept.
        key: Key of the data; None if they are not kept.
        data: The data.
    """
    from coercivity.market.run.result_key import unchanged

    if store is not None and key is not None and unchanged():
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        store.put(key, zlib.compress(text.encode(), 1))
