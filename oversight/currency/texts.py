"""A policy as people keep it (plain text, Word or PDF) -> its lines."""

import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from oversight.currency.word_numbers import Numbering
from oversight.store import ROOT

FOLDER: Final = ROOT / "data" / "policies"
LARGEST: Final = 20_000_000  # bytes of a file, and ten times that once unpacked
NOT_POLICIES: Final = {"readme.md"}  # the how-to that lies in the folder


class TextRefused(Exception):
    """A policy cannot be read; the sentence is shown to people as it stands."""


def policy_folder() -> Path:
    """Where the policies' texts are put: OVERSIGHT_POLICIES, else data/policies."""
    said = os.environ.get("OVERSIGHT_POLICIES")
    return Path(said).expanduser() if said else FOLDER


def policy_files() -> list[Path]:
    """The texts in the folder, by name; hidden files and the how-to left out."""
    folder = policy_folder()
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.name.lower() not in NOT_POLICIES
    )


def lines_of(path: Path) -> list[str]:
    """The lines of a text, in reading order; TextRefused says why there are none."""
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise TextRefused(
            f"{path.name}: wanted plain text (.txt, .md), Word (.docx) or PDF (.pdf);"
            f" got {path.suffix or 'a name without an ending'}. Save it as one."
        )
    if path.stat().st_size > LARGEST:
        raise TextRefused(
            f"{path.name}: wanted at most {LARGEST // 1_000_000} MB, as a text has;"
            f" got {path.stat().st_size / 1e6:.0f} MB."
        )
    lines = read(path)
    if not any(line.strip() for line in lines):
        raise TextRefused(
            f"{path.name}: there is no text in it; a scan is pictures of words. Put the"
            " text itself into the folder."
        )
    return lines


def _plain(path: Path) -> list[str]:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").splitlines()
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").splitlines()


def _word(path: Path) -> list[str]:
    import docx  # read only where a policy is, not by every command

    _check_unpacks(path)
    try:
        document = docx.Document(str(path))
    except Exception as fault:  # it is damaged in one of many ways
        raise TextRefused(
            f"{path.name} is not a Word file that can be read."
        ) from fault
    numbering = Numbering(document)
    lines = list(_word_lines(document, numbering))
    for section in document.sections:
        for part in (section.header, section.footer):
            lines += ["", *(line for line in _word_lines(part, numbering))]
    return lines


def _word_lines(part: Any, numbering: Numbering) -> Iterator[str]:
    """Paragraphs whole, however Word cut them into runs; a blank line after each."""
    for item in part.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                # A merged cell is given once for each cell that it covers.
                for cell in {id(cell._tc): cell for cell in row.cells}.values():
                    yield from _word_lines(cell, numbering)
        else:
            yield f"{numbering.before(item)}{item.text}"
            yield ""


def _check_unpacks(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, OSError) as fault:
        raise TextRefused(
            f"{path.name} is not a Word file that can be read."
        ) from fault
    if size > 10 * LARGEST:
        raise TextRefused(
            f"{path.name}: wanted at most {LARGEST // 100_000} MB unpacked; got"
            f" {size / 1e6:.0f} MB."
        )


def _pdf(path: Path) -> list[str]:
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise TextRefused(
                f"{path.name} is locked with a password. Put an open copy into the"
                " folder."
            )
        pages = [page.extract_text() for page in reader.pages]
    except TextRefused:
        raise
    except Exception as fault:  # it is damaged in one of many ways
        raise TextRefused(f"{path.name} is not a PDF that can be read.") from fault
    return [line for page in pages for line in page.splitlines()]


READERS: Final[dict[str, Callable[[Path], list[str]]]] = {
    ".txt": _plain,
    ".md": _plain,
    ".docx": _word,
    ".pdf": _pdf,
}
