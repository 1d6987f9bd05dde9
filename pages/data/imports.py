"""What would these files change, and shall they? Seen first, then taken in or back."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from oversight import bringing
from oversight.arrivals import Report
from oversight.arrivals.jobs import Job
from oversight.arrivals.preview import Preview
from oversight.bringing import Said
from oversight.reader import Reader
from oversight.reading_room.readers import FileRefused
from oversight.reading_room.recognition import may_be_mapped
from oversight.sources import all_sources
from oversight.store import StoreError
from oversight.verdicts import sentences
from oversight.words import Role
from pages.parts import look
from pages.parts.mapping import draw_mapping
from pages.parts.preview import show_preview
from pages.parts.templates import offer_templates

TITLE = "Import"
SECTION = "data"
ORDER = 8.2
SEEN_BY = (Role.IG_LEAD,)

# What this page keeps of a visit.
ROUND, JOB, SEEN, SAID = (
    "imports_round",
    "imports_job",
    "imports_seen",
    "imports_said",
)
QUICK = 1.5  # seconds: a small file is in before a progress bar would be drawn
LOOK_EVERY = 1.0
FOUND_OUT = "found out from the file"


def render(reader: Reader) -> None:
    """Choose, see, confirm; or take an earlier file back."""
    job: Job | None = st.session_state.get(JOB)
    if job is not None and not job.done.wait(QUICK):
        look.answer(f"Taking in {_files(job.total)}: nothing is half done meanwhile.")
        _progress(job)
        return
    if job is not None:
        look.answer(_became_of(job))
        _reports(job)
        return
    _choose(reader)
    _take_back(reader)
    _templates()


def _choose(reader: Reader) -> None:
    is_new = not bringing.taken_in(reader)
    answer = st.container()
    most = st.get_option("server.maxUploadSize")
    files = st.file_uploader(
        f"CSV files or workbooks, each up to {most} MB",
        accept_multiple_files=True,
        key=f"imports_files_{_round()}",
        help="A file stands in a private folder while it is read, and is then removed."
        " What is kept of it are its checked rows.",
    )
    if not files:
        begin = "Nothing has been imported yet. " if is_new else ""
        with answer:
            look.answer(f"{begin}Choose files: they are shown before anything is kept.")
        _tell_what_happened()
        return
    _tell_what_happened()
    ready: list[tuple[str, memoryview, Said]] = []
    seen: list[Preview] = []
    for at, file in enumerate(files):
        with st.container(border=True, key=f"imports_file_{at}"):
            said = _say_more(reader, at)
            found = _look(reader, file, said)
            show_preview(found, _titles(), f"imports_{at}")
            if _is_unknown(found):
                _map(reader, file, at)
            seen.append(found)
            if found.report and found.report.state == "would_accept":
                ready.append((file.name, file.getbuffer(), said))
    with answer:
        look.answer(_would_become(seen))
    if ready and st.button(
        f"Take in {_files(len(ready))}", type="primary", key="imports_confirm"
    ):
        st.session_state[JOB] = bringing.bring(reader, ready)
        st.session_state.pop(SEEN, None)
        st.rerun()


def _titles() -> dict[str, str]:
    return {kind: source.title for kind, source in all_sources().items()}


def _say_more(reader: Reader, at: int) -> Said:
    key = f"imports_{_round()}_{at}"
    with st.expander("Say more about this file"):
        titles, homes = _titles(), look.told_apart(reader.homes())
        kind = st.selectbox(
            "Kind of record",
            sorted(titles, key=lambda each: titles[each]),
            index=None,
            format_func=lambda each: titles[each],
            placeholder=FOUND_OUT,
            key=f"{key}_kind",
        )
        profile = st.selectbox(
            "Layout",
            sorted(bringing.profiles(reader)),
            index=None,
            placeholder=FOUND_OUT,
            key=f"{key}_profile",
        )
        home = st.selectbox(
            "The one home that sent it",
            list(homes),
            index=None,
            format_func=lambda each: homes[each],
            placeholder="each row says its own",
            key=f"{key}_home",
        )
        taken_on = st.date_input(
            "The day it was taken", None, format="DD/MM/YYYY", key=f"{key}_taken_on"
        )
    return Said(kind, profile, home, taken_on)


def _look(reader: Reader, file: UploadedFile, said: Said) -> Preview:
    """What a file would do, asked once for each way it is asked about."""
    kept = st.session_state.setdefault(SEEN, {})
    asked = (file.file_id, said, bringing.newest(reader))
    if asked not in kept:
        with st.spinner(f"Reading {file.name}"):
            kept[asked] = bringing.look(reader, file.name, file.getbuffer(), said)
    return kept[asked]


def _is_unknown(found: Preview) -> bool:
    report = found.report
    return bool(report and report.state == "refused" and may_be_mapped(report.message))


def _map(reader: Reader, file: UploadedFile, at: int) -> None:
    """A layout made here for a file that has none known; then the file is seen anew."""
    try:
        headed = bringing.headed(reader, file.name, file.getbuffer())
    except FileRefused:
        return
    drawn = draw_mapping(headed, f"imports_{_round()}_{at}_map")
    if drawn is None:
        return
    name, said = drawn
    if st.button("Keep it and see what the file would do", key=f"imports_map_{at}"):
        try:
            profile = bringing.save_mapping(reader, name, said)
        except StoreError as refusal:
            look.html(f'<p class="ig-fault" role="alert">{look.text(str(refusal))}</p>')
            return
        st.session_state[SAID] = f"The layout is kept as {profile.name}."
        st.rerun()


def _would_become(seen: list[Preview]) -> str:
    reports = [each.report for each in seen if each.report]
    ready = [r for r in reports if r.state == "would_accept"]
    changed = sum(r.rows_accepted for r in ready)
    refused = sum(r.rows_refused for r in ready)
    if not ready:
        these = "This file is" if len(reports) == 1 else "None of these files is"
        return f"{these} {'not ' if len(reports) == 1 else ''}taken in as it stands."
    count = sentences.number(len(ready), start=True)
    rows = "1 row" if changed == 1 else f"{changed:,} rows"
    return (
        f"{count} of {_files(len(reports))} can be taken in: {rows} new or changed,"
        f" {refused:,} refused. Nothing is kept yet."
    )


@st.fragment(run_every=LOOK_EVERY)
def _progress(job: Job) -> None:
    if job.done.is_set():
        st.rerun()
    done = len(job.reports)
    share = min((done + job.watch.share) / job.total, 1.0)
    st.progress(share, f"File {min(done + 1, job.total)}: {job.watch.in_words()}")
    if st.button("Cancel", key="imports_cancel"):
        job.cancel()


def _became_of(job: Job) -> str:
    took = sum(report.state == "accepted" for report in job.reports)
    if job.fault:
        return "Something went wrong on our side: the file in hand was not taken in."
    return f"{sentences.number(took, start=True)} of {_files(job.total)} taken in."


def _reports(job: Job) -> None:
    for report in job.reports:
        look.html(look.card(_report(report)))
    if st.button("Bring in more", type="primary", key="imports_more"):
        st.session_state.pop(JOB)
        st.session_state[ROUND] = _round() + 1
        st.rerun()


def _report(report: Report) -> str:
    arrival = f" (arrival {report.arrival})" if report.arrival else ""
    return (
        f"<h2>{look.text(report.file)}: {look.text(report.state.replace('_', ' '))}"
        f"{arrival}</h2><p>{look.text(report.message)}</p>"
    )


def _take_back(reader: Reader) -> None:
    there = {int(str(row["number"])): row for row in bringing.taken_in(reader)}
    if not there:
        return
    with st.expander("Take a file back"), st.form(f"imports_undo_{_round()}"):
        number = st.selectbox(
            "Which arrival",
            list(there),
            index=None,
            format_func=lambda each: f"{each}: {there[each]['file_name']}",
            placeholder="Choose one",
            key=f"imports_undo_which_{_round()}",
        )
        why = st.text_input("Why (it is kept)", "", key=f"imports_undo_why_{_round()}")
        if st.form_submit_button("Take it back"):
            _took_back(reader, number, why)


def _took_back(reader: Reader, number: int | None, why: str) -> None:
    if number is None:
        look.html('<p class="ig-fault" role="alert">Wanted an arrival; choose one.</p>')
        return
    try:
        report = bringing.take_back(reader, number, why)
    except StoreError as refusal:
        look.html(f'<p class="ig-fault" role="alert">{look.text(str(refusal))}</p>')
        return
    st.session_state[SAID] = report.message
    st.session_state[ROUND] = _round() + 1
    st.rerun()


def _tell_what_happened() -> None:
    if said := st.session_state.pop(SAID, None):
        look.html(f'<p class="ig-note ig-done" role="status">{look.text(said)}</p>')


def _templates() -> None:
    with st.expander("Files to fill"):
        titles = _titles()
        kind = st.selectbox(
            "For which kind of record",
            sorted(titles, key=lambda each: titles[each]),
            index=None,
            format_func=lambda each: titles[each],
            placeholder="Choose one",
            key="imports_template",
        )
        if kind is not None:
            offer_templates(all_sources()[kind], "imports")


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _round() -> int:
    return int(st.session_state.get(ROUND, 0))
