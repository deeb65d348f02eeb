"""comity voices"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.option("--cells", is_flag=True, help="What each position rests on, not who speaks.")
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@options.handling
@options.listing()
@options.quiet
def command(case: str, cells: bool, as_of: date | None, handling: Handling, format_: str, quiet: bool) -> None:
    """Whose voice the record carries: each party's share, and what is said without a name.

    An utterance counts once, however often it is told. With --cells, the independent origins, outlets and speakers
    behind each position; speakers without a name apart. The machine never takes such a speaker for a named person:
    only a person can judge the two to be one.

    \b
    Examples:
      comity voices talks.comity
      comity voices talks.comity --as-of 2031-03-06 --format csv
      comity voices talks.comity --cells
    """
    from comity.desk import flow
    from comity.desk.listing import render
    from comity.study import cell_sources, voices
    from comity.words import to_json

    with flow.opened(case) as opened:
        material = flow.from_case(opened, handling=handling, shows=options.shows(quiet)).admitted(handling)
    made = flow.ledger_of(material, as_of)
    documents = {d.id: d for d in material.documents}
    if cells:
        rows = [to_json(cell) for cell in cell_sources(made, documents)]
        columns = ["party", "issue", "origins", "outlets", "speakers", "unnamed"]
        empty = "no positions\n"
    else:
        rows = [to_json(voice) | {"share": round(voice.share, 4)} for voice in voices(made, documents)]
        columns = ["name", "statements", "share", "own_words", "unnamed", "speakers", "outlets"]
        empty = "no statements\n"
    if format_ == "csv" and rows:
        columns = list(rows[0])
    click.echo(render(rows, columns, format_) if rows or format_ != "table" else empty, nl=False)
