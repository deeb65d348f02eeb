"""comity review"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from comity.desk import options
from comity.words import ComityError, Handling

if TYPE_CHECKING:
    from comity.case import Case
    from comity.desk.flow import Material
    from comity.desk.reviewing import Item
    from comity.words import Ledger

_KEYS = "[a]ccept, [c]orrect, [r]eject, [s]kip, [q]uit"


@click.command()
@options.case
@click.option("--accept", multiple=True, metavar="ID", help="The statement stands as proposed.")
@click.option("--reject", multiple=True, metavar="ID", help="It is no statement.")
@click.option(
    "--correct", multiple=True, metavar="ID FIELD=VALUE", nargs=2, help="A field of the statement is another."
)
@click.option("--undo", multiple=True, metavar="DECISION", help="Take a decision back.")
@click.option("--history", is_flag=True, help="List the decisions that stand, and not the queue.")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with each decision.")
@click.option("--label", type=click.Choice([h.value for h in Handling]), help="Handling of what you decide and note.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many to list.")
@options.coder
@options.listing()
@options.quiet
def command(
    case: str,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    correct: tuple[tuple[str, str], ...],
    undo: tuple[str, ...],
    history: bool,
    note: str,
    label: str | None,
    limit: int,
    coder: str | None,
    format_: str,
    quiet: bool,
) -> None:
    """Accept, correct or reject what the machine proposed; undo.

    Without a decision, lists the statements that no person has looked at, those the ledger rests on first; on a
    terminal it then asks for each. Fields that can be corrected: speaker, holder, act, issue, mode, certainty,
    polarity, status, option, said (a day, or day/day), fact, absolute. A decision is as protected as its document, or
    more with --label.

    \b
    Examples:
      comity review talks.comity
      comity review talks.comity --accept meridian-1a2b3c4d#3 --coder ada
      comity review talks.comity --correct meridian-1a2b3c4d#3 act=demand --note "he said must"
      comity review talks.comity --reject meridian-1a2b3c4d#7
      comity review talks.comity --history
      comity review talks.comity --undo 4f1c02
    """
    from comity.case import Case, effective
    from comity.desk import flow, reviewing
    from comity.desk.listing import render

    wanted = bool(accept or reject or correct or undo)
    with Case.open(case) if wanted else flow.opened(case) as opened:
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        made = flow.ledger_of(material)
        if wanted:
            who = options.coder_of(coder)
            plan = reviewing.plan(accept, reject, correct)
            handling = Handling(label) if label else None
            for id_, kind, field, value in plan:
                done = reviewing.decide(
                    opened, material, made, id_, kind, coder=who, field=field, value=value, note=note, handling=handling
                )
                options.say(f"{done.id}: {done.kind.value} {id_}", quiet)
            for target in undo:
                done = opened.undo(_decision(opened, target), who, note)
                options.say(f"{done.id}: undone {target}", quiet)
            return
        if history:
            listed = reviewing.rows(effective(opened.decisions()))
            columns = ["id", "coder", "kind", "target", "field", "value", "note"]
            click.echo(render(listed, columns, format_) if listed or format_ != "table" else "no decisions\n", nl=False)
            return
        items = reviewing.queue(made)
        rows = [
            {
                "id": item.statement.id,
                "speaker": item.statement.speaker,
                "act": item.statement.act.value,
                "issue": item.statement.issue,
                "bears_on": item.bears_on,
                "confidence": round(item.confidence, 3),
                "quote": item.statement.passage.quote,
            }
            for item in items[:limit]
        ]
        if format_ == "table" and sys.stdin.isatty() and sys.stdout.isatty() and items:
            _ask(opened, material, made, items, coder)
        else:
            columns = ["id", "speaker", "act", "issue", "bears_on", "quote"]
            click.echo(render(rows, columns, format_) if rows or format_ != "table" else "nothing waits\n", nl=False)
            if len(items) > limit:
                options.say(f"note: {len(items)} wait in all; --limit shows more", quiet)


def _decision(case: Case, begin: str) -> str:
    """The id of the decision that begins so, if only one does; else what was given, for the case to refuse."""
    found = [d.id for d in case.decisions() if d.id.startswith(begin)]
    return found[0] if len(found) == 1 else begin


def _ask(case: Case, material: Material, made: Ledger, items: tuple[Item, ...], coder: str | None) -> None:
    """Asks for each statement in turn until the person has had enough."""
    from comity.desk import reviewing, showing
    from comity.words import DecisionKind

    who = options.coder_of(coder)
    kinds = {"a": DecisionKind.ACCEPT, "r": DecisionKind.REJECT, "c": DecisionKind.CORRECT}
    for number, item in enumerate(items, start=1):
        document = next(d for d in material.documents if d.id == item.statement.document)
        click.echo(f"\n{number} of {len(items)}\n{showing.statement_text(item.statement, document, made, material)}")
        while True:
            key = click.prompt(_KEYS, type=click.Choice([*kinds, "s", "q"]), show_choices=False)
            if key == "q":
                return
            if key == "s":
                break
            try:
                field, value = reviewing.pair(click.prompt("field=value")) if key == "c" else ("", "")
                reviewing.decide(
                    case, material, made, item.statement.id, kinds[key], coder=who, field=field, value=value
                )
            except ComityError as error:
                click.echo(f"comity: {error}", err=True)
                continue
            break
