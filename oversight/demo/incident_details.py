"""What does the log say of an incident beside its times: whose data, how bad?"""

from oversight.demo.incident_words import Words

# By the first words of the title: the type, where the data was, how bad it might be.
DETAILS = {
    "Care plan posted": ("post or fax to the wrong person", "paper", 3),
    "Shared drive open": ("misconfiguration", "server", 3),
    "Unlocked tablet": ("device lost or stolen", "portable device", 3),
    "Mailbox opened": ("phishing", "email", 3),
    "E-mail to the wrong": ("email to the wrong person", "email", 2),
    "Handover sheet": ("paper lost or stolen", "paper", 2),
    "Letter opened": ("post or fax to the wrong person", "paper", 2),
    "Conversation": ("said to the wrong person", "other", 2),
    "Care note": ("information altered", "care record system", 2),
    "Medication chart": ("paper lost or stolen", "paper", 2),
    "Record looked at": ("unauthorised access", "care record system", 2),
    "Care system down": ("other", "care record system", 2),
    "Wrong address": ("post or fax to the wrong person", "paper", 1),
    "False log-in": ("phishing", "email", 1),
    "Office found": ("other", "paper", 1),
    "Record saved": ("information altered", "care record system", 1),
    "Papers left": ("paper lost or stolen", "paper", 1),
    "Visitor asked": ("other", "phone", 1),
    "Mail merge": ("post or fax to the wrong person", "paper", 3),
    "Handover folder": ("paper lost or stolen", "paper", 3),
}
OTHER = ("other", "care record system", 3)
REPORTERS = ("Care worker", "Senior care worker", "Administrator", "Nurse")
LIKELY, NOT_LIKELY = 4, 2


def details(words: Words, is_grave: bool) -> dict[str, str]:
    """Cells known from the report on; is_grave: people are likely to be affected."""
    kind, medium, severity = next(
        (said for title, said in DETAILS.items() if words.title.startswith(title)),
        OTHER,
    )
    return {
        "incident_type": kind,
        "medium": medium,
        "is_third_party": "no",
        "reported_by": REPORTERS[len(words.title) % len(REPORTERS)],
        "investigator": "IG lead" if is_grave else "Home manager",
        "subjects": "residents;relatives" if "family" in words.title else "residents",
        "data_types": "basic identifiers;health",
        "severity": f"{severity}",
        "likelihood": f"{LIKELY if is_grave else NOT_LIKELY}",
        "is_notifiable_cqc": "no",
    }
