"""Strictness and traps of the import road: days, clock changes, codes, references."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sending import facts, findings, send

from oversight import readings
from oversight.store import EVERYTHING, Store

pytestmark = pytest.mark.queries

NAME = "2026-10-31-sfc-bulk-upload-training.csv"
HEADINGS = (
    "LOCALESTID,UNIQUEWORKERID,CATEGORY,TRAININGNAME,ACCREDITED,WHODELIVERED,"
    "PROVIDERNAME,HOWDELIVERED,VALIDITY,DATECOMPLETED,EXPIRYDATE,NOTES"
)


def trained(store: Store, folder: Path, *rows: str):
    """Sends a training file; a row is `staff, validity, completed, expires`."""
    lines = [HEADINGS]
    for row in rows:
        staff, validity, completed, expires = (cell.strip() for cell in row.split(","))
        lines.append(f"ELM,{staff},26,IG,,,,,{validity},{completed},{expires},")
    return send(store, folder / NAME, "\r\n".join(lines))


def asked(store: Store, sql: str, *values: object) -> list[tuple[object, ...]]:
    with store.reading(EVERYTHING) as cursor:
        return cursor.execute(sql, values or None).fetchall()


# ---- days ----


@pytest.mark.parametrize(
    "day",
    [
        "1/4/2024",
        "01/4/2024",
        "01-04-2024",
        "2024-04-01",
        "01/04/24",
        "31/02/2024",
        "29/02/2023",
        "00/04/2024",
        "01/00/2024",
        "21/04/0202",
        "21/04/20244",
        "45383",
        "01/04/2024 00:00",
        "1 Apr 2024",
        "today",
    ],
)
def test_a_day_in_any_other_form_is_refused_and_not_guessed(store, tmp_path, day):
    report = trained(store, tmp_path, f"S1,,{day},", "S2,,21/04/2024,")
    assert (report.rows_accepted, report.rows_refused) == (1, 1)
    (found,) = [f for f in findings(store, report) if f.severity == "refused"]
    assert (found.row, found.column, found.value) == (2, "DATECOMPLETED", day)
    assert "as DD/MM/YYYY" in found.reason


@pytest.mark.parametrize(
    ("day", "is_accepted"),
    [("29/02/2024", True), ("31/10/2026", True), ("01/11/2026", False)],
)
def test_a_leap_day_and_the_day_of_the_file_are_days_and_tomorrow_is_not(
    store, tmp_path, day, is_accepted
):
    assert trained(store, tmp_path, f"S1,,{day},").rows_accepted == is_accepted


def test_every_day_is_read_as_itself_in_each_form(store, tmp_path):
    first, last = date(1900, 1, 1), date(2026, 10, 31)
    # 97 days apart: every day of a month, and every month, comes up.
    days = [first + timedelta(days=at) for at in range(0, (last - first).days, 97)]
    trained(store, tmp_path, *(f"S{at},,{d:%d/%m/%Y}," for at, d in enumerate(days)))
    found = asked(store, "select completed_on from fact_training order by row")
    assert [day for (day,) in found] == days
    days = [day for day in days if day.year > 1947]  # double summer time is no more
    rows = "".join(f"I{at},Elm,{day} 00:00\n" for at, day in enumerate(days))
    send(store, tmp_path / "log.csv", f"incident_ref,home,occurred_at\n{rows}")
    found = asked(store, "select uk_day(occurred_at) from fact_incidents order by row")
    assert [day for (day,) in found] == days


# ---- when training runs out ----


@pytest.mark.parametrize(
    ("months", "completed", "expires"),
    [
        # ASC-WDS: completed + months - 1 day.
        (24, "21/04/2024", "2026-04-20"),
        (12, "01/03/2025", "2026-02-28"),
        (12, "29/02/2024", "2025-02-27"),
        (1, "31/01/2026", "2026-02-27"),
        (999, "01/01/2026", "2109-03-31"),
    ],
)
def test_a_blank_expiry_is_worked_out_from_the_validity(
    store, tmp_path, months, completed, expires
):
    trained(store, tmp_path, f"S1,{months},{completed},")
    found = asked(store, "select expires_on from fact_training")
    assert found == [(date.fromisoformat(expires),)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("S1,0,21/04/2024,", "VALIDITY: wanted a whole number of months from 1 to 999"),
        ("S1,1000,21/04/2024,", "VALIDITY: wanted a whole number of months"),
        ("S1,-1,21/04/2024,", "VALIDITY: wanted a whole number of months"),
        ("S1,yearly,21/04/2024,", "VALIDITY: wanted a whole number of months"),
        (
            "S1,,21/04/2024,21/04/2024",
            "EXPIRYDATE: wanted a day after it was completed",
        ),
        ("S1,,01/01/2099,", "DATECOMPLETED: wanted a day that is not after the day"),
        (
            f"{'S' * 51},,21/04/2024,",
            "UNIQUEWORKERID: wanted a reference of at most 50",
        ),
        (
            "AB123456C,,21/04/2024,",
            "UNIQUEWORKERID: wanted no National Insurance number",
        ),
    ],
)
def test_training_that_cannot_be_is_refused(store, tmp_path, row, said):
    report = trained(store, tmp_path, row, "S9,,21/04/2024,")
    assert (report.rows_accepted, report.rows_refused) == (1, 1)
    (found,) = [f for f in findings(store, report) if f.severity == "refused"]
    assert found.reason.startswith(said)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("S1,none,21/04/2024,20/04/2026", "no expiry, because the validity says none"),
        ("S1,24,21/04/2024,31/12/2030", "the day that completion and validity give"),
        ("S1,,,20/04/2026", "without it this training counts for nothing"),
    ],
)
def test_training_that_contradicts_itself_is_kept_and_warned_about(
    store, known, tmp_path, row, said
):
    known("homes", "home_ref | name | local_ref\n1-900 | Elm House | ELM", "2026-01-01")
    report = trained(store, tmp_path, row)
    assert (report.rows_accepted, report.rows_warned) == (1, 1)
    assert said in findings(store, report)[0].reason


# ---- times ----


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("2026-01-05 09:30", "2026-01-05 09:30"),  # winter: UTC
        ("2026-07-05 09:30", "2026-07-05 08:30"),  # summer: an hour before
        ("2026-07-05T09:30:15", "2026-07-05 08:30:15"),
        ("2026-07-05", "2026-07-04 23:00"),  # a day alone: from its first minute
        ("2026-03-29 00:59", "2026-03-29 00:59"),
        ("2026-03-29 01:00", None),  # the clocks go forward: this hour is not
        ("2026-03-29 01:59", None),
        ("2026-03-29 02:00", "2026-03-29 01:00"),
        ("2026-10-25 00:59", "2026-10-24 23:59"),
        ("2026-10-25 01:30", "2026-10-25 00:30"),  # it is twice: the first
        ("2026-10-25 02:00", "2026-10-25 02:00"),
        ("2026-07-05T09:30:00Z", "2026-07-05 09:30"),  # says itself that it is UTC
        ("2026-03-29T01:30Z", "2026-03-29 01:30"),
        ("2026-07-05 24:00", None),
        ("2026-07-05 9:30", None),
        ("2026-07-05 09:30+02:00", None),
        ("05/07/2026 09:30", None),
    ],
)
def test_a_uk_time_is_one_instant_or_none(store, tmp_path, said, instant):
    log = f"incident_ref,home,aware_at\nI1,Elm,{said}\nI2,Elm,2026-01-01\n"
    report = send(store, tmp_path / "log.csv", log, taken_on=date(2026, 11, 1))
    assert report.rows_refused == (instant is None)
    found = asked(store, "select aware_at from fact_incidents where row = 2")
    wanted = instant and datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert found == ([(wanted,)] if instant else [])


def test_a_day_on_which_something_was_done_counts_to_its_last_second(store, tmp_path):
    log = "incident_ref,home,ico_reported_at\nI1,Elm,2026-10-25\nI2,Elm,2026-03-29\n"
    send(store, tmp_path / "log.csv", log, taken_on=date(2026, 11, 1))
    found = asked(store, "select ico_reported_at from fact_incidents order by row")
    assert found == [
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC),),
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC),),
    ]


# ---- codes and references ----


def test_codes_keep_their_zeros(store, tmp_path):
    register = "home_ref,name,ods_code,telephone\n0012,007,00E5,1619282514\n"
    send(store, tmp_path / "homes.csv", register)
    found = asked(store, "select home_ref, name, ods_code, telephone from fact_homes")
    assert found == [("0012", "007", "00E5", "01619282514")]


def test_references_are_compared_without_case_and_stray_spaces(store, known, tmp_path):
    known("homes", "home_ref | name | local_ref\n1-900 | Elm House | ELM", "2026-01-01")
    people = ("Elm House, s0014 ", "ELM,S0014", "1-900,\u00a0S0014", "elm house,S0015")
    staff = "\n".join(["home,staff_ref", *people])
    report = send(store, tmp_path / "2026-10-31-staff.csv", staff)
    assert report.rows_read == 4
    rows = asked(store, "select distinct row_key from known_staff(date '2026-10-31')")
    assert rows == [("1-900|s0014",), ("1-900|s0015",)]
    training = "home,staff_ref,category,completed_on\n ELM HOUSE ,S0014,26,2026-03-01\n"
    send(store, tmp_path / "2026-10-31-training.csv", training)
    met = asked(
        store,
        "select case_ref, is_met from measure_staff_trained_in_ig(date '2026-10-31')"
        " order by case_ref",
    )
    assert [is_met for _, is_met in met] == [True, False]


def test_a_reference_is_kept_as_it_was_written(store, tmp_path):
    send(store, tmp_path / "log.csv", "incident_ref,home\nInc-2026/014,Elm\n")
    assert asked(store, "select incident_ref from fact_incidents") == [
        ("Inc-2026/014",)
    ]
    report = send(store, tmp_path / "more.csv", "incident_ref,home\nINC-2026/014,Elm\n")
    assert (report.rows_accepted, report.rows_unchanged) == (1, 0)
    known = "select count(*) from known_incidents(date '2026-11-22')"
    assert asked(store, known) == [(1,)]


# ---- the file and its day ----


@pytest.mark.parametrize(
    ("name", "said", "taken_on"),
    [
        ("2026-10-31-homes.csv", None, "2026-10-31"),
        ("homes.csv", "2026-09-30", "2026-09-30"),
        ("2026-10-31-homes.csv", "2026-09-30", "2026-09-30"),
        ("homes-2026-02-31.csv", None, None),
        ("homes-2026-01-01-to-2026-02-01.csv", None, None),
        ("homes-12026-01-01.csv", None, None),
        ("homes.csv", None, None),
    ],
)
def test_a_file_is_of_the_day_it_says_or_the_day_it_comes(
    store, tmp_path, name, said, taken_on
):
    came = datetime(2026, 11, 22, 12, tzinfo=UTC)
    send(
        store,
        tmp_path / name,
        "home_ref,name\n1-900,Elm\n",
        taken_on=date.fromisoformat(said) if said else None,
        known_at=came,
    )
    wanted = date.fromisoformat(taken_on) if taken_on else came.date()
    assert asked(store, "select taken_on from arrival") == [(wanted,)]


def test_a_file_of_tomorrow_is_refused(store, tmp_path):
    came = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)  # half past eleven in the UK
    sent = {"content": "home_ref,name\n1-900,Elm\n", "known_at": came}
    report = send(store, tmp_path / "2026-08-01-homes.csv", **sent)
    assert "which is after today (31 July 2026)" in report.message
    # That refusal is of its own time too: history goes on from there.
    later = sent | {"known_at": came + timedelta(hours=1)}
    assert send(store, tmp_path / "2026-08-01-homes.csv", **later).state == "accepted"


def test_one_transaction_a_file_or_nothing_of_it(store, tmp_path, monkeypatch):
    """A fault at the end of the road leaves the store and its folder as they were."""
    send(store, tmp_path / "homes.csv", "home_ref,name\n1-900,Elm\n")
    before, kept = facts(store), sorted(store.kept.iterdir())

    def broken(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(readings, "forget", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        send(store, tmp_path / "more.csv", "home_ref,name\n1-901,Oak\n")
    assert facts(store) == before
    assert sorted(store.kept.iterdir()) == kept
    assert not list((store.kept / "arriving").iterdir())


def test_a_register_with_a_row_of_nobody_takes_nobody_off(store, tmp_path):
    send(store, tmp_path / "2026-09-30-staff.csv", "home,staff_ref\nElm,S1\nElm,S2\n")
    worse = "home,staff_ref\nElm,S1\nElm,\n"
    report = send(store, tmp_path / "2026-10-31-staff.csv", worse)
    assert "nothing missing from this file was taken off the register" in report.message
    known = "select staff_ref from known_staff(date '2026-10-31') order by staff_ref"
    assert asked(store, known) == [("S1",), ("S2",)]
    send(store, tmp_path / "2026-11-01-staff.csv", "home,staff_ref\nElm,S1\n")
    assert asked(store, known.replace("10-31", "11-01")) == [("S1",)]


def test_headings_once_more_in_a_register_still_take_off_who_has_gone(store, tmp_path):
    """Two exports pasted together: the headings between them are nobody's row."""
    send(store, tmp_path / "2026-09-30-staff.csv", "home,staff_ref\nElm,S1\nElm,S2\n")
    pasted = "home,staff_ref\nElm,S1\nhome,staff_ref\nElm,S3\n"
    report = send(store, tmp_path / "2026-10-31-staff.csv", pasted)
    assert (report.rows_accepted, report.rows_unchanged, report.rows_refused) == (
        1,
        1,
        1,
    )
    known = "select staff_ref from known_staff(date '2026-10-31') order by staff_ref"
    assert asked(store, known) == [("S1",), ("S3",)]
