"""The lines of a policy -> passages, each with the clause it stands in."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# A clause as 6.3 or "9. 3."; a lone number wants its full stop: "72 hours" is none.
NUMBER: Final = re.compile(
    r"\s*(?:(?P<wide>\d{1,2}(?:\.\s?\d{1,2})+)\.|(?P<tight>\d{1,2}(?:\.\d{1,2})+)"
    r"|(?P<lone>\d{1,2})[.)])\s+(?=\S)"
)
BULLET: Final = re.compile(r"\s*(?:[·•▪◦‣∙●○■□*–-]|o(?=\s))\s*(?=\S)")
LETTER: Final = re.compile(r"\s*\(?([a-z])[.)]\s+(?=\S)")
PAGE: Final = re.compile(r"\s*(?:page\s+)?\d+(?:\s*(?:of|/)\s*\d+)?\s*", re.IGNORECASE)
SOFT: Final = "\u00ad"  # a hyphen that shows only where a line ends
UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))
HYPHENS: Final = str.maketrans("\u2010\u2011", "--")


@dataclass(frozen=True)
class Passage:
    """A paragraph or bullet; clause as 6.3 or 9b, empty before the first."""

    clause: str
    text: str


def passages_of(lines: Iterable[str]) -> list[Passage]:
    """The passages in order, each on one line, its letters as a reader sees them."""
    found: list[tuple[str, list[str]]] = []
    section, letters, is_open, before = "", 0, False, ""
    for line in map(_seen, lines):
        if not line.strip() or PAGE.fullmatch(line):
            is_open, before = False, before if PAGE.fullmatch(line) else ""
            continue
        if (number := _number(line, section, before)) is not None:
            section, line = number
            letters = 0
            found.append((section, [line]))
        elif bullet := BULLET.match(line):
            letters += 1
            found.append((_lettered(section, letters), [line[bullet.end() :]]))
        elif letter := LETTER.match(line):
            letters = ord(letter[1]) - ord("a") + 1
            found.append((_lettered(section, letters), [line[letter.end() :]]))
        elif is_open:
            found[-1][1].append(line)
        else:
            found.append((section, [line]))
        is_open, before = True, line
    return [Passage(clause, _joined(parts)) for clause, parts in found]


def _seen(line: str) -> str:
    # Ligatures, wide and thin spaces as plain letters; what is never seen left out.
    return unicodedata.normalize("NFKC", line.translate(UNSEEN)).translate(HYPHENS)


def _number(line: str, section: str, before: str) -> tuple[str, str] | None:
    """The clause a line begins and what follows; None when its number is only text.

    A number goes on from the last; it may leap only where a sentence has ended, because
    a line of a wrapped sentence can begin with any number.
    """
    said = NUMBER.match(line)
    if said is None:
        return None
    number = re.sub(r"\s", "", said["wide"] or said["tight"] or said["lone"])
    now, last = _parts(number), _parts(section)
    leaps = now[0] > last[0] + 1 or len(now) > 4
    is_new = not before.strip() or before.rstrip()[-1] in ".:;!?"
    if now <= last or (leaps and not is_new):
        return None
    return number, line[said.end() :]


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".")) if number else (0,)


def _lettered(section: str, letters: int) -> str:
    if not section:
        return ""
    turn, letter = divmod(letters - 1, 26)
    return f"{section}{chr(ord('a') + letter) * (turn + 1)}"


def _joined(parts: list[str]) -> str:
    text = "\n".join(part.strip() for part in parts)
    # A word cut at the line's end is one word again.
    text = re.sub(rf"{SOFT}\n|(?<=[a-z])-\n(?=[a-z])", "", text).replace(SOFT, "")
    return " ".join(text.split())
