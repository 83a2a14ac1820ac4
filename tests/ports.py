"""Ports for servers that tests start."""

from __future__ import annotations

import os
import socket
from itertools import count

LOWEST, PORTS = 10_000, 20_000  # below those that the system gives to clients
_asked = count(os.getpid() * 101)  # workers begin at places of their own, so that two do not take the same one


def free_port() -> int:
    """A port of this machine that nobody listens on, another one each time."""
    for number in _asked:
        port = LOWEST + number % PORTS
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("unreachable")
