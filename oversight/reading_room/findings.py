"""What is wrong with a row, in SQL: needed, readable, fit to keep, the kind's own."""

from collections.abc import Sequence

from oversight.reading_room.profiles import Profile
from oversight.sources import Source, SourceColumn
from oversight.store import Cursor

DATE, TIME, TEXT = "a date", "a UK time", "text"
REFERENCE = "a reference"
# Stands for somebody who must not be known from it; whoever wrote a name is not kept.
PSEUDONYM = "a pseudonym"
# How a spreadsheet shortens a long number: what it stood for cannot be had back.
SHORTENED = r"^\d(\.\d+)?[eE]\+\d+$"
# Cells of these are read or refused as a whole: nothing else can stand in them.
CLOSED = (
    "a date",
    "a UK time",
    "a whole number",
    "a percentage",
    "one of:",
    "one or more of:",
    "yes or no",
)


def select_findings(
    profile: Profile, source: Source, rows: str = "row is not null"
) -> str:
    """SQL: the findings of the tables `misshapen`, `sent` and `judged`.

    A refused row's warnings are left out: they follow from what was not read.
    rows: which rows of `sent` are looked at.
    """
    columns = source.columns
    open_ones = [c for c in columns if not c.wanted.startswith(CLOSED)]
    heading = _by_column({c.name: text(heading_of(profile, c.name)) for c in columns})
    value = _by_column({c.name: _shown(c) for c in columns})
    dates = text(profile.dates)
    return f"""
        with found as (
            select
                sent.row,
                'refused' as severity,
                unnest({_names(columns)}) as name,
                unnest([{", ".join(map(_refuses, columns))}]) as wanted
            from sent
            inner join judged on judged.row = sent.row
            where sent.{rows}
            union all
            select
                row,
                'warned',
                unnest({_names(open_ones)}),
                unnest([{", ".join(map(_warns, open_ones))}])
            from sent
            where {rows}
            union all
            select row, finding.severity, finding.column_name, finding.wanted
            from (select row, unnest(findings) as finding from judged where {rows})
        ),
        told as (
            select
                row,
                severity,
                name,
                wanted,
                bool_or(severity = 'refused') over (partition by row) as is_refused
            from found
            where wanted is not null
        ),
        seen as (
            select told.*, {heading} as heading, {value} as value
            from told
            inner join sent on sent.row = told.row
        )
        select
            row,
            heading,
            value,
            severity,
            case
                when value is null then wanted
                when wanted = {text(DATE)} then wants_date(value, {dates})
                when wanted = {text(TIME)} then wants_time(value, {dates})
                else wanted
            end as wanted
        from seen
        where severity = 'refused' or not is_refused
        union all
        select row, '', got, 'refused', wanted from misshapen
    """


def may_be_found(source: Source) -> str:
    """SQL: whether there may be findings about a row of `sent` beside its `judged`.

    Looking closely costs more than all the rest of the road, and of most rows there is
    nothing to say: this asks less, and never passes over a row with a finding.
    """
    open_ones = [c for c in source.columns if not c.wanted.startswith(CLOSED)]
    cells = ", ".join(f'sent."{column.name}"' for column in open_ones)
    texts = [f'sent."{c.name}"' for c in open_ones if c.wanted == TEXT]
    needed = [f'sent."{c.name}" is null' for c in source.columns if c.is_needed]
    unread = [
        f'(judged."{c.name}" is null and sent."{c.name}" is not null)'
        for c in source.columns
    ]
    named = [f"regexp_matches({cell}, identifier())" for cell in texts]
    named += [
        f'no_pseudonym(sent."{c.name}")' for c in open_ones if c.wanted == PSEUDONYM
    ]
    return f"""
        list_count(judged.findings) > 0
        or {" or ".join([*needed, *unread, *named])}
        or regexp_matches(
            concat_ws(chr(10), {cells}),
            '(?m)^[=@+-]|{SHORTENED}|' || ni_number()
        )
    """


def select_keyed(source: Source, judged: str = "judged", mark: str = "") -> str:
    """SQL: the judged rows, each with its key (row_key) and its hash (row_hash).

    The key is null where it cannot be read, or would keep what must not be kept.
    judged: the table, or a part of it. mark: stands in the key instead of the row's
    place among its likes.
    """
    key = ", ".join(f'fold(judged."{name}"::varchar)' for name in source.key)
    # A part that need not be given may be blank: the rest still says which row it is.
    needed = [c.name for c in source.columns if c.is_needed and c.name in source.key]
    readable = " and ".join(f'judged."{name}" is not null' for name in needed)
    likes = f"row_number() over (partition by {key} order by judged.row)"
    likes = text(mark) if mark else likes
    numbered = f" || '#' || {likes}" if source.repeats else ""
    cells = ", ".join(f'judged."{column.name}"::varchar' for column in source.columns)
    pseudonyms = [c.name for c in source.columns if c.wanted == PSEUDONYM]
    telling = " ".join(
        f'and not no_pseudonym(judged."{name}")'
        for name in pseudonyms
        if name in source.key
    )
    return f"""
        select
            judged.* exclude (findings),
            case
                when {readable}
                    and not regexp_matches(concat_ws(' ', {key}), ni_number())
                    {telling}
                    then concat_ws('|', {key}){numbered}
            end as row_key,
            md5(to_json([{cells}])) as row_hash
        from {judged}
    """


def add_repeats(profile: Profile, source: Source) -> str:
    """SQL: the same row again changes nothing; another under its key is refused."""
    first = source.key[0]
    key = " and ".join(heading_of(profile, name) for name in source.key)
    return f"""
        create temp table repeated as
        select
            keyed.row,
            first.row as first_row,
            keyed.row_hash = first.row_hash as is_same
        from keyed
        inner join (
            select row_key, arg_min(row, row) as row, arg_min(row_hash, row) as row_hash
            from keyed
            where row_key is not null
                and row not in (select row from finding where severity = 'refused')
            group by row_key
        ) as first on first.row_key = keyed.row_key and first.row < keyed.row
        where keyed.row not in (select row from finding where severity = 'refused');

        delete from finding using repeated where finding.row = repeated.row;

        insert into finding
        select
            repeated.row, {text(heading_of(profile, first))}, sent."{first}", 'refused',
            {text(f"one row for each {key}: row ")} || first_row
            || ' has this one and says otherwise'
        from repeated
        inner join sent on sent.row = repeated.row
        where not is_same;
    """


def refuse_other_homes(
    room: Cursor, profile: Profile, home_names: Sequence[str]
) -> None:
    """A row of a home that is not the one that sent the file is refused."""
    room.execute(
        """
        insert into finding
        select row, ?, home, 'refused', 'a row of ' || ?
        from sent
        where fold(home) not in (select fold(unnest(?::varchar[])))
        """,
        [heading_of(profile, "home"), home_names[0], list(home_names)],
    )


def heading_of(profile: Profile, name: str) -> str:
    """What the sender calls a column of a kind; our own name where it is not sent."""
    return next((c.heading for c in profile.columns if c.name == name), None) or name


def text(words: str) -> str:
    """Words as SQL has them."""
    return "'" + words.replace("'", "''") + "'"


def _refuses(column: SourceColumn) -> str:
    """What was wanted of a cell that refuses its row, or null."""
    cell, wanted = f'sent."{column.name}"', text(column.wanted)
    needed = f"when {cell} is null then {wanted}" if column.is_needed else ""
    hidden = (
        ""
        if column.wanted.startswith(CLOSED)
        else f"when regexp_matches({cell}, ni_number())"
        " then 'no National Insurance number: it is not kept here'"
    )
    if column.wanted == PSEUDONYM:
        hidden += (
            f" when no_pseudonym({cell})"
            " then 'a pseudonym: no name, NHS number, telephone number or address'"
        )
    unread = f'when {cell} is not null and judged."{column.name}" is null then {wanted}'
    shortened = (
        f"when regexp_matches({cell}, '{SHORTENED}')"
        " then 'a reference in full: a spreadsheet has shortened this one'"
        if column.wanted == REFERENCE
        else ""
    )
    return f"case {needed} {unread} {hidden} {shortened} end"


def _warns(column: SourceColumn) -> str:
    """What was wanted of a cell that is kept with a warning, or null."""
    cell = f'"{column.name}"'
    named = (
        f"when regexp_matches({cell}, identifier())"
        " then 'text with no NHS number, telephone number or e-mail address in it'"
        if column.wanted == TEXT
        else ""
    )
    # A spreadsheet runs a cell that starts so; here it is text and stays text.
    return (
        f"case when regexp_matches({cell}, '^[=@]|^[+-][^0-9 ]')"
        f" then 'text that a spreadsheet does not take for a formula' {named} end"
    )


def _shown(column: SourceColumn) -> str:
    """A cell as a finding may keep it."""
    if column.wanted == PSEUDONYM:
        cell = f'sent."{column.name}"'
        return f"case when no_pseudonym({cell}) then '[…]' else {cell} end"
    hidden = "identifier()" if column.wanted == TEXT else "ni_number()"
    return f"""regexp_replace(sent."{column.name}", {hidden}, '[…]', 'g')"""


def _by_column(expressions: dict[str, str]) -> str:
    whens = " ".join(f"when {text(n)} then {e}" for n, e in expressions.items())
    return f"case told.name {whens} end"


def _names(columns: Sequence[SourceColumn]) -> str:
    return f"[{', '.join(text(column.name) for column in columns)}]::varchar[]"
