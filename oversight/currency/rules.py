"""What to look for in a policy's text: data/reference/policy_rules.csv.

Words: alternatives divided by `|`. A space stands for whatever divides words (commas,
brackets, hyphens, a line's end, or nothing), `and` for & too, `*` for up to eight
words. An alternative that begins with `=` is looked for in its own capitals: NHS
Digital is a body, "NHS digital tools" is not. Names in braces are settings.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from oversight.reference import rows

BETWEEN: Final = r"[\s,()\[\]'\"“”‘’/–—-]{0,4}"
AROUND: Final = 60  # characters within which a word excuses what was found
NEAR: Final = 200  # characters within which a word must be for a rule to apply
SENTENCE: Final = re.compile(r"(?<!\bi\.e)(?<!\be\.g)(?<!\bNo)[.;!?]\s+(?=[A-Z])")
MISSING: Final = "missing subject"


@dataclass(frozen=True)
class Rule:
    """One row: words that should not stand in a policy, or that may be missing."""

    id: str
    finding: str
    clause: str  # where a missing subject belongs
    words: tuple[re.Pattern[str], ...]
    near: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    current: str
    since: str  # a day, a month or a year, as far as it is known
    amendment: str
    confidence: str  # A confirmed, B partly, C not
    source: str

    @property
    def is_missing(self) -> bool:
        return self.finding == MISSING

    def found_in(self, text: str) -> list[re.Match[str]]:
        """Where its words stand in a text without excuse, in order."""
        found = [m for pattern in self.words for m in pattern.finditer(text)]
        return sorted((m for m in found if self._applies(m, text)), key=re.Match.span)

    def _applies(self, found: re.Match[str], text: str) -> bool:
        around = text[max(0, found.start() - NEAR) : found.end() + NEAR]
        if self.near and not any(pattern.search(around) for pattern in self.near):
            return False
        excused = _sentence_around(found, text)
        return not any(pattern.search(excused) for pattern in self.unless)


def all_rules(names: Mapping[str, str]) -> list[Rule]:
    """The rules in the table's order; names: what the settings call the bodies."""
    register = {row["policy_term"]: row for row in rows("legislation_map")}
    return [
        _rule(row, register.get(row["register"], {}), names)
        for row in rows("policy_rules")
    ]


def _rule(
    row: Mapping[str, str], law: Mapping[str, str], names: Mapping[str, str]
) -> Rule:
    current = row["current"] or law["current_equivalent"]
    return Rule(
        id=row["rule"],
        finding=row["finding"],
        clause=row["clause"],
        words=_patterns(_named(row["words"], names)),
        near=_patterns(row["near"]),
        unless=_patterns(row["unless"]),
        current=_named(current, names),
        since=row["since"] or law.get("effective_from", ""),
        amendment=_named(row["amendment"], names),
        confidence=row["confidence"] or law["confidence"],
        source=row["source"] or law["source"],
    )


def _named(text: str, names: Mapping[str, str]) -> str:
    for name, said in names.items():
        text = text.replace(f"{{{name}}}", said)
    return text


def _patterns(said: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(each.strip()) for each in said.split(" | ") if each.strip())


def _pattern(said: str) -> re.Pattern[str]:
    flags = 0 if said.startswith("=") else re.IGNORECASE
    tokens = re.split(r"[\s()]+", said.removeprefix("="))
    text = BETWEEN.join(_token(token) for token in tokens if token)
    return re.compile(rf"(?<!\w){text}(?!\w)(?!\.\d)", flags)


def _token(said: str) -> str:
    if said == "*":
        return r"(?:\W*\b\w+){0,8}?\W*"
    if said.lower() in ("and", "&"):
        return r"(?:and|&)"
    written = re.escape(said).replace(r"\-", BETWEEN).replace("'", "['’‘`]?")
    return written.replace(r"\.", r"\s?\.\s?").replace("/", r"\s?/\s?")


def _sentence_around(found: re.Match[str], text: str) -> str:
    """The words close to what was found and in its own sentence."""
    start = max(0, found.start() - AROUND)
    end = min(len(text), found.end() + AROUND)
    for stop in SENTENCE.finditer(text):
        if stop.end() <= found.start():
            start = max(start, stop.end())
        elif stop.start() >= found.end():
            end = min(end, stop.start())
            break
    return text[start:end]
