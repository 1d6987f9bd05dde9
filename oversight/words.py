"""The vocabulary: strands, statuses, signals and roles, and nothing else."""

from enum import StrEnum
from typing import Final


class Strand(StrEnum):
    """The four linked strands of the policy (clause 4.2), in its own order."""

    OPENNESS = "openness"
    LEGAL = "legal compliance"
    SECURITY = "information security"
    QUALITY = "quality assurance"


class Status(StrEnum):
    """Does the promise hold? The value is the word used in JSON."""

    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    AT_RISK = "at_risk"
    MET = "met"
    NOTHING_DUE = "nothing_due"
    FOR_INFORMATION = "for_information"


class Signal(StrEnum):
    """Is the number really changing? Never mixed with the status."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"
    NORMAL = "normal_variation"
    TOO_FEW = "too_few_points"
    NOT_JUDGED = "not_judged"


class Assurance(StrEnum):
    """Can the process be relied on to reach its target? Needs a target and limits."""

    PASS = "pass"
    FAIL = "fail"
    HIT_OR_MISS = "inconsistent"


class Role(StrEnum):
    """What a person signs in as; `roles.py` says what each may see."""

    SENIOR_MANAGER = "senior_manager"
    IG_LEAD = "ig_lead"
    HOME_MANAGER = "home_manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


STATUS_WORDS: Final = {
    Status.NOT_MET: "Not met",
    Status.NOT_KNOWN: "Not known",
    Status.AT_RISK: "At risk",
    Status.MET: "Met",
    Status.NOTHING_DUE: "Nothing due",
    Status.FOR_INFORMATION: "For information",
}

SIGNAL_WORDS: Final = {
    Signal.IMPROVEMENT: "Improving",
    Signal.CONCERN: "Concern",
    Signal.NEUTRAL: "Changing",
    Signal.NORMAL: "Normal variation",
    Signal.TOO_FEW: "Too few months to judge",
    Signal.NOT_JUDGED: "Legal duty: not judged by statistics",
}

ROLE_WORDS: Final = {
    Role.SENIOR_MANAGER: "Senior manager",
    Role.IG_LEAD: "IG lead",
    Role.HOME_MANAGER: "Home manager",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}

STRAND_WORDS: Final = {
    Strand.OPENNESS: "Openness",
    Strand.LEGAL: "Legal compliance",
    Strand.SECURITY: "Information security",
    Strand.QUALITY: "Quality assurance",
}

# A strand is the worst of its measures in this order; what is not listed stays outside.
ROLL_UP_ORDER: Final = (Status.NOT_MET, Status.NOT_KNOWN, Status.AT_RISK, Status.MET)

COMPANY: Final = "company"  # the home of a case that belongs to no one home
UNMATCHED: Final = "unmatched"  # the home of a row whose home is not on the register
APP: Final = "app"  # the origin of what a person enters here
EVERY_HOME: Final = "*"  # a scope that leaves no home out
