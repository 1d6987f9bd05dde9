"""The owner of a store runs the commands that reach it, and says what they said."""

import io
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

from oversight.owner.line import (
    HAS_SOCKETS,
    address_of,
    hear,
    peer_of,
    say,
    socket_of,
)

Run = Callable[[list[str]], int]
PATIENCE = 10.0  # seconds for a request to come whole
log = logging.getLogger(__name__)

# Who is told what this thread says: set while it runs somebody's command.
_told: ContextVar["Caller | None"] = ContextVar("told", default=None)


class Caller:
    """One command's line: what is said goes down it, and it may hang up."""

    def __init__(self, line: socket.socket, is_terminal: bool):
        self.line = line
        self.is_terminal = is_terminal
        self.hung_up = threading.Event()

    def tell(self, stream: str, text: str) -> None:
        try:
            say(self.line, **{stream: text})
        except OSError:
            self.hung_up.set()

    def listen(self) -> None:
        """Until the other end is gone; it has nothing more to say."""
        with suppress(OSError):
            while self.line.recv(1 << 12):
                pass
        self.hung_up.set()


def caller() -> Caller | None:
    """Whose command this thread runs; None when it is nobody's elsewhere."""
    return _told.get()


class Aside(io.TextIOBase):
    """A standard stream that hands what a caller's command says to that caller."""

    def __init__(self, stream: TextIO, name: str):
        self._stream, self._name = stream, name

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def write(self, text: str) -> int:
        if asked := _told.get():
            asked.tell(self._name, text)
            return len(text)
        return self._stream.write(text)

    def flush(self) -> None:
        if _told.get() is None:
            self._stream.flush()

    def isatty(self) -> bool:
        asked = _told.get()
        if asked is None:
            return self._stream.isatty()
        return self._name == "err" and asked.is_terminal

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()


@contextmanager
def answering(store: Path, run: Run) -> Iterator[None]:
    """While within, commands on this store are run here, each in a thread of its own.

    The caller must own the store: a socket that is there already is then nobody's.
    Where there are no such sockets (Windows) nothing listens.
    """
    if not HAS_SOCKETS:
        yield
        return
    path = socket_of(store)
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with listener, _aside():
        # Made with no rights for others, not narrowed afterwards.
        before = os.umask(0o177)
        try:
            with address_of(path) as address:
                listener.bind(address)
        finally:
            os.umask(before)
        listener.listen(16)
        threading.Thread(
            target=_listen, args=(listener, run), name="owner", daemon=True
        ).start()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


@contextmanager
def _aside() -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout = Aside(sys.stdout, "out")
    sys.stderr = Aside(sys.stderr, "err")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _listen(listener: socket.socket, run: Run) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:  # closed: the owner stops
            return
        threading.Thread(
            target=_answer, args=(line, run), name="command", daemon=True
        ).start()


def _answer(line: socket.socket, run: Run) -> None:
    with line:
        asked = _request(line)
        if asked is None:
            return
        argv, is_terminal = asked
        with suppress(OSError):
            if peer_of(line) != os.getuid():
                say(line, err="This store answers only to the account that runs it.\n")
                say(line, exit=1)
                return
            told = Caller(line, is_terminal)
            _told.set(told)
            threading.Thread(target=told.listen, name="listening", daemon=True).start()
            say(line, exit=_run(run, argv))


def _request(line: socket.socket) -> tuple[list[str], bool] | None:
    """What is asked; None of one that only looks who is there, or talks nonsense."""
    try:
        line.settimeout(PATIENCE)
        asked = next(hear(line), None)
        line.settimeout(None)
        if asked is None:
            return None
        return [str(word) for word in asked["argv"]], bool(asked.get("is_terminal"))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _run(run: Run, argv: list[str]) -> int:
    try:
        return run(argv)
    except Exception:
        # The caller is told; what it was stands in the owner's log.
        log.exception("A command failed: %s", argv[:1])
        sys.stderr.write(
            "Something went wrong in the dashboard that owns the store. It has been"
            " written to its log.\n"
        )
        return 1
