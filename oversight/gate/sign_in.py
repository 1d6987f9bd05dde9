"""The way in and the way out: who is let in, and what the others are told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, Protocol

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from oversight import passphrases
from oversight.gate import cookies
from oversight.gate.back_off import BackOff
from oversight.gate.forms import came_from, fields_of, form, go, is_our_form, local_path
from oversight.gate.public import SIGN_IN, SIGN_IN_STYLE, SIGN_OUT
from oversight.gate.sign_in_page import in_words, sign_out_page, style
from oversight.sessions import Sessions

CHECKS_AT_ONCE: Final = 2  # a hash takes a third of a second of a processor, by design

WRONG: Final = "The name or the passphrase is not right. Check both and try again."
STALE_FORM: Final = "This form had been open too long to be safe. Please sign in again."
WAIT: Final = "Too many tries. Wait {}, then try again."
NAME_LIMIT: Final = 200


class Person(Protocol):
    """What the gate needs to know of somebody who may sign in."""

    @property
    def name(self) -> str: ...
    @property
    def is_enabled(self) -> bool: ...
    @property
    def password_hash(self) -> str: ...


@dataclass(frozen=True)
class Desk:
    """The sign-in desk: its answers to a browser, and what it looks things up in."""

    find_person: Callable[[str], Person | None]
    sessions: Sessions
    back_off: BackOff
    turns: CapacityLimiter = field(
        default_factory=lambda: CapacityLimiter(CHECKS_AT_ONCE)
    )

    async def show_form(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("next", "") or came_from(request))
        if cookies.session_of(request, self.sessions):
            return go(wanted)
        return form(request, wanted)

    async def sign_in(self, request: Request) -> Response:
        fields = await fields_of(request)
        name, wanted = fields["name"].strip()[:NAME_LIMIT], local_path(fields["next"])
        if not is_our_form(request, fields["token"]):
            return form(request, wanted, name, STALE_FORM, HTTPStatus.FORBIDDEN)
        address = request.client.host if request.client else ""
        if wait := self.back_off.wait(name, address):
            later = WAIT.format(in_words(wait))
            return form(request, wanted, name, later, HTTPStatus.TOO_MANY_REQUESTS)
        self.back_off.tried(name, address)
        person = await to_thread.run_sync(
            self._proved, name, fields["passphrase"], limiter=self.turns
        )
        if person is None:
            return form(request, wanted, name, WRONG, HTTPStatus.FORBIDDEN)
        self.back_off.succeeded(name, address)
        return self._let_in(request, person, wanted)

    async def show_sign_out(self, request: Request) -> Response:
        session = cookies.session_of(request, self.sessions)
        if session is None:
            return go(SIGN_IN)
        return HTMLResponse(
            sign_out_page(cookies.token_for(session.key), session.person)
        )

    async def sign_out(self, request: Request) -> Response:
        session = cookies.session_of(request, self.sessions)
        token = (await fields_of(request))["token"]
        if session and not cookies.is_token_for(session.key, token):
            return go(SIGN_OUT)
        if session:
            self.sessions.end(session.key)
        response = go(SIGN_IN)
        cookies.remove(response, request, cookies.SESSION)
        return response

    def _proved(self, name: str, passphrase: str) -> Person | None:
        """The person, when the passphrase is theirs; one hash checked, whoever asks."""
        person = self.find_person(name)
        may_enter = person is not None and person.is_enabled
        known_hash = person.password_hash if person and may_enter else None
        return person if passphrases.is_right(passphrase, known_hash) else None

    def _let_in(self, request: Request, person: Person, wanted: str) -> Response:
        # A new id, always: one planted in the browser beforehand is never signed in.
        if earlier := cookies.session_of(request, self.sessions):
            self.sessions.end(earlier.key)
        response = go(wanted)
        cookies.put(
            response, request, cookies.SESSION, self.sessions.start(person.name)
        )
        cookies.remove(response, request, cookies.FORM)
        return response


def sign_in_routes(
    find_person: Callable[[str], Person | None],
    sessions: Sessions,
    back_off: BackOff | None = None,
) -> list[Route]:
    """The addresses of sign-in and sign-out, for `st.App(routes=…)`.

    find_person: the account of a name as typed, or None; called in a thread.
    """
    desk = Desk(find_person, sessions, back_off or BackOff())

    async def show_style(request: Request) -> Response:
        return Response(style(), media_type="text/css")

    return [
        Route(SIGN_IN, desk.show_form, methods=["GET"]),
        Route(SIGN_IN, desk.sign_in, methods=["POST"]),
        Route(SIGN_IN_STYLE, show_style, methods=["GET"]),
        Route(SIGN_OUT, desk.show_sign_out, methods=["GET"]),
        Route(SIGN_OUT, desk.sign_out, methods=["POST"]),
    ]
