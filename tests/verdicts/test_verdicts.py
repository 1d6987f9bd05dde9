"""The status table cell by cell, the roll-up, and sentences that are always true."""

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.promises import Direction, Kind, Measure, Source, Target, Window
from oversight.verdicts.sentences import first_sentence, percent, sentence_of
from oversight.verdicts.status import (
    MINIMUM_CASES_FOR_COLOUR,
    Doubt,
    Evidence,
    Facts,
    Trouble,
    Verdict,
    counts_in_words,
    judge,
    roll_up,
    status_of,
)
from oversight.words import ROLL_UP_ORDER, Signal, Status, Strand

AS_OF = date(2026, 11, 22)
STALE = Doubt("training", Trouble.STALE, date(2026, 9, 3))
EVERY_FACT = [
    Facts(*row)
    for row in product(
        *([False, True], [False, True], [0, 1, 28], [False, True], [False, True]),
        *(Signal, [False, True], [False, True]),
    )
]


def by(source: Source, value: float = 100, unit: str = "%") -> Target:
    reference = "UK GDPR art. 33(1)" if source is Source.LAW else ""
    return Target(value, unit, date.min, source, reference, False)


STATE = Measure(
    id="S01",
    name="staff_trained_in_ig",
    title="Staff in date with IG training",
    strand=Strand.SECURITY,
    clauses=("3.1g",),
    question="Is everybody in date?",
    kind=Kind.STATE,
    window=Window.DAY,
    duty=False,
    direction=Direction.HIGHER,
    targets=(by(Source.COMPANY, 95),),
    owner="IG lead",
    reads=("training",),
    so_what="It matters.",
    warning=30,
)
FLOW = replace(STATE, kind=Kind.FLOW, window=Window.MONTH, warning=None)
RATIO = replace(FLOW, kind=Kind.RATIO)
DUTY = replace(FLOW, duty=True, targets=(by(Source.LAW),))
COUNT = replace(
    FLOW,
    kind=Kind.COUNT,
    direction=Direction.LOWER,
    targets=(by(Source.COMPANY, 0, ""),),
)
VOLUME = replace(COUNT, direction=Direction.NEUTRAL, targets=())
GAP = replace(STATE, kind=Kind.GAP, targets=(by(Source.COMPANY, 90, "days"),))
MEASURES = [STATE, FLOW, RATIO, DUTY, COUNT, VOLUME, GAP, replace(STATE, targets=())]


def verdict(measure: Measure, met: int, total: int, **known: object) -> Verdict:
    known = {"signal": Signal.NORMAL} | known
    return judge(measure, Evidence(AS_OF, met, total, **known))


# ---- the table: - is "whatever it is" ----

TABLE = """
    row | breached | doubt | cases | target | misses | signal      | action | falls | status
    1   | yes      | -     | -     | -      | -      | -           | -      | -     | not_met
    2   | no       | yes   | -     | -      | -      | -           | -      | -     | not_known
    3   | no       | no    | 0     | -      | -      | -           | -      | -     | nothing_due
    4   | no       | no    | some  | no     | -      | -           | -      | -     | for_information
    5   | no       | no    | some  | yes    | yes    | no better   | -      | -     | not_met
    5   | no       | no    | some  | yes    | yes    | -           | no     | -     | not_met
    6   | no       | no    | some  | yes    | yes    | improvement | yes    | -     | at_risk
    7   | no       | no    | some  | yes    | no     | concern     | -      | -     | at_risk
    7   | no       | no    | some  | yes    | no     | -           | -      | yes   | at_risk
    8   | no       | no    | some  | yes    | no     | no worse    | -      | no    | met
"""  # noqa: E501
CELLS = {
    "yes": {True},
    "no": {False},
    "0": {0},
    "some": {1, 28},
    "improvement": {Signal.IMPROVEMENT},
    "no better": set(Signal) - {Signal.IMPROVEMENT},
    "concern": {Signal.CONCERN},
    "no worse": set(Signal) - {Signal.CONCERN},
}
LINES = [
    [cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()
]


def matches(line: list[str], facts: Facts) -> bool:
    said = vars(facts).values()
    cells = zip(line[1:-1], said, strict=True)
    return all(cell == "-" or fact in CELLS[cell] for cell, fact in cells)


@pytest.mark.parametrize("line", LINES[1:], ids=" ".join)
def test_each_row_of_the_table_gives_its_status(line: list[str]) -> None:
    hit = [facts for facts in EVERY_FACT if matches(line, facts)]
    assert hit
    assert {status_of(facts) for facts in hit} == {Status(line[-1])}


def test_the_rows_leave_no_combination_out() -> None:
    assert all(any(matches(line, facts) for line in LINES[1:]) for facts in EVERY_FACT)


def test_a_breached_duty_is_not_met_whatever_else() -> None:
    breached = [facts for facts in EVERY_FACT if facts.duty_breached]
    assert {status_of(facts) for facts in breached} == {Status.NOT_MET}


def test_a_source_in_doubt_never_gives_met_or_nothing_due() -> None:
    doubtful = [facts for facts in EVERY_FACT if facts.source_in_doubt]
    assert {status_of(f) for f in doubtful} == {Status.NOT_MET, Status.NOT_KNOWN}


def test_bad_news_never_makes_a_status_better() -> None:
    for facts in EVERY_FACT:
        status = status_of(facts)
        if status in ROLL_UP_ORDER and not facts.misses_target:
            worse = status_of(replace(facts, misses_target=True))
            assert ROLL_UP_ORDER.index(worse) <= ROLL_UP_ORDER.index(status)


# ---- from a measure and its evidence to the facts ----


@pytest.mark.parametrize(
    ("met", "total", "known", "status"),
    [
        (283, 318, {}, Status.NOT_MET),
        (303, 318, {}, Status.MET),
        (302, 318, {}, Status.NOT_MET),
        (0, 0, {}, Status.NOTHING_DUE),
        (303, 318, {"doubts": (STALE,)}, Status.NOT_KNOWN),
        (0, 0, {"doubts": (STALE,)}, Status.NOT_KNOWN),
        (318, 318, {"unknown": 1}, Status.NOT_KNOWN),
        (0, 0, {"unknown": 1}, Status.NOT_KNOWN),
        (303, 318, {"falls_out": True}, Status.AT_RISK),
        (303, 318, {"signal": Signal.CONCERN}, Status.AT_RISK),
        (283, 318, {"signal": Signal.IMPROVEMENT}, Status.NOT_MET),
        (283, 318, {"action_in_date": True}, Status.NOT_MET),
        (
            *(283, 318, {"signal": Signal.IMPROVEMENT, "action_in_date": True}),
            Status.AT_RISK,
        ),
    ],
)
def test_a_measure_is_judged_on_its_evidence(met, total, known, status) -> None:
    assert verdict(STATE, met, total, **known).status is status


@pytest.mark.parametrize("signal", Signal)
@pytest.mark.parametrize("doubts", [(), (STALE,)])
def test_statistics_never_excuse_or_accuse_a_duty(signal, doubts) -> None:
    known = {"signal": signal, "action_in_date": True}
    assert verdict(DUTY, 27, 28, doubts=doubts, **known).status is Status.NOT_MET
    assert verdict(DUTY, 28, 28, **known).status is Status.MET


def test_a_miss_before_the_law_was_in_force_breaches_nothing() -> None:
    later = replace(by(Source.LAW), since=date(2026, 11, 23))
    before = replace(DUTY, targets=(later,))
    assert verdict(before, 27, 28).status is Status.FOR_INFORMATION


def test_falling_out_needs_a_warning_period() -> None:
    assert verdict(FLOW, 28, 28, falls_out=True).status is Status.MET


@pytest.mark.parametrize(
    ("measure", "total", "earns"),
    [
        (FLOW, MINIMUM_CASES_FOR_COLOUR - 1, False),
        (FLOW, MINIMUM_CASES_FOR_COLOUR, True),
        (RATIO, MINIMUM_CASES_FOR_COLOUR - 1, False),
        (STATE, 1, True),
        (COUNT, 1, True),
        (DUTY, 1, True),
    ],
)
def test_a_rate_of_few_cases_earns_no_colour(measure, total, earns) -> None:
    assert verdict(measure, 0, total).earns_colour is earns


# ---- roll-up ----


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        ("met at_risk not_known not_met nothing_due for_information", "not_met"),
        ("met at_risk not_known", "not_known"),
        ("met at_risk nothing_due", "at_risk"),
        ("met nothing_due for_information", "met"),
        ("nothing_due for_information", "nothing_due"),
        ("for_information", "for_information"),
        ("", "not_known"),
    ],
)
def test_a_strand_is_the_worst_of_its_measures(statuses: str, worst: str) -> None:
    assert roll_up(map(Status, statuses.split())).status is Status(worst)


@given(
    st.lists(st.sampled_from(Status)).flatmap(
        lambda s: st.permutations(s).map(lambda p: (s, p))
    )
)
def test_a_roll_up_hides_nothing_and_has_no_order(pair) -> None:
    statuses, shuffled = pair
    roll = roll_up(statuses)
    assert roll == roll_up(shuffled)
    assert sum(roll.counts.values()) == len(statuses)
    assert all(roll.counts[status] == statuses.count(status) for status in Status)


def test_the_counts_beside_a_roll_up_leave_out_zeros_and_start_with_met() -> None:
    two = roll_up([Status.NOT_MET, Status.MET, Status.MET, Status.NOTHING_DUE])
    assert counts_in_words(two) == "2 met, 1 not met, 1 nothing due"
    assert counts_in_words(roll_up([])) == "no measure yet"


# ---- words ----


@pytest.mark.parametrize(
    ("met", "total", "target", "words"),
    [
        (283, 318, 95, "89%"),
        (946, 1000, 95, "94.6%"),
        (9496, 10_000, 95, "94.96%"),
        (95, 100, 95, "95%"),
        (954, 1000, 95, "95%"),
        (949, 1000, 94.9, "95%"),
        (317, 318, None, "99.7%"),
        (19_999, 20_000, 95, "99.995%"),
        (318, 318, 100, "100%"),
        (1, 318, None, "0.3%"),
        (1, 201, None, "0.5%"),
        (0, 318, 95, "0%"),
        (1, 8, None, "13%"),
    ],
)
def test_a_percentage_is_whole_unless_that_changes_the_decision(
    met, total, target, words
) -> None:
    line = None if target is None else by(Source.COMPANY, target)
    assert percent(met, total, line) == words


@given(
    total=st.integers(1, 100_000),
    share=st.floats(0, 1),
    target=st.none() | st.integers(0, 1000).map(lambda tenths: tenths / 10),
)
def test_what_is_printed_stands_on_the_same_side_of_its_target(
    total: int, share: float, target: float | None
) -> None:
    met = round(total * share)
    line = None if target is None else by(Source.COMPANY, target)
    shown = float(percent(met, total, line).removesuffix("%"))
    assert (shown == 100) is (met == total)
    assert (shown == 0) is (met == 0)
    assert abs(shown - 100 * met / total) <= 0.5 + 1e-9
    if target is not None:
        assert (shown >= target) is (100 * met / total >= target)


ACTION, BETTER = {"action_in_date": True}, {"signal": Signal.IMPROVEMENT}
NAME, ON = "Staff in date with IG training", "on 22 November 2026"


@pytest.mark.parametrize(
    ("measure", "met", "total", "known", "sentence"),
    [
        (STATE, 304, 318, {}, f"304 of 318 (96%) {ON}, target 95% (company)."),
        (
            *(STATE, 283, 318, {}),
            f"283 of 318 (89%) {ON}, target 95% (company). No improvement shown, and "
            "no action is in date.",
        ),
        (
            *(STATE, 283, 318, ACTION),
            f"283 of 318 (89%) {ON}, target 95% (company). No improvement shown, but "
            "an action is in date.",
        ),
        (
            *(STATE, 283, 318, BETTER),
            f"283 of 318 (89%) {ON}, target 95% (company). Improving, but no action is "
            "in date.",
        ),
        (
            *(STATE, 283, 318, ACTION | BETTER),
            f"283 of 318 (89%) {ON}, target 95% (company). Improving, and an action is "
            "in date.",
        ),
        (
            *(STATE, 304, 318, {"signal": Signal.CONCERN, "falls_out": True}),
            f"304 of 318 (96%) {ON}, target 95% (company). The latest change is a "
            "concern. It falls below its target within 30 days if nothing is done.",
        ),
        (STATE, 0, 0, {}, f"nothing due {ON}."),
        (FLOW, 0, 0, {}, "nothing fell due in October 2026."),
        (VOLUME, 0, 0, {}, "none in October 2026."),
        (VOLUME, 1400, 1400, {}, "1,400 in October 2026, no target."),
        (COUNT, 28, 28, {}, "none of 28 in October 2026, target 0 (company)."),
        (
            *(GAP, 3, 4, {"days_since": 412}),
            "412 days without one to 22 November 2026, target 90 days (company).",
        ),
        (
            *(GAP, 4, 4, {}),
            "none on record to 22 November 2026, target 90 days (company).",
        ),
        (DUTY, 1, 1, {}, "1 of 1 in October 2026, target 100% (law)."),
        (
            *(DUTY, 26, 28, {"doubts": (STALE,)}),
            "26 of 28 (93%) in October 2026, target 100% (law). Two missed a legal "
            "duty: UK GDPR art. 33(1). There may be more. Training data stops at "
            "3 September 2026.",
        ),
        (
            *(DUTY, 27, 28, {"doubts": (STALE,), "unknown": 2}),
            "27 of 28 (96%) in October 2026, target 100% (law). One missed a legal "
            "duty: UK GDPR art. 33(1). There may be more. Training data stops at "
            "3 September 2026. 2 of 30 cannot be judged: what decides them was left "
            "out of the file.",
        ),
        (
            *(STATE, 304, 318, {"unknown": 2}),
            "not known. 2 of 320 cannot be judged: what decides them was left out of "
            "the file.",
        ),
        (
            replace(FLOW, window=Window.YEAR, targets=()),
            *(27, 28, {}),
            "27 of 28 (96%) in the 12 months to 22 November 2026, no target.",
        ),
    ],
)
def test_the_sentence_says_figure_period_target_and_reason(
    measure, met, total, known, sentence
) -> None:
    assert sentence_of(verdict(measure, met, total, **known)) == f"{NAME}: {sentence}"


@pytest.mark.parametrize(
    ("doubts", "words"),
    [
        ([STALE], "Training data stops at 3 September 2026."),
        (
            [Doubt("access_events", Trouble.SILENT, date(2026, 11, 1), ("Oak", "Elm"))],
            "Access events data from Oak and Elm is silent, without a nil return, "
            "since 1 November 2026.",
        ),
        (
            [STALE, Doubt("staff", Trouble.INCOMPLETE, date(2026, 11, 2), ("Oak",))],
            "Training data stops at 3 September 2026 and staff data from Oak is "
            "incomplete since 2 November 2026.",
        ),
        (
            [Doubt("staff", Trouble.NEVER_SUPPLIED)],
            "Staff data has never been supplied.",
        ),
    ],
)
def test_not_known_names_each_source_and_since_when(doubts, words) -> None:
    said = sentence_of(verdict(STATE, 304, 318, doubts=tuple(doubts)))
    assert said == f"{NAME}: not known. {words}"


@pytest.mark.parametrize("trouble", Trouble)
def test_a_doubt_says_since_when_unless_nothing_ever_came(trouble: Trouble) -> None:
    wrong = AS_OF if trouble is Trouble.NEVER_SUPPLIED else None
    with pytest.raises(ValueError, match="training: wanted"):
        Doubt("training", trouble, wrong)


CASES = st.integers(0, 2000).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)
JUDGED = st.builds(
    lambda measure, cases, signal, doubts, action, falls, days, unknown: judge(
        measure,
        Evidence(
            *(AS_OF, *cases, signal, doubts, action, falls),
            days_since=days,
            unknown=unknown,
        ),
    ),
    st.sampled_from(MEASURES),
    CASES,
    st.sampled_from(Signal),
    st.sampled_from([(), (STALE,)]),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 2000),
    st.integers(0, 2),
)


@given(JUDGED)
def test_a_sentence_never_says_what_the_status_does_not(judged: Verdict) -> None:
    said, status = sentence_of(judged), judged.status
    assert ("not known" in said) is (status is Status.NOT_KNOWN)
    assert ("fell due" in said or "nothing due" in said or ": none in" in said) is (
        status is Status.NOTHING_DUE
    )
    assert ("no target" in said) is (status is Status.FOR_INFORMATION)
    excuse = "no action is" in said or "No improvement" in said or "legal duty" in said
    assert excuse is (status is Status.NOT_MET)
    warns = "and an action is" in said or "a concern" in said or "falls below" in said
    assert (warns and not excuse) is (status is Status.AT_RISK)
    assert ("data" in said) is bool(judged.evidence.doubts)
    assert ("cannot be judged" in said) is (judged.evidence.unknown > 0)
    assert "None" not in said
    assert "  " not in said
    assert said.endswith(".")


def of_status(
    status: Status, title: str = "Staff trained", duty: bool = False
) -> Verdict:
    met = {Status.NOT_MET: 0, Status.AT_RISK: 9, Status.NOTHING_DUE: 0}.get(status, 9)
    total = 0 if status is Status.NOTHING_DUE else 9
    doubts = (STALE,) if status is Status.NOT_KNOWN else ()
    falls = status is Status.AT_RISK
    measure = replace(DUTY if duty else STATE, title=title)
    if status is Status.FOR_INFORMATION:
        measure = replace(measure, targets=())
    made = verdict(measure, met, total, doubts=doubts, falls_out=falls)
    assert made.status is status
    return made


NOT_MET, AT_RISK, MET = Status.NOT_MET, Status.AT_RISK, Status.MET
NOT_KNOWN, NOTHING, INFO = (
    Status.NOT_KNOWN,
    Status.NOTHING_DUE,
    Status.FOR_INFORMATION,
)


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        ([], "No measure has been judged yet."),
        (
            [NOTHING, NOTHING, INFO],
            "No measure is judged: 2 nothing due, 1 for information.",
        ),
        ([MET], "We meet the one measure judged."),
        ([NOT_KNOWN], "One measure is judged. One is not known."),
        ([MET] * 18, "We meet all 18 measures."),
        ([MET] * 18 + [NOTHING, INFO], "We meet all 18 measures."),
        ([NOT_KNOWN] * 2, "We meet none of 2 measures. Two are not known."),
        (
            [MET, AT_RISK, NOT_KNOWN, NOT_KNOWN],
            "We meet 1 of 4 measures. One is at risk and two are not known.",
        ),
        (
            [MET, NOT_MET],
            "We meet 1 of 2 measures. One is not met: staff trained.",
        ),
    ],
)
def test_the_first_sentence_is_true_in_every_combination(statuses, sentence) -> None:
    assert first_sentence([of_status(status) for status in statuses]) == sentence


def test_the_first_sentence_names_what_is_not_met() -> None:
    rows = [of_status(MET)] * 12 + [of_status(AT_RISK)] * 4
    rows += [of_status(NOT_MET, title) for title in ("Shared log-ins", "ICO fee paid")]
    assert first_sentence(rows) == (
        "We meet 12 of 18 measures. Two are not met: shared log-ins and ICO fee paid. "
        "Four are at risk."
    )


def test_the_first_sentence_names_three_at_most_and_legal_duties_first() -> None:
    rows = [of_status(NOT_MET, title) for title in ("One", "Two", "Three")]
    rows.append(of_status(NOT_MET, "Candour letters sent", duty=True))
    assert first_sentence(rows) == (
        "We meet none of 4 measures. Four are not met, among them candour letters "
        "sent, one and two."
    )


@given(st.lists(st.sampled_from(Status), min_size=2, max_size=40))
def test_the_numbers_of_the_first_sentence_add_up(statuses: list[Status]) -> None:
    said = first_sentence([of_status(status, "Staff") for status in statuses])
    judged = [status for status in statuses if status in ROLL_UP_ORDER]
    if len(judged) < 2:
        return
    words = "none one two three four five six seven eight nine".split()
    number = {word: str(n) for n, word in enumerate(words)}
    said = re.sub(r"\w+", lambda m: number.get(m[0].lower(), m[0]), said)
    told = re.search(r"We meet (\d+|all)(?: of)? (\d+) measures", said)
    assert told is not None
    assert int(told[2]) == len(judged)
    counts = [
        sum(map(int, re.findall(rf"(\d+) (?:is|are) {word}", said)))
        for word in ("not met", "at risk", "not known")
    ]
    met = len(judged) if told[1] == "all" else int(told[1])
    assert met == judged.count(MET)
    assert met + sum(counts) == len(judged)
