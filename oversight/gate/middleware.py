"""Who gets past the door: every request and WebSocket is asked for its session first.

Pure ASGI, in front of everything Streamlit serves: pages, uploads, media, components,
health, metrics, configuration. Whatever is not named in `public.py` is closed.
"""

import asyncio
from typing import Final
from urllib.parse import urlencode

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from oversight.gate.cookies import is_same_origin, session_of
from oversight.gate.headers import always, with_headers
from oversight.gate.line import POLICY, Line
from oversight.gate.public import SIGN_IN, is_bundle, is_public
from oversight.sessions import Session, Sessions

LOOK_EVERY: Final = 5.0  # seconds until an open page notices that its session has ended
CHANGES_NOTHING: Final = frozenset({"GET", "HEAD"})


class Gate:
    """ASGI middleware: `Middleware(Gate, sessions=…)` as the first and outermost."""

    def __init__(
        self, app: ASGIApp, sessions: Sessions, look_every: float = LOOK_EVERY
    ) -> None:
        self.app = app
        self.sessions = sessions
        self.look_every = look_every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._http(scope, receive, send)
            case "websocket":
                await self._websocket(scope, receive, send)
            case "lifespan":
                await self.app(scope, receive, send)
            case other:
                raise ValueError(f"The gate lets no {other!r} through: it knows none.")

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        send = with_headers(send, scope, is_cached=is_bundle(scope))
        request = HTTPConnection(scope)
        if not is_public(scope):
            if session_of(request, self.sessions) is None:
                await _show_the_way_in(request)(scope, receive, send)
                return
            if scope["method"] not in CHANGES_NOTHING and not is_same_origin(request):
                await _another_site()(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        session = session_of(connection, self.sessions)
        if session is None or not is_same_origin(connection):
            # Closed before it is accepted: the server answers 403.
            await send({"type": "websocket.close", "code": POLICY})
            return
        await self._talk(session, _as_new(scope), receive, send)

    async def _talk(
        self, session: Session, scope: Scope, receive: Receive, send: Send
    ) -> None:
        line = Line(session.key, self.sessions, receive, send)
        watch = asyncio.create_task(line.close_when_ended(self.look_every))
        try:
            await self.app(scope, line.receive, line.send)
        finally:
            watch.cancel()


async def apologise(request: Request, fault: Exception) -> Response:
    """The answer when the server itself fails, which is outside the gate's reach."""
    return PlainTextResponse(
        "Something went wrong on our side. It has been written to the server's log.",
        status_code=500,
        headers={**always(), "Cache-Control": "no-store"},
    )


def _show_the_way_in(request: HTTPConnection) -> Response:
    """To the sign-in page for a person who is opening one; a plain no for all else."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(
            "You are not signed in. Reload the page to sign in.",
            status_code=401,
            headers={"WWW-Authenticate": "Session"},
        )
    wanted = request.scope.get("raw_path", b"").decode("latin-1")
    if query := request.scope["query_string"].decode("latin-1"):
        wanted += f"?{query}"
    is_worth_keeping = request.scope["method"] == "GET" and wanted != "/"
    after = f"?{urlencode({'next': wanted})}" if is_worth_keeping else ""
    return RedirectResponse(SIGN_IN + after, status_code=303)


def _another_site() -> Response:
    return PlainTextResponse(
        "This was sent from another site. Do it from a page of this dashboard.",
        status_code=403,
    )


def _as_new(scope: Scope) -> Scope:
    """The handshake without the Streamlit session it asks to be joined to again.

    A tab that comes back may by then belong to somebody else at the same screen; what
    the last reader typed and chose stays theirs. Filters, in the address, survive.
    """
    name = b"sec-websocket-protocol"
    headers = [
        (key, b",".join(value.split(b",")[:2]) if key == name else value)
        for key, value in scope["headers"]
    ]
    return {**scope, "headers": headers}
