"""What do the clocks in the UK show, and which instant is meant by what they show?"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def uk_instant(wall: datetime, latest: bool = False) -> datetime:
    """What a clock on a UK wall shows, as an instant in UTC.

    Of the autumn hour that comes twice the first is taken, or with `latest` the second.
    ValueError for the hour that the spring leaves out.
    """
    instant = wall.replace(tzinfo=UK, fold=int(latest)).astimezone(UTC)
    if instant.astimezone(UK).replace(tzinfo=None) != wall:
        raise ValueError(
            f"No clock in the UK showed {wall:%H:%M} on {day_in_words(wall.date())}: it"
            " is in the hour they went forward over. Give a time they showed or a zone."
        )
    return instant


def comes_twice(wall: datetime) -> bool:
    """Whether a time that UK clocks show is in the autumn hour that comes twice."""
    first, second = (
        wall.replace(tzinfo=UK, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    return first < second  # the other way round in the hour that spring leaves out


def uk_day(instant: datetime) -> date:
    """The UK day an instant falls on."""
    return instant.astimezone(UK).date()


def day_in_words(day: date) -> str:
    """Thursday 3 September 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment_in_words(instant: datetime) -> str:
    """14:05 BST on Thursday 3 September 2026."""
    shown = instant.astimezone(UK)
    return f"{shown:%H:%M %Z} on {day_in_words(shown.date())}"
