"""What people did here: append-only, each entry sealed to the one before."""

from oversight.journal.entries import Entry, append, entries, first_broken, seal
from oversight.journal.notes import note, write_down

__all__ = [
    "Entry",
    "append",
    "entries",
    "first_broken",
    "note",
    "seal",
    "write_down",
]
