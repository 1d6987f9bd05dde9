"""What the company has set: its name, whether the data is made up. Kept by version."""

from oversight import journal
from oversight.store import Cursor, Writing

COMPANY_NAME = "company name"
MADE_UP = "made up"
DEFAULTS = {COMPANY_NAME: "Calsan Ltd", MADE_UP: "no"}


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


def write(writing: Writing, by: str, values: dict[str, str]) -> None:
    """New versions of settings, in one journal entry; an unknown name is a KeyError."""
    for name, value in values.items():
        DEFAULTS[name]
        writing.cursor.execute(
            "insert into setting values (?, ?, ?)", [writing.number, name, value]
        )
    journal.append(writing, by, "settings changed", dict(values))
