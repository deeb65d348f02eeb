"""comity seal"""

from __future__ import annotations

import click

from comity.desk import options, passphrases


@click.command()
@options.case
@passphrases.option
@options.quiet
def command(case: str, passphrase_file: str | None, quiet: bool) -> None:
    """Move what is not public into an encrypted file beside the case.

    Documents, notes and codings labelled internal or protected, decisions on them, and what only a person can put into
    the agenda (interests, BATNA notes, grades of sources) go into CASE.sealed; the case keeps the rest, to be worked
    with. `comity unseal` brings all of it back. The passphrase is asked for, or read from COMITY_PASSPHRASE or a file.
    Nobody can open the file without it: there is no other way in. Close the workbench first.

    \b
    Examples:
      comity seal talks.comity
      comity seal talks.comity --passphrase-file secret.txt
    """
    from comity.case import Case

    with Case.open(case) as opened:
        made = opened.seal(passphrases.given(passphrase_file, new=True))
    agenda = ", and what is not public of the agenda" if made.agenda else ""
    options.say(f"{made.path}: {made.documents} documents, {made.decisions} decisions{agenda}", quiet)
