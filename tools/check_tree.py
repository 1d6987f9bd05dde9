"""Does a file name a path of one machine, or where packages are had from?"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Dotted folders that are ours. Every other one is a tool's, as are these names; what
# users bring is not ours to read.
OURS = {".ci", ".github", ".streamlit"}
NOT_OURS = {"__pycache__", "node_modules", "data/inbox", "data/policies", "data/store"}

# Bytes, because a path can hide in a picture or a spreadsheet as well as in text.
SIGNS = {
    "a path of one machine": re.compile(
        rb"(?<![\w.$~}-])(/(work|root|tmp)/|/(home|Users)/\w+/|[A-Z]:\\Users\\)"
    ),
}
# Where packages are named no address may stand: the machine says whose they are.
PACKAGING = ("requirements", "Makefile", "pyproject.toml", "tools/", ".ci/")
ADDRESS = {
    "an address": re.compile(rb"\w+://(?!127[.]0[.]0[.]1)[\w.]+|--(extra-)?index")
}


def is_ours(folder: Path) -> bool:
    """Whether a folder holds what we wrote, by its name or its place in the tree."""
    if folder.name in NOT_OURS or folder.relative_to(ROOT).as_posix() in NOT_OURS:
        return False
    return folder.name in OURS or not folder.name.startswith(".")


def files(folder: Path) -> Iterator[Path]:
    """Every file of the tree that is ours, sorted."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.is_dir() and is_ours(path):
            yield from files(path)


def findings(path: Path) -> Iterator[str]:
    """One sentence for each line of a file that names what it should not."""
    name = path.relative_to(ROOT).as_posix()
    signs = SIGNS | (ADDRESS if name.startswith(PACKAGING) else {})
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        for what, sign in signs.items():
            if found := sign.search(line):
                shown = found[0].decode(errors="replace")
                yield f"{name}:{number} names {what}: {shown}"


def main() -> int:
    """Prints what was found; 1 when there was anything."""
    found = [sentence for path in files(ROOT) for sentence in findings(path)]
    print("\n".join(found) or "The tree names no machine's path and no registry.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
