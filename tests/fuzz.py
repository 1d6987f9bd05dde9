"""Files as they come from the world, spoilt by chance: the same seed, the same file."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from oversight import arrivals
from oversight.arrivals import Report, Sent
from oversight.reading_room import templates
from oversight.sources import all_sources
from oversight.store import EVERYTHING, Store
from tests.made_logs import PORTAL, R4, R5, bundle

Spoil = Callable[[random.Random, bytes], bytes]
ODD = [
    b"",
    b'"',
    b"\0",
    b"\xff",
    b"=1+1",
    b"\r",
    b"\n\n",
    b"\xef\xbb\xbf",
    b"NA",
    b"-1",
]
ODD += [b"9" * 40, b"31/02/2026", b"2026-13-01", b"1.23E+15", b"x" * 5000, b"null"]
ODD += ["é\u200f💥".encode(), b"'; drop table arrival; --", b"QQ123456C", b"[", b"{"]


@cache
def sound() -> dict[str, bytes]:
    """Every kind as CSV and as a workbook, and the formats that are no tables."""
    files: dict[str, bytes] = {}
    for kind, source in all_sources().items():
        filled = templates.as_csv(source, is_filled=True)
        first, *rows = filled.splitlines(keepends=True)
        # The example, and two of its like: some of their cells are their own.
        more = (
            [row.replace(b"1", b"2") for row in rows],
            [row.replace(b"1", b"3") for row in rows],
        )
        files[f"{kind}.csv"] = b"".join([first, *rows, *more[0], *more[1]])
        files[f"{kind}.xlsx"] = templates.as_workbook(source, is_filled=True)
    files["fhir.ndjson"] = "\n".join(map(json.dumps, [R4, R5] * 3)).encode()
    files["fhir.json"] = bundle(R4, R5, R4).encode()
    files["portal.csv"] = (
        f"{PORTAL}\r\n2026-05-04T08:30:00Z,r1,Edge,c,u1,A,a@example.org,Member,n,Teams,"
        'a,Graph,b,192.0.2.7,"Leeds, GB",Failure,1,Bad,Windows,Multifactor'
        " authentication,n,3\r\n"
    ).encode()
    return files


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flip(chance: random.Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 30])):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _divide(chance: random.Random, content: bytes) -> bytes:
    return content.replace(b",", chance.choice([b";", b"\t", b"|", b" ", b":", b",,"]))


def _encode(chance: random.Random, content: bytes) -> bytes:
    said = content.decode("utf-8-sig", "replace") + chance.choice(["", "é", "\u2019"])
    to = chance.choice(["utf-16", "utf-16-le", "cp1252", "utf-8-sig", "latin-1"])
    return said.encode(to, "replace")


def _of_lines(change: Callable[[random.Random, list[bytes]], None]) -> Spoil:
    def spoil(chance: random.Random, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True) or [b""]
        change(chance, lines)
        return b"".join(lines)

    return spoil


def _head(chance: random.Random, lines: list[bytes]) -> None:
    cells = lines[0].split(b",")
    at = chance.randrange(len(cells))
    cells[at] = chance.choice([b"", cells[-1], cells[at].upper(), b" x ", cells[0]])
    lines[0] = b",".join(cells)


def _repeat(chance: random.Random, lines: list[bytes]) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = [lines[chance.randrange(len(lines))]] * chance.choice([1, 2, 50])


def _drop(chance: random.Random, lines: list[bytes]) -> None:
    del lines[chance.randrange(len(lines))]


def _put(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.choice([1, 2, 8])):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(ODD) + content[at:]
    return content


def _cell(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    cells = lines[at].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(ODD)
    lines[at] = b",".join(cells)
    return b"".join(lines)


def _deepen(chance: random.Random, content: bytes) -> bytes:
    depth = chance.choice([3, 300, 30_000])
    return b'{"resourceType":' * depth + content + b"}" * chance.choice([0, depth])


def _huge(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return (
        content[:at] + b"y" * chance.choice([40_000, 140_000, 1_100_000]) + content[at:]
    )


SPOILS: list[Spoil] = [_cut, _flip, _flip, _divide, _encode, _of_lines(_head)]
SPOILS += [_of_lines(_repeat), _of_lines(_drop), _put, _put, _cell, _cell, _cell]
SPOILS += [_deepen, _huge]


def _inside(chance: random.Random, content: bytes) -> bytes:
    """One part of a workbook spoilt, and the whole packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        spoilt = chance.choice([*names, *[n for n in names if "sheet" in n] * 3])
        with zipfile.ZipFile(out, "w") as packed:
            for name in names:
                part = archive.read(name)
                if name == spoilt:
                    part = chance.choice([_cut, _flip, _put])(chance, part)
                packed.writestr(name, part)
    return out.getvalue()


def spoilt(seed: int) -> tuple[str, bytes]:
    """The name and the bytes of the file of a seed."""
    chance = random.Random(seed)
    name = chance.choice(sorted(sound()))
    content = sound()[name]
    if name.endswith(".xlsx") and chance.random() < 0.8:
        return name, _inside(chance, content)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        content = chance.choice(SPOILS)(chance, content)
    return name, content


def counted(store: Store) -> dict[str, int]:
    """How many rows the table of each kind holds."""
    with store.reading(EVERYTHING) as cursor:
        tables = [source.fact_table for source in all_sources().values()]
        asked = " union all ".join(f"select '{t}', count(*) from {t}" for t in tables)
        return dict(cursor.execute(asked).fetchall())


def bring(store: Store, folder: Path, seed: int) -> Report:
    """Imports the file of a seed, and sees that every row of it is accounted for."""
    name, content = spoilt(seed)
    path = folder / name
    path.write_bytes(content)
    before = counted(store)
    sent = Sent(path, "tester")
    report = arrivals.import_file(store, sent, readings_later=True)
    path.unlink()
    after = counted(store)
    assert report.rows_read == (
        report.rows_accepted + report.rows_unchanged + report.rows_refused
    ), report
    grown = {t: after[t] - before[t] for t in after if after[t] != before[t]}
    if report.state == "accepted":
        # What stands as before is kept as well, but for what a file says twice.
        rows = grown.pop(f"fact_{report.kind}", 0)
        most = report.rows_accepted + report.rows_unchanged
        assert report.rows_accepted <= rows <= most, (report, rows)
    else:
        assert report.message, report
    assert not grown, (report, grown)
    assert not list((store.kept / "arriving").iterdir()), report
    return report
