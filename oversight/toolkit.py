"""Would we pass if we published now, and does the data bear out what we answered?

Items are those of one version; an answer belongs to its version and number, because
items change their numbers between versions. An answer that the data contradicts comes
first, whatever else is lacking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from oversight import frameworks, settings
from oversight.frameworks import FrameworkItem, framework_items, numbered
from oversight.store import Cursor, rows
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import brief_of, day_in_words, number
from oversight.words import Status

DEADLINE: Final = (6, 30)  # 30 June of each year
MET: Final = "Standards Met"
APPROACHING: Final = "Approaching Standards"
NOT_MET: Final = "Standards Not Met"


class Standing(StrEnum):
    """How an item stands; in the order in which they are to be seen to."""

    CONTRADICTED = "the data contradicts the answer"
    NOT_ANSWERED = "not answered"
    NOT_COMPLETE = "not complete"
    NO_EVIDENCE = "no evidence named"
    OUT_OF_DATE = "evidence out of date"
    REVIEW_OVERDUE = "review overdue"
    READY = "ready"


@dataclass(frozen=True)
class Answered:
    """One item: what was answered, by whom, and what the data says of it."""

    item: FrameworkItem
    standing: Standing  # the worst thing to be said of it
    claimed: Standing  # the same, leaving the data out
    answer: str  # complete, not complete, not applicable; empty where there is none
    comment: str
    evidence: str  # where it is kept
    evidence_expires_on: date | None
    owner: str
    answered_on: date | None
    review_due_on: date | None
    data: tuple[Judged, ...]  # the measures that bear on it, the worst first

    @property
    def is_mandatory(self) -> bool:
        return self.item.mandatory == "yes"

    @property
    def data_says(self) -> str:
        """What the measures say, the worst first; why there is nothing to say."""
        if not self.item.measures:
            return "No measure bears on this item."
        if not self.data:
            return f"Not measured yet: {', '.join(self.item.measures)}."
        return " ".join(brief_of(judged.verdict) for judged in self.data)


@dataclass(frozen=True)
class Published:
    """The newest publication known."""

    status: str
    cycle: str
    published_on: date | None


@dataclass(frozen=True)
class Toolkit:
    """The readiness of one version on a day."""

    name: str
    version: str
    as_of: date
    items: tuple[Answered, ...]  # contradicted first, then as they are to be seen to
    published: Published | None
    was_approaching: bool  # Approaching can be published once only

    @property
    def deadline(self) -> date:
        return deadline_after(self.as_of)

    @property
    def days_left(self) -> int:
        return (self.deadline - self.as_of).days

    @property
    def mandatory(self) -> list[Answered]:
        return [each for each in self.items if each.is_mandatory]

    @property
    def to_do(self) -> list[Answered]:
        """The mandatory items that are not ready, the first to see to first."""
        return [e for e in self.mandatory if e.standing is not Standing.READY]

    @property
    def contradicted(self) -> list[Answered]:
        return [e for e in self.items if e.standing is Standing.CONTRADICTED]

    @property
    def days_an_item(self) -> int | None:
        """Days left for each item still to do: the pace that is needed."""
        return self.days_left // len(self.to_do) if self.to_do else None

    def if_published_now(self, by_the_data: bool) -> str:
        """The status that publishing today would give.

        by_the_data: an answer that the data contradicts counts as not complete.
        """

        def ready(each: Answered) -> bool:
            standing = each.standing if by_the_data else each.claimed
            return standing is Standing.READY

        if not self.mandatory:
            return "Not Published"
        if all(map(ready, self.mandatory)):
            return MET
        first = [e for e in self.items if e.item.mandatory_approaching == "yes"]
        if first and all(map(ready, first)) and not self.was_approaching:
            return APPROACHING
        return NOT_MET

    @property
    def sentence(self) -> str:
        """What is read first: what the data contradicts, what is ready, the pace."""
        ready = len(self.mandatory) - len(self.to_do)
        left = f"{self.days_left} days to {day_in_words(self.deadline)}."
        if all(each.standing is Standing.NOT_ANSWERED for each in self.items):
            return f"How the Toolkit stands is not known. Nobody has answered; {left}"
        said = []
        if wrong := len(self.contradicted):
            are = "answer is" if wrong == 1 else "answers are"
            said.append(f"{number(wrong, start=True)} {are} contradicted by the data.")
        said.append(
            f"{ready} of {len(self.mandatory)} mandatory items are ready; {left}"
        )
        if self.days_an_item is not None:
            said.append(f"One every {self.days_an_item} days is the pace needed.")
        return " ".join(said)


def toolkit_on(cursor: Cursor, judged: Sequence[Judged], as_of: date) -> Toolkit:
    """The Toolkit of the version that the settings name, on a day."""
    version = settings.read(cursor, settings.TOOLKIT_VERSION)
    answers = _answers(cursor, version, as_of)
    measured = {one.measure.id: one for one in judged}
    items = [
        _answered(item, answers.get(item.item, {}), measured, as_of)
        for item in framework_items(cursor, as_of)
        if item.framework == frameworks.TOOLKIT
        and item.version.lower() == version.lower()
    ]
    order = list(Standing)
    items.sort(
        key=lambda each: (
            order.index(each.standing),
            not each.is_mandatory,
            numbered(each.item.item),
        )
    )
    published = _publications(cursor, as_of)
    return Toolkit(
        settings.read(cursor, settings.TOOLKIT),
        version,
        as_of,
        tuple(items),
        published[-1] if published else None,
        any(each.status == APPROACHING for each in published),
    )


def deadline_after(day: date) -> date:
    """The next 30 June; the day itself when it is one."""
    this_year = date(day.year, *DEADLINE)
    return this_year if day <= this_year else date(day.year + 1, *DEADLINE)


def standing_of(answer: Mapping[str, Any], as_of: date) -> Standing:
    """How an answer stands by itself; an empty one was never given."""
    if not answer.get("answer") or answer["answered_on"] is None:
        return Standing.NOT_ANSWERED
    if answer["answer"] == "not complete":
        return Standing.NOT_COMPLETE
    is_shown = answer["evidence_ref"]
    if answer["answer"] == "not applicable":
        is_shown = answer["comment"]  # why it does not apply
    if not is_shown:
        return Standing.NO_EVIDENCE
    if (expires := answer["evidence_expires_on"]) is not None and expires < as_of:
        return Standing.OUT_OF_DATE
    if (due := answer["review_due_on"]) is not None and due < as_of:
        return Standing.REVIEW_OVERDUE
    return Standing.READY


def _answered(
    item: FrameworkItem,
    answer: Mapping[str, Any],
    measured: Mapping[str, Judged],
    as_of: date,
) -> Answered:
    data = [measured[one] for one in item.measures if one in measured]
    order = list(Status)
    data.sort(key=lambda one: order.index(one.verdict.status))
    claimed = standing_of(answer, as_of)
    says_done = answer.get("answer") == "complete"
    not_met = any(one.verdict.status is Status.NOT_MET for one in data)
    return Answered(
        item,
        Standing.CONTRADICTED if says_done and not_met else claimed,
        claimed,
        answer.get("answer") or "",
        answer.get("comment") or "",
        answer.get("evidence_ref") or "",
        answer.get("evidence_expires_on"),
        answer.get("owner") or "",
        answer.get("answered_on"),
        answer.get("review_due_on"),
        tuple(data),
    )


def _answers(cursor: Cursor, version: str, as_of: date) -> dict[str, dict[str, Any]]:
    cursor.execute(
        """
        select *
        from known_toolkit_answers($as_of::date)
        where lower(version) = lower($version)
            and coalesce(answered_on, $as_of::date) <= $as_of::date
        """,
        {"as_of": as_of, "version": version},
    )
    return {row["item"]: row for row in rows(cursor)}


def _publications(cursor: Cursor, as_of: date) -> list[Published]:
    found = cursor.execute(
        """
        select status, version, published_on
        from known_toolkit_publications($as_of::date)
        where published_on <= $as_of::date
        order by published_on, version
        """,
        {"as_of": as_of},
    ).fetchall()
    return [Published(*row) for row in found]
