"""Does the grammar carry every measure, and the status table give each its verdict?

`measures_by_hand.csv` holds the header of every measure and one made-up month of a
care group, with the status and the sentence worked out by hand from the architecture.
"""

import csv
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from oversight.headers import read_definition
from oversight.promises import Measure, Source, parse_measure
from oversight.verdicts.sentences import first_sentence, sentence_of
from oversight.verdicts.status import (
    Doubt,
    Evidence,
    Trouble,
    Verdict,
    counts_in_words,
    judge,
    roll_up,
)
from oversight.words import Signal, Status, Strand

HERE = Path(__file__).parent


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


ROWS = rows_of(HERE / "measures_by_hand.csv")
CLAUSES = rows_of(HERE.parents[1] / "data/reference/clauses.csv")
AS_OF = date(2026, 11, 22)
HEADER = (
    *("id", "title", "strand", "clauses", "question", "kind", "window", "duty"),
    *("direction", "target", "owner", "reads", "so what", "warning"),
)
KINDS_OF_RECORD = set(
    """homes residents staff rota training training_needs incidents audits findings
    spot_checks access_events accounts access_reviews requests media_enquiries
    privacy_notices policies acknowledgements continuity_plans continuity_tests
    restore_tests quality_checks starter_checks retention disposals retrievals assets
    devices data_flows sharing_agreements suppliers changes risks roles awareness
    resources toolkit_answers nil_returns actions reviews""".split()
)
# The measures that clauses.csv names in words, and the ids they were given.
IN_WORDS = {
    "an annual-audit measure for this strand": "S25",
    "a resources measure": "L18",
    "an awareness measure": "S26",
    "an acknowledgement measure": "S27",
    "an approval measure": "L19",
    "a review measure": "L20",
}


def as_sql(row: dict[str, str]) -> str:
    """The measure's file as it would be written: its header, a blank line, its SQL."""
    lines = []
    for field in HEADER:
        if value := row[field.replace(" ", "_")]:
            values = value.split("; ") if field == "target" else [value]
            lines += [f"-- {field + ':':<11}{value}" for value in values]
    return "\n".join([*lines, "", "select 1 as case_ref", ""])


def doubts_of(row: dict[str, str]) -> tuple[Doubt, ...]:
    """What is wrong with the worst source: as written, or an age over its limit."""
    data_to = date.fromisoformat(row["data_to"]) if row["data_to"] else None
    if row["trouble"]:
        homes = tuple(row["homes"].split(", ")) if row["homes"] else ()
        return (Doubt(row["worst_source"], Trouble(row["trouble"]), data_to, homes),)
    assert data_to is not None
    if (AS_OF - data_to).days > int(row["allowed_days"]):
        return (Doubt(row["worst_source"], Trouble.STALE, data_to),)
    return ()


def evidence_of(row: dict[str, str]) -> Evidence:
    return Evidence(
        as_of=AS_OF,
        met=int(row["met"]),
        total=int(row["total"]),
        signal=Signal(row["signal"]),
        doubts=doubts_of(row),
        action_in_date=row["action_in_date"] == "yes",
        falls_out=row["falls_out"] == "yes",
        unknown=int(row["unknown"]),
    )


@pytest.fixture(scope="module")
def measures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measure]:
    """Every measure, written as a file and read back through the real reader."""
    folder = tmp_path_factory.mktemp("measures")
    read = {}
    for row in ROWS:
        path = folder / f"{row['name']}.sql"
        path.write_text(as_sql(row), encoding="utf-8")
        read[row["id"]] = parse_measure(read_definition(path))
    return read


@pytest.fixture(scope="module")
def verdicts(measures: dict[str, Measure]) -> list[Verdict]:
    return [judge(measures[row["id"]], evidence_of(row)) for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_header_is_carried_whole(row: dict[str, str], measures) -> None:
    measure = measures[row["id"]]
    for field in ("name", "title", "strand", "question", "kind", "window", "so_what"):
        assert getattr(measure, field) == row[field]
    assert (measure.direction, measure.owner) == (row["direction"], row["owner"])
    assert ", ".join(measure.clauses) == row["clauses"]
    assert ", ".join(measure.reads) == row["reads"]
    assert measure.duty is (row["duty"] == "yes")
    assert f"{measure.warning or ''}" == row["warning"].removesuffix(" days")
    lines = [] if row["target"] == "none" else row["target"].split("; ")
    assert [t.words for t in measure.targets] == [line.split()[0] for line in lines]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_verdict_and_the_sentence_are_those_worked_out_by_hand(
    row: dict[str, str], measures
) -> None:
    verdict = judge(measures[row["id"]], evidence_of(row))
    assert verdict.status == row["status"]
    assert sentence_of(verdict) == row["sentence"]


def test_no_two_measures_share_an_id_a_name_or_a_title() -> None:
    for field in ("id", "name", "title"):
        assert len({row[field] for row in ROWS}) == len(ROWS) == 76


def test_every_status_is_reached_at_least_three_times(verdicts) -> None:
    counts = roll_up(verdict.status for verdict in verdicts).counts
    assert min(counts[status] for status in Status) >= 3


def test_a_source_in_trouble_troubles_every_measure_that_reads_it() -> None:
    told = defaultdict(set)
    for row in ROWS:
        told[row["worst_source"]].update(doubts_of(row))
        assert row["worst_source"] in row["reads"].split(", ")
    for row in ROWS:
        troubled = {doubt for kind in row["reads"].split(", ") for doubt in told[kind]}
        assert troubled == set(doubts_of(row)), row["id"]


def test_every_kind_read_is_a_kind_of_record() -> None:
    assert {k for row in ROWS for k in row["reads"].split(", ")} <= KINDS_OF_RECORD


def test_every_measure_a_clause_names_carries_that_clause(measures) -> None:
    promised = defaultdict(set)
    for clause in CLAUSES:
        rest = clause["measures"]
        for words, measure in IN_WORDS.items():
            rest = rest.replace(words, measure)
        assert re.fullmatch(r"([OLSQ]\d\d|and|\s)*", rest), clause
        for measure in re.findall(r"[OLSQ]\d\d", rest):
            promised[measure].add(clause["clause"])
    assert {key: set(m.clauses) for key, m in measures.items()} == promised


def test_a_target_of_the_company_is_never_shown_as_law(measures) -> None:
    for measure in measures.values():
        for target in measure.targets:
            assert (target.source is Source.LAW) is measure.duty, measure.id
            if target.source is Source.COMPANY:
                assert target.provisional or measure.id == "Q15"
                assert "(law)" not in next(
                    row["sentence"] for row in ROWS if row["id"] == measure.id
                )


@pytest.mark.parametrize(
    ("strand", "status", "counts", "sentence"),
    [
        (
            Strand.OPENNESS,
            Status.NOT_MET,
            "4 met, 6 not met, 2 at risk, 1 nothing due, 1 for information",
            "We meet 4 of 12 measures. Six are not met, among them candour apologies "
            "recorded, subject access requests answered in time and requests past "
            "due. Two are at risk.",
        ),
        (
            Strand.LEGAL,
            Status.NOT_MET,
            "7 met, 5 not met, 1 not known, 5 at risk, 2 nothing due",
            "We meet 7 of 18 measures. Five are not met, among them processor "
            "contracts with Article 28 terms, IG policies in date and audit actions "
            "overdue. Five are at risk and one is not known.",
        ),
        (
            Strand.SECURITY,
            Status.NOT_MET,
            "4 met, 7 not met, 9 not known, 5 at risk, 2 for information",
            "We meet 4 of 25 measures. Seven are not met, among them starters trained "
            "within one month, repeat incidents and leavers with live accounts. Five "
            "are at risk and nine are not known.",
        ),
        (
            Strand.QUALITY,
            Status.NOT_MET,
            "7 met, 2 not met, 2 not known, 3 at risk, 1 for information",
            "We meet 7 of 14 measures. Two are not met: required fields filled and "
            "annual information quality audit done. Three are at risk and two are not "
            "known.",
        ),
    ],
)
def test_each_strand_is_what_was_counted_by_hand(
    strand, status, counts, sentence, verdicts
) -> None:
    its_own = [verdict for verdict in verdicts if verdict.measure.strand is strand]
    roll = roll_up(verdict.status for verdict in its_own)
    assert (roll.status, counts_in_words(roll)) == (status, counts)
    assert first_sentence(its_own) == sentence


def test_the_overview_says_what_was_counted_by_hand(verdicts) -> None:
    assert first_sentence(verdicts) == (
        "We meet 22 of 69 measures. 20 are not met, among them candour apologies "
        "recorded, subject access requests answered in time and requests past due. "
        "15 are at risk and 12 are not known."
    )
