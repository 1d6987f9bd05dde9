"""Writes docs/reference/licences.md: what the dashboard runs on, and its terms.

From what is installed for requirements.txt, by the packages' own word; `make fix` calls
it. It fetches nothing.
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
PAGE = ROOT / "docs" / "reference" / "licences.md"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)( ;)?", re.MULTILINE)
# Terms that would bind what is built on them are not wanted: the weak ones are named.
WEAK = ("LGPL", "MPL", "Mozilla")
REFUSED = re.compile(r"\b(AGPL|GPL|SSPL|BUSL|Commons Clause)\b|Affero")


def pinned() -> list[tuple[str, str]]:
    """Every package of the lock file that every machine installs, and its version."""
    text = LOCK.read_text(encoding="utf-8")
    return [(name, version) for name, version, only in PINNED.findall(text) if not only]


def licence_of(name: str) -> str:
    """What a package says of its own terms, in a few words; "" when it is not here."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    if expression := _said(said, "License-Expression"):
        return str(expression)
    named = [
        one.rpartition(":: ")[2]
        for one in said.get_all("Classifier") or []
        if one.startswith("License ::") and not one.endswith("OSI Approved")
    ]
    first = (_said(said, "License")).strip().splitlines()
    return ", ".join(named) or (first[0][:60] if first else "not said")


def _said(said: object, field: str) -> str:
    return str(getattr(said, "json", {}).get(field.lower().replace("-", "_"), ""))


def page() -> str:
    """The whole page."""
    rows = [(name, version, licence_of(name)) for name, version in pinned()]
    listed = "\n".join(f"| {n} | {v} | {terms} |" for n, v, terms in rows if terms)
    return (
        "<!-- Written by `make fix` from what is installed; a test keeps it true. -->\n"
        "# Licences of what the dashboard runs on\n\n"
        "Every one may be used, changed and passed on; none binds what is built on it,"
        " but for files of the package itself where MPL or LGPL is said.\n\n"
        "| package | version | its own word |\n|---|---|---|\n"
        f"{listed}\n"
    )


def main() -> None:
    """The page, written."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
