"""Every address there is, asked without a session, with an old one, with another's."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from oversight.gate import cookies, front, public
from oversight.gate.middleware import Gate
from oversight.gate.public import bundle_paths
from oversight.sessions import ABSOLUTE_LIMIT, IDLE_LIMIT, Sessions
from tests.asgi import ask
from tests.test_sessions import Clock

STREAMLITS = """
/ /index.html /manifest.json /_stcore/health /_stcore/script-health-check
/_stcore/host-config /_stcore/allowed-message-origins /_stcore/metrics /_stcore/stream
/_stcore/upload_file/a/b /_stcore/message /media/x.csv /app/static/x.js /static/x.js
/component/streamlit/index.html /bidi-components/x/y.js /oauth2callback /auth/login
/overview /measures /measure?id=S01 /sources /records /journal /holdings /people
""".split()
GATES = sorted({*front.OURS})


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(clock):
    return Sessions(now=clock)


@pytest.fixture
def app(sessions):
    inside = Route("/{path:path}", lambda request: PlainTextResponse("inside"))
    return Starlette(routes=[inside], middleware=[Middleware(Gate, sessions=sessions)])


def status(app, path, cookie=""):
    return ask(app, path, headers={"cookie": cookie} if cookie else {}).status


@pytest.mark.parametrize("path", [*STREAMLITS, "/account", "/sign-out"])
def test_without_a_session_nothing_is_served(app, path):
    assert status(app, path) == 401


def test_the_exceptions_are_listed_by_name_and_are_few():
    assert {
        "/sign-in",
        "/sign-in.css",
        "/sign-in/code",
        "/sign-in/provider",
        "/sign-in/back",
        "/first",
    } == public.SHOWN_TO_STRANGERS
    assert {"/sign-in", "/sign-in/code", "/first"} == public.POSTED_BY_STRANGERS
    assert not [path for path in bundle_paths() if "stcore" in path]


@pytest.mark.parametrize("path", STREAMLITS)
@pytest.mark.parametrize("limit", [IDLE_LIMIT, ABSOLUTE_LIMIT])
def test_with_an_old_session_nothing_is_served(app, sessions, clock, path, limit):
    cookie = f"{cookies.SESSION}={sessions.start('ann')}"
    assert status(app, path, cookie) == 200
    clock.move(limit + timedelta(seconds=1))
    assert status(app, path, cookie) == 401


@pytest.mark.parametrize("path", STREAMLITS)
def test_a_session_signed_out_is_worth_nothing_when_replayed(app, sessions, path):
    session_id = sessions.start("ann")
    cookie = f"{cookies.SESSION}={session_id}"
    sessions.end(sessions.of(session_id).key)
    assert status(app, path, cookie) == 401


def test_ids_are_long_random_and_never_in_order(sessions):
    ids = [sessions.start("ann") for _ in range(200)]
    assert len(set(ids)) == 200
    assert min(map(len, ids)) >= 43  # 256 bits
    # No two share a beginning that a counter or a clock would give them.
    assert len({one[:6] for one in ids}) == 200


@pytest.mark.parametrize("path", GATES)
def test_every_page_of_the_gate_says_it_may_not_be_framed(app, path):
    answer = ask(app, path)
    assert answer.header("x-frame-options") == "DENY"
    assert "frame-ancestors 'none'" in answer.header("content-security-policy")
    assert answer.header("cache-control") == "no-store"
