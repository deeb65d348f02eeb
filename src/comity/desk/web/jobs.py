"""Long work that goes on while pages are shown: imports, each in a thread of its own, with how far they have got."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from comity.desk.adding import AddResult
from comity.desk.pool import Tick
from comity.desk.web.state import Desk
from comity.words import ComityError

if TYPE_CHECKING:
    from comity.record import Given

KEPT = 50


@dataclass
class Job:
    """One import. `stage` says what goes on; `done` of `all` are done in it; then `result`, or `fault` in one line.
    `told` says of each case, database or file of codings what became of it."""

    number: int
    names: tuple[str, ...]
    coder: str
    stage: str = "Waiting"
    done: int = 0
    all: int = 0
    result: AddResult | None = None
    told: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        return self.ended.is_set()


class Jobs:
    """The imports of one server, one after the other, the newest first in `listed`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._jobs: dict[int, Job] = {}
        self._count = 0

    def find(self, number: int) -> Job | None:
        with self._lock:
            return self._jobs.get(number)

    def listed(self) -> list[Job]:
        with self._lock:
            return list(reversed(self._jobs.values()))

    def start(
        self, folder: Path, names: Sequence[str], coder: str, given: Given, columns: Mapping[str, str] | None = None
    ) -> Job:
        """Imports the files of a folder of ours, which is then removed."""
        with self._lock:
            self._count += 1
            job = self._jobs[self._count] = Job(self._count, tuple(names), coder)
            for old in [n for n, j in self._jobs.items() if j.over][: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[old]
        threading.Thread(target=self._run, args=(job, folder, given, columns), daemon=True).start()
        return job

    def _run(self, job: Job, folder: Path, given: Given, columns: Mapping[str, str] | None) -> None:
        @contextmanager
        def shows(what: str) -> Iterator[Tick]:
            job.stage, job.done, job.all = what, 0, 0

            def tick(done: int, all_: int) -> None:
                job.done, job.all = done, all_

            yield tick

        from comity.desk.interchange.taking_in import take_in

        try:
            with self._turn, self._desk.importing() as case:
                done = take_in(
                    case, folder, job.names, given=given, columns=columns, shows=shows, workers=self._desk.workers
                )
                job.result, job.told = done.added, done.told
        except ComityError as error:
            job.fault = str(error)
        except Exception as error:  # a fault of ours; the page says so, and the case is whole
            job.fault = f"the import failed: {type(error).__name__}: {str(error)[:200]}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            job.stage = "Failed" if job.fault else "Done"
            job.ended.set()


def folder() -> Path:
    """A new folder for files that came in."""
    return Path(tempfile.mkdtemp(prefix="comity-import-"))
