"""An accord told: lines for a terminal, a page that loads nothing from elsewhere, values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from comity.accord.clauses.file import ClauseFile
from comity.accord.clauses.roadmap import Roadmap, roadmap
from comity.words import Clause, Modality, Standing

_CSS = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-top: 1px solid #767676; padding-top: 1rem; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #767676; }
code, pre { font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; } dt { font-weight: 600; } del { text-decoration: line-through; }
ins { text-decoration: underline; } small, .soft { color: #505050; font-weight: normal; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #181818; } small, .soft { color: #bbb; } }
"""


def standing_words(clause: Clause, names: dict[str, str]) -> str:
    """ "proposed by Northland", "bracketed by …", "agreed"."""
    who = ", ".join(names.get(p, p) for p in clause.proposer)
    return f"{clause.standing.value} by {who}" if who else clause.standing.value


def headline(clause: Clause) -> str:
    """Number and title; of a definition, the word that it defines."""
    return f"“{clause.title}”" if clause.modality is Modality.DEFINITION else f"{clause.id}  {clause.title}"


def _names(file: ClauseFile) -> dict[str, str]:
    return dict(file.accord.names)


def clause_lines(file: ClauseFile, clause: Clause, *, formulas: bool = False) -> list[str]:
    """A clause for a terminal."""
    lines = [f"{headline(clause)}  [{clause.modality.value}, {standing_words(clause, _names(file))}]"]
    for cited in clause.cited:
        unchecked = "" if cited.start is not None else "  (not checked)"
        lines.append(f"    “{' '.join(cited.quote.split())}” — {cited.source}{unchecked}")
    lines.append(f"    {clause.paraphrase}")
    if clause.standing is Standing.PROPOSED and clause.logic:
        lines.append("    Proposed: it gets scenarios, and no verdict.")
    if clause.unstated:
        lines.append(f"    Not stated: {'; '.join(clause.unstated)}.")
    if clause.inferred:
        lines.append(f"    Inferred, not in the text: {', '.join(clause.inferred)}.")
    if clause.logic and formulas:
        lines += [f"    applies: {clause.logic.applies}", f"    holds:   {clause.logic.holds}"]
    return lines


def scenario_lines(file: ClauseFile, clause: Clause) -> list[str]:
    """The scenarios of a clause for a terminal."""
    lines = [f"{clause.id}  {clause.title}"]
    if not clause.logic:
        return [*lines, f"    no scenarios: {clause.why_not}"]
    for scenario in file.scenarios(clause):
        lines.append(f"    {scenario.outcome.value}: {scenario.name}")
        lines += [f"        {day}  {words}" for day, words in file.told(scenario)] or ["        (no event)"]
    return lines


def roadmap_lines(file: ClauseFile) -> list[str]:
    """What must precede what, for a terminal."""
    found = roadmap(file.accord)
    titles = {c.id: c.title for c in file.accord.clauses}
    lines = list[str]()
    for number, stage in enumerate(found.stages, start=1):
        lines.append(f"stage {number}")
        for clause_id in stage:
            lines.append(f"    {clause_id}  {titles[clause_id]}")
            if open_ := _open(file, clause_id):
                lines.append(f"        {open_}")
            lines += [
                f"        after {link.before}: {'inferred, ' if link.inferred else ''}{link.why}"
                for link in found.links
                if link.after == clause_id
            ]
    inside = [step for clause in file.tree.clauses if (step := file.order_within(clause))]
    return [*lines, *(["within clauses"] if inside else []), *(f"    {step}" for step in inside)]


def _open(file: ClauseFile, clause_id: str) -> str:
    """Of a clause that is only proposed, the questions that nobody has answered."""
    clause = file.accord.clause(clause_id)
    if clause.standing is not Standing.PROPOSED or not clause.unstated:
        return ""
    return f"not stated: {', '.join(clause.unstated)}"


def accord_json(file: ClauseFile, clauses: Sequence[Clause]) -> dict[str, Any]:
    """The accord with scenarios and roadmap as JSON values; the clauses themselves are `words.Clause`."""
    from comity.words import to_json

    found = roadmap(file.accord)
    return {
        "title": file.accord.title,
        "version": file.accord.version,
        "timezone": file.accord.timezone,
        "clauses": [to_json(c) for c in clauses],
        "scenarios": [
            {
                "clause": c.id, "name": s.name, "outcome": s.outcome.value, "binding": dict(s.binding),
                "events": [
                    {"on": s.shown_day(f.day), "kind": f.kind, "arguments": dict(f.arguments), "count": f.count,
                     "source": f.source}
                    for f in s.facts
                ],
            }
            for c in clauses for s in file.scenarios(c)
        ],
        "roadmap": {"stages": [list(s) for s in found.stages], "links": [to_json(link) for link in found.links]},
        "doubts": list(file.doubts()),
    }  # fmt: skip


def page(title: str, body: str) -> str:
    """A page that loads nothing."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_CSS}</style>\n</head>\n'
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def accord_page(file: ClauseFile, clauses: Sequence[Clause]) -> str:
    """Every clause with quotation, paraphrase, picture, scenarios and formulas; then the roadmap."""
    accord = file.accord
    parts = [f'<p class="soft">{escape(_frame(file))}</p>']
    for clause in clauses:
        parts.append(_clause_html(file, clause))
    parts.append(_roadmap_html(file, roadmap(accord)))
    return page(accord.title, "\n".join(parts))


def _frame(file: ClauseFile) -> str:
    accord = file.accord
    names = _names(file)
    said = [f"Parties: {', '.join(names[p] for p in accord.parties)}", f"days of {accord.timezone}"]
    if accord.version:
        said.insert(0, f"Version {accord.version}")
    if accord.starts:
        said.append(f"in force from {accord.starts.isoformat()}")
    elif accord.begins_on:
        said.append(f"in force with the event {accord.begins_on.replace('_', ' ')}")
    if accord.ends:
        said.append(f"until {accord.ends.isoformat()}")
    return "; ".join(said) + "."


def _clause_html(file: ClauseFile, clause: Clause) -> str:
    what = f"{clause.modality.value}, {standing_words(clause, _names(file))}"
    parts = [f'<h2 id="clause-{escape(clause.id)}">{escape(headline(clause))} '
             f"<small>{escape(what)}</small></h2>"]  # fmt: skip
    for cited in clause.cited:
        unchecked = "" if cited.start is not None else " (not checked)"
        source = f"<small>{escape(cited.source)}{unchecked}</small>"
        parts.append(f"<blockquote>{escape(' '.join(cited.quote.split()))} {source}</blockquote>")
    parts.append(f"<p>{escape(clause.paraphrase)}</p>")
    if clause.standing is Standing.PROPOSED:
        parts.append("<p>Proposed: it gets scenarios, and no verdict.</p>")
    if clause.unstated:
        parts.append(f"<p><strong>Not stated:</strong> {escape('; '.join(clause.unstated))}.</p>")
    if clause.inferred:
        parts.append(f"<p><strong>Inferred, not in the text:</strong> {escape(', '.join(clause.inferred))}.</p>")
    if clause.logic:
        parts.append(file.picture(clause))
        rows = "".join(_scenario_row(file, clause))
        parts.append(f"<details><summary>Scenarios</summary><table>{rows}</table></details>")
        parts.append(
            "<details><summary>Formulas</summary><p>On every day and for everyone for whom the first is true, the "
            f"second has to be.</p><pre>{escape(clause.logic.applies)}</pre><pre>{escape(clause.logic.holds)}</pre>"
            "</details>"
        )
    return "\n".join(parts)


def _scenario_row(file: ClauseFile, clause: Clause) -> list[str]:
    rows = list[str]()
    for s in file.scenarios(clause):
        told = "<br>".join(escape(f"{day} {words}") for day, words in file.told(s)) or "no event"
        rows.append(f'<tr><th scope="row">{s.outcome.value}</th><td>{escape(s.name)}</td><td>{told}</td></tr>')
    return rows


def _roadmap_html(file: ClauseFile, found: Roadmap) -> str:
    titles = {c.id: c.title for c in file.accord.clauses}
    parts = ["<h2>What must precede what</h2>\n<ol>"]
    for stage in found.stages:
        items = list[str]()
        for clause_id in stage:
            before = [
                f"after {escape(link.before)} ({'inferred: ' if link.inferred else ''}{escape(link.why)})"
                for link in found.links
                if link.after == clause_id
            ]
            small = "; ".join(part for part in ("; ".join(before), escape(_open(file, clause_id))) if part)
            items.append(f"<li>{escape(clause_id)} {escape(titles[clause_id])} <small>{small}</small></li>")
        parts.append(f"<li>stage<ul>{''.join(items)}</ul></li>")
    inside = [step for clause in file.tree.clauses if (step := file.order_within(clause))]
    parts.append("</ol>")
    if inside:
        parts.append("<h3>Within clauses</h3>\n<ul>" + "".join(f"<li>{escape(i)}</li>" for i in inside) + "</ul>")
    return "\n".join(parts)
