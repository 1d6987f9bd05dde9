"""Which incidents are planted, so that there is something worth finding?"""

from datetime import UTC, date, datetime, timedelta

from oversight.demo.chance import UK, at
from oversight.demo.company import Company
from oversight.demo.incident_words import CANDOUR, MAIL_MERGE, RUNNING
from oversight.demo.incidents import CONFIRMED, NEVER, Candour, Decision, Incident

MAIL_MERGE_DAYS_AGO = 150
MAIL_MERGE_LETTERS = 214
HOURS_TO_REPORT = 96
FRIDAY = 4
CANDOUR_DAYS_AGO = (330, 240, 120, 50)
NO_NOTICE_DAYS_AGO = 50  # the one whose written notice never went
RUNNING_HOURS = 30  # aware so long before the end of as_of


def planted_incidents(company: Company) -> list[Incident]:
    """The same for every seed, at homes that are open and report throughout.

    A history too short to hold them all leaves out the older ones.
    """
    homes = [home.name for home in company.homes if home.is_ordinary]
    first_day, _ = company.period(0)
    planted = (
        mail_merge(company.as_of, homes[0]),
        running(company.as_of, homes[-1]),
        *(
            candour(company.as_of, days_ago, homes[nth % len(homes)], nth)
            for nth, days_ago in enumerate(CANDOUR_DAYS_AGO)
        ),
    )
    return [one for one in planted if one.aware_at.date() >= first_day]


def mail_merge(as_of: date, home: str) -> Incident:
    """Found on a Friday afternoon, reported on the Tuesday: past the 72 hours."""
    day = as_of - timedelta(days=MAIL_MERGE_DAYS_AGO)
    aware = at(day - timedelta(days=(day.weekday() - FRIDAY) % 7), 16, 10)
    reported = later(aware, HOURS_TO_REPORT)
    return Incident(
        home=home,
        words=MAIL_MERGE,
        kind=CONFIRMED,
        occurred_at=aware - timedelta(hours=6),
        aware_at=aware,
        reported_at=aware + timedelta(minutes=50),
        contained_at=aware + timedelta(days=6),
        closed_at=aware + timedelta(days=40),
        subjects=MAIL_MERGE_LETTERS,
        decision=Decision(
            decided_at=reported,
            is_reportable=True,
            reason="Risk to people likely. Late: the weekend was left out of the count",
            is_high_risk=True,
            ico_reported_at=reported,
            people_informed_at=aware + timedelta(days=7),
        ),
    )


def running(as_of: date, home: str) -> Incident:
    """Its clock still runs at the end of as_of, and nobody has decided."""
    aware = later(at(as_of + timedelta(days=1), 0), -RUNNING_HOURS)
    return Incident(
        home=home,
        words=RUNNING,
        kind=CONFIRMED,
        occurred_at=aware - timedelta(hours=4),
        aware_at=aware,
        reported_at=aware + timedelta(minutes=25),
        subjects=31,
    )


def candour(as_of: date, days_ago: int, home: str, nth: int) -> Incident:
    """Told in person next day, with an apology; the written notice followed, or not."""
    aware = at(as_of - timedelta(days=days_ago), 11, 20)
    has_notice = days_ago != NO_NOTICE_DAYS_AGO
    return Incident(
        home=home,
        words=CANDOUR[nth],
        kind=CONFIRMED,
        occurred_at=aware - timedelta(hours=2),
        aware_at=aware,
        reported_at=aware + timedelta(hours=2),
        contained_at=aware + timedelta(hours=5),
        closed_at=aware + timedelta(days=26),
        subjects=1,
        decision=Decision(
            decided_at=aware + timedelta(hours=27),
            is_reportable=False,
            reason="No data left the home; the harm is followed up under candour",
        ),
        candour=Candour(
            told_in_person_at=aware + timedelta(hours=25),
            written_notice_at=aware + timedelta(days=9) if has_notice else NEVER,
        ),
    )


def later(moment: datetime, hours: int) -> datetime:
    """So many hours on as a clock counts them, whether or not the UK's are changed."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(UK)
