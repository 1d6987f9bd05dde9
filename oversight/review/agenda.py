"""What does each item of the agenda say, from the records? Filled before the meeting.

The items are those of data/reference/management_review.csv; what fills one is a
function of its order. A figure of a measure is never repeated here: an item names its
measures, and whoever prints it has their sentences. So what may not leave the
management group is decided in one place. Rows are for the group alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from oversight import reference, settings
from oversight.currency.checking import Finding, check, read_policy
from oversight.currency.texts import TextRefused, policy_files
from oversight.disclosure import masked
from oversight.store import Cursor, rows
from oversight.toolkit import toolkit_on
from oversight.verdicts.judgement import Judged
from oversight.verdicts.look_ahead import look_ahead
from oversight.verdicts.sentences import number
from oversight.words import Status

INPUT: Final = "input"
# Beside the standard's inputs, what a yearly report of this field is read for.
MORE: Final = (
    ("11", "The Toolkit: would we meet it today?"),
    ("12", "Resources"),
    ("13", "Proposed amendments of the policy"),
    ("14", "What falls out of date next"),
)


@dataclass(frozen=True)
class Item:
    """One item: what is said of it, and the rows behind that."""

    order: str
    title: str
    says: tuple[str, ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an item may ask: the records as known, and every figure of the day."""

    cursor: Cursor
    judged: Sequence[Judged]
    as_of: date

    def rows(self, view: str, where: str = "true", order: str = "case_ref") -> Any:
        """The rows of one view of the records, in the cursor's scope."""
        self.cursor.execute(
            f"select * from {view}(?::date) where {where} order by {order}, case_ref",
            [self.as_of],
        )
        return rows(self.cursor)

    @property
    def since(self) -> date:
        """A year before, from when on something is of this review."""
        day = self.as_of
        return day.replace(year=day.year - 1, day=min(day.day, 28))


Said = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, ...], ...]]


def agenda(cursor: Cursor, judged: Sequence[Judged], as_of: date) -> list[Item]:
    """Every item in its order, filled as at a day."""
    asked = Asked(cursor, judged, as_of)
    listed = [
        (row["order"], row["item"])
        for row in reference.rows("management_review")
        if row["kind"] == INPUT
    ]
    found = []
    for order, title in (*listed, *MORE):
        says, heads, shown = FILLED[order](asked)
        found.append(Item(order, title, says, heads, shown))
    return found


def currency(cursor: Cursor) -> tuple[list[Finding], tuple[str, ...]]:
    """What must be amended in the policy's texts, and the files that were read."""
    texts, files = [], []
    for path in policy_files():
        try:
            texts.append(read_policy(path))
        except (TextRefused, OSError):
            continue
        files.append(path.name)
    return check(texts, settings.bodies(cursor)), tuple(files)


def _actions(asked: Asked) -> Said:
    found = asked.rows("actions", "source_type = 'management review'", "due_on")
    if not found:
        return (("No action of an earlier review is in the register.",), (), ())
    done = sum(not one["is_open"] for one in found)
    late = sum(one["is_overdue"] for one in found)
    moved = sum(one["times_moved"] > 0 for one in found)
    worked = sum(one["effect_seen"] == "yes" for one in found)
    says = (
        f"{done} of {len(found)} actions of earlier reviews are done or given up;"
        f" {late or 'none'} late.",
        f"The day of {moved or 'none'} was moved. {worked or 'None'} had the effect"
        " expected.",
    )
    return says, *_of_actions(found)


def _of_actions(found: list[dict[str, Any]]) -> tuple[Any, Any]:
    heads = ("No.", "What", "Owner", "Due", "Moved", "Status", "Effect")
    shown = tuple(
        (
            str(one["action_ref"]).upper(),
            one["title"],
            one["owner"] or "",
            _day(one["due_on"]),
            f"{one['times_moved']}",
            one["status"],
            one["effect_seen"] or "not judged",
        )
        for one in found
    )
    return heads, shown


def _changes(asked: Asked) -> Said:
    findings, files = currency(asked.cursor)
    if not files:
        return (("The text of the policy is not here, so nothing is known.",), (), ())
    law = [one for one in findings if "law" in one.finding or "bod" in one.finding]
    says = (
        f"{len(law) or 'No'} {'place names' if len(law) == 1 else 'places name'} law or"
        " bodies that have changed.",
    )
    return says, *_of_findings(law)


def _amendments(asked: Asked) -> Said:
    findings, files = currency(asked.cursor)
    if not files:
        return (("The text of the policy is not here, so nothing is known.",), (), ())
    if not findings:
        return (("The text of the policy is current.",), (), ())
    return ((f"{len(findings)} amendments are proposed.",), *_of_findings(findings))


def _of_findings(found: Sequence[Finding]) -> tuple[Any, Any]:
    heads = ("Clause", "Found", "Words", "Current", "Amendment", "Reference")
    shown = tuple(
        (o.clause, o.finding, o.words, o.current, o.amendment, o.reference)
        for o in found
    )
    return heads, shown


def _parties(asked: Asked) -> Said:
    found = asked.rows(
        "requests", f"received_on > date '{asked.since}'", "request_type"
    )
    if not found:
        return (("No request or complaint is on record for the 12 months.",), (), ())
    kinds = sorted({one["request_type"] for one in found})
    of = [[one for one in found if one["request_type"] == kind] for kind in kinds]
    shown = tuple(
        (kind, f"{len(each)}", f"{sum(one['is_open'] for one in each)}")
        for kind, each in zip(kinds, of, strict=True)
    )
    says = (f"Requests and complaints of the 12 months, by {len(kinds)} kinds.",)
    return says, ("Kind", "Received", "Open"), shown


def _incidents(asked: Asked) -> Said:
    found = asked.rows("incidents", f"known_on > date '{asked.since}'", "home")
    reported = sum(one["ico_reported_at"] is not None for one in found)
    still = sum(one["closed_at"] is None for one in found)
    causes = sorted({str(one["cause"] or "not said") for one in found})
    shown = tuple(
        (cause, f"{sum(str(one['cause'] or 'not said') == cause for one in found)}")
        for cause in causes
    )
    if not found:
        return (("No incident is on record for the 12 months.",), (), ())
    says = ("Incidents and near misses of the 12 months, by cause.",)
    more = (("Reported to the regulator", f"{reported}"), ("Still open", f"{still}"))
    return says, ("Cause", "Number"), (*shown, *more)


def _measures(asked: Asked) -> Said:
    of = [one.verdict.status for one in asked.judged]
    known = sum(status is not Status.NOT_KNOWN for status in of)
    return ((f"{known} of {len(of)} measures are known; each follows.",), (), ())


def _audits(asked: Asked) -> Said:
    held = asked.rows("audits", f"planned_on > date '{asked.since}'", "planned_on")
    findings = asked.rows("findings", "is_open", "due_on")
    if not held and not findings:
        return (("No audit of the 12 months is on record.",), (), ())
    done = sum(one["is_held"] for one in held)
    late = sum(one["is_overdue"] for one in findings)
    says = (
        f"{done} of {len(held)} audits planned in the 12 months were held.",
        f"{len(findings) or 'No'} findings are open, {late or 'none'} of them late.",
    )
    shown = tuple(
        (
            str(one["audit_ref"]).upper(),
            one["title"],
            _day(one["planned_on"]),
            _day(one["held_on"]),
            one["result"] or "",
        )
        for one in held
    )
    return says, ("Audit", "What", "Planned", "Held", "Result"), shown


def _objectives(asked: Asked) -> Said:
    aimed = [one.verdict for one in asked.judged if one.verdict.target]
    met = sum(verdict.status is Status.MET for verdict in aimed)
    return ((f"{met or 'None'} of {len(aimed)} targets are met.",), (), ())


def _feedback(asked: Asked) -> Said:
    where = f"request_type = 'complaint' and received_on > date '{asked.since}'"
    found = asked.rows("requests", where, "received_on")
    if not found:
        return (("No complaint is on record for the 12 months.",), (), ())
    shown = tuple(
        (
            str(one["request_ref"]).upper(),
            _day(one["received_on"]),
            one["outcome"] or "open",
        )
        for one in found
    )
    return (
        ("Complaints about information were received in the 12 months.",),
        ("Complaint", "Received", "Outcome"),
        shown,
    )


def _risks(asked: Asked) -> Said:
    found = asked.rows("risks", "true", "score desc")
    if not found:
        return (("No risk is in the register.",), (), ())
    shown = tuple(
        (
            str(one["risk_ref"]).upper(),
            one["title"],
            f"{one['score']}",
            one["treatment"] or "",
            one["owner"] or "",
        )
        for one in found
    )
    says = (f"{len(found)} risks are open; the highest scores {found[0]['score']}.",)
    return says, ("Risk", "What", "Score", "Treatment", "Owner"), shown


def _improvement(asked: Asked) -> Said:
    where = f"lesson is not null and known_on > date '{asked.since}'"
    lessons = asked.rows("incidents", where, "known_on")
    shared = sum(one["lesson_shared_at"] is not None for one in lessons)
    if not lessons:
        return (("No lesson of an incident is on record for the 12 months.",), (), ())
    shown = tuple(
        (_day(one["known_on"]), masked(one["lesson"])) for one in lessons[-20:]
    )
    says = ("Lessons of incidents were recorded in the 12 months.",)
    more = ("", f"{shared} of {len(lessons)} were shared")
    return says, ("Incident known", "Lesson"), (*shown, more)


def _toolkit(asked: Asked) -> Said:
    found = toolkit_on(asked.cursor, asked.judged, asked.as_of)
    shown = tuple(
        (one.item.item, one.item.wording, one.standing, one.owner)
        for one in found.to_do
    )
    says = (
        found.sentence,
        f"Published today by the answers: {found.if_published_now(False)}; by the"
        f" data: {found.if_published_now(True)}.",
    )
    return says, ("Item", "What", "How it stands", "Owner"), shown


def _resources(asked: Asked) -> Said:
    found = asked.rows("resources", "is_current", "title")
    if not found:
        return (("No resource is on record.",), (), ())
    enough = sum(one["is_enough"] for one in found)
    shown = tuple(
        (
            one["title"],
            f"{one['planned']:,} {one['unit']}",
            "" if one["used"] is None else f"{one['used']:,}",
            "yes" if one["is_enough"] else one["shortfall"] or "not judged",
        )
        for one in found
    )
    says = (f"{enough or 'None'} of {len(found)} resources are judged to be enough.",)
    return says, ("Resource", "Planned", "Used", "Enough?"), shown


def _ahead(asked: Asked) -> Said:
    found = look_ahead(asked.cursor, asked.judged, asked.as_of)
    stops = [one for one in found.measures if one.stops_on is not None]
    shown = tuple(
        (one.measure.title, _day(one.stops_on), one.measure.owner) for one in stops
    )
    count = number(len(stops), start=True) if stops else "No"
    verb = "measure stops" if len(stops) == 1 else "measures stop"
    says = (f"{count} {verb} being met on a day that is known, if nothing is done.",)
    return says, ("Measure", "Stops being met", "Owner"), shown


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b %Y}"


FILLED: Final[dict[str, Callable[[Asked], Said]]] = {
    "1": _actions,
    "2": _changes,
    "3": _parties,
    "4": _incidents,
    "5": _measures,
    "6": _audits,
    "7": _objectives,
    "8": _feedback,
    "9": _risks,
    "10": _improvement,
    "11": _toolkit,
    "12": _resources,
    "13": _amendments,
    "14": _ahead,
}
