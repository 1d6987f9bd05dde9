"""The headers that go with every answer, and why each is as it is."""

import base64
import functools
import hashlib
import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from oversight.gate.public import bundle_folder

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Our own pages may know where one came from (the sign-in page goes back there);
    # nobody else may: an address holds the names of homes.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(),"
        " gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
}


@functools.cache
def content_security_policy() -> str:
    """The strictest policy that Streamlit 1.67 and Plotly work under (Chromium 156).

    No other host, no eval, no script in the page but the one line of Streamlit's own
    index.html, known by its hash.
    """
    index = (bundle_folder() / "index.html").read_text(encoding="utf-8")
    digests = (
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE_SCRIPT.findall(index)
    )
    scripts = " ".join(f"'sha256-{digest}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".strip(),
            # Emotion, Plotly and the data grid write their styles into the page.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",  # one is inside Streamlit's own style sheet
            "connect-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def always() -> dict[str, str]:
    """What goes with every answer, whatever it is."""
    return {**ALWAYS, "Content-Security-Policy": content_security_policy()}


def with_headers(send: Send, scope: Scope, is_cached: bool) -> Send:
    """A send that puts our headers on the answer, whatever the app had put there.

    is_cached: a file of the bundle, whose name changes with its content; it keeps the
    caching that Streamlit gives it. Nothing else is ever kept by a browser or a proxy.
    """

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(always())
            if scope["scheme"] == "https":
                headers["Strict-Transport-Security"] = "max-age=31536000"
            if not (is_cached and message["status"] == 200):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending
