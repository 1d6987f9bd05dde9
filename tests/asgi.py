"""Asks an ASGI app directly, byte for byte, as no well-behaved client would."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote

Result = TypeVar("Result")
PATIENCE = 20  # seconds, for a conversation that never takes one when all is well


@dataclass
class Answer:
    """What came back: a status, headers (names lower-case) and a body."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        return "\n".join(value for key, value in self.headers if key == name)

    @property
    def text(self) -> str:
        return self.body.decode()

    def cookie(self, name: str) -> str:
        """The value that a cookie is set to, "" when it is not set or is removed."""
        for line in self.header("set-cookie").splitlines():
            pair, *_ = line.split(";")
            key, _, value = pair.partition("=")
            if key == name:
                return value.strip('"')
        return ""


def scope_of(kind: str, target: str, headers: dict[str, str], **more: Any) -> dict:
    """The scope a server would make of a request line; the target is left as it is."""
    raw_path, _, query = target.partition("?")
    return {
        "type": kind,
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(raw_path),
        "raw_path": raw_path.encode("latin-1", "replace"),
        "query_string": query.encode("latin-1", "replace"),
        "root_path": "",
        "client": ("192.0.2.1", 50000),
        "server": ("desk.test", 80),
        "headers": [
            (name.lower().encode(), value.encode("latin-1"))
            for name, value in {"host": "desk.test", **headers}.items()
        ],
        **more,
    }


def run(story: Coroutine[Any, Any, Result]) -> Result:
    """A story to its end, in a thread of its own.

    Where the tests' browser is open, a loop of its own runs in this one already.
    """
    with ThreadPoolExecutor(max_workers=1) as own:
        return own.submit(asyncio.run, story).result()


def ask(
    app: Any,
    target: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    **more: Any,
) -> Answer:
    """One HTTP request, asked and answered."""
    answer = Answer()
    scope = scope_of("http", target, headers or {}, method=method, **more)

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = [
                (name.decode(), value.decode()) for name, value in message["headers"]
            ]
        else:
            answer.body += message.get("body", b"")

    run(app(scope, receive, send))
    return answer


async def talk(
    app: Any, target: str, headers: dict[str, str], messages: asyncio.Queue, **more: Any
) -> list[dict]:
    """One WebSocket: what the app sends while it is handed the messages in turn."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    talking = app(scope_of("websocket", target, headers, **more), messages.get, send)
    await asyncio.wait_for(talking, timeout=PATIENCE)
    return sent
