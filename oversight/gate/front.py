"""What one running app shares between its front door and the pages behind it.

Both live in one process: a module imported by both is the one place for what is theirs.
"""

import functools
import importlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from anyio import to_thread
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from oversight import journal, own_keys, passphrases, people, second_factor
from oversight.definitions import open_store
from oversight.gate import cookies
from oversight.gate.back_off import BackOff
from oversight.gate.by_provider import ByProvider, provider_routes
from oversight.gate.first import FirstCode
from oversight.gate.kept import Kept
from oversight.gate.own_account import OwnAccount, account_routes
from oversight.gate.provider import Provider, ProviderError, read_settings
from oversight.gate.public import ACCOUNT, SHOWN_TO_STRANGERS, SIGN_IN_BACK, SIGN_OUT
from oversight.gate.second import StoredSecondFactors
from oversight.gate.sign_in import Desk, Person, routes_of
from oversight.gate.sign_in_page import Beside, sign_out_form, style
from oversight.sessions import Session, Sessions
from oversight.store import Store, StoreError

SESSIONS: Final = Sessions()
FIRST: Final = FirstCode()
OURS: Final = tuple(sorted({*SHOWN_TO_STRANGERS, SIGN_OUT, ACCOUNT}))
SLOW_TO_IMPORT: Final = ("pandas", "plotly.graph_objects")
PROVIDER: Final = "OVERSIGHT_PROVIDER"  # names the file of its settings
MADE_UP: Final = (
    "This company is made up, so no second step is asked for. With records of your own"
    " it is, of every role that sees rows."
)


@functools.cache
def store() -> Store:
    """The store of this process, opened once: it has one owner and one writer."""
    opened = open_store()
    # Whoever is disabled, given another role or another passphrase is out at once.
    people.when_changed(SESSIONS.end_all_of)
    return opened


@functools.cache
def kept() -> Kept:
    """The tries and used codes beside the store."""
    return Kept(tries_path(store()), own_keys.own_key(store(), "tries"))


def tries_path(of: Store) -> Path:
    """The file of tries that belongs to a store."""
    return of.path.with_suffix(".tries")


def tell(person: str, what: str, about: dict[str, Any]) -> None:
    """One entry of the journal, written soon."""
    journal.note(store(), person, what, about)


def find_person(name: str) -> Person | None:
    """The account of a name, as the sign-in desk wants it."""
    return people.find(store(), name)


def session_in(page_cookies: Mapping[str, str]) -> Session | None:
    """Who is reading, from `st.context.cookies`; None when nobody is signed in.

    To be asked on every run: the session may have ended since the last one.
    """
    return cookies.session_in(page_cookies, SESSIONS)


def reader_in(page_cookies: Mapping[str, str]) -> people.Person | None:
    """The person behind a page's cookies, as their account is now; None: nobody.

    A session that was begun under another version of the account is ended here, however
    the account came to be changed.
    """
    session = session_in(page_cookies)
    if session is None:
        return None
    person = people.find(store(), session.person)
    if person is None or not person.is_enabled or person.number != session.version:
        SESSIONS.end(session.key)
        return None
    return person


def sign_out_button(session: Session) -> str:
    """The sign-out form, as HTML for `st.html`."""
    return sign_out_form(cookies.token_for(session.key))


def routes() -> list[Route]:
    """Every address of the gate's own, for `st.App(routes=…)`.

    What answers is made when first asked: the store is opened by the running server.
    """
    return [Route(path, _answer_when_asked) for path in OURS]


class _WhenAsked:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _answering()(scope, receive, send)


_answer_when_asked = _WhenAsked()


@functools.cache
def _answering() -> Router:
    provider = company_provider()
    name = provider.settings.name if provider else ""
    desk = Desk(
        find_person,
        SESSIONS,
        BackOff(tries=kept()),
        second=StoredSecondFactors(store(), kept()),
        tell=tell,
        beside=lambda: Beside(name, _note()),
    )
    return Router(
        [
            *routes_of(desk),
            *account_routes(OwnAccount(store, desk, FIRST)),
            *provider_routes(ByProvider(store, desk, provider)),
        ]
    )


def _note() -> str:
    return MADE_UP if second_factor.is_made_up(store()) else ""


def company_provider() -> Provider | None:
    """The provider that the settings file names; None when there is no such file."""
    path = os.environ.get(PROVIDER)
    if not path:
        return None
    try:
        return Provider(read_settings(Path(path)), SIGN_IN_BACK)
    except ProviderError as refusal:
        raise StoreError(str(refusal)) from None


@asynccontextmanager
async def warm_up(app: object) -> AsyncIterator[dict[str, Any]]:
    """Do before the first reader what the first reader would otherwise wait for."""
    await to_thread.run_sync(_warm_up)
    yield {}


def _warm_up() -> None:
    # Before anyone can ask: two threads asking at once would open the store twice.
    company_provider()  # settings that will not do stop the start, in a sentence
    FIRST.print_if_wanted(store())
    style()
    passphrases.is_right("", None)
    for module in SLOW_TO_IMPORT:
        importlib.import_module(module)
