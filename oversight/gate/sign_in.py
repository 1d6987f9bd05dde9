"""The way in and the way out: who is let in, and what the others are told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, Protocol

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from oversight import passphrases
from oversight.gate import cookies
from oversight.gate.back_off import BackOff
from oversight.gate.forms import (
    came_from,
    fields_of,
    form,
    go,
    is_our_form,
    local_path,
    with_token,
)
from oversight.gate.public import SIGN_IN, SIGN_IN_CODE, SIGN_IN_STYLE, SIGN_OUT
from oversight.gate.second import NoSecondFactors, SecondFactors, Step
from oversight.gate.sign_in_page import Beside, in_words, sign_out_page, style
from oversight.gate.step_pages import code_page, codes_page, set_up_page
from oversight.gate.waiting import Waiting
from oversight.second_factor import new_secret, picture
from oversight.sessions import Sessions

CHECKS_AT_ONCE: Final = 2  # a hash takes a third of a second of a processor, by design

WRONG: Final = "The name or the passphrase is not right. Check both and try again."
WRONG_CODE: Final = (
    "That code is not right, or it has been used. Wait for the next one and try again."
)
STALE_FORM: Final = "This form had been open too long to be safe. Please sign in again."
WAIT: Final = "Too many tries. Wait {}, then try again."
NAME_LIMIT: Final = 200
UNKNOWN: Final = "somebody unknown"  # never what was typed: it may be a passphrase


class Person(Protocol):
    """What the gate needs to know of somebody who may sign in."""

    @property
    def name(self) -> str: ...
    @property
    def is_enabled(self) -> bool: ...
    @property
    def password_hash(self) -> str: ...


@dataclass(frozen=True)
class Half:
    """A sign-in whose first step is done. secret: of the phone that is being added."""

    person: str
    version: int
    step: Step
    wanted: str
    secret: str = field(default="", repr=False)


def say_nothing(person: str, what: str, about: dict[str, Any]) -> None:
    """For an app that keeps no journal."""


def say_alone() -> Beside:
    """For an app whose sign-in page has nothing beside its form."""
    return Beside()


@dataclass(frozen=True)
class Desk:
    """The sign-in desk: its answers to a browser, and what it looks things up in."""

    find_person: Callable[[str], Person | None]
    sessions: Sessions
    back_off: BackOff
    second: SecondFactors = field(default_factory=NoSecondFactors)
    tell: Callable[[str, str, dict[str, Any]], None] = say_nothing
    beside: Callable[[], Beside] = say_alone
    halves: Waiting[Half] = field(default_factory=Waiting)
    turns: CapacityLimiter = field(
        default_factory=lambda: CapacityLimiter(CHECKS_AT_ONCE)
    )

    async def show_form(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("next", "") or came_from(request))
        if cookies.session_of(request, self.sessions):
            return go(wanted)
        return self.again(request, wanted)

    async def sign_in(self, request: Request) -> Response:
        fields = await fields_of(request)
        name, wanted = fields["name"].strip()[:NAME_LIMIT], local_path(fields["next"])
        if not is_our_form(request, fields["token"]):
            return self.again(request, wanted, name, STALE_FORM, HTTPStatus.FORBIDDEN)
        if later := self.must_wait(request, name):
            busy = HTTPStatus.TOO_MANY_REQUESTS
            return self.again(request, wanted, name, later, busy)
        self.back_off.tried(name, address_of(request))
        person = await to_thread.run_sync(
            self._proved, name, fields["passphrase"], limiter=self.turns
        )
        if person is None:
            self._tell_refused(request, name, "passphrase")
            return self.again(request, wanted, name, WRONG, HTTPStatus.FORBIDDEN)
        return await self.go_on(request, person, wanted)

    async def go_on(
        self, request: Request, person: Person, wanted: str, is_strong: bool = False
    ) -> Response:
        """After the first step: to the second, or in. is_strong: it held both."""
        step = Step.NOTHING
        if not is_strong:
            step = await to_thread.run_sync(self.second.step_for, person.name)
        if step is Step.NOTHING:
            self.back_off.succeeded(person.name, address_of(request))
            return self.let_in(request, person, wanted)
        return self.half_way(request, person, step, wanted)

    def half_way(
        self, request: Request, person: Person, step: Step, wanted: str
    ) -> Response:
        """To the second step, with a cookie that opens nothing but that."""
        secret = new_secret() if step is Step.SET_UP else ""
        half = Half(person.name, version_of(person), step, wanted, secret)
        response = go(SIGN_IN_CODE)
        cookies.put(response, request, cookies.HALF, self.halves.start(half))
        return response

    async def show_code(self, request: Request) -> Response:
        half = self._half(request)
        return go(SIGN_IN) if half is None else self._code_form(request, half)

    async def give_code(self, request: Request) -> Response:
        fields, half = await fields_of(request), self._half(request)
        if half is None:
            return go(SIGN_IN)
        if not is_our_form(request, fields["token"]):
            return self._code_form(request, half, STALE_FORM, HTTPStatus.FORBIDDEN)
        if later := self.must_wait(request, half.person):
            busy = HTTPStatus.TOO_MANY_REQUESTS
            return self._code_form(request, half, later, busy)
        self.back_off.tried(half.person, address_of(request))
        person, codes = await to_thread.run_sync(
            self._code_checked, half, fields["code"], limiter=self.turns
        )
        if person is None:
            self._tell_refused(request, half.person, "second step")
            return self._code_form(request, half, WRONG_CODE, HTTPStatus.FORBIDDEN)
        self.halves.finish(request.cookies.get(cookies.named(cookies.HALF, request)))
        self.back_off.succeeded(half.person, address_of(request))
        return self.let_in(request, person, half.wanted, codes)

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
            self.tell(session.person, "signed out", {})
        response = go(SIGN_IN)
        cookies.remove(response, request, cookies.SESSION)
        return response

    def again(
        self,
        request: Request,
        wanted: str,
        name: str = "",
        problem: str = "",
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        """The sign-in form, and what went wrong with the last one."""
        return form(request, wanted, name, problem, status, self.beside())

    def must_wait(self, request: Request, name: str) -> str:
        """The sentence that says how long; nothing when the next try may be now."""
        wait = self.back_off.wait(name, address_of(request))
        return WAIT.format(in_words(wait)) if wait else ""

    def let_in(
        self,
        request: Request,
        person: Person,
        wanted: str,
        codes: list[str] | None = None,
    ) -> Response:
        """In, by a new session; codes: recovery codes to be shown on the way."""
        # A new id, always: one planted in the browser beforehand is never signed in.
        if earlier := cookies.session_of(request, self.sessions):
            self.sessions.end(earlier.key)
        response = HTMLResponse(codes_page(codes, wanted)) if codes else go(wanted)
        session_id = self.sessions.start(person.name, version_of(person))
        cookies.put(response, request, cookies.SESSION, session_id)
        for left_over in (cookies.FORM, cookies.HALF, cookies.AWAY):
            cookies.remove(response, request, left_over)
        self.tell(person.name, "signed in", {"from": address_of(request)})
        return response

    def _half(self, request: Request) -> Half | None:
        cookie = cookies.named(cookies.HALF, request)
        return self.halves.of(request.cookies.get(cookie))

    def _code_form(
        self,
        request: Request,
        half: Half,
        problem: str = "",
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        def page(token: str) -> str:
            if half.step is Step.CODE:
                return code_page(token, problem)
            drawn = picture(half.secret, half.person)
            return set_up_page(token, drawn, half.secret, problem)

        return with_token(request, page, status)

    def _code_checked(
        self, half: Half, code: str
    ) -> tuple[Person | None, list[str] | None]:
        """The person, when the code is right; recovery codes when a phone was added."""
        person = self.find_person(half.person)
        # What happened to the account between the two steps counts.
        if (
            person is None
            or not person.is_enabled
            or version_of(person) != half.version
        ):
            return None, None
        if half.step is Step.CODE:
            return (person if self.second.is_right(person.name, code) else None), None
        if not self.second.is_first_code(person.name, half.secret, code):
            return None, None
        return person, self.second.set_up(person.name, half.secret)

    def _proved(self, name: str, passphrase: str) -> Person | None:
        """The person, when the passphrase is theirs; one hash checked, whoever asks."""
        person = self.find_person(name)
        may_enter = person is not None and person.is_enabled
        known_hash = person.password_hash if person and may_enter else None
        return person if passphrases.is_right(passphrase, known_hash) else None

    def _tell_refused(self, request: Request, name: str, step: str) -> None:
        known = self.find_person(name)
        about = {"step": step, "from": address_of(request)}
        self.tell(known.name if known else UNKNOWN, "sign-in refused", about)


def address_of(request: Request) -> str:
    """Where a request comes from, as the server was told."""
    return request.client.host if request.client else ""


def version_of(person: Person) -> int:
    """The version of an account; 0 where accounts have none."""
    return int(getattr(person, "number", 0))


def routes_of(desk: Desk) -> list[Route]:
    """The addresses of sign-in and sign-out, for `st.App(routes=…)`."""

    async def show_style(request: Request) -> Response:
        return Response(style(), media_type="text/css")

    return [
        Route(SIGN_IN, desk.show_form, methods=["GET"]),
        Route(SIGN_IN, desk.sign_in, methods=["POST"]),
        Route(SIGN_IN_CODE, desk.show_code, methods=["GET"]),
        Route(SIGN_IN_CODE, desk.give_code, methods=["POST"]),
        Route(SIGN_IN_STYLE, show_style, methods=["GET"]),
        Route(SIGN_OUT, desk.show_sign_out, methods=["GET"]),
        Route(SIGN_OUT, desk.sign_out, methods=["POST"]),
    ]


def sign_in_routes(
    find_person: Callable[[str], Person | None],
    sessions: Sessions,
    back_off: BackOff | None = None,
    **more: Any,
) -> list[Route]:
    """The routes of a desk made here.

    find_person: the account of a name as typed, or None; called in a thread.
    more: what else a Desk may have.
    """
    return routes_of(Desk(find_person, sessions, back_off or BackOff(), **more))
