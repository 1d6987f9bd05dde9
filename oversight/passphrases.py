"""Is this the right passphrase, and is it good enough to be one?

streamlit-authenticator hashes and validates. It draws in the whole of Streamlit, so it
is imported when first needed: the command line stays quick.
"""

import base64
import functools
import hashlib
import importlib
import logging
import secrets
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from streamlit_authenticator.utilities import Validator

MIN_LENGTH: Final = 12
MAX_LENGTH: Final = 1024  # room for any sentence
MIN_DIFFERENT: Final = 5  # "aaaaaaaaaaaa" and "121212121212" are long and are nothing

COMMON: Final = (
    Path(__file__).resolve().parent.parent / "data" / "reference" / "common_words.txt"
)
READ_AS: Final = str.maketrans("013457@$!|", "oieastasii")
WALKS: Final = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertz", "azerty"),
    *("abcdefghijklmnopqrstuvwxyz", "01234567890", "1q2w3e4r5t6y7u8i9o0p"),
    *("qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn"),
)
SHORTEST_WALK: Final = 4


class WeakPassphrase(Exception):
    """The passphrase will not do; the sentence is shown to people as it stands."""


def hash_of(passphrase: str) -> str:
    """What is kept of a passphrase: bcrypt, salted; the same twice gives two hashes."""
    return str(_library().Hasher.hash(_condensed(passphrase)))


def is_right(passphrase: str, password_hash: str | None) -> bool:
    """Whether a passphrase is the one behind a hash. None: nobody of that name.

    One hash is checked whatever was asked, so that the time taken says nothing about
    which names exist.
    """
    hasher, stand_in = _library().Hasher, _stand_in()
    is_known = password_hash is not None and hasher.is_hash(password_hash)
    wanted = password_hash if is_known else stand_in
    return bool(hasher.check_pw(_condensed(passphrase), wanted)) and is_known


def made() -> str:
    """A passphrase made here for somebody else to begin with: 100 random bits."""
    letters = base64.b32encode(secrets.token_bytes(15)).decode().lower()[:20]
    return "-".join(letters[at : at + 5] for at in range(0, 20, 5))


def check_is_strong(passphrase: str, name: str = "") -> None:
    """Raise WeakPassphrase, with what to do instead, unless it is long and not common.

    Length and no rules of composition: the NCSC's advice (three random words).
    """
    if problem := validator(name).diagnose_password(passphrase):
        raise WeakPassphrase(problem)


def validator(name: str = "") -> "Validator":
    """streamlit-authenticator's Validator, with our rule for a person's passphrase."""

    class PassphraseValidator(_library().Validator):  # type: ignore[misc]
        def validate_password(self, password: str) -> bool:
            return not self.diagnose_password(password)

        def diagnose_password(self, password: str) -> str:
            return _weakness(password, name)

    return PassphraseValidator()


def _weakness(passphrase: str, name: str) -> str:
    if not MIN_LENGTH <= len(passphrase) <= MAX_LENGTH:
        return (
            f"Wanted a passphrase of {MIN_LENGTH} to {MAX_LENGTH} characters; this one"
            f" has {len(passphrase)}. Three or four random words do well."
        )
    plain, own_name = _plain(passphrase), _plain(name)
    beyond_the_name = plain.replace(own_name, "") if own_name else plain
    if len(set(beyond_the_name)) < MIN_DIFFERENT or _is_common(beyond_the_name):
        return "This passphrase is among the first to be guessed. Take random words."
    return ""


def _is_common(plain: str) -> bool:
    """Whether nothing is in it but what people think of first."""
    without_walks = _without_walks(plain)
    said = (without_walks, without_walks.translate(READ_AS))
    return any(_is_made_of(_common_words(), _letters(each)) for each in said)


def _is_made_of(words: frozenset[str], letters: str) -> bool:
    """Whether the letters are words of the list, one after another."""
    longest = max(map(len, words))
    reached = {0}
    for end in range(1, len(letters) + 1):
        starts = range(max(0, end - longest), end)
        if any(at in reached and letters[at:end] in words for at in starts):
            reached.add(end)
    return len(letters) in reached


def _without_walks(plain: str) -> str:
    """What is left when walks along a row of keys, either way, are taken out."""
    for walk in (*WALKS, *(walk[::-1] for walk in WALKS)):
        for length in range(len(walk), SHORTEST_WALK - 1, -1):
            for at in range(len(walk) - length + 1):
                plain = plain.replace(walk[at : at + length], "")
    return plain


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


@functools.cache
def _common_words() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("#") for word in line.split()
    )


def _plain(text: str) -> str:
    return "".join(_normal(text).casefold().split())


def _condensed(passphrase: str) -> str:
    # bcrypt refuses more than 72 bytes and stops at a NUL: neither is in base64 of a
    # digest. NFKC, because an accent typed on another keyboard is the same accent.
    typed = _normal(passphrase).encode("utf-8", "surrogatepass")
    return base64.b64encode(hashlib.sha256(typed).digest()).decode("ascii")


def _normal(passphrase: str) -> str:
    return unicodedata.normalize("NFKC", passphrase)


@functools.cache
def _stand_in() -> str:
    """A hash that no passphrase opens, checked in place of one that is not there."""
    return hash_of(secrets.token_urlsafe(32))


@functools.cache
def _library() -> ModuleType:
    # Imported where no page is being drawn, it has Streamlit warn that none is.
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        return importlib.import_module("streamlit_authenticator.utilities")
    finally:
        logging.disable(before)
