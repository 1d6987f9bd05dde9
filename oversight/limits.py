"""Who may set the limits of a measure afresh from its page, from which months, and why?

`resets` keeps them. Here is asked whether this reader may, on the day they look at.
"""

from datetime import date

from oversight import resets, roles
from oversight.promises import Measure
from oversight.reader import Reader
from oversight.records import today
from oversight.resets import Reset
from oversight.store import StoreError
from oversight.verdicts.judgement import Judged


def may_set_now(reader: Reader) -> bool:
    """Whether this person may set limits, on the day they are looking at."""
    return roles.may_reset_limits(reader.person.role) and reader.as_of >= today()


def months_of(judged: Judged) -> list[date]:
    """The first days of the months from which its limits could start afresh, newest
    first; none where it has no limits. Before the first month there is nothing old.
    """
    if judged.chart is None and judged.gaps is None:
        return []
    if judged.measure.is_duty_on(judged.verdict.evidence.as_of):
        return []
    taken = {reset.day.replace(day=1) for reset in judged.resets}
    months = [month.day.replace(day=1) for month in judged.months[1:]]
    return [month for month in reversed(months) if month not in taken]


def set_afresh(reader: Reader, measure: Measure, since: date, why: str) -> None:
    """Limits start afresh on a day, for every home, in the name of this reader."""
    _check(reader)
    resets.check_has_limits(measure, since)
    resets.add(reader.store, _reset(reader, measure, since, why))


def withdraw(reader: Reader, measure: Measure, since: date, why: str) -> None:
    """The older limits hold again, in the name of this reader."""
    _check(reader)
    resets.withdraw(reader.store, _reset(reader, measure, since, why))


def _reset(reader: Reader, measure: Measure, since: date, why: str) -> Reset:
    return Reset(measure.id, since, why.strip(), reader.person.name)


def _check(reader: Reader) -> None:
    roles.check_may_reset_limits(reader.person.role)
    if reader.as_of < today():
        raise StoreError(
            f"You look at {reader.as_of}: a past day is looked at and not written to."
            " Go back to today to set limits afresh."
        )
