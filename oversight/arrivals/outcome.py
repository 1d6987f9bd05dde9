"""What became of a file that was taken in, in words?"""

from oversight.reading_room.leaving import IN_A_SHEET, Checked
from oversight.reading_room.recognition import Recognised
from oversight.store import Cursor


def sentence(
    cursor: Cursor,
    number: int,
    recognised: Recognised,
    checked: Checked,
    counts: tuple[int, int, int],
    is_dated: bool,
) -> str:
    """What a reader asks of an arrival, in that order; its findings are stored already.

    counts: rows new or changed, as before, with a warning.
    """
    accepted, unchanged, warned = counts
    source = recognised.source
    said = [
        f"{source.title} ({recognised.profile.title}): {_rows(checked.rows_read)},"
        f" {accepted:,} new or changed, {unchanged:,} as before,"
        f" {checked.rows_refused:,} refused, {warned:,} with a warning."
    ]
    if len(recognised.sheets) > 1:
        titles = ", ".join(f"“{title}”" for title in recognised.sheets)
        said.append(f"Sheets read, in this order: {titles}.")
    if recognised.passed_over:
        said.append(f"Passed over: {', '.join(recognised.passed_over)}.")
    if checked.rows_refused:
        said.append(_first_refusal(cursor, number, not accepted + unchanged))
    if recognised.dropped:
        said.append(
            "Personal columns were dropped and are not kept"
            f" ({len(recognised.dropped)}): {', '.join(recognised.dropped)}."
        )
    if recognised.encoding == "cp1252":
        said.append(
            "It is not UTF-8 and was read as Windows-1252: see that accents and dashes"
            " came out right."
        )
    said += _day(checked, source.delivers == "snapshot", is_dated)
    return " ".join(said)


def of_form(recognised: Recognised, accepted: int, warned: int) -> str:
    """The same of one record that was entered by form."""
    said = f"{recognised.source.title}: one record entered."
    if not accepted:
        said = f"{recognised.source.title}: the record stands as it did already."
    return f"{said} It has a warning." if warned else said


def _day(checked: Checked, is_register: bool, is_dated: bool) -> list[str]:
    said = []
    if not is_dated and is_register:
        said.append("It is taken to be the register of the day it arrived.")
    elif not is_dated and (newest := checked.newest_day):
        said.append(
            f"It is taken to speak up to its newest row, {newest.day} {newest:%B %Y};"
            " say --taken-on if it is complete to a later day."
        )
    if checked.keys_unreadable and is_register:
        said.append(
            f"{_rows(checked.keys_unreadable)} refused without saying which record is"
            " meant, so nothing missing from this file was taken off the register."
        )
    return said


def _first_refusal(cursor: Cursor, number: int, is_all: bool) -> str:
    row = cursor.execute(
        """
        select row, reason from refusal
        where arrival = ? and severity = 'refused'
        order by row, column_name limit 1
        """,
        [number],
    ).fetchone()
    start = "Not one row could be loaded" if is_all else "Refused first"
    if row is None:
        return f"{start}."
    is_in_sheet = row[1].startswith(IN_A_SHEET)  # which names the row as well
    return f"{start}: {'' if is_in_sheet else f'row {row[0]}, '}{row[1]}"


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
