"""comity tensions"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.option("--real", multiple=True, metavar="KEY", help="The two cannot both hold.")
@click.option("--explained", multiple=True, metavar="KEY", help="They fit, once it is known how; not shown any more.")
@click.option("--double", multiple=True, metavar="KEY", help="Another tension says the same; not shown any more.")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with each decision.")
@click.option("--decided", is_flag=True, help="List also what was explained or is a double.")
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@options.coder
@options.listing()
@options.quiet
def command(
    case: str,
    real: tuple[str, ...],
    explained: tuple[str, ...],
    double: tuple[str, ...],
    note: str,
    decided: bool,
    as_of: date | None,
    coder: str | None,
    format_: str,
    quiet: bool,
) -> None:
    """Statements against statements, and what people say of them: real, explained, double.

    Without a decision, lists the tensions, those first that nobody has judged. `comity review CASE --undo ID` takes a
    decision back.

    \b
    Examples:
      comity tensions talks.comity
      comity tensions talks.comity --explained position_conflict:tolls:1f2e3d4c5b6a7980 --note "two different tolls"
      comity tensions talks.comity --decided --format json
    """
    from comity.case import Case
    from comity.desk import flow, judging
    from comity.desk.listing import render

    plan = [*((k, "real") for k in real), *((k, "explained") for k in explained), *((k, "double") for k in double)]
    with Case.open(case) if plan else flow.opened(case) as opened:
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        made = judging.unjudged(material, as_of) if plan or decided else flow.ledger_of(material, as_of)
        if plan:
            who = options.coder_of(coder)
            for key, verdict in plan:
                done = judging.judge(opened, material, made, key, verdict, coder=who, note=note)
                options.say(f"{done.id}: {verdict} {key}", quiet)
            return
    rows = [
        {
            "key": found.key,
            "kind": found.tension.kind.value,
            "issue": found.tension.issue,
            "judged": found.verdict,
            "by": found.decision.coder if found.decision else "",
            "one": [s.passage.quote for s in judging.sides(made, found.tension)[0]],
            "other": [s.passage.quote for s in judging.sides(made, found.tension)[1]],
            "rule": found.tension.rule,
        }
        for found in judging.tensions(material, made)
    ]
    columns = ["key", "judged", "one", "other"]
    click.echo(render(rows, columns, format_) if rows or format_ != "table" else "no tensions\n", nl=False)
