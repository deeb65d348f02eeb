"""comity new"""

from __future__ import annotations

import click

from comity.desk import options


@click.command()
@options.case
@options.agenda
@options.coder
@options.quiet
def command(case: str, agenda_file: str | None, coder: str | None, quiet: bool) -> None:
    """Make a case file: one file that holds documents, readings and decisions.

    \b
    Examples:
      comity new talks.comity
      comity new talks.comity --agenda talks.toml
    """
    from comity.case import Case
    from comity.ledger import agenda_toml

    agenda = options.agenda_of(agenda_file)
    toml = agenda_toml(agenda) if agenda else None
    with Case.create(case, toml, coder=options.coder_of(coder)):
        pass
    options.say(f"{case}: made; add documents with `comity add {case} PATH…`", quiet)
