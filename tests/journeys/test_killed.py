"""A run killed at any moment leaves no partial set of files and no orphans, and nothing remains after the next run."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.journeys.killed import killed_commands, killed_server
from tests.sampling import examples

pytestmark = pytest.mark.long

TIMES = examples(4)  # `python -m benchmarks.killed` does it twenty times each


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["brief", "outlook", "batch"])
def test_a_command_that_is_killed_leaves_the_old_or_the_new_set(tmp_path: Path, name: str) -> None:
    (found,) = killed_commands(tmp_path, TIMES, random.Random(name), [name])
    counts = found.counts
    assert counts["killed"] == TIMES
    assert counts["old set"] + counts["new set"] == counts["mended"] >= TIMES
    assert counts["orphans"] == counts["LEFT BEHIND"] == counts["HALF A SET"] == 0


def test_a_server_that_is_killed_leaves_no_process_and_the_next_one_clears_its_folder(tmp_path: Path) -> None:
    counts = killed_server(tmp_path / "room", TIMES, random.Random(1)).counts
    assert counts["killed"] == TIMES
    assert counts["orphans"] == counts["LEFT BEHIND"] == 0
