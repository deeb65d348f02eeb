"""comity dossier"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling

_FORMATS = ("term", "md", "json", "docx", "pdf")


@click.command()
@click.argument("issue")
@options.paths
@options.agenda
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@options.known_at
@click.option("--since", type=options.Day(), metavar="DATE", help="Tell what changed since this day.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="By default from the name of the output.")
@options.output
@options.handling
@options.quiet
def command(
    issue: str,
    paths: tuple[str, ...],
    agenda_file: str | None,
    as_of: date | None,
    known_at: date | None,
    since: date | None,
    format_: str | None,
    output: str | None,
    handling: Handling,
    quiet: bool,
) -> int:
    """All about one issue: its state, who stands where, what was said in order, where it is disputed; cited.

    ISSUE is its id in the agenda; PATHS are a case, or reports. Citations are numbered in the order they come; each
    passage has its label in the brief beside its number.

    \b
    Examples:
      comity dossier tolls talks.comity
      comity dossier tolls talks.comity --since 2031-03-05 -o tolls.docx
      comity dossier tolls reports/ --agenda talks.toml -o tolls.pdf
    """
    from comity.desk import reporting
    from comity.desk.report import dossier

    chosen = reporting.chosen_format(format_, output, _FORMATS)
    source = reporting.Source(paths, agenda_file, known_at, handling)
    with reporting.opened(source, options.shows(quiet)) as given:
        brief, made = reporting.brief_and_ledger(given, as_of, since, handling)
        found = dossier.dossier(brief, made, issue)
        found, id_ = reporting.identified_dossier(found)
        content = (
            dossier.as_json(found) if chosen == "json" else dossier.written(found.brief, dossier.blocks(found), chosen)
        )
        reporting.deliver(
            given, content, output, id_, f"dossier {chosen}", handling, as_of, made, found.statements, quiet
        )
    return options.tell_failures(given.material.failures)
