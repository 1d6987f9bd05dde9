"""What named people state: sign, confirm, not-applicable, take-back, statements."""

from typing import Any

import click

from oversight.commands.common import (
    answer,
    as_of_option,
    day,
    json_option,
    opened,
    person_option,
    reading,
    says_no,
    store_option,
    table,
)
from oversight.measures import find_measure
from oversight.policy import promises
from oversight.sources import all_sources
from oversight.statements import Stated, state, statements, take_back


@click.command()
@click.argument("kind")
@click.option("--note", default="", help="What was looked at.")
@store_option
@person_option
@says_no
def sign(kind: str, note: str, address: str | None, person: str) -> None:
    """State that a source was checked this quarter against what it stands for."""
    if kind not in all_sources():
        raise LookupError(
            f"There is no kind {kind!r}. There are: {', '.join(all_sources())}."
        )
    with opened(address) as store:
        state(store, Stated.SOURCE_CHECKED, kind, person, note)
    click.echo(f"{all_sources()[kind].title}: checked by {person}.")


@click.command()
@click.argument("measure")
@click.option("--note", default="", help="Who decided it, and where it is written.")
@store_option
@person_option
@says_no
def confirm(measure: str, note: str, address: str | None, person: str) -> None:
    """Confirm a provisional target as the company's own."""
    one = find_measure(measure)
    target = one.targets[-1] if one.targets else None
    if target is None or not target.provisional:
        raise ValueError(f"{one.id}: wanted a provisional target; it has none.")
    with opened(address) as store:
        state(store, Stated.TARGET_CONFIRMED, one.id, person, note, target.words)
    click.echo(f"{one.id}: target {target.words} confirmed by {person}.")


@click.command("not-applicable")
@click.argument("clause")
@click.option("--why", required=True, help="The reason that a review can judge.")
@store_option
@person_option
@says_no
def not_applicable(clause: str, why: str, address: str | None, person: str) -> None:
    """State that a clause of the policy does not apply, and why."""
    if clause not in {row["clause"] for row in promises()}:
        raise LookupError(f"There is no clause {clause!r}; `clauses` lists them.")
    with opened(address) as store:
        state(store, Stated.CLAUSE_NOT_APPLICABLE, clause, person, why)
    click.echo(f"Clause {clause} does not apply, as {person} stated.")


@click.command("take-back")
@click.argument("what", type=click.Choice([str(what) for what in Stated]))
@click.argument("subject")
@click.option("--why", required=True)
@store_option
@person_option
@says_no
def take_back_(
    what: str, subject: str, why: str, address: str | None, person: str
) -> None:
    """Take back what was stated about a source, a target or a clause."""
    with opened(address) as store:
        take_back(store, Stated(what), subject, person, why)
    click.echo(f"No longer stated of {subject}: {what}.")


@click.command("statements")
@as_of_option
@store_option
@json_option
@says_no
def statements_(as_of: Any, address: str | None, as_json: bool) -> None:
    """What stands: by whom, on which day, and why."""
    with reading(address) as cursor:
        found = [
            vars(each)
            for what in Stated
            for each in statements(cursor, what, day(as_of)).values()
        ]
    answer(found, as_json, lambda: table(found))
