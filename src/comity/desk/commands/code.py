"""comity code"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import Act, Certainty, Handling, Mode


@click.command()
@options.case
@click.argument("document")
@click.argument("words")
@click.option("--nth", type=click.IntRange(1), help="Which place, where the words stand in several.")
@click.option("--speaker", default="", metavar="NAME", help="Who says it; by default the article itself.")
@click.option("--holder", default="", metavar="NAME", help="Whose position it is; by default the speaker's.")
@click.option("--act", type=click.Choice([a.value for a in Act]), default=Act.ASSERT.value, show_default=True)
@click.option("--issue", default="", metavar="ID", help="Of the agenda.")
@click.option("--mode", type=click.Choice([m.value for m in Mode]), default=Mode.INDIRECT.value, show_default=True)
@click.option("--certainty", type=click.Choice([c.value for c in Certainty]), default=Certainty.ASSERTED.value)
@click.option("--said", default="", metavar="DAY", help="When it was said: a day, or day/day.")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with the decision.")
@click.option("--label", type=click.Choice([h.value for h in Handling]), help="Handling of what you code and note.")
@options.coder
@options.quiet
def command(
    case: str,
    document: str,
    words: str,
    nth: int | None,
    speaker: str,
    holder: str,
    act: str,
    issue: str,
    mode: str,
    certainty: str,
    said: str,
    note: str,
    label: str | None,
    coder: str | None,
    quiet: bool,
) -> None:
    """Write a statement that the machine did not see.

    WORDS are the exact words of DOCUMENT (its id, or the beginning of it) that say it. `comity review CASE --undo ID`
    takes it back.

    \b
    Examples:
      comity code talks.comity 003 "will not sign" --speaker "Ilse Varga" --act reject --issue turbines --coder ada
    """
    from comity.case import Case
    from comity.desk import coding, flow

    with Case.open(case) as opened:
        found = opened.document(document)
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        where = coding.place(found, words, nth or 0)
        wanted = coding.Coding(speaker, holder, act, issue, mode, certainty, said)
        done = coding.code(
            opened,
            material,
            found,
            where,
            wanted,
            coder=options.coder_of(coder),
            note=note,
            handling=Handling(label) if label else None,
        )
    options.say(f"{done.id}: coded {where.document}:{where.start}-{where.end}", quiet)
