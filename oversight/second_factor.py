"""Something one has beside something one knows: codes by time, and the way back in.

RFC 6238 by pyotp: six digits, thirty seconds, one step of drift either way, because a
phone's clock is seldom right to the second.
"""

import base64
import hashlib
import secrets
from datetime import UTC, datetime
from typing import Final

import pyotp
import segno

from oversight import journal, roles, settings
from oversight.people import Person, tell_changed
from oversight.store import Cursor, Store
from oversight.words import Role

ISSUER: Final = "Calsan IG Oversight"
STEP: Final = 30  # seconds
DRIFT: Final = 1  # steps
RECOVERY_CODES: Final = 10
RECOVERY_BYTES: Final = 10  # 80 random bits: a fast hash keeps them


def is_wanted(store: Store, person: Person) -> bool:
    """Whether this person must have one: who sees rows, or changes who does.

    A store that the demo command marked as made up asks for none, and says so: its
    sign-ins are printed where it was made. No page and no file can set that mark.
    """
    return roles.needs_second_factor(person.role) and not is_made_up(store)


def is_made_up(store: Store) -> bool:
    """Whether the demo command made this store."""
    with store.reading() as cursor:
        return settings.read(cursor, settings.MADE_UP) == "yes"


def secret_of(store: Store, name: str) -> str | None:
    """The secret shared with a person's phone; None when there is no second factor."""
    with store.reading() as cursor:
        row = cursor.execute(
            """
            select secret from second_factor where lower(person) = lower(?)
            order by number desc limit 1
            """,
            [name],
        ).fetchone()
    return row[0] if row else None


def new_secret() -> str:
    """160 random bits, as authenticator apps want them."""
    return pyotp.random_base32()


def picture(secret: str, name: str) -> str:
    """The secret as a QR code: SVG to stand in a page, black on its own white."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    drawn = segno.make(uri, error="m", micro=False)
    return str(drawn.svg_inline(scale=5, border=4, light="white", dark="black"))


def step_of(secret: str, typed: str, at: datetime | None = None) -> int | None:
    """The time step a code belongs to, within the drift allowed; None when it is wrong.

    Every step is compared, each in constant time. The caller must refuse a step that
    was used before.
    """
    now = int((at or datetime.now(UTC)).timestamp()) // STEP
    code = "".join(typed.split())
    totp = pyotp.TOTP(secret, interval=STEP)
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        wanted = totp.generate_otp(step)
        if secrets.compare_digest(wanted.encode(), code.encode("utf-8", "replace")):
            found = step
    return found


def set_up(store: Store, name: str, secret: str) -> list[str]:
    """Keep a second factor that its owner has just shown to work; recovery codes back.

    They are told once. Whoever set up another before has that one no longer.
    """
    codes = _new_codes()
    with store.writing() as writing:
        writing.cursor.execute(
            "insert into second_factor values (?, ?, ?)", [writing.number, name, secret]
        )
        _give(writing.cursor, writing.number, name, codes)
        journal.append(writing, name, "second factor set up", {"name": name})
    return codes


def renew_codes(store: Store, name: str) -> list[str]:
    """Ten new recovery codes; the earlier ones open nothing from here on."""
    codes = _new_codes()
    with store.writing() as writing:
        _give(writing.cursor, writing.number, name, codes)
        journal.append(writing, name, "recovery codes renewed", {"name": name})
    return codes


def take_away(store: Store, name: str, by: str) -> None:
    """Reset: the phone is lost. At the next sign-in another is set up."""
    with store.writing() as writing:
        writing.cursor.execute(
            "insert into second_factor values (?, ?, null)", [writing.number, name]
        )
        _give(writing.cursor, writing.number, name, [])
        journal.append(writing, by, "second factor reset", {"name": name})
    tell_changed(name)


def use_recovery_code(store: Store, name: str, typed: str) -> bool:
    """Whether it is a recovery code in force; if so it is used up by this."""
    hashed = _hashed(typed)
    with store.writing() as writing:
        if hashed not in _in_force(writing.cursor, name):
            # Every moment is told of: one that is not is taken for a journal cut.
            journal.append(writing, name, "recovery code refused", {"name": name})
            return False
        writing.cursor.execute(
            "insert into recovery_code values (?, ?, ?, true)",
            [writing.number, name, hashed],
        )
        left = len(_in_force(writing.cursor, name))
        about = {"name": name, "left": left}
        journal.append(writing, name, "recovery code used", about)
    return True


def codes_left(store: Store, name: str) -> int:
    """How many recovery codes a person still has."""
    with store.reading() as cursor:
        return len(_in_force(cursor, name))


def roles_that_need_one() -> list[Role]:
    """The roles for which no sign-in is whole without it."""
    return [role for role in Role if roles.needs_second_factor(role)]


def _in_force(cursor: Cursor, name: str) -> set[str]:
    found = cursor.execute(
        """
        select sha256, is_used from recovery_code
        where lower(person) = lower($name) and number >= (
            select max(number) from recovery_code
            where lower(person) = lower($name) and not is_used
        )
        """,
        {"name": name},
    ).fetchall()
    used = {sha256 for sha256, is_used in found if is_used}
    return {sha256 for sha256, _ in found if sha256 and sha256 not in used}


def _give(cursor: Cursor, number: int, name: str, codes: list[str]) -> None:
    # None given is said by one empty line: it puts an end to those before.
    for hashed in [_hashed(code) for code in codes] or [""]:
        cursor.execute(
            "insert into recovery_code values (?, ?, ?, false)", [number, name, hashed]
        )


def _new_codes() -> list[str]:
    return [
        _readable(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)
    ]


def _readable(code: bytes) -> str:
    letters = base64.b32encode(code).decode().lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _hashed(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return (
        hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest() if plain else "-"
    )
