"""What the law's clocks and the breach grid say: clock, grid. Neither needs a store."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

import click

from oversight import reference
from oversight.clocks.clock import Clock, run_clock
from oversight.clocks.rules import Events, Extension, Pause, Rule
from oversight.clocks.uk_time import comes_twice, day_in_words, uk_day, uk_instant
from oversight.commands.common import YEARS, answer, json_option, says_no
from oversight.grid import suggest


@dataclass(frozen=True)
class Said:
    """A time as it was given: a day alone, a UK wall-clock time, or one with a zone."""

    moment: datetime
    is_day: bool

    def instant(self, latest: bool = False) -> datetime:
        """The instant meant; `latest`: a day's last second, an hour's second coming.

        So that no clock seems to have started later, or been met sooner, than it was.
        """
        if self.moment.tzinfo is not None:
            return self.moment.astimezone(UTC)
        if self.is_day and latest:
            return uk_instant(datetime.combine(self.moment, time(23, 59, 59)))
        return uk_instant(self.moment, latest)

    def day(self) -> date:
        """The UK day meant."""
        return self.moment.date() if self.is_day else uk_day(self.instant())


class When(click.ParamType[Said]):
    """An ISO day or time, with a zone or as UK clocks show it."""

    name = "timestamp"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Said:
        text = str(value).strip()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS:
            self.fail(
                "wanted a day or time of 1900 to 2199, as 2026-09-03 or"
                f" 2026-09-03T14:30 (UK) or 2026-09-03T13:30Z; got {value!r}.",
                param,
                ctx,
            )
        return Said(moment, _is_day(text))


class Stretch(click.ParamType[tuple[date, date | None]]):
    """FROM,TO: two days or times; nothing after the comma while it still lasts."""

    name = "from,to"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date | None]:
        asked, comma, answered = str(value).partition(",")
        if not comma:
            self.fail(f"wanted FROM,TO; got {value!r}.", param, ctx)
        first = WHEN.convert(asked, param, ctx).day()
        last = WHEN.convert(answered, param, ctx).day() if answered.strip() else None
        if last is not None and last < first:
            self.fail(f"wanted FROM not after TO; got {value!r}.", param, ctx)
        return first, last


WHEN = When()


@click.command()
@click.argument("rule")
@click.option(
    "--start",
    type=WHEN,
    required=True,
    help="Becoming aware, or receipt, or identity proof or a fee if later.",
)
@click.option(
    "--paused",
    type=Stretch(),
    multiple=True,
    metavar="FROM,TO",
    help="Clarification asked for and come, both days included; TO left out: not yet.",
)
@click.option("--extended", is_flag=True, help="Taken as told in time without --told.")
@click.option("--told", type=WHEN, help="When the person was told of the extension.")
@click.option("--recent", is_flag=True, help="AHRA: a record of the last 40 days.")
@click.option(
    "--limit",
    type=click.IntRange(1, 250),
    help="Working days the company gives itself where the law sets no number.",
)
@click.option("--met", type=WHEN, help="When it was done.")
@click.option("--at", type=WHEN, help="The moment asked about; default now.")
@click.option("--store", hidden=True, expose_value=False)
@json_option
@says_no
def clock(
    rule: str,
    start: Said,
    paused: tuple[tuple[date, date | None], ...],
    extended: bool,
    told: Said | None,
    recent: bool,
    limit: int | None,
    met: Said | None,
    at: Said | None,
    as_json: bool,
) -> None:
    """One statutory clock.

    RULE is a code of the reference table of clocks, as BREACH or SAR. Times without a
    zone are as UK clocks show them. In the autumn hour that comes twice, --start is its
    first coming, --met and --at its second; one in the hour that spring leaves out is
    refused. A day alone is its first minute for --start, its last second for --met and
    --at.
    """
    if told is not None and not extended:
        raise click.UsageError("--told wants --extended beside it.")
    known = _as_recent(_rule(rule)) if recent else _rule(rule)
    if limit is not None and known.length:
        raise click.UsageError(
            f"--limit wants a clock without days in law: not {rule}."
        )
    for option, said in (("--start", start), ("--met", met), ("--at", at)):
        _tell_if_twice(option, said)
    starts = start.instant()
    done = met.instant(latest=True) if met else None
    asked = at.instant(latest=True) if at else _now_or_later(starts, done)
    events = Events(
        starts,
        asked,
        done,
        tuple(_pause(first, last, uk_day(asked)) for first, last in paused),
        Extension(told.day() if told else None) if extended else None,
    )
    found = run_clock(known, events, reference.calendar(), limit)
    answer(as_row(found), as_json, lambda: _words(known, found))


@click.command()
@click.option("--severity", type=click.IntRange(1, 5), required=True)
@click.option("--likelihood", type=click.IntRange(1, 5), required=True)
@click.option("--vulnerable", is_flag=True, help="Vulnerable people are involved.")
@click.option("--contained", is_flag=True, help="It was contained.")
@click.option("--store", hidden=True, expose_value=False)
@json_option
@says_no
def grid(
    severity: int, likelihood: int, vulnerable: bool, contained: bool, as_json: bool
) -> None:
    """The breach grid's suggestion. A named person decides."""
    found = suggest(
        reference.breach_grid(),
        severity,
        likelihood,
        vulnerable=vulnerable,
        contained=contained,
    )
    answer(found, as_json, lambda: f"{found.reason} Confidence {found.confidence}.")


def as_row(found: Clock) -> dict[str, Any]:
    """A clock as the command line's contract has it; instants in UK time."""
    return {
        "rule": found.rule,
        "starts": found.starts.isoformat(),
        "due": found.due.isoformat() if found.due else None,
        "state": found.state,
        "elapsed": found.elapsed,
        "left": found.left,
        "late_by": found.late_by,
        "steps": list(found.steps),
    }


def _pause(asked: date, answered: date | None, today: date) -> Pause:
    if answered is not None:
        return Pause(asked, answered)
    return Pause(asked, max(asked, today), is_over=False)


def _rule(code: str) -> Rule:
    rules = reference.clock_rules()
    if code.upper() not in rules:
        raise LookupError(
            f"There is no clock {code!r}. Use one of these:"
            f" {', '.join(f'{known} ({rule.name})' for known, rule in rules.items())}."
        )
    return rules[code.upper()]


def _as_recent(rule: Rule) -> Rule:
    """The rule for a health record made shortly before it was applied for."""
    if rule.code != "AHRA":
        raise click.UsageError(f"--recent is about AHRA alone, not {rule.code}.")
    return replace(rule, length=21, unit="days, for a record of the last 40 days")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _tell_if_twice(option: str, said: Said | None) -> None:
    if said is None or said.moment.tzinfo is not None or not comes_twice(said.moment):
        return
    taken = "first" if option == "--start" else "second"
    click.echo(
        f"{said.moment:%H:%M} came twice on {day_in_words(said.moment.date())}:"
        f" {option} is taken as the {taken}. Give a zone to say otherwise.",
        err=True,
    )


def _now_or_later(starts: datetime, done: datetime | None) -> datetime:
    # A clock asked about beforehand is shown as it will start, or as it will be met.
    return max(datetime.now(UTC), starts, done or starts)


def _words(rule: Rule, found: Clock) -> str:
    return "\n".join([f"{rule.code}: {rule.name}: {found.state}", *found.steps])
