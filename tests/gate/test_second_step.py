"""The second step: a code by the phone, a recovery code, and nothing twice."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from oversight import passphrases, people, second_factor, settings
from oversight.gate import own_account, public, sign_in
from oversight.gate.back_off import BackOff
from oversight.gate.first import FirstCode
from oversight.gate.kept import Kept
from oversight.gate.middleware import Gate
from oversight.gate.own_account import OwnAccount, account_routes
from oversight.gate.second import StoredSecondFactors
from oversight.gate.sign_in import Desk, routes_of
from oversight.people import Person
from oversight.second_factor import STEP, step_of
from oversight.sessions import Sessions
from oversight.words import Role
from tests.test_sessions import Clock
from tests.test_sign_in import WORDS, Browser, token_in

NEW = "seven quiet herons"
KEY = b"k" * 32
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No hash is made: bcrypt has tests of its own, and takes its time."""
    monkeypatch.setattr(passphrases, "hash_of", lambda words: f"hash of {words}")
    monkeypatch.setattr(
        passphrases, "is_right", lambda words, kept: kept == f"hash of {words}"
    )


@pytest.fixture
def hashed():
    return passphrases.hash_of(WORDS)


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path / "store.tries", KEY)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def told():
    return []


@pytest.fixture
def sessions(monkeypatch):
    made = Sessions()
    monkeypatch.setattr(people, "_listening", [made.end_all_of])
    return made


@pytest.fixture
def first():
    return FirstCode()


@pytest.fixture
def app(store, sessions, kept, hashed, told, first):
    people.add(store, Person("lead", Role.IG_LEAD, (), True, hashed), "t")
    people.add(store, Person("boss", Role.SENIOR_MANAGER, (), True, hashed), "t")
    desk = Desk(
        lambda name: people.find(store, name),
        sessions,
        BackOff(tries=kept),
        second=StoredSecondFactors(store, kept, lambda: NOW),
        tell=lambda *entry: told.append(entry),
    )
    return Starlette(
        routes=[
            *routes_of(desk),
            *account_routes(OwnAccount(lambda: store, desk, first)),
            Route("/{page:path}", lambda request: PlainTextResponse("the page")),
        ],
        middleware=[Middleware(Gate, sessions=sessions)],
    )


def code_of(secret, steps=0):
    return pyotp.TOTP(secret).at(NOW + timedelta(seconds=STEP * steps))


def wrong_code(secret):
    right = {code_of(secret, steps) for steps in range(-2, 3)}
    return next(c for c in ("000000", "111111", "222222", "333333") if c not in right)


def secret_in(page):
    return re.search(r'<span class="code">([A-Z2-7 ]+)<', page.text)[1].replace(" ", "")


def codes_in(page):
    return re.findall(r"<li>([a-z2-7-]+)</li>", page.text)


def give(browser, code):
    page = browser.get("/sign-in/code")
    return browser.post("/sign-in/code", {"code": code, "token": token_in(page)})


@pytest.fixture
def lead(app):
    """A lead's browser that has added a phone: itself, the secret, recovery codes."""
    browser = Browser(app)
    assert browser.sign_in("lead").header("location") == "/sign-in/code"
    secret = secret_in(browser.get("/sign-in/code"))
    codes = codes_in(give(browser, code_of(secret, -1)))
    assert len(codes) == second_factor.RECOVERY_CODES
    return browser, secret, codes


def signed_in(browser):
    return browser.get("/overview").text == "the page"


# Who is asked


@pytest.mark.parametrize("role", Role)
def test_those_who_see_rows_or_manage_people_are_asked(store, role, hashed):
    person = Person("p", role, (), True, hashed)
    sees = role is not Role.SENIOR_MANAGER
    assert second_factor.is_wanted(store, person) is sees
    assert (role in second_factor.roles_that_need_one()) is sees


def test_a_made_up_store_asks_nobody(store, hashed):
    with store.writing() as writing:
        settings.write(writing, "t", {settings.MADE_UP: "yes"})
    person = Person("p", Role.IG_LEAD, (), True, hashed)
    assert not second_factor.is_wanted(store, person)


def test_a_senior_manager_gets_in_by_passphrase_alone(app):
    browser = Browser(app)
    assert browser.sign_in("boss").header("location") == "/"
    assert signed_in(browser)


def test_a_lead_without_a_phone_is_not_let_in_and_adds_one(app):
    browser = Browser(app)
    browser.sign_in("lead")
    assert not signed_in(browser)
    page = browser.get("/sign-in/code")
    assert "<svg" in page.text
    assert "Add your phone" in page.text
    done = give(browser, code_of(secret_in(page)))
    assert "Keep these recovery codes" in done.text
    assert signed_in(browser)


def test_the_secret_is_shown_while_the_phone_is_added_and_never_again(app, lead):
    _, secret, _ = lead
    browser = Browser(app)
    browser.sign_in("lead")
    page = browser.get("/sign-in/code").text
    assert secret not in page
    assert "<svg" not in page


# The code


def test_the_code_lets_in(app, lead):
    _, secret, _ = lead
    browser = Browser(app)
    browser.sign_in("lead", next="/measures?home=Elm")
    answer = give(browser, code_of(secret))
    assert (answer.status, answer.header("location")) == (303, "/measures?home=Elm")
    assert signed_in(browser)


def test_a_code_lets_in_once_in_whatever_browser(app, lead):
    _, secret, _ = lead
    code = code_of(secret)
    for status in (303, 403):
        browser = Browser(app)
        browser.sign_in("lead")
        assert give(browser, code).status == status


def test_a_code_of_an_earlier_step_is_worth_nothing_after_a_later_one(app, lead):
    _, secret, _ = lead
    for steps, status in ((1, 303), (0, 403)):
        browser = Browser(app)
        browser.sign_in("lead")
        assert give(browser, code_of(secret, steps)).status == status


def test_used_codes_outlive_a_restart(tmp_path):
    assert Kept(tmp_path / "x.tries", KEY).use_step("Lead", 7)
    again = Kept(tmp_path / "x.tries", KEY)
    assert not again.use_step("lead", 7)
    assert not again.use_step("lead", 6)
    assert again.use_step("lead", 8)
    assert again.use_step("boss", 7)


@pytest.mark.parametrize(
    ("steps", "is_right"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)]
)
def test_one_step_of_drift_is_allowed(steps, is_right):
    secret, at = second_factor.new_secret(), datetime(2026, 11, 22, 12, tzinfo=UTC)
    code = pyotp.TOTP(secret).at(at + timedelta(seconds=STEP * steps))
    now = int(at.timestamp()) // STEP
    assert step_of(secret, code, at) == (now + steps if is_right else None)
    assert step_of(secret, f" {code[:3]} {code[3:]} ", at) == step_of(secret, code, at)


@pytest.mark.parametrize(
    "typed", ["", "12345", "abcdef", "１２３４５６", "\udcff", "0" * 40]
)
def test_what_is_no_code_is_wrong(app, lead, typed):
    assert step_of(second_factor.new_secret(), typed) is None
    browser = Browser(app)
    browser.sign_in("lead")
    assert give(browser, typed.encode("utf-8", "replace").decode()).status == 403
    assert not signed_in(browser)


def test_the_second_step_alone_opens_nothing(app, lead):
    browser = Browser(app)
    answer = browser.get("/sign-in/code")
    assert (answer.status, answer.header("location")) == (303, "/sign-in")
    answer = browser.post("/sign-in/code", {"code": "1", "token": "x"})
    assert answer.header("location") == "/sign-in"


def test_half_a_sign_in_is_good_once(app, lead):
    _, secret, _ = lead
    browser = Browser(app)
    browser.sign_in("lead")
    half = browser.cookies["ig_half"]
    give(browser, code_of(secret))
    again = Browser(app, {"ig_half": half})
    assert again.get("/sign-in/code").header("location") == "/sign-in"


def test_the_half_cookie_is_no_session(app, lead):
    browser = Browser(app)
    browser.sign_in("lead")
    stolen = Browser(app, {"ig_session": browser.cookies["ig_half"]})
    assert not signed_in(stolen)


def test_a_code_form_of_another_browser_is_refused(app, lead):
    _, secret, _ = lead
    browser = Browser(app)
    browser.sign_in("lead")
    fields = {"code": code_of(secret), "token": token_in(Browser(app).get("/sign-in"))}
    assert browser.post("/sign-in/code", fields).status == 403
    fields["token"] = token_in(browser.get("/sign-in/code"))
    sent = browser.post("/sign-in/code", fields, origin="https://evil.test")
    assert sent.status == 403


def test_codes_are_guessed_no_faster_than_passphrases(app, lead):
    _, secret, _ = lead
    browser = Browser(app)
    browser.sign_in("lead")  # its own try counts until the second step is done
    statuses = [give(browser, wrong_code(secret)).status for _ in range(5)]
    assert statuses == [403] * 4 + [429]
    assert give(browser, code_of(secret)).status == 429
    assert Browser(app).sign_in("lead").status == 429


@pytest.mark.parametrize("change", [{"is_enabled": False}, {"role": Role.AUDITOR}])
def test_what_happens_between_the_steps_counts(app, store, lead, change):
    _, secret, _ = lead
    browser = Browser(app)
    browser.sign_in("lead")
    people.change(store, "lead", "t", "changed", **change)
    assert give(browser, code_of(secret)).status == 403


# Recovery


def test_a_recovery_code_lets_in_once(app, store, lead):
    _, _, codes = lead
    for status in (303, 403):
        browser = Browser(app)
        browser.sign_in("lead")
        assert give(browser, codes[3].upper()).status == status
    assert second_factor.codes_left(store, "lead") == len(codes) - 1


def test_recovery_codes_are_kept_as_digests_and_are_long(store, lead):
    _, _, codes = lead
    assert len(set(codes)) == len(codes)
    assert all(len(code.replace("-", "")) == 16 for code in codes)
    with store.reading() as cursor:
        held = str(cursor.execute("select * from recovery_code").fetchall())
        said = str(cursor.execute("select about from journal").fetchall())
    assert not [code for code in codes if code in held + said]
    assert not [c for c in codes if c.replace("-", "") in held + said]


def test_new_recovery_codes_put_an_end_to_the_earlier_ones(store, lead):
    _, _, codes = lead
    renewed = second_factor.renew_codes(store, "LEAD")
    assert not second_factor.use_recovery_code(store, "lead", codes[0])
    assert second_factor.use_recovery_code(store, "lead", renewed[0])


def test_a_reset_ends_sessions_and_has_another_phone_added(app, store, lead):
    browser, secret, codes = lead
    assert signed_in(browser)
    second_factor.take_away(store, "lead", "admin")
    assert not signed_in(browser)
    assert second_factor.codes_left(store, "lead") == 0
    again = Browser(app)
    again.sign_in("lead")
    assert secret_in(again.get("/sign-in/code")) != secret
    assert give(again, codes[0]).status == 403


# Revoked


@pytest.mark.parametrize(
    "change",
    [
        {"is_enabled": False},
        {"role": Role.AUDITOR},
        {"password_hash": "another"},
        {"homes": ("1-1",)},
    ],
)
def test_a_changed_account_is_signed_out_at_once_everywhere(app, store, change):
    desk, phone = Browser(app), Browser(app)
    for browser in (desk, phone):
        browser.sign_in("BOSS")
        assert signed_in(browser)
    people.change(store, "boss", "t", "changed", **change)
    assert not signed_in(desk)
    assert not signed_in(phone)


# One's own account


def change(browser, **fields):
    page = browser.get("/account")
    given = {"current": WORDS, "deed": "passphrase", "token": token_in(page)}
    return browser.post("/account", given | fields)


@pytest.fixture
def boss(app):
    browser = Browser(app)
    browser.sign_in("boss")
    return browser


def test_an_account_page_is_for_those_signed_in(app):
    assert Browser(app).get("/account").status == 303
    answer = Browser(app).post("/account", {"deed": "codes"})
    assert (answer.status, answer.header("location")[:8]) == (303, "/sign-in")


def test_a_new_passphrase_signs_out_everywhere_and_is_the_one_from_then_on(app, boss):
    other = Browser(app)
    other.sign_in("boss")
    done = change(boss, new=NEW, again=NEW)
    assert "signed out everywhere" in done.text
    assert not signed_in(boss)
    assert not signed_in(other)
    assert Browser(app).sign_in("boss").status == 403
    assert Browser(app).sign_in("boss", NEW).status == 303


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, own_account.WRONG_NOW),
        ({"new": NEW, "again": NEW + "x"}, own_account.NOT_THE_SAME),
        ({"new": "short", "again": "short"}, "this one has 5"),
        ({"new": "password password", "again": "password password"}, "first to be"),
        ({"new": WORDS, "again": WORDS}, own_account.AS_BEFORE),
        ({"new": NEW, "again": NEW, "token": "x"}, sign_in.STALE_FORM),
    ],
)
def test_a_passphrase_is_not_changed_when_something_is_not_right(boss, fields, said):
    answer = change(boss, **fields)
    assert answer.status == 403
    assert said in answer.text
    assert signed_in(boss)


def test_a_stolen_session_does_not_guess_the_passphrase_either(boss):
    statuses = [change(boss, current="wrong").status for _ in range(6)]
    assert statuses == [403] * 5 + [429]


def test_new_recovery_codes_are_had_for_the_passphrase(store, lead):
    browser, _, codes = lead
    assert f"You have {len(codes)} recovery codes left" in browser.get("/account").text
    assert change(browser, deed="codes", current="wrong").status == 403
    renewed = codes_in(change(browser, deed="codes"))
    assert len(renewed) == len(codes)
    assert not set(renewed) & set(codes)


def test_who_is_not_asked_for_a_phone_may_add_one(app, store, boss):
    assert "Add my phone" in boss.get("/account").text
    answer = change(boss, deed="add")
    assert answer.header("location") == "/sign-in/code"
    secret = secret_in(boss.get("/sign-in/code"))
    give(boss, code_of(secret, -1))
    again = Browser(app)
    assert again.sign_in("boss").header("location") == "/sign-in/code"
    assert give(again, code_of(secret)).status == 303


# The first


@pytest.fixture
def bare(store, sessions, kept, first):
    desk = Desk(
        lambda name: people.find(store, name),
        sessions,
        BackOff(tries=kept),
        second=StoredSecondFactors(store, kept, lambda: NOW),
    )
    routes = [*routes_of(desk), *account_routes(OwnAccount(lambda: store, desk, first))]
    return Starlette(routes=routes, middleware=[Middleware(Gate, sessions=sessions)])


def printed(first, store, capsys):
    first.print_if_wanted(store)
    said = capsys.readouterr().err
    return re.search(r"^ {4}(\S+)$", said, re.MULTILINE)[1]


def make_first(browser, code, **fields):
    page = browser.get("/first")
    given = {"name": "ada", "new": NEW, "again": NEW, "token": token_in(page)}
    return browser.post("/first", given | {"code": code} | fields)


def test_the_first_administrator_is_made_with_the_code_printed(
    bare, store, first, capsys
):
    code = printed(first, store, capsys)
    browser = Browser(bare)
    assert make_first(browser, code).header("location") == "/sign-in/code"
    assert people.find(store, "ada").role is Role.ADMINISTRATOR
    secret = secret_in(browser.get("/sign-in/code"))
    assert codes_in(give(browser, code_of(secret)))
    # It works once, and says nothing any more.
    assert Browser(bare).get("/first").header("location") == "/sign-in"
    assert not first.is_right(code)


@pytest.mark.parametrize(
    ("code", "fields", "said"),
    [
        ("wrong", {}, own_account.WRONG_FIRST),
        ("", {}, own_account.WRONG_FIRST),
        (None, {"new": "short", "again": "short"}, "this one has 5"),
        (None, {"again": "other"}, own_account.NOT_THE_SAME),
        (None, {"name": "<b>"}, own_account.NO_NAME),
        (None, {"name": ""}, own_account.NO_NAME),
        (None, {"token": "x"}, sign_in.STALE_FORM),
    ],
)
def test_nobody_is_made_when_something_is_not_right(
    bare, store, first, capsys, code, fields, said
):
    right = printed(first, store, capsys)
    answer = make_first(Browser(bare), right if code is None else code, **fields)
    assert answer.status == 403
    assert said in answer.text
    assert people.everyone(store) == []


def test_the_first_code_cannot_be_guessed(bare, store, first, capsys):
    code = printed(first, store, capsys)
    assert len(code.replace("-", "")) == 24  # 96 random bits
    browser = Browser(bare)
    statuses = [make_first(browser, "wrong").status for _ in range(6)]
    assert statuses == [403] * 5 + [429]
    assert make_first(browser, code).status == 429


def test_no_code_is_printed_where_there_are_people(store, first, capsys, hashed):
    people.add(store, Person("boss", Role.SENIOR_MANAGER, (), True, hashed), "t")
    first.print_if_wanted(store)
    assert capsys.readouterr().err == ""
    assert not first.is_wanted
    assert not first.is_right("")


def test_the_first_page_says_nothing_where_there_are_people(app):
    assert Browser(app).get("/first").header("location") == "/sign-in"
    answer = Browser(app).post("/first", {"code": "", "name": "x"})
    assert answer.header("location") == "/sign-in"


# Back-off, kept


def test_tries_outlive_a_restart_and_are_forgotten_in_time(tmp_path, clock):
    path = tmp_path / "x.tries"
    for _ in range(6):
        BackOff(clock, Kept(path, KEY)).tried("Ann", "here")
    again = BackOff(clock, Kept(path, KEY))
    assert again.wait("ann", "elsewhere")
    again.forget("ANN")
    assert not again.wait("ann", "elsewhere")
    clock.move(timedelta(hours=2))
    assert not BackOff(clock, Kept(path, KEY)).wait("ann", "here")


def test_the_file_of_tries_says_nobodys_name_and_is_its_owners(tmp_path, clock):
    path = tmp_path / "x.tries"
    BackOff(clock, Kept(path, KEY)).tried("ann", "192.0.2.77")
    Kept(path, KEY).use_step("ann", 1)
    assert b"ann" not in path.read_bytes()
    assert b"192.0.2.77" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_kept_table_is_a_mapping(tmp_path, clock):
    kept = Kept(tmp_path / "x.tries", KEY)
    tries = BackOff(clock, kept)
    tries.tried("ann", "here")
    assert len(kept) == len(list(kept)) == 2
    tries.succeeded("ann", "here")
    assert len(kept) == 1
    with pytest.raises(KeyError):
        kept[("name", "nobody")]
    with pytest.raises(KeyError):
        del kept[("name", "nobody")]


# Told


def test_the_journal_is_told_of_each_and_never_what_was_typed(app, told, lead):
    told.clear()
    Browser(app).sign_in("nobody", "a secret typed into the wrong place")
    Browser(app).sign_in("lead", "wrong words here")
    boss = Browser(app)
    boss.sign_in("boss")
    boss.post("/sign-out", {"token": token_in(boss.get("/sign-out"))})
    assert [(who, what) for who, what, _ in told] == [
        (sign_in.UNKNOWN, "sign-in refused"),
        ("lead", "sign-in refused"),
        ("boss", "signed in"),
        ("boss", "signed out"),
    ]
    assert "nobody" not in str(told)
    assert "secret typed" not in str(told)


def test_every_new_address_is_listed_by_name():
    assert {
        "/sign-in",
        "/sign-in/code",
        "/first",
    } == public.POSTED_BY_STRANGERS
    assert public.ACCOUNT not in public.SHOWN_TO_STRANGERS
