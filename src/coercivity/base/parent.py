"""A child process that ends with the process that started it, however that one ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


def end_with_parent() -> None:
    """Ends this process when the thread that started it ends, even if that was killed; called by a child at its start.

    The kernel sends the signal, so that it holds while this process computes, and a child that waits for nothing is no
    orphan. Elsewhere than on Linux nothing happens, and a child ends when its work is done.
    """
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended just before
        os.kill(os.getpid(), signal.SIGKILL)
