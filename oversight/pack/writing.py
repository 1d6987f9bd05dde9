"""The papers of one review, written into a folder."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oversight import pseudonyms
from oversight.pack.hiding import Audience
from oversight.pack.paper import SEAL_LETTERS, Paper, paper_of
from oversight.review import freeze
from oversight.review.record import Review
from oversight.review.snapshot import Document
from oversight.sources import all_sources
from oversight.store import Store, StoreError


# What makes a paper is read in when one is made: four packages, a second in all, that
# no other command should wait for.
def _pdf(paper: Paper) -> bytes:
    from oversight.pack.pdf import pdf

    return pdf(paper)


def _slides(paper: Paper) -> bytes:
    from oversight.pack.slides import slides

    return slides(paper)


def _minutes(paper: Paper) -> bytes:
    from oversight.pack.minutes import minutes
    from oversight.pack.pdf import pictures

    return minutes(paper, pictures(paper))


def _workbook(paper: Paper) -> bytes:
    from oversight.pack.workbook import workbook

    return workbook(paper)


MAKERS: Final[dict[str, Callable[[Paper], bytes]]] = {
    "pdf": _pdf,
    "pptx": _slides,
    "docx": _minutes,
    "xlsx": _workbook,
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
    document = freeze.document_of(store, review)
    return paper_of(review, _by_pseudonym(store, document), audience)


def _by_pseudonym(store: Store, document: Document) -> Document:
    """The snapshot with nobody on the staff named: papers are passed on."""
    mask = pseudonyms.mask_of(store)

    def told(one: Document) -> Document:
        kinds = [all_sources().get(kind) for kind in one["reads"]]
        in_a_log = any(
            kind.delivers == "events" and any(c.is_person for c in kind.columns)
            for kind in kinds
            if kind is not None
        )
        cases = [
            case | {"case_ref": mask.reference(case["case_ref"], always=in_a_log)}
            for case in one["cases"]
        ]
        return one | {"cases": cases}

    return document | {"measures": [told(one) for one in document["measures"]]}


def body(store: Store, review: Review, audience: Audience, name: str) -> bytes:
    """One paper of a frozen review, not written anywhere."""
    return MAKERS[name](paper(store, review, audience))


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
