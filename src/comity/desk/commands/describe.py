"""comity describe"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.argument("document")
@click.option("--published", metavar="DATE", help="Day of publication, YYYY-MM-DD; empty: not known.")
@click.option("--source", metavar="NAME", help="Outlet.")
@click.option("--title", metavar="TEXT", help="Headline.")
@click.option("--url", metavar="ADDRESS", help="Where it was published.")
@click.option("--label", type=click.Choice([h.value for h in Handling]), help="Handling.")
@click.option("--supersedes", metavar="ID", help="The document that it replaces.")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with the decision.")
@options.coder
@options.quiet
def command(
    case: str,
    document: str,
    published: str | None,
    source: str | None,
    title: str | None,
    url: str | None,
    label: str | None,
    supersedes: str | None,
    note: str,
    coder: str | None,
    quiet: bool,
) -> None:
    """Say what you know of a document better than its file does: day, outlet, title, handling.

    DOCUMENT is its id, or the beginning of it. Each field is a decision: in the history, to be undone. The document is
    read anew where that bears on its reading.

    \b
    Examples:
      comity describe talks.comity 003 --published 2031-03-02 --source "Quenna Gazette"
      comity describe talks.comity my-note --label internal --note "cleared"
    """
    from comity.case import Case
    from comity.desk.describing import describe

    given = {"published": published, "source": source, "title": title, "url": url, "handling": label,
             "supersedes": supersedes}  # fmt: skip
    chosen = {field: value for field, value in given.items() if value is not None}
    with Case.open(case) as opened:
        for done in describe(opened, document, chosen, coder=options.coder_of(coder), note=note):
            options.say(f"{done.id}: {done.field} of {done.target} is {done.value or 'not known'}", quiet)
