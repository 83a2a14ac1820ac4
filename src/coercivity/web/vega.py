"""The script that draws the charts: Vega-Lite as the installed wheel holds it, made once, in a process of its own."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

from coercivity.base.errors import CoercivityError
from coercivity.verbs.children import finish
from coercivity.verbs.serving.stored import store

LIMIT_S = 60
_MAKING = Lock()


def begin_script(kept: Path) -> None:
    """Begins to make the script, so that the first page with a chart does not wait for it."""

    def make() -> None:
        with suppress(CoercivityError):  # it is told to whoever asks for the script
            vega_script(kept)

    Thread(target=make, daemon=True).start()


def vega_script(kept: Path) -> Path:
    """Returns the file of the script, made where it is missing; the memory that making it takes is given back.

    Args:
        kept: Folder where it is kept.

    Raises:
        CoercivityError: When the wheel is missing or fails.
    """
    with _MAKING:  # it is begun when the server starts, and may be asked for before it is there
        return _made(kept)


@lru_cache(maxsize=2)
def _made(kept: Path) -> Path:
    path = kept / "vega.js"
    try:
        code, made = finish("coercivity.web.bundle", limit_s=LIMIT_S)
    except (OSError, subprocess.TimeoutExpired):
        code, made = 1, b""
    if code:
        what = "the script of the charts cannot be made from the installed wheel of vl-convert"
        raise CoercivityError.of("CHARTS", what, next="pip install 'coercivity[serve]'")
    store(path, made)
    return path
