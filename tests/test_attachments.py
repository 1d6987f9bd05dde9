"""Evidence files: what is kept, what is refused, how one goes out and away."""

import hashlib
import io
import stat
import zipfile
from datetime import date

import pytest

from oversight import attachments, integrity, journal, records
from oversight.attachments import CLAUSE, RECORD, About
from oversight.definitions import open_store
from oversight.people import Person
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.store import EVERYTHING, StoreError
from oversight.words import Role

PDF = b"%PDF-1.7\n%%EOF\n"
MAIL = b"From: a@example.org\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\nHello\r\n"
ABOUT = About(RECORD, "incidents|inc-1", "1-1")


def archive(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("name", "body", "kept_as"),
    [
        ("letter.pdf", PDF, "letter.pdf"),
        ("letter", PDF, "letter.pdf"),
        ("page.html", PDF, "page.html.pdf"),  # by what it holds, not by its name
        ("photo.jpeg", b"\xff\xd8\xff\xe0", "photo.jpeg"),
        ("scan.png", b"\x89PNG\r\n\x1a\n", "scan.png"),
        ("policy.docx", DOCX, "policy.docx"),
        ("old.doc", OLD + "WordDocument".encode("utf-16-le"), "old.doc"),
        ("told.msg", OLD + "__substg1.0_".encode("utf-16-le"), "told.msg"),
        ("told.eml", MAIL, "told.eml"),
        ("../../x/evil\n.pdf", PDF, "evil_.pdf"),
        ("C:\\a\\b.pdf", PDF, "b.pdf"),
        ("\u202efdp.exe", PDF, "_fdp.exe.pdf"),
    ],
)
def test_what_is_kept_is_called_by_what_it_holds(store, name, body, kept_as):
    made = attachments.attach(store, ABOUT, name, body, "ann")
    assert made.name == kept_as
    assert attachments.bytes_of(store, made) == body
    path = attachments.folder_of(store) / hashlib.sha256(body).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("letter.pdf", b"", "is empty"),
        ("letter.pdf", b"<html><script>alert(1)</script>", "whatever its name says"),
        ("run.pdf", b"MZ\x90\0", "whatever its name says"),
        ("picture.svg", b"<svg xmlns='x'/>", "whatever its name says"),
        ("sheet.docx", archive("[Content_Types].xml", "xl/workbook.xml"), "none of"),
        (
            "macro.docx",
            archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "macros",
        ),
        ("broken.docx", b"PK\x03\x04nonsense", "none of"),
        ("old.xls", OLD + "Workbook".encode("utf-16-le"), "none of"),
        ("notes.eml", b"just text", "none of"),
        ("page.eml", b"<!-- \nFrom: x\nDate: y\n\n<script>", "none of"),
        ("big.pdf", PDF + b"\0" * attachments.LARGEST, "at most 25 MB"),
    ],
)
def test_what_is_not_kept_is_refused_in_a_sentence(store, name, body, said):
    with pytest.raises(StoreError, match=said):
        attachments.attach(store, ABOUT, name, body, "ann")
    with store.reading() as cursor:
        assert attachments.every(cursor) == []
    assert not list(attachments.folder_of(store).glob("*"))


def test_the_same_file_is_attached_to_one_thing_once_and_kept_once(store):
    attachments.attach(store, ABOUT, "a.pdf", PDF, "ann")
    with pytest.raises(StoreError, match=r"attached here already, as a\.pdf"):
        attachments.attach(store, ABOUT, "b.pdf", PDF, "ann")
    other = About(CLAUSE, "7.3")
    attachments.attach(store, other, "b.pdf", PDF, "ann")
    assert len(list(attachments.folder_of(store).iterdir())) == 1
    with store.reading() as cursor:
        assert [each.name for each in attachments.on(cursor, [other])] == ["b.pdf"]


def test_a_file_is_removed_with_a_reason_and_its_entry_stays(store):
    first = attachments.attach(store, ABOUT, "a.pdf", PDF, "ann")
    second = attachments.attach(store, About(CLAUSE, "7.3"), "a.pdf", PDF, "ann")
    with pytest.raises(StoreError, match="Wanted a reason"):
        attachments.remove(store, first.number, "  ", "ann")
    attachments.remove(store, first.number, "names a resident", "ann")
    assert attachments.bytes_of(store, second) == PDF  # another still rests on it
    attachments.remove(store, second.number, "and here too", "ann")
    assert not list(attachments.folder_of(store).iterdir())
    with pytest.raises(StoreError, match="may be removed"):
        attachments.remove(store, first.number, "again", "ann")
    with store.reading(EVERYTHING) as cursor:
        assert attachments.every(cursor) == []
        told = cursor.execute("select why from attachment_removed order by number")
        assert told.fetchall() == [("names a resident",), ("and here too",)]
        assert journal.first_broken(cursor) is None
    with store.reading(EVERYTHING, first.number) as cursor:
        assert [each.name for each in attachments.every(cursor)] == ["a.pdf"]


def test_a_file_that_was_changed_on_the_disk_never_goes_out(store):
    made = attachments.attach(store, ABOUT, "a.pdf", PDF, "ann")
    assert attachments.damaged(store) == []
    (attachments.folder_of(store) / made.sha256).write_bytes(b"other")
    (sentence,) = attachments.damaged(store)
    assert "not as it was attached" in sentence
    with pytest.raises(StoreError, match="not as it was attached"):
        attachments.bytes_of(store, made)


def test_a_certificate_runs_out_after_its_last_day(store):
    made = attachments.attach(
        store, ABOUT, "a.pdf", PDF, "ann", expires_on=date(2026, 11, 22)
    )
    assert not made.is_out_of_date(date(2026, 11, 22))
    assert made.is_out_of_date(date(2026, 11, 23))


def test_under_a_key_nothing_lies_readable_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("OVERSIGHT_KEY", "k" * 40)
    store = open_store(f"duckdb:///{tmp_path / 'store.duckdb'}")
    made = attachments.attach(store, ABOUT, "a.pdf", PDF, "ann")
    assert attachments.bytes_of(store, made) == PDF
    assert PDF not in (attachments.folder_of(store) / made.sha256).read_bytes()
    store.close()


def test_the_store_is_whole_with_files_attached(store):
    made = attachments.attach(store, ABOUT, "a.pdf", PDF, "ann")
    assert all(check.ok for check in integrity.verify(store))
    (attachments.folder_of(store) / made.sha256).unlink()
    (bad,) = [check for check in integrity.verify(store) if not check.ok]
    assert bad.name == "attached files are as they were"
    assert "a.pdf" in bad.detail


def asking(store, role, own=()):
    return Reader(store, Person("ann", role, own, True, ""), records.today())


def test_evidence_goes_to_those_who_may_see_what_it_is_of(store):
    lead = asking(store, Role.IG_LEAD)
    made = records.add_evidence(lead, ABOUT, "a.pdf", PDF)
    own = asking(store, Role.HOME_MANAGER, ("1-1",))
    assert records.evidence_bytes(own, made.number) == PDF
    assert records.evidence(own, ABOUT) == [made]
    others = [
        asking(store, Role.HOME_MANAGER, ("1-2",)),
        asking(store, Role.SENIOR_MANAGER),
        asking(store, Role.ADMINISTRATOR),
    ]
    for reader in others:
        with pytest.raises(NotAllowed):
            records.evidence_bytes(reader, made.number)
        with pytest.raises(NotAllowed):
            records.evidence(reader, ABOUT)
        with pytest.raises(NotAllowed):
            records.add_evidence(reader, ABOUT, "b.pdf", PDF)
    with pytest.raises(NotAllowed):
        records.remove_evidence(own, made.number, "mine")
    with pytest.raises(NotAllowed):
        records.add_evidence(own, About(CLAUSE, "7.3"), "b.pdf", PDF)
    records.remove_evidence(lead, made.number, "a test")
