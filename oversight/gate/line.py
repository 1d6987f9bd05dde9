"""What passes over an open WebSocket: everything, for as long as its session lives."""

import asyncio
import contextlib
from typing import Final

from starlette.types import Message, Receive, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from oversight.gate.public import SIGN_IN
from oversight.sessions import Sessions

POLICY: Final = 1008  # the WebSocket close code for "you may not"


def _go_to(path: str) -> bytes:
    """Streamlit's own message that sends the browser to another address."""
    message = ForwardMsg()
    message.auth_redirect.url = path
    return bytes(message.SerializeToString())


class Line:
    """One WebSocket's receive and send, dead from the moment its session is.

    A tab left open is taken to the sign-in page when its session ends, wherever it was
    ended: nothing stays on an unattended screen.
    """

    def __init__(self, key: str, sessions: Sessions, receive: Receive, send: Send):
        self._key = key
        self._sessions = sessions
        self._receive = receive
        self._send = send
        self._is_accepted = False
        self._is_closed = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive" and not self._sessions.seen(
            self._key
        ):
            await self.close()
        return _disconnected() if self._is_closed else message

    async def send(self, message: Message) -> None:
        if not self._sessions.glance(self._key):
            await self.close()
        if self._is_closed:
            return
        self._is_accepted |= message["type"] == "websocket.accept"
        self._is_closed = message["type"] == "websocket.close"
        await self._send(message)

    async def close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        with contextlib.suppress(OSError, RuntimeError):  # the browser has gone already
            if self._is_accepted:
                await self._send({"type": "websocket.send", "bytes": _go_to(SIGN_IN)})
            await self._send({"type": "websocket.close", "code": POLICY})

    async def close_when_ended(self, look_every: float) -> None:
        """Watch the session, in seconds, and close when it has ended."""
        while self._sessions.glance(self._key):
            await asyncio.sleep(look_every)
        await self.close()


def _disconnected() -> Message:
    return {"type": "websocket.disconnect", "code": POLICY}
