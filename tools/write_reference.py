"""Writes docs/reference from the definitions; `make fix` calls it, a test checks it."""

from pathlib import Path

from oversight import catalogue

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
PAGES = {"measures.md": catalogue.measures_page, "kinds.md": catalogue.kinds_page}


def main() -> None:
    """Both pages, whole."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
