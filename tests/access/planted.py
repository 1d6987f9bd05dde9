"""A home's log of weeks, with bad apples planted among busy people who do no wrong."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

FIRST, DAYS = date(2026, 9, 1), 75
TODAY = FIRST + timedelta(days=DAYS - 1)
HOMES = ("Elm House", "Oak House", "Ash House")
STAFF, RESIDENTS = 12, 18  # a home
BUSY = 10  # innocent people with three times the work


@dataclass
class Planted:
    """Rows by kind, as a drawn table has them, and who was planted."""

    rows: dict[str, list[str]] = field(default_factory=dict)
    guilty: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    events: int = 0

    def add(self, kind: str, *cells: object) -> None:
        self.rows.setdefault(kind, []).append(" | ".join(map(str, cells)))

    def event(self, home: str, at: datetime, who: str, resident: str, what="view"):
        self.events += 1
        said = f"{at:%Y-%m-%dT%H:%M:%S}Z"
        self.add(
            "access_events", self.events, home, said, who.lower(), who, resident, what
        )

    def drawn(self, kind: str) -> str:
        return "\n".join([HEADS[kind], *self.rows[kind]])


HEADS = {
    "staff": "home | staff_ref | job_role | started_on | left_on | logins",
    "residents": "home | resident_ref | status",
    "rota": "home | staff_ref | starts_at | ends_at",
    "access_events": (
        "event_id | home | occurred_at | actor_login | staff_ref | resident_ref"
        " | event_type"
    ),
}
LEAVER, BROWSER, SHARED, BULK = "S0-0", "S1-0", "S2-0", "S0-1"


def plant(seed: int) -> Planted:
    """The leaver at night, the serial browser, the shared log-in, the bulk look-up."""
    chance, made = random.Random(seed), Planted()
    gone = FIRST + timedelta(days=chance.randint(30, 50))
    for at, home in enumerate(HOMES):
        for one in range(STAFF):
            who = f"S{at}-{one}"
            left = gone if who == LEAVER else "-"
            made.add("staff", home, who, "Carer", "2025-01-01", left, who.lower())
        for one in range(RESIDENTS):
            made.add("residents", home, f"R{at}-{one}", "in residence")
    made.busy = {f"S{chance.randrange(3)}-{2 + n}" for n in range(BUSY)}
    for day in range(DAYS):
        on = datetime.combine(FIRST + timedelta(days=day), datetime.min.time())
        for at, home in enumerate(HOMES):
            for one in range(STAFF):
                who = f"S{at}-{one}"
                if (one + day) % 3 or (who == LEAVER and on.date() > gone):
                    continue
                _shift(made, chance, home, at, who, on)
    _plant(made, chance, gone)
    made.guilty = {one.lower() for one in (LEAVER, BROWSER, SHARED, BULK)}
    made.busy = {one.lower() for one in made.busy}
    return made


def _shift(made, chance, home, at, who, on) -> None:
    made.add("rota", home, who, f"{on:%Y-%m-%d} 07:00", f"{on:%Y-%m-%d} 19:00")
    looks = chance.randint(2, 4) * (3 if who in made.busy else 1)
    for _ in range(looks):
        when = on + timedelta(minutes=chance.randint(7 * 60, 18 * 60))
        made.event(home, when, who, f"R{at}-{chance.randrange(RESIDENTS)}")


def _plant(made, chance, gone) -> None:
    def on(day: date, hour: int, minute: int = 0) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)

    for night in range(1, 4):
        day = gone + timedelta(days=night * 4)
        made.event(HOMES[0], on(day, 2, chance.randrange(60)), LEAVER, "R0-1")
    for n in range(RESIDENTS):
        day = TODAY - timedelta(days=chance.randrange(25))
        made.event(HOMES[0], on(day, 12, n), BROWSER, f"R0-{n}")
    for back in (3, 9, 15):
        day = TODAY - timedelta(days=back)
        for minute, home in ((0, 2), (8, 1), (16, 2)):
            made.event(HOMES[home], on(day, 11, minute), SHARED, f"R{home}-2")
    day = TODAY - timedelta(days=5)
    for n in range(25):
        made.event(HOMES[0], on(day, 15, 2 * n), BULK, f"R0-{n}", "view")
    made.event(HOMES[0], on(day, 16), BULK, "R0-1", "export")
