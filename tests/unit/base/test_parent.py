"""A child that waits for nothing ends with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

CHILD = "import time; {}print('ready', flush=True); time.sleep(60)"
WATCH = "from coercivity.base.parent import end_with_parent; end_with_parent(); "
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE, text=True)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def outlives(child: str) -> bool:
    """Whether a child is still there two seconds after its parent was killed; it is ended then."""
    with subprocess.Popen([sys.executable, "-c", PARENT, child], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        parent.kill()
    for _ in range(40):
        if not runs(process):
            return False
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    return True


def runs(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as told:
            return told.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_a_child_ends_with_a_parent_that_is_killed() -> None:
    assert not outlives(CHILD.format(WATCH))
    assert outlives(CHILD.format(""))  # without it, it would be an orphan
