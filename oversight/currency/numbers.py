"""Which numbers does the policy give to more than one document?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from oversight.currency.passages import Passage

NUMBERED: Final = re.compile(r"\(?\b(?:[Nn]os?|[Nn]umber|NO|№)\.?\s{0,2}(\d{2,4})\b")
IS_DOCUMENT: Final = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|code|plan|protocol|guidance|standard|schedule)\b",
    re.IGNORECASE,
)
SMALL: Final = set("of and & the for to on policy procedure procedures code".split())
LEADING: Final = set(
    "see also read our the this refer under in and of to for on & with".split()
)
LONGEST: Final = 12  # words of a title


@dataclass(frozen=True)
class Numbered:
    """One mention of a document by its title and number."""

    file: str
    clause: str
    number: str
    title: str


def numbered_in(file: str, passages: Iterable[Passage]) -> Iterator[Numbered]:
    """Every document that is named with a number, in the order of the text."""
    for passage in passages:
        for said in NUMBERED.finditer(passage.text):
            title = _title(passage.text[: said.start()])
            if _essence(title):
                yield Numbered(file, passage.clause, said[1], title)


def clashes(named: Iterable[Numbered]) -> list[tuple[Numbered, Numbered]]:
    """For each other title a number is given: its first mention, and the first's."""
    first: dict[str, Numbered] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    found = []
    for each in named:
        key = each.number, _essence(each.title)
        if each.number in first and key not in seen:
            found.append((first[each.number], each))
        first.setdefault(each.number, each)
        seen.add(key)
    return found


def _title(before: str) -> str:
    """The title that a text ends with; empty where its last words name no document.

    Words with capitals and small ones between; or, as in "Staff code of conduct", what
    begins with the last capital.
    """
    said = re.split(r"(?<=[.:;,])\s+|\s*[(]", before.rstrip(" (,"))[-1]
    words = said.split()[-LONGEST:]
    at = len(words)
    while at and (words[at - 1][:1].isupper() or words[at - 1].lower() in SMALL):
        at -= 1
    if not IS_DOCUMENT.search(" ".join(words[at:])):
        capitals = [at for at, word in enumerate(words) if word[:1].isupper()]
        at = capitals[-1] if capitals else len(words)
    words = words[at:]
    while words and words[0].lower() in LEADING:
        words.pop(0)
    title = " ".join(words)
    return title if IS_DOCUMENT.search(title) else ""


def _essence(title: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", title.lower())
    return frozenset(word.rstrip("s") for word in words if word not in SMALL)
