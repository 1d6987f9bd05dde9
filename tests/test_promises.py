"""What a header may say, what each fault is told as, and what the value means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.headers import DefinitionError
from oversight.promises import Kind, Measure, Source, Window, parse_fields
from oversight.words import Strand

GOOD = {
    "id": "S01",
    "title": "Staff in date with IG training",
    "strand": "information security",
    "clauses": "3.1g, 7.3, 9e",
    "question": "Is every member of staff in date with their IG training?",
    "kind": "state",
    "window": "day",
    "duty": "no",
    "direction": "higher",
    "target": "95% from 2024-07-01 (Toolkit 3.2.1)",
    "owner": "IG lead",
    "reads": "staff, training",
    "so what": "Untrained staff are the commonest cause of a misdirected letter.",
}
BY_LAW = "100% from 2018-05-25 (law: UK GDPR art. 33(1))"


def measure(*targets: str, **changes: str | None) -> Measure:
    """A good header with some fields changed, left out (None), or other targets."""
    changed = {name.replace("_", " "): value for name, value in changes.items()}
    fields = [(n, v) for n, v in (GOOD | changed).items() if v is not None]
    if targets:
        fields = [(n, v) for n, v in fields if n != "target"]
        fields += [("target", target) for target in targets]
    return parse_fields("here.sql", "staff_trained_in_ig", fields)


def test_a_good_header_is_read_whole() -> None:
    read = measure(warning="30 days", retired="2026-04-01")
    assert read.strand is Strand.SECURITY
    assert (read.kind, read.window, read.duty) == (Kind.STATE, Window.DAY, False)
    assert (read.clauses, read.reads) == (("3.1g", "7.3", "9e"), ("staff", "training"))
    assert (read.warning, read.retired) == (30, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("line", "words", "since", "source", "reference", "provisional"),
    [
        (
            "95% from 2024-07-01 (Toolkit 3.2.1)",
            *("95%", date(2024, 7, 1), Source.TOOLKIT, "3.2.1", False),
        ),
        ("99.5% (policy 8.4)", "99.5%", date.min, Source.POLICY, "8.4", False),
        ("90% (company)", "90%", date.min, Source.COMPANY, "", False),
        ("90% (company, provisional)", "90%", date.min, Source.COMPANY, "", True),
        (
            "90% (company, provisional: ICO framework)",
            *("90%", date.min, Source.COMPANY, "ICO framework", True),
        ),
    ],
)
def test_a_target_says_its_value_since_when_and_who_set_it(
    line, words, since, source, reference, provisional
) -> None:
    (target,) = measure(line).targets
    assert (target.words, target.since, target.source) == (words, since, source)
    assert (target.reference, target.provisional) == (reference, provisional)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "S1"}, "'id' wants a letter and two digits, as S01; got 'S1'"),
        ({"title": None}, "'title' wants one line: one line of words; got 0"),
        ({"owner": "n/a"}, "'owner' wants who answers for it; got 'n/a'"),
        ({"owner": "TBC"}, "'owner' wants who answers for it; got 'TBC'"),
        ({"so_what": ""}, "'so what' wants why it matters; got ''"),
        ({"strand": "security"}, "'strand' wants openness, legal compliance,"),
        ({"clauses": "3.1g, three"}, "'clauses' wants clause numbers"),
        ({"clauses": "3.1g, 3.1g"}, "'clauses' wants clause numbers"),
        ({"question": "All trained"}, "'question' wants a question that ends in '?'"),
        ({"kind": "stock"}, "'kind' wants state, flow, count, ratio, gap; got 'stock'"),
        ({"window": "week"}, "'window' wants day, last full month, 12 months; got"),
        ({"duty": "maybe"}, "'duty' wants yes or no; got 'maybe'"),
        ({"direction": "up"}, "'direction' wants higher, lower, neutral; got 'up'"),
        ({"reads": "staff register"}, "'reads' wants kinds of record"),
        ({"warning": "soon"}, "'warning' wants a number of days"),
        ({"warning": "0 days"}, "'warning' wants a number of days"),
        ({"retired": "2026"}, "'retired' wants the day it was retired"),
        ({"colour": "blue"}, "'colour' is not a field of a measure; wanted id, title,"),
        ({"target": "all (policy 7.3)"}, "'target' wants 'none', or lines"),
        ({"target": "95%"}, "'target' wants 'none', or lines"),
        ({"target": "95% (guidance)"}, "'target' wants 'none', or lines"),
        ({"target": "95% (Toolkit)"}, "'target' wants 'none', or lines"),
        ({"target": "95% (Toolkit, provisional: 3.2.1)"}, "'target' wants 'none', or"),
        ({"target": "101% (company)"}, "'target' wants 'none', or lines"),
        ({"target": "95% from 2024-02-30 (company)"}, "'target' wants 'none', or"),
        ({"kind": "flow"}, "'window' of a flow wants last full month or 12 months"),
        ({"window": "12 months"}, "'window' of a state wants day; got '12 months'"),
        ({"direction": "lower"}, "'direction' of a state wants higher or neutral"),
        (
            {"kind": "count", "target": "0 (company)"},
            "'direction' of a count wants lower or neutral; got 'higher'",
        ),
        ({"kind": "gap"}, "'target' of a gap wants days; got 95%"),
        ({"kind": "count"}, "'target' of a count wants a number alone; got 95%"),
        ({"target": "95 (company)"}, "'target' of a state wants %; got 95"),
        ({"direction": "neutral"}, "'target' of a neutral measure wants none; got 95%"),
        ({"duty": "yes"}, "'duty: yes' wants its last target from the law"),
        ({"duty": "yes", "target": "none"}, "'duty: yes' wants its last target from"),
        ({"target": BY_LAW}, "'duty' wants yes where the law sets the target"),
        (
            {"duty": "yes", "target": "95% (law: an Act)"},
            "'target' set by law wants 100% or 0; got 95%",
        ),
        ({"target": "none", "warning": "30 days"}, "'warning' wants a state with a"),
        (
            {"kind": "flow", "window": "12 months", "warning": "30 days"},
            "'warning' wants a state with a target",
        ),
    ],
)
def test_a_fault_is_told_with_what_was_wanted_and_what_came(changes, told) -> None:
    with pytest.raises(DefinitionError) as fault:
        measure(**changes)
    assert told in str(fault.value)
    assert str(fault.value).startswith("here.sql: ")


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as fault:
        parse_fields("here.sql", "Staff trained", [("id", "S1"), ("id", "S2")])
    told = str(fault.value)
    assert "the file name wants lower_case_words, got 'Staff trained'" in told
    for field in GOOD:
        assert f"'{field}'" in told


def test_the_law_has_the_last_word_on_a_duty() -> None:
    with pytest.raises(DefinitionError, match="'duty: yes' wants its last target"):
        measure(BY_LAW, "100% from 2026-01-01 (company)", duty="yes")


@pytest.mark.parametrize(
    "targets",
    [
        ("95% from 2026-04-01 (company)", "90% from 2024-07-01 (company)"),
        ("95% from 2026-04-01 (company)", "90% from 2026-04-01 (company)"),
        ("95% from 2026-04-01 (company)", "90% (company)"),
        ("95% (company)", "none"),
    ],
)
def test_targets_stand_in_the_order_of_their_days(targets) -> None:
    with pytest.raises(DefinitionError, match="'target' wants"):
        measure(*targets)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 6, 30), None),
        (date(2024, 7, 1), "95%"),
        (date(2026, 3, 31), "95%"),
        (date(2026, 4, 1), "98%"),
    ],
)
def test_the_target_in_force_is_the_last_that_had_begun(day, words) -> None:
    read = measure(
        "95% from 2024-07-01 (Toolkit 3.2.1)", "98% from 2026-04-01 (company)"
    )
    target = read.target_on(day)
    assert (target and target.words) == words


@pytest.mark.parametrize(
    ("day", "is_duty"),
    [(date(2026, 6, 18), False), (date(2026, 6, 19), True)],
)
def test_a_duty_binds_from_the_day_its_law_is_in_force(day, is_duty) -> None:
    read = measure(
        "90% (company)", "100% from 2026-06-19 (law: DPA 2018 s.164A)", duty="yes"
    )
    assert read.is_duty_on(day) is is_duty


FLOW = {"kind": "flow", "window": "12 months"}
COUNT = {"kind": "count", "direction": "lower", "target": "0 (company)"}
VOLUME = {"kind": "count", "direction": "neutral", "target": "none"}
GAP = {"kind": "gap", "target": "90 days (company)"}


@pytest.mark.parametrize(
    ("changes", "met", "total", "days_since", "value"),
    [
        ({}, 19, 20, None, 95),
        ({}, 0, 20, None, 0),
        ({}, 0, 0, None, None),
        (FLOW, 26, 28, None, 100 * 26 / 28),
        ({"kind": "ratio"}, 412, 450, None, 100 * 412 / 450),
        (COUNT, 26, 28, None, 2),
        (COUNT, 0, 0, None, 0),
        (VOLUME, 14, 14, None, 14),
        (GAP, 3, 4, 41, 41),
        (GAP, 3, 3, None, None),
    ],
)
def test_each_kind_has_its_value(changes, met, total, days_since, value) -> None:
    assert measure(**changes).value(met, total, days_since) == value


@pytest.mark.parametrize(
    ("changes", "value", "misses"),
    [
        ({}, 94.99, True),
        ({}, 95, False),
        ({}, None, False),
        ({"target": "none"}, 0, False),
        (COUNT, 0, False),
        (COUNT, 1, True),
        (GAP, 89, True),
        (GAP, 90, False),
    ],
)
def test_a_target_is_missed_on_its_wrong_side_alone(changes, value, misses) -> None:
    read = measure(**changes)
    assert read.misses(read.target_on(date(2026, 11, 22)), value) is misses


@given(tenths=st.integers(1, 1000), scale=st.integers(1, 100_000))
def test_a_value_exactly_on_its_target_never_misses_it(tenths: int, scale: int) -> None:
    read = measure(f"{tenths / 10}% (company)")
    value = read.value(tenths * scale, 1000 * scale)
    assert not read.misses(read.targets[0], value)
    below = read.value(tenths * scale - 1, 1000 * scale)
    assert read.misses(read.targets[0], below)
