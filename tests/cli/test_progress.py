"""The progress line of long commands."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest

from coercivity.cli import progress
from coercivity.cli.out import put
from coercivity.cli.progress import LINE, following_bar, progress_bar


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Says so."""
        return True


class Watched:
    """A terminal, and a clock that tests set.

    Attributes:
        now: Time [s].
        err: What was written to the error stream.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, err: io.StringIO) -> None:
        self.now, self.err = 0.0, err
        monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=err))
        monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: self.now))

    def shown(self) -> str:
        """What is on the line now."""
        return self.err.getvalue().split("\r")[-1].rstrip()


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """A terminal at time 0."""
    return Watched(monkeypatch, Terminal())


def test_a_long_command_shows_something_at_once(watched: Watched) -> None:
    """Before its first step."""
    progress_bar("outlook", at_once="loading rules and market data")
    assert watched.shown() == f"outlook [{'.' * 30}] loading rules and market data"


def test_a_short_command_shows_nothing_for_two_seconds(watched: Watched) -> None:
    """A bar that flashes by tells nothing."""
    draw = progress_bar("cases")
    watched.now = 1.9
    draw(5, 10)
    assert watched.shown() == ""
    watched.now = 2.0
    draw(6, 10)
    assert watched.shown().endswith("6/10, about 1 s left")


def test_the_time_left_follows_the_current_round(watched: Watched) -> None:
    """Steps that begin again have a name and a pace of their own."""
    draw = progress_bar("market", patience_s=0, again="cost of clauses")
    watched.now = 10.0
    draw(5, 10)
    assert watched.shown() == f"market [{'#' * 15}{'.' * 15}] 5/10, about 10 s left"
    watched.now = 100.0
    draw(1, 10)
    watched.now = 102.0
    draw(5, 10)
    assert watched.shown() == f"cost of clauses [{'#' * 15}{'.' * 15}] 5/10, about 2 s left"


def test_what_is_printed_has_a_line_of_its_own(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    """The bar is removed first, and only once."""
    progress_bar("outlook", at_once="loading rules and market data")
    put("2026-11")
    assert watched.err.getvalue().endswith(f"\r{' ' * LINE}\r")
    written = watched.err.getvalue()
    put("2026-12")
    assert watched.err.getvalue() == written


def test_nothing_is_drawn_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only people look at it."""
    watched = Watched(monkeypatch, io.StringIO())
    progress_bar("outlook", at_once="loading rules and market data")(1, 2)
    assert watched.err.getvalue() == ""


def test_a_bar_that_follows_another_counts_only_what_was_done_since_it_began(watched: Watched) -> None:
    """100 of 256 draws were kept; 20 more take 100 s, so 136 more take 680 s: about 11 minutes."""
    draw = following_bar("draws")
    watched.now = 50.0
    draw(100, 256)
    watched.now = 150.0
    draw(120, 256)
    assert watched.shown() == f"draws [{'#' * 14}{'.' * 16}] 120/256, about 11 min left"
