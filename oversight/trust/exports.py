"""A table as a file that a spreadsheet opens, and that does nothing there."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

# What a spreadsheet takes for the start of a formula, after any blank before it.
STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
NUMBER: Final = "0123456789.,-+eE"


def csv_of(heads: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; every cell made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([harmless(row.get(head)) for head in heads])
    return out.getvalue().encode("utf-8-sig", "replace")


def harmless(value: Any) -> str:
    """A value as text that no spreadsheet computes: an apostrophe before what would be.

    Numbers of ours stay numbers; only words that came from people are in question.
    """
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(STARTS) else text
