"""In what form are a file's dates, and do day and month stand the way it says?"""

from oversight.reading_room.findings import DATE, TIME, heading_of
from oversight.reading_room.profiles import Profile
from oversight.reading_room.readers import FileRefused
from oversight.sources import Source
from oversight.store import Cursor

# The years that a register speaks of; 0202 is a slip of the hand.
YEAR = r"(19|20|21)\d{2}"
FORMS = {
    "YYYY-MM-DD": (rf"{YEAR}-\d{{2}}-\d{{2}}", "%Y-%m-%d"),
    "DD/MM/YYYY": (rf"\d{{2}}/\d{{2}}/{YEAR}", "%d/%m/%Y"),
    "MM/DD/YYYY": (rf"\d{{2}}/\d{{2}}/{YEAR}", "%m/%d/%Y"),
    "YYYYMMDD": (rf"{YEAR}\d{{4}}", "%Y%m%d"),
}
TIME_OF_DAY = r"[ T]\d{2}:\d{2}(:\d{2})?Z?"
OTHER_WAY_ROUND = {"DD/MM/YYYY": "MM/DD/YYYY", "MM/DD/YYYY": "DD/MM/YYYY"}


def variables(form: str) -> dict[str, str | list[str]]:
    """What as_date and as_time read by: a cell's shape, and how it is taken apart."""
    shape, parts = FORMS[form]
    return {
        "date_shape": shape,
        "date_format": parts,
        "time_shape": shape + TIME_OF_DAY,
        "time_formats": [f"{parts} %H:%M", f"{parts} %H:%M:%S"],
    }


def check_way_round(
    room: Cursor, file_name: str, profile: Profile, source: Source
) -> None:
    """FileRefused where more dates make sense only with day and month swapped than not.

    Row by row, those that make sense both ways would be read wrongly and in silence.
    """
    other = OTHER_WAY_ROUND.get(profile.dates)
    if other is None:
        return
    sent = {column.name for column in profile.columns if column.heading is not None}
    for column in source.columns:
        if column.name not in sent or column.wanted not in (DATE, TIME):
            continue
        found = room.execute(_DATED.format(name=column.name), [FORMS[other][1]])
        dates, only_so, only_other, row, cell = found.fetchall()[0]
        if dates > 1 and only_other > only_so:
            raise FileRefused(
                f"{file_name}, column {heading_of(profile, column.name)}: wanted dates"
                f" as {profile.dates}; {only_other} of {dates} can only be {other} (row"
                f" {row}: {cell}) and {only_so or 'none'} only {profile.dates}, so day"
                " and month stand the other way round. Nothing was loaded: the rest"
                " would have been read wrongly. Export the file with dates as"
                f" {profile.dates}, or use a profile that says {other}."
            )


_DATED = """
with dated as (
    select row, left("{name}", 10) as cell
    from sent
    where regexp_full_match(left("{name}", 10), getvariable('date_shape'))
),
told as (
    select
        row,
        cell,
        as_date(cell) is not null as is_day,
        try_strptime(cell, ?) is not null as is_other_day
    from dated
)
select
    count(*),
    count(*) filter (is_day and not is_other_day),
    count(*) filter (is_other_day and not is_day),
    min(row) filter (is_other_day and not is_day),
    arg_min(cell, row) filter (is_other_day and not is_day)
from told
"""
