"""One writer at a time: a kernel lock on a path, released when the process that holds it ends.

The lock is a name in the abstract namespace of Unix sockets, derived from the path. It occupies no file, so a run that
is killed leaves nothing behind, and nobody has to find out whether the owner of an old lock file is still running. It
is visible to every process on this machine in the same network namespace; containers that share a folder but no
network, and machines that share a network folder, do not see each other's locks. Only Linux has such names: elsewhere
two runs in one folder do not detect each other.
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
_WAITING = 64  # length of the queue of processes asking for the holder
_WAIT_S = 0.2


@contextmanager
def held(path: Path, *, code: str = BUSY) -> Iterator[None]:
    """Locks a path for this run.

    Args:
        path: The file or folder; it need not exist.
        code: Error code if another run holds the lock.

    Raises:
        CoercivityError: If another run holds the lock.
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
    what = f"another run is using this location{f' (process {process})' if process else ''}"
    return CoercivityError.of(
        code, what, where=path.as_posix(), next="wait until it finishes, or choose another location"
    )


def _holder(name: bytes) -> int:
    """Returns the process that holds a name; 0 if that is unknown."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(_WAIT_S)
        asking.connect(name)
        told = asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", told)[0])
    return 0
