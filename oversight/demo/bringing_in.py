"""How does the company come into a store: its files, and what people did between?"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise

from oversight import arrivals
from oversight.arrivals import Report, Sent
from oversight.demo import SentFile, access_reviews, last_review
from oversight.store import Store, StoreError

LOOKED_INTO = time(9, 0, tzinfo=UTC)  # on the next day of the week


def bring_in(
    store: Store, person: str, files: Sequence[SentFile], as_of: date, *, is_brief: bool
) -> list[Report]:
    """Imports the files in order; between them alerts are looked into and, unless it
    is brief, last year's review is held.

    as_of: the day the history ends. Raises StoreError at the first file refused.
    """
    review_day = (
        None
        if is_brief
        else last_review.held_on(as_of, [file.taken_on for file in files])
    )
    days = [
        (day, [_sent(file, person) for file in of_day])
        for day, of_day in groupby(files, key=lambda file: file.taken_on)
    ]
    reports: list[Report] = []
    for (day, sent), (following, _) in pairwise(days):
        reports += _accepted(
            arrivals.import_file(store, one, readings_later=True) for one in sent
        )
        looked = datetime.combine(_weekday_after(day), LOOKED_INTO)
        review = review_day if review_day and day < review_day <= following else None
        if looked.date() < (review or following):
            access_reviews.look_into(store, person, looked)
        if review:
            last_review.hold(store, person, review)
    reports += _accepted(arrivals.import_files(store, days[-1][1]))
    return reports


def _weekday_after(day: date) -> date:
    day += timedelta(days=1)
    return day if day.isoweekday() <= 5 else _weekday_after(day)


def _sent(file: SentFile, person: str) -> Sent:
    return Sent(
        file.path,
        person,
        file.kind,
        home=file.home,
        covers=file.covers,
        taken_on=file.taken_on,
        known_at=file.known_at,
    )


def _accepted(reports: Iterable[Report]) -> list[Report]:
    found = []
    for report in reports:
        if report.state == "refused":
            raise StoreError(report.message)
        found.append(report)
    return found
