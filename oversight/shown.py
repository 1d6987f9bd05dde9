"""What of the words that came from outside is fit to be shown and kept?"""

import re
import unicodedata

# A terminal obeys control characters; half a surrogate pair cannot be written at all.
UNFIT = ("Cc", "Cs")

LONGEST_NAME = 150  # bytes
LONGEST_END = 10
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e]')


def printable(words: str) -> str:
    """The words with what cannot be shown marked; lines and tabs stay."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(letter) in UNFIT and letter not in "\n\t"
        else letter
        for letter in words
    )


def file_name(said: str) -> str:
    """A file's name as it may stand on a disk and in a sentence; its ending is kept."""
    name = NOT_IN_NAMES.sub("_", said.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, end = name.rpartition(".")
    if dot and stem and len(end) <= LONGEST_END:
        return f"{_cut(stem)}.{end}"
    return _cut(name) or "file"


def _cut(said: str) -> str:
    # A file system counts bytes, and an accent is two of them.
    return said.encode("utf-8", "replace")[:LONGEST_NAME].decode("utf-8", "ignore")
