"""Is this the right passphrase, and is it good enough to be one?"""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit_authenticator.utilities import Hasher

from oversight import passphrases
from oversight.passphrases import WeakPassphrase, check_is_strong, hash_of, is_right

WORDS = "lamp orchard kettle"


@pytest.fixture(scope="module")
def of_words():
    return hash_of(WORDS)


def test_the_right_passphrase_is_right_and_another_is_not(of_words):
    assert is_right(WORDS, of_words)
    assert not is_right(WORDS + " ", of_words)
    assert not is_right("", of_words)


def test_the_hash_does_not_hold_the_passphrase_and_is_salted(of_words):
    assert Hasher.is_hash(of_words)
    assert "lamp" not in of_words
    assert hash_of(WORDS) != of_words


@pytest.mark.parametrize(
    ("long", "nearly"),
    [
        ("a" * 72 + "b", "a" * 72 + "c"),  # bcrypt stops reading at 72 bytes
        ("lamp\0orchard", "lamp\0kettle"),  # and at a NUL
        ("é" * 500, "é" * 499 + "e"),
        ("\udcff" + WORDS, "\udcfe" + WORDS),  # what a broken form may send
    ],
)
def test_every_character_counts_however_long_it_is(long, nearly):
    kept = hash_of(long)
    assert is_right(long, kept)
    assert not is_right(nearly, kept)


def test_an_accent_is_the_same_on_every_keyboard():
    assert is_right("cafe\u0301 orchard kettle", hash_of("caf\u00e9 orchard kettle"))


@pytest.mark.parametrize("no_hash", [None, "", "x", "$2b$12$short"])
def test_nothing_opens_an_account_that_is_not_there_or_has_no_hash(no_hash):
    assert not is_right(WORDS, no_hash)


def test_one_hash_is_checked_whoever_is_asked_for(of_words, monkeypatch):
    is_right(WORDS, None)  # the stand-in is made once, before anybody is timed
    checked = []
    real = Hasher.check_pw
    monkeypatch.setattr(
        Hasher, "check_pw", lambda word, kept: checked.append(kept) or real(word, kept)
    )
    asked = {"right": of_words, "unknown": None, "damaged": "x"}
    for kept in asked.values():
        is_right(WORDS, kept)
    is_right("wrong and wrong again", of_words)
    assert len(checked) == 4
    # All of one cost, so all of one duration.
    assert {kept[:7] for kept in checked} == {of_words[:7]}


def test_the_stand_in_is_opened_by_nothing_that_can_be_read_in_the_source():
    assert passphrases._stand_in() == passphrases._stand_in()
    assert not is_right("", passphrases._stand_in())


@pytest.mark.parametrize(
    ("passphrase", "is_strong"),
    [
        ("elevenchars", False),
        ("twelve chars", True),
        ("correct horse battery staple", False),  # the one everybody knows
        ("Correct-Horse-Battery-Staple-1!", False),
        ("P@55w0rd P@55w0rd", False),
        ("Welcome to Summer 2026!!", False),
        ("qwertyuiop asdfghjkl", False),
        ("poiuytrewq0987654321", False),
        ("the carehome password 2026", False),
        ("i love you very muchly", True),
        ("winter kettle thimble", True),
        ("lamp orchard kettle", True),
        ("пароль длинный и свой", True),
        ("Password1!", False),  # the library's own rule accepts this one
        ("password1234", False),
        ("PassWord 1234", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("121212121212", False),
        (" " * 20, False),
        ("jane.smith12", False),  # little more than the name
        ("jane.smithjane.smith", False),
        ("jane.smith keeps two kettles", True),
        ("ap ktu" * 170 + "1234", True),  # 1,024 characters …
        ("ap ktu" * 170 + "12345", False),  # … and one more
    ],
)
def test_length_counts_and_composition_does_not(passphrase, is_strong):
    valid = passphrases.validator("Jane.Smith").validate_password(passphrase)
    assert valid is is_strong


def test_a_weak_passphrase_is_refused_with_what_to_do_instead():
    with pytest.raises(WeakPassphrase, match="12 to 1024 characters; this one has 5"):
        check_is_strong("short")
    check_is_strong(WORDS)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print('streamlit' in sys.modules)", "False"),  # nobody waits for it in vain
        ("print(passphrases.is_right('', None))", "False"),  # nor hears it complain
    ],
)
def test_the_command_line_is_quick_and_hears_nothing_of_streamlit(code, said):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\nfrom oversight import passphrases\n{code}",
        ],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, said, "")
