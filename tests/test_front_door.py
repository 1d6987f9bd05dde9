"""A real server, started cold, and a stranger who asks for everything first."""

import importlib
import pkgutil
import re
from urllib.parse import urlencode

import pyotp
import pytest
import streamlit.web.server.starlette as streamlit_server
from websockets.exceptions import ConnectionClosed, InvalidStatus

from oversight import passphrases, people
from oversight.definitions import open_store
from oversight.gate.public import bundle_paths, prefetched_paths
from oversight.people import Person
from oversight.words import Role
from tests.browsers import opened, refused_by_policy, sign_in, wait_until_finished
from tests.servers import ROOT, started

SECRET = b"the rows of every home"
WORDS = "lamp orchard kettle"
REFUSAL = b"You are not signed in. Reload the page to sign in."
HTML = {"Accept": "text/html"}

DOOR = f"""
from dataclasses import dataclass

import streamlit as st
from starlette.middleware import Middleware

from oversight import passphrases
from oversight.gate.middleware import Gate, apologise
from oversight.gate.sign_in import sign_in_routes
from oversight.sessions import Sessions


@dataclass(frozen=True)
class Account:
    name: str
    password_hash: str
    is_enabled: bool = True


sessions = Sessions()
people = {{"ann": Account("ann", passphrases.hash_of("{WORDS}"))}}
app = st.App(
    "SCRIPT",
    middleware=[Middleware(Gate, sessions=sessions, look_every=0.2)],
    routes=sign_in_routes(people.get, sessions),
    exception_handlers={{Exception: apologise}},
)
"""
FRONT_PAGE = """
import streamlit as st

st.navigation([st.Page(lambda: st.write("the front page"), title="Front")]).run()
"""
LEAKY_PAGE = f"""
import streamlit as st

st.write("{SECRET.decode()}")
"""
GALLERY = """
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

table = pd.DataFrame({"home": ["The Elms", "The Oaks"], "late": [1, 2]})
st.title("Gallery")
st.plotly_chart(go.Figure(go.Bar(x=table.home, y=table.late)), key="bars")
st.dataframe(table)
st.table(table)
st.selectbox("Home", table.home)
st.date_input("As of", "2026-11-23")
st.html("<p style='color: red'>styled</p><style>.a { color: blue }</style>")
st.download_button("Download", "home,late", file_name="late.csv")
st.segmented_control("Months", [12, 24])
st.session_state.setdefault("notes", [])
st.session_state.notes.append("a note")
st.write(f"{len(st.session_state.notes)} notes")
"""


def written(folder, **files):
    """The files of an app, their slashes written as double underscores."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    return folder / "door.py"


def signing_in(server, name):
    """The answer to the form alone, as a browser would come by it."""
    page = server.ask("/sign-in")
    form = page.headers["set-cookie"].partition(";")[0]
    token = re.search(rb'name="token" value="([^"]*)"', page.body)[1].decode()
    fields = {"name": name, "passphrase": WORDS, "token": token}
    headers = {"Cookie": form, "Content-Type": "application/x-www-form-urlencoded"}
    return server.ask("/sign-in", "POST", headers, urlencode(fields).encode())


def cookie_of_ann(server):
    """What Ann's browser sends once she has signed in."""
    answer = signing_in(server, "ann")
    assert answer.status == 303
    return {"Cookie": re.search("ig_session=[^;]+", answer.headers["set-cookie"])[0]}


# The stranger


def streamlits_addresses():
    """Every route that the installed Streamlit names, "x" for what is variable."""
    routes = set()
    for module in pkgutil.iter_modules(streamlit_server.__path__):
        found = importlib.import_module(f"{streamlit_server.__name__}.{module.name}")
        for name, value in vars(found).items():
            if "ROUTE_" in name and isinstance(value, str):
                routes.add("/" + re.sub(r"{[^}]+}", "x", value))
    return routes


def pages_addresses():
    """Whatever address a page of the tree might be given."""
    for path in sorted((ROOT / "pages").rglob("*.py")):
        below = path.relative_to(ROOT).with_suffix("")
        yield f"/{path.stem}"
        for between in ("/", "_", "-"):
            yield "/" + between.join(below.parts)
            yield "/" + between.join(below.parts[1:])
        yield f"/{path.relative_to(ROOT)}"


def everything():
    """What a stranger asks for, the bundle and the sign-in page left out."""
    by_hand = {"/", "/index.html", "/manifest.json", "/sign-out", "/x", "/pages/x.py"}
    return sorted(by_hand | streamlits_addresses() | set(pages_addresses()))


def test_the_list_of_what_a_stranger_asks_for_is_not_empty_by_mistake():
    assert {
        "/_stcore/stream",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/_stcore/upload_file/x/x",
        "/_stcore/agent/mcp",
        "/media/x",
        "/component/x",
    } <= set(everything())


def ask_as_a_stranger(server):
    for target in everything():
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"):
            answer = server.ask(target, method)
            assert (answer.status, method, target) == (401, method, target)
            assert answer.body == (b"" if method == "HEAD" else REFUSAL)
        answer = server.ask(target, sent=HTML)
        assert (answer.status, answer.body) == (303, b"")
        for headers in ({}, {"Cookie": "ig_session=forged"}):
            with pytest.raises(InvalidStatus) as refused:
                server.open(target, headers)
            assert refused.value.response.status_code == 403


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    file = tmp_path_factory.mktemp("store") / "oversight.duckdb"
    store = open_store(f"duckdb:///{file}")
    for name, is_enabled in (("ann", True), ("gone", False)):
        kept = passphrases.hash_of(WORDS)
        role = Role.SENIOR_MANAGER  # the one role that needs no second step
        people.add(store, Person(name, role, (), is_enabled, kept), by="test")
    store.close()
    with started(store=file) as server:
        ask_as_a_stranger(server)  # before anybody else has opened a page
        yield server


def test_a_stranger_is_served_nothing_of_the_dashboard_by_http_or_websocket(dashboard):
    ask_as_a_stranger(dashboard)


def test_a_stranger_is_served_the_sign_in_page_and_all_that_it_fetches(dashboard):
    page = dashboard.ask("/sign-in")
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    assert set(
        re.findall(r'rel="prefetch" .*href="([^"]+)"', page.body.decode())
    ) <= set(prefetched_paths())
    assert dashboard.ask("/sign-in.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("ending", [".js", ".css", ".woff2", ".png"])
def test_the_public_bundle_is_served_as_it_was_installed_and_may_be_kept(
    dashboard, ending
):
    path = min(path for path in bundle_paths() if path.endswith(ending))
    answer = dashboard.ask(path)
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert dashboard.ask(path, "HEAD").status == 401


@pytest.mark.parametrize(
    "target",
    [
        "//",
        "//sign-in",
        "/sign-in/../_stcore/metrics",
        "/sign-in%2f..%2f_stcore%2fmetrics",
        "/static/js/../../_stcore/health",
        "/static/%2e%2e/_stcore/host-config",
        "/static/..\\_stcore\\metrics",
        "/SIGN-IN",
        "/sign-in.",
        "/sign-in;x",
        "/sign-in%00",
        "http://127.0.0.1/_stcore/metrics",
        "*",
    ],
)
def test_a_path_written_otherwise_is_served_nothing(dashboard, target):
    assert dashboard.ask(target).status in (400, 401)


def test_the_dashboard_itself_shows_the_sign_in_page_and_breaks_no_policy(
    dashboard, browser
):
    with opened(browser, color_scheme="dark") as page:
        page.goto(f"{dashboard.address}/measure?id=S01")
        assert page.url == f"{dashboard.address}/sign-in?next=%2Fmeasure%3Fid%3DS01"
        sign_in(page, "nobody", "no words of anyone")
        page.get_by_role("alert").get_by_text("is not right").wait_for()
        assert refused_by_policy(page) == set()


def test_the_dashboard_lets_in_the_accounts_of_its_own_store_that_are_enabled(
    dashboard,
):
    ann = cookie_of_ann(dashboard)
    assert dashboard.ask("/_stcore/health", sent=ann).body == b"ok"
    assert b"ann" in dashboard.run_page("", ann).said
    assert signing_in(dashboard, "gone").status == 403


# The bypass that the gate is there for


def test_a_pages_folder_beside_the_script_is_run_past_it_where_there_is_no_gate(
    tmp_path,
):
    written(tmp_path, main=FRONT_PAGE, pages__x=LEAKY_PAGE)
    with started(tmp_path / "main.py", ready="/_stcore/health") as server:
        assert SECRET in server.run_page("x").said


def test_the_gate_leaves_a_stranger_nothing_to_run(tmp_path):
    door = DOOR.replace("SCRIPT", "main.py")
    with started(
        written(tmp_path, door=door, main=FRONT_PAGE, pages__x=LEAKY_PAGE)
    ) as server:
        ask_as_a_stranger(server)
        with pytest.raises(InvalidStatus):
            server.run_page("x")


def test_a_page_below_the_frame_is_not_run_past_the_frame_by_anyone(tmp_path):
    files = {
        "door": DOOR.replace("SCRIPT", "pages/frame.py"),
        "pages__frame": FRONT_PAGE,
        "pages__x": LEAKY_PAGE,
        "pages__people__x": LEAKY_PAGE,
    }
    with started(written(tmp_path, **files)) as server:
        ann = cookie_of_ann(server)
        for page in ("x", "people/x", "pages/x"):
            assert SECRET not in server.run_page(page, ann).said
        assert b"the front page" in server.run_page("", ann).said


# Those who are let in


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gallery")
    with started(
        written(folder, door=DOOR.replace("SCRIPT", "main.py"), main=GALLERY)
    ) as server:
        yield server


def test_a_cookie_replayed_after_sign_out_opens_nothing(gallery):
    ann = cookie_of_ann(gallery)
    assert b"Gallery" in gallery.run_page("", ann).said
    with gallery.open(sent=ann) as left_open:
        token = re.search(
            rb'name="token" value="([^"]*)"', gallery.ask("/sign-out", sent=ann).body
        )[1]
        headers = ann | {"Content-Type": "application/x-www-form-urlencoded"}
        out = gallery.ask("/sign-out", "POST", headers, b"token=" + token)
        assert (out.status, out.headers["location"]) == (303, "/sign-in")
        assert closed_with(left_open) == 1008
    assert gallery.ask("/", sent=ann | HTML).status == 303
    assert gallery.ask("/_stcore/health", sent=ann).status == 401
    with pytest.raises(InvalidStatus):
        gallery.open(sent=ann)


def closed_with(line):
    """The code that a WebSocket is closed with, once all that was sent is read."""
    try:
        while True:
            line.recv(timeout=30)
    except ConnectionClosed:
        return line.close_code


def test_a_shared_link_survives_signing_in_and_the_app_draws_under_the_policy(
    gallery, browser
):
    elsewhere, over_the_wire = [], []
    with opened(browser) as page:
        page.on("request", lambda one: elsewhere.append(one.url))
        page.goto(f"{gallery.address}/?home=The+Elms")
        page.wait_for_load_state("networkidle")
        sign_in(page, "ann", WORDS)
        page.wait_for_url(f"{gallery.address}/?home=The+Elms")
        wait_until_finished(page)
        page.wait_for_selector(".js-plotly-plot .bars path")
        page.wait_for_selector("[data-testid=stDataFrame] canvas")
        over_the_wire = page.evaluate(
            "performance.getEntriesByType('resource')"
            ".filter(one => one.transferSize > 0).map(one => one.name)"
        )
        # Streamlit's protobuf tries WebAssembly for long numbers and does without.
        assert refused_by_policy(page) <= {"script-src wasm-eval"}
    assert [url for url in elsewhere if not url.startswith(gallery.address)] == []
    late = [url for url in over_the_wire if url.endswith(".js")]
    assert [url for url in late if re.search("/(index|Plotly|react)", url)] == []


def test_signing_out_in_one_tab_takes_the_other_to_the_sign_in_page_and_back(
    gallery, browser
):
    with opened(browser) as page:
        page.goto(f"{gallery.address}/?home=The+Elms")
        sign_in(page, "ann", WORDS)
        wait_until_finished(page)
        with page.context.new_page() as other:
            other.goto(f"{gallery.address}/sign-out")
            other.get_by_role("button", name="Sign out").click()
            other.wait_for_url(f"{gallery.address}/sign-in")
        page.wait_for_url(f"{gallery.address}/sign-in")
        assert page.get_by_text("Gallery").count() == 0
        sign_in(page, "ann", WORDS)
        page.wait_for_url(f"{gallery.address}/?home=The+Elms")


def test_a_tab_that_comes_back_starts_with_nothing_of_what_was_there(gallery):
    ann = cookie_of_ann(gallery)
    before = gallery.run_page("", ann)
    after = gallery.run_page("", ann, rejoining=before.session)
    assert before.session
    assert after.session != before.session
    assert b"1 notes" in before.said
    assert b"1 notes" in after.said


def test_a_new_store_lets_in_whoever_reads_what_the_server_printed(browser, tmp_path):
    with started(store=tmp_path / "new.duckdb") as server, opened(browser) as page:
        said = server.log.read_text()
        code = re.search(r"^ {4}([0-9a-f-]{20,})$", said, re.MULTILINE)[1]
        page.goto(f"{server.address}/first")
        page.get_by_label("The code that the server printed").fill(code)
        page.get_by_label("Name").fill("ada")
        page.get_by_label("The new passphrase", exact=True).fill(WORDS)
        page.get_by_label("The new passphrase again").fill(WORDS)
        page.get_by_role("button", name="Make this administrator").click()
        page.get_by_role("heading", name="Add your phone").wait_for()
        secret = page.locator("span.code").inner_text().replace(" ", "")
        page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="Add this phone").click()
        assert page.locator(".codes li").count() == 10
        page.get_by_role("link", name="I have kept them: go on").click()
        page.get_by_text("Administrator").first.wait_for()
        wait_until_finished(page)
        assert refused_by_policy(page) <= {"script-src wasm-eval"}
