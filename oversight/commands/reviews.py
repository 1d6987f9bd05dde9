"""The management review on the command line: plan, list, freeze, show."""

from datetime import date
from typing import Any

import click

from oversight.commands.common import (
    DAY,
    answer,
    json_option,
    opened,
    person_option,
    plain,
    says_no,
    store_option,
    table,
)
from oversight.review import freeze as freezing
from oversight.review import record
from oversight.review.record import Review
from oversight.store import EVERYTHING, Store


class Period(click.ParamType[tuple[date, date]]):
    """Two days: FROM,TO."""

    name = "period"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date]:
        if isinstance(value, tuple):
            return value
        try:
            begins, ends = map(date.fromisoformat, value.split(","))
        except ValueError:
            self.fail(f"wanted two days as FROM,TO; got {value!r}.", param, ctx)
        return begins, ends


@click.group()
def review() -> None:
    """The yearly management review: from figures to decisions."""


@review.command()
@click.option("--period", type=Period(), required=True, metavar="FROM,TO")
@click.option("--date", "held_on", type=DAY, required=True, help="The day it is held.")
@click.option("--chair", required=True, help="Who is in the chair.")
@click.option("--person", "people", multiple=True, help="Who else takes part.")
@store_option
@json_option
@person_option
@says_no
def plan(
    period: tuple[date, date],
    held_on: Any,
    chair: str,
    people: tuple[str, ...],
    address: str | None,
    as_json: bool,
    person: str,
) -> None:
    """Plan a review of a period."""
    with opened(address) as store:
        made = record.plan(store, person, period, held_on.date(), chair, people)
    answer(as_row(made), as_json, lambda: f"Review {made.id} is planned.")


@review.command("list")
@store_option
@json_option
@says_no
def list_(address: str | None, as_json: bool) -> None:
    """List the reviews as they stand."""
    with opened(address) as store, store.reading(EVERYTHING) as cursor:
        found = [as_row(one) for one in record.reviews(cursor)]
    answer(found, as_json, lambda: table(found))


@review.command()
@click.argument("review_id", metavar="ID")
@store_option
@json_option
@person_option
@says_no
def freeze(review_id: str, address: str | None, as_json: bool, person: str) -> None:
    """Freeze the figures; who freezes accepts each source that is in doubt."""
    with opened(address) as store:
        frozen = freezing.freeze(store, review_id, person)
    found = {
        "review": frozen.id,
        "snapshot": frozen.snapshot,
        "number": frozen.number,
        "figures": frozen.figures,
    }
    answer(found, as_json, lambda: _frozen_in_words(frozen))


@review.command()
@click.argument("review_id", metavar="ID")
@store_option
@json_option
@says_no
def show(review_id: str, address: str | None, as_json: bool) -> None:
    """Show a review, what it froze, and whether it can still be asked again."""
    with opened(address) as store:
        found = _shown(store, review_id)
    answer(found, as_json, lambda: _shown_in_words(found))


def as_row(found: Review) -> dict[str, Any]:
    """A review as the command line gives it."""
    row: dict[str, Any] = plain(found)
    return {"review": row.pop("id"), **row}


def _shown(store: Store, review_id: str) -> dict[str, Any]:
    with store.reading(EVERYTHING) as cursor:
        found = record.find(cursor, review_id)
    if found.snapshot is None:
        return as_row(found)
    document = freezing.document_of(store, found)
    again = freezing.recheck(store, found)
    return {
        **as_row(found),
        "recomputed": plain(again),
        "differs_now": plain(freezing.since(store, found)),
        "frozen": document,
    }


def _frozen_in_words(frozen: Review) -> str:
    kinds = ", ".join(one["kind"] for one in frozen.accepted)
    accepted = f" Accepted as in doubt by {frozen.frozen_by}: {kinds}." if kinds else ""
    return (
        f"Review {frozen.id} is frozen: {frozen.figures} figures as at {frozen.as_of},"
        f" snapshot {(frozen.snapshot or '')[:12]}.{accepted}"
    )


def _shown_in_words(found: dict[str, Any]) -> str:
    lines = [
        f"Review {found['review']}: {found['state']}, of {found['period_from']} to"
        f" {found['period_to']}, held on {found['held_on']}, chair {found['chair']}."
    ]
    if "frozen" in found:
        again = found["recomputed"]
        lines.append(found["frozen"]["first_sentence"])
        lines.append(
            "Asked again it gives the same bytes."
            if again["same_bytes"]
            else f"Asked again: {'; '.join(again['changed']) or 'another answer'}."
        )
        lines.append(f"Since the freeze, {len(found['differs_now'])} figures differ.")
    return "\n".join(lines)
