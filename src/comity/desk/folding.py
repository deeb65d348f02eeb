"""A whole case folded in a process of its own, so that the memory it takes is given back and pages are answered
meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from typing import Any

from comity.case import Case, Kept
from comity.desk import flow
from comity.desk.flow import Shows
from comity.desk.memory import spare
from comity.desk.pool import Tick
from comity.words import CaseError, ComityError, DuplicateGroup, InputError

NICER = 10
"""By how much the process stands back behind the one that answers pages."""


def fold_in_process(path: Path, workers: int | None, shows: Shows, stop: Event | None = None) -> None:
    """Folds what pages of a large case look up, and keeps it in the case. Once `stop` is set, it ends where it is: the
    next time it goes on from there. Raises CaseError if it fails."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(str(path), workers, there), daemon=False)
    process.start()
    there.close()
    fault = "the process that folds the case ended before it was done"
    try:
        with here:
            fault = _follow(here, shows, stop or Event(), fault)
    finally:
        if fault:
            process.terminate()
        process.join()
    if fault and not (stop and stop.is_set()):
        raise CaseError(f"{path}: {fault}")


def _follow(here: Connection, shows: Shows, stop: Event, fault: str) -> str:
    """Shows how far the other process has got; what went wrong, if something did."""
    message = _next(here, stop)
    while message is not None and message[0] == "stage":
        with shows(message[1]) as tick:
            while (message := _next(here, stop)) is not None and message[0] == "tick":
                if tick:
                    tick(message[1], message[2])
    if message is None:
        return fault
    return str(message[1]) if message[0] == "fault" else ""


def _next(here: Connection, stop: Event) -> tuple[Any, ...] | None:
    try:
        while not here.poll(0.3):
            if stop.is_set():
                return None
        found: tuple[Any, ...] = here.recv()
        return found
    except (EOFError, OSError):
        return None


def _work(path: str, workers: int | None, there: Connection) -> None:
    with suppress(OSError):
        os.nice(NICER)
    spare()

    @contextmanager
    def shows(what: str) -> Iterator[Tick]:
        def tick(done: int, all_: int) -> None:
            there.send(("tick", done, all_))

        there.send(("stage", what))
        yield tick

    try:
        fold_whole(Path(path), workers, shows)
        there.send(("done",))
    except ComityError as error:
        there.send(("fault", str(error)))
    except Exception as error:  # a fault of ours: told in one line, and the case is whole
        there.send(("fault", f"{type(error).__name__}: {str(error)[:200]}"))


def anew(path: Path) -> str:
    """Why what was folded of a case, or begun to be, is folded anew; empty if it is not."""
    from comity.ledger.daybook.storing import outdated
    from comity.reading import READER

    source = Kept(path, READER)
    try:
        return outdated(source)
    finally:
        source.close()


def fold_whole(path: Path, workers: int | None, shows: Shows) -> None:
    """Reads what is not read yet, folds the daybook, and keeps what pages look up. What was folded with another reader
    or agenda, or begun to be, is folded anew, and each stage says so.

    The daybook begins with the newest days. Once those are folded, all else is kept, and what is worked out for the
    newest date is, too, so that pages can be looked at while older days follow; a fold that was stopped there goes on
    with them.
    """
    from comity.desk import dated, keeping
    from comity.desk.adding import read_unread
    from comity.ledger import Daybook, parse_agenda
    from comity.reading import READER
    from comity.record import duplicates

    with Case.open(path) as case:
        toml = case.agenda()
        if toml is None:
            raise InputError("a case of this size needs an agenda", hint="`comity agenda` proposes one to begin with")
        agenda = parse_agenda(toml, file=f"{path} (agenda)")
        why = anew(path)
        told = f" anew, as {why}" if why else ""

        def stage(what: str) -> AbstractContextManager[Tick | None]:
            return shows(what + told)

        read_unread(case, shows=stage, workers=workers)
        book = Daybook(agenda, Kept(path, READER))
        head = keeping.head(case)
        ready = book.state != "none" and book.refresh()  # then it goes on from where it is
        done = ready and head is not None and keeping.same_record(head.revision, case.revision())
        groups: tuple[DuplicateGroup, ...] = ()
        if not ready:
            with stage("Comparing texts"):
                groups = tuple(duplicates(case.documents()))

        def keep() -> None:
            nonlocal done
            done = True
            now = case.revision()
            made, every = dated.both(path, None)
            keeping.keep_all(case, agenda, flow.agenda_hash(toml), made)
            dated.keep(case, made, every, now)

        with stage("Folding") as tick:

            def progress(now: int, all_: int) -> None:
                if not done and 2 * now > all_:  # the first half is what every day needs
                    keep()
                if tick:
                    tick(now, all_)

            if book.state != "folded" or not ready:
                book.fold(progress, groups)
        if not done:
            keep()
        dated.work_out(path, None)  # with what blocks a deal
