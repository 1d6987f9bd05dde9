"""What the law asks and when it bites: policy-check, look-ahead."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from oversight import settings
from oversight.ahead import STEPS
from oversight.commands.common import (
    answer,
    day,
    json_option,
    reading,
    says_no,
    store_option,
)
from oversight.commands.figures import scoped
from oversight.currency.checking import Finding, check, read_policy
from oversight.currency.texts import TextRefused, policy_files, policy_folder
from oversight.verdicts.judgement import judge_all
from oversight.verdicts.look_ahead import (
    LookAhead,
    MeasureAhead,
    counts,
    look_ahead,
)
from oversight.words import Strand


@click.command("policy-check")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@store_option
@json_option
@says_no
def policy_check(file: Path | None, address: str | None, as_json: bool) -> None:
    """What in the policy's text cites law or bodies that are gone, or is missing.

    FILE is one text; without it, every text in data/policies (or in the folder that
    OVERSIGHT_POLICIES names).
    """
    files = [file] if file else policy_files()
    if not files:
        raise LookupError(
            f"There is no policy in {policy_folder()}. Put its text there, as .txt,"
            " .docx or .pdf, or name a FILE."
        )
    try:
        texts = [read_policy(each) for each in files]
    except TextRefused as refusal:
        raise ValueError(str(refusal)) from None
    with reading(address) as cursor:
        found = check(texts, settings.bodies(cursor))
    answer(found, as_json, lambda: "\n".join(map(_in_words, found)) or "None.")


def _in_words(finding: Finding) -> str:
    since = f" since {finding.since}" if finding.since else ""
    words = f" {finding.words!r}:" if finding.words else ""
    said = f"{finding.finding}:{words} {finding.current}{since}."
    at = finding.clause or "-"
    return f"{at:<5} {said} {finding.amendment} ({finding.reference})"


@click.command("look-ahead")
@scoped
def look_ahead_(
    as_of: datetime | None,
    known_at: datetime | None,
    home: str | None,
    address: str | None,
    as_json: bool,
) -> None:
    """When each measure stops being met if nothing is done, and what falls due.

    From due and expiry dates alone, for the 90 days after the day asked about.
    """
    with reading(address, known_at, home) as cursor:
        found = look_ahead(cursor, judge_all(cursor, day(as_of)), day(as_of))
    answer(_ahead(found), as_json, lambda: "\n".join(map(_line, found.measures)))


def _ahead(found: LookAhead) -> dict[str, Any]:
    return {
        "as_of": found.as_of,
        "measures": [_measure_ahead(one, found.as_of) for one in found.measures],
        "strands": [
            {"strand": strand, "stops_on": found.strand_stops_on(strand)}
            for strand in Strand
        ],
        "owners": [
            {"owner": one.owner, "first_due": one.first_due, **_in_days(one.counts)}
            for one in found.owners()
        ],
    }


def _measure_ahead(one: MeasureAhead, as_of: date) -> dict[str, Any]:
    due = [each.due_on for each in one.coming]
    return {
        "id": one.measure.id,
        "title": one.measure.title,
        "strand": one.measure.strand,
        "owner": one.measure.owner,
        "status": one.status,
        "stops_on": one.stops_on,
        "sentence": one.sentence,
        **_in_days(counts(due, as_of)),
        "falling_due": [vars(each) for each in one.coming],
    }


def _in_days(numbers: tuple[int, ...]) -> dict[str, int]:
    return {f"in_{n}_days": count for n, count in zip(STEPS, numbers, strict=True)}


def _line(one: MeasureAhead) -> str:
    when = str(one.stops_on) if one.stops_on else "-"
    due = f" {len(one.coming)} fall due." if one.coming else ""
    return f"{one.measure.id:<5} {when:<10} {one.measure.title}: {one.sentence}{due}"
