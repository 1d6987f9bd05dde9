"""The addresses by which one goes to the company's provider and comes back let in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from oversight import people
from oversight.gate import cookies
from oversight.gate.forms import go, local_path
from oversight.gate.provider import Away, Claimed, Provider, ProviderError
from oversight.gate.public import SIGN_IN_BACK, SIGN_IN_PROVIDER
from oversight.gate.sign_in import Desk
from oversight.gate.waiting import Waiting
from oversight.people import Person
from oversight.store import Store

GAVE_NO_CODE = "The provider let nobody in. Start again, or sign in with a passphrase."
DISABLED = "Your account here is disabled. Ask an administrator."
NO_PROVIDER = "No provider is set up here. Sign in with a passphrase."


@dataclass(frozen=True)
class ByProvider:
    """The way there and back."""

    store: Callable[[], Store]
    desk: Desk
    provider: Provider | None
    waiting: Waiting[Away] = field(default_factory=Waiting)

    async def leave(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("next", ""))
        if self.provider is None:
            return self._no(request, NO_PROVIDER, wanted)
        try:
            address, away = await to_thread.run_sync(self.provider.begin, wanted)
        except ProviderError as refusal:
            return self._no(request, str(refusal), wanted)
        response = go(address)
        cookies.put(response, request, cookies.AWAY, self.waiting.start(away))
        return response

    async def come_back(self, request: Request) -> Response:
        cookie = cookies.named(cookies.AWAY, request)
        # Once only, whatever comes of it: an answer cannot be tried twice.
        away = self.waiting.finish(request.cookies.get(cookie))
        code = request.query_params.get("code", "")
        if self.provider is None or away is None or not code:
            return self._no(request, GAVE_NO_CODE, away.wanted if away else "/")
        state = request.query_params.get("state", "")
        try:
            claimed = await to_thread.run_sync(self.provider.finish, away, state, code)
            person = await to_thread.run_sync(self._known, claimed)
        except ProviderError as refusal:
            about = {"step": "provider", "why": str(refusal)}
            self.desk.tell("somebody unknown", "sign-in refused", about)
            return self._no(request, str(refusal), away.wanted)
        return await self.desk.go_on(request, person, away.wanted, claimed.is_strong)

    def _known(self, claimed: Claimed) -> Person:
        """The account of whom the provider vouches for, made or brought up to date."""
        assert self.provider is not None
        issuer = self.provider.settings.issuer
        if not people.is_name(claimed.name):
            raise ProviderError("The provider calls you by a name we cannot keep.")
        person = people.from_provider(
            self.store(),
            issuer,
            claimed.subject,
            claimed.name,
            claimed.role,
            claimed.homes,
        )
        if person is None:
            raise ProviderError(
                f"There is another account called {claimed.name} here. Ask an"
                " administrator."
            )
        if not person.is_enabled:
            raise ProviderError(DISABLED)
        return person

    def _no(self, request: Request, why: str, wanted: str) -> Response:
        return self.desk.again(request, wanted, "", why, HTTPStatus.FORBIDDEN)


def provider_routes(by_provider: ByProvider) -> list[Route]:
    """The two addresses."""
    return [
        Route(SIGN_IN_PROVIDER, by_provider.leave, methods=["GET"]),
        Route(SIGN_IN_BACK, by_provider.come_back, methods=["GET"]),
    ]
