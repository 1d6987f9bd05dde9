"""What the company has set: its name, what bodies are called. Kept by version."""

from oversight import journal
from oversight.store import Cursor, Writing

COMPANY_NAME = "company name"
MADE_UP = "made up"
# Bodies are renamed and abolished: what they are called is set, never written in code.
TOOLKIT = "toolkit name"
TOOLKIT_ADDRESS = "toolkit address"
TOOLKIT_VERSION = "toolkit version"
REGULATOR = "data protection regulator"
REGULATOR_SHORT = "data protection regulator in short"
NATIONAL_BODY = "national body"
DEFAULTS = {
    COMPANY_NAME: "Calsan Ltd",
    MADE_UP: "no",
    TOOLKIT: "Data Security and Protection Toolkit",
    TOOLKIT_ADDRESS: "https://www.dsptoolkit.nhs.uk/",
    TOOLKIT_VERSION: "v8 2025-26",
    REGULATOR: "Information Commission",
    REGULATOR_SHORT: "ICO",
    NATIONAL_BODY: "NHS England",
}


def read(cursor: Cursor, name: str) -> str:
    """The setting in force at the cursor's knowledge; its default when never set."""
    row = cursor.execute(
        """
        select arg_max(value, number) from setting
        where name = ? and number <= getvariable('known_number')
        """,
        [name],
    ).fetchone()
    return str(row[0]) if row and row[0] is not None else DEFAULTS[name]


def bodies(cursor: Cursor) -> dict[str, str]:
    """What the bodies are called, by the words that reference tables have for them."""
    return {
        "toolkit": read(cursor, TOOLKIT),
        "toolkit_address": read(cursor, TOOLKIT_ADDRESS),
        "regulator": read(cursor, REGULATOR),
        "regulator_short": read(cursor, REGULATOR_SHORT),
        "national_body": read(cursor, NATIONAL_BODY),
    }


def write(writing: Writing, by: str, values: dict[str, str]) -> None:
    """New versions of settings, in one journal entry; an unknown name is a KeyError."""
    for name, value in values.items():
        DEFAULTS[name]
        writing.cursor.execute(
            "insert into setting values (?, ?, ?)", [writing.number, name, value]
        )
    journal.append(writing, by, "settings changed", dict(values))
