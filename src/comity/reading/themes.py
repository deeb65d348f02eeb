"""What a statement is about: its issue under an agenda, and its topics without one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.reading.drafts import Draft, Page
from comity.reading.frames import JUDGED
from comity.reading.issues import Matcher, matcher
from comity.reading.wording import plain
from comity.words import Act, Certainty, Issue, Span, StatusClaim

if TYPE_CHECKING:
    from spacy.tokens import Token


class Themes:
    """Chooses issues and topics for the drafts of one page."""

    def __init__(self, page: Page) -> None:
        self.page, self.doc = page, page.doc
        self.matcher: Matcher | None = matcher(page.agenda) if page.agenda and page.agenda.issues else None

    def ranked(self, d: Draft, lowered: str, conditions: Sequence[Span], act: Act) -> list[tuple[Issue, float]]:
        if self.matcher is None:
            return []
        doc, text = self.doc, self.page.document.text
        body = lowered
        for s, e in conditions:
            body = body.replace(plain(text[s:e]), " ")
        parts: list[tuple[str, float]] = [(body, 1.0)]
        parts += [(text[s:e], 0.45) for s, e in conditions]
        head = doc[d.unit.head]
        core = " ".join(
            c.text for c in head.children if c.dep_ in ("dobj", "nsubjpass", "attr", "acomp", "oprd", "pobj")
        )
        parts.append((f"{head.text} {core}", 0.5))
        if d.unit.why == "phrase":
            parts.append((head.text, 0.5))
        first, last = doc[d.unit.first], doc[d.unit.last]
        rest = text[first.sent.start_char : first.idx] + " " + text[last.idx + len(last) : first.sent.end_char]
        ranked = self.matcher.rank(parts)
        if not ranked or ranked[0][1] < 0.7:
            parts.append((rest, 0.35))
            parts += [(t, 0.5) for t in self._antecedents(d)]
            before = self._before(first)
            parts.append((before, 0.25))
            ranked = self.matcher.rank(parts)
        return ranked

    def _antecedents(self, d: Draft) -> list[str]:
        """What "it", "they", "this …" of the clause may stand for: the noun phrases of the clause before."""
        doc = self.doc
        if not any(
            doc[i].lower_ in ("it", "they", "them", "this", "that", "these", "those", "its", "such") for i in d.ids
        ):
            return []
        sentence = doc[min(d.ids)].sent
        return [self._before(sentence[0])]

    def _before(self, token: Token) -> str:
        sentence = token.sent
        paragraph = self.page.document.text.rfind("\n\n", 0, sentence.start_char)
        if sentence.start == 0:
            return ""
        previous = self.doc[sentence.start - 1].sent
        return previous.text if previous.start_char >= paragraph else ""

    def choose(
        self, ranked: list[tuple[Issue, float]], status: StatusClaim | None, act: Act, d: Draft, lowered: str
    ) -> tuple[Issue | None, tuple[str, ...], float]:
        """The issue: substance before talks about talks, unless only the state of the talks is judged."""
        if self.matcher is None:
            return None, (), 0.0
        scores = {issue.id: score for issue, score in ranked}
        issues = {issue.id: issue for issue in self.matcher.issues}
        for issue in self.matcher.issues:
            if issue.kind == "prospects" and (status in JUDGED or d.certainty is Certainty.INFERRED):
                if status is not StatusClaim.OPEN or scores.get(issue.id):
                    scores[issue.id] = scores.get(issue.id, 0.0) + 0.8
            elif issue.kind == "process" and (
                act is Act.ANNOUNCE or status in (StatusClaim.SCHEDULED, StatusClaim.ONGOING)
            ):
                scores[issue.id] = scores.get(issue.id, 0.0) + 0.6
            elif issue.kind == "substance" and scores.get(issue.id, 0.0) >= 0.5:
                scores[issue.id] = scores[issue.id] * 1.5 + 0.4
        order = {issue.id: i for i, issue in enumerate(self.matcher.issues)}
        best = sorted(scores, key=lambda k: (-scores[k], order[k]))
        if not best or scores[best[0]] < 0.3:
            return None, (), 0.0
        also = tuple(k for k in best[1:3] if scores[k] >= 0.6 * scores[best[0]] and scores[k] >= 0.8)
        return issues[best[0]], also, scores[best[0]]

    def topics(self, ids: frozenset[int]) -> tuple[str, ...]:
        out: list[str] = []
        for i in sorted(ids):
            token = self.doc[i]
            if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound" or not token.is_alpha:
                continue
            parts = [c.lemma_.lower() for c in token.lefts if c.dep_ in ("compound", "amod", "nmod") and c.is_alpha]
            phrase = " ".join([*parts, token.lemma_.lower()])
            if phrase not in out:
                out.append(phrase)
        return tuple(out[:12])
