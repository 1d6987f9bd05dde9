"""The watched folder, looked through at once or for as long as it runs: inbox."""

import threading
from pathlib import Path

import click

from oversight import inbox as inbox_
from oversight.commands.common import (
    answer,
    json_option,
    opened,
    plain,
    says_no,
    store_option,
)


@click.command()
@click.option("--once", is_flag=True, help="Looks through it once and ends.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Another folder; default OVERSIGHT_INBOX, else data/inbox.",
)
@store_option
@json_option
@says_no
def inbox(once: bool, folder: Path | None, address: str | None, as_json: bool) -> None:
    """Import what lies finished in the inbox folder, and move it.

    The dashboard does so by itself while it runs.
    """
    folder = folder or inbox_.folder_watched()
    with opened(address) as store:
        if not once:
            inbox_.watch(store, folder, threading.Event())
        taken = inbox_.sweep(store, folder)
    found = [plain(each.report) | {"moved_to": str(each.path)} for each in taken]
    words = (f"{r['state']}: {r['message']}" for r in found)
    answer(found, as_json, lambda: "\n".join(words) or "The inbox is empty.")
