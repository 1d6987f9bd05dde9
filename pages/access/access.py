"""Whose look at whose records should somebody look into first, and why?"""

from datetime import datetime

import pandas as pd
import streamlit as st

from oversight import roles
from oversight.access import reviewing
from oversight.access.queue import Silence, Watched
from oversight.access.reviewing import InQueue, Queue
from oversight.access.rules import blind_spots
from oversight.reader import Reader
from oversight.records import UK, today
from oversight.roles import NotAllowed
from oversight.verdicts.sentences import day_in_words, number
from oversight.words import Role, Status
from pages.parts import look

TITLE = "Access"
SECTION = "access"
ORDER = 2.9
SEEN_BY = (Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

FIRST = 20  # people drawn with their reasons; beyond them nobody reads
CASES = 500
WORDS = {
    reviewing.EXPLAINED: "Explained: the reason is noted",
    reviewing.ASKED: "The manager is asked",
    reviewing.ESCALATED: "Escalated: an incident, its clock started",
    reviewing.JUSTIFIED: "Closed: justified",
    reviewing.NOT_JUSTIFIED: "Closed: not justified",
}
SAID, SHOWN = "access_said", "access_shown"


def render(reader: Reader) -> None:
    """The first sentence, the queue, one person's cases, the logs that did not come."""
    found = reviewing.asked(reader)
    names = reader.homes()
    look.answer(_answer(found))
    if said := st.session_state.pop(SAID, ""):
        look.html(f'<p class="ig-note" role="status">{look.text(said)}</p>')
    _queue(found, names)
    if found.people:
        _one(reader, found, names)
    _silent(found, names)
    look.html(look.card(_not_seen(found)))


def _answer(found: Queue) -> str:
    if not found.events:
        return (
            "No log of access has come in the last 90 days: nothing can be said of who"
            " looked at whose records."
        )
    still = sum(one.is_silent_still for one in found.silences) + len(found.never)
    silent = f" {_count(still, 'log has', 'logs have')} not come." if still else ""
    if not found.people:
        return f"No exception to the rules of access is waiting for review.{silent}"
    first = found.people[0]
    people = _count(len(found.people), "person has", "people have")
    look_at = f"look at {first.shown} first."
    return f"{people} exceptions that nobody has reviewed; {look_at}{silent}"


def _count(count: int, one: str, more: str) -> str:
    return f"{number(count, start=True)} {one if count == 1 else more}"


def _queue(found: Queue, names: dict[str, str]) -> None:
    if not found.people:
        return
    rows = [
        [
            f"<strong>{look.text(one.shown)}</strong>",
            str(one.who.score),
            _reasons(one),
            look.text(", ".join(names.get(home, home) for home in one.who.homes)),
            look.day(one.who.newest),
            _last(one),
        ]
        for one in found.people[:FIRST]
    ]
    heads = ["Person", "Points", "Why", "Homes", "Newest", "Review"]
    body = look.table(heads, rows, numeric=(1,), kind="ig-stack")
    more = len(found.people) - FIRST
    rest = f'<p class="ig-small">{more} more below these.</p>' if more > 0 else ""
    how = (
        '<p class="ig-small">Points are those of the reasons added up: 10 for each day'
        " of a grave exception, 5 and 2 for lesser ones, three days at most; patterns"
        " add 5 to 15. They say where to look first, and prove nothing.</p>"
    )
    look.html(look.card(f"<h2>People, worst first</h2>{body}{rest}{how}"))


def _reasons(one: InQueue) -> str:
    said = "".join(
        f"<li>{look.text(reason.words)} <small>+{reason.points}</small></li>"
        for reason in one.who.reasons
    )
    return f"<ul>{said}</ul>"


def _last(one: InQueue) -> str:
    if not one.steps:
        return "–"
    step = one.steps[-1]
    return (
        f"{look.text(step.outcome.capitalize())}"
        f"<small>{look.day(step.at.date())}, {look.text(step.by)}</small>"
    )


def _one(reader: Reader, found: Queue, names: dict[str, str]) -> None:
    by_shown = {one.shown: one for one in found.people}
    with st.container(border=True, key="access_one"):
        look.html("<h2>One person, case by case</h2>")
        shown = st.selectbox("Person", list(by_shown), key="access_person", width=420)
        one = by_shown[shown]
        cases = reviewing.cases_of(reader, one.who)
        frame = pd.DataFrame(
            {
                "When": [_uk(case["occurred_at"]) for case in cases[:CASES]],
                "Rule": [case["rule"] for case in cases[:CASES]],
                "Why": [case["reason"] for case in cases[:CASES]],
                "Home": [names.get(c["home"], c["home"]) for c in cases[:CASES]],
                "Record": [
                    str(c["resident_ref"] or "–").upper() for c in cases[:CASES]
                ],
            }
        )
        st.dataframe(
            frame,
            hide_index=True,
            key="access_cases",
            placeholder="–",
            alt=f"What was found about {shown}, newest first",
        )
        for step in one.steps:
            look.html(
                f'<p class="ig-small">{look.day(step.at.date())}: {look.text(step.by)}:'
                f" {look.text(step.outcome)}. {look.text(step.reason)}</p>"
            )
        _unmask(reader, one)
        if roles.may_review(reader.person.role):
            _review(reader, one.who)


def _uk(at: datetime) -> str:
    return f"{at.astimezone(UK):%d %b %Y, %H:%M}"


def _unmask(reader: Reader, one: InQueue) -> None:
    if not roles.may_unmask(reader.person.role):
        return
    look.html(
        '<p class="ig-small">Staff stand by pseudonym. Set aside, with a reason,'
        f" {reader.unmaskings()} times in the last 30 days.</p>"
    )
    if st.session_state.get(SHOWN, ("", ""))[0] == one.shown:
        look.html(f"<p>This is {look.text(st.session_state[SHOWN][1])}.</p>")
        return
    with (
        st.popover("Show who this is"),
        st.form("access_unmask", clear_on_submit=True, border=False),
    ):
        reason = st.text_input("Why you need to know", key="access_why", max_chars=300)
        if not st.form_submit_button("Show who this is"):
            return
        try:
            name = reviewing.unmask(reader, one.who, reason)
        except ValueError as refusal:
            look.html(f'<p role="alert">{look.text(str(refusal))}</p>')
            return
        st.session_state[SHOWN] = (one.shown, name)
    st.rerun()


def _review(reader: Reader, who: Watched) -> None:
    if reader.as_of < today():
        look.html("<p class='ig-note'>A past day is looked at and not written to.</p>")
        return
    with st.form("access_review", clear_on_submit=True, border=False):
        outcome = st.selectbox(
            "What comes of it",
            reviewing.OUTCOMES,
            format_func=lambda each: WORDS[each],
            key="access_outcome",
            width=420,
        )
        reason = st.text_input("Reason", key="access_reason", max_chars=300)
        if not st.form_submit_button("Write it down"):
            return
        try:
            incident = reviewing.review(reader, who, outcome, reason)
        except (ValueError, NotAllowed) as refusal:
            look.html(f'<p role="alert">{look.text(str(refusal))}</p>')
            return
    made = f" The incident is {incident}." if incident else ""
    st.session_state[SAID] = f"Written into the journal: {outcome}.{made}"
    st.rerun()


def _silent(found: Queue, names: dict[str, str]) -> None:
    rows = [_silence(one, names) for one in found.silences]
    rows += [
        [
            look.text(names.get(home, home)),
            "any",
            "never came",
            "–",
            look.shape(Status.NOT_KNOWN, "Not known"),
        ]
        for home in found.never
    ]
    if not rows:
        said = "<p>Every log that is expected has come, on every day.</p>"
    else:
        said = look.table(
            ["Home", "System", "Silent", "Days", "So"],
            rows,
            numeric=(3,),
            kind="ig-stack",
        )
    look.html(
        look.card(
            "<h2>Logs that did not come</h2>"
            '<p class="ig-small">No log is not the same as nothing wrong: of these days'
            f" nothing is known.</p>{said}"
        )
    )


def _silence(one: Silence, names: dict[str, str]) -> list[str]:
    if one.is_silent_still:
        said = f"since {look.day(one.silent_from)}"
    elif one.days == 1:
        said = f"on {look.day(one.silent_from)}"
    else:
        said = f"{look.day(one.silent_from)} to {look.day(one.silent_to)}"
    return [
        look.text(names.get(one.home, one.home)),
        look.text(one.system),
        said,
        str(one.days),
        look.shape(
            Status.NOT_KNOWN if one.is_silent_still else Status.AT_RISK,
            "Not known" if one.is_silent_still else "A gap",
        ),
    ]


def _not_seen(found: Queue) -> str:
    blind = "".join(f"<p>{look.text(said)}</p>" for said in blind_spots().values())
    return (
        "<h2>What this cannot see</h2>"
        f"{blind}<p>Machine accounts are set aside: {found.machine_events:,} of"
        f" {found.machine_events + found.events:,} events in the 90 days to"
        f" {day_in_words(found.as_of)}.</p>"
    )
