"""Limits set afresh on a measure's page: who may, from which months; all see it."""

import shutil
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from oversight import limits
from oversight.charts.spec import spec_of
from oversight.definitions import open_store
from oversight.measures import find_measure
from oversight.people import Person
from oversight.reader import Reader
from oversight.resets import Reset
from oversight.roles import NotAllowed
from oversight.store import EVERYTHING, StoreError
from oversight.verdicts.judgement import judge_one, read_sources
from oversight.words import Role
from tests.conftest import TODAY

MARCH = date(2026, 3, 1)
WHY = "the register moved to another supplier"
SECONDS = 60


@pytest.fixture(scope="module")
def own(company_folder, tmp_path_factory):
    """The small made-up company in a store that may be written to."""
    path = tmp_path_factory.mktemp("limits") / "store.duckdb"
    shutil.copy(company_folder / "company.duckdb", path)
    store = open_store(f"duckdb:///{path}")
    yield store
    store.close()


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(limits, "today", lambda: TODAY)


def reader(store, role=Role.IG_LEAD, as_of=TODAY):
    return Reader(store, Person("A. Grey", role, (), True, ""), as_of)


def judged(store, measure="S01"):
    one = find_measure(measure)
    with store.reading(EVERYTHING) as cursor:
        return judge_one(cursor, one, TODAY, read_sources(cursor, [one], TODAY))


def test_months_run_from_the_newest_and_one_that_is_taken_is_left_out(own):
    found = judged(own)
    months = limits.months_of(found)
    assert months[0] == date(2026, 11, 1)
    assert months == sorted(months, reverse=True)
    assert found.months[0].day.replace(day=1) not in months
    assert MARCH in months
    limits.set_afresh(reader(own), found.measure, MARCH, f"  {WHY} ")
    again = judged(own)
    assert again.resets == (Reset("S01", MARCH, WHY, "A. Grey"),)
    assert MARCH not in limits.months_of(again)
    noted = [note.words for note in spec_of(again, {}).notes]
    assert noted == [f"limits reset, {WHY} (A. Grey)"]
    limits.withdraw(reader(own), found.measure, MARCH, "they moved back again")
    assert judged(own).resets == ()


def test_a_legal_duty_has_no_limits_to_set(own):
    assert limits.months_of(judged(own, "L11")) == []
    with pytest.raises(StoreError, match="L11 is a legal duty on 2026-03-01"):
        limits.set_afresh(reader(own), find_measure("L11"), MARCH, WHY)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.IG_LEAD}))
@pytest.mark.parametrize("deed", [limits.set_afresh, limits.withdraw])
def test_no_other_role_sets_or_withdraws_whatever_the_page_shows(own, role, deed):
    assert not limits.may_set_now(reader(own, role))
    with pytest.raises(NotAllowed, match=r"may not set limits afresh. Who may: IG"):
        deed(reader(own, role), find_measure("S01"), MARCH, WHY)
    assert judged(own).resets == ()


def test_a_past_day_is_not_written_to(own):
    past = reader(own, as_of=date(2026, 10, 1))
    assert not limits.may_set_now(past)
    with pytest.raises(StoreError, match="You look at 2026-10-01: a past day"):
        limits.set_afresh(past, find_measure("S01"), MARCH, WHY)


def test_a_long_reason_is_short_in_the_chart_and_whole_on_the_page(own):
    long = "two homes joined with registers of their own, " * 4
    limits.set_afresh(reader(own), find_measure("S05"), MARCH, long)
    (note,) = spec_of(judged(own, "S05"), {}).notes
    assert len(note.words) < 120
    assert note.words.endswith("… (A. Grey)")
    limits.withdraw(reader(own), find_measure("S05"), MARCH, "no longer needed here")


def draw(reader):
    from pages.frame import show
    from pages.measures import measure

    show(measure, reader)


def test_the_lead_sets_it_another_sees_it_and_the_lead_withdraws(own, monkeypatch):
    def judge_it_alone(cursor, as_of):
        one = find_measure("S01")
        return [judge_one(cursor, one, as_of, read_sources(cursor, [one], as_of))]

    monkeypatch.setattr("oversight.reader.judge_all", judge_it_alone)
    page = opened(own, Role.IG_LEAD)
    filled(page, "What has changed", "short")
    pressed(page, "Set them afresh")
    assert "only with a reason that says what changed" in said(page)
    filled(page, "What has changed", WHY)
    (since,) = [
        each for each in page.selectbox if each.label == "From the beginning of"
    ]
    since.set_value(MARCH)
    pressed(page, "Set them afresh")
    assert "The limits start afresh from Mar 2026." in said(page)
    assert WHY in said(page)

    seen = opened(own, Role.SENIOR_MANAGER)
    assert "Limits set afresh" in said(seen)
    assert f"{WHY}</td>" in said(seen)
    assert "A. Grey" in said(seen)
    assert not {"Set them afresh", "Withdraw it"} & {b.label for b in seen.button}
    assert {"Set them afresh", "Withdraw it"} <= {b.label for b in page.button}

    filled(page, "Why the older limits hold again", "they moved back again")
    pressed(page, "Withdraw it")
    assert "is withdrawn" in said(page)
    assert WHY not in said(page)


def opened(store, role):
    page = AppTest.from_function(
        draw, default_timeout=SECONDS, args=(reader(store, role),)
    )
    page.query_params["id"] = "S01"
    page.run()
    assert not page.exception
    return page


def filled(page, label, words):
    (field,) = [each for each in page.text_input if each.label.startswith(label)]
    field.set_value(words)


def pressed(page, label):
    (button,) = [each for each in page.button if each.label == label]
    button.click()
    page.run()
    assert not page.exception


def said(page):
    return "\n".join(each.value for each in page.markdown)
