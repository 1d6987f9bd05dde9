"""Long work goes on beside the page that asked for it: watched, ended at will."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from oversight.arrivals.importing import import_file
from oversight.arrivals.sent import Report, Sent
from oversight.arrivals.uploads import standing
from oversight.reading_room.progress import Watch, watching
from oversight.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upload:
    """A file as it came over the wire, and what was said about it (path aside)."""

    name: str
    body: bytes | memoryview
    about: Callable[..., Sent]


@dataclass
class Job:
    """Files on their way in, one after the other, each whole or not at all."""

    total: int
    watch: Watch = field(default_factory=Watch)
    reports: list[Report] = field(default_factory=list)
    fault: bool = False
    done: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ends the file in hand, nothing of it kept, and leaves the rest."""
        self.watch.cancel()


def start(store: Store, uploads: Sequence[Upload]) -> Job:
    """Begins to import; the job says how far it is."""
    job = Job(len(uploads))
    threading.Thread(
        target=_work, args=(store, tuple(uploads), job), name="importing", daemon=True
    ).start()
    return job


def _work(store: Store, uploads: tuple[Upload, ...], job: Job) -> None:
    try:
        with watching(job.watch):
            for upload in uploads:
                with standing(store, upload.name, upload.body) as path:
                    job.reports.append(import_file(store, upload.about(path)))
                if job.watch.unwanted.is_set():
                    return
    except Exception:
        job.fault = True
        log.exception("An import failed")
    finally:
        job.done.set()
