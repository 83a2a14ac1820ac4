"""A progress line on standard error, for commands that take longer than two seconds, on terminals only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

WIDTH, LINE = 30, 79
LOADING = "loading rules and market data"
PATIENCE_S = 2.0
MINUTES_FROM_S = 180.0  # a longer time left is told in minutes
LEAST_DONE, LEAST_S = 3, 1.0  # before the time left is estimated

_drawn = False


def progress_bar(
    label: str, *, at_once: str = "", patience_s: float = PATIENCE_S, again: str = "", already: int = 0
) -> Callable[[int, int], None]:
    """Returns a callback that draws the progress of a command.

    Args:
        label: What is being done.
        at_once: Text to show before the first step, for commands that always take long.
        patience_s: Delay before the bar appears, if nothing is shown at once [s].
        again: What is being done when the steps start over.
        already: Steps that took no time.
    """
    named, begun, before = label, time.monotonic(), 0
    shown_from = begun if at_once else begun + patience_s
    if at_once:
        _draw(f"{label} [{'.' * WIDTH}] {at_once}")

    def draw(done: int, total: int) -> None:
        nonlocal named, begun, before
        now = time.monotonic()
        if done < before:
            named, begun = again or label, now
        before = done
        if now < shown_from:
            return
        filled = WIDTH * done // max(total, 1)
        spent = now - begun
        made = done - already
        left = spent / made * (total - done) if made >= LEAST_DONE and spent >= LEAST_S else 0.0
        rest = f", about {_time(left)} left" if left >= 1 else ""
        _draw(f"{named} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}{rest}")

    return draw


def following_bar(label: str) -> Callable[[int, int], None]:
    """Returns a callback whose bar begins with its first call, for what follows another bar.

    Steps done before that call, which results kept earlier gave, do not count for the time left.

    Args:
        label: What is being done.
    """
    bars: list[Callable[[int, int], None]] = []

    def draw(done: int, total: int) -> None:
        if not bars:
            bars.append(progress_bar(label, already=done))
        bars[0](done, total)

    return draw


def clear() -> None:
    """Removes the line, so that the next output starts on a line of its own."""
    global _drawn  # noqa: PLW0603 # a terminal has one such line
    if _drawn:
        sys.stderr.write(f"\r{'':{LINE}}\r")
        sys.stderr.flush()
        _drawn = False


def _time(span_s: float) -> str:
    return f"{span_s:.0f} s" if span_s < MINUTES_FROM_S else f"{span_s / 60:.0f} min"


def _draw(text: str) -> None:
    global _drawn  # noqa: PLW0603 # see above
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text[:LINE]:{LINE}}")
        sys.stderr.flush()
        _drawn = True
