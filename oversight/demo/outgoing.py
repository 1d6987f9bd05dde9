"""What is in each file that head office, or the home with its own systems, sends?"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from oversight.demo import (
    all_registers,
    homes,
    incidents,
    lookups,
    mistakes,
    rhythm,
    shifts,
    training,
    workforce,
)
from oversight.demo.chance import at
from oversight.demo.company import SLUG, Company, Home
from oversight.demo.incident_log import make_incidents
from oversight.demo.registers import roles
from oversight.demo.registers.ground import Ground
from oversight.demo.registers.record import Line
from oversight.demo.residents import make_residents
from oversight.demo.yearly import ig_completions

UNIX, DOS = "\n", "\r\n"  # as in the directory extract, as in the sector's own files
REGISTER_CLOSED = 20  # o'clock, UK time: what happens later is in the next file
Row = tuple[str, ...]


@dataclass(frozen=True)
class History:
    """All that happened in the company, from which every file is an extract."""

    company: Company
    workers: list[workforce.Worker]
    staff_cells: dict[str, Row]
    trainings: list[training.Training]
    incidents: list[incidents.Incident]
    registers: dict[str, list[Line]]
    shifts: list[shifts.Shift]
    events: list[lookups.Event]
    is_brief: bool


@dataclass(frozen=True)
class Outgoing:
    """One file before it is written; `sender` is None for head office."""

    name: str
    kind: str
    headings: Row
    rows: list[Row]
    line_end: str
    covers: tuple[str, ...] = ()
    sender: Home | None = None

    def content(self) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator=self.line_end)
        writer.writerow(self.headings)
        writer.writerows(self.rows)
        return text.getvalue().encode()


def make_history(
    company: Company, seed: int, access_events: int = 0, is_brief: bool = False
) -> History:
    """Each part has a stream of chance of its own, so that one never moves another."""
    workers = workforce.make_workers(company, Random(f"{seed} workers"))
    days = ig_completions(company, workers, Random(f"{seed} yearly"))
    rng = Random(f"{seed} courses")
    trainings = [
        record
        for who in workers
        for record in (
            *training.ig_trainings(company, who, days[who.ref], rng),
            *training.other_trainings(company, who, rng),
        )
    ]
    cells = workforce.staff_cells(workers, Random(f"{seed} cells"))
    happened = make_incidents(company, Random(f"{seed} incidents"))
    residents = make_residents(company, Random(f"{seed} residents"))
    ground = Ground(company, workers, happened, residents, seed)
    worked = shifts.make_shifts(company, workers, Random(f"{seed} shifts"))
    return History(
        company,
        workers,
        cells,
        [*trainings, *roles.role_courses(ground)],
        happened,
        all_registers.make_registers(ground),
        worked,
        lookups.make_events(ground, worked, access_events),
        is_brief,
    )


def day_of_files(history: History, sending: int) -> Iterator[Outgoing]:
    """The files of one sending in order, the register of homes first if it is due."""
    company = history.company
    day = company.sendings[sending]
    if homes.is_edition(company, sending):
        name = f"{SLUG}_care_homes_{day}.csv"
        rows = homes.edition_rows(company, sending)
        yield Outgoing(name, "homes", homes.COLUMNS, rows, UNIX)
    # Head office speaks even for a home it has closed: that is how its staff leave.
    opened = [home for home in company.homes if home.opens <= sending]
    covers = tuple(home.name for home in opened)
    bulk = f"{day}-sfc-bulk-upload"
    rows = _staff_rows(history, sending)
    yield Outgoing(f"{bulk}-staff.csv", "staff", workforce.COLUMNS, rows, DOS, covers)
    rows = _training_rows(history, sending)
    name = f"{bulk}-training.csv"
    yield Outgoing(name, "training", training.COLUMNS, rows, DOS, covers)
    logged = tuple(home.name for home in opened if not home.is_silent)
    yield from _incident_file(history, sending, SLUG, logged)
    own = company.silent
    if own and sending <= company.last_heard:
        slug = own.name.lower().replace(" ", "_")
        yield from _incident_file(history, sending, slug, (own.name,), own)
    yield from _register_files(history, sending)
    yield from _rota_and_log(history, sending)


def _register_files(history: History, sending: int) -> Iterator[Outgoing]:
    """Every register that is due, if anything in it is new or altered."""
    company, is_brief = history.company, history.is_brief
    for kind in rhythm.register_kinds():
        if not rhythm.is_due(company, kind, sending, is_brief):
            continue
        lines = history.registers.get(kind, [])
        rows = all_registers.rows_at(company, kind, lines, sending, is_brief)
        if rows:
            name = f"{SLUG}_{kind}_{company.sendings[sending]}.csv"
            yield Outgoing(name, kind, all_registers.headings(kind), rows, UNIX)


def _rota_and_log(history: History, sending: int) -> Iterator[Outgoing]:
    """The shifts of the period and what was opened in it, for the last months.

    A brief company sends them twice, so that an alert of the first can fall due.
    """
    company = history.company
    if sending < shifts.first_sending(company):
        return
    first, last = company.period(sending)
    if history.is_brief and sending < company.last_month:
        return
    if history.is_brief and sending == company.last_month:
        first, _ = company.period(shifts.first_sending(company))
    rows: list[Row] = [
        (
            one.worker.home.name,
            one.worker.ref,
            *map(_uk_time, (one.starts_at, one.ends_at)),
        )
        for one in history.shifts
        if first <= one.day <= last
    ]
    headings = ("home", "staff_ref", "starts_at", "ends_at")
    yield Outgoing(f"{SLUG}_rota_{last}.csv", "rota", headings, rows, UNIX)
    closed = at(last, REGISTER_CLOSED)
    after = at(first - timedelta(days=1), REGISTER_CLOSED)
    opened = [event for event in history.events if after < event[0] <= closed]
    if opened:
        rows = list(lookups.rows_of(opened, history.events.index(opened[0])))
        name = f"{SLUG}_access_events_{last}.csv"
        yield Outgoing(name, "access_events", lookups.COLUMNS, rows, UNIX)


def _uk_time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _staff_rows(history: History, sending: int) -> list[Row]:
    first, day = history.company.period(sending)
    return [
        workforce.row_since(who, history.staff_cells[who.ref], first)
        for who in history.workers
        if who.is_in_post(day)
    ]


def _training_rows(history: History, sending: int) -> list[Row]:
    """What those in post have completed, a few leavers too, and at times mistakes."""
    company, workers = history.company, history.workers
    day = company.sendings[sending]
    in_post = {who.ref for who in workers if who.is_in_post(day)}
    left = {who.ref for who in mistakes.leavers_still_sent(company, workers, sending)}
    kept = [
        record
        for record in history.trainings
        if record.completed_on <= day
        if record.worker.ref in in_post
        or (record.worker.ref in left and record.worker.is_in_post(record.completed_on))
    ]
    return mistakes.rows_with_mistakes(company, sending, kept)


def _incident_file(
    history: History,
    sending: int,
    slug: str,
    covers: tuple[str, ...],
    sender: Home | None = None,
) -> Iterator[Outgoing]:
    """One log's file, if anything in it is new or altered."""
    name = f"{slug}_incidents_{history.company.sendings[sending]}.csv"
    rows = _incident_rows(history, sending, covers)
    if rows:
        yield Outgoing(name, "incidents", incidents.COLUMNS, rows, UNIX, covers, sender)


def _incident_rows(
    history: History, sending: int, covers: tuple[str, ...]
) -> list[Row]:
    """Each incident new or altered since the sending before, as it now stands."""
    sendings = history.company.sendings
    now = at(sendings[sending], REGISTER_CLOSED)
    then = at(sendings[sending - 1], REGISTER_CLOSED) if sending else None
    found = []
    for incident in history.incidents:
        row = incidents.row_at(incident, now)
        old = incidents.row_at(incident, then) if then else None
        if row and row != old and incident.home in covers:
            found.append(row)
    return found
