"""What do the records say to a question in SQL, read only and naming nobody?"""

import pandas as pd
import streamlit as st

from oversight.explore import box, extract
from oversight.explore.box import Result
from oversight.reader import Reader
from oversight.sources import all_sources
from oversight.words import Role
from pages.parts import export, look

TITLE = "Ask in SQL"
SECTION = "explore"
ORDER = 8.35
SEEN_BY = (Role.IG_LEAD, Role.AUDITOR)

ANSWERED = "sql_answered"  # what was asked last, and what came of it
HEADS = ["Column", "Holds", "What it is"]
RULES = (
    "Each kind of record is a table, as known on the day above, in these homes. Staff"
    " and residents stand by pseudonym, free text is left out, and of a log of more"
    f" than {extract.MOST:,} rows the newest are there. One SELECT at a time, at"
    " most 1,000 rows are shown, and every question is in the journal with your name."
)
EXAMPLES = {
    "Incidents by cause, with the mean hours to close": """
select
    cause,
    count(*) as incidents,
    round(avg(date_diff('hour', aware_at, closed_at))) as hours_to_close
from incidents
group by cause
order by incidents desc""",
    "Staff in post with no training of the last year, by home": """
select homes.name, count(*) as staff
from staff
inner join homes on staff.home = homes.home_ref
where staff.left_on is null and staff.staff_ref not in (
    select staff_ref from training
    where completed_on > current_date - interval 1 year and staff_ref is not null
)
group by homes.name
order by staff desc""",
    "Looks at records by hour of the day": """
select extract(hour from occurred_at) as hour, count(*) as looks
from access_events
where event_type = 'view'
group by hour
order by hour""",
    "Requests that took longest": """
select
    request_type,
    received_on,
    answered_on,
    date_diff('day', received_on, answered_on) as days
from requests
where answered_on is not null
order by days desc
limit 20""",
}


def render(reader: Reader) -> None:
    """A box to ask in, the tables beside it, and what came of the last question."""
    top = st.container()
    asking, beside = st.columns([3, 2], gap="medium")
    with beside:
        _schema()
    with asking:
        _ask(reader)
    sql, found = st.session_state.get(ANSWERED, ("", None))
    with top:
        is_empty = found is None and extract.is_empty(reader)
        nothing = "Nothing has been imported yet."
        look.answer(nothing if is_empty else _sentence(found))
        if isinstance(found, str):
            look.html(f'<p class="ig-fault" role="alert">{look.text(found)}</p>')
    if isinstance(found, Result):
        with asking:
            _answered(reader, sql, found)


def _sentence(found: Result | str | None) -> str:
    if found is None:
        return "Ask the records in SQL: nothing can be changed."
    if isinstance(found, str):
        return "That question was not answered."
    rows = f"{len(found.rows):,} row{'' if len(found.rows) == 1 else 's'}"
    first = "The first " if found.has_more else ""
    return f"{first}{rows}, in {found.milliseconds:,} ms. Not a reported figure."


def _ask(reader: Reader) -> None:
    def take_example() -> None:
        chosen = st.session_state.sql_example
        if chosen:
            st.session_state.sql_words = EXAMPLES[chosen].strip()

    look.html(f'<p class="ig-small">{look.text(RULES)}</p>')
    st.selectbox(
        "An example to begin with",
        ["", *EXAMPLES],
        format_func=lambda one: one or "Choose one",
        key="sql_example",
        on_change=take_example,
    )
    with st.form("sql_ask"):
        sql = st.text_area(
            "Your question in SQL", key="sql_words", height=220, max_chars=box.LONGEST
        )
        if st.form_submit_button("Ask"):
            try:
                st.session_state[ANSWERED] = (sql, box.ask(reader, sql))
            except box.Refused as why:
                st.session_state[ANSWERED] = (sql, str(why))


def _schema() -> None:
    sources = all_sources()
    kind = st.selectbox(
        "Table",
        list(sources),
        list(sources).index("incidents"),
        format_func=lambda one: f"{one} – {sources[one].title}",
        key="sql_table",
    )
    rows = [
        [
            f"<code>{look.text(one.name)}</code>",
            look.text(one.holds),
            look.text(one.meaning),
        ]
        for one in extract.schema(kind)
    ]
    body = look.table(HEADS, rows, kind="ig-stack ig-schema")
    head = f"Columns of {look.text(kind)}"
    look.html(
        look.card(
            f'<h2>{head}</h2><div class="ig-tall" tabindex="0" role="region"'
            f' aria-label="{head}">{body}</div>'
        )
    )


def _answered(reader: Reader, sql: str, found: Result) -> None:
    with st.container(border=True, key="card_sql"):
        look.html(f"<h2>{len(found.rows):,} rows</h2>")
        if not found.rows:
            look.html("<p>No row is like that.</p>")
            return
        heads = _told_apart(found.heads)
        st.dataframe(
            pd.DataFrame(found.rows, columns=heads),
            hide_index=True,
            key="sql_table_answer",
            placeholder="–",
            alt="What the question in SQL gave",
        )
        words = " ".join(sql.split())
        export.offer(
            reader, "Answer in SQL (exploratory)", heads, found.rows, "sql", sql=words
        )


def _told_apart(heads: tuple[str, ...]) -> list[str]:
    """Names of columns, each once: SQL may give one twice."""
    found: list[str] = []
    for head in heads:
        name, times = head, 1
        while name in found:
            times += 1
            name = f"{head} ({times})"
        found.append(name)
    return found
