"""Which files would a made-up company have sent, in what order, and what was said?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from oversight.demo.company import make_company
from oversight.demo.outgoing import day_of_files, make_history

FIRST_SENT = time(20, 0, tzinfo=UTC)  # after the homes' day and before UK midnight
BETWEEN_FILES = timedelta(minutes=2)  # all of a day are in before UK midnight


@dataclass(frozen=True)
class SentFile:
    """One file and what is to be said when it is imported.

    `home` names the home that sent it, where it was not head office. `covers` names the
    homes it speaks for, even those it has no row of; it is empty for the register of
    homes, which speaks for all.
    """

    path: Path
    taken_on: date
    known_at: datetime
    kind: str
    home: str | None = None
    covers: tuple[str, ...] = ()


def write_company(
    folder: Path,
    *,
    homes: int = 8,
    months: int = 36,
    seed: int = 7,
    as_of: date,
    access_events: int = 0,
    only: Collection[str] | None = None,
    is_brief: bool = False,
) -> list[SentFile]:
    """Writes the company's files below a folder; returns them in the order of sending.

    The same arguments give the same bytes. The last files are taken on the day before
    as_of; `known_at` (UTC) rises strictly and stays before as_of begins.
    only: the kinds wanted; None for all. is_brief: each register is one file, as it
    stands on the last day, for a ground that is built quickly.
    Raises ValueError for no homes, more than 99, or no months.
    """
    company = make_company(homes, months, as_of)
    history = make_history(company, seed, access_events, is_brief)
    folder.mkdir(parents=True, exist_ok=True)
    sent = []
    for sending, taken_on in enumerate(company.sendings):
        known_at = datetime.combine(taken_on, FIRST_SENT)
        for file in day_of_files(history, sending):
            if only is not None and file.kind not in only:
                continue
            path = folder / file.name
            path.write_bytes(file.content())
            home = file.sender.name if file.sender else None
            sent.append(
                SentFile(path, taken_on, known_at, file.kind, home, file.covers)
            )
            known_at += BETWEEN_FILES
    return sent
