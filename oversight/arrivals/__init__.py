"""A file comes in: recognised, checked, accepted or refused, in one transaction."""

from oversight.arrivals.importing import import_file, import_files, take_in
from oversight.arrivals.ledger import find_arrival
from oversight.arrivals.sent import Report, Sent
from oversight.arrivals.undoing import undo

__all__ = [
    "Report",
    "Sent",
    "find_arrival",
    "import_file",
    "import_files",
    "take_in",
    "undo",
]
