"""Work that several processes need at the same time is done by one of them; the others wait for its end.

The holder of a turn has a name in the abstract namespace of Unix sockets, which the kernel removes with the process, so
nothing is left behind and nobody waits for a process that was killed. Only Linux has such names; elsewhere, and where a
wait takes too long, the work is done twice, with the same result.
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

LONGEST_WAIT_S = 30.0
_WAITING = 64  # length of the queue of processes that wait


@contextmanager
def turn(folder: Path, key: str) -> Iterator[bool]:
    """Yields whether nobody else is working on a result; otherwise it first waits for the end of that work.

    Args:
        folder: Folder of the results.
        key: Key of the result.
    """
    if sys.platform != "linux":
        yield True
        return
    place = os.fsencode(os.path.realpath(folder)) + b"\0" + key.encode()
    name = b"\0coercivity-kept-" + hashlib.sha256(place).hexdigest()[:48].encode()
    with socket.socket(socket.AF_UNIX) as held:
        mine = _taken(held, name)
        if not mine:
            _wait(name)
        yield mine


def _taken(held: socket.socket, name: bytes) -> bool:
    try:
        held.bind(name)
        held.listen(_WAITING)
    except OSError as error:
        return error.errno != errno.EADDRINUSE  # a system that refuses the name does not stop the work
    return True


def _wait(name: bytes) -> None:
    """Waits until the holder of a name releases it; not for a holder of another user."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(LONGEST_WAIT_S)
        asking.connect(name)
        told = asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        if struct.unpack("3i", told)[1] == os.getuid():
            asking.recv(1)
