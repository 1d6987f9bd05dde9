"""What did the IG lead do about the alerts that the rules of access had raised?"""

from datetime import datetime

from oversight.access.reviewing import JUSTIFIED, REVIEWED
from oversight.journal.entries import append_each
from oversight.store import EVERYTHING, Store

REASON = "A desk's account, used at the handover by people who were on shift"
DESKS = ("AR08", "AR13")  # what the accounts that a desk shares raise
MANY = 15  # alerts of one person: whoever has more is looked at last, and so not yet


def look_into(store: Store, person: str, at: datetime) -> int:
    """Closes what is easily explained and still open; how many people it was about.

    At a moment after all that is in. People with much to explain are left: they are the
    stories that the queue is to show.
    """
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute(
            """
            select fold(person), list(distinct home order by home)
            from exceptions_reviewed($day::date)
            where reviewed_on is null
            group by fold(person)
            having count(*) < $many and bool_and(list_contains($desks, rule))
            order by fold(person)
            """,
            {"day": at.date(), "many": MANY, "desks": list(DESKS)},
        ).fetchall()
    said = {"outcome": JUSTIFIED, "reason": REASON}
    told = [
        (person, REVIEWED, said | {"of": [who], "homes": homes}) for who, homes in found
    ]
    if told:
        with store.writing_several(len(told), at) as writings:
            append_each(writings, told)
    return len(told)
