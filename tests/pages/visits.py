"""Somebody at a browser, watched: what leaves the machine, what the console says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from oversight.words import Role
from tests.browsers import opened, refused_by_policy, sign_in, wait_until_finished
from tests.pages.grounds import PASSPHRASE
from tests.servers import Server

# Streamlit asks where it is served from by trying below the page's own address first.
PROBING = re.compile(r"/\w+/_stcore/(health|host-config)$")
# Its protobuf tries WebAssembly for long numbers, within a try, and does without.
TRIED = {"script-src wasm-eval"}
LAPTOP = {"width": 1366, "height": 650}  # what a browser leaves of 1366 by 768
PHONE = {"width": 390, "height": 844}
# For a moment a chart that is being drawn is taller than its place.
DRAWN = """() => [...document.querySelectorAll('.stPlotlyChart, [class*=_chart]')]
  .every(one => one.scrollHeight <= one.clientHeight)"""


@dataclass
class Watched:
    """What happened in a browser that should not have."""

    address: str
    elsewhere: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("request", lambda one: self._went_to(one.url))
        page.on("websocket", lambda one: self._went_to(one.url))
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _went_to(self, url: str) -> None:
        own = (f"{self.address}/", f"ws{self.address.removeprefix('http')}/")
        if not url.startswith((*own, "data:", "blob:")):
            self.elsewhere.append(url)

    def _heard(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type in ("error", "warning") and not PROBING.search(where):
            self.faults.append(f"{where}: {message.text}")


@contextmanager
def visiting(
    browser: Browser, server: Server, path: str = "/", **options: Any
) -> Iterator[Page]:
    """A page at an address, by default on a laptop; nothing else may have happened."""
    watched = Watched(server.address)
    with opened(browser, **{"viewport": LAPTOP, **options}) as page:
        watched.follow(page)
        page.goto(f"{server.address}{path}")
        yield page
        refused = refused_by_policy(page) - TRIED
    assert (watched.elsewhere, watched.faults, refused) == ([], [], set())


@dataclass
class Visits:
    """Those who are signed in: once a role, and then by the cookie they were given."""

    browser: Browser
    server: Server
    cookies: dict[Role, Any] = field(default_factory=dict)

    @contextmanager
    def __call__(self, role: Role, path: str = "/", **options: Any) -> Iterator[Page]:
        """A page at an address, open to somebody of a role, drawn to the end."""
        given = {"storage_state": self._cookie(role), **options}
        with visiting(self.browser, self.server, path, **given) as page:
            page.get_by_role("heading", level=1).wait_for()
            wait_until_finished(page)
            yield page

    def _cookie(self, role: Role) -> Any:
        if role not in self.cookies:
            with visiting(self.browser, self.server) as page:
                sign_in(page, role, PASSPHRASE)
                page.wait_for_url(f"{self.server.address}/")
                self.cookies[role] = page.context.storage_state()
        return self.cookies[role]


def rgb(colour: str) -> str:
    """A token's colour as a browser says it."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({', '.join(map(str, parts))})"
