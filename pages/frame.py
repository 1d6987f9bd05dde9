"""Navigation and the filter bar; hands each page its reader; nothing without a session.

Started only by the front door. If it is ever started otherwise there is no session, and
then nothing is drawn.
"""

import importlib
import sys
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from oversight import people, roles  # noqa: E402
from oversight.gate import front  # noqa: E402
from oversight.people import Person  # noqa: E402
from oversight.reader import Reader  # noqa: E402
from oversight.words import ROLE_WORDS  # noqa: E402
from pages.parts import look  # noqa: E402

UK = ZoneInfo("Europe/London")
EVERY_HOME = ""


def draw() -> None:
    """One run: who is reading, what they may open, what they asked, and the page."""
    st.set_page_config(page_title="IG Oversight", page_icon="🔎", layout="wide")
    person = signed_in()
    look.dress()
    if person is None:
        look.say_signed_out()
        return
    pages = {
        module.__name__: st.Page(
            lambda module=module: show(module, person),
            title=module.TITLE,
            url_path=module.__name__.rpartition(".")[2],
            default=module.__name__.endswith(".overview"),
        )
        for module in page_modules()
        if person.role in module.SEEN_BY
    }
    if not pages:
        look.say_nothing_to_open(ROLE_WORDS[person.role])
        return
    st.navigation(list(pages.values()), position="top").run()


def signed_in() -> Person | None:
    """The person behind this browser, asked anew on every run: it may have ended."""
    session = front.session_in(st.context.cookies)
    person = people.find(front.store(), session.person) if session else None
    return person if person is not None and person.is_enabled else None


def page_modules() -> list[ModuleType]:
    """Every page found in a section folder, in the order the pages themselves state."""
    names = sorted(
        f"pages.{path.parent.name}.{path.stem}"
        for path in (ROOT / "pages").glob("*/*.py")
        if path.stem != "__init__"
    )
    modules = [importlib.import_module(name) for name in names]
    found = [module for module in modules if hasattr(module, "TITLE")]
    return sorted(found, key=lambda module: module.ORDER)


def show(module: ModuleType, person: Person) -> None:
    """One page for one person; the role is asked again, whatever the menu showed."""
    try:
        roles.check_may_open(person.role, module.SEEN_BY)
        reader = filtered(Reader(front.store(), person, datetime.now(UK).date()))
        module.render(reader)
    except roles.NotAllowed as reason:
        look.say_no(str(reason))


def filtered(reader: Reader) -> Reader:
    """The filter bar, held in the URL: it can narrow the scope, never widen it."""
    homes = reader.homes()
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        freshness = st.container(width="stretch", key="freshness")
        home = st.selectbox(
            "Home",
            [EVERY_HOME, *homes],
            format_func=lambda ref: homes.get(ref, look.EVERY_HOME_WORDS),
            key="home",
            bind="query-params",
            label_visibility="collapsed",
            width=220,
        )
        as_of = st.date_input(
            "As of",
            reader.as_of,
            max_value=reader.as_of,
            min_value=date(2015, 1, 1),
            format="DD/MM/YYYY",
            key="as_of",
            bind="query-params",
            label_visibility="collapsed",
            width=140,
        )
        look.account(reader.person.name, ROLE_WORDS[reader.person.role])
    asked = Reader(reader.store, reader.person, as_of or reader.as_of, home or None)
    with freshness:
        look.freshness(asked, homes, reader.as_of)
    return asked


draw()
