"""Who is signed in, and when does it end?"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from oversight.sessions import ABSOLUTE_LIMIT, IDLE_LIMIT, Sessions, key_of

SECOND = timedelta(seconds=1)
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that moves only when told to."""

    time: datetime = field(default=NINE)

    def __call__(self) -> datetime:
        return self.time

    def move(self, by: timedelta) -> None:
        self.time += by


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(clock):
    return Sessions(now=clock)


def test_a_session_is_its_holders_and_nobody_elses(sessions):
    ann, ben = sessions.start("ann"), sessions.start("ben")
    assert (sessions.of(ann).person, sessions.of(ben).person) == ("ann", "ben")
    assert sessions.of(ann).signed_in_at == NINE


@pytest.mark.parametrize("forged", [None, "", "ann", "0" * 43, "é", "\udcff"])
def test_an_id_that_was_never_given_opens_nothing(sessions, forged):
    sessions.start("ann")
    assert sessions.of(forged) is None


def test_the_key_of_a_session_does_not_open_it(sessions):
    key = sessions.of(sessions.start("ann")).key
    assert sessions.of(key) is None


def test_the_table_does_not_hold_the_id_itself(sessions):
    session_id = sessions.start("ann")
    assert session_id not in repr(vars(sessions))
    assert key_of(session_id) in repr(vars(sessions))


@pytest.mark.parametrize(
    ("idle_for", "is_live"),
    [(IDLE_LIMIT - SECOND, True), (IDLE_LIMIT, False), (IDLE_LIMIT + SECOND, False)],
)
def test_it_ends_when_nothing_is_heard_for_the_idle_limit(
    sessions, clock, idle_for, is_live
):
    session_id = sessions.start("ann")
    clock.move(idle_for)
    assert bool(sessions.of(session_id)) is is_live


def test_being_used_starts_the_idle_clock_again(sessions, clock):
    session_id = sessions.start("ann")
    for _ in range(3):
        clock.move(IDLE_LIMIT - SECOND)
        assert sessions.of(session_id)


def test_being_looked_at_does_not_start_the_idle_clock_again(sessions, clock):
    session_id = sessions.start("ann")
    clock.move(IDLE_LIMIT - SECOND)
    assert sessions.glance(key_of(session_id))
    clock.move(SECOND)
    assert sessions.glance(key_of(session_id)) is None


@pytest.mark.parametrize(("short_of", "is_live"), [(SECOND, True), (0 * SECOND, False)])
def test_it_ends_after_the_absolute_limit_however_busy(
    sessions, clock, short_of, is_live
):
    session_id = sessions.start("ann")
    while clock.time + IDLE_LIMIT / 2 < NINE + ABSOLUTE_LIMIT:
        clock.move(IDLE_LIMIT / 2)
        assert sessions.of(session_id)
    clock.time = NINE + ABSOLUTE_LIMIT - short_of
    assert bool(sessions.of(session_id)) is is_live


def test_one_that_has_ended_does_not_come_back_when_the_clock_is_set_back(
    sessions, clock
):
    session_id = sessions.start("ann")
    clock.move(IDLE_LIMIT)
    assert sessions.of(session_id) is None
    clock.time = NINE
    assert sessions.of(session_id) is None


def test_signing_out_ends_that_session_and_no_other(sessions):
    desk, phone = sessions.start("ann"), sessions.start("ann")
    sessions.end(key_of(desk))
    sessions.end(key_of(desk))  # twice is once
    assert sessions.of(desk) is None
    assert sessions.of(phone)


def test_a_person_can_be_signed_out_everywhere_at_once(sessions):
    desk, phone, ben = (sessions.start(who) for who in ("ann", "ann", "ben"))
    assert sessions.end_all_of("ann") == 2
    assert (sessions.of(desk), sessions.of(phone)) == (None, None)
    assert sessions.of(ben)


def test_ended_sessions_are_forgotten_and_not_hoarded(sessions, clock):
    for _ in range(100):
        sessions.start("ann")
    clock.move(IDLE_LIMIT)
    sessions.start("ben")
    assert len(sessions._by_key) == 1
