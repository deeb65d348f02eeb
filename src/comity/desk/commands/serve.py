"""comity serve"""

from __future__ import annotations

import click

from comity.desk import options


@click.command()
@options.case
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on this machine; by default a free one.")
@click.option("--workers", type=click.IntRange(1), help="Processes that read documents; by default as many as help.")
@click.option("--open/--no-open", "open_", default=False, help="Open the address in the browser.")
@options.coder
@options.quiet
def command(case: str, port: int, workers: int | None, open_: bool, coder: str | None, quiet: bool) -> None:
    """Open a case in the browser: read, review, search, compare, import, undo.

    Prints an address that works once, and only on this machine. Press Enter for another one, Ctrl-C to end.

    \b
    Examples:
      comity serve talks.comity
      comity serve talks.comity --port 8750 --coder ada
    """
    from comity.desk.web.serving import serve

    serve(case, port, options.coder_of(coder), workers=workers, open_=open_, quiet=quiet)
