"""What leaves, and what does not: names, numbers that name, and small counts."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.disclosure import (
    SMALLEST,
    Mask,
    is_nhs_number,
    is_reason,
    masked,
    may_show_total,
    pseudonym,
    suppressed,
)

KEY = b"k" * 32
NHS = "943 476 5919"  # made up; its check digit holds


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Letter for {NHS} lost", "Letter for [NHS number] lost"),
        ("Letter for 9434765919 lost", "Letter for [NHS number] lost"),
        ("Letter for 943-476-5919.", "Letter for [NHS number]."),
        ("NHS９４３４７６５９１９", "NHS[NHS number]"),
        ("Ref 9434765918", "Ref 9434765918"),  # its check digit does not hold
        ("1234567890123", "1234567890123"),
        ("ring 020 7946 0018 or 07700 900123", "ring [phone] or [phone]"),
        ("+44 (0)20 7946 0018", "[phone]"),
        ("0161-496 0000, ext 4", "[phone], ext 4"),
        ("told jo.o'neil+x@mail.example.co.uk at once", "told [e-mail] at once"),
        ("NI QQ 12 34 56 C", "NI QQ 12 34 56 C"),  # no such prefix is given out
        ("NI ab123456c", "NI [NI number]"),
        ("on 2026-11-22 at 09:30, 12 of 40", "on 2026-11-22 at 09:30, 12 of 40"),
        ("INC-2026-0042", "INC-2026-0042"),
        ("", ""),
    ],
)
def test_free_text_is_shown_without_what_names_a_person(text, shown):
    assert masked(text) == shown


def test_one_digit_in_ten_ends_an_nhs_number():
    for start in ("943476591", "401023213", "123456788"):
        assert sum(is_nhs_number(f"{start}{last}") for last in range(10)) <= 1
    assert is_nhs_number("4010232137")
    assert not is_nhs_number("0000000000")


@given(st.text(max_size=60))
def test_masking_twice_is_masking_once(text):
    assert masked(masked(text)) == masked(text)


@given(st.text("0123456789 -", max_size=14), st.text("ab .", max_size=5))
def test_no_nhs_number_survives(digits, around):
    out = masked(f"{around}{NHS}{around}")
    assert "943" not in out
    assert "5919" not in masked(f"x {NHS.replace(' ', '')} {digits[:0]}")


def test_a_pseudonym_is_the_same_in_a_store_and_another_elsewhere():
    assert pseudonym(KEY, "S0014") == pseudonym(KEY, " s0014 ")
    assert pseudonym(KEY, "S0014") != pseudonym(KEY, "S0015")
    assert pseudonym(KEY, "S0014") != pseudonym(b"x" * 32, "S0014")
    assert "s0014" not in pseudonym(KEY, "S0014")


def test_no_two_of_ten_thousand_share_one():
    assert len({pseudonym(KEY, f"S{n}") for n in range(10_000)}) == 10_000


def test_a_reference_keeps_its_home_and_hides_its_person():
    mask = Mask(KEY, {"s1", "jdoe"}, {"elm house"})
    assert mask.reference("elm house|S1") == f"elm house|{pseudonym(KEY, 's1')}"
    assert mask.reference("INC-1") == "INC-1"
    hidden = mask.reference("care|jdoe|elm house|new.login", always=True)
    assert "jdoe" not in hidden
    assert "new.login" not in hidden
    assert "elm house" in hidden


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("", False),
        ("          ", False),
        ("aaaaaaaaaaaaaaa", False),
        ("because", False),
        ("Disciplinary meeting of 3 May", True),
    ],
)
def test_a_reason_says_something(said, is_one):
    assert is_reason(said) is is_one


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 40, "b": 5}, {"a": 40, "b": 5}),
        ({"a": 40, "b": 0}, {"a": 40, "b": 0}),
        ({"a": 40, "b": 4, "c": 9}, {"a": 40, "b": None, "c": None}),
        ({"a": 40, "b": 3, "c": 2}, {"a": 40, "b": None, "c": None}),
        # Two ones are worked out from their sum; a third must hide with them.
        ({"a": 40, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}),
        ({"a": 3}, {"a": None}),
        ({}, {}),
    ],
)
def test_small_counts_are_hidden_and_not_to_be_worked_out(counts, shown):
    assert suppressed(counts) == shown


def test_a_lone_small_count_takes_the_total_with_it():
    assert not may_show_total({"a": 3})
    assert may_show_total({"a": 40, "b": 3, "c": 9})


counts = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 12), max_size=5)


@given(counts)
def test_no_small_count_is_ever_shown(counts):
    for group, count in suppressed(counts).items():
        assert count is None or count == counts[group]
        assert count is None or count == 0 or count >= SMALLEST


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), max_size=4))
def test_a_reader_with_the_total_cannot_work_out_what_is_hidden(counts):
    shown = suppressed(counts)
    hidden = [group for group, count in shown.items() if count is None]
    if not hidden or not may_show_total(counts):
        return
    left = sum(counts[group] for group in hidden)
    # All that such a reader can think of, who knows the rule as well.
    small = [0 < counts[group] < SMALLEST for group in hidden]
    possible = [
        guess
        for guess in product(range(left + 1), repeat=len(hidden))
        if sum(guess) == left
        and all(
            0 < one < SMALLEST if is_small else True
            for one, is_small in zip(guess, small, strict=True)
        )
    ]
    for at in range(len(hidden)):
        assert len({guess[at] for guess in possible}) > 1
