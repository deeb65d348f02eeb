"""comity search"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling, to_json


@click.command()
@options.case
@click.argument("query")
@click.option("--source", metavar="OUTLET", help="Only in documents of this outlet.")
@click.option("--since", type=options.Day(), metavar="DATE", help="Only what was published on or after this day.")
@click.option("--until", type=options.Day(), metavar="DATE", help="Only what was published on or before this day.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Documents shown.")
@options.listing()
@options.quiet
def command(
    case: str,
    query: str,
    source: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    format_: str,
    quiet: bool,
) -> None:
    """Documents that hold these words, best first, each with a passage.

    Case, accents, Cyrillic variants and transliterations are folded. "…" asks for a phrase, a trailing * for any
    ending, OR and a leading - for what they say.

    \b
    Examples:
      comity search talks.comity '"buffer zone" monitor*'
      comity search talks.comity toll --source "Harbour Post" --since 2031-03-01
    """
    from comity.desk import flow
    from comity.desk.listing import render

    with flow.opened(case) as opened:
        found = opened.search(query, source=source, since=since, until=until, limit=limit, handling=Handling.PROTECTED)
    rows = [
        {
            "document": hit.document,
            "published": to_json(hit.published),
            "source": hit.source,
            "title": hit.title,
            "handling": hit.handling.value,
            "matches": len(hit.matches),
            "passage": hit.snippet.quote,
            "start": hit.snippet.start,
            "end": hit.snippet.end,
            "places": [[m.start, m.end] for m in hit.matches],
        }
        for hit in found.hits
    ]
    columns = ["document", "published", "source", "matches", "passage"]
    if format_ == "table" and not rows:
        click.echo("nothing found")
    else:
        click.echo(render(rows, [*columns, "start", "end"] if format_ == "csv" else columns, format_), nl=False)
    if found.total > len(rows):
        options.say(f"note: {found.total} documents in all; --limit shows more", quiet)
