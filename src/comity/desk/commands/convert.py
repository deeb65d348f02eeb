"""comity convert"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import Handling

_UNITS = ("code points", "utf-16", "bytes")


@click.command()
@click.argument("source", type=click.Path())
@click.argument("target", type=click.Path())
@click.option("--units", type=click.Choice(_UNITS), default="code points", show_default=True,
              help="What offsets of annotations count.")  # fmt: skip
@options.handling
@options.quiet
def command(source: str, target: str, units: str, handling: Handling, quiet: bool) -> None:
    """From one form to another, by what SOURCE is and how TARGET is called.

    A case becomes a folder of open files (TARGET without an ending), or its codings a Discourse Network Analyzer
    database (.dna), Web Annotations (.jsonld), CSV or Parquet; public material only, unless --handling asks for more.
    Such a folder or database becomes a case again; codings are added to a case that holds their documents. Machine and
    people are told apart in every form.

    \b
    Examples:
      comity convert talks.comity talks-folder
      comity convert talks-folder copy.comity
      comity convert talks.comity codings.jsonld
      comity convert talks.comity talks.dna
      comity convert study.dna study.comity
      comity convert codings.csv talks.comity
    """
    from comity.desk.interchange.converting import convert
    from comity.desk.interchange.offsets import Unit

    done = convert(source, target, handling, Unit(units), options.shows(quiet))
    export = f"; export {done.export}" if done.export else ""
    options.say(f"{done.said}{export}", quiet)
