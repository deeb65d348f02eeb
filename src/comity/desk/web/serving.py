"""Runs the application on this machine's loopback address, and prints where."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click
import uvicorn

from comity.desk import options
from comity.desk.web.app import make_app
from comity.desk.web.sessions import Sessions
from comity.words import InputError

LOOPBACK = "127.0.0.1"


def hosts_of(port: int) -> tuple[str, ...]:
    """The values of the Host header that a server on this port answers."""
    return (f"{LOOPBACK}:{port}", f"localhost:{port}")


def serve(
    path: str | Path, port: int, coder: str, *, workers: int | None = None, open_: bool = False, quiet: bool = False
) -> None:
    """Serves the case until interrupted. Port 0 is any free one. Raises CaseError or InputError before it begins."""
    listening = _listen(port)
    with listening:
        number = listening.getsockname()[1]
        sessions = Sessions(coder)
        app = make_app(path, sessions=sessions, hosts=hosts_of(number), workers=workers)
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
            webbrowser.open(first)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    options.say("ended; everything that was acknowledged is in the case", quiet)


def _listen(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
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
