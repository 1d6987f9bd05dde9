"""An arrival is withdrawn by another, which can be withdrawn in turn."""

from oversight import journal, readings
from oversight.arrivals.ledger import (
    find_arrival,
    kind_of,
    report_of,
    state_of,
    touched_from,
)
from oversight.arrivals.sent import Report
from oversight.facts import rollups
from oversight.store import Store, StoreError


def undo(store: Store, number: int, why: str, person: str) -> Report:
    """Withdraws an arrival by another; undoing the undo brings it back."""
    with store.writing() as writing:
        cursor = writing.cursor
        state, target = find_arrival(cursor, number)
        now = state_of(cursor, target)
        becomes = "restored" if state == "undone" else "undone"
        if (now == "undone") == (becomes == "undone"):
            raise StoreError(f"Arrival {target} is {now} already; nothing was changed.")
        cursor.execute(
            """
            insert into arrival
            select ?, ?, number, kind, profile, delivers, origin, file_name, sha256,
                kept_sha256, taken_on, data_to, suspends_removals, ?, ?,
                0, 0, 0, 0, 0, [], [],
                'Arrival ' || number || ' (' || file_name || ') is ' || ? || '.'
            from arrival where number = ?
            """,
            [writing.number, becomes, person, why, becomes, target],
        )
        about = {"arrival": target, "why": why}
        journal.append(writing, person, f"arrival {becomes}", about)
        rollups.refresh(writing, target)
        readings.refresh(
            cursor, kind_of(cursor, target), touched_from(cursor, target), writing.at
        )
        return report_of(cursor, writing.number, "accepted")
