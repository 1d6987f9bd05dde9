"""Can today's numbers be trusted? What came in, how old it is, what was refused."""

import pandas as pd
import streamlit as st

from oversight import asked
from oversight.reader import Age, Reader
from oversight.sources import all_sources
from oversight.statements import Stated
from oversight.verdicts import sentences
from oversight.verdicts.sure import Mark
from oversight.words import Role, Status
from pages.parts import export, look, stated
from pages.parts.missing import HOW

TITLE = "Data"
SECTION = "data"
ORDER = 3
SEEN_BY = (Role.IG_LEAD,)

number, words = st.column_config.NumberColumn, st.column_config.TextColumn
ARRIVALS = {
    "number": number("No.", width=50),
    "known_at": st.column_config.DatetimeColumn(
        "Arrived", format=look.TIME_FORMAT, timezone=look.UK, width=150
    ),
    "title": words("Kind", width=170),
    "file_name": words("File", width=250),
    "taken_on": st.column_config.DateColumn("Taken on", format=look.DAY_FORMAT),
    "state": words("State", width=80),
    "rows_read": number("Read", width=60),
    "rows_accepted": number("New", width=60),
    "rows_unchanged": number("As before", width=80),
    "rows_refused": number("Refused", width=70),
    "rows_warned": number("Warned", width=70),
    "message": words("What became of it", width=420),
    "person": words("By", width=80),
    "sha256": words("Checksum", width=110),
}
FINDINGS = {
    "severity": words("Result", width=70),
    "file_name": words("File", width=250),
    "row": number("Row", width=60),
    "reason": words("Why", width=880),
}


def render(reader: Reader) -> None:
    """The sources and their ages, rows of no home, what was refused, every file."""
    arrivals = reader.arrivals()
    if not arrivals:
        look.answer("Nothing has been imported yet.")
        why = "Without records every measure is not known. Start with the homes."
        look.empty("No data", why, f"<p>{look.text(HOW)}</p>")
        return
    ages = reader.ages(all_sources())
    look.answer(_answer(ages, arrivals))
    stated.tell_what_was_said()
    _ages(ages, asked.marks(reader, [age.kind for age in ages]), reader)
    if stated.may(reader, Stated.SOURCE_CHECKED):
        with st.container(border=True, key="checked"):
            stated.source(reader, list(all_sources()), "data")
    _unmatched(reader)
    _findings(reader.findings())
    _arrivals(arrivals)


def _answer(ages: list[Age], arrivals: list[dict[str, object]]) -> str:
    current = sentences.number(sum(not age.doubts for age in ages), start=True)
    accepted = [row for row in arrivals if row["state"] == "accepted"]
    newest = {row["kind"]: row["rows_refused"] for row in reversed(accepted)}
    refused = sum(int(str(rows)) for rows in newest.values())
    return (
        f"{current} of {sentences.number(len(ages))} sources are current."
        f" {sentences.number(refused, start=True)} {'row' if refused == 1 else 'rows'}"
        f" of the newest files {'was' if refused == 1 else 'were'} refused."
    )


def _ages(ages: list[Age], marks: dict[str, Mark], reader: Reader) -> None:
    rows = [
        [
            look.text(all_sources()[age.kind].title),
            look.shape(Status.NOT_KNOWN, "behind")
            if age.doubts
            else look.shape(Status.MET, "current"),
            look.day(age.data_to),
            f"{all_sources()[age.kind].freshness_days} days",
            look.text(" ".join(map(sentences.doubt_in_words, age.doubts)) or "–"),
            look.text(marks[age.kind].words),
            look.text(all_sources()[age.kind].owner),
        ]
        for age in sorted(ages, key=lambda age: not age.doubts)
    ]
    behind, sure = "What is behind", "How sure"
    heads = ["Source", "State", "Data to", "Allowed", behind, sure, "Owner"]
    look.html(look.card(look.table(heads, rows, kind="ig-stack")))
    export.offer_shown(reader, "Sources", heads, rows, "sources")


def _unmatched(reader: Reader) -> None:
    unmatched = reader.unmatched()
    if unmatched:
        said = ", ".join(f"{row['rows']} of {row['kind']}" for row in unmatched)
        look.html(
            look.card(
                "<h2>Rows of a home that is not on the register</h2>"
                f"<p>{look.text(said)}. They are counted for the company under"
                " &ldquo;unmatched&rdquo; and belong to no home until the register"
                " knows the name they were sent under.</p>"
            )
        )


def _findings(findings: list[dict[str, object]]) -> None:
    with st.container(border=True, key="findings"):
        look.html(
            f"<h2>Refused and warned of in the newest files ({len(findings)})</h2>"
        )
        if not findings:
            look.html("<p>Every row was taken as it came.</p>")
            return
        st.dataframe(
            pd.DataFrame(findings),
            hide_index=True,
            key="findings_table",
            column_order=list(FINDINGS),
            column_config=FINDINGS,
            placeholder="–",
            alt="Rows refused or warned of in the newest files, and why",
        )


def _arrivals(arrivals: list[dict[str, object]]) -> None:
    frame = pd.DataFrame(arrivals)
    titles = {kind: source.title for kind, source in all_sources().items()}
    frame["title"] = frame["kind"].map(titles).fillna(frame["kind"])
    with st.container(border=True, key="arrivals"):
        look.html(f"<h2>Every file that came in ({len(arrivals)})</h2>")
        st.dataframe(
            frame,
            hide_index=True,
            key="arrivals_table",
            column_order=list(ARRIVALS),
            column_config=ARRIVALS,
            placeholder="–",
            alt="Every file that came in, newest first, and what became of it",
        )
