"""One writer at a time: a lock of the kernel on a path, which ends with the process that holds it.

The lock is a name in the abstract namespace of Unix sockets, made of the path. It lies in no folder, so a run that is
killed leaves nothing behind, and nothing has to find out whether the process that wrote an old lock still runs. It is
seen by every process of this machine that shares the network namespace; containers that share a folder and no network,
and machines that share one over a network, do not see each other's. Only Linux has such names: elsewhere two runs into
one folder are not told apart.
"""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coercivity.base.errors import CoercivityError

BUSY = "OUT-BUSY"
_WAITING = 64  # who asks for the holder stays in its queue
_WAIT_S = 0.2


@contextmanager
def held(path: Path, *, code: str = BUSY) -> Iterator[None]:
    """Holds a path for this run.

    Args:
        path: The file or folder; it need not be there.
        code: Code of the fault where another run holds it.

    Raises:
        CoercivityError: When another run holds it.
    """
    if sys.platform != "linux":
        yield
        return
    name = b"\0coercivity-" + hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:48].encode()
    with socket.socket(socket.AF_UNIX) as lock:
        try:
            lock.bind(name)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise _busy(path, name, code) from None
        lock.listen(_WAITING)
        yield


def _busy(path: Path, name: bytes, code: str) -> CoercivityError:
    process = _holder(name)
    what = f"another run works in this place{f' (process {process})' if process else ''}"
    return CoercivityError.of(code, what, where=path.as_posix(), next="wait until it is done, or name another place")


def _holder(name: bytes) -> int:
    """The process that holds a name; 0 where that is not told."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(_WAIT_S)
        asking.connect(name)
        told = asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", told)[0])
    return 0
