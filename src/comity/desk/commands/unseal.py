"""comity unseal"""

from __future__ import annotations

import click

from comity.desk import options, passphrases


@click.command()
@options.case
@passphrases.option
@options.quiet
def command(case: str, passphrase_file: str | None, quiet: bool) -> None:
    """Bring back what was sealed, and remove the sealed file.

    What was added to the case meanwhile stays. The passphrase is asked for, or read from COMITY_PASSPHRASE or a file.

    \b
    Examples:
      comity unseal talks.comity
      comity unseal talks.comity --passphrase-file secret.txt
    """
    from comity.case import Case

    with Case.open(case) as opened:
        made = opened.unseal(passphrases.given(passphrase_file))
    options.say(f"{case}: {made.documents} documents and {made.decisions} decisions are back", quiet)
