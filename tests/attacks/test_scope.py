"""For random companies and random scopes: nothing of another home is told.

Neither a value, an option, a count nor a sentence. Counts are looked at by taking the
other homes away: what a home manager is told must be the same without them.
"""

import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight.arrivals import Sent, import_file
from oversight.definitions import open_store
from oversight.measures import all_measures
from oversight.people import Person
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.sources import all_sources
from oversight.trust import accounts, holdings, looking_back
from oversight.words import EVERY_HOME, Role
from tests.chance import examples
from tests.conftest import TODAY, write_drawn

HOMES = ("Alder", "Birch", "Cedar")
KINDS = ("staff", "training", "incidents")
TRICKS = ("", "*", "company", "unmatched", "1-9", "' or 1=1 --", "1-1|1-2", "Alder")

# What each home's rows are told apart by: a word that no other home's hold.
rows_of_a_home = st.fixed_dictionaries(
    {
        "staff": st.integers(0, 3),
        "training": st.integers(0, 3),
        "incidents": st.integers(0, 2),
    }
)
companies = st.fixed_dictionaries(dict.fromkeys(HOMES, rows_of_a_home))
own = st.sets(st.sampled_from(range(len(HOMES))), max_size=2)


def drawn(home, kind, count):
    mark = f"{home}zq".lower()
    for n in range(count):
        if kind == "staff":
            yield f"{home} | {mark}s{n} | 2024-0{n + 1}-01"
        elif kind == "training":
            yield f"{home} | {mark}s{n} | 26 | 202{4 + n % 3}-05-01"
        else:
            yield f"{mark}i{n} | {home} | {mark} lost a letter"


HEADS = {
    "staff": "home | staff_ref | started_on",
    "training": "home | staff_ref | category | completed_on",
    "incidents": "incident_ref | home | title",
}


def built(new_store, folder, company, homes):
    """A store of some homes of a company; each home keeps its reference."""
    path = shutil.copy(new_store, folder / "store.duckdb")
    store = open_store(f"duckdb:///{path}")
    register = [f"1-{at} | {home}" for at, home in enumerate(HOMES) if home in homes]
    tables = {"homes": ["home_ref | name", *register]}
    for kind in KINDS:
        rows = [row for home in homes for row in drawn(home, kind, company[home][kind])]
        if rows:
            tables[kind] = [HEADS[kind], *rows]
    for kind, lines in tables.items():
        path = folder / f"{kind}.csv"
        write_drawn(path, kind, "\n".join(lines))
        sent = Sent(path, "tester", kind, profile=f"template_{kind}", taken_on=TODAY)
        assert import_file(store, sent, readings_later=True).state == "accepted"
    return store


def manager_of(store, owned, home=None):
    refs = tuple(f"1-{at}" for at in sorted(owned))
    person = Person("manager", Role.HOME_MANAGER, refs, True, "")
    return Reader(store, person, TODAY, home)


def told(reader):
    """Everything that is worked out for a reader: figures, rows, options, ages."""
    board = reader.board()
    yield reader.homes()
    yield board.names
    for judged in board.judged:
        yield judged.verdict
        yield judged.by_home
        yield judged.months
        yield [replace(c, arrival=None, row=None) for c in reader.cases(judged.measure)]
    yield reader.ages(all_sources())


def without_arrivals(said):
    moment = r"(None|datetime\.\w+\([^)]*\))"
    return re.sub(rf"(data_to|known_at)={moment}|number=\d+", "", repr(said))


@settings(
    max_examples=examples(1),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(companies, own)
def test_no_value_option_count_or_sentence_tells_of_another_home(
    new_store, tmp_path_factory, company, owned
):
    others = [home for at, home in enumerate(HOMES) if at not in owned]
    store = built(new_store, tmp_path_factory.mktemp("all"), company, HOMES)
    try:
        for asked in (None, f"1-{(max(owned, default=0) + 1) % len(HOMES)}"):
            said = repr(list(told(manager_of(store, owned, asked)))).lower()
            assert [home for home in others if home.lower() in said] == []
    finally:
        store.close()


@settings(
    max_examples=examples(1),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(companies, own)
def test_what_is_told_is_the_same_when_the_other_homes_are_not_there(
    new_store, tmp_path_factory, company, owned
):
    mine = [home for at, home in enumerate(HOMES) if at in owned]
    # A kind none of one's homes sent has been heard of or not: that is the company's.
    company = {
        home: {kind: max(count, 1) for kind, count in rows.items()}
        for home, rows in company.items()
    }
    if not mine:
        return
    both = [
        built(new_store, tmp_path_factory.mktemp("all"), company, HOMES),
        built(new_store, tmp_path_factory.mktemp("own"), company, mine),
    ]
    try:
        all_of_it, own_alone = (
            [without_arrivals(one) for one in told(manager_of(store, owned))]
            for store in both
        )
        assert all_of_it == own_alone
    finally:
        for store in both:
            store.close()


@pytest.mark.parametrize("asked", TRICKS)
def test_a_filter_never_widens_a_scope(store, asked):
    reader = manager_of(store, {0}, asked)
    assert EVERY_HOME not in reader.scope
    assert set(reader.scope) <= {"1-0", "company"}


@pytest.mark.parametrize("role", Role)
def test_every_question_is_refused_to_the_roles_it_is_not_for(company, role):
    """Asked of the functions that return rows, past every page."""
    reader = Reader(company, Person("p", role, (), True, ""), TODAY)
    measure = next(iter(all_measures().values()))
    figures = {Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER}
    questions = {
        reader.board: figures,
        lambda: reader.ages(["staff"]): figures,
        lambda: reader.cases(measure): figures - {Role.SENIOR_MANAGER},
        reader.unmaskings: figures - {Role.SENIOR_MANAGER},
        reader.arrivals: {Role.IG_LEAD},
        reader.findings: {Role.IG_LEAD},
        reader.unmatched: {Role.IG_LEAD},
        lambda: looking_back.entries(reader, looking_back.Asked()): {
            Role.IG_LEAD,
            Role.AUDITOR,
        },
        lambda: looking_back.choices(reader): {Role.IG_LEAD, Role.AUDITOR},
        lambda: looking_back.exported(reader, looking_back.Asked()): {
            Role.IG_LEAD,
            Role.AUDITOR,
        },
        lambda: looking_back.first_broken(reader): {Role.IG_LEAD, Role.AUDITOR},
        lambda: holdings.holdings(reader): figures - {Role.HOME_MANAGER},
        lambda: holdings.draft_assessment(reader): figures - {Role.HOME_MANAGER},
        lambda: accounts.accounts(reader): {Role.ADMINISTRATOR},
        lambda: accounts.homes(reader): {Role.ADMINISTRATOR},
        lambda: accounts.settings_now(reader): {Role.ADMINISTRATOR},
    }
    for ask, allowed in questions.items():
        if role in allowed:
            ask()
        else:
            with pytest.raises(NotAllowed):
                ask()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_no_deed_of_an_administrator_is_done_for_another_role(store, role):
    reader = Reader(store, Person("p", role, (), True, ""), TODAY)
    for deed in (
        lambda: accounts.add(reader, "x", Role.AUDITOR, []),
        lambda: accounts.set_role(reader, "p", Role.ADMINISTRATOR, []),
        lambda: accounts.set_enabled(reader, "p", True),
        lambda: accounts.new_passphrase(reader, "p"),
        lambda: accounts.reset_second_factor(reader, "p"),
        lambda: accounts.change_settings(reader, {"company name": "x"}),
    ):
        with pytest.raises(NotAllowed):
            deed()
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from person").fetchall() == [(0,)]
