"""Views that people keep: of a page, as it was asked; for themselves or for a role.

Each is an entry of the journal, as whatever is stated here: the newest of a name stands
and what is taken away no longer does. A view holds words of an address and no answer:
who opens it sees what their own role may.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from oversight import journal, roles
from oversight.explore.question import CannotAsk, Question, read
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.words import ROLE_WORDS, Role

SAVED: Final = "view saved"
TAKEN_AWAY: Final = "view taken away"
EXPLORE: Final = "explore"  # the page that a question is asked on
LONGEST: Final = 80  # characters of a name
MOST: Final = 200  # views that one person keeps, or that are kept for a role


@dataclass(frozen=True)
class View:
    """A page as somebody asked it, under a name; role: for whom, None: themselves."""

    name: str
    page: str
    asked: dict[str, str]
    person: str
    role: Role | None

    @property
    def key(self) -> tuple[str, str]:
        """What a view of the same name takes the place of."""
        return (self.role or f"person {self.person}", self.name.casefold())


def views(reader: Reader) -> list[View]:
    """One's own and those for one's role, by name; who may share sees every role's."""
    sees_all = roles.may_share_views(reader.person.role)
    return sorted(
        (
            view
            for view in _standing(reader).values()
            if (view.role is None and view.person == reader.person.name)
            or (view.role is not None and (sees_all or view.role is reader.person.role))
        ),
        key=lambda view: (view.role is not None, view.name.casefold()),
    )


def save(
    reader: Reader, name: str, asked: dict[str, str], role: Role | None = None
) -> View:
    """A view of Explore under a name, for oneself or, by who may, for a role."""
    roles.check_may_explore(reader.person.role)
    if role is not None:
        roles.check_may_share_views(reader.person.role)
    read(asked)  # a view that cannot be asked is no view
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST:
        raise CannotAsk(f"A view wants a name of 1 to {LONGEST} characters.")
    view = View(plain, EXPLORE, dict(asked), reader.person.name, role)
    mine = [one for one in views(reader) if one.key[0] == view.key[0]]
    if len(mine) >= MOST and view.key not in {one.key for one in mine}:
        raise CannotAsk(f"At most {MOST} views are kept; take one away first.")
    _tell(reader, SAVED, view)
    return view


def take_away(reader: Reader, view: View) -> None:
    """The view no longer stands: one's own, or a role's by who may share them."""
    if view.role is not None:
        roles.check_may_share_views(reader.person.role)
    if view not in views(reader):
        raise CannotAsk(f"There is no view called {view.name!r} to take away.")
    _tell(reader, TAKEN_AWAY, view)


def check_is_saved_for(reader: Reader, question: Question) -> None:
    """NotAllowed unless a question stands saved for the reader's role."""
    if not any(_is(view, question) for view in views(reader) if view.role):
        raise NotAllowed(
            f"Your role ({ROLE_WORDS[reader.person.role]}) opens questions that were"
            " saved for it, and asks none of its own."
        )


def _is(view: View, question: Question) -> bool:
    try:
        return view.page == EXPLORE and read(view.asked) == question
    except CannotAsk:  # a column that has gone since
        return False


def _tell(reader: Reader, what: str, view: View) -> None:
    about: dict[str, Any] = {
        "name": view.name,
        "page": view.page,
        "asked": view.asked,
        "role": view.role or "",
    }
    with reader.store.writing() as writing:
        journal.append(writing, reader.person.name, what, about)


def _standing(reader: Reader) -> dict[tuple[str, str], View]:
    with reader.store.reading() as cursor:
        found = cursor.execute(
            "select person, what, about from journal where what in (?, ?)"
            " order by number",
            [SAVED, TAKEN_AWAY],
        ).fetchall()
    standing: dict[tuple[str, str], View] = {}
    for person, what, said in found:
        about = json.loads(said)
        role = Role(about["role"]) if about["role"] else None
        view = View(about["name"], about["page"], about["asked"], person, role)
        standing.pop(view.key, None)
        if what == SAVED:
            standing[view.key] = view
    return standing
