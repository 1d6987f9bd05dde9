"""Starts the real thing: `streamlit run` in a process of its own, cold, on loopback."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

ROOT = Path(__file__).resolve().parent.parent
DASHBOARD = ROOT / "dashboard.py"
SECONDS_TO_START = 90  # two cores, shared with other tests
SECONDS_TO_STOP = 15
SECONDS_TO_RUN = 60

OPTIONS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
}


@dataclass(frozen=True)
class Reply:
    """An answer as it came over the wire.

    headers: names in lower case; one that is sent twice has its values a line each.
    """

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Run:
    """One run of a page: its Streamlit session, and every byte it sent."""

    session: str
    said: bytes


@dataclass(frozen=True)
class Server:
    """A running server, asked exactly as told: no redirects, no tidying of the path."""

    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        target: str,
        method: str = "GET",
        sent: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        """One request. sent: its headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, body or None, sent or {})
            answer = connection.getresponse()
            headers = {
                name.lower(): "\n".join(answer.headers.get_all(name, []))
                for name in answer.headers
            }
            return Reply(answer.status, headers, answer.read())
        finally:
            connection.close()

    def open(
        self,
        target: str = "/_stcore/stream",
        sent: dict[str, str] | None = None,
        rejoining: str = "",
    ) -> ClientConnection:
        """A WebSocket, as a page's own script opens it; to be used in a `with`.

        rejoining: the Streamlit session that a tab coming back asks for.
        """
        protocols = ["streamlit", "token", rejoining] if rejoining else ["streamlit"]
        return connect(
            f"ws://127.0.0.1:{self.port}{target}",
            additional_headers=sent,
            subprotocols=[Subprotocol(protocol) for protocol in protocols],
            max_size=None,
            proxy=None,
        )

    def run_page(
        self, page: str, sent: dict[str, str] | None = None, rejoining: str = ""
    ) -> Run:
        """One run of a page, asked for by its name in the address."""
        with self.open(sent=sent, rejoining=rejoining) as line:
            asked = BackMsg()
            asked.rerun_script.page_name = page
            line.send(asked.SerializeToString())
            session, said = "", b""
            while True:
                received = line.recv(timeout=SECONDS_TO_RUN, decode=False)
                message = ForwardMsg.FromString(received)
                session = message.new_session.initialize.session_id or session
                said += received
                if message.WhichOneof("type") == "script_finished":
                    return Run(session, said)


@contextmanager
def started(
    script: Path = DASHBOARD, store: Path | None = None, ready: str = "/sign-in"
) -> Iterator[Server]:
    """A server that nobody has asked for anything yet, but whether its door is there.

    store: the file of a store, made by the caller or by the server. ready: an address
    that is answered with 200 and runs no page.
    """
    port = _free_port()
    log = (store or script).with_suffix(f".{port}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *_options(port)],
            cwd=script.parent,
            env=_environment(store),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Server(port, log)
            _wait_until_ready(server, process, ready)
            yield server
        finally:
            _stop(process)


def _options(port: int) -> list[str]:
    given = OPTIONS | {"server.port": str(port)}
    return [f"--{name}={value}" for name, value in given.items()]


def _environment(store: Path | None) -> dict[str, str]:
    mine = {"PYTHONPATH": str(ROOT)}
    if store:
        mine["OVERSIGHT_STORE"] = f"duckdb:///{store}"
        mine["OVERSIGHT_INBOX"] = str(store.with_suffix(".inbox"))
    return os.environ | mine


def _wait_until_ready(
    server: Server, process: subprocess.Popen[bytes], ready: str
) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if server.ask(ready).status == 200:
                return
        except OSError:
            pass  # not listening yet
        time.sleep(0.1)
    said = server.log.read_text(errors="replace")
    raise RuntimeError(
        f"The server on port {server.port} did not start. It said:\n{said}"
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
