"""Rows of every kind made by chance from its own columns, so that no kind is left out.

Not a company: a ground on which every measure meets blanks, late and early days, homes
that closed and references that lead nowhere. The same seed gives the same rows.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from oversight.arrivals import Report, Sent
from oversight.sources import Source, SourceColumn, all_sources

Row = dict[str, str]
HOMES = ("Elm House", "Oak Lodge", "Hawthorn House", "Larch House")
SYSTEMS = ("Care records", "Payroll", "E-mail", "Medicines")
POLICIES = (
    ("090", "Data Security Breach"),
    ("117", "Record Keeping"),
    ("118", "Confidentiality"),
    ("118", "Staff Confidentiality Code of Conduct"),
)
WORDS = {
    "job_role": ("Care worker", "Senior care worker", "Cook", "IG lead", "everyone"),
    "training": ("Data security awareness", "Record keeping", "Caldicott Guardian"),
    "course_name": ("IG yearly", "Record keeping", "Caldicott Guardian", "SIRO"),
    "category": ("26", "26", "21", "1"),
    "rule_code": ("RT01", "RT01", "RT04", "RT05"),
    "area": ("care plans", "MAR charts", "-"),
    "system": SYSTEMS,
    "item": tuple(f"{n}.{m}.{k}" for n in (1, 3) for m in (1, 2, 3) for k in (1, 2, 3)),
    "version": ("1.0", "1.1", "2.0"),
    "organisation_code": tuple(f"VM{n}8N" for n in range(10)),
}
GAPS = (0, 0, 0, 1, 1, 2, 5, 7, 13, 14, 28, 30, 31, 60, 90, 183, 365, 366)  # days
MAY_BE_AHEAD = re.compile(
    "due|until|end|expires|planned|supported|next|period_to|starts|closed|left"
)
FIRST, LAST = date(2026, 3, 31), date(2026, 11, 20)  # the days the two files are taken


def made_files(folder: Path, kinds: Iterable[str], seed: int = 7) -> Iterator[Sent]:
    """Two files of each kind, the second telling some of the first's rows anew."""
    for kind in kinds:
        rng = Random(f"{seed} {kind}")
        source = all_sources()[kind]
        earlier = [_row(source, rng, at, FIRST) for at in range(1, 61)]
        again = [
            _row(source, rng, at, LAST, old=earlier[at - 1]) for at in range(1, 41)
        ]
        later = [*again, *(_row(source, rng, at, LAST) for at in range(61, 101))]
        for rows, taken_on in ((earlier, FIRST), (later, LAST)):
            path = folder / f"{kind}-{taken_on}.csv"
            _write(path, source, rows)
            template = f"template_{kind}"
            yield Sent(path, "tester", kind, profile=template, taken_on=taken_on)


def is_taken_in(report: Report) -> bool:
    """Whether enough came in: what a kind's rules refuse is left out, and no more."""
    return report.state == "accepted" and report.rows_accepted >= 5


def made_homes(folder: Path) -> Iterator[Sent]:
    """Four homes: one opens and one closes between the two files."""
    spans = (("2024-01-01", ""), ("", ""), ("2026-06-15", ""), ("", "2026-08-31"))
    for taken_on in (date(2024, 1, 31), FIRST, LAST):
        path = folder / f"homes-{taken_on}.csv"
        rows = [
            {
                "home_ref": f"1-{at}",
                "name": name,
                "opened_on": opened,
                "closed_on": closed,
            }
            for at, (name, (opened, closed)) in enumerate(
                zip(HOMES, spans, strict=True)
            )
        ]
        _write(path, all_sources()["homes"], rows)
        yield Sent(path, "tester", "homes", taken_on=taken_on)


def _row(
    source: Source, rng: Random, at: int, taken_on: date, old: Row | None = None
) -> Row:
    """One row; of a row told anew the key stays, and half of what it was given."""
    row: Row = {}
    span = 300 if source.kind == "requests" else 760  # complaints begin in June 2026
    day = taken_on - timedelta(days=rng.randrange(0, span))
    policy = rng.choice(POLICIES)
    for column in source.columns:
        may_be_blank = not column.is_needed and column.name not in source.key
        if old is not None and (column.name in source.key or rng.random() < 0.5):
            row[column.name] = old[column.name]
        elif may_be_blank and rng.random() < 0.25:
            row[column.name] = ""
        elif column.wanted in ("a date", "a UK time", "a time with its zone"):
            day += timedelta(days=rng.choice(GAPS))
            row[column.name] = _day(column, rng, day, taken_on)
        elif column.name in ("policy_no", "policy_title") or (
            source.kind == "policies" and column.name == "title"
        ):
            row[column.name] = policy[0 if column.name == "policy_no" else 1]
        else:
            row[column.name] = _cell(source, column, rng, at)
    return _mended(source.kind, row, rng)


def _day(column: SourceColumn, rng: Random, day: date, taken_on: date) -> str:
    if day > taken_on and not MAY_BE_AHEAD.search(column.name):
        if not column.is_needed:
            return ""
        day = taken_on
    if column.wanted == "a date":
        return str(day)
    at = f"{day} {rng.randrange(24):02}:{rng.choice((0, 15, 59)):02}"
    return at if column.wanted == "a UK time" else at.replace(" ", "T") + ":00Z"


def _cell(source: Source, column: SourceColumn, rng: Random, at: int) -> str:
    wanted, name = column.wanted, column.name
    if name in WORDS and "such as v8" not in wanted and "cycle" not in wanted:
        return rng.choice(WORDS[name]).replace("-", "")
    if source.kind == "assets" and name == "name":
        return rng.choice(SYSTEMS)
    if wanted == "yes or no":
        return rng.choice(("yes", "yes", "no"))
    if wanted.startswith("one of: "):
        return rng.choice(wanted.removeprefix("one of: ").split(", "))
    if wanted.startswith("one or more of: "):
        words = wanted.removeprefix("one or more of: ").split("; ")
        return "; ".join(rng.sample(words, k=min(2, len(words))))
    if wanted in ("a home", "a home, or company"):
        return rng.choice((*HOMES, "company") if "company" in wanted else HOMES)
    if wanted.startswith("a whole number"):
        return str(rng.randrange(1, 6 if "from 1 to 5" in wanted else 40))
    if wanted.startswith(("a reference", "a pseudonym", "a login")):
        is_own = name == source.key[-1]
        return _reference(column.example, at if is_own else rng.randrange(1, 30))
    return "" if column.example == "-" else column.example


def _reference(example: str, number: int) -> str:
    if example == "-":
        return ""
    if not re.search(r"\d", example):
        return f"{example}-{number:02}"
    return re.sub(
        r"\d+(?!.*\d)", lambda old: str(number).zfill(len(old[0])), example, count=1
    )


def _mended(kind: str, row: Row, rng: Random) -> Row:
    """What a kind's rules would refuse nearly always, put right."""
    number = lambda name: int(row[name] or 0)  # noqa: E731
    for home, ref in (
        ("home", "staff_ref"),
        ("holder_home", "holder_ref"),
        ("deputy_home", "deputy_ref"),
    ):
        # Registers agree about where most people work, and not about all of them.
        if row.get(ref) and row.get(home) and (at := int(row[ref][1:])) % 7:
            row[home] = HOMES[at % len(HOMES)]
    if kind == "named_roles":
        row["role"] = row["role"] if rng.random() < 0.3 else "Caldicott Guardian"
        row["ended_on"] = row["ended_on"] if rng.random() < 0.2 else ""
    if kind == "quality_checks":
        names = ("passed", "failed", "not_applicable")
        row["sample_size"] = str(max(1, sum(map(number, names))))
        row["population"] = ""
    if kind == "access_reviews":
        names = ("accounts_kept", "accounts_changed", "accounts_removed")
        row["accounts_reviewed"] = str(sum(map(number, names)))
    for day, called_off in (("held_on", "cancelled_on"), ("done_on", "cancelled_on")):
        if row.get(day) and row.get(called_off):
            row[rng.choice((day, called_off))] = ""
    if kind == "staff":
        row["is_removed"] = rng.choice(("", "", "", "yes"))
        row["left_on"] = row["left_on"] if rng.random() < 0.5 else ""
    if kind == "toolkit_answers" and row["item"] in ("1.1.1", "1.2.4"):
        row["answer"] = "complete"
    if kind == "audits" and row["points_met"] and row["points_applicable"]:
        most = max(number("points_met"), number("points_applicable"))
        row["points_met"] = str(min(number("points_met"), number("points_applicable")))
        row["points_applicable"], row["score_pct"] = str(most), ""
    if kind == "resources" and not (row["used"] and row["used_to"]):
        row["used"] = row["used_to"] = ""
    if kind == "rota":
        row["ends_at"] = f"{row['starts_at'][:10]} 23:59"
    if kind == "access_events":
        row["occurred_at"] = row["occurred_at"] or f"{FIRST}T08:00:00Z"
    return row


def _write(path: Path, source: Source, rows: list[Row]) -> None:
    needed = {c.name: c.example for c in source.columns if c.is_needed}
    by_key = {tuple(row.get(name) for name in source.key): row for row in rows}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in source.columns])
        writer.writeheader()
        writer.writerows(needed | row for row in by_key.values())
