"""Where a passphrase comes from: a file, the environment, or a prompt that does not show it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from comity.words import InputError

VARIABLE = "COMITY_PASSPHRASE"

option = click.option(
    "--passphrase-file", type=click.Path(), metavar="FILE", help=f"Its first line; else ${VARIABLE}, else a prompt."
)


def given(file: str | None, *, new: bool = False) -> str:
    """The passphrase; a new one is asked for twice. Raises InputError if there is no way to get one."""
    if file:
        try:
            lines = Path(file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise InputError(f"cannot be read: {reason}", file=file) from None
        if not lines or not lines[0]:
            raise InputError("its first line is empty", file=file, hint="write the passphrase there")
        return lines[0]
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise InputError("no passphrase", hint=f"set {VARIABLE}, or give --passphrase-file")
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
