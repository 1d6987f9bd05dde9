"""A sender's columns -> a kind's own columns, said in SQL: what cells.py does by hand.

Both give the same cells, so that a file may take either road; a property test holds
them to it.
"""

from oversight.reading_room.findings import TIME, text
from oversight.reading_room.profiles import Column, Profile, fold, says_utc
from oversight.reading_room.recognition import Recognised
from oversight.sources import SourceColumn

AS_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
UTC = "Z"  # how a cell says to the kind's SQL that its time is UTC
SPACES = "".join(chr(at) for at in range(0x3001) if chr(at).isspace())


def can_map(recognised: Recognised) -> bool:
    """Whether SQL can give these cells: a reference made from content, it cannot."""
    return not any(column.from_content for column in recognised.profile.columns)


def sent_sql(recognised: Recognised, home: str | None, stray: str) -> str:
    """SQL for `sent` from `raw` (row, c0, c1 … in the order of the headings).

    home: fills a blank home. stray: the spaces there may be about a cell; cutting them
    off all cells costs more than everything else, so only those that came are named.
    """
    profile, headings = recognised.profile, recognised.heading_row.cells
    by_name = {column.name: column for column in profile.columns}
    cells = []
    for wanted in recognised.source.columns:
        cell = _cell(by_name.get(wanted.name), wanted, profile, headings, stray)
        if wanted.name == "home" and home is not None:
            cell = f"coalesce({cell}, {text(home)})"
        cells.append(f'{cell} as "{wanted.name}"')
    return f"select row, {', '.join(cells)} from raw"


def place(column: Column | None, headings: tuple[str, ...]) -> int | None:
    """Where a column's heading stands among those that came; None where it does not."""
    return place_of(column.heading if column else None, headings)


def place_of(heading: str | None, headings: tuple[str, ...]) -> int | None:
    """Where a heading stands; None where it does not."""
    folded = [fold(cell) for cell in headings]
    if heading is None or fold(heading) not in folded:
        return None
    return folded.index(fold(heading))


def _cell(
    column: Column | None,
    wanted: SourceColumn,
    profile: Profile,
    headings: tuple[str, ...],
    stray: str,
) -> str:
    if column is not None and column.always is not None:
        return f"{text(column.always)}::varchar"
    at = place(column, headings)
    if column is None or at is None:
        return "null::varchar"
    places = [at, place_of(column.instead, headings)]
    found = [
        _found(f"c{p}", column, profile.missing, stray) for p in places if p is not None
    ]
    cell = found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
    is_utc = wanted.wanted == TIME and says_utc(headings[at])
    read = _in_our_words(_taken(cell, column), column)
    if "" in column.values.values():
        read = f"nullif({read}, '')"
    return read + (f" || '{UTC}'" if is_utc else "")


def _found(cell: str, column: Column, missing: tuple[str, ...], stray: str) -> str:
    """A cell, or what stands in it under a key, where it says anything."""
    cell = _unless_missing(trimmed(cell, stray), missing)
    if column.key is None:
        return cell
    key = text(f'$."{column.key}"')
    held = f"case when json_valid({cell}) then json_extract_string({cell}, {key}) end"
    return _unless_missing(trimmed(held, SPACES), missing)


def _unless_missing(cell: str, missing: tuple[str, ...]) -> str:
    words = sorted({"", *(word.casefold() for word in missing)})
    nothing = ", ".join(map(text, words))
    # Most cells are longer than any word for nothing, and need no closer look.
    longest = max(len(word.encode()) for word in words)
    return (
        f"case when strlen({cell}) > {longest} then {cell}"
        f" when lower({cell}) not in ({nothing}) then {cell} end"
    )


def _taken(cell: str, column: Column) -> str:
    if column.take:
        part = f"regexp_extract({cell}, {text(column.take)}, 1)"
        cell = f"coalesce(nullif({part}, ''), {cell})"
    if column.time:
        at = f"try_strptime({cell}, {text(column.time)})"
        cell = f"coalesce(strftime({at}, '{AS_INSTANT}'), {cell})"
    return cell


def trimmed(cell: str, stray: str) -> str:
    """A cell without the spaces about it; blanks alone are cut off faster."""
    if not stray:
        return cell
    return f"trim({cell})" if stray == " " else f"trim({cell}, {text(stray)})"


def _in_our_words(cell: str, column: Column) -> str:
    if not column.split:
        return _word(cell, column)
    part = _word("part", column)
    parts = f"string_split({cell}, {text(column.split)})"
    of_each = f"list_transform({parts}, lambda said: {trimmed('said', SPACES)})"
    return f"array_to_string(list_transform({of_each}, lambda part: {part}), ';')"


def _word(cell: str, column: Column) -> str:
    if not column.values:
        return cell
    whens = " ".join(
        f"when {text(sent)} then {text(ours)}" for sent, ours in column.values.items()
    )
    # Nothing stays nothing, whatever all other words mean.
    other = (
        f"case when {cell} is not null then {text(column.other)} end"
        if column.other
        else cell
    )
    return f"case lower({cell}) {whens} else {other} end"
