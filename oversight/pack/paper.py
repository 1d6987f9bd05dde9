"""What do the papers of a review say? Worked out once, so that all four agree.

Only from what was frozen and what was recorded since: nothing here asks the store for a
figure. Whatever a paper prints stands in a `Paper`, in words, ready to be laid out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from oversight.charts.chart import ChartSpec
from oversight.charts.panel import Panel
from oversight.pack.held import minutes_of
from oversight.pack.hiding import Audience, Shown, homes_shown, shown_of
from oversight.pack.parts import Part, Table
from oversight.review.record import Review, State
from oversight.shown import printable
from oversight.words import (
    SIGNAL_WORDS,
    STATUS_WORDS,
    STRAND_WORDS,
    Signal,
    Status,
    Strand,
)

Document = Mapping[str, Any]
UK = ZoneInfo("Europe/London")
ASKED_AT_MOST: Final = 5  # decisions on the first page
SEAL_LETTERS: Final = 12  # of a snapshot's name: enough to tell any two apart


@dataclass(frozen=True)
class Figure:
    """One measure as the papers have it; a hidden one has neither number nor chart."""

    id: str
    title: str
    strand: Strand
    clauses: str
    question: str
    owner: str
    so_what: str
    status: Status
    shown: str  # "281 of 316 (89%)"
    target: str
    signal: str
    sentence: str
    met: int | None
    total: int | None
    value: float | None
    chart: ChartSpec | Panel | None
    no_chart: str  # why there is none
    by_home: Table
    cases: Table  # none for a reader outside

    @property
    def status_words(self) -> str:
        return STATUS_WORDS[self.status]


@dataclass(frozen=True)
class Strip:
    """One of the four strands on the first page."""

    strand: Strand
    title: str
    status: Status
    counts: str
    sentence: str

    @property
    def status_words(self) -> str:
        return STATUS_WORDS[self.status]


@dataclass(frozen=True)
class Paper:
    """Everything that any of the four papers prints."""

    company: str
    title: str
    audience: Audience
    is_draft: bool
    scope: str
    period: str
    meeting: str
    as_of: date
    frozen_at: datetime
    snapshot: str
    bottom_line: str
    strands: tuple[Strip, ...]
    asked: tuple[str, ...]
    how_sure: str
    figures: tuple[Figure, ...]
    agenda: tuple[Part, ...]
    sources: Table
    clauses: Table
    minutes: tuple[Part, ...]

    @property
    def header(self) -> tuple[str, str]:
        """What stands on top of every page, left and right."""
        inside = self.audience is Audience.GROUP
        whom = "For the management group" if inside else "Small counts are hidden"
        return self.title, f"{'DRAFT, not sealed. ' * self.is_draft}{whom}"

    @property
    def footer(self) -> str:
        """What stands under every page: scope, period, day, freeze, snapshot."""
        return (
            f"{self.scope}. {self.period}. As at {short(self.as_of)}. Figures frozen"
            f" {self.frozen}. Snapshot {self.snapshot[:SEAL_LETTERS]}."
        )

    @property
    def frozen(self) -> str:
        at = self.frozen_at.astimezone(UK)
        return f"{short(at.date())}, {at:%H:%M}"

    def of(self, strand: Strand) -> tuple[Figure, ...]:
        """The figures of one strand, in their order."""
        return tuple(figure for figure in self.figures if figure.strand is strand)

    @property
    def summary(self) -> Table:
        """Every figure in one table."""
        return Table(
            ("No.", "Measure", "Figure", "Target", "Status", "Signal"),
            tuple(
                (f.id, f.title, f.shown, f.target, f.status_words, f.signal)
                for f in self.figures
            ),
        )


def paper_of(review: Review, document: Document, audience: Audience) -> Paper:
    """The papers' words for one audience, from a frozen review and its snapshot."""
    assert review.snapshot is not None
    assert review.frozen_at is not None
    assert review.as_of is not None
    names = document["homes"]
    figures = tuple(_figure(one, names, audience) for one in document["measures"])
    company = document["behind"]["settings"]["company name"]
    return Paper(
        company=printable(company),
        title=f"Information governance management review {review.held_on.year}",
        audience=audience,
        is_draft=review.state != State.SEALED,
        scope=f"{company}, all {len(names)} homes",
        period=f"{short(review.period_from)} to {short(review.period_to)}",
        meeting=f"Meeting {long(review.held_on)}; chair {review.chair}"
        + (f"; with {', '.join(review.people)}" if review.people else ""),
        as_of=review.as_of,
        frozen_at=review.frozen_at,
        snapshot=review.snapshot,
        bottom_line=document["first_sentence"],
        strands=tuple(_strip(one) for one in document["strands"]),
        asked=_asked(figures),
        how_sure=_how_sure(document, figures),
        figures=figures,
        agenda=tuple(_part(one, audience) for one in document.get("agenda", ())),
        sources=_sources(document),
        clauses=_clauses(document, figures, audience),
        minutes=minutes_of(review),
    )


def short(day: date) -> str:
    """A date in a table: 3 Sep 2026."""
    return f"{day.day} {day:%b %Y}"


def long(day: date) -> str:
    """A date in prose: 3 September 2026."""
    return f"{day.day} {day:%B %Y}"


def _figure(one: Document, names: Mapping[str, str], audience: Audience) -> Figure:
    shown: Shown = shown_of(one, audience)
    target = one["target"]
    provisional = " (provisional)" if target and target["provisional"] else ""
    return Figure(
        id=one["id"],
        title=one["title"],
        strand=Strand(one["strand"]),
        clauses=", ".join(one["clauses"]),
        question=one["question"],
        owner=one["owner"],
        so_what=one["so_what"],
        status=Status(one["status"]),
        shown=shown.figure,
        target=f"{target['value']:g}{_unit(target)}{provisional}" if target else "none",
        signal=SIGNAL_WORDS[Signal(one["signal"])],
        sentence=shown.sentence,
        met=shown.met,
        total=shown.total,
        value=shown.value,
        chart=shown.chart,
        no_chart=shown.no_chart,
        by_home=Table(
            ("Home", "Met", "Of", "Not known"),
            homes_shown(one["by_home"], names, audience),
        ),
        cases=_cases(one, names, audience),
    )


def _unit(target: Document) -> str:
    unit = str(target["unit"])
    return unit if unit == "%" else f" {unit}".rstrip()


def _cases(one: Document, names: Mapping[str, str], audience: Audience) -> Table:
    heads = ("Case", "Home", "Day", "Met")
    if audience is not Audience.GROUP:
        return Table(heads, ())
    said = {True: "met", False: "not met", None: "not known"}
    return Table(
        heads,
        tuple(
            (
                case["case_ref"],
                names.get(case["home"], case["home"]),
                case["happened_on"],
                said[case["is_met"]],
            )
            for case in one["cases"]
        ),
    )


def _strip(one: Document) -> Strip:
    return Strip(
        Strand(one["strand"]),
        STRAND_WORDS[Strand(one["strand"])],
        Status(one["status"]),
        one["counts"],
        one["sentence"],
    )


def _asked(figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """What the meeting is to decide: what is to change for each measure not met."""
    missed = [figure for figure in figures if figure.status is Status.NOT_MET]
    asked = [
        f"{one.title}: decide what is to change, who does it and by when."
        f" The risk: {one.so_what}"
        for one in missed[:ASKED_AT_MOST]
    ]
    if left := missed[ASKED_AT_MOST:]:
        asked[-1] += f" {len(left)} more stand in the table of figures."
    return tuple(asked)


def _how_sure(document: Document, figures: tuple[Figure, ...]) -> str:
    sources = document["sources"]
    doubtful = [one for one in sources if one["doubts"]]
    unknown = sum(figure.status is Status.NOT_KNOWN for figure in figures)
    if not sources:
        return "No source has been read, so nothing is known."
    said = [f"{len(sources) - len(doubtful)} of {len(sources)} sources are current."]
    said += [doubt for one in doubtful for doubt in one["doubts"]]
    if unknown:
        verb = "reads" if unknown == 1 else "read"
        said.append(f"{unknown} of {len(figures)} measures {verb} Not known.")
    if by := sorted({one["by"] for one in document["accepted"]}):
        said.append(f"Frozen as they stood, which was accepted by {', '.join(by)}.")
    return " ".join(said)


def _sources(document: Document) -> Table:
    accepted = {one["kind"]: one["by"] for one in document["accepted"]}
    return Table(
        ("Source", "Owner", "Data to", "May be old", "In doubt", "Accepted by"),
        tuple(
            (
                one["title"],
                one["owner"],
                short(date.fromisoformat(one["data_to"])) if one["data_to"] else "none",
                f"{one['allowed_days']} days",
                " ".join(one["doubts"]) or "no",
                accepted.get(one["kind"], ""),
            )
            for one in document["sources"]
        ),
    )


def _clauses(
    document: Document, figures: tuple[Figure, ...], audience: Audience
) -> Table:
    sentences = {figure.id: figure.sentence for figure in figures}

    def evidence(one: Document) -> str:
        if audience is Audience.OUTSIDE and one["evidence"]:
            return " ".join(sentences[m] for m in one["measures"] if m in sentences)
        return one["evidence"] or one["reason_unmeasured"] or ""

    return Table(
        ("Clause", "Promise", "Status", "What shows it"),
        tuple(
            (
                one["clause"],
                one["promise"],
                STATUS_WORDS[Status(one["status"])]
                if one["status"]
                else "Not measured",
                evidence(one),
            )
            for one in document["clauses"]
        ),
    )


def _part(one: Document, audience: Audience) -> Part:
    inside = audience is Audience.GROUP
    return Part(
        f"{one['order']} {one['title']}" if one.get("order") else one["title"],
        tuple(one["says"]),
        Table(tuple(one["heads"]), tuple(map(tuple, one["rows"])) if inside else ()),
    )
