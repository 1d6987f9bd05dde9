"""Where the socket of a store is, who is at the other end, and what goes over it.

One request, a JSON line: `argv` and `is_terminal`. Then answers, a JSON line each:
`out` and `err` with what was said, and at last `exit` with the status.
"""

import json
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oversight.store import StoreError

LONGEST_ADDRESS = (
    100  # bytes of a path that a socket's address holds, and some to spare
)
LONGEST_LINE = 4 << 20
OPEN_FOLDERS = Path("/proc/self/fd")

HAS_SOCKETS = hasattr(socket, "AF_UNIX")


def socket_of(store: Path) -> Path:
    """The socket beside a store's file."""
    return store.with_suffix(".sock")


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """A socket's path, short enough to be bound or connected to."""
    if len(os.fsencode(path)) <= LONGEST_ADDRESS:
        yield str(path)
        return
    if not OPEN_FOLDERS.is_dir():
        raise StoreError(
            f"The path {path} is too long for a socket: wanted at most"
            f" {LONGEST_ADDRESS} bytes. Keep the store in a folder nearer the root."
        )
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield str(OPEN_FOLDERS / str(folder) / path.name)
    finally:
        os.close(folder)


def peer_of(line: socket.socket) -> int:
    """The account at the other end, as the system itself has it."""
    if credentials := getattr(socket, "SO_PEERCRED", None):
        told = line.getsockopt(socket.SOL_SOCKET, credentials, struct.calcsize("3i"))
        return int(struct.unpack("3i", told)[1])
    # macOS and the BSDs: struct xucred, its version and then the account.
    told = line.getsockopt(0, 1, 76)
    return int(struct.unpack("2I", told[:8])[1])


def say(line: socket.socket, **what: Any) -> None:
    """One message."""
    line.sendall(json.dumps(what, ensure_ascii=True).encode() + b"\n")


def hear(line: socket.socket) -> Iterator[dict[str, Any]]:
    """The messages as they come, until the other end has closed."""
    rest = b""
    while chunk := line.recv(1 << 16):
        *whole, rest = (rest + chunk).split(b"\n")
        for each in whole:
            yield dict(json.loads(each))
        if len(rest) > LONGEST_LINE:
            raise ValueError("a message is too long")
