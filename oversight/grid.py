"""What does the breach grid suggest? The grid suggests; a named person decides.

Only which cells go to the ICO is partly confirmed. The wording of the levels, the
threshold of the national body and the least level where vulnerable people are involved
are not, and are never shown as more than an unverified reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = range(1, 6)
LEAST_FOR_VULNERABLE = 2
UNVERIFIED = "C"


@dataclass(frozen=True)
class Cell:
    """One cell of the reference table."""

    severity: str
    likelihood: str
    score: int
    band: str
    notify_ico: bool
    notify_national: bool
    confidence: str


@dataclass(frozen=True)
class Suggestion:
    """What the grid suggests, why, and how sure the reference is (A, B or C)."""

    score: int
    band: str
    notify_ico: bool
    notify_national: bool
    reason: str
    confidence: str


def suggest(
    cells: Mapping[tuple[int, int], Cell],
    severity: int,
    likelihood: int,
    *,
    vulnerable: bool = False,
    contained: bool = False,
    regulator: str = "the ICO",
    national: str = "the DHSC",
) -> Suggestion:
    """The cell for two levels from 1 to 5, with its reason; ValueError outside them.

    vulnerable: raises both levels to 2 unless contained. regulator, national: the names
    of the bodies, which change more often than the grid does.
    """
    for name, level in (("severity", severity), ("likelihood", likelihood)):
        if level not in LEVELS:
            raise ValueError(f"The grid wants a {name} from 1 to 5; got {level}.")
    least = LEAST_FOR_VULNERABLE if vulnerable and not contained else 1
    at = max(severity, least), max(likelihood, least)
    cell, is_raised = cells[at], at != (severity, likelihood)
    return Suggestion(
        cell.score,
        cell.band,
        cell.notify_ico,
        cell.notify_national,
        " ".join(
            (
                *_where(at, cell),
                *_least_level(vulnerable, contained, is_raised),
                _whom(cell, regulator, national),
                "A named person decides, checks it in the DSPT incident tool and writes"
                " down why: unless a risk to people is unlikely it is reported, and if"
                " the risk is high the people are told.",
            )
        ),
        UNVERIFIED if is_raised else cell.confidence,
    )


def _where(at: tuple[int, int], cell: Cell) -> tuple[str, str]:
    return (
        f"Severity {at[0]} ({cell.severity.lower()}) and likelihood {at[1]}"
        f" ({cell.likelihood.lower()}) score {cell.score}: {cell.band}.",
        "These names of levels and bands are an unverified reference.",
    )


def _least_level(vulnerable: bool, contained: bool, is_raised: bool) -> tuple[str, ...]:
    if vulnerable and contained:
        return ("Vulnerable people are involved, but it was contained: not raised.",)
    if is_raised:
        return (
            "Vulnerable people are involved and it was not contained, so each level is"
            f" at least {LEAST_FOR_VULNERABLE} (unverified reference).",
        )
    return ()


def _whom(cell: Cell, regulator: str, national: str) -> str:
    told = "telling" if cell.notify_ico else "not telling"
    sure = (
        "unverified reference" if cell.confidence == UNVERIFIED else "partly confirmed"
    )
    also = "telling" if cell.notify_national else "not telling"
    return (
        f"The grid suggests {told} {regulator} ({sure}) and {also} {national}"
        " (unverified reference)."
    )
