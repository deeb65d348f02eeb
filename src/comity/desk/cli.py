"""The command line. One module a command under `desk.commands`; this one only gathers them."""

from __future__ import annotations

import click

from comity import __version__


@click.group()
@click.version_option(__version__, prog_name="comity")
def main() -> None:
    """Read the record of a negotiation; keep a cited ledger of who stands where."""
