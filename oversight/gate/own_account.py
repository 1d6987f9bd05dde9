"""One's own account, and the very first one: the pages beside the sign-in desk."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from oversight import passphrases, people, second_factor
from oversight.gate import cookies
from oversight.gate.first import FirstCode
from oversight.gate.forms import fields_of, go, is_our_form, with_token
from oversight.gate.public import ACCOUNT, FIRST, SIGN_IN
from oversight.gate.second import Step
from oversight.gate.sign_in import NAME_LIMIT, STALE_FORM, Desk, address_of
from oversight.gate.step_pages import account_page, codes_page, first_page, said_page
from oversight.people import Person
from oversight.store import Store, StoreError

WRONG_NOW: Final = "That is not your passphrase now. Nothing was changed."
NOT_THE_SAME: Final = "The two new passphrases are not the same. Nothing was changed."
AS_BEFORE: Final = "That is the passphrase you have already. Nothing was changed."
WRONG_FIRST: Final = "That is not the code the server printed when it started."
NO_NAME: Final = "Wanted a name of 1 to 100 letters, digits, dots, dashes or spaces."
FROM_PROVIDER: Final = "You sign in with the company's provider: change it there."


@dataclass(frozen=True)
class OwnAccount:
    """The pages `/account` and `/first`."""

    store: Callable[[], Store]
    desk: Desk
    first: FirstCode

    async def show_first(self, request: Request) -> Response:
        if not self.first.is_wanted:
            return go(SIGN_IN)
        return with_token(request, first_page)

    async def make_first(self, request: Request) -> Response:
        if not self.first.is_wanted:
            return go(SIGN_IN)
        fields = await fields_of(request)
        name = fields["name"].strip()[:NAME_LIMIT]
        if not is_our_form(request, fields["token"]):
            return self._first_again(request, STALE_FORM, name)
        if later := self.desk.must_wait(request, FIRST):
            return self._first_again(request, later, name, 429)
        self.desk.back_off.tried(FIRST, address_of(request))
        if not self.first.is_right(fields["code"]):
            return self._first_again(request, WRONG_FIRST, name)
        self.desk.back_off.succeeded(FIRST, address_of(request))
        if problem := _problem_of(fields["new"], fields["again"], name):
            return self._first_again(request, problem, name)
        try:
            person = await to_thread.run_sync(self._made, name, fields["new"])
        except StoreError as refusal:
            return self._first_again(request, str(refusal), name)
        return await self.desk.go_on(request, person, "/")

    async def show(self, request: Request) -> Response:
        person = await to_thread.run_sync(self._reader, request)
        return go(SIGN_IN) if person is None else await self._page(request, person)

    async def change(self, request: Request) -> Response:
        fields = await fields_of(request)
        person = await to_thread.run_sync(self._reader, request)
        if person is None:
            return go(SIGN_IN)
        if not is_our_form(request, fields["token"]):
            return await self._page(request, person, STALE_FORM)
        if later := self.desk.must_wait(request, person.name):
            return await self._page(request, person, later, 429)
        self.desk.back_off.tried(person.name, address_of(request))
        if not await to_thread.run_sync(
            passphrases.is_right,
            fields["current"],
            person.password_hash,
            limiter=self.desk.turns,
        ):
            return await self._page(request, person, WRONG_NOW)
        self.desk.back_off.succeeded(person.name, address_of(request))
        match fields["deed"]:
            case "codes":
                return await self._new_codes(request, person)
            case "add":
                return self.desk.half_way(request, person, Step.SET_UP, ACCOUNT)
        return await self._new_passphrase(
            request, person, fields["current"], fields["new"], fields["again"]
        )

    async def _new_codes(self, request: Request, person: Person) -> Response:
        if not await to_thread.run_sync(
            second_factor.secret_of, self.store(), person.name
        ):
            return await self._page(request, person)
        codes = await to_thread.run_sync(
            second_factor.renew_codes, self.store(), person.name
        )
        return HTMLResponse(codes_page(codes, ACCOUNT))

    async def _new_passphrase(
        self, request: Request, person: Person, current: str, new: str, again: str
    ) -> Response:
        problem = _problem_of(new, again, person.name)
        if problem or new == current:
            return await self._page(request, person, problem or AS_BEFORE)
        await to_thread.run_sync(self._kept, person, new)  # ends every session
        response = HTMLResponse(
            said_page(
                "Your passphrase is changed",
                "You have been signed out everywhere. Sign in with the new one.",
                SIGN_IN,
                "Sign in",
            )
        )
        cookies.remove(response, request, cookies.SESSION)
        return response

    async def _page(
        self, request: Request, person: Person, problem: str = "", status: int = 0
    ) -> Response:
        left = await to_thread.run_sync(self._codes_left, person)
        may_add = bool(person.password_hash)
        if not may_add and not problem:
            page = said_page(
                "Your account", FROM_PROVIDER, "/", "Back to the dashboard"
            )
            return HTMLResponse(page)
        return with_token(
            request,
            lambda token: account_page(token, person.name, left, problem, may_add),
            HTTPStatus(status or (HTTPStatus.FORBIDDEN if problem else HTTPStatus.OK)),
        )

    def _codes_left(self, person: Person) -> int | None:
        has_one = second_factor.secret_of(self.store(), person.name)
        return second_factor.codes_left(self.store(), person.name) if has_one else None

    def _first_again(
        self, request: Request, problem: str, name: str, status: int = 403
    ) -> Response:
        return with_token(
            request, lambda token: first_page(token, problem, name), HTTPStatus(status)
        )

    def _reader(self, request: Request) -> Person | None:
        session = cookies.session_of(request, self.desk.sessions)
        person = people.find(self.store(), session.person) if session else None
        is_the_same = person and session and person.number == session.version
        return person if person and is_the_same and person.is_enabled else None

    def _made(self, name: str, passphrase: str) -> Person:
        return self.first.use(self.store(), name, passphrases.hash_of(passphrase))

    def _kept(self, person: Person, passphrase: str) -> None:
        hashed = passphrases.hash_of(passphrase)
        what = "own passphrase changed"
        people.change(
            self.store(), person.name, person.name, what, password_hash=hashed
        )


def _problem_of(new: str, again: str, name: str) -> str:
    if not people.is_name(name):
        return NO_NAME
    if new != again:
        return NOT_THE_SAME
    try:
        passphrases.check_is_strong(new, name)
    except passphrases.WeakPassphrase as weakness:
        return str(weakness)
    return ""


def account_routes(own: OwnAccount) -> list[Route]:
    """The addresses of one's own account and of the first."""
    return [
        Route(FIRST, own.show_first, methods=["GET"]),
        Route(FIRST, own.make_first, methods=["POST"]),
        Route(ACCOUNT, own.show, methods=["GET"]),
        Route(ACCOUNT, own.change, methods=["POST"]),
    ]
