"""What do senior managers see, decide and sign? One item a screen, as it was frozen."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from oversight import roles
from oversight.charts.family import spec_from_json
from oversight.reader import Reader
from oversight.review import acts, room
from oversight.review.acts import DECISIONS, Raised
from oversight.review.record import Act, Review, State
from oversight.verdicts.sentences import listed, number
from oversight.words import STRAND_WORDS, Role, Status, Strand
from pages.parts import look, pictures
from pages.parts.deeds import do, say_what_happened

TITLE = "Meeting"
SECTION = "review"
ORDER = 8.6
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR)

AT = "meeting_at"  # which screen
PRESENT, SIGNING = "Who is here", "Read back and sign"
MEASURES = "5"  # the item that is strand by strand


@dataclass(frozen=True)
class Screen:
    """One screen: an item of the agenda, or a strand of the item of the measures."""

    key: str
    title: str
    says: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    measures: tuple[dict[str, Any], ...] = ()


def render(reader: Reader) -> None:
    """The screen that is on, buttons to turn to others, and what is decided there."""
    found = [one for one in room.reviews(reader) if one.state != State.PLANNED]
    if not found:
        look.answer("No review is frozen, so there is nothing to meet about.")
        there = look.link("review", "Plan one and freeze it")
        look.html(f"<p>{there}.</p>")
        return
    asked = st.query_params.get("review", "")
    review = next((one for one in found if one.id == asked), found[0])
    screens = screens_of(room.document_of(reader, review))
    at = min(max(int(st.session_state.get(AT, 0)), 0), len(screens) - 1)
    screen = screens[at]
    with st.container(key="meeting"):
        look.answer(f"{at + 1} of {len(screens)}: {screen.title}.")
        say_what_happened()
        _turn(at, len(screens))
        seal = (review.snapshot or "")[:12]
        state = f"Review {review.id}, {review.state}. Snapshot {seal}."
        look.html(f'<p class="ig-small">{look.text(state)}</p>')
        _show(screen)
        if screen.key == PRESENT:
            _present(reader, review)
        elif screen.key == SIGNING:
            _sign(reader, review)
        else:
            _decided(review, screen)
            if review.state == State.FROZEN and roles.may_decide(reader.person.role):
                _decide(reader, review, screen)


def screens_of(document: dict[str, Any]) -> list[Screen]:
    """Who is here, every item of the agenda, and the signing at the end."""
    screens = [Screen(PRESENT, PRESENT)]
    for item in document["agenda"]:
        screens.append(
            Screen(
                item["order"],
                item["title"],
                tuple(item["says"]),
                tuple(item["heads"]),
                tuple(map(tuple, item["rows"])),
            )
        )
        if item["order"] == MEASURES:
            for strand in document["strands"]:
                mine = [
                    m for m in document["measures"] if m["strand"] == strand["strand"]
                ]
                title = STRAND_WORDS[Strand(strand["strand"])]
                screens.append(
                    Screen(
                        f"{MEASURES} {title}",
                        title,
                        (strand["sentence"],),
                        measures=tuple(mine),
                    )
                )
    return [*screens, Screen(SIGNING, SIGNING)]


def _turn(at: int, count: int) -> None:
    def go(to: int) -> None:
        st.session_state[AT] = to

    with st.container(horizontal=True):
        st.button(
            "Previous",
            key="meeting_previous",
            shortcut="left",
            disabled=at == 0,
            on_click=go,
            args=(at - 1,),
        )
        st.button(
            "Next",
            key="meeting_next",
            shortcut="right",
            disabled=at == count - 1,
            on_click=go,
            args=(at + 1,),
        )


def _show(screen: Screen) -> None:
    for sentence in screen.says:
        look.html(f"<p>{look.text(sentence)}</p>")
    if screen.rows:
        rows = [[look.text(cell) for cell in row] for row in screen.rows]
        heads = [look.text(head) for head in screen.heads]
        look.html(look.table(heads, rows, kind="ig-stack"))
    for one in screen.measures:
        shape = look.status(Status(one["status"]))
        said = f"<p>{shape} {look.text(one['sentence'])}</p>"
        look.html(f"<h2>{look.text(one['title'])}</h2>{said}")
        spec = spec_from_json(json.dumps(one["chart"]))
        with st.expander("The chart, as frozen"):
            pictures.show(spec, f"meeting_{one['id']}")


def _decided(review: Review, screen: Screen) -> None:
    against: dict[int, list[str]] = {}
    for entry in review.told(Act.DISSENTED):
        said = f"{entry.person}: {entry.about['words']}"
        against.setdefault(entry.about["decision"], []).append(said)
    rows = [
        [
            f"{entry.number}",
            look.text(entry.about["decision"]),
            look.text(entry.about["words"]),
            look.text(entry.person),
            look.text(" ".join(against.get(entry.number, ["–"]))),
        ]
        for entry in review.told(Act.DECIDED)
        if entry.about["item"] == screen.key
    ]
    rows += [
        [
            look.text(entry.about["action_ref"]),
            "action",
            look.text(f"{entry.about['title']}, by {entry.about['due_on']}"),
            look.text(entry.about["owner"]),
            "–",
        ]
        for entry in review.told(Act.ACTION_RAISED)
        if entry.about["item"] == screen.key
    ]
    if rows:
        heads = ["No.", "What", "In words", "By", "Dissent"]
        look.html(look.card(look.table(heads, rows, kind="ig-stack")))


def _decide(reader: Reader, review: Review, screen: Screen) -> None:
    store, person = reader.store, reader.person
    left, right = st.columns(2, gap="medium")
    with left, st.form(f"decide_{screen.key}", clear_on_submit=True):
        look.html("<h2>Decide</h2>")
        decision = st.radio(
            "Decision", DECISIONS, horizontal=True, format_func=str.capitalize
        )
        words = st.text_area("In words", max_chars=acts.LONGEST)
        if st.form_submit_button("Take it down"):
            do(
                lambda: acts.decide(
                    store, review.id, person, screen.key, decision, words
                ),
                "The decision is taken down.",
            )
    mine = [e for e in review.told(Act.DECIDED) if e.about["item"] == screen.key]
    with right, st.form(f"act_{screen.key}", clear_on_submit=True):
        look.html("<h2>Raise an action</h2>")
        title = st.text_input("What is to be done", max_chars=200)
        owner = st.text_input("Owner, by role", max_chars=100)
        due = st.date_input(
            "By", reader.as_of + timedelta(days=90), format="DD/MM/YYYY"
        )
        effect = st.text_input("Expected effect", max_chars=200)
        measure = st.text_input("The measure it should move, by number", max_chars=10)
        if st.form_submit_button("Raise it"):
            day = due if isinstance(due, date) else reader.as_of
            raised = Raised(title, owner, day, effect, measure.strip().upper())
            do(
                lambda: acts.raise_action(store, review.id, person, screen.key, raised),
                "The action stands in the register.",
            )
    if mine:
        with st.form(f"dissent_{screen.key}", clear_on_submit=True):
            look.html("<h2>Dissent</h2>")
            which = st.selectbox(
                "From which decision",
                [e.number for e in mine],
                format_func=lambda n: next(
                    e.about["words"][:80] for e in mine if e.number == n
                ),
            )
            words = st.text_area("Your own view", max_chars=acts.LONGEST)
            if st.form_submit_button("Take the dissent down"):
                do(
                    lambda: acts.dissent(store, review.id, person, which, words),
                    "The dissent is taken down, with your name.",
                )


def _present(reader: Reader, review: Review) -> None:
    held = review.attendance
    if held is not None:
        said = f"Present: {listed(held.about['present'])}."
        if held.about["apologies"]:
            said += f" Apologies: {listed(held.about['apologies'])}."
        said += f" Conflicts of interest: {held.about['conflicts'] or 'none declared'}."
        said += f" Quorum {held.about['quorum']}."
        look.html(f"<p>{look.text(said)}</p>")
    if review.state != State.FROZEN or reader.person.role is Role.AUDITOR:
        return
    with st.form("meeting_present"):
        names = held.about["present"] if held else [review.chair, *review.people]
        present = st.text_area("Present, one a line", "\n".join(names))
        away = st.text_area("Apologies, one a line")
        conflicts = st.text_input("Conflicts of interest declared")
        quorum = st.number_input("Quorum", 1, 50, acts.QUORUM)
        if st.form_submit_button("Keep who is here"):
            do(
                lambda: acts.attend(
                    reader.store,
                    review.id,
                    reader.person,
                    present.splitlines(),
                    away.splitlines(),
                    conflicts,
                    int(quorum),
                ),
                "Who is here is kept.",
            )


def _sign(reader: Reader, review: Review) -> None:
    decisions = review.told(Act.DECIDED)
    count = number(len(decisions)) if decisions else "no"
    noun = "decision" if len(decisions) == 1 else "decisions"
    look.html(f"<p>The meeting took {count} {noun}.</p>")
    rows = [
        [
            look.text(entry.about["item"]),
            look.text(entry.about["decision"]),
            look.text(entry.about["words"]),
        ]
        for entry in decisions
    ]
    if rows:
        look.html(look.table(["Item", "Decision", "In words"], rows, kind="ig-stack"))
    if review.state == State.SEALED:
        signed = listed([one.person for one in review.signatures])
        look.html(f"<p>Signed by {look.text(signed)}. It is sealed.</p>")
        return
    for missing in acts.missing_to_seal(review):
        look.html(f"<p>{look.text(missing)}</p>")
    if reader.person.role is Role.AUDITOR:
        return
    store, person = reader.store, reader.person
    with st.container(horizontal=True):
        if st.button("Everything has been read back", key="meeting_read_back"):
            do(lambda: acts.read_back(store, review.id, person), "Read back.")
        if roles.may_decide(person.role):
            if st.button("Sign with my name", key="meeting_sign"):
                do(lambda: acts.sign(store, review.id, person), "You have signed.")
            if st.button("Seal the review", key="meeting_seal"):
                do(lambda: acts.seal(store, review.id, person), "The review is sealed.")
