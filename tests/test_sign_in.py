"""The way in and the way out: who is let in, and what are the others told?"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from oversight import passphrases
from oversight.gate import back_off, sign_in
from oversight.gate.back_off import BackOff
from oversight.gate.forms import BODY_LIMIT, local_path
from oversight.gate.middleware import Gate
from oversight.gate.sign_in import sign_in_routes
from oversight.gate.sign_in_page import in_words, sign_in_page
from oversight.sessions import Sessions
from tests.asgi import ask
from tests.test_sessions import Clock

WORDS = "lamp orchard kettle"
URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Account:
    name: str
    password_hash: str
    is_enabled: bool = True


@dataclass
class Browser:
    """Keeps its cookies between one request and the next."""

    app: Starlette
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = "192.0.2.1"
    scheme: str = "http"

    def get(self, target, **headers):
        return self._ask(target, "GET", {"accept": "text/html", **headers}, b"")

    def post(self, target, fields, **headers):
        headers = {"content-type": URLENCODED, "accept": "text/html", **headers}
        return self._ask(target, "POST", headers, urlencode(fields).encode())

    def _ask(self, target, method, headers, body):
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = ask(
            self.app,
            target,
            method,
            headers | ({"cookie": jar} if jar else {}),
            body,
            scheme=self.scheme,
            client=(self.host, 50000),
        )
        for line in answer.header("set-cookie").splitlines():
            name = line.partition("=")[0]
            self.cookies[name] = answer.cookie(name)
        return answer

    def sign_in(self, name="ann", passphrase=WORDS, **fields):
        page = self.get("/sign-in")
        return self.post(
            "/sign-in",
            {"name": name, "passphrase": passphrase, "token": token_in(page)} | fields,
        )


def token_in(page):
    return re.search(r'name="token" value="([^"]*)"', page.text)[1]


@pytest.fixture(scope="module")
def accounts():
    kept = passphrases.hash_of(WORDS)
    return {
        "ann": Account("ann", kept),
        "ben": Account("ben", passphrases.hash_of("another three words")),
        "gone": Account("gone", kept, is_enabled=False),
    }


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(clock):
    return Sessions(now=clock)


@pytest.fixture
def app(accounts, sessions, clock):
    return Starlette(
        routes=[
            *sign_in_routes(accounts.get, sessions, BackOff(now=clock)),
            Route("/{page:path}", lambda request: PlainTextResponse("the page")),
        ],
        middleware=[Middleware(Gate, sessions=sessions)],
    )


@pytest.fixture
def browser(app):
    return Browser(app)


# In


def test_the_right_passphrase_lets_its_owner_in(browser):
    answer = browser.sign_in()
    assert (answer.status, answer.header("location")) == (303, "/")
    assert browser.get("/overview").text == "the page"


@pytest.mark.parametrize(
    ("scheme", "name", "flags"),
    [
        ("http", "ig_session", {"HttpOnly", "Path=/", "SameSite=lax"}),
        (
            "https",
            "__Host-ig_session",
            {"HttpOnly", "Path=/", "SameSite=lax", "Secure"},
        ),
    ],
)
def test_the_cookie_is_out_of_reach_and_ends_with_the_browser(app, scheme, name, flags):
    answer = Browser(app, scheme=scheme).sign_in()
    (line,) = [
        line
        for line in answer.header("set-cookie").splitlines()
        if line.startswith(f"{name}=")
    ]
    pair, *found = line.split("; ")
    assert set(found) == flags
    assert len(pair) > len(name) + 40


def test_the_address_asked_for_survives_signing_in(browser):
    sent = browser.get("/measure?id=S01&home=The+Elms").header("location")
    page = browser.get(sent)
    wanted = re.search(r'name="next" value="([^"]*)"', page.text)[1]
    assert wanted == "/measure?id=S01&amp;home=The+Elms"
    answer = browser.sign_in(next="/measure?id=S01&home=The+Elms")
    assert answer.header("location") == "/measure?id=S01&home=The+Elms"


def test_a_tab_sent_here_by_script_is_taken_back_to_where_it_was(browser):
    page = browser.get("/sign-in", referer="http://desk.test/measure?id=S01")
    assert 'name="next" value="/measure?id=S01"' in page.text
    page = browser.get("/sign-in", referer="http://evil.test/measure?id=S01")
    assert 'name="next" value="/"' in page.text


def test_whoever_is_signed_in_already_is_not_asked_again(browser):
    browser.sign_in()
    answer = browser.get("/sign-in?next=/measure")
    assert (answer.status, answer.header("location")) == (303, "/measure")


def test_an_id_planted_beforehand_is_never_signed_in(browser, sessions):
    browser.cookies["ig_session"] = "planted"
    browser.sign_in()
    assert browser.cookies["ig_session"] != "planted"
    assert sessions.of("planted") is None


def test_signing_in_again_ends_the_session_there_was(app, browser, sessions):
    page = browser.get("/sign-in")
    browser.sign_in()
    first = browser.cookies["ig_session"]
    again = Browser(app)
    token = token_in(again.get("/sign-in"))
    again.cookies["ig_session"] = first
    fields = {"name": "ben", "passphrase": "another three words", "token": token}
    again.post("/sign-in", fields)
    assert sessions.of(first) is None
    assert sessions.of(again.cookies["ig_session"]).person == "ben"
    assert page.status == 200


# Not in


def told(answer):
    """What a refused person sees, without what differs from form to form."""
    return re.sub(r'value="[^"]*"', "", answer.text), answer.status


def test_an_unknown_name_a_wrong_passphrase_and_a_disabled_account_are_told_the_same(
    app,
):
    answers = [
        told(Browser(app).sign_in(name, words))
        for name, words in [
            ("ann", "wrong words here"),
            ("nobody", WORDS),
            ("gone", WORDS),
            ("", ""),
        ]
    ]
    assert len(set(answers)) == 1
    assert answers[0][1] == 403
    assert sign_in.WRONG in answers[0][0]


def test_one_hash_is_checked_for_each_of_them(app, monkeypatch):
    checked = []
    monkeypatch.setattr(
        passphrases, "is_right", lambda words, kept: checked.append(kept)
    )
    for name in ("ann", "nobody", "gone"):
        Browser(app).sign_in(name)
    assert [kept is None for kept in checked] == [False, True, True]


def test_nobody_who_was_refused_holds_a_session(app, sessions):
    browser = Browser(app)
    browser.sign_in("ann", "wrong words here")
    assert "ig_session" not in browser.cookies
    assert browser.get("/overview").status == 303
    assert sessions._by_key == {}


@pytest.mark.parametrize(
    "spoil",
    [
        {"token": ""},
        {"token": "0" * 64},
        {"token": "é"},
    ],
)
def test_a_form_that_is_not_ours_is_refused_before_anything_is_checked(
    app, monkeypatch, spoil
):
    monkeypatch.setattr(passphrases, "is_right", None)
    answer = Browser(app).sign_in(**spoil)
    assert answer.status == 403
    assert sign_in.STALE_FORM in answer.text


def test_a_form_given_to_one_browser_is_refused_from_another(app):
    theirs = token_in(Browser(app).get("/sign-in"))
    assert Browser(app).sign_in(token=theirs).status == 403
    without_cookie = Browser(app)
    fields = {"name": "ann", "passphrase": WORDS, "token": theirs}
    assert without_cookie.post("/sign-in", fields).status == 403


def test_a_form_sent_from_another_site_is_refused(app):
    browser = Browser(app)
    token = token_in(browser.get("/sign-in"))
    fields = {"name": "ann", "passphrase": WORDS, "token": token}
    assert browser.post("/sign-in", fields, origin="https://evil.test").status == 403
    assert browser.post("/sign-in", fields, origin="http://desk.test").status == 303


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 403),
        (b"\xff\xfe", 403),
        (b"name=ann&" * 50, 403),
        (b"{}", 403),
        (b"x" * BODY_LIMIT, 403),
        (b"x" * (BODY_LIMIT + 1), 413),
    ],
)
def test_a_body_that_is_no_form_is_refused_and_breaks_nothing(app, body, status):
    assert ask(app, "/sign-in", "POST", body=body).status == status


# Back-off


def fail(app, times, name="ann", host="192.0.2.1"):
    return [
        Browser(app, host=host).sign_in(name, "wrong words here").status
        for _ in range(times)
    ]


@pytest.fixture
def quick(monkeypatch):
    """No hash is made: only the counting is looked at."""
    monkeypatch.setattr(passphrases, "is_right", lambda words, kept: words == WORDS)


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_a_name_waits_after_five_failures_whether_or_not_it_exists(app, quick, name):
    assert fail(app, 6, name) == [403] * 5 + [429]
    answer = Browser(app).sign_in(name.upper())  # even the right words, in any case
    assert answer.status == 429
    assert "Too many tries. Wait 15 seconds, then try again." in answer.text


def test_another_name_does_not_wait(app, quick):
    fail(app, 6)
    assert Browser(app).sign_in("ben").status == 303


def test_an_address_waits_after_thirty_failures_over_many_names(app, quick):
    for number in range(30):
        fail(app, 1, f"name-{number}")
    assert Browser(app).sign_in("ben").status == 429
    assert Browser(app, host="192.0.2.2").sign_in("ben").status == 303


def test_a_wait_ends_by_itself(app, quick, clock):
    fail(app, 5)
    clock.move(back_off.FIRST_WAIT - timedelta(seconds=1))
    assert Browser(app).sign_in().status == 429
    clock.move(timedelta(seconds=1))
    assert Browser(app).sign_in().status == 303


@pytest.mark.parametrize(
    ("later", "waits"),
    [
        (back_off.FORGOTTEN_AFTER - timedelta(seconds=1), True),
        (back_off.FORGOTTEN_AFTER, False),
    ],
)
def test_failures_are_forgotten_after_an_hour_without_any(clock, later, waits):
    tries = BackOff(now=clock)
    for _ in range(back_off.FREE_BY_NAME):
        tries.tried("ann", "here")
    clock.move(later)
    tries.tried("ann", "here")
    assert bool(tries.wait("ann", "here")) is waits


def test_each_further_failure_doubles_the_wait_to_a_quarter_of_an_hour(clock):
    tries, waits = BackOff(now=clock), []
    for _ in range(back_off.FREE_BY_NAME):
        assert not tries.wait("ann", "here")
        tries.tried("ann", "here")
    for _ in range(9):
        waits.append(tries.wait("ann", "here").total_seconds())
        clock.move(tries.wait("ann", "here"))
        tries.tried("ann", "here")
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_success_forgets_the_failures_of_the_name_but_not_of_the_address(clock):
    tries = BackOff(now=clock)
    for number in range(back_off.FREE_BY_ADDRESS - 1):
        tries.tried(f"name-{number}", "here")
    for _ in range(3):
        tries.tried("ann", "here")
        tries.succeeded("ann", "here")
    assert not tries.wait("ann", "here")
    tries.tried("ben", "here")
    assert tries.wait("ann", "here")
    clock.move(back_off.FORGOTTEN_AFTER)
    assert not tries.wait("ann", "here")


def test_tries_are_forgotten_and_not_hoarded(clock):
    tries = BackOff(now=clock)
    for number in range(back_off.TABLE_LIMIT + 1):
        tries.tried(f"name-{number}", "here")
    clock.move(back_off.FORGOTTEN_AFTER)
    tries.tried("ann", "here")
    assert len(tries._tries) == 2


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (15, "15 seconds"), (90, "90 seconds"), (90.5, "2 minutes")],
)
def test_a_wait_is_said_in_words_and_rounded_up(seconds, words):
    assert in_words(timedelta(seconds=seconds)) == words


# Out


def test_signing_out_leaves_the_cookie_worthless_wherever_it_is_replayed(app, browser):
    browser.sign_in()
    stolen = Browser(app, dict(browser.cookies))
    assert stolen.get("/overview").text == "the page"
    page = browser.get("/sign-out")
    assert "You are signed in as ann." in page.text
    answer = browser.post("/sign-out", {"token": token_in(page)})
    assert (answer.status, answer.header("location")) == (303, "/sign-in")
    assert browser.cookies["ig_session"] == ""
    assert stolen.get("/overview").status == 303


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_signing_out_asks_for_our_own_form(browser, token):
    browser.sign_in()
    answer = browser.post("/sign-out", {"token": token})
    assert answer.header("location") == "/sign-out"
    assert browser.get("/overview").text == "the page"


def test_a_link_signs_nobody_out(browser):
    browser.sign_in()
    browser.get("/sign-out?token=x")
    assert browser.get("/overview").text == "the page"


def test_signing_out_when_it_has_ended_already_leads_to_the_sign_in_page(browser):
    answer = browser.post("/sign-out", {"token": ""})
    assert (answer.status, answer.header("location")) == (303, "/sign-in")


# The page


def test_what_was_typed_is_shown_as_text_and_never_as_markup(app):
    name = '"><script>alert(1)</script>'
    page = Browser(app).sign_in(name, "wrong", next="/x?a=<b>").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_passphrase_is_never_sent_back(app):
    assert (
        "wrong words here" not in Browser(app).sign_in("ann", "wrong words here").text
    )


def test_the_page_is_plain_html_that_says_what_each_field_is():
    page = sign_in_page("token", "/", "ann", "Try again.")
    for said in (
        '<html lang="en-GB">',
        "<title>Problem: Sign in - ",
        '<label for="name">',
        '<label for="passphrase">',
        'autocomplete="username"',
        'autocomplete="current-password"',
        'role="alert">Try again.',
        'aria-describedby="problem"',
    ):
        assert said in page
    assert "<script" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/measure?id=S01&home=A%20B", "/measure?id=S01&home=A%20B"),
        ("/", "/"),
        ("", "/"),
        ("measure", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("\\\\evil.test", "/"),
        ("/\t/evil.test", "/"),
        ("https://evil.test", "/"),
        ("javascript:alert(1)", "/"),
        ("/ok\r\nset-cookie: a=b", "/"),
        ("/sign-in", "/"),
        ("/sign-in?next=/sign-in", "/"),
        ("/sign-out", "/"),
        ("/" + "x" * 2000, "/"),
    ],
)
def test_after_signing_in_one_is_led_only_to_an_address_of_ours(wanted, led_to):
    assert local_path(wanted) == led_to


@given(st.text(st.sampled_from("/\\.:?#@%\t\r\n htpsevil"), max_size=20))
def test_no_way_of_writing_it_leads_elsewhere(wanted):
    path = local_path(wanted)
    assert re.match(r"/(?![/\\])", path) or path == "/"
    assert not re.search(r"[\\\s]", path)
