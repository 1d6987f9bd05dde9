"""The one way by which names and small counts leave: screen, download and paper.

The numbers stand on top, because a regulator may ask about them and a decision to
change one must be one line.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 5  # a count of people under this is not shown outside the company
PSEUDONYM_LETTERS: Final = 8  # 40 bits: two of ten thousand people share one by chance
PSEUDONYM: Final = "person-"  # what one begins with
FEWEST_IN_A_REASON: Final = 10  # letters that say why somebody is to be known by name

E_MAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
TEN_DIGITS: Final = re.compile(
    r"(?<!\d)(?<!\d[ -])\d{3}[ -]?\d{3}[ -]?\d{4}(?![ -]?\d)"
)
PHONE: Final = re.compile(
    r"(?<![\w+])(?:(?:\+44|0044)[ -]*(?:\(0\))?|0)(?:[ ()-]*\d){9,10}(?!\d)", re.ASCII
)
NI_NUMBER: Final = re.compile(
    r"\b[A-CEGHJ-PR-TW-Z]{2}[ ]?(?:\d{2}[ ]?){3}[A-D]\b", re.IGNORECASE
)


def masked(text: str) -> str:
    """Free text with what names a person taken out: numbers, phones and addresses.

    An NHS number is known by its check digit, so that a reference of ten digits is not
    taken for one.
    """
    text = E_MAIL.sub("[e-mail]", text)
    text = NI_NUMBER.sub("[NI number]", text)
    text = TEN_DIGITS.sub(_nhs_number, text)
    return PHONE.sub("[phone]", text)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits are an NHS number, by its check digit (modulus 11)."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    weighted = sum(digit * (10 - at) for at, digit in enumerate(digits[:9]))
    return (11 - weighted % 11) % 11 == digits[9]


def pseudonym(key: bytes, reference: str) -> str:
    """The name under which a member of staff is shown: one a store, and no way back."""
    plain = reference.strip().casefold().encode("utf-8", "replace")
    digest = hmac.new(key, plain, hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().lower()[:PSEUDONYM_LETTERS]
    return f"{PSEUDONYM}{letters}"


@dataclass(frozen=True)
class Mask:
    """Whom to show by pseudonym, within references and cells.

    people: every reference and login of staff, folded. always: parts that are neither a
    home's nor known are taken for a person's too (a log knows logins that no register
    does).
    """

    key: bytes
    people: Collection[str]
    homes: Collection[str] = ()

    def reference(self, said: str, always: bool = False) -> str:
        """The reference of a case, its parts divided by `|`."""
        return "|".join(self._part(part, always) for part in said.split("|"))

    def person(self, said: str) -> str:
        """A cell that holds a person's reference or login."""
        return pseudonym(self.key, said) if said.strip() else said

    def _part(self, part: str, always: bool) -> str:
        plain = part.strip().casefold()
        is_home = plain in self.homes
        if plain in self.people or (always and not is_home):
            return self.person(part)
        return part


def suppressed(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts of people by group, for a reader outside, beside whom the total is shown.

    None hides one. A count from 1 to SMALLEST - 1 is hidden; then others are, the
    smallest first, until what is hidden cannot be worked out from the total.
    """
    hidden = {group for group, count in counts.items() if 0 < count < SMALLEST}
    rest = sorted(
        (group for group in counts if group not in hidden),
        key=lambda group: (counts[group] == 0, counts[group], group),
    )
    while hidden and rest and _can_be_worked_out(counts, hidden):
        hidden.add(rest.pop(0))
    if hidden and _can_be_worked_out(counts, hidden):
        hidden = set(counts)  # nothing left to hide behind: the total must go as well
    return {
        group: None if group in hidden else count for group, count in counts.items()
    }


def may_show_total(counts: Mapping[str, int]) -> bool:
    """Whether the total beside suppressed counts gives none of them away."""
    shown = suppressed(counts)
    hidden = {group for group, count in shown.items() if count is None}
    return not hidden or not _can_be_worked_out(counts, hidden)


def is_reason(said: str) -> bool:
    """Whether a reason says anything: for seeing who a pseudonym stands for."""
    return len(set(said)) > 3 and sum(map(str.isalpha, said)) >= FEWEST_IN_A_REASON


def _can_be_worked_out(counts: Mapping[str, int], hidden: Collection[str]) -> bool:
    """Whether the sum of what is hidden leaves one of them only one value."""
    left = sum(counts[group] for group in hidden)
    is_small = {group: 0 < counts[group] < SMALLEST for group in hidden}
    low = {group: 1 if is_small[group] else 0 for group in hidden}
    high = {group: SMALLEST - 1 if is_small[group] else left for group in hidden}
    for group in hidden:
        others = [one for one in hidden if one != group]
        least = max(low[group], left - sum(high[one] for one in others))
        most = min(high[group], left - sum(low[one] for one in others))
        if most <= least:
            return True
    return False


def _nhs_number(found: re.Match[str]) -> str:
    return "[NHS number]" if is_nhs_number(found[0]) else found[0]
