"""Is the policy's own text current: policy-check."""

from pathlib import Path

import click

from oversight import settings
from oversight.commands.common import (
    answer,
    json_option,
    reading,
    says_no,
    store_option,
)
from oversight.currency.checking import Finding, check, read_policy
from oversight.currency.texts import TextRefused, policy_files, policy_folder


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
