"""Everything a review shows, as one document: the same knowledge gives the same bytes.

What is frozen are words, numbers and chart specs, never code: a paper made from it in
five years says what was said then. Beside the figures stand the hashes of all that they
were worked out by, so that asked again it can be told whether anything has changed.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from typing import Any

from oversight import settings
from oversight.charts.spec import spec_of
from oversight.currency.texts import policy_files
from oversight.definitions import QUERIES, definitions_hash
from oversight.headers import read_folder
from oversight.measures import Case, cases_on
from oversight.policy import clauses_from
from oversight.readings import Reading
from oversight.review.agenda import agenda
from oversight.sources import all_sources
from oversight.statements import Stated, statements
from oversight.store import ROOT, Cursor, engine_version, known_moment
from oversight.verdicts.freshness import doubts_of, heard_on
from oversight.verdicts.judgement import Judged, home_names, judging, kinds_of
from oversight.verdicts.sentences import (
    brief_of,
    doubt_in_words,
    first_sentence,
    reason_of,
    sentence_of,
)
from oversight.verdicts.status import counts_in_words, roll_up
from oversight.words import STRAND_WORDS, Strand

Document = dict[str, Any]


def take(cursor: Cursor, as_of: date) -> Document:
    """Every figure of a day, at the scope and the knowledge of the cursor."""
    names = home_names(cursor)
    number, known_at = known_moment(cursor)
    with judging(cursor, as_of) as judged:
        measures = [one.measure for one in judged]
        cases = {m.name: cases_on(cursor, m, as_of) for m in measures}
        sources = sources_on(cursor, judged, as_of, names)
    return {
        "as_of": as_of.isoformat(),
        "number": number,
        "known_at": known_at.isoformat(),
        "behind": behind(cursor),
        "homes": names,
        "sources": sources,
        "first_sentence": first_sentence([one.verdict for one in judged]),
        "strands": [_strand(strand, judged) for strand in Strand],
        "measures": [
            _measure(one, names, as_of, cases[one.measure.name]) for one in judged
        ],
        "agenda": [asdict(item) for item in agenda(cursor, judged, as_of)],
        "clauses": [
            asdict(clause)
            for clause in clauses_from(
                judged, statements(cursor, Stated.CLAUSE_NOT_APPLICABLE, as_of)
            )
        ],
    }


def behind(cursor: Cursor) -> Document:
    """What the figures were worked out by: definitions, settings, versions, by hash."""
    return {
        "definitions": definitions_hash(),
        "each_definition": _each_definition(),
        "program": _program(),
        "policies": _policies(),
        "versions": {"DuckDB": engine_version()},
        "settings": {name: settings.read(cursor, name) for name in settings.DEFAULTS},
    }


def in_bytes(document: Document) -> bytes:
    """The document in one form only: keys sorted, no spaces, UTF-8."""
    said = json.dumps(
        document,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        default=date.isoformat,
        allow_nan=False,
    )
    return said.encode()


def seal_of(body: bytes) -> str:
    """The SHA-256 by which a snapshot is called."""
    return hashlib.sha256(body).hexdigest()


def sources_on(
    cursor: Cursor, judged: Sequence[Judged], as_of: date, names: dict[str, str]
) -> list[Document]:
    """What the figures rest on: how far each source speaks, and what is doubted."""
    kinds = sorted({kind for one in judged for kind in kinds_of(one.measure)})
    return [_source(cursor, kind, as_of, names) for kind in kinds]


def _source(cursor: Cursor, kind: str, as_of: date, names: dict[str, str]) -> Document:
    source = all_sources()[kind]
    heard = heard_on(cursor, kind, [as_of])[as_of]
    days = [one.data_to for one in heard if one.data_to]
    return {
        "kind": kind,
        "title": source.title,
        "owner": source.owner,
        "data_to": min(days, default=None),
        "allowed_days": source.freshness_days,
        "doubts": [
            doubt_in_words(
                replace(d, homes=tuple(names.get(home, home) for home in d.homes))
            )
            for d in doubts_of(kind, as_of, heard)
        ],
    }


def figure_of(judged: Judged) -> Document:
    """The figure alone, to be held against a frozen one."""
    evidence, verdict = judged.verdict.evidence, judged.verdict
    return {
        "id": judged.measure.id,
        "title": judged.measure.title,
        "met": evidence.met,
        "total": evidence.total,
        "unknown": evidence.unknown,
        "status": verdict.status,
        "sentence": sentence_of(verdict),
    }


def _strand(strand: Strand, judged: Sequence[Judged]) -> Document:
    mine = [one.verdict for one in judged if one.measure.strand is strand]
    roll = roll_up(verdict.status for verdict in mine)
    return {
        "strand": strand,
        "title": STRAND_WORDS[strand],
        "status": roll.status,
        "counts": counts_in_words(roll),
        "sentence": first_sentence(mine),
    }


def _measure(
    judged: Judged, names: dict[str, str], as_of: date, cases: Sequence[Case]
) -> Document:
    measure, verdict = judged.measure, judged.verdict
    return {
        "id": measure.id,
        "name": measure.name,
        "title": measure.title,
        "strand": measure.strand,
        "clauses": measure.clauses,
        "reads": measure.reads,
        "question": measure.question,
        "kind": measure.kind,
        "duty": measure.is_duty_on(as_of),
        "owner": measure.owner,
        "so_what": measure.so_what,
        "target": asdict(verdict.target) if verdict.target else None,
        "met": verdict.evidence.met,
        "total": verdict.evidence.total,
        "unknown": verdict.evidence.unknown,
        "value": verdict.value,
        "status": verdict.status,
        "signal": verdict.evidence.signal,
        "assurance": judged.assurance,
        "earns_colour": verdict.earns_colour,
        "data_to": judged.data_to,
        "sentence": sentence_of(verdict),
        "brief": brief_of(verdict),
        "reason": reason_of(verdict),
        "by_home": [_home(reading) for reading in judged.by_home],
        "chart": json.loads(spec_of(judged, names).to_json()),
        "cases": [asdict(case) for case in cases],
    }


def _home(reading: Reading) -> Document:
    return {
        "home": reading.home,
        "met": reading.met,
        "total": reading.total,
        "unknown": reading.unknown,
    }


def _policies() -> dict[str, str]:
    """The texts of the policy lie beside the store: each by its hash."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in policy_files()
    }


@cache
def _each_definition() -> dict[str, str]:
    return {
        definition.path.relative_to(QUERIES).as_posix(): definition.sha256
        for definition in read_folder(QUERIES)
    }


@cache
def _program() -> str:
    """One hash over the program's own code: another rule is another figure."""
    found = hashlib.sha256()
    for path in sorted((ROOT / "oversight").rglob("*.py")):
        found.update(path.relative_to(ROOT).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()
