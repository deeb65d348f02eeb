"""comity agree"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.option("--coders", metavar="A,B", help="These coders only; by default all, readers included.")
@click.option("--field", "fields", multiple=True, metavar="FIELD", help="This field only; may be repeated.")
@click.option("--bootstrap", type=click.IntRange(0, 100_000), default=1000, show_default=True, metavar="N",
              help="Replicates for the intervals; 0 for none.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Of the bootstrap.")
@options.listing()
@options.quiet
def command(
    case: str, coders: str | None, fields: tuple[str, ...], bootstrap: int, seed: int, format_: str, quiet: bool
) -> None:
    """How far coders agree, field by field: people with each other and with the machine.

    Krippendorff's α, nominal; of certainty also ordinal, of the day said by distance. Intervals are the middle 95 % of
    bootstrap replicates (units drawn with replacement). Spans: F1 of characters that both marked, of spans that share
    more than half, of spans that are the same. `equal` is the share of units on which all are equal, chance included.
    Adjudications are nobody's coding and are left out.

    \b
    Examples:
      comity agree talks.comity
      comity agree talks.comity --coders ada,bo --field act --field speaker
      comity agree talks.comity --bootstrap 0 --format csv
    """
    from comity.desk import blind, flow
    from comity.desk.listing import render
    from comity.study import agreement
    from comity.words import InputError, dumps

    with flow.opened(case) as opened:
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        found = blind.all_coded(opened, material)
    people = [c for c in found.coders if c.kind == "person"]
    if not people:
        raise InputError("nobody has coded anything yet", hint="comity review or comity code")
    names = [name.strip() for name in coders.split(",")] if coders else None
    made = agreement(found, coders=names, fields=fields or None, replicates=bootstrap, seed=seed)
    rows = [
        {
            "field": f.field,
            "scale": f.alpha.scale.value,
            "alpha": _round(f.alpha.value),
            "low": _round(f.alpha.low),
            "high": _round(f.alpha.high),
            "equal": _round(f.equal),
            "units": f.alpha.units,
            "values": f.alpha.values,
            "coders": f.alpha.coders,
        }
        for f in made.fields
    ]
    pairs = [
        {
            "one": p.one,
            "other": p.other,
            "documents": p.documents,
            "spans": [p.spans.one, p.spans.other],
            "overlap": _round(p.spans.overlap),
            "matched": _round(p.spans.matched),
            "exact": _round(p.spans.exact),
        }
        for p in made.pairs
    ]
    coders_ = [{"coder": c.id, "kind": c.kind} for c in made.coders]
    if format_ == "json":
        method = made.fields[0].alpha.method if made.fields else ""
        whole = {"coders": coders_, "units": made.units, "method": method, "fields": rows, "pairs": pairs}
        click.echo(dumps(whole, indent=2))
    elif format_ == "table":
        listed = ", ".join(f"{c['coder']} ({c['kind']})" for c in coders_)
        click.echo(f"coders  {listed}\nunits   {made.units} coded by two or more\n")
        click.echo(render(rows, ["field", "scale", "alpha", "low", "high", "equal", "units"], "table"), nl=False)
        if pairs:
            click.echo("\nspans")
            columns = ["one", "other", "documents", "overlap", "matched", "exact"]
            click.echo(render(pairs, columns, "table"), nl=False)
    else:
        click.echo(render(rows, list(rows[0]) if rows else ["field"], format_), nl=False)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0
