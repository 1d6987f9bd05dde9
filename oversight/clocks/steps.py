"""How is a clock's working told? One sentence a step, in the order it ran."""

from collections.abc import Iterator
from datetime import date

from oversight.clocks.due_dates import DAY, Calendar, Pauses, Reckoned
from oversight.clocks.rules import Counts, Events, Pause, Rule, State
from oversight.clocks.uk_time import day_in_words, uk_day

HOUR = 3600  # seconds
SURE = {
    "A": "Confirmed by a source (confidence A).",
    "B": "Partly confirmed by a source (confidence B).",
    "C": "Unverified reference: no source has confirmed this rule (confidence C).",
}
# What a duty asks for beside a day. Candour in a care home is by paragraph (9) of
# regulation 20; the test of paragraph (8) is for NHS bodies.
ASKED_FOR = {
    "CANDOUR": (
        "Paragraph (9): it is notifiable when a health care professional reasonably"
        " thinks it led to death, impairment or a change of the body, prolonged pain or"
        " psychological harm, a shortened life, or treatment to prevent one of these.",
        "Paragraph (2): tell the resident, or who lawfully acts for them, and give"
        " support.",
        "Paragraph (3): in person, with a true account so far, what will be looked"
        " into, an apology, and a written record kept securely.",
        "Paragraph (4): then the same in writing.",
    ),
    "BREACH": (
        "A later report gives its reasons; what is not known yet may follow in phases.",
    ),
}


def start_step(rule: Rule, events: Events, when: str) -> str:
    """What it is counted from, what the rule says starts it, and what moved it."""
    step = f"Counted from {when}. What starts it: {_lower(rule.starts)}."
    if events.received is None or events.received >= events.start:
        return step
    return f"{step} It was received on {day_in_words(uk_day(events.received))} already."


def day_steps(
    rule: Rule, events: Events, reckoned: Reckoned, pauses: Pauses
) -> Iterator[str]:
    """How the due day came about."""
    yield f"{rule.length} {rule.unit}. That is {day_in_words(reckoned.first)}."
    if rule.counts is Counts.WORKING_DAYS:
        yield "Day 1 is the first working day after the one it is counted from."
    yield from _extension_steps(rule, events, reckoned)
    yield from map(_pause_step, pauses)
    if reckoned.counted != reckoned.plain:
        yield f"Without those days it is {day_in_words(reckoned.counted)}."
    elif pauses:
        yield "None of those days is in the time it ran, so nothing moved."
    if reckoned.due != reckoned.counted:
        yield f"The next working day in England is {day_in_words(reckoned.due)}."
    yield f"Due by the end of {day_in_words(reckoned.due)}."
    if reckoned.told_by is not None:
        yield (
            f"Aim for {day_in_words(reckoned.counted - DAY)}: a month 'beginning' with"
            " a day can be read as ending the day before (unverified reference)."
        )


def _extension_steps(rule: Rule, events: Events, reckoned: Reckoned) -> Iterator[str]:
    if events.extension is None or reckoned.told_by is None:
        return
    told_on, told_by = events.extension.told_on, day_in_words(reckoned.told_by)
    on = f"on {day_in_words(told_on)}" if told_on else "in time"
    if not reckoned.is_extended:
        yield (
            f"The person was told of an extension {on}, after the first month ended on"
            f" {told_by}: too late, so there is none."
        )
        return
    taken = "was" if told_on else "is taken to have been"
    yield (
        f"The person {taken} told of an extension {on}, within the first month (by"
        f" {told_by}): with {rule.extension_months} months more, from the start,"
        f" it is {day_in_words(reckoned.plain)}."
    )


def _pause_step(pause: Pause) -> str:
    days = number((pause.answered - pause.asked).days + 1)
    asked, until = day_in_words(pause.asked), day_in_words(pause.answered)
    if pause.is_over:
        return (
            f"Clarification was asked for on {asked} and came on {until}: {days}, both"
            " included, do not count."
        )
    return (
        f"Clarification was asked for on {asked} and had not come by {until}: {days} so"
        " far, both included, do not count, nor does each further day without it."
    )


def asked_for_steps(rule: Rule, own_limit: tuple[int, date] | None) -> Iterator[str]:
    """What a duty asks for; the company's own limit (working days), told as such."""
    yield from ASKED_FOR.get(rule.code, ())
    if own_limit is not None:
        yield (
            f"The company's own limit, which is not law: {own_limit[0]} working days,"
            f" by {day_in_words(own_limit[1])}."
        )


def unused_steps(rule: Rule, events: Events) -> Iterator[str]:
    """What was said and changes nothing, so that nobody waits for it to."""
    if events.pauses and not rule.has_pauses:
        yield "Days of clarification do not stop this clock: every day counts."
    if events.extension is not None and not rule.extension_months:
        yield "This clock has no extension of so many months: none is counted."


def standing_step(state: State, end: str, is_met: bool, gone: str, rest: str) -> str:
    """Where it stands; `rest` is what is left, or for a late clock how late."""
    done = "Done" if is_met else "Not done"
    if state is State.LATE:
        return f"{done} {end}: {rest} late. Late stays not met, whenever it is done."
    so_far = f"{done} {end}: {gone} gone, {rest} left."
    if state is State.PAUSED:
        return f"{so_far} The clock stands still until clarification comes."
    return so_far


def caveat_steps(
    rule: Rule, events: Events, due: date | None, calendar: Calendar
) -> Iterator[str]:
    """What to know before relying on it: the holidays, the law and the source."""
    if rule.needs_holidays and due is not None and due > calendar.published_to:
        yield (
            f"Bank holidays after {calendar.published_to.year} follow their pattern and"
            " are not published yet: this day may still move."
        )
    if rule.in_force_from is not None and uk_day(events.start) < rule.in_force_from:
        yield (
            f"The duty began on {day_in_words(rule.in_force_from)}, after this started:"
            " shown as guidance."
        )
    if rule.applies != "Y":
        condition = rule.applies.replace("N unless", "not unless")
        yield f"Does it bind a private provider? {condition[0].upper()}{condition[1:]}."
    yield SURE[rule.confidence]


def number(days: int, rule: Rule | None = None) -> str:
    """1 day, 3 days, 2 working days."""
    kind = "working day" if rule and rule.counts is Counts.WORKING_DAYS else "day"
    return f"{days} {kind}{'' if days == 1 else 's'}"


def hours(length: float) -> str:
    """20 hours 30 minutes 5 seconds, without what is none."""
    minutes, seconds = divmod(round(length * HOUR), 60)
    whole, minutes = divmod(minutes, 60)
    parts = ((whole, "hour"), (minutes, "minute"), (seconds, "second"))
    said = [f"{n} {name}{'' if n == 1 else 's'}" for n, name in parts if n]
    return " ".join(said) or "0 hours"


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
