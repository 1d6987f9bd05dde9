"""What the sign-in and sign-out pages say and look like. No script in either."""

import functools
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from oversight.gate.public import (
    SIGN_IN,
    SIGN_IN_PROVIDER,
    SIGN_IN_STYLE,
    SIGN_OUT,
    prefetched_paths,
)

TOKENS: Final = (
    Path(__file__).resolve().parents[2] / "data" / "reference" / "tokens.json"
)
PRODUCT: Final = "Calsan IG Oversight"

# What a link says of a file, so that the browser's copy is the one Streamlit asks for.
KINDS: Final = {".js": "script", ".css": "style", ".woff2": "font"}

STYLE: Final = """
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 1.125rem/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 12vh auto 2rem; padding: 2rem;
  background: var(--card); border: 1px solid var(--border); border-radius: 8px; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 1rem; color: var(--ink2); }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; padding: .625rem .75rem; font: inherit; color: inherit;
  background: var(--page); border: 1px solid var(--border_strong); border-radius: 4px; }
button { margin-top: 1.5rem; padding: .625rem 1.25rem; font: inherit; font-weight: 600;
  color: var(--on_fill); background: var(--link); border: 0; border-radius: 4px;
  cursor: pointer; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.problem { padding: .75rem 1rem; color: var(--ink); background: var(--bad_tint);
  border-left: 4px solid var(--bad); }
.note, .other { margin: 1.5rem 0 0; }
.codes { columns: 2; padding: 0; list-style: none; color: var(--ink);
  font-family: ui-monospace, monospace; font-size: 1rem; }
.code { overflow-wrap: anywhere; color: var(--ink);
  font-family: ui-monospace, monospace; font-size: 1rem; }
.qr { text-align: center; }
.qr svg { max-width: 100%; height: auto; border-radius: 4px; }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem; }
@media (max-width: 30rem) { main { margin: 0; min-height: 100vh; border: 0;
  border-radius: 0; padding: 1.5rem 1rem; } .codes { columns: 1; } }
@media (forced-colors: active) { button { border: 1px solid; } }
"""


@functools.cache
def style() -> str:
    """The style sheet, its colours from the one table of tokens, for light and dark."""
    tokens = json.loads(TOKENS.read_text(encoding="utf-8"))
    light, dark = (_variables(tokens[theme]) for theme in ("light", "dark"))
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n{STYLE}"
    )


@dataclass(frozen=True)
class Beside:
    """What the sign-in page says beside the form: another way in, whose data it is."""

    provider: str = ""  # the name of the company's own, when there is one
    note: str = ""


ALONE: Final = Beside()


def sign_in_page(
    token: str,
    wanted: str,
    name: str = "",
    problem: str = "",
    beside: Beside = ALONE,
) -> str:
    """The form.

    wanted: the local address to go to afterwards. problem: what went wrong, if it did.
    """
    about = ' aria-describedby="problem" aria-invalid="true"' if problem else ""
    welcome = "<p>Sign in to see how information governance is doing.</p>"
    another = f"{SIGN_IN_PROVIDER}?{urlencode({'next': wanted})}"
    body = f"""
<h1>{PRODUCT}</h1>
{alert(problem) or welcome}
<form method="post" action="{SIGN_IN}">
<input type="hidden" name="token" value="{escape(token)}">
<input type="hidden" name="next" value="{escape(wanted)}">
<label for="name">Name</label>
<input id="name" name="name" value="{escape(name)}" autocomplete="username"
 autocapitalize="none" spellcheck="false" maxlength="200" required{about}>
<label for="passphrase">Passphrase</label>
<input id="passphrase" name="passphrase" type="password" autocomplete="current-password"
 maxlength="1024" required{about}>
<button type="submit">Sign in</button>
</form>
{link_to(another, f"Sign in with {beside.provider}") if beside.provider else ""}
{f'<p class="note">{escape(beside.note)}</p>' if beside.note else ""}
"""
    return page(f"{'Problem: ' if problem else ''}Sign in", body, _prefetches())


def sign_out_page(token: str, person: str) -> str:
    """Asked for by a link, done by a button: a link by itself signs nobody out."""
    body = f"""
<h1>Sign out</h1>
<p>You are signed in as {escape(person)}.</p>
{sign_out_form(token)}
<p><a href="/">Back to the dashboard</a></p>
"""
    return page("Sign out", body)


def sign_out_form(token: str) -> str:
    """The one button that signs out."""
    return f"""<form method="post" action="{SIGN_OUT}">
<input type="hidden" name="token" value="{escape(token)}">
<button type="submit">Sign out</button>
</form>"""


def alert(problem: str) -> str:
    """What went wrong, where a screen reader says it first; or nothing."""
    if not problem:
        return ""
    return f'<p class="problem" id="problem" role="alert">{escape(problem)}</p>'


def link_to(path: str, label: str) -> str:
    """A link on a line of its own."""
    return f'<p class="other"><a href="{escape(path)}">{escape(label)}</a></p>'


def in_words(wait: timedelta) -> str:
    """A wait, rounded up: "40 seconds", "15 minutes"."""
    seconds = math.ceil(wait.total_seconds())
    if seconds <= 90:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{math.ceil(seconds / 60)} minutes"


def page(title: str, body: str, links: Iterable[str] = ()) -> str:
    """A whole page of the gate's: a card, our style sheet, no script."""
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - {PRODUCT}</title>
<link rel="stylesheet" href="{SIGN_IN_STYLE}">
<link rel="icon" href="/favicon.png">
{"".join(links)}</head>
<body><main>{body}</main></body>
</html>
"""


@functools.cache
def _prefetches() -> tuple[str, ...]:
    return tuple(
        f'<link rel="prefetch" as="{kind}" href="{path}" crossorigin>\n'
        for path in prefetched_paths()
        if (kind := KINDS.get(Path(path).suffix))
    )


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
