"""comity expunge"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import InputError


@click.command()
@options.case
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--decision", "decisions", multiple=True, metavar="ID", help="A decision, for instance for its note.")
@click.option("--agenda", "agendas", multiple=True, type=int, metavar="VERSION", help="A past version of the agenda.")
@click.option("--naming", metavar="WORDS", help="Everything that holds these words.")
@click.option("--yes", is_flag=True, help="Do it. Without this, only tell what would go.")
@options.coder
@options.quiet
def command(
    case: str,
    documents: tuple[str, ...],
    decisions: tuple[str, ...],
    agendas: tuple[int, ...],
    naming: str | None,
    yes: bool,
    coder: str | None,
    quiet: bool,
) -> None:
    """Remove something for good, to protect a source: from the text, the index and the history.

    With a document goes all that was decided on it. The place in the file is overwritten; only that something was
    removed stays on record. It cannot be undone, and it does not reach copies, exports and backups: those that hold it
    are listed first. The file of the report itself stays where it is.

    \b
    Examples:
      comity expunge talks.comity meridian-1a2b3c4d
      comity expunge talks.comity meridian-1a2b3c4d --yes
      comity expunge talks.comity --naming "Ilse Varga"
      comity expunge talks.comity --decision 4f1c02 --yes
    """
    from comity.case import Case, Found
    from comity.desk import exports, flow
    from comity.words import Handling

    if not (documents or decisions or agendas or naming):
        raise InputError("nothing is named", hint="give a document, --decision, --agenda or --naming")
    who = options.coder_of(coder)
    with Case.open(case) as opened:
        found = opened.naming(naming) if naming else Found()
        wanted = Found(
            tuple(dict.fromkeys((*found.documents, *(opened.document(d).id for d in documents)))),
            tuple(dict.fromkeys((*found.decisions, *(_decision(opened, d) for d in decisions)))),
            tuple(dict.fromkeys((*found.agendas, *agendas))),
            found.exports,
        )
        for what, names in (
            ("document", wanted.documents),
            ("decision", wanted.decisions),
            ("version of the agenda", wanted.agendas),
            ("name of an export", wanted.exports),
        ):
            for name in names:
                options.say(f"{what} {name}", quiet)
        kept = opened.receipts()
        if kept and wanted.documents:
            material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
            for receipt in exports.holding(kept, material, wanted.documents):
                options.say(f"note: the export {receipt.name or receipt.id[:16]} holds some of it", quiet)
        if not (wanted.documents or wanted.decisions or wanted.agendas or wanted.exports):
            click.echo("nothing in the case holds these words")
            return
        if not yes:
            click.echo("nothing was removed; add --yes to remove this for good")
            return
        gone = opened.expunge(wanted, who)
    click.echo(
        f"removed: {gone.documents} documents, {gone.decisions} decisions, {gone.agendas} versions of the agenda"
    )


def _decision(case: object, wanted: str) -> str:
    from comity.case import Case

    assert isinstance(case, Case)
    found = [d.id for d in case.decisions() if d.id.startswith(wanted)]
    if len(found) != 1:
        raise InputError(f"{len(found)} decisions begin with {wanted!r}", hint="`comity review CASE --history`")
    return found[0]
