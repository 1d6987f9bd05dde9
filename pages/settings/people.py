"""Who may sign in and as what, and what the company is called?"""

from collections.abc import Callable

import streamlit as st

from oversight.reader import Reader
from oversight.store import StoreError
from oversight.trust import accounts
from oversight.trust.accounts import Account
from oversight.verdicts import sentences
from oversight.words import ROLE_WORDS, Role
from pages.parts import look

TITLE = "Settings and people"
SECTION = "settings"
ORDER = 95
SEEN_BY = (Role.ADMINISTRATOR,)

HEADS = ["Name", "Role", "Homes", "May sign in", "Second step", "Signs in by"]
SAID, TOLD = "people_said", "people_told"  # what became of the last deed


def render(reader: Reader) -> None:
    """Everybody, a form for each deed, and the settings."""
    found = accounts.accounts(reader)
    enabled = sum(one.is_enabled for one in found)
    people = "person" if enabled == 1 else "people"
    look.answer(
        f"{sentences.number(enabled, start=True)} {people} may sign in."
        if found
        else "Nobody has an account yet."
    )
    _say_what_happened()
    if found:
        look.html(
            look.card(look.table(HEADS, [_row(one) for one in found], (), "ig-stack"))
        )
    homes = look.told_apart(accounts.homes(reader))
    left, right = st.columns(2, gap="medium")
    with left:
        _add(reader, homes)
        _settings(reader)
    with right:
        if found:
            _change(reader, found, homes)


def _row(one: Account) -> list[str]:
    return [
        f"<strong>{look.text(one.name)}</strong>",
        look.text(ROLE_WORDS[one.role]),
        look.text(", ".join(one.homes) or "–"),
        "yes" if one.is_enabled else "<strong>no</strong>",
        "set up" if one.has_second_factor else "not yet",
        "the company's provider" if one.is_from_provider else "passphrase",
    ]


def _add(reader: Reader, homes: dict[str, str]) -> None:
    with st.form("people_add", clear_on_submit=False):
        look.html("<h2>Add somebody</h2>")
        name = st.text_input("Name to sign in with", key="people_name", max_chars=100)
        role, own = _role_and_homes("people_add", homes)
        if st.form_submit_button("Add"):
            _do(
                lambda: _told(
                    f"{name.strip()} is added.", accounts.add(reader, name, role, own)
                )
            )


def _change(reader: Reader, found: list[Account], homes: dict[str, str]) -> None:
    names = [one.name for one in found]
    with st.container(border=True, key="people_change"):
        look.html("<h2>Change somebody</h2>")
        name = st.selectbox("Who", names, key="people_who")
        one = next((each for each in found if each.name == name), found[0])
        with st.form("people_role", border=False):
            role, own = _role_and_homes("people_role", homes, one.role)
            if st.form_submit_button("Give this role"):
                _do(
                    lambda: _told(
                        f"{one.name} is {ROLE_WORDS[role]} from now on.",
                        accounts.set_role(reader, one.name, role, own),
                    )
                )
        with st.container(horizontal=True):
            if st.button(
                "Let in no longer" if one.is_enabled else "Let in again",
                key="people_enable",
            ):
                again = (
                    "may sign in again" if not one.is_enabled else "is let in no longer"
                )
                _do(
                    lambda: _told(
                        f"{one.name} {again}.",
                        accounts.set_enabled(reader, one.name, not one.is_enabled),
                    )
                )
            if st.button("Make a new passphrase", key="people_passphrase"):
                _do(
                    lambda: _told(
                        f"{one.name} has another passphrase.",
                        accounts.new_passphrase(reader, one.name),
                    )
                )
            if st.button("Reset the second step", key="people_second"):
                _do(
                    lambda: _told(
                        f"{one.name} adds a phone at the next sign-in.",
                        accounts.reset_second_factor(reader, one.name),
                    )
                )
        look.html(
            '<p class="ig-small">Each is journalled with your name, and signs the'
            " person out everywhere.</p>"
        )


def _settings(reader: Reader) -> None:
    now = accounts.settings_now(reader)
    with st.form("people_settings"):
        look.html("<h2>What things are called</h2>")
        said = {
            name: st.text_input(
                name.capitalize(),
                value,
                key=f"setting_{name}",
                max_chars=accounts.LONGEST,
            )
            for name, value in now.items()
        }
        if st.form_submit_button("Keep"):
            _do(lambda: _kept(accounts.change_settings(reader, said)))


def _role_and_homes(
    key: str, homes: dict[str, str], role: Role = Role.HOME_MANAGER
) -> tuple[Role, list[str]]:
    chosen = st.selectbox(
        "Role",
        list(Role),
        index=list(Role).index(role),
        format_func=lambda each: ROLE_WORDS[each],
        key=f"{key}_role",
    )
    own = st.multiselect(
        "Homes (of a home manager)",
        list(homes),
        format_func=lambda ref: homes.get(ref, ref),
        key=f"{key}_homes",
    )
    return Role(chosen), own


def _told(sentence: str, passphrase: str | None) -> str:
    if passphrase:
        st.session_state[TOLD] = passphrase
    return sentence


def _kept(changed: list[str]) -> str:
    if not changed:
        return "Nothing was different."
    return f"Kept: {sentences.listed(changed)}."


def _do(deed: Callable[[], str]) -> None:
    """One deed, and the page again with what became of it."""
    try:
        st.session_state[SAID] = (deed(), "status")
    except (StoreError, ValueError) as refusal:
        st.session_state[SAID] = (str(refusal), "alert")
    st.rerun()


def _say_what_happened() -> None:
    sentence, role = st.session_state.pop(SAID, ("", ""))
    if not sentence:
        return
    kind = "ig-note ig-done" if role == "status" else "ig-fault"
    look.html(f'<p class="{kind}" role="{role}">{look.text(sentence)}</p>')
    if passphrase := st.session_state.pop(TOLD, None):
        look.html(
            "<p>Their passphrase, shown only now; they can change it under Account:"
            f" <code>{look.text(passphrase)}</code></p>"
        )
