"""What the law asks and when it bites: policy-check, look-ahead, toolkit."""

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
from oversight.frameworks import framework_items
from oversight.toolkit import Answered, Toolkit, toolkit_on
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


@click.command("toolkit")
@scoped
def toolkit_(
    as_of: datetime | None,
    known_at: datetime | None,
    home: str | None,
    address: str | None,
    as_json: bool,
) -> None:
    """The Toolkit: what is ready, the pace needed, what publishing now would give."""
    with reading(address, known_at, home) as cursor:
        found = toolkit_on(cursor, judge_all(cursor, day(as_of)), day(as_of))
    answer(_toolkit(found), as_json, lambda: "\n".join(_toolkit_lines(found)))


@click.command("frameworks")
@scoped
def frameworks_(
    as_of: datetime | None,
    known_at: datetime | None,
    home: str | None,
    address: str | None,
    as_json: bool,
) -> None:
    """What each framework asks, and how the measures that bear on it stand."""
    with reading(address, known_at, home) as cursor:
        statuses = {
            one.measure.id: one.verdict.status for one in judge_all(cursor, day(as_of))
        }
        found = [
            vars(item) | {"statuses": {m: statuses.get(m) for m in item.measures}}
            for item in framework_items(cursor, day(as_of))
        ]
    answer(
        found,
        as_json,
        lambda: "\n".join(
            f"{row['framework']} {row['item']}: {', '.join(row['measures']) or '-'}"
            for row in found
        ),
    )


def _toolkit(found: Toolkit) -> dict[str, Any]:
    return {
        "toolkit": found.name,
        "version": found.version,
        "as_of": found.as_of,
        "sentence": found.sentence,
        "deadline": found.deadline,
        "days_left": found.days_left,
        "mandatory": len(found.mandatory),
        "to_do": len(found.to_do),
        "contradicted": len(found.contradicted),
        "days_an_item": found.days_an_item,
        "if_published_now": found.if_published_now(by_the_data=False),
        "if_published_now_by_the_data": found.if_published_now(by_the_data=True),
        "published": vars(found.published) if found.published else None,
        "items": [_toolkit_item(each) for each in found.items],
    }


def _toolkit_item(each: Answered) -> dict[str, Any]:
    return {
        "item": each.item.item,
        "wording": each.item.shown,
        "mandatory": each.item.mandatory,
        "standing": each.standing,
        "answer": each.answer,
        "evidence": each.evidence,
        "evidence_expires_on": each.evidence_expires_on,
        "owner": each.owner,
        "review_due_on": each.review_due_on,
        "measures": list(each.item.measures),
        "data_says": each.data_says,
    }


def _toolkit_lines(found: Toolkit) -> list[str]:
    return [
        found.sentence,
        f"If published now: {found.if_published_now(by_the_data=False)};"
        f" as the data shows: {found.if_published_now(by_the_data=True)}.",
        *(
            f"{each.item.item:<7} {each.standing}: {each.item.shown}. {each.data_says}"
            for each in found.items
        ),
    ]
