"""Ports of the loopback that stay free until a test listens on them."""

import fcntl
import os
import random
import socket
import tempfile
from functools import cache
from pathlib import Path

_PORTS = range(10_000, 32_000)
"""Below those that the system gives to outgoing connections, which would take one in between."""
_RANDOM = random.SystemRandom()
_given: set[int] = set()


def free_port() -> int:
    """A port that nobody listens on, and that no process of tests is given before this one ends."""
    while True:
        port = _RANDOM.choice(_PORTS)
        if port not in _given and _is_free(port) and _is_reserved(port):
            _given.add(port)
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: where somebody listened a moment ago, one may listen again.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _is_reserved(port: int) -> bool:
    """Whether this process has the port to itself, among all that ask here, until it ends."""
    try:
        fcntl.lockf(_reservations(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


@cache
def _reservations() -> int:
    """A file of which each process locks the bytes that are its ports."""
    path = Path(tempfile.gettempdir()) / f"kaihyo-ports-of-tests-{os.getuid()}"
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
