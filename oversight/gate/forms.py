"""What comes in on a form, what goes out with one, and where to go afterwards."""

import secrets
from collections import defaultdict
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from oversight.gate import cookies
from oversight.gate.public import SHOWN_TO_STRANGERS, SIGN_OUT
from oversight.gate.sign_in_page import ALONE, Beside, sign_in_page

BODY_LIMIT: Final = 16_384  # bytes: four fields, the longest passphrase percent-encoded
FIELD_LIMIT: Final = 10
NEXT_LIMIT: Final = 2_000  # characters of an address
NO_PLACE_TO_GO: Final = SHOWN_TO_STRANGERS | {SIGN_OUT}
NEVER_IN_AN_ADDRESS: Final = frozenset("\\ <>\"'")


async def fields_of(request: Request) -> defaultdict[str, str]:
    """The fields of a posted form; one that was not sent is the empty string."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELD_LIMIT
        )
    except ValueError:
        pairs = []
    return defaultdict(str, pairs)


def form(
    request: Request,
    wanted: str,
    name: str = "",
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    beside: Beside = ALONE,
) -> Response:
    """The sign-in form, its token bound to a cookie that this browser holds."""
    return with_token(
        request,
        lambda token: sign_in_page(token, wanted, name, problem, beside),
        status,
    )


def with_token(
    request: Request,
    page: Callable[[str], str],
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """A page with a form, made with the token that only this browser can send back."""
    cookie = cookies.named(cookies.FORM, request)
    held = request.cookies.get(cookie) or secrets.token_urlsafe(32)
    response = HTMLResponse(page(cookies.token_for(held)), status_code=status)
    cookies.put(response, request, cookies.FORM, held)
    return response


def is_our_form(request: Request, token: str) -> bool:
    """Whether a posted sign-in form is one that we gave to this very browser."""
    held = request.cookies.get(cookies.named(cookies.FORM, request))
    return (
        held is not None
        and cookies.is_token_for(held, token)
        and cookies.is_same_origin(request)
    )


def go(path: str) -> Response:
    """To another address of ours, by GET."""
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


def came_from(request: Request) -> str:
    """The page of ours that led here, with its filters; "" when it was none of ours.

    A tab whose session has ended is sent here by script and brings only this.
    """
    referer = request.headers.get("referer", "")
    if not cookies.is_ours(referer, request):
        return ""
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def local_path(wanted: str) -> str:
    """An address of ours, its filters kept; "/" for anything that is not one."""
    is_ours = (
        wanted.startswith("/")
        and not wanted.startswith("//")
        and wanted.isascii()
        and wanted.isprintable()
        and not NEVER_IN_AN_ADDRESS & set(wanted)
        and len(wanted) <= NEXT_LIMIT
        and wanted.partition("?")[0] not in NO_PLACE_TO_GO
    )
    return wanted if is_ours else "/"
