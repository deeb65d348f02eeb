"""Labels, entries of the matrix and changes as HTML.

They are most of a brief: that of a large case has thousands of labels. So they are put together here, by plain
functions, and not by the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from markupsafe import Markup, escape

from comity.desk.parts import phrases
from comity.desk.parts.values import Brief, Citation, Entry
from comity.desk.report.clean import clean
from comity.words import ChangeKind, Review

SHOWN = 4
"""Labels that are shown at once; the others are behind a summary."""


def text(words: str) -> str:
    """Words as HTML: cleaned and escaped."""
    if words.isascii() and words.isalnum():  # as labels are: nothing to do
        return words
    return str(escape(clean(words)))


def quote(words: str) -> Markup:
    """Words of a document: cleaned, escaped, and kept from changing the direction of what stands around them.

    >>> quote("a < b")
    Markup('<bdi dir="auto">a &lt; b</bdi>')
    """
    return Markup(_quote(words))


@cache
def mark(name: str, told: str) -> Markup:
    """A mark, and for who cannot see it what it says."""
    return Markup(
        f'<span class="mk"><svg aria-hidden="true" viewBox="0 0 16 16"><use href="#mk-{text(name)}"/></svg>'
        f'<span class="vh">{text(told)} </span></span>'
    )


def review(state: Review) -> Markup:
    """The mark of review."""
    if state is Review.UNREVIEWED:
        return mark("unreviewed", "unreviewed,")
    return mark("reviewed", f"{phrases.REVIEWS[state]},")


def within(label: str) -> str:
    """The passage of a label on the same page."""
    return f'href="#{text(label)}"'


@dataclass
class Refs:
    """What makes labels links. `opens` gives the attributes of such a link, as HTML.

    With `leads_back`, each place that cites a label has an anchor, kept in order in `places` with the section's name,
    so that a passage on the same page can lead back to it.
    """

    citations: Mapping[str, Citation]
    opens: Callable[[str], str] = within
    leads_back: bool = True
    places: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    count: int = 0

    def link(self, label: str, where: str) -> Markup:
        """A label as a link that opens its passage."""
        return Markup(self._link(label, where))

    def cites(self, labels: Sequence[str], where: str) -> Markup:
        """Labels, one after the other."""
        return Markup(self._cites(labels, where))

    def folded(self, labels: Sequence[str], where: str) -> Markup:
        """The first labels, and a summary that opens the others."""
        return Markup(self._folded(labels, where))

    def entry(self, e: Entry, where: str, as_of: date | None) -> Markup:
        """One line of a cell: marks, the words as a link to the first passage they rest on, labels, how it is told."""
        kind = "entry outlook" if e.outlook else "entry"
        if e.review is Review.UNREVIEWED:
            kind += " unreviewed"
        if e.outlook:
            marks = str(mark("outlook", "Forecast by others:"))
        else:
            marks = mark(e.firmness or "", f"{phrases.FIRMNESS[e.firmness]},") if e.firmness else Markup("")
            marks += mark(e.provenance, f"{phrases.PROVENANCE[e.provenance]},") if e.provenance else Markup("")
        stands = self._stand(e, where) if e.cites else "".join(f"<q>{quote(one)}</q> " for one in e.quotes)
        return Markup(
            f'\n<div class="{kind}">\n<span class="marks">{marks}{review(e.review)}</span>\n{stands}\n'
            f"{self._folded(e.cites[1:], where)}{'' if e.outlook else self._meta(e, where, as_of)}</div>"
        )

    def changes(self, brief: Brief) -> Markup:
        """The list of what changed."""
        names = {c.id: c.name for c in reversed(brief.columns)}
        names = {r.issue: r.name for r in reversed(brief.rows) if r.issue not in names} | names
        made = []
        for s in brief.shifts:
            party, issue = (text(names.get(id_, id_)) for id_ in (s.party, s.issue))
            if s.kind is ChangeKind.WITHDRAWN:
                told = f'<span class="was">no longer {_several(s.was)}</span>'
            elif s.was:
                told = f'<span class="was">was {_several(s.was)}</span> now {_several(s.now)}'
            else:
                told = _several(s.now)
            on = f", {phrases.short_date(s.on)}" if s.on else ""
            made.append(
                f'\n<li><span class="kind {s.kind.value}">{text(phrases.CHANGES[s.kind])}</span> '
                f"<div><b><bdi>{party}</bdi></b> on {issue}{on}:"
                f"\n{told}\n{self._cites(s.cites, 'What changed')}</div></li>"
            )
        return Markup("".join(made))

    # as plain text, which is quicker

    def _link(self, label: str, where: str) -> str:
        shown = text(label)
        if label not in self.citations:
            return f"<span class=c>{shown}</span>"
        known = self.citations.get(label)
        who = known.speaker if known is not None else ""
        title = f' title="{shown}: {text(who)}"' if who else ""
        return f'<a class="c ref"{self._anchor(label, where)} {self.opens(label)}{title}>{shown}</a>'

    def _anchor(self, label: str, where: str) -> str:
        if not self.leads_back:
            return ""
        self.count += 1
        anchor = f"r{self.count}"
        self.places.setdefault(label, []).append((anchor, where))
        return f' id="{anchor}"'

    def _cites(self, labels: Sequence[str], where: str) -> str:
        if not labels:
            return ""
        return f'<span class="cites">{"".join([self._link(label, where) for label in labels])}</span>'

    def _folded(self, labels: Sequence[str], where: str) -> str:
        more = ""
        if len(labels) > SHOWN:
            rest = self._cites(labels[SHOWN:], where)
            more = f'<details class="more"><summary>{len(labels) - SHOWN} more</summary>{rest}</details>'
        return self._cites(labels[:SHOWN], where) + more

    def _stand(self, e: Entry, where: str) -> str:
        label = e.cites[0]
        return (
            f'<a class="stand ref"{self._anchor(label, where)} {self.opens(label)}>{_several(e.quotes)} '
            f'<span class="c">{text(label)}</span></a>'
        )

    def _meta(self, e: Entry, where: str, as_of: date | None) -> str:
        told = [text(phrases.ACTS[e.act])] if e.act else []
        if e.since:
            told.append(f"since {phrases.near_date(e.since, as_of)}")
        if e.origins > 1:
            told.append(f"{e.origins} origins")
        if e.qualified_by:
            told.append(f"but see {self._cites(e.qualified_by, where)}")
        marks = "".join(f"<i>{text(m)}</i>" for m in e.marks)
        return f'<small class="meta">{" · ".join(told)}{marks}</small>'


def _quote(words: str) -> str:
    return f'<bdi dir="auto">{text(words)}</bdi>'


def _several(quotes: Sequence[str]) -> str:
    return "; ".join([f"<q>{_quote(one)}</q>" for one in quotes])
