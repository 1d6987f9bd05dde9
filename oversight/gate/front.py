"""What one running app shares between its front door and the pages behind it.

Both live in one process: a module imported by both is the one place for what is theirs.
"""

import functools
import importlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from anyio import to_thread

from oversight import passphrases, people
from oversight.definitions import open_store
from oversight.gate import cookies
from oversight.gate.sign_in import Person
from oversight.gate.sign_in_page import sign_out_form, style
from oversight.sessions import Session, Sessions
from oversight.store import Store

SESSIONS: Final = Sessions()
SLOW_TO_IMPORT: Final = ("pandas", "plotly.graph_objects")


@functools.cache
def store() -> Store:
    """The store of this process, opened once: it has one owner and one writer."""
    return open_store()


def find_person(name: str) -> Person | None:
    """The account of a name, as the sign-in desk wants it."""
    return people.find(store(), name)


def session_in(page_cookies: Mapping[str, str]) -> Session | None:
    """Who is reading, from `st.context.cookies`; None when nobody is signed in.

    To be asked on every run: the session may have ended since the last one.
    """
    return cookies.session_in(page_cookies, SESSIONS)


def sign_out_button(session: Session) -> str:
    """The sign-out form, as HTML for `st.html`."""
    return sign_out_form(cookies.token_for(session.key))


@asynccontextmanager
async def warm_up(app: object) -> AsyncIterator[dict[str, Any]]:
    """Do before the first reader what the first reader would otherwise wait for."""
    await to_thread.run_sync(_warm_up)
    yield {}


def _warm_up() -> None:
    # Before anyone can ask: two threads asking at once would open the store twice.
    store()
    style()
    passphrases.is_right("", None)
    for module in SLOW_TO_IMPORT:
        importlib.import_module(module)
