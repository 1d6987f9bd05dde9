"""Who asked for what and when was it answered, the press too; who had nothing?"""

from collections.abc import Iterator
from datetime import date, timedelta

from oversight.demo.chance import working_moment
from oversight.demo.company import Home
from oversight.demo.registers.drawn import rows
from oversight.demo.registers.ground import COMPANY, DAY, Ground
from oversight.demo.registers.record import Line, line

# Kinds of request in turn: who asks, what about, how it ends, days to the answer.
USUAL = (
    ("access", "relative", "resident", "Care notes of last year", "full", 17),
    ("access", "solicitor", "resident", "Whole record", "partial", 24),
    ("access", "former staff", "staff", "Personnel file", "full", 19),
    ("rectification", "relative", "resident", "Wrong contact in the record", "full", 6),
    ("complaint", "relative", "resident", "Health spoken of aloud", "upheld", 21),
    ("FOI", "public body", "other", "Fees paid by the council", "passed on", 8),
    ("records of the deceased", "relative", "resident", "Last months", "full", 22),
    ("access", "attorney or deputy", "resident", "Charts of a month", "full", 13),
    ("objection", "relative", "relative", "Newsletter by e-mail", "full", 4),
    ("erasure", "staff", "staff", "Photograph on the wall", "full", 7),
)
OUTLETS = (
    ("Wrenmoor Courier", "press", "Opening of a garden", "statement given"),
    ("Moorland Radio", "radio", "Winter and the price of heat", "interview given"),
    ("Wrenmoor Courier", "press", "A resident's hundredth birthday", "statement given"),
    ("Care Weekly", "online", "Pay of care workers", "declined"),
)
# One call was answered by a carer: the only one not dealt with by the procedure.
NOT_BY_PROCEDURE = 3
TOGETHER = {
    "answered_on": "outcome exemptions answered_by",
    "extension_told_on": "extension_reason",
}
EVERY_MONTHS = 3  # from one enquiry to the next


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    requests = list(_requests(ground))
    media = list(_media(ground))
    yield from requests
    yield from media
    yield from _nil_returns(ground, media)


def _requests(ground: Ground) -> Iterator[Line]:
    """About three a month, answered in time; and the planted ones."""
    rng = ground.chance("requests")
    nth = 0
    for first, last in ground.months():
        for _ in range(2 + int(rng.random() * 2)):
            kind, asks, about, summary, ends, days = USUAL[nth % len(USUAL)]
            on = ground.day_in(rng, first, last)
            home = ground.home_on(int(rng.random() * 97), on)
            wait = int(rng.random() * 4)
            nth += 1
            if on > ground.ago(33):
                continue
            answered = on + timedelta(days=days + wait)
            wants_identity = kind == "access" and asks != "staff"
            yield line(
                "requests",
                on,
                {
                    "request_ref": f"REQ-{nth:03}",
                    "home": home,
                    "request_type": kind,
                    "channel": ("letter", "email", "email", "web")[nth % 4],
                    "requester": asks,
                    "subject": about,
                    "summary": summary,
                    "received_on": on,
                    "logged_on": on,
                    "acknowledged_on": on + (1 + wait) * DAY,
                    "identity_asked_on": on + DAY if wants_identity else None,
                    "identity_received_on": on + 4 * DAY if wants_identity else None,
                    "passed_to": "Wrenmoor Council" if ends == "passed on" else None,
                    "passed_on": answered if ends == "passed on" else None,
                    "answered_on": answered,
                    "outcome": ends,
                    "exemptions": "Third party data" if ends == "partial" else None,
                    "is_ico_complaint": False,
                    "answered_by": "IG lead",
                    "evidence_ref": f"EVD-R{nth:03}",
                },
                TOGETHER | {"passed_on": "passed_to"},
            )
    for cells in rows(ground, "requests") if ground.has_stories else ():
        received = cells["received_on"]
        assert isinstance(received, date)
        if received >= ground.first_day:
            yield line("requests", received, cells, TOGETHER)


def _media(ground: Ground) -> Iterator[Line]:
    rng = ground.chance("media")
    months = list(ground.months())[:-1]
    newest = len(months) - 1
    for nth, (first, last) in enumerate(months):
        if (newest - nth) % EVERY_MONTHS != 1:
            continue
        back = (newest - nth) // EVERY_MONTHS
        outlet, kind, subject, outcome = OUTLETS[back % len(OUTLETS)]
        came = working_moment(rng, ground.day_in(rng, first, last))
        is_departure = back == NOT_BY_PROCEDURE
        yield line(
            "media_enquiries",
            came.date(),
            {
                "media_ref": f"MED-{nth + 1:03}",
                "home": ground.home_on(nth, first),
                "received_at": came,
                "outlet": outlet,
                "outlet_kind": kind,
                "subject": subject,
                "taken_by": "Administrator",
                "passed_on_at": None if is_departure else came + timedelta(minutes=25),
                "handled_by": "Care worker" if is_departure else "Media lead",
                "answered_at": came + timedelta(hours=0 if is_departure else 3),
                "outcome": outcome,
                "is_by_procedure": not is_departure,
                "departure": "A carer answered the call" if is_departure else None,
                "is_about_a_person": "birthday" in subject,
                "has_consent": True if "birthday" in subject else None,
                "statement_ref": f"EVD-M{nth:03}",
            },
        )


def _nil_returns(ground: Ground, media: list[Line]) -> Iterator[Line]:
    """Month by month: no enquiry by the press; at each home, no incident.

    Neither the silent home nor the one that reports nothing ever says so.
    """
    asked = [told.steps[0][0] for told in media]
    happened = {
        (one.home, moment.date().replace(day=1))
        for one in ground.incidents
        for moment in (one.aware_at, one.occurred_at, one.reported_at)
    }
    for first, last in list(ground.months()):
        if last >= ground.as_of - DAY and (last + DAY).day != 1:
            continue  # the month is not over
        month = first.replace(day=1)
        said = last
        if not any(first <= day <= last for day in asked):
            yield _nil(COMPANY, "media_enquiries", first, last, said)
        for home in ground.homes:
            is_told = (home.name, month) in happened
            if _says_nil(home) and ground.is_open(home, first) and not is_told:
                yield _nil(home.name, "incidents", first, last, said)


def _says_nil(home: Home) -> bool:
    return not home.is_silent and not home.is_quiet


def _nil(home: str, kind: str, first: date, last: date, said: date) -> Line:
    return line(
        "nil_returns",
        said,
        {
            "home": home,
            "kind": kind,
            "period_from": first,
            "period_to": last,
            "said_on": said,
            "said_by": "IG lead" if home == COMPANY else "Home manager",
        },
    )
