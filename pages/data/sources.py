"""Can today's numbers be trusted? What came in, how old it is, what was refused."""

import pandas as pd
import streamlit as st

from oversight import verdicts
from oversight.reader import Age, Reader
from oversight.sources import all_sources
from oversight.words import Role, Status
from pages.parts import look

TITLE = "Data"
SECTION = "data"
ORDER = 3
SEEN_BY = (Role.IG_LEAD,)

ARRIVAL_HEADS = {
    "number": "No.",
    "file_name": "File",
    "kind": "Kind",
    "taken_on": "Taken on",
    "rows_read": "Read",
    "rows_accepted": "New or changed",
    "rows_unchanged": "As before",
    "rows_refused": "Refused",
    "rows_warned": "Warned",
    "state": "State",
    "known_at": "Arrived (UTC)",
    "person": "By",
    "sha256": "Checksum",
    "message": "What became of it",
}
FINDING_HEADS = {
    "severity": "Result",
    "file_name": "File",
    "row": "Row",
    "heading": "Column",
    "reason": "Why",
}


def render(reader: Reader) -> None:
    """The sources and their ages, rows of no home, what was refused, every file."""
    arrivals = reader.arrivals()
    if not arrivals:
        look.answer("Nothing has been imported yet.")
        look.empty(
            "No data",
            "Without it every measure is not known.",
            "Start with the register of homes: python -m oversight import FILE",
        )
        return
    ages = reader.ages(all_sources())
    late = [age for age in ages if age.doubts]
    current = f"{verdicts.number(len(ages) - len(late), start=True)} of {len(ages)}"
    refused = sum(int(str(row["rows_refused"])) for row in arrivals[: len(ages)])
    look.answer(
        f"{current} sources are current;"
        f" {refused} rows of the newest files were refused."
    )
    _ages(ages)
    _unmatched(reader)
    _findings(reader)
    with st.container(border=True, key="arrivals"):
        look.html(f"<h3>Every file that came in ({len(arrivals)})</h3>")
        frame = pd.DataFrame(arrivals)[list(ARRIVAL_HEADS)].rename(
            columns=ARRIVAL_HEADS
        )
        st.dataframe(frame, hide_index=True, key="arrivals_table")


def _ages(ages: list[Age]) -> None:
    rows = []
    for age in ages:
        source = all_sources()[age.kind]
        words = " ".join(verdicts.doubt_in_words(doubt) for doubt in age.doubts)
        rows.append(
            [
                look.text(source.title),
                look.day(age.data_to),
                f"{source.freshness_days} days",
                look.shape(Status.NOT_KNOWN, "behind")
                if age.doubts
                else look.shape(Status.MET, "current"),
                look.text(words or "–"),
                look.text(source.owner),
            ]
        )
    heads = ["Source", "Data to", "Allowed", "", "What is behind", "Owner"]
    look.html(look.card(look.table(heads, rows)))


def _unmatched(reader: Reader) -> None:
    unmatched = reader.unmatched()
    if unmatched:
        said = ", ".join(f"{row['rows']} of {row['kind']}" for row in unmatched)
        look.html(
            look.card(
                "<h3>Rows of a home that is not on the register</h3>"
                f"<p>{look.text(said)}. They are counted for the company under"
                " &ldquo;unmatched&rdquo; and belong to no home until the register"
                " knows the name they were sent under.</p>"
            )
        )


def _findings(reader: Reader) -> None:
    findings = reader.findings()
    with st.container(border=True, key="findings"):
        look.html(
            f"<h3>Refused and warned of in the newest files ({len(findings)})</h3>"
        )
        if findings:
            frame = pd.DataFrame(findings)[list(FINDING_HEADS)].rename(
                columns=FINDING_HEADS
            )
            st.dataframe(frame, hide_index=True, key="findings_table")
