"""What is read first of a verdict: sentences that say no more than its status does."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from oversight.promises import Direction, Kind, Measure, Target, Window
from oversight.verdicts.status import (
    Doubt,
    Evidence,
    RollUp,
    Trouble,
    Verdict,
    counts_in_words,
    roll_up,
)
from oversight.words import ROLL_UP_ORDER, Signal, Status

NAMED_AT_MOST: Final = 3  # how many measures one sentence names
NUMBERS: Final = "none one two three four five six seven eight nine".split()


def number(count: int, start: bool = False) -> str:
    """A count in prose: a word to nine, then figures."""
    word = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return word.capitalize() if start else word


def day_in_words(day: date) -> str:
    """A date in prose: 3 September 2026."""
    return f"{day.day} {day:%B %Y}"


def percent(met: int, total: int, target: Target | None = None) -> str:
    """Whole per cent, with decimals only where rounding would change what is decided.

    94.6% against 95% stays 94.6%; 317 of 318 is never 100%, and 1 of 318 never 0%.
    """
    exact = Decimal(100 * met) / Decimal(total)
    line = None if target is None else Decimal(str(target.value))
    places = 0
    while True:
        shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        crosses = line is not None and (shown >= line) != (exact >= line)
        if shown == exact or not (crosses or shown in (0, 100)):
            return f"{shown}%"
        places += 1


def sentence_of(verdict: Verdict) -> str:
    """One measure's verdict in words, true for its status: figure, target, reason."""
    measure, evidence = verdict.measure, verdict.evidence
    if verdict.status is Status.NOT_KNOWN:
        return f"{measure.title}: not known. {_why_not_known(evidence)}"
    period = _period(measure, evidence.as_of)
    if verdict.status is Status.NOTHING_DUE:
        return f"{measure.title}: {_nothing(measure)} {period}."
    said = f"{measure.title}: {_figure(verdict)} {period}, {_target(verdict.target)}."
    return " ".join([said, *_reasons(verdict)])


def brief_of(verdict: Verdict) -> str:
    """The title and the figure alone, as a card has room for."""
    if verdict.status is Status.NOT_KNOWN:
        return f"{verdict.measure.title}: not known."
    if verdict.status is Status.NOTHING_DUE:
        return f"{verdict.measure.title}: nothing due."
    return f"{verdict.measure.title}: {_figure(verdict)}."


def reason_of(verdict: Verdict) -> str:
    """Why the status is what it is, without the figure: for a table that shows it."""
    if verdict.status is Status.NOT_KNOWN:
        return _why_not_known(verdict.evidence)
    if verdict.facts.duty_breached:
        missed = verdict.evidence.total - verdict.evidence.met
        more = " There may be more." * verdict.facts.source_in_doubt
        return f"{number(missed, start=True)} missed a legal duty.{more}"
    return " ".join(_reasons(verdict))


def _figure(verdict: Verdict) -> str:
    measure, evidence = verdict.measure, verdict.evidence
    met, total = evidence.met, evidence.total
    if measure.kind is Kind.GAP:
        days = evidence.days_since
        return "none on record" if days is None else f"{days} days without one"
    if measure.kind is Kind.COUNT:
        is_volume = measure.direction is Direction.NEUTRAL
        return f"{total:,}" if is_volume else f"{total - met or 'none'} of {total:,}"
    share = f" ({percent(met, total, verdict.target)})" if total > 1 else ""
    return f"{met:,} of {total:,}{share}"


def _period(measure: Measure, as_of: date) -> str:
    if measure.window is Window.MONTH:
        return f"in {as_of.replace(day=1) - timedelta(days=1):%B %Y}"
    if measure.window is Window.YEAR:
        return f"in the 12 months to {day_in_words(as_of)}"
    return f"{'to' if measure.kind is Kind.GAP else 'on'} {day_in_words(as_of)}"


def _nothing(measure: Measure) -> str:
    if measure.direction is Direction.NEUTRAL:
        return "none"
    return "nothing due" if measure.window is Window.DAY else "nothing fell due"


def _target(target: Target | None) -> str:
    if target is None:
        return "no target"
    provisional = ", provisional" if target.provisional else ""
    return f"target {target.words} ({target.source}{provisional})"


def _reasons(verdict: Verdict) -> list[str]:
    """Why the status is not simply Met; nothing when it is, or is not judged."""
    evidence, facts = verdict.evidence, verdict.facts
    if facts.duty_breached:
        missed = number(evidence.total - evidence.met, start=True)
        law = verdict.target.reference if verdict.target else ""
        breach = f"{missed} missed a legal duty: {law}."
        if not facts.source_in_doubt:
            return [breach]
        return [breach, "There may be more.", _why_not_known(evidence)]
    if facts.misses_target:
        improving = facts.signal is Signal.IMPROVEMENT
        shown = "Improving" if improving else "No improvement shown"
        joined = "and" if improving is facts.action_in_date else "but"
        action = "an action is" if facts.action_in_date else "no action is"
        return [f"{shown}, {joined} {action} in date."]
    if verdict.status is not Status.AT_RISK:
        return []
    concern = ["The latest change is a concern."]
    day = evidence.falls_out_on
    when = (
        f"on {day_in_words(day)}" if day else f"within {verdict.measure.warning} days"
    )
    falls = [f"It falls below its target {when} if nothing is done."]
    return concern * (facts.signal is Signal.CONCERN) + falls * facts.falls_out


def _why_not_known(evidence: Evidence) -> str:
    """The sources in trouble, and the cases in hand that nobody can judge."""
    told = [_doubts(evidence.doubts)] if evidence.doubts else []
    if evidence.unknown:
        cases = evidence.total + evidence.unknown
        told.append(
            f"{evidence.unknown} of {cases} cannot be judged: what decides them was "
            "left out of the file."
        )
    return " ".join(told)


def _doubts(doubts: Sequence[Doubt]) -> str:
    """Each source in trouble by name, from which homes, and since when."""
    text = listed([_doubt(doubt) for doubt in doubts])
    return f"{text[0].upper()}{text[1:]}."


def doubt_in_words(doubt: Doubt) -> str:
    """One source in trouble, as a sentence."""
    return _doubts([doubt])


def _doubt(doubt: Doubt) -> str:
    homes = f" from {listed(doubt.homes)}" if doubt.homes else ""
    data = f"{doubt.kind.replace('_', ' ')} data{homes}"
    if doubt.since is None:
        return f"{data} has never been supplied"
    day = day_in_words(doubt.since)
    return {
        Trouble.STALE: f"{data} stops at {day}",
        Trouble.SILENT: f"{data} is silent, without a nil return, since {day}",
        Trouble.INCOMPLETE: f"{data} is incomplete since {day}",
    }[doubt.trouble]


def first_sentence(verdicts: Sequence[Verdict]) -> str:
    """What the Overview or a strand says first; its numbers add up to those judged.

    Names what is not met, legal duties first, then in the order given.
    """
    counts = roll_up(verdict.status for verdict in verdicts).counts
    judged, met = sum(counts[status] for status in ROLL_UP_ORDER), counts[Status.MET]
    if not verdicts:
        return "No measure has been judged yet."
    if not judged:
        return f"No measure is judged: {counts_in_words(RollUp(Status.MET, counts))}."
    said = [_meets(met, judged)]
    if missed := [v for v in verdicts if v.status is Status.NOT_MET]:
        missed.sort(key=lambda verdict: not verdict.measure.duty)
        names = [_in_a_sentence(verdict.measure.title) for verdict in missed]
        some = ":" if len(names) <= NAMED_AT_MOST else ", among them"
        named = listed(names[:NAMED_AT_MOST])
        said.append(f"{_are(len(names), start=True)} not met{some} {named}.")
    rest = {Status.AT_RISK: "at risk", Status.NOT_KNOWN: "not known"}
    if others := [f"{_are(counts[s])} {word}" for s, word in rest.items() if counts[s]]:
        text = listed(others)
        said.append(f"{text[0].upper()}{text[1:]}.")
    return " ".join(said)


def _meets(met: int, judged: int) -> str:
    if judged == 1:
        return "We meet the one measure judged." if met else "One measure is judged."
    share = "all" if met == judged else f"{met or 'none'} of"
    return f"We meet {share} {judged} measures."


def _are(count: int, start: bool = False) -> str:
    return f"{number(count, start)} {'is' if count == 1 else 'are'}"


def _in_a_sentence(title: str) -> str:
    """A title with its first letter small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else f"{title[0].lower()}{title[1:]}"


def listed(parts: Sequence[str]) -> str:
    """Parts in prose: "a", "a and b", "a, b and c"."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
