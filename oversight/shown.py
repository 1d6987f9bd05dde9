"""What of the words that came from outside is fit to be shown and kept?"""

import unicodedata

# A terminal obeys control characters; half a surrogate pair cannot be written at all.
UNFIT = ("Cc", "Cs")


def printable(words: str) -> str:
    """The words with what cannot be shown marked; lines and tabs stay."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(letter) in UNFIT and letter not in "\n\t"
        else letter
        for letter in words
    )
