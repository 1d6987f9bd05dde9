"""Where limits start afresh: reset, resets."""

from datetime import datetime

import click

from oversight import resets as kept
from oversight.commands.common import (
    DAY,
    answer,
    json_option,
    known_at_option,
    opened,
    person_option,
    reading,
    says_no,
    store_option,
    table,
)
from oversight.measures import find_measure


@click.command()
@click.argument("measure")
@click.option("--from", "since", type=DAY, required=True, help="The first such day.")
@click.option("--why", required=True, help="What changed; it is kept and shown.")
@click.option("--withdraw", is_flag=True, help="Let the older limits hold again.")
@store_option
@json_option
@person_option
@says_no
def reset(
    measure: str,
    since: datetime,
    why: str,
    withdraw: bool,
    address: str | None,
    as_json: bool,
    person: str,
) -> None:
    """Start a measure's limits afresh from a day, with a reason and a name."""
    one = find_measure(measure)
    asked = kept.Reset(one.id, since.date(), why, person)
    if not withdraw:
        kept.check_has_limits(one, asked.day)
    with opened(address) as store:
        (kept.withdraw if withdraw else kept.add)(store, asked)
    done = "no longer start" if withdraw else "start"
    answer(
        {**vars(asked), "withdrawn": withdraw},
        as_json,
        lambda: f"The limits of {one.id} {done} afresh from {asked.day}.",
    )


@click.command()
@known_at_option
@store_option
@json_option
@says_no
def resets(known_at: datetime | None, address: str | None, as_json: bool) -> None:
    """Every day from which limits start afresh, with why and who."""
    with reading(address, known_at) as cursor:
        by_measure = kept.in_force(cursor)
    found = [vars(each) for some in by_measure.values() for each in some]
    answer(found, as_json, lambda: table(found))
