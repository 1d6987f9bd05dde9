"""Who holds which role, what do the roles need to know, and what was advised?"""

from collections.abc import Iterator
from datetime import date

from oversight.demo.registers.drawn import rows
from oversight.demo.registers.ground import COMPANY, DAY, Ground
from oversight.demo.registers.record import Cell, Line, and_then, line
from oversight.demo.training import Training, role_training
from oversight.demo.workforce import Worker

DEPUTY_GONE_DAYS_AGO = 75
EXTERNAL = "data protection officer"
TOPICS = (
    ("Letters to the right address", "7.3;9d", "Everybody who posts"),
    ("False log-in pages", "7.3;9d", "Everybody with a mailbox"),
    ("Speaking of health in reception", "6.1;9d", "All homes"),
    ("Own log-in, own entries", "3.1a;9d", "Shift leaders"),
    ("What a near miss is worth", "7.4;9d", "Night staff"),
    ("Asking before photographs", "2.2;9d", "Activity leaders"),
)
QUESTIONS = (
    ("May a solicitor have the care notes?", "5.2", "With the resident's authority"),
    ("May the police have the rota?", "6.2", "In writing, for a crime, the least"),
    ("How long are visitor books kept?", "8.1", "See the timetable of retention"),
    ("May a family send photographs on?", "2.2", "Theirs to send; ours not"),
)


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    yield from _roles(ground)
    yield from _needs(ground)
    yield from _advice(ground)


def _roles(ground: Ground) -> Iterator[Line]:
    for nth, (cells, holder, deputy) in enumerate(holders(ground)):
        since = cells.pop("since")
        assert isinstance(since, date)
        is_external = cells["role"] == EXTERNAL
        told = line(
            "named_roles",
            max(since, ground.first_day),
            cells
            | {
                "home": COMPANY,
                "started_on": since,
                "holder_home": holder.home.name if holder else None,
                "holder_ref": holder.ref if holder else None,
                "is_external": is_external,
                "deputy_home": deputy.home.name if deputy is not holder else None,
                "deputy_ref": deputy.ref if deputy is not holder else None,
                "deputy_post": "Deputy",
                "appointed_by": "Nominated individual",
                "evidence_ref": f"EVD-{400 + nth:04}",
            },
        )
        if cells["role"] == "Caldicott Guardian":
            gone = max(ground.ago(DEPUTY_GONE_DAYS_AGO), ground.first_day)
            told = and_then(
                told, gone, deputy_home=None, deputy_ref=None, deputy_post=None
            )
        yield told


def holders(
    ground: Ground,
) -> Iterator[tuple[dict[str, Cell], Worker | None, Worker]]:
    """Each role as it is drawn, who holds it, and who deputises; None for nobody's
    employee.
    """
    drawn = list(rows(ground, "named_roles"))
    people = ground.settled(2 * len(drawn))
    for nth, cells in enumerate(drawn):
        holder = None if cells["role"] == EXTERNAL else people[nth % len(people)]
        yield cells, holder, people[(nth + len(people) // 2) % len(people)]


def role_courses(ground: Ground) -> Iterator[Training]:
    """The course of each role's own, taken a year and a half ago at most."""
    own = {need["job_role"]: need for need in rows(ground, "training_needs")}
    for nth, (cells, holder, _) in enumerate(holders(ground)):
        if holder is not None and (need := own.get(cells["role"])):
            on = max(holder.started_on, ground.ago(150 + 47 * nth % 400))
            course, months = str(need["training"]), int(str(need["every_months"]))
            yield role_training(holder, on, str(need["category"]), course, months)


def _needs(ground: Ground) -> Iterator[Line]:
    """Gone through each spring, approved two weeks later."""
    for year in (2, 1, 0):
        analysed = ground.ago(215 + 362 * year)
        for cells in rows(ground, "training_needs"):
            yield line(
                "training_needs",
                max(analysed, ground.first_day),
                cells
                | {
                    "analysed_on": analysed,
                    "is_required": True,
                    "analysed_by": "IG lead",
                    "approved_on": analysed + 14 * DAY,
                    "approved_by": "Senior owner",
                },
                {"approved_on": "approved_by"},
            )


def _advice(ground: Ground) -> Iterator[Line]:
    """Awareness raised every month, and a question answered every other."""
    rng = ground.chance("advice")
    for nth, (first, last) in enumerate(ground.months()):
        topic, clauses, audience = TOPICS[nth % len(TOPICS)]
        on = ground.day_in(rng, first, last)
        reached = 18 + int(rng.random() * 90)
        yield line(
            "advice_log",
            on,
            {
                "advice_ref": f"ADV-{nth + 1:03}",
                "home": COMPANY,
                "act": "awareness",
                "given_on": on,
                "topic": topic,
                "clauses": clauses,
                "channel": ("briefing", "email", "poster", "newsletter")[nth % 4],
                "audience": audience,
                "people_reached": reached,
                "given_by": "IG lead",
                "evidence_ref": f"EVD-{500 + nth:04}",
            },
        )
        asked = ground.day_in(rng, first, last)
        question, about, said = QUESTIONS[nth % len(QUESTIONS)]
        given = asked + (1 + nth % 4) * DAY
        if nth % 2 == 0 and given < ground.as_of:
            yield line(
                "advice_log",
                given,
                {
                    "advice_ref": f"ADV-{nth + 501:03}",
                    "home": ground.home_on(nth, first),
                    "act": "advice",
                    "given_on": given,
                    "asked_on": asked,
                    "topic": question,
                    "clauses": about,
                    "channel": "call",
                    "asked_by": "Home manager",
                    "given_by": "IG lead",
                    "given_advice": said,
                },
            )
