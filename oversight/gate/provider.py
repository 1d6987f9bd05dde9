"""Signing in by the company's own provider: OpenID Connect, code flow with PKCE.

What the provider says is believed only as far as it is proved: signed by a key of its
own, from the issuer we were told of, for us, for the sign-in this browser began, and
not too old. Which role somebody has is written in our settings, by group; whoever is in
no group that is named there has no access.
"""

import json
import secrets
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from oversight.words import Role

ALGORITHMS: Final = ("RS256", "PS256", "ES256")  # never "none", never a shared secret
SECONDS: Final = 10  # for the provider to answer
LEEWAY: Final = 60  # seconds two clocks may be apart
LARGEST: Final = 1_000_000  # bytes of an answer
WELL_KNOWN: Final = "/.well-known/openid-configuration"
SCOPE: Final = "openid profile email"
STRONG: Final = frozenset({"mfa", "otp", "hwk", "fido", "sc"})  # `amr` of RFC 8176


class ProviderError(Exception):
    """Nobody can be let in by the provider; the sentence is shown as it stands."""


@dataclass(frozen=True)
class Settings:
    """What the settings file says. roles: by group, the strongest role not implied."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    address: str  # our own, as browsers know it: where the provider sends them back to
    roles: dict[str, Role]
    homes: dict[str, tuple[str, ...]]
    groups_claim: str = "groups"
    name_claim: str = "preferred_username"


@dataclass(frozen=True)
class Away:
    """Somebody sent to the provider: what must come back with them."""

    state: str
    nonce: str
    verifier: str = field(repr=False)
    wanted: str


@dataclass(frozen=True)
class Claimed:
    """Whom the provider vouches for, and what our settings make of their groups."""

    subject: str
    name: str
    role: Role
    homes: tuple[str, ...]
    is_strong: bool  # a second factor was given there


def read_settings(path: Path) -> Settings:
    """The settings file: JSON, readable by its owner alone, because of the secret."""
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ProviderError(
                f"{path.name} holds a secret and others may read it: chmod 600 it."
            )
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ProviderError(
            f"{path.name}, named by OVERSIGHT_PROVIDER, cannot be read: {fault}."
        ) from None
    wanted = ("issuer", "client_id", "client_secret", "name", "address", "roles")
    if missing := [one for one in wanted if not said.get(one)]:
        raise ProviderError(f"{path.name} says nothing of {', '.join(missing)}.")
    for one in ("issuer", "address"):
        _check_is_safe(said[one], path.name)
    try:
        roles = {group: Role(role) for group, role in said["roles"].items()}
    except ValueError as fault:
        known = ", ".join(Role)
        raise ProviderError(f"{path.name}: {fault}. Roles are {known}.") from None
    return Settings(
        issuer=said["issuer"].rstrip("/"),
        client_id=said["client_id"],
        client_secret=said["client_secret"],
        name=said["name"],
        address=said["address"].rstrip("/"),
        roles=roles,
        homes={g: tuple(homes) for g, homes in said.get("homes", {}).items()},
        groups_claim=said.get("groups_claim", "groups"),
        name_claim=said.get("name_claim", "preferred_username"),
    )


class Provider:
    """One provider: where to send somebody, and who it is that came back."""

    def __init__(self, settings: Settings, back: str):
        self.settings = settings
        self._back = settings.address + back
        self._said: dict[str, Any] = {}

    def begin(self, wanted: str) -> tuple[str, Away]:
        """The provider's address for this browser, and what to remember of it."""
        away = Away(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            wanted=wanted,
        )
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self._back,
            "scope": SCOPE,
            "state": away.state,
            "nonce": away.nonce,
            "code_challenge": create_s256_code_challenge(away.verifier),
            "code_challenge_method": "S256",
        }
        address = self._discovered()["authorization_endpoint"]
        joint = "&" if urlsplit(address).query else "?"
        return f"{address}{joint}{urlencode(asked)}", away

    def finish(self, away: Away, state: str, code: str) -> Claimed:
        """Who came back; refused unless everything that was begun is answered."""
        if not secrets.compare_digest(
            state.encode("utf-8", "replace"), away.state.encode()
        ):
            raise ProviderError("This answer belongs to another sign-in. Start again.")
        token = self._token(away, code)
        return self._claimed(self._checked(token, away))

    def _token(self, away: Away, code: str) -> str:
        said = self._answer(
            "POST",
            self._discovered()["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._back,
                "code_verifier": away.verifier,
            },
            auth=(self.settings.client_id, self.settings.client_secret),
        )
        token = said.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("The provider sent no proof of who you are.")
        return token

    def _checked(self, token: str, away: Away) -> dict[str, Any]:
        keys = self._answer("GET", self._discovered()["jwks_uri"])
        try:
            read = jwt.decode(token, KeySet.import_key_set(keys), list(ALGORITHMS))  # type: ignore[arg-type]
            jwt.JWTClaimsRegistry(
                leeway=LEEWAY,
                iss={"essential": True, "value": self.settings.issuer},
                sub={"essential": True},
                aud={"essential": True, "value": self.settings.client_id},
                exp={"essential": True},
                iat={"essential": True},
            ).validate(read.claims)
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            # What it said is not repeated: it is the provider's word, or somebody's.
            raise ProviderError("The provider's proof does not hold.") from fault
        claims = dict(read.claims)
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get(
            "azp"
        ) != self.settings.client_id:
            raise ProviderError("The provider's proof was made out to somebody else.")
        if not secrets.compare_digest(str(claims.get("nonce", "")), away.nonce):
            raise ProviderError("The provider's proof belongs to another sign-in.")
        return claims

    def _claimed(self, claims: dict[str, Any]) -> Claimed:
        said = claims.get(self.settings.groups_claim) or []
        groups = [said] if isinstance(said, str) else [str(one) for one in said]
        roles = {self.settings.roles[g] for g in groups if g in self.settings.roles}
        name = claims.get(self.settings.name_claim) or claims.get("email")
        if not name or not isinstance(name, str):
            raise ProviderError("The provider did not say what you are called.")
        if len(roles) != 1:
            raise ProviderError(
                "You are in no group that has a role here."
                if not roles
                else "Your groups give you more than one role here, and it must be one."
            )
        own = {home for g in groups for home in self.settings.homes.get(g, ())}
        methods = claims.get("amr")
        strong = isinstance(methods, list) and bool(STRONG & set(map(str, methods)))
        return Claimed(
            str(claims["sub"]), name, roles.pop(), tuple(sorted(own)), strong
        )

    def _discovered(self) -> dict[str, Any]:
        """What the provider says of itself, kept for an hour; checked to be the one."""
        if self._said.get("until", 0) > time.monotonic():
            return self._said
        said = self._answer("GET", self.settings.issuer + WELL_KNOWN)
        if said.get("issuer", "").rstrip("/") != self.settings.issuer:
            raise ProviderError("The provider calls itself by another name.")
        for one in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            _check_is_safe(str(said.get(one, "")), "The provider")
        self._said = said | {"until": time.monotonic() + 3600}
        return self._said

    def _answer(self, method: str, address: str, **more: Any) -> dict[str, Any]:
        try:
            answer = httpx.request(
                method,
                address,
                timeout=SECONDS,
                follow_redirects=False,
                headers={"Accept": "application/json"},
                trust_env=False,
                **more,
            )
            if answer.status_code != 200 or len(answer.content) > LARGEST:
                raise ProviderError("The provider refused. Start again.")
            said = answer.json()
        except (httpx.HTTPError, ValueError) as fault:
            raise ProviderError(
                "The provider cannot be reached. Try again, or use a passphrase."
            ) from fault
        if not isinstance(said, dict):
            raise ProviderError("The provider's answer cannot be read.")
        return said


def _check_is_safe(address: str, where: str) -> None:
    """Only TLS, but for this very machine: a secret and names travel on it."""
    parts = urlsplit(address)
    is_here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise ProviderError(f"{where}: wanted an address of https://, got {address!r}.")
