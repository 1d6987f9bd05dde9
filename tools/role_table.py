"""Writes docs/reference/roles.md from the code: who may do what, open which page."""

import importlib
from pathlib import Path

from oversight import roles
from oversight.second_factor import roles_that_need_one
from oversight.words import ROLE_WORDS, Role

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "roles.md"
HEAD = "| | " + " | ".join(ROLE_WORDS[role] for role in Role) + " |"
LINE = "|---|" + "---|" * len(Role)


def page() -> str:
    """The whole page."""
    frame = importlib.import_module("pages.frame")  # it draws nothing by that
    deeds = [name for name in vars(roles) if name.startswith("may_")]
    may = [
        _row(deed.removeprefix("may_").replace("_", " "), getattr(roles, deed))
        for deed in deeds
    ]
    opened = [
        _row(
            f"{module.TITLE} (`/{module.__name__.rpartition('.')[2]}`)", module.SEEN_BY
        )
        for module in frame.page_modules()
    ]
    scopes = {
        role: "every home" if role in roles.SEE_EVERY_HOME else "no home"
        for role in Role
    }
    scopes[Role.HOME_MANAGER] = "their own"
    homes = "| reads of | " + " | ".join(scopes[role] for role in Role) + " |"
    return "\n".join(
        [
            "<!-- Written by `make fix` from the code; a test keeps it true. -->",
            "# Roles",
            "",
            "What a role may do is asked three times: by the page, by the function that"
            " returns rows, and by the scope the store is read in.",
            "",
            HEAD,
            LINE,
            homes,
            _row("second step needed", roles_that_need_one()),
            *may,
            "",
            "## Pages",
            "",
            HEAD,
            LINE,
            *opened,
            "",
        ]
    )


def _row(name: str, allowed: object) -> str:
    said = [
        allowed(role) if callable(allowed) else role in allowed  # type: ignore[operator]
        for role in Role
    ]
    return f"| {name} | " + " | ".join("yes" if one else "–" for one in said) + " |"


def main() -> None:
    """The page, written."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
