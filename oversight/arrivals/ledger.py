"""What the ledger of arrivals says of one of them."""

from datetime import date

from oversight.arrivals.sent import Report
from oversight.store import Cursor, StoreError


def find_arrival(cursor: Cursor, number: int) -> tuple[str, int]:
    """The state of an arrival and the one it is about; StoreError if there is none."""
    row = cursor.execute(
        "select state, target from arrival where number = ?", [number]
    ).fetchone()
    if row is None:
        raise StoreError(f"There is no arrival {number}. `status` lists them.")
    return row[0], row[1]


def state_of(cursor: Cursor, target: int) -> str:
    """The newest state of an arrival: accepted, undone or restored."""
    row = cursor.execute(
        "select arg_max(state, number) from arrival where target = ?", [target]
    ).fetchone()
    assert row is not None
    return str(row[0])


def kind_of(cursor: Cursor, number: int) -> str:
    """The kind of record an arrival brought."""
    row = cursor.execute(
        "select kind from arrival where number = ?", [number]
    ).fetchone()
    assert row is not None
    return str(row[0])


def touched_from(cursor: Cursor, number: int) -> date | None:
    """The first day whose facts an arrival may change; None: any day before it too."""
    row = cursor.execute(
        "select taken_on from arrival"
        " where number = ? and delivers = 'snapshot' and kind <> 'homes'",
        [number],
    ).fetchone()
    return row[0] if row else None


def report_of(cursor: Cursor, number: int, state: str) -> Report:
    """What became of a file, as the ledger has it."""
    row = cursor.execute(
        """
        select file_name, sha256, kind, profile, number, rows_read, rows_accepted,
            rows_warned, rows_unchanged, rows_refused,
            list_concat(ignored_columns, dropped_columns), message
        from arrival where number = ?
        """,
        [number],
    ).fetchone()
    assert row is not None
    file, sha256, kind, profile, arrival, read, accepted, warned, unchanged, refused = (
        row[:10]
    )
    if state == "already_in":
        # What was refused then would be refused now.
        accepted, warned, unchanged = 0, 0, read - refused
    return Report(
        file=file,
        sha256=sha256,
        kind=kind,
        profile=profile,
        arrival=arrival,
        state=state,
        rows_read=read,
        rows_accepted=accepted,
        rows_warned=warned,
        rows_unchanged=unchanged,
        rows_refused=refused,
        ignored_columns=tuple(row[10]),
        message=row[11],
    )
