"""Two versions of a clause file side by side: clauses added, taken out and changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from comity.accord.clauses.tree import AccordTree, ClauseTree

Run = tuple[str, str]
"""("same" | "out" | "in", words)."""


@dataclass(frozen=True)
class FieldChange:
    name: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class ClauseChange:
    """`kind` is "added", "taken out", "changed", or "settled, beside the wording of PARTY" where brackets fell."""

    id: str
    title: str
    kind: str
    fields: tuple[FieldChange, ...]


def redline(before: AccordTree, after: AccordTree) -> tuple[ClauseChange, ...]:
    """What changed from one version to the other: first the header, then the clauses in the order of the later one.

    A clause is the same clause if its id is (a bracketed wording is named with its proposer, as ``13/north``).
    """
    found = list[ClauseChange]()
    header = _changed(_header(before), _header(after))
    if header:
        found.append(ClauseChange("accord", after.title, "changed", header))
    old, new = ({c.id: c for c in tree.clauses} for tree in (before, after))
    gone = [c for c in before.clauses if c.id not in new and c.id.split("/")[0] not in new]
    for clause in after.clauses:
        gone = _taken_out(gone, clause, before, found)
        rivals = [c for c in before.clauses if c.id not in new and c.id.split("/")[0] == clause.id]
        if clause.id not in old and rivals:
            for rival in rivals:
                kind = f"settled, beside the wording of {rival.id.split('/')[1]}"
                fields = _changed(_fields(rival), _fields(clause))
                found.append(ClauseChange(clause.id, clause.title, kind, fields))
        elif clause.id not in old:
            fields = tuple(FieldChange(n, (("in", v),)) for n, v in _fields(clause).items())
            found.append(ClauseChange(clause.id, clause.title, "added", fields))
        elif fields := _changed(_fields(old[clause.id]), _fields(clause)):
            found.append(ClauseChange(clause.id, clause.title, "changed", fields))
    found += map(_out, gone)
    return tuple(found)


def _taken_out(
    gone: list[ClauseTree], clause: ClauseTree, before: AccordTree, found: list[ClauseChange]
) -> list[ClauseTree]:
    """Puts what stood before `clause` in the old version, and is gone, before it."""
    order = [c.id for c in before.clauses]
    if clause.id not in order:
        return gone
    place = order.index(clause.id)
    found += [_out(c) for c in gone if order.index(c.id) < place]
    return [c for c in gone if order.index(c.id) > place]


def _out(clause: ClauseTree) -> ClauseChange:
    fields = tuple(FieldChange(n, (("out", v),)) for n, v in _fields(clause).items())
    return ClauseChange(clause.id, clause.title, "taken out", fields)


def _header(tree: AccordTree) -> dict[str, str]:
    def listed(pairs: Sequence[tuple[str, str]]) -> str:
        return ", ".join(f'{i} "{name}"' for i, name in pairs)

    found = {
        "title": tree.title, "version": tree.version, "timezone": tree.timezone, "parties": listed(tree.parties),
        "bodies": listed(tree.bodies), "watched by": ", ".join(tree.verifiers),
        "in force from": tree.starts.isoformat() if tree.starts else str(tree.begins_on or ""),
        "in force until": tree.ends.isoformat() if tree.ends else "",
        "last day": {True: "counted", False: "not counted", None: ""}[tree.last_counted],
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _fields(clause: ClauseTree) -> dict[str, str]:
    found = {"title": clause.title}
    for name, value in clause.raw:
        found[name] = f"{found[name]} / {value}" if name in found else value
    return found


def _changed(old: dict[str, str], new: dict[str, str]) -> tuple[FieldChange, ...]:
    names = [*new, *(n for n in old if n not in new)]
    return tuple(FieldChange(n, word_runs(old.get(n, ""), new.get(n, ""))) for n in names if old.get(n) != new.get(n))


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """The words of two texts in runs that stay, go out and come in.

    >>> word_runs("within 14 days", "within 21 days")
    (('same', 'within '), ('out', '14'), ('in', '21'), ('same', ' days'))
    """
    a, b = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    runs = list[Run]()
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("same", "".join(a[i:j])))
        else:
            runs += [(kind, "".join(words)) for kind, words in (("out", a[i:j]), ("in", b[k:m])) if words]
    return tuple(runs)


def redline_lines(changes: Sequence[ClauseChange]) -> list[str]:
    """For a terminal: ``[-taken out-]{+put in+}``."""
    if not changes:
        return ["no clause differs"]
    marks = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    lines = list[str]()
    for change in changes:
        lines.append(f"{change.id}  {change.title}  ({change.kind})")
        lines += [
            f"    {f.name}: " + "".join(marks[kind].format(words) for kind, words in f.runs) for f in change.fields
        ]
    return lines


def redline_html(changes: Sequence[ClauseChange]) -> str:
    """The same as HTML: what went out struck through, what came in underlined, both with their element's meaning."""
    tags = {"same": "{}", "out": "<del>{}</del>", "in": "<ins>{}</ins>"}
    parts = list[str]()
    for change in changes:
        parts.append(f"<h2>{escape(change.id)} {escape(change.title)} <small>{change.kind}</small></h2>\n<dl>")
        for f in change.fields:
            shown = "".join(tags[kind].format(escape(words)) for kind, words in f.runs)
            parts.append(f"<dt>{escape(f.name)}</dt><dd>{shown}</dd>")
        parts.append("</dl>")
    return "\n".join(parts) or "<p>No clause differs.</p>"
