"""A frozen year of the small made-up company, and its four papers, read back."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from oversight.pack.hiding import Audience
from oversight.pack.paper import Paper, paper_of
from oversight.pack.writing import MAKERS
from oversight.review import snapshot
from oversight.review.record import Review
from oversight.store import EVERYTHING, Store

TODAY = date(2026, 11, 22)  # the day that the made-up company's history ends


@dataclass(frozen=True)
class Papers:
    """What was to be said, and the bytes of each paper that says it."""

    paper: Paper
    bodies: dict[str, bytes]


@pytest.fixture(scope="session")
def review() -> Review:
    return Review(
        id="2026-1",
        period_from=date(2025, 12, 1),
        period_to=TODAY,
        held_on=date(2026, 12, 8),
        chair="Zoë Ångström",
        people=("Siân Ó Briain", "Łukasz Żółć"),
        planned_by="lead",
        state="frozen",
        snapshot="a41c09e2" * 8,
        number=1,
        as_of=TODAY,
        frozen_at=datetime(2026, 11, 22, 17, tzinfo=UTC),
        frozen_by="lead",
        figures=1,
    )


@pytest.fixture(scope="session")
def document(company: Store) -> dict:
    """What a freeze would keep, as it is read again."""
    with company.reading(EVERYTHING) as cursor:
        taken = snapshot.take(cursor, TODAY)
    in_doubt = [one["kind"] for one in taken["sources"] if one["doubts"]]
    accepted = [{"kind": kind, "by": "lead"} for kind in in_doubt]
    return json.loads(snapshot.in_bytes({**taken, "accepted": accepted}))


@pytest.fixture(scope="session")
def papers(review, document) -> dict[Audience, Papers]:
    made = {one: paper_of(review, document, one) for one in Audience}
    return {
        audience: Papers(paper, {name: make(paper) for name, make in MAKERS.items()})
        for audience, paper in made.items()
    }
