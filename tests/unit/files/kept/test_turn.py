"""One process does a piece of work, the others wait for its end and not for ever."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coercivity.files.kept.turn import turn

HOLDER = """
import sys
from pathlib import Path
from coercivity.files.kept.turn import turn
with turn(Path(sys.argv[1]), "key") as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such names")


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-P", "-c", HOLDER, str(tmp_path)], stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    return process


def test_nobody_waits_for_nobody(tmp_path: Path) -> None:
    for _ in range(2):
        with turn(tmp_path, "key") as mine, turn(tmp_path, "another") as other:
            assert mine
            assert other


@linux
@pytest.mark.parametrize("killed", [False, True])
def test_a_second_process_waits_until_the_first_ends_however_it_ends(
    tmp_path: Path, holder: subprocess.Popen[str], killed: bool
) -> None:
    seen: list[bool] = []

    def wait() -> None:
        with turn(tmp_path, "key") as mine:
            seen.append(mine)

    waiting = threading.Thread(target=wait)
    waiting.start()
    waiting.join(0.3)
    assert seen == []
    if killed:
        holder.kill()
    holder.communicate()
    waiting.join(20)
    assert seen == [False]
