"""comity recall"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.argument("export", required=False)
@click.option("--all", "every", is_flag=True, help="List every export, corrected or not.")
@options.listing()
@options.quiet
def command(case: str, export: str | None, every: bool, format_: str, quiet: bool) -> None:
    """Exports that hold something since corrected: which, why, and the cells that rest on it.

    EXPORT is a file that was exported, or the beginning of an export's id; without it, all of them. Exports written to
    a file leave a receipt in the case: hashes of what they hold, nothing that can be read.

    \b
    Examples:
      comity recall talks.comity
      comity recall talks.comity brief.html
      comity recall talks.comity --all --format csv
    """
    from comity.desk import exports, flow
    from comity.desk.listing import render

    with flow.opened(case) as opened:
        kept = opened.receipts()
        if export:
            kept = exports.find(kept, export)
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
    found = exports.recalled(kept, material, flow.ledger_of(material))
    rows: list[dict[str, object]]
    if every:
        corrected = {id(r.receipt) for r in found}
        rows = [
            {
                "export": r.id[: exports.SHOWN],
                "what": r.what,
                "name": r.name or "(to the screen)",
                "handling": r.handling.value,
                "recorded": r.recorded.date().isoformat(),
                "corrected": "yes" if id(r) in corrected else "no",
            }
            for r in kept
        ]
        columns, nothing = ["export", "what", "name", "recorded", "corrected"], "nothing was exported\n"
    else:
        rows = [
            {
                "export": r.receipt.id[: exports.SHOWN],
                "what": r.receipt.what,
                "name": r.receipt.name or "(to the screen)",
                "recorded": r.receipt.recorded.date().isoformat(),
                "cells": [f"{party} on {issue}" for party, issue in r.cells],
                "why": [f"{place}: {why}" for place, why in r.passages]
                + ([f"{r.gone} passages are no longer in the case"] if r.gone else []),
            }
            for r in found
        ]
        columns, nothing = ["export", "name", "cells", "why"], "no export holds anything since corrected\n"
    click.echo(render(rows, columns, format_) if rows or format_ != "table" else nothing, nl=False)
