"""comity mail"""

from __future__ import annotations

from pathlib import Path

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.argument("destination", type=click.Path())
@options.handling
@click.option("--replace", is_flag=True, help="Replace the file if it is there.")
@options.quiet
def command(case: str, destination: str, handling: Handling, replace: bool, quiet: bool) -> None:
    """A copy of a case in one file, fit to be mailed.

    Whole and consistent, also while others work with the case; public material only, unless asked. Interests, BATNA
    notes and grades of sources in the agenda are not public, nor are its comments.

    \b
    Examples:
      comity mail talks.comity talks-for-colleagues.comity
      comity mail talks.comity backup.comity --handling protected
    """
    from comity.desk import flow

    with flow.opened(case) as opened:
        made = opened.mail(Path(destination), handling=handling, force=replace)
    options.say(
        f"{made.path}: {made.bytes:,} bytes; left out: {made.documents_left_out} documents, "
        f"{made.decisions_left_out} decisions",
        quiet,
    )
