"""What the pages around signing in say: the code, the phone, the first, one's own."""

from collections.abc import Sequence
from html import escape
from typing import Final

from oversight.gate.public import ACCOUNT, FIRST, SIGN_IN, SIGN_IN_CODE
from oversight.gate.sign_in_page import alert, link_to, page
from oversight.passphrases import MIN_LENGTH

ADVICE: Final = (
    f"At least {MIN_LENGTH} characters. Three or four random words do well; capitals,"
    " digits and signs are welcome and not asked for."
)


def code_page(token: str, problem: str = "") -> str:
    """Asks for the six digits on the phone, or for a recovery code."""
    body = f"""
<h1>The code on your phone</h1>
{alert(problem)}
{_form(SIGN_IN_CODE, token, _code_field(problem), "Sign in")}
<p class="note">The phone is not to hand? A recovery code does as well, once. Neither
is? An administrator can reset the second step.</p>
{link_to(SIGN_IN, "Start again")}
"""
    return page(_title("The code on your phone", problem), body)


def set_up_page(token: str, picture: str, secret: str, problem: str = "") -> str:
    """Shows the secret as a picture and in letters, and asks for its first code."""
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    body = f"""
<h1>Add your phone</h1>
{alert(problem)}
<p>Beside the passphrase, a code on your phone shows that it is you. Scan this with an
authenticator app, then type the six digits that it shows.</p>
<div class="qr" role="img" aria-label="The picture for the authenticator app">
{picture}</div>
<p>No camera? Type this into the app: <span class="code">{grouped}</span></p>
{_form(SIGN_IN_CODE, token, _code_field(problem), "Add this phone")}
"""
    return page(_title("Add your phone", problem), body)


def codes_page(codes: Sequence[str], wanted: str) -> str:
    """The recovery codes, told this once."""
    listed = "".join(f"<li>{escape(code)}</li>" for code in codes)
    body = f"""
<h1>Keep these recovery codes</h1>
<p>Each lets you in once without the phone. Print them or write them down and lock them
away: they are not shown again, and earlier ones no longer work.</p>
<ul class="codes">{listed}</ul>
{link_to(wanted, "I have kept them: go on")}
"""
    return page("Recovery codes", body)


def first_page(token: str, problem: str = "", name: str = "") -> str:
    """The first administrator's form."""
    about = _about(problem)
    fields = f"""
<label for="code">The code that the server printed</label>
<input id="code" name="code" autocomplete="off" autocapitalize="none"
 spellcheck="false" maxlength="100" required{about}>
<label for="name">Name</label>
<input id="name" name="name" value="{escape(name)}" autocomplete="username"
 autocapitalize="none" spellcheck="false" maxlength="100" required>
{_new_fields()}"""
    body = f"""
<h1>The first administrator</h1>
{alert(problem)}
<p>Nobody may sign in yet. Whoever starts the server sees a code; with it the first
administrator is made, who then adds everybody else.</p>
{_form(FIRST, token, fields, "Make this administrator")}
"""
    return page(_title("The first administrator", problem), body)


def account_page(
    token: str,
    person: str,
    codes_left: int | None,
    problem: str = "",
    may_add: bool = False,
) -> str:
    """One's own account. codes_left: None when there is no second factor."""
    about = _about(problem)
    current = (
        '<label for="{id}">Your passphrase now</label><input id="{id}" name="current"'
        ' type="password" autocomplete="current-password" maxlength="1024" required'
        f"{about}>"
    )
    change = f"{current.format(id='current')}{_new_fields()}"
    second = ""
    if codes_left is not None:
        kept = f"You have {codes_left} recovery code{'s' * (codes_left != 1)} left."
        fields = current.format(id="current-codes")
        second = (
            f"<h2>Your second step</h2><p>{kept}</p>"
            f"{_form(ACCOUNT, token, fields, 'Make new recovery codes', 'codes')}"
        )
    elif may_add:
        fields = current.format(id="current-add")
        second = (
            "<h2>Your second step</h2><p>A code on your phone beside the passphrase:"
            " your role does not ask for it, and it is worth having.</p>"
            f"{_form(ACCOUNT, token, fields, 'Add my phone', 'add')}"
        )
    body = f"""
<h1>Your account</h1>
{alert(problem)}
<p>You are signed in as {escape(person)}.</p>
<h2>Another passphrase</h2>
<p>It signs you out everywhere, here too.</p>
{_form(ACCOUNT, token, change, "Change it", "passphrase")}
{second}
{link_to("/", "Back to the dashboard")}
"""
    return page(_title("Your account", problem), body)


def said_page(title: str, sentence: str, path: str, label: str) -> str:
    """One thing that happened, and where to go on."""
    body = f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p>{link_to(path, label)}"
    return page(title, body)


def _form(action: str, token: str, fields: str, label: str, deed: str = "") -> str:
    hidden = f'<input type="hidden" name="deed" value="{deed}">' if deed else ""
    return f"""<form method="post" action="{action}">
<input type="hidden" name="token" value="{escape(token)}">{hidden}
{fields}
<button type="submit">{label}</button>
</form>"""


def _code_field(problem: str) -> str:
    return f"""<label for="code">Code</label>
<input id="code" name="code" inputmode="text" autocomplete="one-time-code"
 autocapitalize="none" spellcheck="false" maxlength="40" required{_about(problem)}>"""


def _new_fields() -> str:
    return f"""<label for="new">The new passphrase</label>
<input id="new" name="new" type="password" autocomplete="new-password" maxlength="1024"
 aria-describedby="advice" required>
<p id="advice" class="note">{ADVICE}</p>
<label for="again">The new passphrase again</label>
<input id="again" name="again" type="password" autocomplete="new-password"
 maxlength="1024" required>"""


def _about(problem: str) -> str:
    return ' aria-describedby="problem" aria-invalid="true"' if problem else ""


def _title(title: str, problem: str) -> str:
    return f"{'Problem: ' if problem else ''}{title}"
