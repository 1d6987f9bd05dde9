import json
import math
import re
import shutil
from pathlib import Path

import pytest
from command_line import oversight, oversight_process
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight.__main__ import main
from oversight.sources import all_sources

AS_OF = ("--as-of", "2026-11-22")
KEYS = {
    # what each answer's rows are, by the contract
    "import": (
        "file sha256 kind profile arrival state rows_read rows_accepted rows_warned"
        " rows_unchanged rows_refused ignored_columns message"
    ),
    "refusals": "arrival file row column value severity reason",
    "kinds": "kind delivers needs optional files freshness_days",
    "measures": (
        "id measure title strand clauses kind duty direction target target_source met"
        " total value status signal assurance sentence data_to stale_sources"
    ),
    "cases": "case_ref home happened_on is_met",
    "trend": "month met total value point_type mean lower upper",
}
STATUSES = {"met", "at_risk", "not_met", "not_known", "nothing_due", "for_information"}


@pytest.fixture(scope="module")
def folder(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two homes, a log of two incidents, and a refused row."""
    folder = tmp_path_factory.mktemp("commands")
    shutil.copy(new_store, folder / "store.duckdb")
    (folder / "homes.csv").write_text("home_ref,name\n1-900,Elm House\n1-901,Oak\n")
    (folder / "log.csv").write_text(
        "incident_ref,home,kind,is_reportable_ico,aware_at,ico_reported_at\n"
        "I1,Elm House,confirmed,yes,2026-10-05 09:00,2026-10-06 09:00\n"
        "I2,Oak,confirmed,yes,2026-11-03 09:00,2026-11-09\n"
        "I3,Oak,leak,,,\n"
    )
    for name, day in (("homes.csv", "2026-01-31"), ("log.csv", "2026-11-21")):
        answer = oversight(
            "import", folder / name, "--taken-on", day, store=folder / "store.duckdb"
        )
        assert answer.status == 0, answer.err
    return folder


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    return folder / "store.duckdb"


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(folder, tmp_path / "copy")) / "store.duckdb"


# ---- what the contract says each command gives ----


@pytest.mark.parametrize(
    ("argv", "contract"),
    [
        (("refusals",), "refusals"),
        (("refusals", "--arrival", 2), "refusals"),
        (("measures", *AS_OF), "measures"),
        (("measures", *AS_OF, "--home", "Elm House"), "measures"),
        (("cases", "L11", *AS_OF), "cases"),
        (("cases", "l11", *AS_OF, "--unmet"), "cases"),
        (("trend", "S05", *AS_OF, "--months", 6), "trend"),
    ],
)
def test_an_answer_has_the_keys_of_the_contract_in_its_order(small, argv, contract):
    answer = oversight(*argv, "--json", store=small)
    assert (answer.status, answer.err) == (0, "")
    assert answer.document
    assert {tuple(row) for row in answer.document} == {tuple(KEYS[contract].split())}


def test_kinds_need_no_store():
    answer = oversight("kinds", "--json")
    assert {tuple(row) for row in answer.document} == {tuple(KEYS["kinds"].split())}
    assert [row["kind"] for row in answer.document] == list(all_sources())


def test_import_answers_in_the_words_of_the_contract(copy):
    good, bad = copy.parent / "homes.csv", copy.parent / "bad.csv"
    bad.write_text("")
    answer = oversight("import", good, bad, "--json", store=copy)
    assert answer.status == 1
    assert [tuple(report) for report in answer.document] == [
        tuple(KEYS["import"].split())
    ] * 2
    assert [report["state"] for report in answer.document] == ["already_in", "refused"]
    assert answer.err.strip() == answer.document[1]["message"]


def test_a_rehearsal_tells_all_and_keeps_nothing(copy):
    more = copy.parent / "more.csv"
    more.write_text("home_ref,name\n1-900,Elm House\n1-902,Ash\n1-903,\n")
    before = oversight("status", "--json", store=copy).document["arrivals"]
    (report,) = oversight("import", more, "--dry-run", "--json", store=copy).document
    assert (report["state"], report["arrival"]) == ("would_accept", None)
    assert (report["rows_read"], report["rows_accepted"]) == (3, 1)
    assert (report["rows_unchanged"], report["rows_refused"]) == (1, 1)
    assert "row 4, name: wanted a name; got nothing." in report["message"]
    assert oversight("status", "--json", store=copy).document["arrivals"] == before


def test_undo_withdraws_an_arrival_and_undoing_that_brings_it_back(copy):
    def homes() -> int:
        return len(oversight("rows", "homes", "--json", store=copy).document)

    assert homes() == 2
    (report,) = oversight("undo", 1, "--why", "a test", "--json", store=copy).document
    assert (report["state"], homes()) == ("accepted", 0)
    assert oversight("undo", 1, "--why", "again", store=copy).status == 1
    assert oversight("undo", report["arrival"], "--why", "no", store=copy).status == 0
    assert homes() == 2


def test_rows_are_the_facts_of_a_day_of_a_moment_and_of_a_home(copy):
    def refs(*argv: object) -> list[str]:
        rows = oversight("rows", "incidents", *argv, "--json", store=copy).document
        return [row["incident_ref"] for row in rows]

    assert refs() == ["I1", "I2"]
    assert refs("--home", "oak") == refs("--home", "1-901") == ["I2"]
    assert refs("--limit", 1) == ["I1"]
    assert refs("--known-at", "2020-01-01") == []


def test_measures_answer_for_a_home_and_for_the_company(small):
    def breaches(*argv: object) -> tuple[int, int, str]:
        found = oversight("measures", *AS_OF, *argv, "--json", store=small).document
        assert {row["status"] for row in found} <= STATUSES
        one = next(row for row in found if row["id"] == "L11")
        return one["met"], one["total"], one["status"]

    assert breaches() == (1, 2, "not_met")
    assert breaches("--home", "1-901") == (0, 1, "not_met")
    assert breaches("--home", "1-900")[:2] == (1, 1)


def test_status_names_every_arrival_and_the_version(small):
    found = oversight("status", "--json", store=small).document
    assert [row["file"] for row in found["arrivals"]] == ["homes.csv", "log.csv"]
    assert {row["kind"]: row["rows"] for row in found["kinds"]} == {
        "homes": 2,
        "incidents": 3,
    }
    assert found["bytes"] > 0
    assert re.fullmatch(r"\d+\.\d+\.\d+", found["duckdb"])


def test_what_was_withdrawn_is_not_counted_by_status(copy):
    oversight("undo", 2, "--why", "a test", store=copy)
    found = oversight("status", "--json", store=copy).document
    assert [row["kind"] for row in found["kinds"]] == ["homes"]
    assert [row["state"] for row in found["arrivals"]] == [
        "accepted",
        "accepted",
        "undone",
    ]


def test_refusals_say_all_in_words_too(small):
    words = oversight("refusals", "--arrival", 2, store=small).out
    assert words == (
        "2 log.csv, row 4 refused: kind: wanted one of: confirmed, suspected, near"
        ' miss, not an incident; got "leak".\n'
    )


UNGUESSED = "seven-quiet-herons-crossed-the-weir"


def test_people_are_added_listed_and_changed(copy):
    strong = "seven-quiet-herons-crossed-the-weir"
    added = oversight(
        *("user", "add", "vera", "--role", "ig_lead", "--passphrase", strong),
        store=copy,
    )
    assert added.status == 0, added.err
    for argv in (("disable", "vera"), ("enable", "vera"), ("role", "vera", "auditor")):
        assert oversight("user", *argv, store=copy).status == 0
    (person,) = oversight("user", "list", "--json", store=copy).document
    assert person == {
        "name": "vera",
        "role": "auditor",
        "homes": [],
        "is_enabled": True,
        "has_second_factor": False,
    }
    assert strong not in oversight("user", "list", store=copy).out


@pytest.mark.parametrize(
    "argv",
    [
        ("user", "disable", "nobody"),
        ("user", "add", "vera", "--role", "auditor", "--passphrase", "vera"),
        ("user", "add", "<b>", "--role", "auditor", "--passphrase", UNGUESSED),
        ("user", "add", "vera", "--role", "home_manager", "--passphrase", UNGUESSED),
        (
            *("user", "add", "vera", "--role", "home_manager", "--home", "Nowhere"),
            *("--passphrase", UNGUESSED),
        ),
        (
            *("user", "add", "vera", "--role", "auditor", "--home", "1-1"),
            *("--passphrase", UNGUESSED),
        ),
        ("user", "unlock", "nobody"),
        ("user", "password", "nobody", "--passphrase", UNGUESSED),
    ],
)
def test_what_cannot_be_done_to_a_person_is_said(copy, argv):
    answer = oversight(*argv, store=copy)
    assert (answer.status, answer.out) == (1, "")
    assert len(answer.err) > 20


def test_a_series_is_judged_as_the_charts_are(tmp_path):
    file = tmp_path / "series.csv"
    days = [f"2025-{month:02d}-01,{50 + month % 3}" for month in range(1, 13)]
    file.write_text("date,value\n" + "\n".join(days))
    found = oversight("spc", file, "--json").document
    assert list(found) == ["points", "variation_icon", "assurance_icon", "notes"]
    assert [point["date"] for point in found["points"]] == [line[:10] for line in days]
    assert (
        list(found["points"][0])
        == (
            "date value mean lpl upl outside_limits relative_to_mean close_to_limits"
            " shift trend two_of_three special_cause_type point_type"
        ).split()
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("when,how\n1,2\n", "wanted headings date,value[,ghost]"),
        ("", "wanted headings date,value[,ghost]"),
        (
            "date,value\n2026-01-01,many\n",
            "row 2: wanted a date as YYYY-MM-DD, a number",
        ),
        ("date,value\n2026-01-01,inf\n", "row 2: wanted a date"),
        ("date,value\n2026-01-01,1\n01/02/2026,2\n", "row 3: wanted a date"),
        ("date,value\n2026-01-01,1\n2026-01-01,2\n", "2026-01-01"),
        ("date,value\n" + "x" * 200_000, "wanted a CSV file in UTF-8"),
        (
            "date,value\n2026-01-01,1\xa3\n".encode("cp1252"),
            "wanted a CSV file in UTF-8",
        ),
    ],
)
def test_a_series_that_cannot_be_read_is_refused(tmp_path, content, said):
    file = tmp_path / "series.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    answer = oversight("spc", file, "--json")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("series.csv")
    assert said in answer.err


# ---- what goes where, and the exit status ----


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("cases", "Z99"), "There is no measure 'Z99'. There are: O01"),
        (("rows", "pigeons"), "There is no kind 'pigeons'. There are: "),
        (("measures", "--home", "Nowhere"), "There is no one home 'Nowhere'"),
        (("undo", "99", "--why", "x"), "There is no arrival 99"),
        (("refusals", "--arrival", "99"), "There is no arrival 99"),
        (("demo",), "The store holds records already"),
        (("import", "gone.csv"), "There is no file gone.csv"),
        (("import", __file__, "--kind", "pigeons"), "There is no kind 'pigeons'"),
        (("import", __file__, "--profile", "pigeons"), "There is no profile"),
    ],
)
def test_what_is_refused_is_a_sentence_on_standard_error(copy, argv, said):
    answer = oversight(*argv, *(("--json",) if argv[0] != "demo" else ()), store=copy)
    assert answer.status == 1
    assert said in answer.err
    assert answer.out == "" or json.loads(answer.out)


@pytest.mark.parametrize(
    "argv",
    [
        ("bogus",),
        ("import",),
        ("cases",),
        ("measures", "--as-of", "2026-02-31"),
        ("measures", "--as-of", "0001-01-01"),
        ("measures", "--known-at", "0001-01-01T00:00:00+2359"),
        ("rows", "homes", "--limit", "0"),
        ("rows", "homes", "--limit", "99999999999999999999"),
        ("undo", "one", "--why", "x"),
        ("undo", "1"),
        ("refusals", "--arrival", "9223372036854775808"),
        ("trend", "L11", "--months", "1"),
        ("measures", "--colour", "red"),
        ("user", "add", "x", "--role", "king", "--passphrase", "x"),
    ],
)
def test_wrong_use_is_exit_status_2(small, argv):
    answer = oversight(*argv, store=small)
    assert (answer.status, answer.out) == (2, "")
    assert "Usage: " in answer.err


def test_a_store_that_is_none_is_refused_and_left_as_it_was(tmp_path):
    """DuckDB opens a CSV as a database, and forgets what is written to it."""
    file = tmp_path / "register.csv"
    file.write_text("home_ref,name\n1-900,Elm House\n")
    file.chmod(0o644)
    for argv in (("status",), ("import", file), ("verify",)):
        answer = oversight(*argv, store=file)
        assert (answer.status, answer.out) == (1, "")
        assert "is damaged or is not a store" in answer.err
    assert file.read_text() == "home_ref,name\n1-900,Elm House\n"
    assert file.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in tmp_path.iterdir()] == ["register.csv"]


@pytest.mark.parametrize("address", ["duckdb:///", "sqlite:///x", "/store.duckdb"])
def test_an_address_of_another_form_is_refused(address):
    answer = oversight("status", "--store", address)
    assert (answer.status, answer.out) == (1, "")
    assert "A store address is duckdb:///PATH" in answer.err


def test_a_process_of_its_own_says_nothing_but_the_document(copy):
    answer = oversight_process("measures", *AS_OF, "--json", store=copy)
    assert (answer.status, answer.err) == (0, "")
    assert (
        answer.document == oversight("measures", *AS_OF, "--json", store=copy).document
    )


def test_a_process_of_its_own_refuses_without_a_traceback(copy):
    answer = oversight_process("import", copy.parent, "gone.csv", "--json", store=copy)
    assert answer.status == 1
    assert [report["state"] for report in answer.document] == ["refused", "refused"]
    assert "Traceback" not in answer.err
    assert len(answer.err.splitlines()) == 2


def test_a_terminal_is_not_told_what_to_do_by_a_file(copy):
    file = copy.parent / "escape.csv"
    file.write_text("incident_ref,home,kind\nI9,Elm House,\x1b]0;gone\x07\n")
    words = oversight("import", file, store=copy).out
    words += oversight("refusals", store=copy).out
    assert "gone" in words
    assert not {"\x1b", "\x07"} & set(words)
    found = oversight("refusals", "--json", store=copy).document
    assert found[-1]["value"] == "\x1b]0;gone\x07"


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_says_how_it_is_used(command):
    answer = oversight(command, "--help")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: main {command}")


# ---- anything at all ----

VALUES = [
    "", "0", "-1", "1", "9" * 20, "nan", "1e400", "*", "Q", "x" * 3000, '"', "Ünï",
    "2026-02-31", "1900-01-01", "2199-12-31", "0001-01-01", "2026-11-22",
    "2026-11-22T10:00", "2026-11-22T10:00:00+0100", "1900-01-01T00:00:00+2359",
    "'; drop table arrival; --", "\x1b[2J", "--json", "company", "unmatched",
    "Elm House", "1-900", "homes", "incidents", "L11", "S01", "S05", "increase", "mdc",
]  # fmt: skip
OPTIONS = {
    "rows": ["--as-of", "--known-at", "--home", "--limit"],
    "measures": ["--as-of", "--known-at", "--home"],
    "clauses": ["--as-of"],
    "cases": ["--as-of", "--known-at", "--home"],
    "trend": ["--months", "--as-of", "--known-at", "--home"],
    "refusals": ["--arrival"],
    "spc": [
        "--direction",
        "--target",
        "--rebase",
        "--fix",
        "--min-points",
        "--profile",
    ],
    "undo": ["--why"],
}
ARGUMENTS = {"rows", "cases", "trend", "spc", "undo"}


@st.composite
def commands(draw: st.DrawFn) -> list[str]:
    name = draw(st.sampled_from(sorted(OPTIONS)))
    value = st.sampled_from(VALUES)
    argv = [name, draw(value)] if name in ARGUMENTS else [name]
    for option in draw(st.lists(st.sampled_from(OPTIONS[name]), unique=True)):
        argv += [option, draw(value)]
    return argv


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(argv=commands())
def test_no_words_break_a_command(small, argv):
    store = {} if argv[0] == "spc" else {"store": small}
    answer = oversight(*argv, "--json", **store)
    assert answer.status in (0, 1, 2)
    if answer.status == 0:
        assert answer.document is not math.nan
    else:
        assert answer.err.strip()
