"""Does somebody own this store just now, and what do they answer to a command?"""

import os
import socket
import sys
from pathlib import Path

from oversight.owner.line import (
    HAS_SOCKETS,
    address_of,
    hear,
    peer_of,
    say,
    socket_of,
)
from oversight.store import StoreError

LOST = (
    "The dashboard that owns the store stopped before it had answered. What it had not"
    " finished is not kept. Ask again."
)


def is_owned(store: Path) -> bool:
    """Whether a process answers for the store; StoreError when it is another account's.

    A socket that nobody listens at is what a process that was killed has left.
    """
    line = _reach(store)
    if line is None:
        return False
    line.close()
    return True


def ask(store: Path, argv: list[str]) -> int:
    """Has the owner run a command, repeats what it says here, and gives its status."""
    line = _reach(store)
    if line is None:
        raise StoreError(LOST)
    with line:
        say(line, argv=argv, is_terminal=sys.stderr.isatty())
        try:
            for heard in hear(line):
                sys.stdout.write(heard.get("out", ""))
                sys.stderr.write(heard.get("err", ""))
                sys.stderr.flush()
                if "exit" in heard:
                    sys.stdout.flush()
                    return int(heard["exit"])
        except ConnectionError:
            pass
    raise StoreError(LOST)


def _reach(store: Path) -> socket.socket | None:
    path = socket_of(store)
    if not HAS_SOCKETS or not path.is_socket():
        return None
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with address_of(path) as address:
            line.connect(address)
        _check_is_ours(store, peer_of(line))
    except (ConnectionRefusedError, FileNotFoundError):
        line.close()
        return None
    except PermissionError:
        line.close()
        _check_is_ours(store, path.stat().st_uid)
        raise
    except BaseException:
        line.close()
        raise
    return line


def _check_is_ours(store: Path, account: int) -> None:
    # A passphrase may go over it: never to whoever happened to put a socket there.
    if account != os.getuid():
        raise StoreError(
            f"The store {store.name} is in use by the dashboard of account {account},"
            f" and you are account {os.getuid()}. Run this command as that account."
        )
