"""What does a measure promise, and what does its figure mean?

A measure lists cases, each met or not. Its value is always one of these:

* state, flow: 100 x cases met / cases, a percentage. A state is a stock on a day,
  a flow is what fell due or happened in the window.
* ratio: 100 x units met / units, a percentage, for sampled checks.
* count, direction lower: the number of cases not met.
  count, direction neutral: the number of cases, a volume of which nothing is promised.
* gap: the days since the last case that was not met; none when there never was one.

So a percentage is never "lower is better": what is lacking is a case not met.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from oversight.headers import Definition, DefinitionError
from oversight.words import Strand


class Kind(StrEnum):
    """How cases become a value; the module's docstring says it for each."""

    STATE = "state"
    FLOW = "flow"
    COUNT = "count"
    RATIO = "ratio"
    GAP = "gap"


class Window(StrEnum):
    """Which cases a question about a day takes in."""

    DAY = "day"
    MONTH = "last full month"
    YEAR = "12 months"


class Direction(StrEnum):
    """Which way the value gets better; neutral promises nothing."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Source(StrEnum):
    """Who set a target. Guidance we choose to follow is the company's own target."""

    LAW = "law"
    TOOLKIT = "Toolkit"
    POLICY = "policy"
    COMPANY = "company"


@dataclass(frozen=True)
class Target:
    """What the value must reach from a day on; provisional until we decide."""

    value: float
    unit: str  # "%", "days", or "" for a number of cases
    since: date  # date.min when the header gives no day
    source: Source
    reference: str
    provisional: bool

    @property
    def words(self) -> str:
        return f"{self.value:g}{' days' if self.unit == 'days' else self.unit}"


@dataclass(frozen=True)
class Measure:
    """The header of one measure, read and found consistent."""

    id: str
    name: str
    title: str
    strand: Strand
    clauses: tuple[str, ...]
    question: str
    kind: Kind
    window: Window
    duty: bool
    direction: Direction
    targets: tuple[Target, ...]
    owner: str
    reads: tuple[str, ...]
    so_what: str
    warning: int | None = None  # days
    retired: date | None = None

    def target_on(self, day: date) -> Target | None:
        """The target in force on a day; none before the first, or for information."""
        in_force = [target for target in self.targets if target.since <= day]
        return in_force[-1] if in_force else None

    def is_duty_on(self, day: date) -> bool:
        """Whether one miss breaks the law: not before that law was in force."""
        target = self.target_on(day)
        return self.duty and target is not None and target.source is Source.LAW

    def value(
        self, met: int, total: int, days_since: int | None = None
    ) -> float | None:
        """The value of met and total cases (units, for a ratio), if there is one.

        `days_since` is used by a gap alone: days from its last case not met.
        """
        if self.kind is Kind.GAP:
            return days_since
        if self.kind is Kind.COUNT:
            return total if self.direction is Direction.NEUTRAL else total - met
        # Multiplied before dividing: 19 of 20 is then exactly 95, never just below.
        return 100 * met / total if total else None

    def misses(self, target: Target | None, value: float | None) -> bool:
        """Whether a value falls short of a target; without either, nothing is."""
        if target is None or value is None:
            return False
        if self.direction is Direction.LOWER:
            return value > target.value
        return value < target.value


TARGET: Final = re.compile(
    r"(?P<value>\d+(\.\d+)?)(?P<unit>%| days)?( from (?P<since>\d{4}-\d\d-\d\d))?"
    r" \((?P<source>law|Toolkit|policy|company)(?P<provisional>, provisional)?"
    r"(:? (?P<reference>.+))?\)"
)
NOTHING_SAID: Final = {"", "n/a", "na", "tbc", "todo", "?", "-"}


def _match(pattern: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return read


def _list(pattern: str) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        parts = tuple(_match(pattern)(part.strip()) for part in text.split(","))
        if len(set(parts)) < len(parts):
            raise ValueError
        return parts

    return read


def _target(line: str) -> Target:
    said = TARGET.fullmatch(line)
    if said is None:
        raise ValueError
    source, reference = Source(said["source"]), said["reference"] or ""
    is_company = source is Source.COMPANY
    provisional, unit = bool(said["provisional"]), (said["unit"] or "").strip()
    value = float(said["value"])
    if not is_company and (provisional or not reference):
        raise ValueError
    if unit == "%" and value > 100:
        raise ValueError
    since = date.fromisoformat(said["since"]) if said["since"] else date.min
    return Target(value, unit, since, source, reference, provisional)


def _targets(text: str) -> tuple[Target, ...]:
    if text == "none":
        return ()
    targets = tuple(_target(line) for line in text.splitlines())
    days = [target.since for target in targets]
    if days != sorted(set(days)):
        raise ValueError
    return targets


# The grammar: each field, what it wants, how it is read. The last two may be absent.
FIELDS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "id": ("a letter and two digits, as S01", _match(r"[A-Z]\d\d")),
    "title": ("one line of words", _match(r".+")),
    "strand": (", ".join(Strand), Strand),
    "clauses": (
        "clause numbers of the policy, each once, divided by commas, as 3.1g, 9e",
        _list(r"\d+(\.\d+)?[a-z]?"),
    ),
    "question": ("a question that ends in '?'", _match(r".+\?")),
    "kind": (", ".join(Kind), Kind),
    "window": (", ".join(Window), Window),
    "duty": ("yes or no", lambda text: _match("yes|no")(text) == "yes"),
    "direction": (", ".join(Direction), Direction),
    "target": (
        "'none', or lines in date order as '95% from 2024-07-01 (Toolkit 3.2.1)', each "
        f"from {', '.join(Source)} with its reference, or '(company, provisional)'",
        _targets,
    ),
    "owner": ("who answers for it", _match(r".+")),
    "reads": ("kinds of record, each once, divided by commas", _list(r"[a-z_]+")),
    "so what": ("why it matters", _match(r".+")),
    "warning": (
        "a number of days, as '30 days'",
        lambda text: int(_match(r"[1-9]\d* days")(text).removesuffix(" days")),
    ),
    "retired": ("the day it was retired, as 2026-04-01", date.fromisoformat),
}
OPTIONAL: Final = {"warning", "retired"}
UNITS: Final = {
    Kind.STATE: "%",
    Kind.FLOW: "%",
    Kind.RATIO: "%",
    Kind.COUNT: "",
    Kind.GAP: "days",
}


def _contradictions(v: Mapping[str, Any]) -> Iterable[str]:
    """What the fields, each good in itself, may not say together."""
    kind, window, direction = v.get("kind"), v.get("window"), v.get("direction")
    targets: tuple[Target, ...] = v.get("target", ())
    if kind in (Kind.STATE, Kind.GAP) and window in (Window.MONTH, Window.YEAR):
        yield f"'window' of a {kind} wants day; got '{window}'"
    if kind is Kind.FLOW and window is Window.DAY:
        yield "'window' of a flow wants last full month or 12 months; got 'day'"
    wrong = Direction.HIGHER if kind is Kind.COUNT else Direction.LOWER
    if kind and direction is wrong:
        wanted = Direction.LOWER if kind is Kind.COUNT else Direction.HIGHER
        yield f"'direction' of a {kind} wants {wanted} or neutral; got '{direction}'"
    if direction is Direction.NEUTRAL and targets:
        yield f"'target' of a neutral measure wants none; got {targets[-1].words}"
    for target in targets:
        if kind and target.unit != UNITS[kind]:
            unit = UNITS[kind] or "a number alone"
            yield f"'target' of a {kind} wants {unit}; got {target.words}"
        if target.source is Source.LAW and target.words not in ("100%", "0"):
            yield f"'target' set by law wants 100% or 0; got {target.words}"
    by_law = [target.source is Source.LAW for target in targets]
    if v.get("duty") is True and "target" in v and not (by_law and by_law[-1]):
        yield "'duty: yes' wants its last target from the law, with the law named"
    if v.get("duty") is False and any(by_law):
        yield "'duty' wants yes where the law sets the target; got 'no'"
    if "warning" in v and (kind not in (Kind.STATE, None) or v.get("target") == ()):
        yield "'warning' wants a state with a target: only a stock can run out"


def parse_fields(where: str, name: str, fields: Iterable[tuple[str, str]]) -> Measure:
    """The measure called `name` from its header's (name, value) lines.

    Raises one DefinitionError with every fault: what was wanted, and what came.
    """
    said: dict[str, list[str]] = {}
    for field, value in fields:
        said.setdefault(field, []).append(value.strip())
    faults = [
        f"'{field}' is not a field of a measure; wanted {', '.join(FIELDS)}"
        for field in said
        if field not in FIELDS
    ]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        faults.append(f"the file name wants lower_case_words, got '{name}'")
    values: dict[str, Any] = {}
    for field, (wanted, read) in FIELDS.items():
        texts = said.get(field, [])
        if not texts and field in OPTIONAL:
            continue
        if not texts or (len(texts) > 1 and field != "target"):
            faults.append(f"'{field}' wants one line: {wanted}; got {len(texts)}")
            continue
        text = "\n".join(texts) if field == "target" else " ".join(texts[0].split())
        try:
            if text.lower() in NOTHING_SAID:
                raise ValueError
            values[field] = read(text)
        except ValueError:
            faults.append(f"'{field}' wants {wanted}; got '{text}'")
    faults.extend(_contradictions(values))
    if faults:
        raise DefinitionError("\n* ".join([f"{where}: the header has faults", *faults]))
    values["targets"] = values.pop("target")
    values["so_what"] = values.pop("so what")
    return Measure(name=name, **values)


def parse_measure(definition: Definition) -> Measure:
    """The measure a .sql file defines; DefinitionError lists all that is wrong."""
    return parse_fields(str(definition.path), definition.name, definition.header)
