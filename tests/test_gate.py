"""Who gets past the door? The gate, in front of an app that would serve anything."""

import asyncio
import posixpath
from datetime import timedelta
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from oversight.gate import public
from oversight.gate.cookies import SECURE_PREFIX, SESSION
from oversight.gate.middleware import Gate
from oversight.gate.public import DRAWN_FIRST, bundle_folder, bundle_paths
from oversight.sessions import IDLE_LIMIT, Sessions
from tests.asgi import ask, run, scope_of, talk
from tests.test_sessions import Clock

SCRIPT = min(path for path in bundle_paths() if path.endswith(".js"))
HTML = {"accept": "text/html,*/*"}
DATA = b"what only a signed-in person may read"


class Inside:
    """Everything behind the gate: it notes what reaches it, and serves its data."""

    def __init__(self):
        self.reached = []
        self.heard = []

    async def __call__(self, scope, receive, send):
        self.reached.append(scope)
        if scope["type"] == "http":
            headers = [(b"cache-control", b"public, immutable"), (b"x-app", b"1")]
            await send(
                {"type": "http.response.start", "status": 200, "headers": headers}
            )
            await send({"type": "http.response.body", "body": DATA})
        elif scope["type"] == "websocket":
            await self.chat(receive, send)

    async def chat(self, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            self.heard.append(message)
            if message["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})
            else:
                await send({"type": "websocket.send", "bytes": DATA})


@pytest.fixture
def inside():
    return Inside()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(clock):
    return Sessions(now=clock)


@pytest.fixture
def gate(inside, sessions):
    return Gate(inside, sessions, look_every=0.001)


@pytest.fixture
def ann(sessions):
    """What a browser sends for Ann, who is signed in."""
    return {"cookie": f"{SESSION}={sessions.start('ann')}"}


# Strangers


@pytest.mark.parametrize(
    "method", ["GET", "POST", "HEAD", "OPTIONS", "PUT", "BREW", ""]
)
@pytest.mark.parametrize(
    "target",
    """
    / /index.html /manifest.json /overview /measure?id=S01 /static /static/
    /_stcore/health /_stcore/host-config /_stcore/metrics /_stcore/stream /app/static/x
    /_stcore/upload_file/1/2 /_stcore/agent/mcp /media/x.csv /component/x/index.html
    /sign-out /sign-in/ /sign-in.css/ /auth/login * http://desk.test/sign-in
    """.split(),
)
def test_a_stranger_is_served_nothing(gate, inside, method, target):
    answer = ask(gate, target, method)
    assert (answer.status, inside.reached) == (401, [])
    assert ask(gate, target, method, HTML).status == 303
    assert inside.reached == []


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/sign-in"),
        ("GET", "/sign-in?next=/measure"),
        ("POST", "/sign-in"),
        ("GET", "/sign-in.css"),
        ("GET", SCRIPT),
        ("GET", "/favicon.png"),
    ],
)
def test_only_the_sign_in_page_and_the_public_bundle_are_served_to_anyone(
    gate, method, target
):
    assert ask(gate, target, method).status == 200


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "PUT", "get", "GET "])
@pytest.mark.parametrize("target", [SCRIPT, "/sign-in.css", "/favicon.png"])
def test_an_exception_is_for_one_method_only(gate, inside, method, target):
    assert ask(gate, target, method).status == 401
    assert inside.reached == []


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "post"])
def test_the_sign_in_page_answers_no_other_method(gate, inside, method):
    assert ask(gate, "/sign-in", method).status == 401
    assert inside.reached == []


def test_the_bundle_holds_no_page_no_manifest_and_nothing_that_is_not_streamlits():
    assert not [path for path in bundle_paths() if path.endswith((".html", ".json"))]
    assert all(
        (bundle_folder() / path.lstrip("/")).is_file() for path in bundle_paths()
    )
    assert len(bundle_paths()) > 100


MANGLINGS = """
/ // /. /.. /./ /../ . .. %2e %2E %2f %2F %5c \\ ; ;x=1 %00 \0 %09 \t \n %20 + # %23 %3f
%252e %c0%ae é ／ ‥ ~ : @ * & ..%2f static/../ /static/ media/ _stcore/ ? ?x
""".split(" ")
WHOLE = sorted({*bundle_paths(), public.SIGN_IN, public.SIGN_IN_STYLE})


@st.composite
def mangled(draw):
    path = draw(st.sampled_from([*WHOLE[:40], "/sign-in", "/sign-in.css"]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(path)))
        extra = draw(st.sampled_from([part.strip("\n") for part in MANGLINGS]))
        path = path[:at] + extra + path[at + draw(st.integers(0, 2)) :]
    how = draw(st.sampled_from([str, str, str.upper, str.swapcase, escaped]))
    return how(path)


def escaped(path):
    """The same path with its last letter percent-encoded."""
    return f"{path[:-1]}%{ord(path[-1]) % 256:02x}"


@given(st.one_of(mangled(), st.text("/.%2eEfFsStaticgn-in\\;:jJ5cC0", max_size=30)))
@example("//sign-in")
@example("/sign-in/../_stcore/metrics")
@example("/static/js/../../_stcore/health")
@example("/static/..%2f_stcore/host-config")
@example("/sign%2din")
@example("/SIGN-IN")
@example("/sign-in%00")
@example("/sign-in.")
def test_no_way_of_writing_a_path_widens_the_exceptions(path):
    inside = Inside()
    ask(Gate(inside, Sessions()), path)
    for scope in inside.reached:
        # It is an exception as it stands, and nothing more is read into it further in.
        raw = path.partition("?")[0]
        assert raw in WHOLE
        assert posixpath.normpath(unquote(raw)) == raw == scope["path"]


def test_a_path_that_is_told_twice_must_be_told_the_same(gate, inside):
    ask(gate, "/sign-in", path="/_stcore/metrics")
    ask(gate, "/_stcore/metrics", path="/sign-in")
    ask(gate, "/sign-in", raw_path=None)
    ask(gate, "/sign-in", root_path="/elsewhere")
    assert inside.reached == []


@pytest.mark.parametrize("target", ["/_stcore/stream", "/", "/sign-in", SCRIPT])
def test_no_websocket_is_opened_for_a_stranger(gate, inside, target):
    sent = run(talk(gate, target, {}, asyncio.Queue()))
    assert sent == [{"type": "websocket.close", "code": 1008}]
    assert inside.reached == []


@pytest.mark.parametrize("kind", ["webtransport", "", "HTTP"])
def test_an_unknown_kind_of_connection_goes_no_further(gate, inside, kind, ann):
    with pytest.raises(ValueError, match="lets no"):
        run(gate(scope_of(kind, "/sign-in", ann), None, None))
    assert inside.reached == []


# The way in


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/", "/sign-in"),
        ("/measure?id=S01&home=The+Elms", "/sign-in?next=%2Fmeasure%3Fid%3DS01%26"),
        ("/caf%C3%A9", "/sign-in?next=%2Fcaf%25C3%25A9"),
    ],
)
def test_a_person_opening_a_page_is_shown_the_way_in_and_back(gate, target, location):
    answer = ask(gate, target, headers=HTML)
    assert answer.status == 303
    assert answer.header("location").startswith(location)


def test_what_is_not_a_page_is_refused_in_a_sentence(gate):
    answer = ask(gate, "/_stcore/health", headers={"accept": "*/*"})
    assert answer.status == 401
    assert answer.text == "You are not signed in. Reload the page to sign in."


# Those who are signed in


def test_a_signed_in_person_is_let_through(gate, ann):
    assert ask(gate, "/overview", headers=ann).body == DATA
    assert ask(gate, "/_stcore/health", "HEAD", headers=ann).status == 200


def test_a_session_that_has_ended_opens_nothing(gate, sessions, ann, clock):
    clock.move(IDLE_LIMIT - timedelta(seconds=1))
    assert ask(gate, "/overview", headers=ann).status == 200
    clock.move(IDLE_LIMIT)
    assert ask(gate, "/overview", headers=ann).status == 401


def test_signing_out_on_one_browser_leaves_its_cookie_worthless_on_any(
    gate, sessions, ann
):
    sessions.end_all_of("ann")
    assert ask(gate, "/overview", headers=ann).status == 401


@pytest.mark.parametrize(
    "cookie",
    ["{0}", "other={0}", "ig_session=", "ig_session=x", "ig_session={0}x", ";;="],
)
def test_a_forged_cookie_opens_nothing(gate, sessions, cookie):
    forged = cookie.format(sessions.start("ann"))
    assert ask(gate, "/overview", headers={"cookie": forged}).status == 401


@pytest.mark.parametrize(
    ("scheme", "cookie", "status"),
    [
        ("http", SESSION, 200),
        ("http", SECURE_PREFIX + SESSION, 401),
        ("https", SESSION, 401),  # anybody on the way could have planted it
        ("https", SECURE_PREFIX + SESSION, 200),
    ],
)
def test_over_tls_only_the_cookie_that_cannot_be_planted_counts(
    gate, sessions, scheme, cookie, status
):
    headers = {"cookie": f"{cookie}={sessions.start('ann')}"}
    assert ask(gate, "/overview", headers=headers, scheme=scheme).status == status


ORIGINS = [
    (None, True),  # not a browser
    ("http://desk.test", True),
    ("http://desk.test:8080", False),
    ("http://sister.desk.test", False),
    ("https://evil.test", False),
    ("null", False),
    ("http://[", False),
]


@pytest.mark.parametrize(("origin", "is_ours"), ORIGINS)
def test_what_changes_something_comes_from_our_own_pages(gate, ann, origin, is_ours):
    headers = ann | ({"origin": origin} if origin else {})
    status = 200 if is_ours else 403
    assert (
        ask(gate, "/_stcore/upload_file/1/2", "PUT", headers=headers).status == status
    )
    assert ask(gate, "/overview", headers=headers).status == 200


@pytest.mark.parametrize(("origin", "is_ours"), ORIGINS)
def test_a_websocket_comes_from_our_own_pages(gate, inside, ann, origin, is_ours):
    headers = ann | ({"origin": origin} if origin else {})
    queue = asyncio.Queue()
    queue.put_nowait({"type": "websocket.disconnect"})
    run(talk(gate, "/_stcore/stream", headers, queue))
    assert bool(inside.reached) is is_ours


# An open WebSocket


def test_a_websocket_carries_everything_while_its_session_lives(gate, inside, ann):
    queue = asyncio.Queue()
    for kind in ("connect", "receive", "receive", "disconnect"):
        queue.put_nowait({"type": f"websocket.{kind}", "bytes": b"rerun"})
    sent = run(talk(gate, "/_stcore/stream", ann, queue))
    assert [message["type"] for message in sent] == [
        "websocket.accept",
        "websocket.send",
        "websocket.send",
    ]
    assert len(inside.heard) == 3


def has_gone_to_sign_in(sent):
    *_, farewell, close = sent
    return ForwardMsg.FromString(
        farewell["bytes"]
    ).auth_redirect.url == "/sign-in" and close == {
        "type": "websocket.close",
        "code": 1008,
    }


def test_an_open_websocket_is_useless_after_signing_out_elsewhere(
    inside, sessions, ann
):
    patient = Gate(inside, sessions, look_every=3600)

    async def story():
        queue = asyncio.Queue()
        queue.put_nowait({"type": "websocket.connect"})
        talking = asyncio.create_task(talk(patient, "/_stcore/stream", ann, queue))
        for _ in range(10):  # until all is quiet: the watch looks again in an hour
            await asyncio.sleep(0)
        assert len(inside.heard) == 1
        sessions.end_all_of("ann")
        queue.put_nowait({"type": "websocket.receive", "bytes": b"rerun"})
        return await talking

    sent = run(story())
    assert len(inside.heard) == 1  # the rerun never reached the app
    assert has_gone_to_sign_in(sent)


def test_nothing_more_is_sent_to_a_session_that_has_ended(sessions, ann):
    sent = []

    async def talkative(scope, receive, send):
        await send({"type": "websocket.accept"})
        sessions.end_all_of("ann")
        await send({"type": "websocket.send", "bytes": DATA})
        await send({"type": "websocket.send", "bytes": DATA})

    gate = Gate(talkative, sessions, look_every=3600)
    sent = run(talk(gate, "/_stcore/stream", ann, asyncio.Queue()))
    assert DATA not in [message.get("bytes") for message in sent]
    assert len(sent) == 3
    assert has_gone_to_sign_in(sent)


def test_a_tab_left_alone_is_taken_to_the_sign_in_page_when_its_session_ends(
    gate, sessions, clock, ann
):
    async def story():
        sent, queue = [], asyncio.Queue()

        async def send(message):
            sent.append(message)
            if message["type"] == "websocket.accept":
                clock.move(IDLE_LIMIT)
            if message["type"] == "websocket.close":
                queue.put_nowait({"type": "websocket.disconnect"})

        queue.put_nowait({"type": "websocket.connect"})
        scope = scope_of("websocket", "/_stcore/stream", ann)
        await asyncio.wait_for(gate(scope, queue.get, send), timeout=30)
        return sent

    assert has_gone_to_sign_in(run(story()))


def test_a_returning_tab_is_not_joined_to_the_session_it_had_before(gate, inside, ann):
    headers = ann | {"sec-websocket-protocol": "streamlit, token, 0b8e-somebody-elses"}
    queue = asyncio.Queue()
    queue.put_nowait({"type": "websocket.disconnect"})
    run(talk(gate, "/_stcore/stream", headers, queue))
    (scope,) = inside.reached
    assert dict(scope["headers"])[b"sec-websocket-protocol"] == b"streamlit, token"


# What goes with every answer


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("target", ["/", "/sign-in", "/media/x.csv", SCRIPT])
def test_every_answer_carries_the_security_headers(gate, ann, target, signed_in):
    answer = ask(gate, target, headers=ann if signed_in else {})
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("x-frame-options") == "DENY"
    assert answer.header("referrer-policy") == "same-origin"
    assert "camera=()" in answer.header("permissions-policy")
    assert "frame-ancestors 'none'" in answer.header("content-security-policy")


def test_the_policy_names_no_other_host_and_allows_no_eval_and_no_inline_script(gate):
    policy = ask(gate, "/sign-in").header("content-security-policy")
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"].startswith("'self' 'sha256-")
    assert "unsafe" not in parts["script-src"]
    assert not {"*", "http:", "https:", "ws:"} & set(policy.replace(";", " ").split())
    assert "." not in policy


@pytest.mark.parametrize(
    ("target", "caching"),
    [(SCRIPT, "public, immutable"), ("/", "no-store"), ("/media/x.csv", "no-store")],
)
def test_only_the_bundle_is_kept_by_a_browser(gate, ann, target, caching):
    assert ask(gate, target, headers=ann).header("cache-control") == caching


def test_a_browser_is_told_to_stay_on_tls_only_when_it_came_by_it(gate):
    over_tls = ask(gate, "/sign-in", scheme="https")
    assert "max-age" in over_tls.header("strict-transport-security")
    assert ask(gate, "/sign-in").header("strict-transport-security") == ""


# What the sign-in page fetches meanwhile


@pytest.mark.parametrize("stem", DRAWN_FIRST)
def test_streamlit_still_has_the_file_that_the_first_page_draws_with(stem):
    assert [path for path in public.prefetched_paths() if f"/{stem}." in path]


def test_only_the_bundle_is_fetched_in_advance_and_each_file_once():
    wanted = public.prefetched_paths()
    assert set(wanted) <= bundle_paths()
    assert len(wanted) == len(set(wanted))
    scripts = (bundle_folder() / "index.html").read_text().count('.js"')
    assert len([path for path in wanted if path.endswith(".js")]) > scripts
