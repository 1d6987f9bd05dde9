"""Is this year's management review prepared, frozen, signed? Where are its papers?"""

from datetime import date
from typing import Any

import streamlit as st

from oversight import pack, roles
from oversight.pack import Audience
from oversight.reader import Reader
from oversight.review import acts, room
from oversight.review.record import Act, Review, State
from oversight.review.room import Ready
from oversight.verdicts.sentences import day_in_words, listed, number
from oversight.words import Role
from pages.parts import look
from pages.parts.deeds import do, say_what_happened

TITLE = "Review"
SECTION = "review"
ORDER = 8.5
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR)

READY_HEADS = ["Source", "To chase", "In doubt", "Reads not known"]
MIME = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PAPERS = {"pdf": "PDF", "pptx": "PowerPoint", "docx": "Word", "xlsx": "Excel"}
WHOM = {
    Audience.OUTSIDE: "Anybody: small counts hidden, no case listed",
    Audience.GROUP: "The management group: everything",
}


def render(reader: Reader) -> None:
    """The newest review as it stands, what it waits for, and a form to plan one."""
    found = room.reviews(reader)
    if not found:
        look.answer("No review is planned. The policy asks for one each year (10.4).")
        say_what_happened()
        _plan(reader)
        return
    ids = [one.id for one in found]
    asked = st.query_params.get("review", "")
    review = found[ids.index(asked) if asked in ids else 0]
    if review.state == State.PLANNED:
        _planned(reader, review)
    else:
        _frozen(reader, review)
    if len(found) > 1:
        rows = [
            [
                look.link("review", one.id, review=one.id),
                look.day(one.held_on),
                one.state,
            ]
            for one in found
        ]
        table = look.table(["Review", "Held", "State"], rows)
        look.html(look.card(f"<h2>Every review</h2>{table}"))
    _plan(reader)


def _planned(reader: Reader, review: Review) -> None:
    ready = room.readiness(reader, review)
    doubtful = [one for one in ready if one.doubts]
    rest = (
        f"{number(len(doubtful), start=True)} of {len(ready)} sources cannot be relied"
        " on."
        if doubtful
        else f"All {len(ready)} sources are current."
    )
    look.answer(
        f"Review {review.id} is planned for {day_in_words(review.held_on)}. {rest}"
    )
    say_what_happened()
    _about(review)
    with st.container(border=True, key="review_ready"):
        look.html("<h2>Is everything here that the review needs?</h2>")
        rows = [_ready(one) for one in ready]
        look.html(look.table(READY_HEADS, rows, kind="ig-stack"))
        if roles.may_prepare(reader.person.role):
            _freeze(reader, review, doubtful)
        else:
            look.html('<p class="ig-small">The IG lead freezes the figures.</p>')
    _comment(reader, review)


def _ready(one: Ready) -> list[str]:
    return [
        f"<strong>{look.text(one.title)}</strong>",
        look.text(one.owner) if one.doubts else "–",
        look.text(" ".join(one.doubts)) or "no",
        look.text(listed(list(one.unknown))) if one.doubts and one.unknown else "–",
    ]


def _freeze(reader: Reader, review: Review, doubtful: list[Ready]) -> None:
    with st.form("review_freeze", border=False):
        ticked = [
            one.kind
            for one in doubtful
            if st.checkbox(
                f"I accept that {one.title} is frozen as it stands",
                key=f"review_accept_{one.kind}",
            )
        ]
        if st.form_submit_button("Freeze the figures"):
            do(
                lambda: room.freeze_now(reader, review, ticked),
                f"Review {review.id} is frozen.",
            )


def _comment(reader: Reader, review: Review) -> None:
    told = review.told(Act.COMMENTED)
    with st.container(border=True, key="review_comments"):
        look.html("<h2>Comments beforehand</h2>")
        if told:
            rows = [
                [
                    look.text(e.about["item"]),
                    look.text(e.about["words"]) + _asked_of(e.about),
                    look.text(e.person),
                ]
                for e in told
            ]
            look.html(look.table(["Item", "Comment", "By"], rows, kind="ig-stack"))
        if not roles.may_comment(reader.person.role):
            look.html('<p class="ig-small">Managers and the IG lead comment.</p>')
            return
        with st.form("review_comment", border=False, clear_on_submit=True):
            item = st.text_input("Item of the agenda", key="review_item", max_chars=120)
            words = st.text_area("Comment", key="review_words", max_chars=acts.LONGEST)
            if st.form_submit_button("Keep the comment"):
                do(
                    lambda: acts.comment(
                        reader.store, review.id, reader.person, item, words
                    ),
                    "The comment is kept, with your name.",
                )


def _asked_of(about: dict[str, Any]) -> str:
    """The way back to what a question was asked of, where it came from Explore."""
    asked = about.get("question")
    return f" {look.link('explore', 'See what it is about', **asked)}" if asked else ""


def _frozen(reader: Reader, review: Review) -> None:
    document = room.document_of(reader, review)
    differs = room.differs_now(reader, review, document)
    count = number(len(differs), start=True) if differs else "No"
    since = f"{count} {'figure differs' if len(differs) == 1 else 'figures differ'}"
    state = (
        f"is sealed, signed by {listed([one.person for one in review.signatures])}"
        if review.state == State.SEALED
        else "is frozen and not yet signed"
    )
    look.answer(f"Review {review.id} {state}. {since} since the freeze.")
    say_what_happened()
    _about(review)
    there = look.link("meeting", "Go to the meeting", review=review.id)
    look.html(f"<p>{look.text(document['first_sentence'])} {there}.</p>")
    if differs:
        rows = [
            [
                f"<strong>{look.text(one.title)}</strong>",
                look.text(one.then),
                look.text(one.now),
            ]
            for one in differs
        ]
        table = look.table(["Measure", "As frozen", "By now"], rows, kind="ig-stack")
        title = "<h2>What differs since the freeze</h2>"
        look.html(look.card(f"{title}<p>What was frozen stays as it was.</p>{table}"))
    _papers(reader, review)
    if review.state == State.SEALED:
        _add(reader, review)


def _about(review: Review) -> None:
    people = f", with {listed(list(review.people))}" if review.people else ""
    period = f"{look.day(review.period_from)} to {look.day(review.period_to)}"
    said = f"Period {period}. Chair {review.chair}{people}."
    if review.frozen_at is not None:
        said += (
            f" Frozen by {review.frozen_by} on {look.day(review.frozen_at.date())},"
            f" snapshot {(review.snapshot or '')[:12]}."
        )
    look.html(f'<p class="ig-small">{look.text(said)}</p>')


def _papers(reader: Reader, review: Review) -> None:
    with st.container(border=True, key="review_papers"):
        look.html("<h2>The papers</h2>")
        audience = st.radio(
            "For whom", list(WHOM), format_func=WHOM.__getitem__, key="review_whom"
        )
        if audience is Audience.GROUP and reader.person.role is Role.AUDITOR:
            look.html('<p class="ig-small">Case lists are for the group alone.</p>')
            return
        with st.container(horizontal=True):
            for name, title in PAPERS.items():
                st.download_button(
                    title,
                    data=lambda name=name: pack.body(
                        reader.store, review, audience, name
                    ),
                    file_name=pack.file_name(review, audience, name),
                    mime=MIME[name],
                    key=f"review_paper_{name}",
                    on_click="ignore",
                )
        if review.state != State.SEALED:
            look.html(
                '<p class="ig-small">Until it is sealed each is marked a draft.</p>'
            )


def _add(reader: Reader, review: Review) -> None:
    for entry in review.told(Act.ADDED):
        by = f"{entry.person}, {look.day(entry.at.date())}"
        look.html(
            f"<p>{look.text(entry.about['words'])} <small>{look.text(by)}</small></p>"
        )
    if reader.person.role is Role.AUDITOR:
        return
    with st.form("review_add", clear_on_submit=True):
        look.html("<h2>Add to it</h2>")
        words = st.text_area("Addendum", key="review_addendum", max_chars=acts.LONGEST)
        if st.form_submit_button("Add, with today's date"):
            do(
                lambda: acts.add(reader.store, review.id, reader.person, words),
                "The addendum is kept.",
            )


def _plan(reader: Reader) -> None:
    if not roles.may_prepare(reader.person.role):
        return
    today = reader.as_of
    year_ago = today.replace(year=today.year - 1, day=min(today.day, 28))
    with st.form("review_plan"):
        look.html("<h2>Plan a review</h2>")
        first = _day("First day of the period", year_ago, "review_from")
        last = _day("Last day of the period", today, "review_to")
        held = _day("Day it is held", today, "review_held")
        chair = st.text_input("Chair", key="review_chair", max_chars=120)
        people = st.text_input(
            "Who else takes part, divided by commas",
            key="review_people",
            max_chars=1000,
        )
        if st.form_submit_button("Plan it"):
            do(
                lambda: room.plan(
                    reader, (first, last), held, chair, people.split(",")
                ),
                "The review is planned.",
            )


def _day(label: str, value: date, key: str) -> date:
    said = st.date_input(label, value, format="DD/MM/YYYY", key=key)
    return said if isinstance(said, date) else value
