"""A progress bar on the error stream, for what takes more than two seconds and only where a person looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

WIDTH = 30
PATIENCE_S = 2.0


def progress_bar(label: str) -> Callable[[int, int], None]:
    """Returns a callback that draws a bar once two seconds have gone by."""
    begun = time.monotonic()

    def draw(done: int, total: int) -> None:
        if not sys.stderr.isatty() or time.monotonic() - begun < PATIENCE_S:
            return
        filled = WIDTH * done // max(total, 1)
        end = "\n" if done == total else ""
        print(
            f"\r{label} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True
        )

    return draw
