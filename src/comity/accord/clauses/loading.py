"""A clause file as an `Accord`: read, checked against the cited texts, given its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from comity.accord.clauses.contradictions import refuse_contradictions
from comity.accord.clauses.duties import Meaning
from comity.accord.clauses.formulas import Meanings
from comity.accord.clauses.names import breaches
from comity.accord.clauses.paraphrase import Paraphrase
from comity.accord.clauses.quotes import find_quote, nearest
from comity.accord.clauses.reading import read_accord
from comity.accord.clauses.tree import AccordTree, ClauseTree, DefinitionTree, Quote
from comity.accord.formula import Binary, Not
from comity.accord.monitorable import NotMonitorable, check, normal_form
from comity.accord.syntax import Signature
from comity.words import Accord, Cited, Clause, InputError, Modality, Standing, Zone

SLOTS = {
    "holder": "who acts",
    "counterpart": "towards whom",
    "trigger": "what sets it off",
    "act": "what exactly is done",
    "deadline": "how fast",
    "duration": "for how long",
    "verifier": "watched by whom",
    "response": "what follows a breach",
}
"""Slots of a clause, and the question that an empty one leaves open."""


def read_text(path: str | Path) -> str:
    """The UTF-8 text of a file. Raises InputError."""
    try:
        return Path(path).read_text(encoding="utf8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 (byte {error.start})", file=str(path), hint="save the file as UTF-8") from None
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None


def load_accord(path: str | Path, texts: Mapping[str, str] | None = None) -> Accord:
    """The accord of a clause file.

    Parameters
    ----------
    path
        A clause file (docs/accord/clauses.md describes the language).
    texts
        Cited texts by name, beside or instead of the files that the header names. A text that the header says is
        "kept elsewhere" and that is not given here leaves its quotations unchecked (`Cited.start` is None).

    Raises InputError, with file and line, for anything that cannot be read, quoted or monitored.
    """
    return parse_accord(read_text(path), str(path), texts, Path(path).parent)


def parse_accord(
    text: str, file: str = "accord", texts: Mapping[str, str] | None = None, folder: Path | None = None
) -> Accord:
    """Like `load_accord`, from the file's text; files that the header names are looked for in `folder`.

    >>> accord = parse_accord('''
    ... accord "Truce"
    ...   text truce: kept elsewhere
    ...   timezone: Europe/Vienna
    ...   in force from: 3 March 2031
    ...   parties: north "Northland", south "Southland"
    ... event fired (party)
    ...   reads: "{party} opens fire"
    ... clause 1 "Truce"
    ...   standing: agreed
    ...   quote: "Both sides cease fire."
    ...   for each: party
    ...   holder: party
    ...   must not: fired(party)
    ... ''')
    >>> accord.clause("1").logic.applies
    '(ONCE begins()) AND (party = "north" OR party = "south")'
    >>> accord.clause("1").logic.holds
    'NOT fired(party)'
    """
    return build_accord(read_accord(text, file), texts, folder)


def build_accord(tree: AccordTree, texts: Mapping[str, str] | None = None, folder: Path | None = None) -> Accord:
    """The accord of a tree. Raises InputError."""
    refuse_contradictions(tree)
    cited = _Texts(tree, texts or {}, folder)
    meanings = Meanings(tree)
    paraphrase = Paraphrase(tree)
    events = meanings.events()
    signature = Signature({e.name: tuple("int" if a == "count" else "string" for a in e.arguments) for e in events}
                          | {"begins": ()})  # fmt: skip
    _refuse_unknown_order(tree)
    clauses = [_definition(d, cited, paraphrase) for d in tree.definitions]
    for clause in tree.clauses:
        meaning = None if clause.why_not else meanings.of(clause.id)
        if meaning:
            _refuse_unmonitorable(meaning, clause, signature, tree.file)
        clauses.append(_clause(clause, meaning, tree, cited, paraphrase))
    return Accord(
        title=tree.title,
        timezone=tree.timezone,
        parties=tuple(name for name, _ in tree.parties),
        events=events,
        clauses=tuple(clauses),
        zones=tuple(Zone(z.id, z.name, z.geometry) for z in tree.zones),
        starts=tree.starts,
        ends=tree.ends,
        verifiers=tree.verifiers,
        names=(*tree.parties, *tree.bodies),
        bodies=tuple(name for name, _ in tree.bodies),
        version=tree.version,
        begins_on=tree.begins_on.event if tree.begins_on else "",
    )


def signature_of(accord: Accord) -> Signature:
    """The predicates of an accord's logs: its event kinds, and `begins()`."""
    kinds = {e.name: tuple("int" if a == "count" else "string" for a in e.arguments) for e in accord.events}
    return Signature({**kinds, "begins": ()})


class _Texts:
    """The cited texts, each read once."""

    def __init__(self, tree: AccordTree, given: Mapping[str, str], folder: Path | None) -> None:
        self.tree, self.found = tree, dict[str, str | None]()
        for name, path in tree.texts.items():
            if name in given:
                self.found[name] = given[name]
            elif path is None:
                self.found[name] = None
            else:
                line = tree.lines.get(f"text {name}", tree.lines.get("text"))
                try:
                    self.found[name] = read_text((folder or Path()) / path)
                except InputError as error:
                    raise InputError(
                        f"the cited text cannot be read: {error.what}", file=tree.file, line=line, field="text",
                        hint="correct the path, or write: kept elsewhere",
                    ) from None  # fmt: skip

    def cite(self, quote: Quote) -> Cited:
        text = self.found[quote.source]
        if text is None:
            return Cited(quote.source, quote.text)
        cited = find_quote(quote.text, text, quote.source)
        if cited is None:
            part = nearest(quote.text, text)
            raise InputError(
                f"these words do not occur in {quote.source}: {quote.text!r}", file=self.tree.file, line=quote.line,
                field="quote", hint=f"the text has only {part!r}" if part else "copy them from the text",
            )  # fmt: skip
        return cited


def _refuse_unknown_order(tree: AccordTree) -> None:
    """What must come before exists, and no clause waits for itself."""
    ids = {c.id for c in tree.clauses} | {c.id.split("/")[0] for c in tree.clauses}
    before = {c.id: (*c.after, *c.after_inferred) for c in tree.clauses}
    for clause in tree.clauses:
        for name, found in (("after", clause.after), ("after inferred", clause.after_inferred)):
            for other in found:
                if other not in ids:
                    raise InputError(f"unknown clause {other!r}", file=tree.file, line=clause.line_of(name), field=name)
        for field in ("when", "in step with"):
            expr = clause.when if field == "when" else clause.in_step
            for other in breaches(expr) if expr is not None else ():
                if other not in ids:
                    raise InputError(
                        f"unknown clause {other!r}", file=tree.file, line=clause.line_of(field), field=field
                    )
    for clause in tree.clauses:
        seen, waiting = set[str](), list(before[clause.id])
        while waiting:
            other = waiting.pop()
            if other == clause.id:
                raise InputError(
                    f"clause {clause.id} has to come before itself", file=tree.file, line=clause.line_of("after"),
                    field="after",
                )  # fmt: skip
            if other not in seen:
                seen.add(other)
                waiting += before.get(other, ())


def _refuse_unmonitorable(meaning: Meaning, clause: ClauseTree, signature: Signature, file: str) -> None:
    try:
        check(normal_form(Binary("AND", meaning.applies, Not(meaning.holds))), signature)
    except NotMonitorable as error:
        raise InputError(
            f"clause {clause.id} cannot be monitored: {error.reason}, in {error.part}", file=file, line=clause.line,
            hint="bind every variable in when: …, or say: not monitored because: …",
        ) from None  # fmt: skip


def _definition(definition: DefinitionTree, cited: _Texts, paraphrase: Paraphrase) -> Clause:
    return Clause(
        id=definition.name,
        title=definition.name.replace("_", " "),
        modality=Modality.DEFINITION,
        standing=Standing.AGREED,
        cited=tuple(map(cited.cite, definition.quotes)),
        why_not="a definition: it works through the clauses that use it",
        paraphrase=paraphrase.definition(definition),
        line=definition.line,
    )


def _clause(
    clause: ClauseTree, meaning: Meaning | None, tree: AccordTree, cited: _Texts, paraphrase: Paraphrase
) -> Clause:
    acts = (*clause.must, *clause.must_not, *clause.may)
    assumed = [slot for slot in SLOTS if slot in clause.assumed]
    if any(act.timing and act.timing.assumed for act in acts) and "deadline" not in assumed:
        assumed.append("deadline")
    for slot in clause.assumed:
        if slot not in SLOTS:
            raise InputError(
                f"unknown slot {slot!r}", file=tree.file, line=clause.line_of("assumed"), field="assumed",
                hint=f"slots: {', '.join(SLOTS)}",
            )  # fmt: skip
    raw = dict(clause.raw)
    dues = [act.timing.last for act in acts if act.timing and act.timing.last]
    return Clause(
        id=clause.id,
        title=clause.title,
        modality=meaning.modality if meaning else Modality.OBLIGATION,
        standing=clause.standing,
        cited=tuple(map(cited.cite, clause.quotes)),
        holder=clause.holder,
        counterpart=clause.counterpart,
        act=raw.get("must") or raw.get("must not") or raw.get("may") or "",
        trigger=raw.get("when") or raw.get("in step with") or "",
        deadline=paraphrase.deadline(clause),
        exceptions=tuple(paraphrase.expr(e) for e in (*clause.exceptions, *clause.unless)),
        verifier=clause.verifier,
        proposer=clause.proposer,
        after=(*clause.after, *clause.after_inferred),
        inferred=(*assumed, *(f"after:{other}" for other in clause.after_inferred)),
        unstated=(*_unstated(clause, tree, assumed), *clause.unstated),
        logic=meaning.logic if meaning else None,
        why_not=clause.why_not,
        statements=clause.statements,
        paraphrase=paraphrase.clause(clause),
        window=meaning.window if meaning else None,
        due=max(dues) if dues else None,
        line=clause.line,
    )


def _unstated(clause: ClauseTree, tree: AccordTree, assumed: list[str]) -> list[str]:
    """Slots that no text states, as the questions they leave open; what was assumed is still unstated."""
    acts = (*clause.must, *clause.must_not, *clause.may)
    others = [c.when for c in tree.clauses if c.when is not None]
    answered = any(clause.id in breaches(e) for e in others)
    timed = any(act.timing and not act.timing.assumed for act in acts)
    stated = {
        "holder": bool(clause.holder),
        "counterpart": bool(clause.counterpart) or clause.standing is not Standing.PROPOSED,
        "trigger": True,
        "act": True,
        "deadline": timed or not clause.must,
        "duration": bool(clause.last_day or tree.ends or clause.terminated or (clause.must and timed)),
        "verifier": bool(clause.verifier or tree.verifiers),
        "response": answered,
    }
    asked = ("holder", "verifier") if clause.why_not else tuple(SLOTS)  # the reason says what else is missing
    return [SLOTS[slot] for slot in asked if not stated[slot] or slot in assumed]
