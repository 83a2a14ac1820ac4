"""The script that draws the charts: Vega-Lite from the installed wheel, written once by a separate process."""

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
    """Starts writing the script, so that the first page with a chart does not wait for it."""

    def make() -> None:
        with suppress(CoercivityError):  # raised again when the script is requested
            vega_script(kept)

    Thread(target=make, daemon=True).start()


def vega_script(kept: Path) -> Path:
    """Returns the script file, written first if it is missing; the separate process frees the memory this takes.

    Args:
        kept: Folder in which the file is kept.

    Raises:
        CoercivityError: If the wheel is missing or fails.
    """
    with _MAKING:  # the server starts writing it early, and a page may request it before it is complete
        return _made(kept)


@lru_cache(maxsize=2)
def _made(kept: Path) -> Path:
    path = kept / "vega.js"
    try:
        code, made = finish("coercivity.web.bundle", limit_s=LIMIT_S)
    except (OSError, subprocess.TimeoutExpired):
        code, made = 1, b""
    if code:
        what = "the chart script could not be created from the installed vl-convert package"
        raise CoercivityError.of("CHARTS", what, next="run `pip install '.[serve]'` in the folder of the source code")
    store(path, made)
    return path
