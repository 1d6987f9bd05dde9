"""What a backup, a restore and a rebuild say of the store."""

from dataclasses import dataclass

from oversight.store import Cursor


@dataclass(frozen=True)
class Summary:
    """Of the file (of the store, for a rebuild) its SHA-256; what is in the store."""

    sha256: str
    arrivals: int
    journal_head: str  # the last seal; '' while the journal is empty
    notes: tuple[str, ...] = ()  # what else a person should know


def contents(cursor: Cursor) -> tuple[int, int, str]:
    """How many moments and arrivals there are, and the journal's last seal."""
    row = cursor.execute(
        """
        select
            (select coalesce(max(number), 0) from moment),
            (select count(*) from arrival),
            (select coalesce(arg_max(sha256, number), '') from journal)
        """
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), str(row[2])
