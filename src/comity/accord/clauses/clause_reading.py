"""One clause block as a `ClauseTree`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from comity.accord.clauses.blocks import Block, Field, listed, unquoted
from comity.accord.clauses.grammar import Unreadable, parse_date, parse_value
from comity.accord.clauses.names import ACTORS, Names, act_expressions, meant, named
from comity.accord.clauses.tree import Act, ClauseTree, Happens, Quote, Variable
from comity.words import InputError, Standing

FIELDS = (
    "standing", "quote", "for each", "holder", "counterpart", "must", "must not", "may", "when", "if", "unless",
    "except", "only after", "only if", "in step with", "suspended while", "terminated by", "from", "until",
    "verified by", "after", "after inferred", "assumed", "unstated", "not monitored because", "statement", "note",
)  # fmt: skip
MANY = ("quote", "for each", "if", "unless", "except", "only after", "only if", "terminated by", "statement", "note")
_HEADING = re.compile(r"(?P<id>[\w.-]+)(?:\s+\((?P<by>\w+)\))?\s+(?P<title>[\"“].*[\"”])$")
_STANDING = re.compile(r"(?P<standing>proposed|bracketed|agreed)(?:\s+by\s+(?P<by>.+))?$")


def quote_of(field: Field, file: str, texts: Mapping[str, str | None]) -> Quote:
    """A quotation and the text it is from: ``quote: "…"`` where there is one text, else ``quote NAME: "…"``."""
    source = field.name.removeprefix("quote").strip()
    if not texts:
        raise InputError(
            "no text to quote from", file=file, line=field.line, field="quote",
            hint="name it in the header: text NAME: FILE, or text NAME: kept elsewhere",
        )  # fmt: skip
    if source and source not in texts:
        raise InputError(
            f"unknown text {source!r}", file=file, line=field.line, field="quote",
            hint=meant(source, texts, f"the header names {', '.join(texts)}"),
        )  # fmt: skip
    if not source and len(texts) > 1:
        raise InputError(
            "which text?", file=file, line=field.line, field="quote",
            hint="write " + " or ".join(f"quote {name}: …" for name in texts),
        )  # fmt: skip
    words = unquoted(field.value, file=file, line=field.line, name="quote")
    if not words.strip():
        raise InputError("an empty quotation", file=file, line=field.line, field="quote")
    return Quote(words, source or next(iter(texts)), field.line)


class _Reader:
    """Reads the fields of one clause; keeps file and lines for what it refuses."""

    def __init__(self, block: Block, names: Names, texts: Mapping[str, str | None]) -> None:
        self.block, self.names, self.texts, self.file = block, names, texts, names.file
        self.scope: dict[str, Variable] = {}

    def fail(self, what: str, field: Field | None = None, hint: str | None = None) -> InputError:
        return InputError(
            what, file=self.file, line=field.line if field else self.block.line, field=field.name if field else None,
            hint=hint,
        )  # fmt: skip

    def check_fields(self) -> None:
        seen = set[str]()
        for field in self.block.fields:
            plain = "quote" if field.name.split()[0] == "quote" else field.name
            if plain not in FIELDS:
                raise self.fail(
                    "unknown field", field, meant(plain, FIELDS, f"fields of a clause: {', '.join(FIELDS)}")
                )
            if plain in seen and plain not in MANY:
                raise self.fail("stands twice", field, "keep one")
            seen.add(plain)
            if not field.value:
                raise self.fail("nothing after the colon", field)

    def value(self, field: Field, start: str) -> Any:
        return parse_value(start, field.value, file=self.file, line=field.line, name=field.name)

    def expr(self, field: Field) -> Any:
        found = self.value(field, "expr")
        self.names.check(found, self.scope, field.line, field.name)
        return found

    def exprs(self, *names: str) -> tuple[Any, ...]:
        found = list[Any]()
        for field in self.block.fields:
            if field.name in names:
                expr = self.expr(field)
                if field.name == "only after" and isinstance(expr, Happens) and expr.when == "that day":
                    expr = replace(expr, when="ever")
                found.append(expr)
        return tuple(found)

    def releases(self) -> tuple[tuple[Any, Any], ...]:
        found = tuple(self.value(field, "release") for field in self.block.all("unless"))
        for field, (expr, timing) in zip(self.block.all("unless"), found, strict=True):
            self.names.check(expr, self.scope, field.line, "unless")
            if timing and (timing.every is not None or timing.last is not None):
                raise self.fail("within how many days?", field, "write EVENT(…) within 30 days")
        return found

    def maybe(self, name: str) -> Any:
        field = self.block.one(name)
        return self.expr(field) if field else None

    def acts(self, name: str) -> tuple[Act, ...]:
        field = self.block.one(name)
        if not field:
            return ()
        found: tuple[Act, ...] = self.value(field, "steps")
        for choice in act_expressions(found):
            self.names.check_event(choice, self.scope, field.line, name)
        return found

    def variables(self) -> tuple[Variable, ...]:
        for field in self.block.all("for each"):
            for part in field.value.split(";"):
                variable = self._variable(part.strip(), field)
                if variable.name in self.scope or variable.name in self.names.ids:
                    raise self.fail(f"{variable.name!r} already names something", field, "choose another name")
                self.scope[variable.name] = variable
        return tuple(self.scope.values())

    def _variable(self, text: str, field: Field) -> Variable:
        match = re.fullmatch(r"(?P<other>other )?(?P<name>\w+)(?: as (?P<sort>\w+))?(?: in (?P<among>[\w ,]+))?", text)
        if not match:
            raise self.fail(
                f"cannot be read: {text!r}", field, "write party; other party; zone in north, south; giver as party"
            )
        sort = match["sort"] or match["name"]
        named(match["name"], file=self.file, line=field.line, field=field.name)
        known = self.names.sorts.get(sort, ())
        if match["other"]:
            first = next((v for v in self.scope.values() if v.sort == sort), None)
            if not first:
                raise self.fail(f"other {sort} than whom?", field, f"write: {sort}; other {sort}")
            return Variable("other", sort, first.among, first.name)
        if match["among"]:
            sorts = ACTORS if sort in ACTORS else (sort,)
            return Variable(
                match["name"],
                sort,
                tuple(self.names.id(n, sorts, field.line, field.name) for n in listed(match["among"])),
            )
        if sort in self.names.sorts and not known:
            raise self.fail(f"no {sort} is declared", field)
        return Variable(match["name"], sort, known)

    def ids(self, name: str, *, variables: bool = True) -> tuple[str, ...]:
        """Ids of parties and bodies in a field; a variable stands for all it ranges over."""
        field = self.block.one(name)
        found = list[str]()
        for word in listed(field.value if field else ""):
            if variables and word in self.scope and self.scope[word].sort in ACTORS:
                found += self.scope[word].among
            else:
                found.append(self.names.id(word, ACTORS, field.line if field else 0, name))
        return tuple(dict.fromkeys(found))

    def date(self, name: str) -> Any:
        field = self.block.one(name)
        if not field:
            return None
        try:
            return parse_date(field.value)
        except Unreadable as error:
            raise self.fail(error.what, field, error.hint or None) from None

    def standing(self, by: str | None) -> tuple[Standing, tuple[str, ...]]:
        field = self.block.one("standing")
        if not field:
            raise self.fail("no standing", None, "write: standing: agreed, proposed by PARTY or bracketed by PARTY")
        match = _STANDING.match(field.value)
        if not match:
            raise self.fail(f"cannot be read: {field.value!r}", field, "write agreed, proposed by … or bracketed by …")
        who = tuple(self.names.id(w, ACTORS, field.line, "standing") for w in listed(match["by"] or ""))
        standing = Standing(match["standing"])
        if by:
            who = tuple(dict.fromkeys((self.names.id(by, ACTORS, self.block.line, "clause"), *who)))
            if standing is not Standing.BRACKETED:
                raise self.fail("a wording of one party is bracketed", field, "write: standing: bracketed")
        if standing is Standing.BRACKETED and not who:
            raise self.fail("bracketed by whom?", field, "write: standing: bracketed by PARTY")
        return standing, who


def _words(reader: _Reader, name: str) -> tuple[str, ...]:
    return tuple(part for field in reader.block.all(name) for part in listed(field.value))


def read_clause(block: Block, names: Names, texts: Mapping[str, str | None]) -> ClauseTree:
    """The clause of a block. Raises InputError."""
    reader = _Reader(block, names, texts)
    match = _HEADING.match(block.heading)
    if not match:
        raise reader.fail(f"not a clause: {block.heading[:40]!r}", None, 'write: clause 2.1 "Title"')
    reader.check_fields()
    standing, proposer = reader.standing(match["by"])
    quotes = tuple(quote_of(f, names.file, texts) for f in block.fields if f.name.split()[0] == "quote")
    if not quotes:
        raise reader.fail("no quotation", None, 'every clause cites the words it formalises: quote: "…"')
    variables = reader.variables()
    suspended_field = block.one("suspended while")
    suspended = None
    if suspended_field:
        suspended = reader.value(suspended_field, "suspension")
        for expr in suspended:
            names.check(expr, reader.scope, suspended_field.line, "suspended while")
    why_not = block.one("not monitored because")
    releases = reader.releases()
    tree = ClauseTree(
        id=f"{match['id']}/{match['by']}" if match["by"] else match["id"],
        title=unquoted(match["title"], file=names.file, line=block.line, name="clause"),
        line=block.line,
        standing=standing,
        proposer=proposer,
        quotes=quotes,
        variables=variables,
        holder=reader.ids("holder"),
        counterpart=reader.ids("counterpart"),
        must=reader.acts("must"),
        must_not=reader.acts("must not"),
        may=reader.acts("may"),
        when=reader.maybe("when"),
        conditions=reader.exprs("if"),
        unless=tuple(expr for expr, _ in releases),
        unless_timing=tuple(timing for _, timing in releases),
        exceptions=reader.exprs("except"),
        only=reader.exprs("only after", "only if"),
        in_step=reader.maybe("in step with"),
        suspended=suspended,
        terminated=reader.exprs("terminated by"),
        first_day=reader.date("from"),
        last_day=reader.date("until"),
        verifier=reader.ids("verified by", variables=False),
        after=_words(reader, "after"),
        after_inferred=_words(reader, "after inferred"),
        assumed=_words(reader, "assumed"),
        unstated=_words(reader, "unstated"),
        why_not=why_not.value if why_not else "",
        statements=_words(reader, "statement"),
        note=" ".join(f.value for f in block.all("note")),
        lines={f.name: f.line for f in reversed(block.fields)},
        raw=tuple((f.name, f.value) for f in block.fields),
    )
    _whole(tree, reader)
    return tree


def _whole(tree: ClauseTree, reader: _Reader) -> None:
    """A clause says one thing: an obligation, a prohibition or a power, or why it cannot be monitored."""
    modes = [name for name, acts in (("must", tree.must), ("must not", tree.must_not), ("may", tree.may)) if acts]
    if tree.why_not and modes:
        raise reader.fail("not monitored, and yet an act", reader.block.one(modes[0]), "keep one of the two")
    if not tree.why_not and not modes:
        raise reader.fail(
            "the clause says nothing that can be monitored", None,
            "write must:, must not: or may: with an event; or say why not: not monitored because: …",
        )  # fmt: skip
    if len(modes) > 1:
        raise reader.fail(f"{modes[0]} and {modes[1]} in one clause", reader.block.one(modes[1]), "write two clauses")
    timings = [act.timing for act in (*tree.must, *tree.must_not, *tree.may) if act.timing]
    if tree.standing is Standing.AGREED and (tree.assumed or any(timing.assumed for timing in timings)):
        raise reader.fail(
            "agreed, and yet something is assumed", reader.block.one("assumed" if tree.assumed else modes[0]),
            "a verdict may not rest on it: write standing: proposed, or not monitored because: …",
        )  # fmt: skip
    if tree.when is not None and tree.in_step is not None:
        raise reader.fail("when and in step with", reader.block.one("in step with"), "keep one")
    if len(tree.must_not) + len(tree.may) > 1:
        name = modes[0]
        raise reader.fail("several acts", reader.block.one(name), "write (A or B), or one clause for each")
