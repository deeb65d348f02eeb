"""The outline of a clause file: blocks with a heading at the margin, fields indented below, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.words import InputError

KINDS = ("accord", "zone", "event", "define", "clause")


@dataclass(frozen=True)
class Field:
    """``name: value``; `line` counts from 1. A deeper indented line continues the one above."""

    name: str
    value: str
    line: int


@dataclass(frozen=True)
class Block:
    kind: str
    heading: str
    line: int
    fields: tuple[Field, ...]

    def all(self, name: str) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.name == name)

    def one(self, name: str) -> Field | None:
        """The only field of this name, if any; a second one is refused by `outline`'s caller."""
        found = self.all(name)
        return found[-1] if found else None


_HEADING = re.compile(r"(?P<kind>[a-z]+)\s+(?P<rest>\S.*)$")
_FIELD = re.compile(r"(?P<name>[a-z][a-z ]*(?:\s[\w.-]+)?)\s*:(?:\s+(?P<value>.*)|$)")


def outline(text: str, file: str) -> tuple[Block, ...]:
    """The blocks of a clause file. Raises InputError with file and line.

    >>> [(b.kind, b.heading, [(f.name, f.value, f.line) for f in b.fields])
    ...  for b in outline('clause 1 "Truce"\\n  holder: north,\\n    south\\n', "a.accord")]
    [('clause', '1 "Truce"', [('holder', 'north, south', 2)])]
    """
    blocks = list[Block]()
    fields = list[Field]()
    indent = 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip())
        if "\t" in line[:depth]:
            raise InputError("a tab at the beginning of a line", file=file, line=number, hint="indent with spaces")
        if depth == 0:
            match = _HEADING.match(bare)
            if not match or match["kind"] not in KINDS:
                raise InputError(
                    f"unknown heading {bare[:40]!r}", file=file, line=number,
                    hint=f"a line at the margin begins with {', '.join(KINDS[:-1])} or {KINDS[-1]}",
                )  # fmt: skip
            fields = []
            blocks.append(Block(match["kind"], match["rest"], number, ()))
            indent = 0
            continue
        if not blocks:
            raise InputError("a field before any heading", file=file, line=number, hint='begin with: accord "Title"')
        if fields and indent and depth > indent:
            last = fields[-1]
            fields[-1] = Field(last.name, f"{last.value} {bare}".strip(), last.line)
        else:
            match = _FIELD.match(bare)
            if not match:
                raise InputError(f"not a field: {bare[:40]!r}", file=file, line=number, hint="write NAME: VALUE")
            fields.append(Field(" ".join(match["name"].split()), (match["value"] or "").strip(), number))
            indent = indent or depth
        head = blocks[-1]
        blocks[-1] = Block(head.kind, head.heading, head.line, tuple(fields))
    return tuple(blocks)


def unquoted(text: str, *, file: str, line: int, name: str) -> str:
    """What stands between quotation marks; raises InputError if there are none.

    >>> unquoted('“as soon as "possible"”', file="a", line=1, name="quote")
    'as soon as "possible"'
    """
    if len(text) >= 2 and text[0] in '"“' and text[-1] in '"”':
        return text[1:-1]
    raise InputError(f"no quotation: {text[:40]!r}", file=file, line=line, field=name, hint='put it between " and "')


def listed(text: str) -> tuple[str, ...]:
    """Comma-separated ids.

    >>> listed("north, south")
    ('north', 'south')
    """
    return tuple(part.strip() for part in text.split(",") if part.strip())
