"""A closed or full standard output ends a command cleanly, with the exit code of the answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

DEAL = ("act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Dy", "from=CN", "to=DE")
DECIDE = ["decide", *(word for fact in DEAL for word in ("--fact", fact)), "--on", "2026-11-24"]
COMMANDS = [["facts"], ["rules", "list", "--json"], ["--help"], ["decide", "--help"], DECIDE, [*DECIDE, "--json"]]
NAMES = ["facts", "rules", "help", "help of decide", "decide", "decide as JSON"]


def ended(words: list[str], **streams: Any) -> tuple[int, str]:
    """Exit code and error stream of a command."""
    command = [sys.executable, "-m", "coercivity", *words]
    done = subprocess.run(command, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **streams}, check=False)
    return done.returncode, (done.stderr or b"").decode()


def without_reader(words: list[str]) -> tuple[int, str]:
    """As behind `| head`, once that is gone."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return ended(words, stdout=writer)
    finally:
        os.close(writer)


def closed(*numbers: int) -> Callable[[], None]:
    """Closes streams of a child before it begins."""

    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


@pytest.mark.sampled(2)
@pytest.mark.parametrize("words", COMMANDS, ids=NAMES)
def test_who_stops_reading_changes_neither_the_exit_code_nor_the_screen(words: list[str]) -> None:
    plain = ended(words)
    assert plain[0] == (10 if "--fact" in words else 0)
    assert without_reader(words) == plain
    assert ended(words, preexec_fn=closed(1)) == plain


@pytest.mark.sampled
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["kept back", "at once"])
@pytest.mark.parametrize("words", COMMANDS, ids=NAMES)
def test_a_standard_output_without_room_is_a_fault(words: list[str], unbuffered: str) -> None:
    with open("/dev/full", "wb") as full:
        code, told = ended(words, stdout=full, env={**os.environ, "PYTHONUNBUFFERED": unbuffered})
    assert code == 2
    assert told.startswith("standard output: OUT: cannot be written: No space left on device")
    assert "Traceback" not in told


def test_a_fault_that_cannot_be_told_has_its_exit_code() -> None:
    with open("/dev/full", "wb") as full:
        assert ended(["facts", "no-such"], stderr=full)[0] == 2
        assert ended(["facts", "no-such"], stdout=full, stderr=full)[0] == 2
    assert ended(["facts", "no-such"], preexec_fn=closed(1, 2))[0] == 2


def test_what_is_complained_of_never_gets_into_the_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coercivity", "facts", "no-such"],
        stdout=subprocess.PIPE,
        preexec_fn=closed(2),
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_character_that_the_encoding_lacks_is_an_escape_and_no_error(encoding: str) -> None:
    words = ["rules", "list", "--lang", "zh"]
    done = subprocess.run(
        [sys.executable, "-m", "coercivity", *words],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u" in done.stdout
    listed = subprocess.run(
        [sys.executable, "-m", "coercivity", "rules", "list", "--json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert "商务部" in json.dumps(json.loads(listed.stdout.decode(encoding)), ensure_ascii=False)
