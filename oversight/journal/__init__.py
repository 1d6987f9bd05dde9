"""What people did here: append-only, each entry sealed to the one before."""

from oversight.journal.entries import Entry, append, entries, first_broken, seal
from oversight.journal.losses import accept_loss, lost_moments
from oversight.journal.notes import note, write_down

__all__ = [
    "Entry",
    "accept_loss",
    "append",
    "entries",
    "first_broken",
    "lost_moments",
    "note",
    "seal",
    "write_down",
]
