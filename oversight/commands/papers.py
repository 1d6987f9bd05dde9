"""The papers of a review on the command line: pack."""

from pathlib import Path

import click

from oversight.commands.common import (
    answer,
    json_option,
    opened,
    says_no,
    store_option,
)
from oversight.pack import FORMATS, Audience, Written, write
from oversight.review import record
from oversight.store import EVERYTHING


@click.command()
@click.argument("review_id", metavar="REVIEW")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="FOLDER",
    help="The folder they are written to; it is made.",
)
@click.option(
    "--format",
    "formats",
    default=",".join(FORMATS),
    show_default=True,
    help="Which papers, divided by commas.",
)
@click.option(
    "--for",
    "audience",
    type=click.Choice([one.value for one in Audience]),
    default=Audience.OUTSIDE.value,
    show_default=True,
    help="Outside: small counts are hidden and no case is listed.",
)
@store_option
@json_option
@says_no
def pack(
    review_id: str,
    out: Path,
    formats: str,
    audience: str,
    address: str | None,
    as_json: bool,
) -> None:
    """Write the papers of a frozen review."""
    names = [name.strip() for name in formats.split(",") if name.strip()]
    with opened(address) as store:
        with store.reading(EVERYTHING) as cursor:
            review = record.find(cursor, review_id)
        # Another process may own the store: a folder is the caller's, not its own.
        written = write(store, review, out, names, Audience(audience))
    found = {"snapshot": review.snapshot, "files": written}
    answer(found, as_json, lambda: "\n".join(map(_said, written)))


def _said(one: Written) -> str:
    return f"{one.file}: {one.bytes:,} bytes"
