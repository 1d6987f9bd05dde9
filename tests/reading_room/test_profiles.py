import json
import re
from pathlib import Path

import pytest
from sending import send

from oversight.reading_room import profiles, recognition
from oversight.reading_room.date_forms import FORMS
from oversight.reading_room.profiles import (
    FOLDER,
    all_profiles,
    fold,
    own_profile,
    read_profile,
    says_utc,
)
from oversight.reading_room.readers import FileRefused, read_sheets
from oversight.reading_room.recognition import recognise, taken_on_by_name
from oversight.sources import all_sources

SAVED = sorted(FOLDER.glob("*.json"))
FIELDS = {
    "title",
    "kind",
    "dates",
    "file names",
    "missing",
    "columns",
    "drops",
    "optional",
}
COLUMN_FIELDS = {
    "from",
    "or from",
    "key",
    "take",
    "time",
    "values",
    "other",
    "split",
    "always",
    "from content",
}


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_a_saved_profile_says_nothing_that_is_not_read(path):
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert set(saved) <= FIELDS
    for said in saved["columns"].values():
        assert set(said) <= COLUMN_FIELDS
        # A heading, one value, or a reference made up: exactly one of them.
        assert len(set(said) & {"from", "always", "from content"}) == 1


@pytest.mark.parametrize("profile", all_profiles().values(), ids=lambda p: p.name)
def test_a_profile_fits_its_kind(profile):
    columns = {column.name: column for column in all_sources()[profile.kind].columns}
    assert profile.dates in FORMS
    assert [c.name for c in profile.columns if c.name not in columns] == []
    needed = {name for name, column in columns.items() if column.is_needed}
    assert needed <= {column.name for column in profile.columns}
    assert len(profile.folded_headings) == len(profile.headings)
    assert not profile.folded_headings & profile.folded_drops
    for column in profile.columns:
        wanted = columns[column.name].wanted
        words = re.split(r"[,;] ", wanted.partition(": ")[2])
        if wanted.startswith(("one of: ", "one or more of: ")):
            ours = [
                *filter(None, column.values.values()),
                *([column.other] if column.other else []),
                *([column.always] if column.always else []),
            ]
            assert [word for word in ours if word not in words] == []


def test_a_template_is_read_by_its_own_headings_in_full(store, tmp_path):
    for kind, source in all_sources().items():
        headings = ",".join(column.name for column in source.columns)
        examples = ",".join(f'"{column.example}"' for column in source.columns)
        path = tmp_path / f"{kind}.csv"
        report = send(store, path, f"{headings}\n{examples}\n")
        assert (report.kind, report.profile) == (kind, f"template_{kind}"), (
            report.message
        )
        assert report.ignored_columns == ()
        # The example of a template is itself a good row.
        assert (report.rows_accepted, report.rows_refused) == (1, 0), report.message


@pytest.mark.parametrize(
    ("heading", "folded", "is_utc"),
    [
        ("Application ID ", "application id", False),
        ("Autonomous system  number", "autonomous system number", False),
        ("Date (UTC)", "date", True),
        ("TimeGenerated [UTC]", "timegenerated", True),
        ("\u00a0Home\n", "home", False),
        ("STRASSE", "strasse", False),
        ("utc", "utc", False),
    ],
)
def test_headings_are_compared_as_people_see_them(heading, folded, is_utc):
    assert (fold(heading), says_utc(heading)) == (folded, is_utc)


def sheets(path: Path, text: str):
    path.write_text(text, encoding="utf-8")
    return read_sheets(path, path.name)


def test_the_layout_with_more_headings_is_the_surer_one(tmp_path):
    headings = "LOCALESTID,UNIQUEWORKERID,STATUS,STARTDATE,EMPLSTATUS,MAINJOBROLE"
    file = sheets(tmp_path / "any.csv", f"{headings},home,staff_ref\n")
    assert recognise(file, "any.csv")[1].profile.name == "asc_wds_staff"
    chosen = recognise(file, "any.csv", named="template_staff")[1]
    assert chosen.profile.name == "template_staff"
    assert chosen.ignored == tuple(headings.split(","))


def test_a_file_that_could_be_two_things_is_not_guessed_at(tmp_path):
    file = sheets(
        tmp_path / "any.csv", "home,staff_ref,home_ref,name\nElm,S1,1-900,Elm\n"
    )
    with pytest.raises(
        FileRefused, match="could be read in more than one way"
    ) as refusal:
        recognise(file, "any.csv")
    assert "template_homes" in str(refusal.value)
    assert recognise(file, "my homes.csv")[1].source.kind == "homes"
    assert recognise(file, "any.csv", kind="staff")[1].source.kind == "staff"


def test_a_profile_and_a_kind_that_disagree_are_refused(tmp_path):
    file = sheets(tmp_path / "any.csv", "home,staff_ref\nElm,S1\n")
    with pytest.raises(FileRefused, match="is for staff, not for homes"):
        recognise(file, "any.csv", kind="homes", named="template_staff")


def test_headings_are_found_below_titles_but_not_anywhere(tmp_path):
    for above, is_found in ((19, True), (20, False)):
        file = sheets(
            tmp_path / "any.csv", "A title\n" * above + "home,staff_ref\nElm,S1\n"
        )
        if is_found:
            assert recognise(file, "any.csv")[1].heading_row.number == above + 1
        else:
            with pytest.raises(FileRefused, match="no layout that is known"):
                recognise(file, "any.csv")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-10-31-staff.csv", "2026-10-31"),
        ("staff_2026-10-31.csv", "2026-10-31"),
        ("20261031-staff.csv", None),
        ("2026-10-31-to-2026-11-30.csv", None),
        ("2026-13-31.csv", None),
    ],
)
def test_the_day_of_a_file_is_the_one_iso_date_in_its_name(name, day):
    found = taken_on_by_name(name)
    assert (found and found.isoformat()) == day


def test_a_new_profile_is_a_file_and_nothing_else(store, tmp_path, monkeypatch):
    saved = {
        "title": "Another system",
        "kind": "incidents",
        "dates": "DD/MM/YYYY",
        "missing": ["", "?"],
        "columns": {
            "incident_ref": {"from": "No."},
            "home": {"from": "Site"},
            "kind": {"from": "Class", "values": {"Breach": "confirmed"}},
            "medium": {"from": "Media", "split": "/", "values": {"Post": "paper"}},
            "aware_at": {"from": "Noticed"},
            "title": {"from": "Summary"},
        },
        "optional": ["Summary"],
        "drops": ["Name of resident"],
    }
    path = tmp_path / "another.json"
    path.write_text(json.dumps(saved), encoding="utf-8")
    everything = {**all_profiles(), "another": read_profile(path)}
    monkeypatch.setattr(recognition, "all_profiles", lambda: everything)
    report = send(
        store,
        tmp_path / "export.csv",
        "no.;SITE;Class;Media;Noticed;Name of Resident\n"
        "7;Elm;BREACH;Post / email;05/07/2026 09:30;Mrs Example\n"
        "8;Elm; ? ;?;05/07/2026;Mrs Example\n",
    )
    assert (report.profile, report.rows_accepted) == ("another", 2)
    assert "Name of Resident" in report.message
    with store.reading(("*",)) as cursor:
        rows = cursor.execute(
            "select incident_ref, kind, medium, aware_at::varchar from fact_incidents"
            " order by row"
        ).fetchall()
    assert rows == [
        ("7", "confirmed", ["paper", "email"], "2026-07-05 08:30:00+00"),
        ("8", None, None, "2026-07-04 23:00:00+00"),
    ]


def test_rows_with_no_number_are_known_by_what_they_say(store, tmp_path):
    """Alike in every cell, they are still two; sent again, they are the same two."""
    headings = (
        "Name of Covered Entity,Individuals Affected,Breach Submission Date,"
        "Type of Breach,Location of Breached Information,Business Associate Present,"
        "Web Description"
    )
    row = "Elm,7,10/25/2019,Theft,Email,No,"
    other = "Elm,8,10/25/2019,Theft,Email,No,"
    first = send(store, tmp_path / "a.csv", "\n".join([headings, row, other, row]))
    assert (first.profile, first.rows_accepted) == ("hhs_ocr_breaches", 3)
    again = send(store, tmp_path / "b.csv", "\n".join([headings, other, row, row]))
    assert (again.rows_accepted, again.rows_unchanged) == (0, 3)
    with store.reading(("*",)) as cursor:
        known = "select count(*) from known_incidents(date '2026-11-22')"
        assert cursor.execute(known).fetchone() == (3,)


def test_profiles_are_found_and_not_registered():
    assert {path.stem for path in SAVED} | {
        own_profile(source).name for source in all_sources().values()
    } == set(all_profiles())
    assert profiles.FOLDER.name == "profiles"
