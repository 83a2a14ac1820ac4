"""The script that draws the charts: Vega-Lite as the installed wheel holds it, made once, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

from coercivity.base.errors import CoercivityError
from coercivity.files.whole import write_file, writing

_MAKE = (
    "from coercivity.base.parent import end_with_parent; end_with_parent(); "
    "import sys, vl_convert; sys.stdout.write(vl_convert.javascript_bundle())"
)
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
        made = subprocess.run([sys.executable, "-c", _MAKE], capture_output=True, check=True, timeout=LIMIT_S)
    except (OSError, subprocess.SubprocessError):
        what = "the script of the charts cannot be made from the installed wheel of vl-convert"
        raise CoercivityError.of("CHARTS", what, next="pip install 'coercivity[serve]'") from None
    with writing(path):
        kept.mkdir(parents=True, exist_ok=True)
    write_file(path, made.stdout)
    return path
