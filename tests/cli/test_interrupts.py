"""Ctrl-C stops a long command soon, with a word and without a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coercivity.cli.app import BY_SIGNAL, INTERRUPTED
from tests.places import ROOT

SOON_S = 20.0  # a month of a run, on a busy machine


@pytest.mark.parametrize(
    "words",
    [
        ["outlook", "controls-back", "no-controls", "--from", "2025-01", "--to", "2028-12"],
        ["clause-price", "a18-1c905", "controls-back", "--from", "2025-01", "--to", "2028-12"],
    ],
    ids=["outlook", "clause-price"],
)
def test_a_long_command_ends_with_its_current_month(words: list[str], tmp_path: Path) -> None:
    """Every run in parallel ends, not only the one that was waited for."""
    command = [sys.executable, "-m", "coercivity", *words]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(6.0)
    assert running.poll() is None, "it was done before it could be interrupted"
    begun = time.monotonic()
    os.kill(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert time.monotonic() - begun < SOON_S
    assert running.returncode == BY_SIGNAL
    assert err.strip() == INTERRUPTED
    assert out == ""
