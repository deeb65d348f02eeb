"""The brief as one self-contained HTML page: no outside loads, everything escaped, readable without scripts.

A label is a plain link to its passage in the document's full text, which `:target` opens and highlights. The
content security policy admits only the page's own style and script, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from comity import __version__
from comity.desk.parts import phrases
from comity.desk.parts.values import Brief, Citation, Source
from comity.desk.report.clean import clean, markup
from comity.desk.report.outline import CROWD, MOST_QUOTED
from comity.desk.report.passages import crossing, marked
from comity.desk.report.refs import Refs, mark, quote, review
from comity.desk.report.wording import counts_line, credit, for_whom, tally
from comity.words import Document


@dataclass(frozen=True)
class Record:
    """A document as the page shows it."""

    marked: Markup
    language: str


def render(brief: Brief, documents: Sequence[Document]) -> str:
    """The page. `documents` are the brief's: their text is shown in full where the brief cites them.

    Raises KeyError if the brief cites a document that is not given.
    """
    cited = {c.letter: c for c in brief.citations}
    by_id = {d.id: d for d in documents}
    refs = Refs({c.label: c for c in brief.citations})
    shown = {s.document: by_id[s.document] for s in brief.sources if s.letter in cited}
    css, cuts = _asset("brief.css"), []
    notes = _Notes(refs, brief)
    records = {}
    by_letter: dict[str, list[Citation]] = {}
    for citation in brief.citations:
        by_letter.setdefault(citation.letter, []).append(citation)
    # The body comes first: only then is it known which places cite a passage.
    context = _context(brief, refs, lambda s: f"#doc-{s.letter}" if s.document in shown else "")
    _template().render(
        context
        | {"records": dict.fromkeys(shown, Record(Markup(""), "")), "footnotes": (), "css": "", "js": "", "csp": ""}
    )
    places, refs.places, refs.count = refs.places, {}, 0
    notes.places = places
    for source in brief.sources:
        if source.document in shown:
            document = shown[source.document]
            text, cut = marked(document.text, by_letter[source.letter], notes.note)
            cuts += cut
            records[source.document] = Record(text, document.language or "")
    style, script = f"{css}{crossing(cuts)}", _asset("brief.js")
    footnotes = [c for c in brief.citations if c.label in places]
    return _template().render(
        context
        | {
            "records": records,
            "footnotes": footnotes,
            "css": Markup(style),
            "js": Markup(script),
            "csp": _policy(style, script),
        }
    )


def main_part(
    brief: Brief,
    opens: Callable[[str], str],
    source: Callable[[Source], str],
    *,
    citations: Mapping[str, Citation] | None = None,
    counts: str = "",
    more: Mapping[str, Markup] | None = None,
    wait: str = "",
    all_of: Callable[[str, str], Markup] | None = None,
) -> Markup:
    """What stands in the page's ``<main>``, to stand in another page: without the documents' text, style and script.

    `opens` gives the attributes of the link that a label becomes, as HTML (``href="/evidence?label=A08"``); `source`
    the address of a document, or an empty text. Of a brief that leaves something out: `citations` stand for those that
    it lacks, `counts` says what it was made from, `more` at the end of a section what else there is, `wait` stands in
    place of the sections that are still being worked out (all but the matrix and what changed), and `all_of` follows a
    cell (by party and issue).
    """
    refs = Refs({c.label: c for c in brief.citations} if citations is None else citations, opens, leads_back=False)
    context = _context(brief, refs, source) | {"more": more or {}, "wait": wait}
    if counts:
        context["counts_line"] = counts
    if all_of is not None:
        context["all_of"] = all_of
    page = _template().render(context | {"records": {}, "footnotes": (), "css": "", "js": "", "csp": ""})
    sprite = page[page.index('<svg class="sprite"') : page.index(_MAIN)]
    body = page[page.index(_MAIN) + len(_MAIN) : page.index('<section class="footnotes"')]
    return Markup(sprite + body)


def prepare() -> None:
    """Compiles the template, which takes a tenth of a second."""
    _template()


_MAIN = '<main id="brief">'


def _context(brief: Brief, refs: Refs, source: Callable[[Source], str]) -> dict[str, object]:
    """What the template needs beside documents, style and script."""
    return {
        "brief": brief,
        "phrases": phrases,
        "sections": _sections(brief),
        "counts_line": counts_line(brief),
        "tally": tally(brief),
        "quote": quote,
        "para": paragraphs,
        "credit": lambda c: credit(c, brief),
        "link": _safe_link,
        "source": source,
        "c": refs.link,
        "cites": refs.cites,
        "folded": refs.folded,
        "entry": refs.entry,
        "changes": lambda: refs.changes(brief),
        "mark": mark,
        "review": review,
        "side": lambda labels: _side(refs, labels, brief),
        "crowd": CROWD,
        "version": __version__,
        "more": {},
        "wait": "",
        "all_of": lambda party, issue: "",
    }


@dataclass
class _Notes:
    """What stands beside a passage: who says it, through whom, how, and where the brief uses it."""

    refs: Refs
    brief: Brief
    places: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def note(self, c: Citation) -> Markup:
        rows = [(name, value) for name, value in self._rows(c) if value]
        listed = Markup("").join(
            markup('<span class="dt">{}</span><span class="dd">{}</span>', name, value) for name, value in rows
        )
        first = {where: anchor for anchor, where in reversed(self.places.get(c.label, []))}
        back = Markup("").join(
            markup('<a href="#{}">{}</a> ', anchor, where) for where, anchor in reversed(first.items())
        )
        leads = markup('<span class="back">Back to: {}</span>', back) if back else Markup("")
        whose = f", {for_whom(c)} {c.holder}" if c.holder and c.holder != c.speaker else ""
        home = self.places.get(c.label, [("brief", "")])[0][0]
        return markup(
            '<span class="note" role="note" aria-label="About {0}"><a class="close" href="#{5}">Close</a>'
            '<span class="who">{0} · <bdi>{1}</bdi>{2}</span>'
            '<span class="dl">{3}</span>{4}</span>',
            c.label,
            c.speaker,
            whose,
            listed,
            leads,
            home,
        )

    def _rows(self, c: Citation) -> list[tuple[str, str | Markup]]:
        chain = Markup(" → ").join(markup("<bdi>{}</bdi>", name) for name in c.chain)
        condition = Markup("; ").join(markup("<q>{}</q>", quote(words)) for words in c.condition)
        rows: list[tuple[str, str | Markup]] = [("Chain", chain)]
        if c.mode is not None and c.act is not None and c.certainty is not None:
            rows += [
                ("Told as", phrases.MODES[c.mode]),
                ("Act", f"{phrases.ACTS[c.act]} · {phrases.CERTAINTIES[c.certainty]}"),
            ]
        else:
            rows.append(("Told as", "an event in the running text"))
        rows += [
            ("Said", c.said if c.said != "no date" else ""),
            ("Issue", self.brief.name_of(c.issue) if c.issue else ""),
            ("Condition", condition),
            ("Also told in", ", ".join(c.same_as)),
            ("Review", phrases.REVIEWS[c.review]),
            ("Statement", c.statement or ""),
        ]
        return rows


def _side(refs: Refs, labels: Sequence[str], brief: Brief) -> Markup:
    """The quotations on one side of a disagreement; of many, the first, and the labels of the others."""
    where = phrases.SECTIONS["disagreements"]
    quoted = [
        markup(
            "<blockquote><q>{}</q> {}<footer>{}</footer></blockquote>",
            quote(phrases.clip(phrases.bare(refs.citations[label].quote), 300)),
            refs.link(label, where),
            credit(refs.citations[label], brief),
        )
        for label in labels[:MOST_QUOTED]
    ]
    also = Markup("").join(refs.link(label, where) for label in labels[MOST_QUOTED:])
    return Markup("").join(quoted) + (markup("<p class=also>also {}</p>", also) if also else Markup(""))


def paragraphs(text: str) -> Markup:
    """The analyst's plain text: a blank line starts a paragraph."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return Markup("").join(markup("<p>{}</p>", part) for part in parts)


def _safe_link(url: str | None) -> bool:
    return bool(url) and re.match(r"https?://[^\s<>\"']+$", url or "", re.ASCII) is not None


def _sections(brief: Brief) -> list[str]:
    written = {p.section for p in brief.paragraphs}
    present = {
        "changes": brief.since is not None,
        "channels": bool(brief.contacts),
        "terms": bool(brief.promises),
        "facts": bool(brief.facts),
    }
    return [name for name in phrases.SECTIONS if present.get(name, True) or name in written]


def _policy(style: str, script: str) -> str:
    def digest(text: str) -> str:
        return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    return files("comity.desk.report").joinpath("assets", name).read_text(encoding="utf-8")


def _finalize(value: object) -> object:
    """Cleans every plain string that the template prints; markup was cleaned where it was made."""
    return clean(value) if type(value) is str else value


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_finalize, trim_blocks=False, keep_trailing_newline=True
    )
    return environment.from_string(_asset("brief.html.j2"))
