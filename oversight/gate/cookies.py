"""The cookies: which session a browser holds, which form it has, what it began.

SameSite is Lax and not Strict. With Strict, a link opened from an e-mail or a meeting
paper arrives without its session and asks a signed-in reader to sign in again, and
sharing links is what the filters in the address are for. Lax sends the cookie on such a
navigation only, which changes nothing here: what changes something is a POST with a
token bound to the session, or a WebSocket from our own origin.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from oversight.sessions import Session, Sessions

SESSION: Final = "ig_session"
FORM: Final = "ig_form"
HALF: Final = "ig_half"  # a sign-in whose second step is still to come
AWAY: Final = "ig_away"  # somebody sent to the provider, until they come back
# A browser takes a __Host- cookie only over TLS, from this very host, for every path:
# no neighbouring site can plant one.
SECURE_PREFIX: Final = "__Host-"

_SECRET: Final = secrets.token_bytes(32)  # of this process: a restart voids open forms


def is_secure(connection: HTTPConnection) -> bool:
    """Whether it came over TLS, to us or to the proxy in front of us."""
    return connection.scope["scheme"] in ("https", "wss")


def is_same_origin(connection: HTTPConnection) -> bool:
    """Whether a request comes from a page of ours; a client that is no browser may.

    SameSite lets through another port and a sister host: this does not.
    """
    origin = connection.headers.get("origin")
    return origin is None or is_ours(origin, connection)


def is_ours(url: str, connection: HTTPConnection) -> bool:
    """Whether an address that a browser states is on the host it is talking to."""
    try:
        return urlsplit(url).netloc == connection.headers["host"]
    except (KeyError, ValueError):
        return False


def named(cookie: str, connection: HTTPConnection) -> str:
    """The cookie's full name on this connection."""
    return f"{SECURE_PREFIX}{cookie}" if is_secure(connection) else cookie


def session_of(connection: HTTPConnection, sessions: Sessions) -> Session | None:
    """The live session of a request, by the one cookie that counts on such a one."""
    return sessions.of(connection.cookies.get(named(SESSION, connection)))


def session_in(cookies: Mapping[str, str], sessions: Sessions) -> Session | None:
    """The live session among a page's cookies, for code that stands behind the gate."""
    return sessions.of(cookies.get(f"{SECURE_PREFIX}{SESSION}")) or sessions.of(
        cookies.get(SESSION)
    )


def put(
    response: Response, connection: HTTPConnection, cookie: str, value: str
) -> None:
    """Set a cookie that no script can read and that ends with the browser."""
    response.set_cookie(
        named(cookie, connection),
        value,
        path="/",
        secure=is_secure(connection),
        httponly=True,
        samesite="lax",
    )


def remove(response: Response, connection: HTTPConnection, cookie: str) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(
        named(cookie, connection),
        path="/",
        secure=is_secure(connection),
        httponly=True,
        samesite="lax",
    )


def token_for(secret: str) -> str:
    """The token a form carries to show that it was given to the holder of a secret."""
    return hmac.new(
        _SECRET, secret.encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()


def is_token_for(secret: str, token: str) -> bool:
    """Whether a form's token is the one for a secret, in constant time."""
    return hmac.compare_digest(
        token_for(secret).encode(), token.encode("utf-8", "replace")
    )
