"""Processes are killed, disks filled, files damaged: nothing lost or half applied."""

import os
import random
import resource
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from oversight import arrivals, journal
from oversight.arrivals import Sent
from oversight.definitions import definitions_hash, open_store
from oversight.measures import all_measures
from oversight.store import StoreError, head, last_moment
from tests.prove import Line
from tests.prove.deeds import DEEDS, address, faults

TITLE = "Nothing lost: kills, full disks, damaged files"
KILLS = {  # at size 1: 350
    "importing and withdrawing files": 120,
    "writing the journal": 80,
    "upgrading (three migrations)": 50,
    "backing up": 40,
    "restoring a backup": 25,
    "making the store anew": 20,
    "freezing a review": 15,
}
LONGEST = {  # seconds until a kill; otherwise 3
    "importing and withdrawing files": 5.0,
    "backing up": 6.0,
    "restoring a backup": 8.0,
    "making the store anew": 25.0,
    "freezing a review": 25.0,
}
VERIFIED = 4  # kills, of which after one every check is made; the store stays the same
OFTEN = 20  # kills of the same store, before it is laid aside for a fresh one


def prove(size: float, only: str = "") -> Iterator[Line]:
    """Every fault in turn; each try is in a process of its own."""
    chance = random.Random(9)
    # Worked out once and inherited by every process; DuckDB itself is opened by none
    # of those that make others.
    definitions_hash()
    all_measures()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base" / "store.duckdb"
        _in_a_process(lambda: _make(base))
        for name in (name for name in DEEDS if only in name):
            yield _kills(name, base, max(2, round(KILLS[name] * size)), chance)
        times = max(5, round(40 * size))
        for fault in (_cut_logs, _flipped_logs, _flipped_stores, _full_disks):
            if only in fault.__name__:
                yield fault(base, times, chance)


def _make(path: Path) -> list[str]:
    """A small store that has lived a little."""
    with closing(open_store(address(path))) as store:
        for kind, text in (
            ("homes", "home_ref,name\n1-900,Elm House\n1-901,Oak Lodge\n"),
            ("staff", "home,staff_ref\nElm House,S1\nOak Lodge,S2\n"),
        ):
            file = path.with_name(f"{kind}.csv")
            file.write_text(text, encoding="utf-8")
            report = arrivals.import_file(store, Sent(file, "prover", kind))
            assert report.state == "accepted", report.message
            file.unlink()
    return []


def _kills(name: str, base: Path, times: int, chance: random.Random) -> Line:
    done: Counter[str] = Counter()
    wrong: list[str] = []
    folder = base.parent.with_name("killed")
    for n in range(times):
        if n % OFTEN == 0:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(base.parent, folder)
        said = _killed(DEEDS[name], folder / base.name, LONGEST.get(name, 3.0), chance)
        done["promised"] += len(said)
        done["with something promised"] += bool(said)
        path, is_last = folder / base.name, n + 1 == times or (n + 1) % OFTEN == 0
        is_thorough = is_last or n % VERIFIED == 0
        wrong += _in_a_process(
            lambda said=said, path=path, thorough=is_thorough: faults(
                path, said, is_thorough=thorough
            )
        )
    shutil.rmtree(folder)
    found = (
        f"{done['promised']:,} things promised before {done['with something promised']}"
        f" of the kills, all there; {_told(wrong)}"
    )
    return Line(f"kill -9 while {name}", times, found, not wrong)


def _killed(
    deed: Callable[[Path], Iterator[str]],
    path: Path,
    longest: float,
    chance: random.Random,
) -> list[str]:
    """What a process had said it had done when it was killed at some instant."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _as_child(ours, lambda: _say_all(theirs, deed(path)))
    os.close(theirs)
    time.sleep(chance.uniform(0.05, longest))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ours, encoding="utf-8") as heard:
        said = heard.read().split("\n")
    # A deed that failed before it was killed is a fault too, and says so.
    return said[:-1]


def _say_all(handle: int, said: Iterator[str]) -> None:
    try:
        for line in said:
            os.write(handle, f"{line}\n".encode())
    except BaseException as fault:  # noqa: BLE001
        os.write(handle, f"entry failed: {fault!r}\n".replace("\n", " ").encode())
        os.write(handle, b"\n")


def _as_child(ours: int, work: Callable[[], None]) -> None:
    try:
        os.close(ours)
        work()
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        os._exit(0)


def _in_a_process(work: Callable[[], list[str]]) -> list[str]:
    """What some work in a process of its own finds; a process that fails is a fault."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:

        def say() -> None:
            try:
                found = work()
            except BaseException as fault:  # noqa: BLE001
                found = [f"{type(fault).__name__}: {fault}"]
            os.write(theirs, "\0".join([*found, "over"]).encode()[:60_000])

        _as_child(ours, say)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8", errors="replace") as heard:
        found = heard.read().split("\0")
    os.waitpid(child, 0)
    return found[:-1] if found[-1:] == ["over"] else ["the process ended", *found]


def _told(wrong: list[str]) -> str:
    return f"{len(wrong)} faults: {wrong[0][:200]}" if wrong else "no fault"


# ---- The log of what is still to be written


def _with_log(base: Path, folder: Path) -> Path:
    """A store whose process was killed with moments still in DuckDB's log."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base.parent, folder)

    def work() -> list[str]:
        store = open_store(address(folder / base.name))
        for n in range(20):
            with store.writing() as writing:
                journal.append(writing, "prover", f"entry {n}", {"n": n})
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    _in_a_process(work)
    return folder / base.name


def _look(path: Path) -> list[str]:
    """Opens a store; what it is: whole, told of, refused; or what is wrong."""
    noted = head.read(path)
    try:
        store = open_store(address(path))
    except StoreError as refusal:
        said = str(refusal)
        return ["refused" if "Restore it from a backup" in said else f"! {said}"]
    with closing(store), store.reading() as cursor:
        newest, _ = last_moment(cursor)
    if store.behind:
        return ["told of"]
    if noted is None or newest < noted.moment:
        return ["! lost without a word"]
    return ["whole"]


def _damage(
    base: Path, times: int, harm: Callable[[Path], None], what: str, is_log: bool
) -> Line:
    found: Counter[str] = Counter()
    folder = base.parent.with_name("damaged")
    made = _with_log(base, base.parent.with_name("log"))
    for _ in range(times):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made.parent if is_log else base.parent, folder)
        harm(folder / base.name)
        found.update(_in_a_process(lambda: _look(folder / base.name)))
    wrong = [name for name in found if name not in ("whole", "told of", "refused")]
    told = ", ".join(f"{count} {name}" for name, count in sorted(found.items()))
    return Line(what, times, told, not wrong)


def _log(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _cut_logs(base: Path, times: int, chance: random.Random) -> Line:
    def cut(path: Path) -> None:
        size = _log(path).stat().st_size
        os.truncate(_log(path), chance.randrange(size))

    return _damage(base, times, cut, "the log of DuckDB cut short", is_log=True)


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _flipped_logs(base: Path, times: int, chance: random.Random) -> Line:
    what = "one bit of the log of DuckDB changed"
    return _damage(base, times, lambda p: _flip(_log(p), chance), what, is_log=True)


def _flipped_stores(base: Path, times: int, chance: random.Random) -> Line:
    def cut(path: Path) -> None:
        os.truncate(path, chance.randrange(13, path.stat().st_size - 1))

    what = "the store's file cut short"
    return _damage(base, times, cut, what, is_log=False)


# ---- No room


def _full_disks(base: Path, times: int, chance: random.Random) -> Line:
    """A process that may write no file longer than a little: as a full disk would."""
    folder = base.parent.with_name("full")
    found: Counter[str] = Counter()
    for n in range(times):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base.parent, folder)
        deed = [*DEEDS][n % 4]  # importing, the journal, upgrading, backing up
        room = chance.randrange(20_000, 3_000_000)
        said = _in_a_process(
            lambda deed=deed, room=room: _fill(folder / base.name, deed, room)
        )
        found.update(said)
        found.update(_in_a_process(lambda: faults(folder / base.name, [])))
    wrong = [what for what in found if what not in ("told in words", "had room")]
    told = ", ".join(f"{count} {what[:200]}" for what, count in sorted(found.items()))
    what = "no room while importing, writing the journal, upgrading, backing up"
    return Line(what, times, told, not wrong)


def _fill(path: Path, deed: str, room: int) -> list[str]:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = max(file.stat().st_size for file in path.parent.rglob("*.duckdb"))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, most))
    try:
        ends = time.monotonic() + 8
        for _ in DEEDS[deed](path):
            if time.monotonic() > ends:
                return ["had room"]
    except (StoreError, AssertionError) as refusal:
        # What an import refuses comes as the message of its report.
        is_told = any(w in str(refusal) for w in ("is full", "too large", "no room"))
        return ["told in words" if is_told else f"! {deed}: {refusal}"]
    except BaseException as fault:  # noqa: BLE001
        return [f"! {deed}: {type(fault).__name__}: {fault}"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    return ["had room"]
