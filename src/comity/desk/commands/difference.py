"""comity difference"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling

_FORMATS = ("term", "md", "json", "docx", "pdf")


@click.command()
@options.paths
@options.agenda
@click.option("--since", type=options.Day(), metavar="DATE", required=True, help="The earlier day.")
@click.option("--as-of", type=options.Day(), metavar="DATE", help="The later day; by default all that there is.")
@options.known_at
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="By default from the name of the output.")
@options.output
@options.handling
@options.quiet
def command(
    paths: tuple[str, ...],
    agenda_file: str | None,
    since: date,
    as_of: date | None,
    known_at: date | None,
    format_: str | None,
    output: str | None,
    handling: Handling,
    quiet: bool,
) -> int:
    """What is different between two dates: positions, states of issues, disagreements, new documents; cited.

    PATHS are a case, or reports. Citations are numbered in the order they come; each passage has its label in the brief
    beside its number.

    \b
    Examples:
      comity difference talks.comity --since 2031-03-05
      comity difference talks.comity --since 2031-03-04 --as-of 2031-03-06 -o week.docx
      comity difference reports/ --agenda talks.toml --since 2031-03-05 -o week.pdf
    """
    from comity.desk import reporting
    from comity.desk.report import difference
    from comity.desk.report.dossier import written

    chosen = reporting.chosen_format(format_, output, _FORMATS)
    source = reporting.Source(paths, agenda_file, known_at, handling)
    with reporting.opened(source, options.shows(quiet)) as given:
        brief, made = reporting.brief_and_ledger(given, as_of, since, handling)
        found = difference.difference(reporting.ledger_at(given, since, handling), made)
        brief, id_ = reporting.identified(brief, found)
        content = (
            difference.as_json(found) if chosen == "json" else written(brief, difference.blocks(found, brief), chosen)
        )
        reporting.deliver(given, content, output, id_, f"difference {chosen}", handling, as_of, made, None, quiet)
    return options.tell_failures(given.material.failures)
