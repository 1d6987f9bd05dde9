"""Who worked where and when, and what does the sector's worker file say of them?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from oversight.demo.chance import day_between
from oversight.demo.company import Company, Home

# The headings of the ASC-WDS bulk upload staff file, in its order.
COLUMNS = tuple(
    """
    LOCALESTID UNIQUEWORKERID STATUS DISPLAYID NINUMBER POSTCODE DOB GENDER
    ETHNICITY NATIONALITY BRITISHCITIZENSHIP COUNTRYOFBIRTH YEAROFENTRY DISABLED
    CARECERT L2CARECERT RECSOURCE HANDCVISA INOUTUK STARTDATE STARTINSECT DHA
    APPRENTICE EMPLSTATUS ZEROHRCONT DAYSSICK SALARYINT SALARY HOURLYRATE
    MAINJOBROLE MAINJRDESC CONTHOURS AVGHOURS NMCREG AMHP SCQUAL NONSCQUAL
    CWPCATEGORY QUALACH01 QUALACH01NOTES QUALACH02 QUALACH02NOTES QUALACH03
    QUALACH03NOTES
    """.split()
)
PERMANENT, TEMPORARY, BANK, AGENCY, OTHER = "1", "2", "3", "4", "7"
MANAGER, SENIOR, CARER, NURSE, OFFICE, ANCILLARY, ACTIVITIES = (
    "4",
    "7",
    "8",
    "16",
    "25",
    "26",
    "34",
)
CARE_JOBS = (MANAGER, SENIOR, CARER, NURSE, ACTIVITIES)
# The part of the posts held on each footing: a fifth are bank, agency or other.
FOOTINGS = {PERMANENT: 76, TEMPORARY: 4, BANK: 11, AGENCY: 6, OTHER: 3}
JOBS = {CARER: 60, SENIOR: 13, NURSE: 9, ANCILLARY: 12, OFFICE: 3, ACTIVITIES: 3}
MEAN_STAY = timedelta(days=1300)  # about a quarter of the staff leave in a year
WARM_UP = timedelta(days=480)  # so that training has settled before the first file


@dataclass(frozen=True)
class Worker:
    """One person in one post; `left_on` is the first day no longer in post."""

    ref: str
    home: Home
    started_on: date
    left_on: date | None
    job: str
    footing: str

    def is_in_post(self, day: date) -> bool:
        return self.started_on <= day and (self.left_on is None or day < self.left_on)


def make_workers(company: Company, rng: Random) -> list[Worker]:
    """Everybody in post at any time from the warm-up on, numbered by starting day."""
    people = [
        worker
        for home in company.homes
        for post in range(home.posts)
        for worker in _holders(company, home, post, rng)
    ]
    people.sort(key=lambda worker: worker.started_on)
    return [replace(who, ref=f"S{at:04}") for at, who in enumerate(people, start=1)]


def _holders(company: Company, home: Home, post: int, rng: Random) -> Iterator[Worker]:
    """The people who held one post, one after another, with a short gap between."""
    job = MANAGER if post == 0 else _draw(rng, JOBS)
    footing = PERMANENT if post == 0 else _draw(rng, FOOTINGS)
    begin = company.sendings[0] - WARM_UP
    end = company.as_of
    started = begin - timedelta(days=int(rng.random() * 2500))
    if home.opens:
        begin, day = company.period(home.opens)
        begin = started = day_between(rng, begin, day)
    if home.closes is not None:
        end = day_between(rng, *company.period(home.closes))
    while begin < end:
        left = begin + timedelta(days=1 + int(rng.expovariate(1) * MEAN_STAY.days))
        is_kept = left > end and home.closes is None
        yield Worker(
            "", home, started, None if is_kept else min(left, end), job, footing
        )
        begin = started = left + timedelta(days=int(rng.random() * 30))


def _draw(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def staff_cells(workers: list[Worker], rng: Random) -> dict[str, tuple[str, ...]]:
    """Each worker's row in the order of COLUMNS, by reference."""
    return {worker.ref: _worker_row(worker, rng) for worker in workers}


def row_since(worker: Worker, cells: tuple[str, ...], day: date) -> tuple[str, ...]:
    """The row as sent: bank and agency staff who started since a day lack a role."""
    if worker.started_on < day or worker.footing not in (BANK, AGENCY):
        return cells
    named = zip(COLUMNS, cells, strict=True)
    return tuple("" if column == "MAINJOBROLE" else cell for column, cell in named)


def _worker_row(worker: Worker, rng: Random) -> tuple[str, ...]:
    """What is personal here is plainly made up: QQ and ZZ are given to nobody."""
    number = 1 + int(rng.random() * 999_998)
    is_bank = worker.footing in (BANK, AGENCY)
    contract_hours = rng.choice(("22.5", "30", "37.5"))
    born = worker.started_on - timedelta(days=7000 + int(rng.random() * 14000))
    cells = {
        "LOCALESTID": worker.home.name,
        "UNIQUEWORKERID": worker.ref,
        "STATUS": "UNCHECKED",
        "DISPLAYID": worker.ref,
        "NINUMBER": f"QQ{number:06}{rng.choice('ABCD')}",
        "POSTCODE": f"ZZ{1 + number % 9} {number % 10}ZZ",
        "DOB": f"{born:%d/%m/%Y}",
        "GENDER": rng.choice("1224"),
        "ETHNICITY": rng.choice(("31", "33", "39", "42", "98")),
        "NATIONALITY": "826",
        "COUNTRYOFBIRTH": "826",
        "DISABLED": rng.choice("00012"),
        "CARECERT": rng.choice("123"),
        "STARTDATE": f"{worker.started_on:%d/%m/%Y}",
        "STARTINSECT": f"{worker.started_on.year}",
        "APPRENTICE": "2",
        "EMPLSTATUS": worker.footing,
        "ZEROHRCONT": "1" if is_bank else "2",
        "DAYSSICK": rng.choice(("0", "1", "3.5", "8")),
        "SALARYINT": "3",
        "HOURLYRATE": rng.choice(("12.60", "13.05", "14.20")),
        "MAINJOBROLE": worker.job,
        "CONTHOURS": "" if is_bank else contract_hours,
        "AVGHOURS": "16" if is_bank else "",
        "NMCREG": "01" if worker.job == NURSE else "",
    }
    return tuple(cells.get(column, "") for column in COLUMNS)
