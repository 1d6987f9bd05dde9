"""Signing in by a company's provider: a real one on loopback, and one that lies."""

import base64
import hashlib
import hmac
import json
import time
import warnings
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from oversight import people
from oversight.gate import by_provider, provider
from oversight.gate.back_off import BackOff
from oversight.gate.by_provider import ByProvider, provider_routes
from oversight.gate.kept import Kept
from oversight.gate.middleware import Gate
from oversight.gate.provider import Provider, ProviderError, Settings, read_settings
from oversight.gate.public import SIGN_IN_BACK
from oversight.gate.second import StoredSecondFactors
from oversight.gate.sign_in import Desk, routes_of
from oversight.people import Person
from oversight.sessions import Sessions
from oversight.words import Role
from tests.test_sign_in import Browser

with warnings.catch_warnings():
    # It speaks of its own libraries' next versions; nothing of ours is meant.
    warnings.simplefilter("ignore")
    from oidc_provider_mock import User, run_server_in_thread

# The provider on loopback speaks of its own libraries' next versions.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

CLIENT = "the-dashboard"
USERS = {
    "s-lead": {"preferred_username": "lea", "groups": ["IG"], "amr": ["pwd", "mfa"]},
    "s-boss": {"preferred_username": "bo", "groups": ["Board", "Chess"]},
    "s-home": {"preferred_username": "hal", "groups": ["Elm"], "amr": ["otp"]},
    "s-none": {"preferred_username": "nan", "groups": ["Chess"]},
    "s-no-groups": {"preferred_username": "nil"},
    "s-two": {"preferred_username": "tom", "groups": ["IG", "Board"]},
    "s-odd": {"preferred_username": "<b>x</b>", "groups": ["Board"]},
    "s-twin": {"preferred_username": "BO", "groups": ["Board"]},
    "s-weak": {"preferred_username": "wes", "groups": ["IG"]},
}


@pytest.fixture(scope="module")
def issuer():
    known = [User(sub=sub, claims=claims) for sub, claims in USERS.items()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with run_server_in_thread(require_nonce=True, user_claims=known) as server:
            yield f"http://localhost:{server.server_port}"


def settings_for(issuer):
    return Settings(
        issuer=issuer,
        client_id=CLIENT,
        client_secret="x" * 32,
        name="Example ID",
        address="http://localhost:8501",
        roles={
            "IG": Role.IG_LEAD,
            "Board": Role.SENIOR_MANAGER,
            "Elm": Role.HOME_MANAGER,
        },
        homes={"Elm": ("1-1",)},
    )


@pytest.fixture
def told():
    return []


@pytest.fixture
def app(store, tmp_path, issuer, told):
    return app_of(store, tmp_path, Provider(settings_for(issuer), SIGN_IN_BACK), told)


def app_of(store, folder, its_provider, told):
    sessions, kept = Sessions(), Kept(folder / "x.tries", b"k" * 32)
    desk = Desk(
        lambda name: people.find(store, name),
        sessions,
        BackOff(),
        second=StoredSecondFactors(store, kept),
        tell=lambda *entry: told.append(entry),
    )
    return Starlette(
        routes=[
            *routes_of(desk),
            *provider_routes(ByProvider(lambda: store, desk, its_provider)),
            Route("/{page:path}", lambda request: PlainTextResponse("the page")),
        ],
        middleware=[Middleware(Gate, sessions=sessions)],
    )


def leave(browser, wanted="/"):
    """To the provider: its address, with all that is asked of it."""
    answer = browser.get(f"/sign-in/provider?{urlencode({'next': wanted})}")
    assert answer.status == 303, answer.text
    return answer.header("location")


def consent(address, subject):
    """What somebody does there; the address they are sent back to, without its host."""
    answer = httpx.post(address, data={"sub": subject}, trust_env=False)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    assert back.netloc == "localhost:8501"
    return f"{back.path}?{back.query}"


def sign_in(app, subject, wanted="/"):
    browser = Browser(app, host="127.0.0.1")
    return browser, browser.get(consent(leave(browser, wanted), subject))


def signed_in(browser):
    return browser.get("/overview").text == "the page"


# A real one


def test_whoever_the_provider_vouches_for_has_the_role_of_their_group(app, store):
    browser, answer = sign_in(app, "s-lead", "/measure?id=S01")
    assert (answer.status, answer.header("location")) == (303, "/measure?id=S01")
    assert signed_in(browser)
    person = people.find(store, "lea")
    assert (person.role, person.password_hash) == (Role.IG_LEAD, "")


def test_a_home_manager_has_the_homes_of_their_groups(app, store):
    assert signed_in(sign_in(app, "s-home")[0])
    assert people.find(store, "hal").homes == ("1-1",)


def test_the_request_has_state_nonce_and_a_challenge(app, issuer):
    address = leave(Browser(app))
    asked = {
        name: value for name, (value,) in parse_qs(urlsplit(address).query).items()
    }
    assert address.startswith(issuer)
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://localhost:8501/sign-in/back"
    for one in ("state", "nonce", "code_challenge"):
        assert len(asked[one]) >= 43
    assert "secret" not in address


def test_no_two_requests_share_anything_that_is_random(app):
    one, two = (parse_qs(urlsplit(leave(Browser(app))).query) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert one[name] != two[name]


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("s-none", "You are in no group that has a role here."),
        ("s-no-groups", "You are in no group that has a role here."),
        ("s-two", "more than one role"),
        ("s-odd", "by a name we cannot keep"),
        ("s-stranger", "did not say what you are called"),
    ],
)
def test_whoever_has_no_role_or_name_here_is_not_let_in(
    app, store, told, subject, said
):
    browser, answer = sign_in(app, subject)
    if subject == "s-stranger":  # the provider makes them up with an e-mail alone
        said = "You are in no group that has a role here."
    assert answer.status == 403
    assert said in answer.text
    assert not signed_in(browser)
    assert people.everyone(store) == []
    assert [what for _, what, _ in told] == ["sign-in refused"]


def test_without_a_second_factor_there_ours_is_asked(app):
    browser, answer = sign_in(app, "s-weak")
    assert answer.header("location") == "/sign-in/code"
    assert not signed_in(browser)


def test_a_name_with_a_passphrase_here_is_not_taken_over(app, store):
    people.add(store, Person("Lea", Role.ADMINISTRATOR, (), True, "a hash"), "t")
    browser, answer = sign_in(app, "s-lead")
    assert "There is another account called lea here." in answer.text
    assert not signed_in(browser)


def test_a_name_is_not_taken_over_by_another_subject(app):
    assert signed_in(sign_in(app, "s-boss")[0])
    browser, answer = sign_in(app, "s-twin")
    assert "There is another account" in answer.text
    assert not signed_in(browser)


def test_whoever_is_disabled_here_stays_out(app, store):
    sign_in(app, "s-boss")
    people.change(store, "bo", "admin", "disabled", is_enabled=False)
    browser, answer = sign_in(app, "s-boss")
    assert by_provider.DISABLED in answer.text
    assert not signed_in(browser)


def test_a_role_follows_the_groups_at_the_next_sign_in(app, store):
    sign_in(app, "s-boss")
    people.change(store, "bo", "admin", "role changed", role=Role.AUDITOR)
    assert signed_in(sign_in(app, "s-boss")[0])
    assert people.find(store, "bo").role is Role.SENIOR_MANAGER


def test_an_account_of_the_provider_is_opened_by_no_passphrase(app):
    sign_in(app, "s-boss")
    browser = Browser(app)
    for words in ("", "x" * 20):
        assert browser.sign_in("bo", words).status == 403


# What is not ours, or not fresh


def test_an_answer_is_good_once(app):
    browser = Browser(app)
    back = consent(leave(browser), "s-boss")
    away = browser.cookies["ig_away"]
    assert browser.get(back).status == 303
    again = Browser(app, {"ig_away": away})
    assert again.get(back).status == 403


def test_an_answer_is_worth_nothing_in_another_browser(app):
    back = consent(leave(Browser(app)), "s-boss")
    victim = Browser(app)
    leave(victim)  # they too are on their way, and are handed another's answer
    assert "belongs to another sign-in" in victim.get(back).text
    assert Browser(app).get(back).status == 403


@pytest.mark.parametrize(
    "query", ["", "code=x", "code=x&state=y", "error=access_denied"]
)
def test_an_answer_that_was_made_up_lets_nobody_in(app, query):
    browser = Browser(app)
    leave(browser)
    assert browser.get(f"/sign-in/back?{query}").status == 403
    assert not signed_in(browser)


def test_the_verifier_sent_is_the_one_the_challenge_was_made_from(issuer, monkeypatch):
    one = Provider(settings_for(issuer), SIGN_IN_BACK)
    address, away = one.begin("/")
    query = parse_qs(urlsplit(consent(address, "s-boss")).query)
    sent = []
    monkeypatch.setattr(
        one, "_answer", lambda *asked, **more: sent.append(more) or {"id_token": "x"}
    )
    with pytest.raises(ProviderError):
        one.finish(away, query["state"][0], query["code"][0])
    challenge = parse_qs(urlsplit(address).query)["code_challenge"][0]
    digest = hashlib.sha256(sent[0]["data"]["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge


def test_nobody_is_led_elsewhere_afterwards(app):
    _, answer = sign_in(app, "s-boss", "https://evil.test/")
    assert answer.header("location") == "/"


def test_without_a_provider_the_way_is_closed(store, tmp_path):
    browser = Browser(app_of(store, tmp_path, None, []))
    for path in ("/sign-in/provider", "/sign-in/back?code=x&state=y"):
        assert browser.get(path).status == 403
    assert "Sign in with" not in browser.get("/sign-in").text


def test_a_provider_that_cannot_be_reached_is_said_to_be(store, tmp_path):
    nowhere = Provider(settings_for("http://localhost:1"), SIGN_IN_BACK)
    answer = Browser(app_of(store, tmp_path, nowhere, [])).get("/sign-in/provider")
    assert answer.status == 403
    assert "The provider cannot be reached." in answer.text


# One that lies: every claim in turn


LIAR = "https://id.example"
OURS, THEIRS = RSAKey.generate_key(2048), RSAKey.generate_key(2048)


@pytest.fixture
def away():
    return provider.Away("state", "nonce-of-ours", "verifier", "/")


def claims(**more):
    now = int(time.time())
    good = {
        "iss": LIAR,
        "aud": CLIENT,
        "sub": "s",
        "exp": now + 300,
        "iat": now,
        "nonce": "nonce-of-ours",
        "preferred_username": "eve",
        "groups": ["Board"],
    }
    return {name: value for name, value in (good | more).items() if value is not None}


@pytest.fixture
def lying(monkeypatch):
    """A provider whose every answer is the test's; `token` is what it proves with."""
    said = {
        f"{LIAR}{provider.WELL_KNOWN}": {
            "issuer": LIAR,
            "authorization_endpoint": f"{LIAR}/a",
            "token_endpoint": f"{LIAR}/t",
            "jwks_uri": f"{LIAR}/k",
        },
        f"{LIAR}/k": {"keys": [OURS.as_dict(private=False)]},
        f"{LIAR}/t": {},
    }

    def request(method, address, **more):
        assert more["follow_redirects"] is False
        assert more["timeout"]
        return httpx.Response(200, json=said[address])

    monkeypatch.setattr(provider.httpx, "request", request)
    return said


def finish(said, away, token):
    said[f"{LIAR}/t"] = {"id_token": token}
    return Provider(settings_for(LIAR), SIGN_IN_BACK).finish(away, "state", "code")


def signed(said, key=OURS, **header):
    return jwt.encode({"alg": "RS256", **header}, said, key, algorithms=None)


def test_a_proof_that_holds_is_believed(lying, away):
    claimed = finish(lying, away, signed(claims()))
    assert (claimed.name, claimed.role) == ("eve", Role.SENIOR_MANAGER)
    assert not claimed.is_strong


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-app"},
        {"aud": None},
        {"aud": [CLIENT, "another-app"]},  # and no word of which is meant
        {"aud": [CLIENT, "another-app"], "azp": "another-app"},
        {"azp": "another-app"},
        {"sub": None},
        {"nonce": "nonce-of-theirs"},
        {"nonce": None},
        {"exp": int(time.time()) - 120},
        {"exp": None},
        {"iat": None},
        {"iat": int(time.time()) + 3600},
        {"nbf": int(time.time()) + 3600},
        {"preferred_username": None},
        {"preferred_username": ["eve"]},
        {"groups": None},
        {"groups": "Boar"},
        {"groups": [["Board"]]},
        {"groups": {"Board": 0, "IG": 0}},
    ],
)
def test_a_lie_in_any_claim_lets_nobody_in(lying, away, lie):
    with pytest.raises(ProviderError):
        finish(lying, away, signed(claims(**lie)))


def test_a_proof_signed_by_another_is_not_believed(lying, away):
    with pytest.raises(ProviderError):
        finish(lying, away, signed(claims(), THEIRS))


def test_the_algorithm_is_ours_to_say(lying, away):
    body = signed(claims()).split(".")[1]
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode()
    with pytest.raises(ProviderError):
        finish(lying, away, f"{unsigned.rstrip('=')}.{body}.")
    # The public key taken for a shared secret: the oldest of these tricks.
    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256"}).encode()).decode()
    words = f"{head.rstrip('=')}.{body}"
    shared = hmac.new(OURS.as_pem(private=False), words.encode(), hashlib.sha256)
    seal = base64.urlsafe_b64encode(shared.digest()).decode().rstrip("=")
    with pytest.raises(ProviderError):
        finish(lying, away, f"{words}.{seal}")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", None, 7])
def test_what_is_no_proof_is_not_believed(lying, away, token):
    with pytest.raises(ProviderError):
        finish(lying, away, token)


def test_a_provider_of_another_name_or_without_tls_is_not_asked(lying, away):
    about = lying[f"{LIAR}{provider.WELL_KNOWN}"]
    for lie in (
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://x.test"},
    ):
        lying[f"{LIAR}{provider.WELL_KNOWN}"] = about | lie
        with pytest.raises(ProviderError):
            finish(lying, away, signed(claims()))


def test_a_second_factor_there_counts_only_when_it_says_so(lying, away):
    for methods, strong in (
        (["mfa"], True),
        (["pwd", "otp"], True),
        (["pwd"], False),
        ("mfa", False),
        (None, False),
    ):
        claimed = finish(lying, away, signed(claims(amr=methods)))
        assert claimed.is_strong is strong


# Its settings


GOOD = {
    "issuer": "https://id.example/",
    "client_id": "x",
    "client_secret": "y",
    "name": "Example ID",
    "address": "https://ig.example",
    "roles": {"IG": "ig_lead"},
    "homes": {"Elm": ["1-1"]},
}


def written(tmp_path, said, mode=0o600):
    path = tmp_path / "provider.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said), "utf-8")
    path.chmod(mode)
    return path


def test_the_settings_are_read(tmp_path):
    found = read_settings(written(tmp_path, GOOD))
    assert found.issuer == "https://id.example"
    assert found.roles == {"IG": Role.IG_LEAD}
    assert "y" not in repr(found).replace("key", "").split("client_id")[0]
    assert "client_secret" not in repr(found)


@pytest.mark.parametrize(
    ("said", "mode", "why"),
    [
        (GOOD, 0o640, "chmod 600"),
        ("{", 0o600, "cannot be read"),
        (GOOD | {"client_secret": ""}, 0o600, "says nothing of client_secret"),
        (GOOD | {"issuer": "http://id.example"}, 0o600, "wanted an address of https"),
        (GOOD | {"address": "ig.example"}, 0o600, "wanted an address of https"),
        (GOOD | {"roles": {"IG": "king"}}, 0o600, "Roles are"),
    ],
)
def test_settings_that_will_not_do_are_refused_in_words(tmp_path, said, mode, why):
    with pytest.raises(ProviderError, match=why):
        read_settings(written(tmp_path, said, mode))


def test_settings_that_are_not_there_are_said_to_be(tmp_path):
    with pytest.raises(ProviderError, match="cannot be read"):
        read_settings(tmp_path / "none.json")
