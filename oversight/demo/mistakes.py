"""Which rows of a training file are wrong: enough to be seen, too few to matter?"""

from datetime import timedelta

from oversight.demo.company import Company
from oversight.demo.training import COLUMNS, IG, Training, uk
from oversight.demo.workforce import Worker

EVERY = 5  # sendings; the mistakes are put right in between
# Sendings before the newest. Where not even the key of a row can be read, nobody is
# taken off the register: once is a story, in the newest file it would hide the others.
NO_KEY_BEFORE = 2 * EVERY
FIRST_AID, NO_SUCH_CATEGORY = "7", "145"
STILL_SENT = 0.0165  # of those in post; the target for records that match is 98 %


def leavers_still_sent(
    company: Company, workers: list[Worker], sending: int
) -> list[Worker]:
    """The first few who left after the e-learning came: it never closes an account."""
    day = company.sendings[sending]
    in_post = sum(who.is_in_post(day) for who in workers)
    left = [
        (who.left_on, who.ref, who)
        for who in workers
        if who.left_on and company.change_day <= who.left_on <= day
        if who.home.closes is None
    ]
    return [who for *_, who in sorted(left)[: int(STILL_SENT * in_post)]]


def rows_with_mistakes(
    company: Company, sending: int, trainings: list[Training]
) -> list[tuple[str, ...]]:
    """The rows of a file; the newest and every fifth before it have mistaken ones too.

    Each follows the right one it was made from: a date with day and month exchanged, a
    course that expires before it was completed, in one older file a category that does
    not exist.
    """
    before_newest = len(company.sendings) - 1 - sending
    wrong = {} if before_newest % EVERY else _mistakes(trainings)
    if before_newest == NO_KEY_BEFORE:
        wrong |= _mistake_in_key(trainings)
    rows = []
    for record in trainings:
        rows.append(record.cells)
        if mistake := wrong.get(id(record)):
            rows.append(_mistaken(record, mistake))
    return rows


def _mistakes(trainings: list[Training]) -> dict[int, dict[str, str]]:
    """The wrong cells, by the identity of the record they are made from."""
    dated = [record for record in trainings if record.completed_on.day > 12]
    newest = max(
        (record for record in dated if record.cells[2] == IG),
        key=lambda record: record.completed_on,
    )
    other = [record for record in dated if record.cells[2] != IG]
    middle = other[len(other) // 2]
    return {
        id(newest): {"DATECOMPLETED": f"{newest.completed_on:%m/%d/%Y}"},
        id(middle): {
            "CATEGORY": FIRST_AID,
            "TRAININGNAME": "First aid at work",
            "EXPIRYDATE": uk(middle.completed_on - timedelta(days=1)),
        },
    }


def _mistake_in_key(trainings: list[Training]) -> dict[int, dict[str, str]]:
    other = [record for record in trainings if record.cells[2] != IG]
    return {id(other[len(other) // 3]): {"CATEGORY": NO_SUCH_CATEGORY}}


def _mistaken(record: Training, cells: dict[str, str]) -> tuple[str, ...]:
    right = zip(COLUMNS, record.cells, strict=True)
    return tuple(cells.get(column, cell) for column, cell in right)
