"""What pages are put together from: package cards, stated positions with their sentences, notes on who is not heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from comity.bargaining.blocks import Stand, Unheard, roadmap
from comity.bargaining.pareto import FrontierPoint
from comity.bargaining.show.markup import el, joined
from comity.words import NegotiationModel, Package


class Parts:
    """Parts of pages on one model; `sentences` gives the quotes of cited statements by their ids."""

    def __init__(self, model: NegotiationModel, sentences: Mapping[str, str] | None = None) -> None:
        self.model, self.sentences = model, sentences or {}
        self.parties = {party.id: party.name for party in model.parties}
        self.issues = {issue.id: issue for issue in model.issues}

    def option(self, issue: str, option: str) -> str:
        return next(o.name for o in self.issues[issue].options if o.id == option)

    def settled(self, package: Package, only: set[str] | None = None) -> list[tuple[str, str]]:
        """Issues and options of a package in names."""
        return [
            (issue.name, self.option(issue.id, option))
            for issue, option in zip(self.model.issues, package.options, strict=True)
            if only is None or issue.id in only
        ]

    def card(
        self,
        title: str,
        package: Package,
        *,
        only: set[str] | None = None,
        worth: str = "",
        notes: Sequence[str] = (),
        more: Markup | None = None,
    ) -> Markup:
        """A package in words."""
        rows = joined(el("dt", issue) + el("dd", option) for issue, option in self.settled(package, only))
        lines = [el("p", worth, class_="worth") if worth else None, *(el("p", note) for note in notes)]
        return el("article", el("h3", title), joined(lines), el("dl", rows), more, class_="card")

    def point(self, title: str, point: FrontierPoint, parties: Sequence[str], notes: Sequence[str] = ()) -> Markup:
        """A card of a point of the frontier."""
        told = list(notes)
        if point.equal > 1:
            told.append(f"{point.equal} packages have exactly these values; this is one of them.")
        if point.below:
            told.append(f"Below the alternative to a deal: {', '.join(self.parties[p] for p in point.below)}.")
        return self.card(title, point.package, worth=self.worth(parties, point.utilities), notes=told)

    def worth(self, parties: Sequence[str], values: Sequence[float]) -> str:
        return ", ".join(f"{self.parties[p]} {v:.6g}" for p, v in zip(parties, values, strict=True))

    def stand(self, stand: Stand) -> Markup:
        """A stated position: what it comes to, its marks, and the sentences it rests on."""
        marks = [stand.kind, stand.firmness.value]
        marks += ["on a reporter’s account"] if stand.on_reporter else []
        quotes = []
        for cited in stand.statements:
            quote = self.sentences.get(cited) or (stand.quote if cited == stand.statements[0] else "")
            label = el("span", cited, class_="c")
            said = el("q", el("bdi", quote, dir="auto")) if quote else None
            quotes.append(el("blockquote", said, label))
        tags = joined(el("span", mark, class_="tag") for mark in marks)
        return el("div", el("p", stand.text, tags), joined(quotes), class_="stated")

    def order(self, package: Package) -> Markup | None:
        """In which order the package can be carried out, as a numbered list of stages; None without steps."""
        stages = roadmap(self.model, package)
        if not stages:
            return None
        told = ["; ".join(step.name + " (a gate)" * step.gate for step in stage.steps) for stage in stages]
        return joined([el("p", "In this order:"), el("ol", joined(el("li", line) for line in told))])

    def unheard(self, rows: Sequence[Unheard]) -> Markup | None:
        """Who is silent on what: a deal that touches it is possible only."""
        by_party: dict[str, list[str]] = {}
        for row in rows:
            by_party.setdefault(row.party, []).append(self.issues[row.issue].name)
        if not by_party:
            return None
        said = [f"{self.parties[party]} not heard on {', '.join(issues)}" for party, issues in by_party.items()]
        return el("p", f"Possible only: {'; '.join(said)}.", class_="possible")
