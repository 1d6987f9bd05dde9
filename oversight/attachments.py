"""Evidence files: kept by checksum beside the store, removed only with a reason.

What a file is, is read from its content and never from its name. It goes out again as a
download only: nothing that somebody attached is ever opened by a page of ours.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.parser import BytesHeaderParser
from pathlib import Path

from oversight import journal
from oversight.shown import file_name
from oversight.store import Cursor, Store, StoreError, kept
from oversight.store.keys import key_set
from oversight.store.places import beside
from oversight.words import COMPANY

RECORD, CLAUSE, TOOLKIT = "record", "clause", "toolkit item"
LARGEST = 25 << 20  # bytes: a scanned policy is under it, a film is not
FOLDER = ".attachments"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How an Outlook message calls its parts, and an old Word document its own.
OUTLOOK, OLD_WORD = ("__substg1.0_", "WordDocument")
BEGINNINGS = (
    (b"%PDF-", "PDF", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "PNG picture", "image/png"),
    (b"\xff\xd8\xff", "JPEG picture", "image/jpeg"),
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    WORD: "docx",
    "application/msword": "doc",
    "application/vnd.ms-outlook": "msg",
    "message/rfc822": "eml",
}
WANTED = "a PDF, a PNG or JPEG picture, a Word document or an e-mail"


@dataclass(frozen=True)
class Attachment:
    """One evidence file, as it was attached; `number` is what it is called by."""

    number: int
    about: str
    reference: str
    home: str
    name: str
    media_type: str
    size: int
    sha256: str
    expires_on: date | None
    note: str
    person: str

    def is_out_of_date(self, on: date) -> bool:
        return self.expires_on is not None and self.expires_on < on


@dataclass(frozen=True)
class About:
    """What a file is evidence of: a record (kind|key), a clause or a Toolkit item."""

    what: str
    reference: str
    home: str = COMPANY


def attach(
    store: Store,
    about: About,
    name: str,
    body: bytes,
    person: str,
    *,
    expires_on: date | None = None,
    note: str = "",
) -> Attachment:
    """Keeps a file; StoreError when it is too big, or is none of what is kept here."""
    media_type = kind_of(name, body)
    sha256 = hashlib.sha256(body).hexdigest()
    clean = _with_end(file_name(name), media_type)
    folder = folder_of(store)
    folder.mkdir(mode=0o700, exist_ok=True)
    with store.writing() as writing:
        cursor = writing.cursor
        for there in on(cursor, [about]):
            if there.sha256 == sha256:
                raise StoreError(
                    f"This very file is attached here already, as {there.name}."
                )
        # Before it is told of: bytes without an entry do no harm, the reverse would.
        kept.keep(folder, sha256, body, key_set())
        made = Attachment(
            writing.number,
            about.what,
            about.reference,
            about.home,
            clean,
            media_type,
            len(body),
            sha256,
            expires_on,
            note.strip(),
            person,
        )
        cursor.execute(
            f"insert into attachment values ({', '.join('?' * 11)})",
            list(made.__dict__.values()),
        )
        told = {"attachment": made.number, "about": about.what, "name": clean}
        told |= {"reference": about.reference, "sha256": sha256}
        journal.append(writing, person, "evidence attached", told)
    return made


def remove(store: Store, number: int, why: str, person: str) -> None:
    """Takes a file away; that it was there, and why it is not, stays."""
    if not why.strip():
        raise StoreError("Wanted a reason: it is kept in place of the file.")
    with store.writing() as writing:
        cursor = writing.cursor
        found = find(cursor, number)
        cursor.execute(
            "insert into attachment_removed values (?, ?, ?, ?)",
            [writing.number, number, why.strip(), person],
        )
        told = {"attachment": number, "name": found.name, "why": why.strip()}
        journal.append(writing, person, "evidence removed", told)
        still = any(each.sha256 == found.sha256 for each in every(cursor))
    if not still:
        (folder_of(store) / found.sha256).unlink(missing_ok=True)


def on(cursor: Cursor, abouts: Sequence[About]) -> list[Attachment]:
    """What is attached to any of these, newest first."""
    wanted = {(about.what, about.reference) for about in abouts}
    found = [each for each in every(cursor) if (each.about, each.reference) in wanted]
    return found[::-1]


def every(cursor: Cursor) -> list[Attachment]:
    """Every file that is attached, oldest first: what a backup must hold."""
    rows = cursor.execute(
        """
        select *
        from attachment
        where number <= getvariable('known_number')
            and number not in (
                select attachment from attachment_removed
                where number <= getvariable('known_number')
            )
        order by number
        """
    ).fetchall()
    return [Attachment(*row) for row in rows]


def find(cursor: Cursor, number: int) -> Attachment:
    """One of them by its number; StoreError when it is not there (any longer)."""
    found = next((each for each in every(cursor) if each.number == number), None)
    if found is None:
        raise StoreError(f"There is no attached file {number}; it may be removed.")
    return found


def bytes_of(store: Store, attachment: Attachment) -> bytes:
    """Its bytes, which are those that were attached, or a StoreError."""
    body = kept.read(folder_of(store), attachment.sha256, key_set())
    if body is None or hashlib.sha256(body).hexdigest() != attachment.sha256:
        raise StoreError(
            f"The file {attachment.name} is not as it was attached. Restore it from a"
            " backup."
        )
    return body


def damaged(store: Store) -> list[str]:
    """The attached files that are missing or changed, in sentences."""
    with store.reading() as cursor:
        there = every(cursor)
    wrong = []
    for each in there:
        try:
            bytes_of(store, each)
        except StoreError as fault:
            wrong.append(str(fault))
    return wrong


def folder_of(store: Store) -> Path:
    """Where the bytes lie, each file under its SHA-256."""
    return beside(store.path, FOLDER)


def kind_of(name: str, body: bytes) -> str:
    """The media type by what the file holds; StoreError when it is not kept here."""
    said = file_name(name)
    if not body:
        raise StoreError(f"{said} is empty: wanted {WANTED}.")
    if len(body) > LARGEST:
        raise StoreError(
            f"{said} is {len(body) >> 20} MB: wanted at most {LARGEST >> 20} MB. Keep"
            " it where such files are kept, and attach a page that says where."
        )
    media_type = _by_content(said, body)
    if media_type is None:
        raise StoreError(
            f"{said} is none of what is kept as evidence, whatever its name says:"
            f" wanted {WANTED}. Save it as PDF and attach that."
        )
    return media_type


def _by_content(name: str, body: bytes) -> str | None:
    for beginning, _, media_type in BEGINNINGS:
        if body.startswith(beginning):
            return media_type
    if body.startswith(b"PK\x03\x04"):
        return _of_archive(name, body)
    if body.startswith(OLD_OFFICE):
        if OUTLOOK.encode("utf-16-le") in body:
            return "application/vnd.ms-outlook"
        if OLD_WORD.encode("utf-16-le") in body:
            return "application/msword"
        return None
    return "message/rfc822" if _is_mail(body) else None


def _of_archive(name: str, body: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(each.casefold().endswith("vbaproject.bin") for each in names):
        raise StoreError(f"{name} holds macros, which are not kept: save it without.")
    is_word = {"[Content_Types].xml", "word/document.xml"} <= names
    return WORD if is_word else None


def _is_mail(body: bytes) -> bool:
    head, blank, _ = body.replace(b"\r\n", b"\n").partition(b"\n\n")
    if not blank or b"\0" in body[:4096] or body.lstrip()[:1] in (b"<", b"{", b"["):
        return False
    headers = BytesHeaderParser().parsebytes(head)
    return {"from", "date"} <= {name.casefold() for name in headers.keys()}  # noqa: SIM118


def _with_end(name: str, media_type: str) -> str:
    """The name, ending as its content says: a page called .pdf is no PDF."""
    end = ENDS[media_type]
    has = name.casefold().rpartition(".")[2]
    same = {"jpg": ("jpg", "jpeg")}.get(end, (end,))
    return name if has in same else f"{name}.{end}"
