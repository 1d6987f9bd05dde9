"""Navigation and the filter bar; hands each page its reader; nothing without a session.

Run only by the front door. If it is ever run otherwise there is no session, and then
nothing is drawn.
"""

import importlib
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.navigation.page import StreamlitPage

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from oversight import roles, words  # noqa: E402
from oversight.gate import front  # noqa: E402
from oversight.people import Person  # noqa: E402
from oversight.reader import Reader, months_before  # noqa: E402
from oversight.store import moment_at  # noqa: E402
from pages.parts import around, look, menu  # noqa: E402

UK = ZoneInfo("Europe/London")
NO_ONE_HOME = ""
AT_THE_ROOT = "first"  # the address that Streamlit sets aside for what is at the root
# How far back happenings are asked about, on the pages that count them.
PERIODS = {"Any time": 0, "Last 3 months": 3, "Last 12 months": 12, "Last 2 years": 24}
# What the figures may be set beside: as many months before the day asked about.
COMPARED = {"No comparison": 0, "A month ago": 1, "3 months ago": 3, "A year ago": 12}
EARLIEST = date(2015, 1, 1)


def draw() -> None:
    """One run: who is reading, what they may open, what they asked, and the page."""
    st.set_page_config(page_title=look.BRAND, page_icon="🔎", layout="wide")
    person = signed_in()
    look.dress()
    if person is None:
        around.say_signed_out()
        return
    modules = page_modules()
    first = next((each for each in modules if person.role in each.SEEN_BY), None)
    if first is None:
        around.say_nothing_to_open(words.ROLE_WORDS[person.role])
        return
    # Before the page and not within it: a filter of a page is lost with the page.
    reader = filtered(Reader(front.store(), person, today(), tell=front.tell))
    groups = in_groups(modules, reader, first)
    page = st.navigation(groups, position="top")
    look.name_the_tab(page.title)
    mark_the_group(groups, page)
    page.run()


def in_groups(
    modules: list[ModuleType], reader: Reader, first: ModuleType
) -> dict[str, list[StreamlitPage]]:
    """Every page: those of the menu in their groups, the rest at their addresses."""
    listed = [
        module
        for module in modules
        if reader.person.role in module.SEEN_BY and menu.is_in_menu(module)
    ]
    hidden = [module for module in modules if module not in listed]
    groups = {
        group: [page_of(module, reader, module is first, True) for module in held]
        for group, held in menu.grouped(listed).items()
    }
    # Streamlit knows the first page at the root alone, and whoever comes to its own
    # address, by a link or from habit, would be told that there is no such page.
    hidden.append(first)
    beside = [page_of(module, reader, False, False) for module in hidden]
    return {**groups, menu.FIRST: [*groups.get(menu.FIRST, []), *beside]}


def mark_the_group(groups: dict[str, list[StreamlitPage]], page: StreamlitPage) -> None:
    """The group of the page looked at, underlined: Streamlit marks pages alone."""
    alone = sum(each.visibility == "visible" for each in groups[menu.FIRST])
    names = [group for group in groups if group != menu.FIRST]
    for at, group in enumerate(names):
        if page in groups[group]:
            look.mark_in_the_menu(alone + at + 1)


def page_of(
    module: ModuleType, reader: Reader, is_first: bool, in_menu: bool
) -> StreamlitPage:
    """A page at its address; in the menu of those who may open it.

    Whoever else comes to the address is told who may: a link is often passed on.
    """
    return st.Page(
        lambda: show(module, reader),
        title=module.TITLE,
        url_path=AT_THE_ROOT if is_first else module.__name__.rpartition(".")[2],
        default=is_first,
        visibility="visible" if in_menu else "hidden",
    )


def today() -> date:
    return datetime.now(UK).date()


def signed_in() -> Person | None:
    """The person behind this browser, asked anew on every run: it may have ended."""
    return front.reader_in(st.context.cookies)


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


def show(module: ModuleType, reader: Reader) -> None:
    """One page for one person; the role is asked again, whatever the menu showed."""
    try:
        roles.check_may_open(reader.person.role, module.SEEN_BY)
        module.render(reader)
    except roles.NotAllowed as reason:
        around.say_no(str(reason))


def filtered(reader: Reader) -> Reader:
    """The filter bar, held in the URL: it can narrow the scope, never widen it."""
    asked = {name: st.query_params.get(name, "") for name in look.FILTERS}
    names = look.told_apart(reader.homes())
    everything = "All homes" if words.EVERY_HOME in reader.allowed else "All my homes"
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        freshness = st.container(width="stretch", key="freshness")
        home = st.selectbox(
            "Home",
            [NO_ONE_HOME, *names],
            format_func=lambda ref: names.get(ref, everything),
            key="home",
            bind="query-params",
            label_visibility="collapsed",
            width=220,
        )
        as_of = st.date_input(
            "As of",
            reader.as_of,
            max_value=reader.as_of,
            min_value=EARLIEST,
            format="DD/MM/YYYY",
            key="as_of",
            bind="query-params",
            label_visibility="collapsed",
            width=140,
        )
        compare = st.selectbox(
            "Compare with",
            list(COMPARED),
            key="compare",
            bind="query-params",
            label_visibility="collapsed",
            width=155,
        )
        known_on, period = more_filters()
        around.account(reader.person.name, words.ROLE_WORDS[reader.person.role])
    about = names.get(home, everything)
    day = as_of or reader.as_of
    months = COMPARED.get(compare or "", 0)
    earlier = months_before(day, months) if months else None
    known = None
    if known_on is not None and known_on < reader.as_of:
        with reader.store.reading() as cursor:
            known = moment_at(cursor, end_of(known_on))
    else:
        known_on = None
    answered = replace(
        reader,
        as_of=day,
        home=home or None,
        compared_on=earlier,
        known=known,
        months=PERIODS.get(period, 0) or None,
    )
    with freshness:
        around.freshness(answered, about, reader.as_of, known_on)
    if asked["home"] not in ("", about):
        around.note(f"You see no home called {asked['home']}; this is {about.lower()}.")
    if asked["as_of"] not in ("", answered.as_of.isoformat()):
        around.note(
            f"There is no asking about the day {asked['as_of']}; this is today."
        )
    return answered


def more_filters() -> tuple[date | None, str]:
    """What is asked for less often: what was known by a day, and the period."""
    with st.popover("More", key="more"):
        known_on = st.date_input(
            "Known at the end of",
            None,
            max_value=today(),
            min_value=EARLIEST,
            format="DD/MM/YYYY",
            key="known",
            bind="query-params",
            help="As if nothing had come in since: what a paper of that day rested on.",
        )
        period = st.selectbox(
            "Period of what happened (Explore, Incidents)",
            list(PERIODS),
            key="period",
            bind="query-params",
        )
    return (known_on if isinstance(known_on, date) else None), str(period or "")


def end_of(day: date) -> datetime:
    """The last instant of a UK day."""
    return datetime.combine(day + timedelta(days=1), time(), UK) - timedelta(
        microseconds=1
    )


if __name__ == "__main__":
    draw()
