"""Issues of a model file: options given one by one, or a numeric range with a step."""

from __future__ import annotations

from fractions import Fraction

from comity.bargaining.model.table import Table, as_number
from comity.words import Issue, Option

MOST_OPTIONS = 10_000
"""Options of one issue beyond which a range is taken for a slip of the pen."""


def exact(number: float) -> Fraction:
    """The decimal number that a person wrote, exactly: the shortest decimal that reads back as this float.

    >>> exact(0.1)
    Fraction(1, 10)
    """
    return Fraction(repr(float(number)))


def read_issue(table: Table) -> Issue:
    """One ``[[issue]]``: id, name, description, kind, and either ``options`` or ``range``."""
    issue_id = table.text("id")
    name = table.text("name", issue_id)
    if ("options" in table) == ("range" in table):
        table.error("give either options or range", hint='options = ["yes", "no"] or range = {from=0, to=10, step=1}')
    options = (
        _range(table) if "range" in table else tuple(_option(table, i) for i in range(len(table.items("options"))))
    )
    seen: set[str] = set()
    for option in options:
        if option.id in seen:
            table.error(f"option {option.id!r} stands there twice", "options")
        seen.add(option.id)
    if len(options) < 2:
        count = "no option" if not options else "only one option"
        table.error(
            f"issue {issue_id!r} has {count}", "options", "an issue needs at least two; leave it out if settled"
        )
    issue = Issue(
        id=issue_id,
        name=name,
        description=table.text("description", ""),
        keywords=table.texts("keywords"),
        options=options,
        kind=table.text("kind", "substance"),
    )
    table.done()
    return issue


def _option(table: Table, i: int) -> Option:
    item = table.items("options")[i]
    if isinstance(item, str) and item.strip():
        return Option(item, item)
    option = Table(item, table.file, f"{table.field('options')}[{i}]")
    option_id = option.text("id")
    unit = option.text("unit", "")
    made = Option(
        option_id, option.text("name", option_id), option.texts("keywords"), option.number("value"), unit or None
    )
    option.done()
    return made


def _range(table: Table) -> tuple[Option, ...]:
    inner = table.table("range")
    assert inner is not None
    ends = []
    for key in ("from", "to", "step"):
        if key not in inner:
            inner.error(f"field {key!r} is missing")
        ends.append(exact(as_number(inner.raw(key), inner.file, inner.field(key))))
    start, stop, step = ends
    unit = inner.text("unit", "")
    inner.done()
    if step <= 0:
        inner.error("has to be above zero", "step")
    if stop < start:
        inner.error("'to' lies below 'from'")
    if (stop - start) % step:
        inner.error(f"step {float(step):g} does not lead from {float(start):g} to {float(stop):g}", "step")
    count = int((stop - start) / step) + 1
    if count > MOST_OPTIONS:
        inner.error(f"makes {count} options, more than {MOST_OPTIONS}", hint="take a wider step")
    values = [start + step * i for i in range(count)]
    return tuple(Option(_digits(v), f"{_digits(v)} {unit}".strip(), value=float(v), unit=unit or None) for v in values)


def _digits(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else repr(float(value))
