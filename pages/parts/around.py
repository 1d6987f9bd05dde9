"""What stands around a page: whose it is, how far it goes, and why there is none."""

from datetime import date

from oversight.reader import Reader
from pages.parts.look import day, html, text


def freshness(
    asked: Reader, about: str, today: date, known_on: date | None = None
) -> None:
    """Which day and which homes this is about, and whose data it is.

    known_on: the day whose knowledge it rests on, where that is not now.
    """
    past = (
        f'<strong class="ig-past">As at {text(day(asked.as_of))}</strong>'
        if asked.as_of != today
        else f"As at <strong>{text(day(asked.as_of))}</strong>"
    )
    if known_on is not None:
        past += f' <strong class="ig-past">Known at {text(day(known_on))}</strong>'
    company, is_made_up = asked.company()
    mark = ' <span class="ig-made-up">made-up data</span>' if is_made_up else ""
    html(f'<p class="ig-fresh">{past} · {text(about)} · {text(company)}{mark}</p>')


def account(name: str, role: str) -> None:
    """Who is signed in, and the way out."""
    html(
        f'<p class="ig-fresh ig-account">{text(name)}, {text(role)} ·'
        ' <a href="/account" target="_self">Account</a> ·'
        ' <a href="/sign-out" target="_self">Sign out</a></p>'
    )


def note(sentence: str) -> None:
    """Something to know before reading on."""
    html(f'<p class="ig-note" role="status">{text(sentence)}</p>')


def say_signed_out() -> None:
    html('<h1 class="ig-answer">You are signed out.</h1>')
    html('<p><a href="/sign-in" target="_self">Sign in</a></p>')


def say_no(reason: str) -> None:
    html(f'<h1 class="ig-answer">Not for this role.</h1><p>{text(reason)}</p>')


def say_nothing_to_open(role: str) -> None:
    html(
        '<h1 class="ig-answer">There is no page for your role yet.</h1>'
        f"<p>You are signed in as {text(role)}. Ask an administrator for another role."
        '</p><p><a href="/sign-out" target="_self">Sign out</a></p>'
    )
