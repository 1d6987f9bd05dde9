"""What in a policy's text must be amended, and to what? Findings for the review."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oversight.currency.numbers import Numbered, clashes, numbered_in
from oversight.currency.passages import Passage, passages_of
from oversight.currency.rules import Rule, all_rules
from oversight.currency.texts import lines_of

CLASHING = "clashing number"
DEAD_LINK = "dead link"
EVERY_TEXT = "all texts together"
REFERENCE_WORDS = {
    "A": "confirmed reference",
    "B": "partly confirmed reference",
    "C": "unverified reference",
}


@dataclass(frozen=True)
class Finding:
    """One thing to amend: where, the words found, what is current and since when."""

    file: str
    clause: str  # empty before the first clause of the text
    finding: str  # superseded law, abolished body, dead link, missing subject ...
    words: str  # as they stand in the text; empty where a subject is missing
    current: str
    since: str  # a day, a month or a year; empty where there is none
    amendment: str
    confidence: str
    reference: str  # the confidence in words
    source: str


@dataclass(frozen=True)
class Text:
    """A policy as read."""

    file: str
    passages: tuple[Passage, ...]


def read_policy(path: Path) -> Text:
    """A file as passages; TextRefused says why it cannot be read."""
    return Text(path.name, tuple(passages_of(lines_of(path))))


def check(texts: Sequence[Text], names: Mapping[str, str]) -> list[Finding]:
    """What must be amended, in the order of the texts; what is missing comes last.

    names: what the settings call the bodies. A subject is missing where none of the
    texts speaks of it. The same texts, names and table give the same findings.
    """
    rules = all_rules(names)
    wrong = [rule for rule in rules if not rule.is_missing]
    found = [each for text in texts for each in _wrong_in(text, wrong, names)]
    named = (each for text in texts for each in numbered_in(text.file, text.passages))
    found += [_clash(first, other) for first, other in clashes(named)]
    order = {text.file: at for at, text in enumerate(texts)}
    found.sort(key=lambda each: (order[each.file], _place(each.clause)))
    if not texts:
        return []
    said = [passage.text for text in texts for passage in text.passages]
    file = texts[0].file if len(texts) == 1 else EVERY_TEXT
    missing = (rule for rule in rules if rule.is_missing)
    return found + [
        _finding(rule, file, rule.clause, "")
        for rule in missing
        if not any(rule.found_in(text) for text in said)
    ]


def in_words(since: str) -> str:
    """A day, a month or a year as far as it is known: 2018-04 is April 2018."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", since):
        day = date.fromisoformat(since)
        return f"{day.day} {day:%B %Y}"
    if re.fullmatch(r"\d{4}-\d{2}", since):
        return f"{date.fromisoformat(f'{since}-01'):%B %Y}"
    return since


def _wrong_in(
    text: Text, rules: Iterable[Rule], names: Mapping[str, str]
) -> list[Finding]:
    found = []
    for passage in text.passages:
        hits = [(hit, rule) for rule in rules for hit in rule.found_in(passage.text)]
        # Of two that overlap the longer says more: an address, not the name within it.
        hits.sort(key=lambda each: (-len(each[0][0]), each[0].start()))
        kept: list[tuple[re.Match[str], Rule]] = []
        for hit, rule in hits:
            if _is_current(hit[0], rule):
                continue
            if all(hit.end() <= o.start() or hit.start() >= o.end() for o, _ in kept):
                kept.append((hit, rule))
        kept.sort(key=lambda each: each[0].start())
        found += [
            _finding(rule, text.file, passage.clause, _as_written(hit[0], rule))
            for hit, rule in kept
        ]
    return found


def _as_written(words: str, rule: Rule) -> str:
    # An address that a line's end cut in two is shown whole.
    return "".join(words.split()) if rule.finding == DEAD_LINK else words.strip()


def _is_current(words: str, rule: Rule) -> bool:
    # The settings may name this very body: then it is the current one.
    return words.casefold() == rule.current.casefold()


def _finding(rule: Rule, file: str, clause: str, words: str) -> Finding:
    amendment = rule.amendment.replace("{words}", words).replace("{clause}", clause)
    at = f"Clause {clause}: " if clause and words else ""
    return Finding(
        file,
        clause,
        rule.finding,
        words,
        rule.current,
        rule.since,
        f"{at}{amendment[0].lower() if at else amendment[0]}{amendment[1:]}",
        rule.confidence,
        REFERENCE_WORDS[rule.confidence],
        rule.source,
    )


def _clash(first: Numbered, other: Numbered) -> Finding:
    where = f" ({first.clause})" if first.clause else ""
    return Finding(
        other.file,
        other.clause,
        CLASHING,
        f"No. {other.number}",
        f"No. {first.number} is also '{first.title}'{where}",
        "",
        f"Give '{other.title}' a number of its own, in the policy and on the document.",
        "A",
        REFERENCE_WORDS["A"],
        "the policy's own text",
    )


def _place(clause: str) -> tuple[object, ...]:
    parts = re.findall(r"\d+|[a-z]+", clause)
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)
