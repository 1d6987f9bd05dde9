"""What is served to a stranger: the sign-in page, and Streamlit's own public bundle.

Every exception is one exact address, spelt out. Nothing is matched by its beginning,
its ending or a pattern, so no way of writing a path can widen the list.
"""

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import streamlit
from starlette.types import Scope

SIGN_IN: Final = "/sign-in"
SIGN_IN_STYLE: Final = "/sign-in.css"
SIGN_OUT: Final = "/sign-out"
SIGN_IN_CODE: Final = "/sign-in/code"  # the second step
SIGN_IN_PROVIDER: Final = "/sign-in/provider"  # by the company's own provider …
SIGN_IN_BACK: Final = "/sign-in/back"  # … and back from it
FIRST: Final = "/first"  # the first administrator; says nothing once there is one
ACCOUNT: Final = "/account"  # one's own passphrase; for those who are signed in

POSTED_BY_STRANGERS: Final = frozenset({SIGN_IN, SIGN_IN_CODE, FIRST})
SHOWN_TO_STRANGERS: Final = frozenset(
    {SIGN_IN, SIGN_IN_STYLE, SIGN_IN_CODE, SIGN_IN_PROVIDER, SIGN_IN_BACK, FIRST}
)

# Scripts, styles, fonts and pictures: no data and no configuration. Not index.html and
# not manifest.json, which nobody needs before signing in.
BUNDLE_ENDINGS: Final = frozenset({".js", ".css", ".woff2", ".png", ".gif", ".svg"})

# What the first page draws with, beyond what Streamlit's index.html names itself: how
# the names of its files begin. A test says so when Streamlit renames one.
DRAWN_FIRST: Final = (
    "PlotlyChart",
    "Selectbox",
    "DateInput",
    "Button",
    "ButtonGroup",
    "PageLink",
    "LinkButton",
    "Html",
    "rehype-raw",
    "Table",
    "DataFrame",
    "DownloadButton",
    "MaterialSymbols-Rounded",
    "SourceCodeVF-Upright",
)

_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/-]+")
_NAMED_IN_INDEX = re.compile(r'(?:src|href)="\./(static/[^"]+)"')
_IMPORTED_BY_SCRIPT = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')


@functools.cache
def bundle_folder() -> Path:
    """The folder of the installed Streamlit's front end."""
    return Path(streamlit.__file__).parent / "static"


@functools.cache
def bundle_paths() -> frozenset[str]:
    """The address of every file of the bundle."""
    folder = bundle_folder()
    paths = (
        f"/{file.relative_to(folder).as_posix()}"
        for file in folder.rglob("*")
        if file.is_file() and file.suffix in BUNDLE_ENDINGS
    )
    return frozenset(path for path in paths if _PLAIN_PATH.fullmatch(path))


def is_bundle(scope: Scope) -> bool:
    """Whether an HTTP request is for a file of Streamlit's public bundle."""
    return _asks_exactly_for(scope, bundle_paths())


def is_public(scope: Scope) -> bool:
    """Whether an HTTP request is for one of the few things a stranger may have."""
    if scope["method"] == "POST":
        return _asks_exactly_for(scope, POSTED_BY_STRANGERS)
    if scope["method"] == "GET":
        return _asks_exactly_for(scope, SHOWN_TO_STRANGERS) or is_bundle(scope)
    return False


def _asks_exactly_for(scope: Scope, paths: Iterable[str]) -> bool:
    # The path as it came over the wire, before anything was decoded or tidied, and the
    # path the app will act on: both, so that they cannot be made to mean two things.
    path = scope["path"]
    raw = scope.get("raw_path")
    return path in paths and raw == path.encode("ascii") and not scope.get("root_path")


@functools.cache
def prefetched_paths() -> tuple[str, ...]:
    """What the browser fetches while the passphrase is typed, in the order of need."""
    index = (bundle_folder() / "index.html").read_text(encoding="utf-8")
    wanted = [f"/{path}" for path in _NAMED_IN_INDEX.findall(index)]
    for stem in DRAWN_FIRST:
        wanted += sorted(path for path in bundle_paths() if f"/{stem}." in path)
    return tuple(dict.fromkeys(_with_imports(wanted)))


def _with_imports(paths: list[str]) -> list[str]:
    queue, found = list(paths), dict.fromkeys(paths)
    while queue:
        path = queue.pop(0)
        if not path.endswith(".js"):
            continue
        script = (bundle_folder() / path.lstrip("/")).read_text(encoding="utf-8")
        for name in _IMPORTED_BY_SCRIPT.findall(script):
            imported = f"/static/js/{name}"
            if imported in bundle_paths() and imported not in found:
                found[imported] = None
                queue.append(imported)
    return list(found)
