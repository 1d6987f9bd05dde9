"""The Records page: whose rows it shows, and what a form there does."""

from datetime import timedelta

import pytest

from oversight import records
from oversight.measures import cases_on, find_measure
from oversight.people import Person
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.store import EVERYTHING
from oversight.words import Role
from tests.pages.scripts import AppTest
from tests.pages.test_pages import said

SECONDS = 60
HOMES = "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge"


def draw(reader):
    from pages.frame import show
    from pages.records import records

    show(records, reader)


def reader_of(store, role=Role.IG_LEAD, own=()):
    return Reader(store, Person("a reader", role, own, True, ""), records.today())


def opened(store, role=Role.IG_LEAD, own=(), kind="incidents", do=None):
    page = AppTest.from_function(
        draw, default_timeout=SECONDS, args=(reader_of(store, role, own),)
    )
    page.query_params["kind"] = kind
    page.run()
    return choose(page, kind, do) if do else page


def choose(page, kind, do, number=0):
    page.session_state[f"records_do_{kind}_{number}"] = do
    return page.run()


def field(page, label):
    fields = [
        *page.text_input,
        *page.text_area,
        *page.selectbox,
        *page.date_input,
        *page.multiselect,
    ]
    (found,) = [each for each in fields if each.label == label]
    return found


def save(page):
    (button,) = [each for each in page.button if each.label == "Save"]
    button.click()
    page.run()
    assert [fault.value for fault in page.exception] == []
    return page


@pytest.fixture
def homes(known):
    known("homes", HOMES, "2020-01-01")


def test_an_incident_added_by_form_is_among_the_cases_of_its_measure(store, homes):
    page = opened(store, do="Add one")
    field(page, "Home (needed)").set_value("1-1")
    field(page, "Incident ref (needed)").set_value("INC-1")
    field(page, "Kind").set_value("near miss")
    last_month = records.today().replace(day=1) - timedelta(days=1)
    field(page, "Aware at").set_value(last_month)
    field(page, "Aware at: hour").set_value("00:01")
    save(page)
    assert "one record entered" in said(page)
    assert "1 record on" in said(page)
    with store.reading(EVERYTHING) as cursor:
        measure = find_measure("incidents_and_near_misses")
        cases = cases_on(cursor, measure, records.today())
    assert [case.case_ref for case in cases] == ["inc-1"]


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(store, homes):
    page = opened(store, do="Add one")
    field(page, "Home (needed)").set_value("1-1")
    field(page, "Title").set_value("A letter")
    field(page, "Aware at").set_value(records.today())
    field(page, "Aware at: hour").set_value("half past")
    save(page)
    words = said(page)
    assert "incident&#95;ref: wanted a reference" in words.replace("&#58;", ":")
    assert "aware&#95;at: wanted a UK time" in words.replace("&#58;", ":")
    assert field(page, "Title").value == "A letter"
    field(page, "Incident ref (needed)").set_value("INC-1")
    field(page, "Aware at: hour").set_value("")
    save(page)
    assert "one record entered" in said(page)
    assert records.listed(reader_of(store), "incidents").total == 1


def test_a_record_is_corrected_with_what_it_says_before_ones_eyes(store, homes):
    cells = {"incident_ref": "INC-1", "home": "1-1", "title": "A letter"}
    assert records.put(reader_of(store), "incidents", cells).report
    page = opened(store, do="Correct one")
    field(page, "Which record that was entered here").set_value("inc-1").run()
    assert field(page, "Title").value == "A letter"
    assert field(page, "Incident ref (needed)").disabled
    field(page, "Title").set_value("A parcel")
    save(page)
    (record,) = records.listed(reader_of(store), "incidents").records
    assert record.values["title"] == "A parcel"


def test_a_manager_sees_and_enters_for_their_own_home_alone(store, homes):
    for ref, home in (("I1", "1-1"), ("I2", "1-2")):
        cells = {"incident_ref": ref, "home": home}
        assert records.put(reader_of(store), "incidents", cells).report
    page = opened(store, Role.HOME_MANAGER, ("1-1",), do="Add one")
    assert field(page, "Home (needed)").options == ["Elm House"]
    assert "1 record on" in said(page)
    manager = reader_of(store, Role.HOME_MANAGER, ("1-1",))
    refused = records.put(manager, "incidents", {"incident_ref": "I3", "home": "1-2"})
    assert refused.report is None
    assert "homes" not in records.kinds_open_to(manager)


@pytest.mark.parametrize(
    "role", [Role.SENIOR_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_nobody_else_enters_anything(store, homes, role):
    with pytest.raises(NotAllowed):
        records.put(reader_of(store, role), "incidents", {"incident_ref": "I1"})
    assert "Not for this role" in said(opened(store, role))


def test_a_form_is_reached_by_a_link_and_a_wrong_link_does_no_harm(store, homes):
    assert "Staff" in said(opened(store, kind="staff"))
    assert "Incidents" in said(opened(store, kind="no such kind"))
