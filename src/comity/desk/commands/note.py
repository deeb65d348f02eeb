"""comity note"""

from __future__ import annotations

import sys

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.argument("section")
@click.argument("text", required=False)
@click.option("--label", type=click.Choice([h.value for h in Handling]), default="public", show_default=True)
@options.coder
@options.quiet
def command(case: str, section: str, text: str | None, label: str, coder: str | None, quiet: bool) -> None:
    """Write a paragraph of your own into the brief of a case.

    It survives every regeneration and is marked as yours.

    SECTION is bottom-line, matrix, changes, dates, disagreements, moves, channels, terms, facts, weak-points or
    sources. Without TEXT it is read from the standard input. `comity review CASE --undo ID` takes it out again.

    \b
    Examples:
      comity note talks.comity bottom-line "The offer of Thursday is worth testing." --coder ada
      comity note talks.comity disagreements < paragraph.md
    """
    from comity.case import Case
    from comity.desk.paragraphs import paragraph_decision

    words = text if text is not None else sys.stdin.read()
    wanted = paragraph_decision(section, words, options.coder_of(coder), Handling(label))
    with Case.open(case) as opened:
        done = opened.decide(wanted)
    options.say(f"{done.id}: paragraph in {done.field}", quiet)
