"""Runs the application on this machine's loopback address, and prints where."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvicorn

from comity.case import Case
from comity.desk import options
from comity.desk.memory import settle, spare
from comity.desk.web.guard import Guard
from comity.desk.web.sessions import Sessions
from comity.words import InputError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = "127.0.0.1"


def hosts_of(port: int) -> tuple[str, ...]:
    """The values of the Host header that a server on this port answers."""
    return (f"{LOOPBACK}:{port}", f"localhost:{port}")


def serve(
    path: str | Path, port: int, coder: str, *, workers: int | None = None, open_: bool = False, quiet: bool = False
) -> None:
    """Serves the case until interrupted. Port 0 is any free one. Raises CaseError or InputError before it begins."""
    spare()
    settle()
    with Case.open(path, write=False):  # a case that cannot be used is told at once
        pass
    listening = _listen(port)
    with listening:
        number = listening.getsockname()[1]
        sessions = Sessions(coder)
        app = Guard(_Opening(Path(path), workers, quiet), sessions, hosts_of(number))
        config = uvicorn.Config(
            app, log_level="error", access_log=False, server_header=False, timeout_graceful_shutdown=3, lifespan="off"
        )
        server = uvicorn.Server(config)

        def address() -> str:
            return f"http://{LOOPBACK}:{number}/?token={sessions.token()}"

        first = address()
        click.echo(first)
        sys.stdout.flush()
        options.say("On this machine only; the address works once. Enter: another address. Ctrl-C: end.", quiet)
        if sys.stdin.isatty():
            threading.Thread(target=_more, args=(address,), daemon=True).start()
        if open_:
            import webbrowser

            webbrowser.open(first)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    for helper in active_children():  # what they were working out is begun anew next time
        helper.terminate()
    options.say("ended; everything that was acknowledged is in the case", quiet)


class _Opening:
    """The application while it is being made: who asks meanwhile waits. The guard in front of it answers at once."""

    def __init__(self, path: Path, workers: int | None, quiet: bool) -> None:
        self._path, self._workers, self._quiet = path, workers, quiet
        self._made: Future[ASGIApp] = Future()
        threading.Thread(target=self._make, daemon=True).start()

    def _make(self) -> None:
        try:
            from comity.desk.web.app import prepare, unguarded

            self._made.set_result(unguarded(self._path, self._workers, ahead=True))
            prepare()
            self._tell()
        except BaseException as error:
            if self._made.done():
                raise
            self._made.set_exception(error)  # told to whoever waits

    def _tell(self) -> None:
        """Why people will wait although the case was folded before."""
        from comity.desk.folding import anew

        if why := anew(self._path):
            options.say(f"The case is folded anew, as {why}; pages tell how far that is.", self._quiet)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = await asyncio.wrap_future(self._made)
        await app(scope, receive, send)


def _listen(port: int) -> socket.socket:
    # said to be TCP: asyncio then sends at once what is small, and does not wait 40 ms for more
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, port))
        made.listen(128)  # whoever opens the address at once waits, and is not refused
    except OSError as error:
        made.close()
        raise InputError(f"port {port} cannot be used: {error.strerror}", hint="give another --port, or none") from None
    return made


def _more(address: Callable[[], str]) -> None:
    """A new address for every Enter: another browser, or one whose cookie is gone."""
    for _ in sys.stdin:
        click.echo(address())
