"""comity blind"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import Handling, InputError


@click.command()
@options.case
@click.argument("document", required=False)
@click.option("--accept", multiple=True, metavar="ID", help="The statement stands as the machine proposed it.")
@click.option("--reject", multiple=True, metavar="ID", help="It is no statement.")
@click.option("--correct", multiple=True, metavar="ID FIELD=VALUE", nargs=2, help="A field of it is another.")
@click.option("--unaided", is_flag=True, help="Show the text of DOCUMENT and not what the machine proposes.")
@click.option("--mine", is_flag=True, help="List what you have coded.")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with each decision.")
@click.option("--label", type=click.Choice([h.value for h in Handling]), help="Handling of what you decide and note.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many to list.")
@options.coder
@options.listing()
@options.quiet
def command(
    case: str,
    document: str | None,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    correct: tuple[tuple[str, str], ...],
    unaided: bool,
    mine: bool,
    note: str,
    label: str | None,
    limit: int,
    coder: str | None,
    format_: str,
    quiet: bool,
) -> None:
    """Code blind: you see what the machine proposes and what you decided, and nothing that others decided.

    Without a decision, lists what you have not coded, in the order of the documents. With --unaided, shows a text with
    the offset of each line instead; `comity code` writes a statement of your own. Who decides on no proposal of a
    document and writes statements there codes all of it. `comity agree` tells how far coders agree, `comity adjudicate`
    where they differ.

    \b
    Examples:
      comity blind talks.comity --coder bo
      comity blind talks.comity --coder bo --accept meridian-1a2b3c4d#3
      comity blind talks.comity --coder bo --correct meridian-1a2b3c4d#4 act=demand
      comity blind talks.comity meridian-1a2b3c4d --unaided --coder bo
      comity blind talks.comity --mine --coder bo
    """
    from comity.case import Case
    from comity.desk import blind, flow, reviewing
    from comity.desk.listing import render

    wanted = bool(accept or reject or correct)
    who = options.coder_of(coder)
    with Case.open(case) if wanted else flow.opened(case) as opened:
        whole = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        material = blind.as_seen_by(whole, who)
        if wanted:
            made = flow.ledger_of(material)
            plan = reviewing.plan(accept, reject, correct)
            handling = Handling(label) if label else None
            for id_, kind, field, value in plan:
                done = reviewing.decide(
                    opened, material, made, id_, kind, coder=who, field=field, value=value, note=note, handling=handling
                )
                options.say(f"{done.id}: {done.kind.value} {id_}", quiet)
            return
        of = opened.document(document).id if document else None
        if unaided:
            if of is None:
                raise InputError("no document is named", field="--unaided", hint="`comity show CASE` lists them")
            click.echo(blind.with_offsets(opened.document(of).text))
            return
    rows = blind.queue(material, who, of, mine)[:limit]
    nothing = "you have coded nothing\n" if mine else "nothing is left to code\n"
    columns = ["id", "speaker", "act", "issue", "quote"]
    click.echo(render(rows, columns, format_) if rows or format_ != "table" else nothing, nl=False)
