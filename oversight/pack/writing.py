"""The papers of one review, written into a folder."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oversight.pack.hiding import Audience
from oversight.pack.minutes import minutes
from oversight.pack.paper import SEAL_LETTERS, Paper, paper_of
from oversight.pack.pdf import pdf, pictures
from oversight.pack.slides import slides
from oversight.pack.workbook import workbook
from oversight.review import freeze
from oversight.review.record import Review
from oversight.store import Store, StoreError

MAKERS: Final[dict[str, Callable[[Paper], bytes]]] = {
    "pdf": pdf,
    "pptx": slides,
    "docx": lambda paper: minutes(paper, pictures(paper)),
    "xlsx": workbook,
}
FORMATS: Final = tuple(MAKERS)


@dataclass(frozen=True)
class Written:
    """One paper as it was written."""

    format: str
    file: str
    bytes: int
    sha256: str


def paper(store: Store, review: Review, audience: Audience) -> Paper:
    """What the papers of a frozen review say to an audience."""
    return paper_of(review, freeze.document_of(store, review), audience)


def write(
    store: Store,
    review: Review,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    audience: Audience = Audience.OUTSIDE,
) -> list[Written]:
    """The papers in a folder, which is made; a paper that is there is made anew."""
    if strange := [name for name in formats if name not in MAKERS]:
        raise StoreError(
            f"Papers are made as {', '.join(FORMATS)}; got {', '.join(strange)}."
        )
    said = paper(store, review, audience)
    made = {name: MAKERS[name](said) for name in formats}
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name, body in made.items():
        path = folder / file_name(review, audience, name)
        path.write_bytes(body)
        sha256 = hashlib.sha256(body).hexdigest()
        found.append(Written(name, str(path), len(body), sha256))
    return found


def file_name(review: Review, audience: Audience, name: str) -> str:
    """What a paper is called: the review, its snapshot, whom it is for."""
    seal = (review.snapshot or "")[:SEAL_LETTERS]
    draft = "" if review.state == "sealed" else "-draft"
    return f"review-{review.id}-{seal}-{audience}{draft}.{name}"
