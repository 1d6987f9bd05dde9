"""What the records say of themselves: verify, clauses."""

import sys
from datetime import datetime
from typing import Any

import click

from oversight import integrity
from oversight.commands.common import (
    answer,
    as_of_option,
    day,
    json_option,
    opened,
    reading,
    says_no,
    store_option,
)
from oversight.policy import Clause, clauses_on
from oversight.words import STATUS_WORDS


@click.command()
@store_option
@json_option
@says_no
def verify(address: str | None, as_json: bool) -> None:
    """Whether the store still holds what was put there; exit status 1 when not."""
    with opened(address) as store:
        checks = integrity.verify(store)
    ok = all(check.ok for check in checks)
    words = (
        f"{'ok ' if check.ok else 'BAD'} {check.name}: {check.detail}"
        for check in checks
    )
    answer({"ok": ok, "checks": checks}, as_json, lambda: "\n".join(words))
    if not ok:
        sys.exit(1)


@click.command()
@as_of_option
@store_option
@json_option
@says_no
def clauses(as_of: datetime | None, address: str | None, as_json: bool) -> None:
    """The policy, clause by clause: what shows it, and how it stands."""
    with reading(address) as cursor:
        found = clauses_on(cursor, day(as_of))
    answer(found, as_json, lambda: "\n".join(map(_in_words, found)))


def _in_words(clause: Clause) -> str:
    status: Any = (
        STATUS_WORDS.get(clause.status, "Not measured") if clause.status else None
    )
    shown = f"{status}: {clause.evidence}" if status else clause.reason_unmeasured
    return f"{clause.clause:<5} {clause.promise}. {shown}"
