"""No secret is in the tree, in an address, in what is logged or in what is shown."""

import logging
import re

import pytest

from oversight import passphrases, people, second_factor
from oversight.gate.kept import Kept
from oversight.gate.provider import Away, Settings
from oversight.gate.second import Step
from oversight.gate.sign_in import Half
from oversight.gate.waiting import Waiting
from oversight.people import Person
from oversight.store import ROOT
from oversight.words import Role
from tests.test_sign_in import WORDS
from tools.check_tree import files

SIGNS = {
    "a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a bcrypt hash": re.compile(rb"\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}"),
    "a token of a service": re.compile(
        rb"\b(ghp|gho|xox[bp]|sk_live|AKIA)[_A-Za-z0-9-]{16}"
    ),
    "a secret written down": re.compile(
        rb"(?i)(client_secret|secret_key|api_key|password)"
        rb"\s*[:=]\s*[\"'][^\"'{}$ ]{12,}[\"']"
    ),
}


def test_the_tree_holds_no_secret():
    found = [
        (path.relative_to(ROOT).as_posix(), what)
        for path in files(ROOT)
        if path.name != "test_secrets.py"  # which shows what is looked for
        and path.suffix not in (".png", ".parquet", ".xlsx", ".pdf")
        for what, sign in SIGNS.items()
        if sign.search(path.read_bytes())
    ]
    assert found == []


def test_the_signs_do_find_one():
    assert SIGNS["a private key"].search(b"-----BEGIN RSA PRIVATE KEY-----")
    assert SIGNS["a secret written down"].search(b'client_secret = "0123456789abcdef"')


@pytest.mark.parametrize(
    "one",
    [
        Half("ann", 1, Step.SET_UP, "/", "SECRETSECRET"),
        Away("state", "nonce", "SECRETSECRET", "/"),
        Settings("https://x.test", "id", "SECRETSECRET", "X", "https://y.test", {}, {}),
    ],
    ids=["half", "away", "settings"],
)
def test_what_holds_a_secret_does_not_print_it(one):
    assert "SECRETSECRET" not in repr(one)
    assert "SECRETSECRET" not in str([one])


def test_a_person_is_not_printed_with_the_hash():
    person = Person("ann", Role.AUDITOR, (), True, "the hash of it")
    assert "the hash of it" not in repr(person)


def test_what_the_journal_keeps_of_accounts_is_no_secret(store, monkeypatch):
    monkeypatch.setattr(passphrases, "hash_of", lambda words: f"hash of {words}")
    hashed = passphrases.hash_of(WORDS)
    people.add(store, Person("ann", Role.IG_LEAD, (), True, hashed), "admin")
    secret = second_factor.new_secret()
    codes = second_factor.set_up(store, "ann", secret)
    people.change(store, "ann", "admin", "passphrase changed", password_hash="other")
    second_factor.take_away(store, "ann", "admin")
    with store.reading() as cursor:
        said = str(cursor.execute("select * from journal").fetchall())
    assert "ann" in said
    for hidden in (hashed, "other", secret, *codes):
        assert hidden not in said


def test_nothing_typed_is_logged(store, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    kept = Kept(tmp_path / "x.tries", b"k" * 32)
    second_factor.use_recovery_code(store, "ann", "typed-secret")
    kept.use_step("ann", 3)
    Waiting().of("typed-secret")
    passphrases.is_right("typed-secret", None)
    assert "typed-secret" not in caplog.text


def test_a_stores_keys_are_its_own_and_random(store, tmp_path):
    from oversight.definitions import open_store
    from oversight.own_keys import own_key

    other = open_store(f"duckdb:///{tmp_path / 'other.duckdb'}")
    keys = {own_key(store, "a"), own_key(store, "b"), own_key(other, "a")}
    assert len(keys) == 3
    assert own_key(store, "a") in keys
    assert all(len(key) == 32 for key in keys)
    other.close()
