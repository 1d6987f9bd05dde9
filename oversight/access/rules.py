"""The rules of access as their files state them, and what none of them can see."""

from collections.abc import Mapping
from dataclasses import dataclass

from oversight import reference
from oversight.facts import rollups


@dataclass(frozen=True)
class Rule:
    """One rule: its code, what it finds, how grave that is, its limit in words.

    What it finds bears the mark of a rule that no source has confirmed.
    """

    code: str
    finds: str
    severity: str  # high · medium · low
    limit: str


def all_rules() -> list[Rule]:
    """Every rule that finds events, by code, from the headers of its file."""
    known = {
        row["code"]: row["confidence"] for row in reference.rows("access_review_rules")
    }
    listed = [*rollups.all_rollups().values(), *rollups.all_rules().values()]
    found = [
        Rule(
            rule.finds,
            reference.marked(
                rule.definition.one("rule", "") or rule.definition.one("rollup"),
                known[rule.finds],
            ),
            rule.definition.one("severity"),
            rule.definition.one("limit"),
        )
        for rule in listed
        if rule.finds
    ]
    return sorted(found, key=lambda rule: rule.code)


def blind_spots() -> Mapping[str, str]:
    """What a rule of the reference cannot see here, and why, in words."""
    return {
        "AR04": (
            "Family, neighbours, the same surname or address: not seen. No names, next"
            " of kin or addresses are held here, so nothing of the kind can be"
            " compared. Look in the system that holds them."
        ),
    }
