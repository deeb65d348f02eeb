"""What a statement is about: its issue under an agenda, and its topics without one.

The words of the statement count most. Where they name no matter of substance, the rest of the sentence counts, then
what its pronouns and "the offer", "the demand" stand for, the heading above and what was spoken of just before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading.drafts import Draft, Page
from comity.reading.issues import Matcher, matcher
from comity.reading.kindred import actors, going, manners
from comity.reading.lexicon import lexicon
from comity.reading.scenes import JUDGED
from comity.reading.syntax import clause_subject
from comity.reading.wording import plain, words
from comity.words import Act, Certainty, Issue, Segment, SegmentKind, Span, StatusClaim

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENOUGH = 0.5
"""Score from which the statement's own words name an issue."""
DAMPED = 0.6
"""What the surroundings count where the words themselves name the talks or their prospects."""
HEADING, TITLE, PARAGRAPH, ASKED, BEFORE = 0.35, 0.2, 0.2, 0.6, 0.14
"""What the heading of a part counts, that of the whole text, what stands above in the paragraph, the question that is
answered, and what was spoken of last in the paragraph before."""
LONGEST_QUESTION = 300
TALKING = 1.5
"""At most what words for talks count where the same words name a matter of substance."""
GOING = 0.9
"""What it is worth for the talks themselves that somebody comes, goes or stays."""
ALL_ASKED = 0.5
"""What it is worth for the talks that all sides are asked for something that no other word names."""
STANCES = frozenset({Act.REJECT, Act.DEMAND, Act.CONDITION, Act.ACCEPT, Act.OFFER, Act.COMMIT})
_PERSONS = frozenset(("he", "she", "they", "i", "we", "who"))


@dataclass(frozen=True)
class Theme:
    """The issue chosen, others that the words name as well, and the score of the first."""

    issue: Issue | None = None
    also: tuple[str, ...] = ()
    score: float = 0.0


class Themes:
    """Chooses issues and topics for the drafts of one page, in order of the text."""

    def __init__(self, page: Page) -> None:
        self.page, self.doc, self.text = page, page.doc, page.document.text
        self.matcher: Matcher | None = matcher(page.agenda) if page.agenda and page.agenda.issues else None
        self.headings = [s for s in page.segments if s.kind is SegmentKind.HEADING]
        self.before: tuple[int, str, str] | None = None  # paragraph, speaker and issue of the statement before
        self.last: dict[Act, str] = {}  # issue of the last offer, demand, …

    def own(self, d: Draft, lowered: str, conditions: Sequence[Span]) -> dict[str, float]:
        """Scores of issues by the statement's own words."""
        if self.matcher is None:
            return {}
        body = lowered
        for s, e in conditions:
            body = body.replace(plain(self.text[s:e]), " ")
        head = self.doc[d.unit.head]
        for token in self.doc[self.doc[d.unit.first].sent.start : self.doc[d.unit.last].sent.end]:
            acts = token.dep_ in ("nsubj", "nsubjpass") and token.lemma_.lower() in actors()
            if acts and not any(c.lower_ == "of" for c in token.rights):
                body = re.sub(
                    rf"\b{re.escape(token.lower_)}\b", " ", body, count=1
                )  # who does it, not what it is about
        core = [c.text for c in head.children if c.dep_ in ("dobj", "nsubjpass", "attr", "acomp", "oprd", "pobj")]
        parts = [(body, 1.0), *((self.text[s:e], _ENOUGH) for s, e in conditions)]
        again = [(" ".join([head.text, *core]), 0.5), (head.text, 1.3 if d.unit.why == "phrase" else 0.8)]
        if head.dep_ == "relcl":
            parts.append((head.head.text, 0.8))  # "weapons that should have been withdrawn"
        scores = {issue.id: score for issue, score in self.matcher.rank(parts, again)}
        if conditions and not self.substance(scores):  # "no talks until they withdraw" is about withdrawal
            for issue in self.supposed(conditions, lowered)[:1]:
                scores[issue] = max(scores.get(issue, 0.0), _ENOUGH)
        return scores

    def supposed(self, conditions: Sequence[Span], lowered: str) -> tuple[str, ...]:
        """Matters of substance that the conditions name: "if X is touched, Y follows" speaks of X too."""
        if self.matcher is None:
            return ()
        texts = [(plain(self.text[s:e]), 1.0) for s, e in conditions]
        scores = self.matcher.rank([part for part in texts if part[0] in lowered])
        return tuple(issue.id for issue, score in scores if issue.kind == "substance" and score >= _ENOUGH)[:2]

    def substance(self, scores: dict[str, float]) -> bool:
        """True if the scores name a matter of substance."""
        return self.matcher is not None and any(
            i.kind == "substance" and scores.get(i.id, 0.0) >= _ENOUGH for i in self.matcher.issues
        )

    def choose(self, d: Draft, own: dict[str, float], status: StatusClaim | None, act: Act) -> Theme:
        """The issue of a draft: substance before talks about talks, unless only the state of the talks is judged."""
        if self.matcher is None:
            return Theme()
        named = self.substance(own)
        scores = dict(own)
        kinds = {i.id: i.kind for i in self.matcher.issues}
        for key, score in own.items():
            if kinds[key] == "substance" and score >= _ENOUGH:
                scores[key] = 1.5 * score + 0.4
            elif kinds[key] == "process" and named:
                scores[key] = min(score, TALKING)  # "will talk about the money"
        if not named:
            around = 1.0 if max(own.values(), default=0.0) < _ENOUGH else DAMPED
            for key, score in self._context(d).items():
                score += 0.15 if kinds[key] == "substance" else 0.0
                scores[key] = scores.get(key, 0.0) + around * score
        meeting = self.doc[d.unit.head].lemma_ in words("meeting_verbs")
        going = not named and self._going(d)
        of_talks = max((own[k] for k in own if kinds[k] == "process"), default=0.0)
        for issue in self.matcher.issues:
            if issue.kind == "process" and act is Act.DEMAND and not max(own.values(), default=0.0):
                scores[issue.id] = scores.get(issue.id, 0.0) + (ALL_ASKED if self._all_asked(d) else 0.0)
            if issue.kind == "prospects" and act in STANCES and own.get(issue.id, 0.0) < 1.0:
                scores[issue.id] = 0.5 * scores.get(
                    issue.id, 0.0
                )  # what somebody wants is no judgement of the prospects
            elif issue.kind == "process" and going:
                scores[issue.id] = scores.get(issue.id, 0.0) + GOING
            how = of_talks > 0 and issue.id not in own and self._manner(d)
            if issue.kind == "prospects" and (status in JUDGED or d.certainty is Certainty.INFERRED) and not named:
                if how:
                    continue  # "the talks were frank" tells how they went, not how near they are
                if status is not StatusClaim.OPEN or issue.id in own:
                    judged = of_talks if status in JUDGED else 0.0  # "the talks are stuck" judges how near they are
                    scores[issue.id] = scores.get(issue.id, 0.0) + max(1.0, judged + 0.1)
            elif issue.kind == "process" and (
                act is Act.ANNOUNCE or status in (StatusClaim.SCHEDULED, StatusClaim.ONGOING)
            ):
                scores[issue.id] = scores.get(issue.id, 0.0) + (2.5 if meeting else 0.6)
        order = {issue.id: i for i, issue in enumerate(self.matcher.issues)}
        if self.page.agenda is not None and self.page.agenda.proposed:
            order = {key: -i for key, i in order.items()}  # the most frequent stands first: the rarer tells more
        best = sorted(scores, key=lambda k: (-scores[k], order[k]))
        if not best or scores[best[0]] < 0.3:
            return Theme()
        also = tuple(k for k in best[1:3] if scores[k] >= 0.6 * scores[best[0]] and own.get(k, 0.0) >= _ENOUGH)
        return Theme(self.page.agenda.issue(best[0]) if self.page.agenda else None, also, scores[best[0]])

    def _all_asked(self, d: Draft) -> bool:
        """True if "both sides", "all parties" are asked for something: how they are to treat each other."""
        sentence = self.doc[d.unit.head].sent
        return any(
            t.lemma_.lower() in ("side", "party") and any(c.lower_ in ("both", "all", "two") for c in t.lefts)
            for t in sentence
        )

    def _manner(self, d: Draft) -> bool:
        """True if a word in the clause says in what manner people talked."""
        return any(self.doc[i].lower_ in manners() for i in d.ids)

    def _going(self, d: Draft) -> bool:
        """True if somebody comes, goes, stays or sits: what happens around a table."""
        head = self.doc[d.unit.head]
        heads = [head, *(c for c in head.children if c.dep_ == "xcomp" or (c.dep_ == "ccomp" and clause_subject(c)))]
        subject = clause_subject(head)
        person = subject is not None and (
            subject.pos_ == "PROPN" or subject.lower_ in _PERSONS or subject.lemma_ in words("offices")
        )
        if person and any(t.lemma_ in going() for t in heads):
            return True
        people = (
            head if head.lemma_ in actors() else next((c for c in head.children if c.dep_ in ("dobj", "nsubj")), head)
        )
        start, end = self.doc[d.unit.first].idx, self.doc[d.unit.last].idx + len(self.doc[d.unit.last])
        dated = any(start <= m.start < end for m in self.page.times)  # "both delegations back on Friday"
        return dated and people.lemma_ in actors() and (people is head or head.lemma_ in ("expect", "await", "see"))

    def remember(self, d: Draft, theme: Theme, act: Act) -> None:
        """Keep what was spoken of, for the statements that follow."""
        if theme.issue is None:
            return
        if theme.issue.kind == "substance":
            self.before = (self._paragraph(d), d.voice.name, theme.issue.id)
            self.last[act] = theme.issue.id

    def _context(self, d: Draft) -> dict[str, float]:
        """Scores of issues by what stands around a statement that names none."""
        if self.matcher is None:
            return {}
        first, last = self.doc[d.unit.first], self.doc[d.unit.last]
        sentence = first.sent
        rest = self.text[sentence.start_char : first.idx] + " " + self.text[last.idx + len(last) : sentence.end_char]
        points = self._points_back(d)
        parts = [(rest, 0.4), (self._sentence_before(first), 0.5 if points else 0.25), (self._asked(first), ASKED)]
        scores = {issue.id: score for issue, score in self.matcher.rank(parts, self._above(first))}
        for act in self._named_acts(d, sentence.start, sentence.end):
            key = self.last.get(act)
            if key is not None:
                scores[key] = scores.get(key, 0.0) + 0.7
        if self.before is not None and self._paragraph(d) - self.before[0] <= 1:
            close = points or self.before[1] == d.voice.name
            weight = (0.5 if close else 0.25) if self.before[0] == self._paragraph(d) else BEFORE
            scores[self.before[2]] = scores.get(self.before[2], 0.0) + weight
        return scores

    def _paragraph(self, d: Draft) -> int:
        return self.text.count("\n\n", 0, self.doc[d.unit.first].idx)

    def _points_back(self, d: Draft) -> bool:
        """True if the clause has a pronoun or "the matter" that stands for something said before."""
        return any(
            self.doc[i].lower_ in words("pointers")
            or (self.doc[i].lemma_ in words("abstract") and any(c.lower_ == "the" for c in self.doc[i].lefts))
            for i in d.ids
        )

    def _named_acts(self, d: Draft, start: int, end: int) -> list[Act]:
        """Acts that "the offer", "this demand" in the sentence stand for, where nothing completes the noun."""
        out: list[Act] = []
        for token in self.doc[start:end]:
            cue = lexicon().nouns.get(token.lemma_) if token.pos_ == "NOUN" else None
            if cue is None or cue.act is None or any(c.dep_ in ("acl", "prep", "ccomp") for c in token.rights):
                continue
            if any(c.lower_ in words("pointers") or c.lower_ == "the" or c.dep_ == "poss" for c in token.lefts):
                out.append(cue.act)
        return out

    def _sentence_before(self, token: Token) -> str:
        sentence = token.sent
        if sentence.start == 0:
            return ""
        paragraph = self.text.rfind("\n\n", 0, sentence.start_char)
        previous = self.doc[sentence.start - 1].sent
        return previous.text if previous.start_char >= paragraph else ""

    def _above(self, token: Token) -> list[tuple[str, float]]:
        """What stands above in the paragraph, the heading of the part and that of the whole, with what they count."""
        text, start = self.text, token.sent.start_char
        paragraph = text.rfind("\n\n", 0, start) + 1
        above = [s for s in self.headings if s.end <= token.idx]
        heads = [(text[above[-1].start : above[-1].end], TITLE if self._title(above[-1]) else HEADING)] if above else []
        return [(text[paragraph:start], PARAGRAPH), *heads]

    def _title(self, heading: Segment) -> bool:
        """True if nothing is said above a heading: it is that of the whole text."""
        return not any(s.kind is SegmentKind.BODY and s.end <= heading.start for s in self.page.segments)

    def _asked(self, token: Token) -> str:
        """The question that stands alone above the paragraph: what is said is its answer."""
        end = self.text.rfind("\n\n", 0, token.sent.start_char)
        above = self.text[: max(0, end)].rstrip()
        asked = above[above.rfind("\n\n") + 1 :].strip()
        return asked if asked.endswith("?") and len(asked) <= LONGEST_QUESTION else ""

    def topics(self, ids: frozenset[int]) -> tuple[str, ...]:
        """Content noun phrases in order: the noun as its lemma, what stands before it as written; names as written."""
        found = dict.fromkeys(
            noun_phrase(self.doc[i])
            for i in sorted(ids)
            if self.doc[i].pos_ in ("NOUN", "PROPN") and self.doc[i].dep_ != "compound" and self.doc[i].is_alpha
        )
        return tuple(found)[:12]


_BEFORE = frozenset(("compound", "amod", "nmod"))


def noun_phrase(noun: Token) -> str:
    """A noun with the nouns, adjectives and participles that stand right before it ("driver-only operation")."""
    out = [_plain(noun, noun.lemma_)]
    i, doc = noun.i - 1, noun.doc
    while i >= noun.sent.start:
        joined = doc[i].text == "-" and i > noun.sent.start and not doc[i - 1].whitespace_ and not doc[i].whitespace_
        if joined and doc[i - 1].is_alpha:
            out[-1] = f"{_plain(doc[i - 1], doc[i - 1].text)}-{out[-1]}"
            i -= 2
        elif _tells(doc[i]) and noun.is_ancestor(doc[i]):
            out.append(_plain(doc[i], doc[i].text))
            i -= 1
        else:
            break
    return " ".join(reversed(out))


def _tells(token: Token) -> bool:
    """True of a word that belongs to the noun's name: not a number, but a year ("the 1962 treaty")."""
    year = token.text.isdigit() and len(token.text) == 4 and token.dep_ in (*_BEFORE, "nummod")
    return year or (token.is_alpha and token.dep_ in _BEFORE)


def _plain(token: Token, word: str) -> str:
    """`word` in small letters, a name as it is written."""
    return token.text if token.pos_ == "PROPN" and token.text[:1].isupper() else word.lower()
