"""From clauses to drafts of statements: who says each clause, and by which rule it is taken.

The tree of each sentence is read from the outside in. A clause that reports ("the minister said") hands its content to
a voice; a clause that tells a stand becomes that party's; everything else is asserted by whoever speaks at that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from comity.reading import frames, syntax
from comity.reading.agents import is_agent
from comity.reading.attribution import Attribution
from comity.reading.chains import Spoken, Voices, gives_voice, impersonal, is_question, shows, supposed
from comity.reading.clauses import Unit, broken, leave_marks, passage_tokens, units
from comity.reading.contents import TAILS
from comity.reading.hedges import certainty_of
from comity.reading.phrases import Phrase, phrases
from comity.reading.quotes import Quote
from comity.reading.segments import post_of
from comity.reading.stances import Stance, hearsay, stance_of
from comity.reading.tails import accused, tail_of
from comity.reading.texts import text_told, under
from comity.reading.turns import Turn
from comity.reading.voices import REPORTER, Cast, Voice
from comity.reading.wording import plain, words
from comity.words import (
    AUTHOR,
    Act,
    Agenda,
    Certainty,
    Document,
    Entity,
    Mention,
    Mode,
    Quantity,
    Segment,
    Skipped,
    TimeMention,
)
from comity.words import Span as Chars

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True)
class Page:
    """What is known of a document before its statements are read."""

    document: Document
    agenda: Agenda | None
    doc: Doc
    segments: tuple[Segment, ...]
    readable: tuple[Segment, ...]
    quotes: tuple[Quote, ...]
    attributions: tuple[Attribution, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeMention, ...]
    quantities: tuple[Quantity, ...]
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A statement in the making. `ids` are the tokens of what is said; `why` says which rule proposed it."""

    unit: Unit
    ids: frozenset[int]
    voice: Voice
    chain: tuple[str, ...]
    mode: Mode
    why: str
    spoken: Spoken | None = None
    attribution: Attribution | None = None
    act: Act | None = None
    holder: str | None = None
    certainty: Certainty | None = None
    cue: frozenset[int] = field(default=frozenset())
    source: Chars | None = None
    fact: bool = False
    span: Chars | None = None
    negative: bool = False


class Drafter:
    """Walks the sentences of a page and proposes statements."""

    def __init__(self, page: Page) -> None:
        self.page, self.doc = page, page.doc
        self.cast = Cast(page.doc, page.entities, page.mentions, page.agenda)
        posts = []
        for post in post_of(page.document.text, page.segments):
            name = post.name or post.handle
            if name:
                posts.append(((post.segment.start, post.segment.end), Voice(name, None, True, "outlet")))
        posts += [((t.start, t.end), self.cast.named(t.name, t.label)) for t in page.turns if not t.asks]
        self.voices = Voices(page.doc, page.attributions, self.cast, posts, page.document.source)
        self.by_cue: dict[int, list[Attribution]] = {}
        self.by_head: dict[int, list[Attribution]] = {}
        for a in page.attributions:
            self.by_cue.setdefault(a.cue, []).append(a)
            if a.head is not None:
                self.by_head.setdefault(a.head, []).append(a)
        self.speaking = {s.attribution.cue: s for s in self.voices.spoken}
        self.skipped: list[Skipped] = []

    def drafts(self) -> Iterator[Draft]:
        sentences = [s for s in self.doc.sents if self.readable(s)]
        question: Span | None = None
        for sentence in sentences:
            yield from self._sentence(sentence, question)
            question = sentence if self._rhetorical(sentence) else None

    def _asides(self, sentence: Span) -> Iterator[int]:
        """Cues of ", calling it a first step", ", urging both to sign": what the subject did with words besides."""
        for a in self._of_sentence(sentence):
            cue = self.doc[a.cue]
            if (
                (syntax.beside(cue) or self._sides(cue, a))
                and a.lexical.act is not None
                and a.source is not None
                and not self._splits(a)
            ):
                yield a.cue  # "…, with Norway noting the cost"
            if cue.tag_ != "VBG" or cue.dep_ not in ("advcl", "acl") or a.lexical.kind != "speech" or self._splits(a):
                continue
            left = cue.left_edge
            if left.i == cue.i and self._opens(cue, sentence) and a.lexical.act is not None and a.source is not None:
                yield a.cue  # "Noting the cost, Norway asked for time"
                continue
            if a.source is None or syntax.subject(cue) is not None or left.i == sentence.start or a.lexical.act is None:
                continue
            if self.doc[left.i - 1].text in (",", "”", '"') and cue.head.pos_ in ("VERB", "AUX"):
                yield a.cue

    def _sides(self, cue: Token, a: Attribution) -> bool:
        """ "opposed it, preferring the old text": a stand that is told beside another one."""
        if cue.tag_ != "VBG" or cue.dep_ != "advcl" or a.lexical.kind != "stance" or a.complement == "clause":
            return False
        told = any(b.lexical.act is not None and b.source is not None for b in self.by_cue.get(cue.head.i, ()))
        return told and cue.i > cue.head.i and self.doc[cue.left_edge.i - 1].text == ","

    def _opens(self, cue: Token, sentence: Span) -> bool:
        """True of a participle that opens a sentence before its subject and the verb it goes with."""
        first = next((t.i for t in sentence if not t.is_space and not t.is_punct), sentence.start)
        return cue.i == first and cue.head.pos_ == "VERB" and cue.head.i > cue.i and syntax.subject(cue) is None

    def _of_sentence(self, sentence: Span) -> list[Attribution]:
        """The attributions whose cue stands in the sentence, in order."""
        return [a for i in range(sentence.start, sentence.end) for a in self.by_cue.get(i, ())]

    def readable(self, sentence: Span) -> bool:
        """True if the sentence stands in a stretch that is read for statements."""
        at = next((t.idx for t in sentence if not t.is_space), sentence.start_char)
        return any(s.start <= at < s.end for s in self.page.readable)

    def _rhetorical(self, sentence: Span) -> bool:
        words = sentence.text.strip()
        at = sentence.start_char
        return words.endswith("?") and self.voices.voice_at(at) == self.voices.owner(at)

    def _sentence(self, sentence: Span, question: Span | None) -> Iterator[Draft]:
        contents = [a.head for a in self._of_sentence(sentence) if a.head is not None and self._splits(a)]
        tails: set[int] = self.doc.user_data.get(TAILS, set())
        tail = tail_of(sentence)
        cut = tuple(p for p in phrases(sentence) if p.head not in tails | (tail.ids if tail else frozenset()))
        asks = self._rhetorical(sentence)
        found = units(sentence, contents, self.by_cue, self._asides(sentence), self._spoken_at)
        found = self._without_tails(sentence, found)
        for unit in self._by_content(found, sentence):
            reason = broken(self.doc, unit)
            if reason:
                tokens = passage_tokens(self.doc, unit) or (unit.first, unit.last)
                self.skipped.append(Skipped(*syntax.chars(self.doc, *tokens), reason))
                continue
            apart = frozenset().union(*(p.ids for p in cut if p.apart and p.ids < unit.ids))
            trimmed = replace(unit, ids=unit.ids - apart) if apart and unit.ids - apart else unit
            if not asks:
                yield from self._unit(trimmed, question if unit.why == "main" else None)
        yield from self._tail(sentence)
        for a in self._of_sentence(sentence):
            yield from self._named_within(a)
        for phrase in cut:
            draft = self._phrase(phrase)
            if draft is not None:
                yield draft

    def _named_within(self, a: Attribution) -> Iterator[Draft]:
        """ "It is a sum that Holt described as “a joke”": what a relative clause tells that somebody called it."""
        cue = self.doc[a.cue]
        quoted = [q for q in self.page.quotes for s, e in a.content if s <= q.start and q.end <= e]
        bound = cue.dep_ == "relcl" or (cue.dep_ in ("pcomp", "ccomp", "csubj") and cue.left_edge.tag_ == "WP")
        if a.complement not in ("as", "object_predicate") or not quoted or not bound or a.source is None:
            return
        who = self.cast.resolve(self.doc[a.source], self.voices.voice_at(cue.idx))
        end = max(a.content[-1][1], quoted[-1].end)
        ids = frozenset(t.i for t in cue.sent if cue.idx <= t.idx < end or a.covers(t.idx))
        if not ids or not self.cast.agentive(self.doc[a.source]) or who == REPORTER:
            return
        unit = Unit(min(ids), ids, "content")
        chain = (*self.voices.chain_at(cue.idx), who.name)
        span = quoted[-1].inner if self._long(quoted[-1], ids) else None
        yield Draft(unit, ids, who, chain, Mode.MIXED, "description", None, a, act=Act.ASSESS, holder=who.holder,
                    certainty=Certainty.ASSERTED, source=a.source_span, span=span)  # fmt: skip

    def _tail(self, sentence: Span) -> Iterator[Draft]:
        """ "…, a charge that Belvara denies": what another makes of the words before it."""
        tail = tail_of(sentence)
        if tail is None:
            return
        voice = self.voices.owner(tail.verb.idx)
        who = self.cast.resolve(accused(sentence, tail) or tail.subject, voice)
        unit = Unit(tail.verb.i, tail.ids, "relative")
        yield Draft(unit, tail.ids, voice, self._free_chain(tail.verb.idx, "relative"), Mode.REPORTED_STANCE, "tail",
                    act=tail.act, holder=who.stand, certainty=Certainty.ASSERTED, cue=frozenset({tail.verb.i}),
                    source=(tail.subject.idx, tail.subject.idx + len(tail.subject)),
                    negative=tail.act is Act.ASSERT)  # fmt: skip

    def _without_tails(self, sentence: Span, found: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """`found` without ", a charge that the minister dismissed", whose relative clause is a unit of its own.

        So is "that the minister described as “a joke”" wherever it stands.
        """
        known: set[int] = self.doc.user_data.get(TAILS, set())
        tail = tail_of(sentence)
        tails = {t.i for t in sentence if t.i in known} | (tail.ids if tail is not None else frozenset())
        clauses = [t for t in sentence if t.dep_ == "relcl" and (t.i in tails or self._named_so(t))]
        if tail is not None:
            clauses = [t for t in clauses if t.i not in tail.ids]
            found = tuple(replace(u, ids=frozenset(i for i in u.ids if i < tail.first or u.head > tail.first))
                          for u in found)  # fmt: skip
        for clause in clauses:
            tails |= syntax.subtree_ids(clause)
        if not tails:
            return found
        rest = tuple(replace(u, ids=u.ids - tails) for u in found if u.ids - tails)
        return (*rest, *(Unit(t.i, frozenset(syntax.subtree_ids(t)), "relative") for t in clauses))

    def _named_so(self, clause: Token) -> bool:
        """True of a relative clause in which somebody gives something a name in quotation marks."""
        subject = syntax.subject(clause)
        if subject is None or subject.tag_ in ("WDT", "WP"):
            return False
        told = (a for a in self.by_cue.get(clause.i, ()) if a.complement in ("as", "object_predicate"))
        return any(s <= q.start and q.end <= e for a in told for s, e in a.content for q in self.page.quotes)

    def _by_content(self, found: tuple[Unit, ...], sentence: Span) -> list[Unit]:
        """`found` with tokens moved to the side of the cue or of its content on which the attribution has them."""
        ids = {u.head: set(u.ids) for u in found}
        for a in self._of_sentence(sentence):
            if a.head not in ids or not self._splits(a):
                continue
            if self.doc[a.cue].lower_ == "according":  # what else the clause holds stays where it is
                phrase = {t.i for t in sentence if self._phrase_of(a, t.idx)} | self._rest_of(a, sentence)
                ids = {h: own - phrase for h, own in ids.items()} | {a.cue: phrase}
                continue
            owner = next((h for h, own in ids.items() if a.cue in own), None)
            if owner is None or owner == a.head:
                owner = a.cue
                ids.setdefault(owner, set())
            inside = {t.i for t in sentence if a.covers(t.idx)}
            if a.cue in inside or a.head is None:
                continue
            ids[a.head] |= ids[owner] & inside
            ids[owner] -= inside
            outside = {i for i in ids[a.head] if i not in inside and self._of_cue(a, i)}
            ids[owner] |= outside | {a.cue}
            ids[a.head] -= outside | {a.cue}
        for own in ids.values():
            leave_marks(self.doc, own)
        known = {u.head: u for u in found}
        out = [
            replace(known[h], ids=frozenset(own)) if h in known else Unit(h, frozenset(own), "main")
            for h, own in ids.items()
            if own
        ]
        return sorted(out, key=lambda u: u.first)

    def _phrase_of(self, a: Attribution, at: int) -> bool:
        """True if `at` stands in the cue or the source of "according to X"."""
        spans = (a.cue_span, a.source_span or a.cue_span)
        return min(s for s, _ in spans) <= at < max(e for _, e in spans)

    def _rest_of(self, a: Attribution, sentence: Span) -> set[int]:
        """What follows the source of ", according to a text issued late in the evening" to the end of the sentence, or
        of "According to the draft, seen by the Gazette, …" up to what it says."""
        end = max(e for _, e in (a.cue_span, a.source_span or a.cue_span))
        after = [t for t in sentence if t.idx >= end]
        below = syntax.subtree_ids(self.doc[a.cue])
        if a.content[0][0] >= end:
            return {t.i for t in after if t.i in below and t.idx < a.content[0][0]}
        ends = a.content[-1][1] <= a.cue_span[0] and not any(syntax.finite(t) and t.i not in below for t in after)
        return {t.i for t in after} if ends else set()

    def _of_cue(self, a: Attribution, i: int) -> bool:
        """True if token `i` stands on the cue's side: in its source or between and after source, cue and content."""
        at = self.doc[i].idx
        if a.source_span and a.source_span[0] <= at < a.source_span[1]:
            return True
        if at < a.content[0][0]:
            return a.cue_span[0] < a.content[0][0]
        return at >= a.content[-1][1] and a.cue_span[0] >= a.content[-1][1]

    def _spoken_at(self, char: int) -> bool:
        return self.voices.at(char) is not None

    def _splits(self, a: Attribution) -> bool:
        """True if the content of `a` is read as clauses of its own."""
        if a.lexical.kind != "speech" or a.complement != "clause" or a.lexical.group == "deny":
            return False
        if a.negated and not gives_voice(a, self.doc):
            return False
        if a.head is not None and self._asked(a):
            return False
        if shows(a, self.doc):
            return False  # whoever speaks says it
        return not is_question(a, self.doc) and not impersonal(a, self.doc)

    def _only_frames(self, unit: Unit) -> bool:
        """True of "voiced concern" where what the concern is stands in a clause of its own."""
        told = [a for a in self._cues(unit) if self.doc[a.cue].pos_ == "NOUN" and self._splits(a)]
        nouns = (self.doc[a.cue] for a in told if gives_voice(a, self.doc))
        givers = {i for a in told if a.source is not None for i in syntax.subtree_ids(self.doc[a.source])}
        rest = (i for i in unit.ids - givers if not self.doc[i].is_punct and self.doc[i].lower_ != "from")
        last = max(rest, default=unit.last)
        return any(n.dep_ == "dobj" and n.head.i == unit.head and n.i >= last for n in nouns)

    def _asked(self, a: Attribution) -> bool:
        """True of "refused to say whether …": what stays unsaid is no proposition of its own."""
        if a.head is None or gives_voice(a, self.doc):
            return False
        clause = self.doc[a.head]
        first = clause.left_edge
        opens = first.tag_ in ("WRB", "WP", "WDT") and (first.head.i == clause.i or first.head.head.i == clause.i)
        return opens or any(c.dep_ == "mark" and c.lower_ == "whether" for c in clause.lefts)

    def _unit(self, unit: Unit, question: Span | None) -> Iterator[Draft]:
        doc = self.doc
        head = doc[unit.head]
        if head.lower_ == "according" and head.i in self.by_cue and head.dep_ != "ROOT":
            return  # "according to X" alone: its content stands in another unit
        here = [s for i, s in self.speaking.items() if i in unit.ids and self._leads(doc[i], head)]
        here = [s for s in here if not self._later(s)]
        if here:
            for spoken in here:
                yield from self._inside(unit, spoken)
            if not self._goes_on(head, here):
                return
            told = {i for s in here for i in syntax.subtree_ids(doc[s.attribution.cue])}
            unit = replace(unit, ids=unit.ids - told)
        if self._only_frames(unit):
            return
        asked = [a for a in self._cues(unit) if is_question(a, doc) and self._leads(doc[a.cue], head)]
        if asked:
            yield from self._question(unit, asked[0])
            return
        silent = [
            a
            for a in self._cues(unit)
            if a.lexical.kind == "speech" and self._splits(a) and self._leads(doc[a.cue], head)
        ]
        own = any(a.lexical.act is not None and a.source is not None for a in self.by_cue.get(head.i, ()))
        if silent and unit.why != "content" and not (own and all(a.cue != head.i for a in silent)):
            return  # the cue of a clause that stands on its own ("observers might note")
        spoken_here = self.voices.at(head.idx, head.i)
        if unit.why == "relative":
            spoken_here = None  # set off by a comma: the reporter's aside, in whosever words it stands
        voice = spoken_here.voice if spoken_here else self._free_voice(head.idx, unit.why)
        chain = spoken_here.chain if spoken_here else self._free_chain(head.idx, unit.why)
        yield from self._assertion(unit, voice, chain, spoken_here, question)

    def _question(self, unit: Unit, a: Attribution) -> Iterator[Draft]:
        """ "Norway asked whether the fund was open": where no agenda says what counts, that is told as well.

        A question takes no stand, so of what an agenda asks it is no statement.
        """
        voice = self.voices.voice_at(self.doc[unit.head].idx)
        if self.page.agenda is not None or a.source is None or voice != REPORTER or a.source_span is None:
            return
        if a.cue not in (self.doc.user_data.get("floor") or ()) or supposed(a, self.doc) or a.negated:
            return
        who = self.cast.resolve(self.doc[a.source], voice)
        cue = frozenset(i for i in unit.ids if a.cue_span[0] <= self.doc[i].idx < a.cue_span[1])
        first = min(cue, default=unit.first)
        yield Draft(unit, frozenset(i for i in unit.ids if i >= first), who, (AUTHOR, who.name), Mode.INDIRECT,
                    "question", None, a, act=Act.ASSESS, holder=who.stand, cue=cue, source=a.source_span)  # fmt: skip

    def _later(self, spoken: Spoken) -> bool:
        """True if the words follow in a paragraph of their own: "She rejected the plan." – "It gives away …"."""
        a = spoken.attribution
        apart = "\n" in self.page.document.text[a.cue_span[1] : a.content[0][0]]
        return a.lexical.act is not None and apart and a.content[0][0] > a.cue_span[1]

    def _goes_on(self, head: Token, here: list[Spoken]) -> bool:
        """True if a clause tells a stand of its own before what a participle adds ("opposed it, noting …")."""
        cues = [self.doc[s.attribution.cue] for s in here]
        if any(c.i == head.i or c.tag_ != "VBG" or c.dep_ == "pcomp" for c in cues):
            return False
        own = self.by_cue.get(head.i, ())
        return any(a.lexical.act is not None and a.source is not None and not self._splits(a) for a in own)

    def _free_voice(self, char: int, why: str) -> Voice:
        return self.voices.owner(char) if why == "relative" else self.voices.voice_at(char)

    def _free_chain(self, char: int, why: str) -> tuple[str, ...]:
        if why != "relative":
            return self.voices.chain_at(char)
        owner = self.voices.owner(char)
        return (AUTHOR,) if owner == REPORTER else (AUTHOR, owner.name)

    def _cues(self, unit: Unit) -> list[Attribution]:
        return [a for i in sorted(unit.ids) for a in self.by_cue.get(i, ())]

    def _leads(self, cue: Token, head: Token) -> bool:
        """True if `cue` is the predicate of the clause that `head` heads."""
        if cue.lower_ == "according" and cue.dep_ != "ROOT":
            return False
        node = cue
        for _ in range(5):
            if node.i == head.i:
                return True
            if node.dep_ not in ("xcomp", "pcomp", "prep", "acomp", "conj", "advcl", "parataxis", "dep"):
                return False
            if node.dep_ == "pcomp" and syntax.subject(node) is not None:
                return False  # "…, with B adding that …"
            node = node.head
        return False

    def _inside(self, unit: Unit, spoken: Spoken) -> Iterator[Draft]:
        """Words of the speaker that stand in the cue's own clause: a quotation without a clause head."""
        a = spoken.attribution
        for start, end in a.content:
            ids = frozenset(i for i in unit.ids if start <= self.doc[i].idx < end)
            words = [i for i in ids if self.doc[i].is_alpha]
            if len(words) >= 2 and a.head not in unit.ids:
                yield Draft(unit, ids, spoken.voice, spoken.chain, Mode.DIRECT, "quote", spoken, a)

    def _assertion(
        self, unit: Unit, voice: Voice, chain: tuple[str, ...], spoken: Spoken | None, question: Span | None
    ) -> Iterator[Draft]:
        doc = self.doc
        head = doc[unit.head]
        text = self.text_of(unit)
        authorial = voice == REPORTER
        certainty = certainty_of(doc, head, sorted(unit.ids), text, authorial=authorial)
        if spoken is None and self._suggested(unit) and certainty is Certainty.ASSERTED:
            certainty = Certainty.HEDGED
        stance = stance_of(doc, unit, self.by_cue)
        if frames.declines(head, self._own_words(unit)):
            subject = syntax.clause_subject(head) if unit.why == "conj" else syntax.subject(head)
            holder = self._holder(subject, voice) if subject is not None else None
            yield Draft(unit, unit.ids, voice, chain, self.mode_of(unit, voice, spoken), "silence", spoken,
                        act=Act.DECLINE_TO_SAY, holder=holder)  # fmt: skip
            return
        if (
            stance is not None
            and stance.lexical is not None
            and stance.lexical.complement in ("as", "object_predicate")
        ):
            yield from self._described(unit, stance, voice, chain, spoken)
            return
        if unit.why == "aside" and (stance is None or stance.lexical is None):
            return
        if stance is not None and (self.cast.agentive(stance.subject, voice) or self._acts(stance)):
            yield self._stance(unit, stance, voice, chain, spoken, certainty)
            return
        told = text_told(head) or under(head) if authorial and certainty is not Certainty.PREDICTED else None
        if told is not None:
            yield self._by_text(unit, *told)
            return
        span = None
        if authorial and question is not None:
            answer = re.match(
                r"\W*(?:not?|yes|hardly|unlikely|likely|perhaps|maybe|probably|possibly|never|doubtful|surely)\b", text
            )
            if answer:
                begin = next(t.idx for t in question if not t.is_space)
                tokens = passage_tokens(doc, unit) or (unit.first, unit.last)
                span = (begin, syntax.chars(doc, *tokens)[1])
                if certainty is Certainty.ASSERTED:
                    certainty = Certainty.PREDICTED
        yield Draft(unit, unit.ids, voice, chain, self.mode_of(unit, voice, spoken), "clause", spoken,
                    spoken.attribution if spoken else None, certainty=certainty, span=span,
                    act=self._lexical_act(unit, spoken) or self._told_act(unit, stance, voice))  # fmt: skip

    def _by_text(self, unit: Unit, noun: Token, act: Act) -> Draft:
        """ "The draft calls for a pullback", "under the Averian plan they would leave": a text's words."""
        by = self.cast.party_named((noun.left_edge.idx, noun.idx + len(noun)))
        who = Voice(by, by, True, "state") if by is not None else self.cast.resolve(noun)
        after = noun.right_edge.i if noun.head.lower_ != "under" else unit.first - 1
        ids = frozenset(i for i in unit.ids if i > after)
        return Draft(unit, ids, who, (AUTHOR, who.name), Mode.INDIRECT, "text", None, act=act, holder=who.holder,
                     certainty=Certainty.ASSERTED, source=(noun.idx, noun.idx + len(noun)))  # fmt: skip

    def _told_act(self, unit: Unit, stance: Stance | None, voice: Voice) -> Act | None:
        """What people do whom nothing in the text makes a side: "the league opposes it" stays the article's own.

        Said by somebody, "the firm was willing to wait" tells a stand of his own body, whoever that is.
        """
        if stance is None or stance.act not in (Act.REJECT, Act.ACCEPT, Act.OFFER, Act.COMMIT, Act.DEMAND):
            return None
        lexical = stance.lexical.lexical.word if stance.lexical is not None else ""
        if stance.act is Act.DEMAND and lexical not in words("desiring"):
            return None
        body = stance.subject.lower_ in (
            "it",
            "they",
            "he",
            "she",
            "its",
            "their",
        ) or stance.subject.lemma_.lower() in words("bodies")
        if voice != REPORTER and (lexical or not body):
            return None
        supposed = syntax.modal(self.doc[unit.head]) in ("would", "could", "may", "might")
        if stance.lexical is not None and stance.lexical.lexical.word in words("settling"):
            return None  # "the session decided to set up a fund": what happened
        if supposed or syntax.nobody(stance.subject) or stance.subject.lower_ == "one":
            return None
        return stance.act

    def _own_words(self, unit: Unit) -> str:
        """What the clause says without its relative clauses: "… any text that does not name the year" is no silence."""
        clauses = [self.doc[i] for i in unit.ids if self.doc[i].dep_ == "relcl" and i != unit.head]
        beside = {i for clause in clauses for i in syntax.subtree_ids(clause)}
        return self.text_of(replace(unit, ids=unit.ids - beside or unit.ids))

    def _acts(self, stance: Stance) -> bool:
        """True of a bare name or of people of a trade who did something with words: only people and bodies do."""
        noun, a = stance.subject, stance.lexical
        if a is None:
            return False
        if is_agent(noun):
            return True
        if a.lexical.kind != "speech":
            return False
        mention = self.cast.at(noun)
        if mention is not None:
            known = self.cast.entities.get(mention.entity)
            return known is not None and known.type in ("place", "other") and noun.pos_ == "PROPN"
        return noun.pos_ == "PROPN"

    def _suggested(self, unit: Unit) -> bool:
        """True if the clause is the content of a cue that nobody has uttered ("observers might note that …")."""
        return any(
            a.lexical.kind == "speech" and (supposed(a, self.doc) or a.source is None)
            for a in self.by_head.get(unit.head, ())
        )

    def _lexical_act(self, unit: Unit, spoken: Spoken | None) -> Act | None:
        if spoken is None or spoken.attribution.head != unit.head:
            return None
        act = spoken.attribution.lexical.act
        head = self.doc[unit.head]
        if spoken.attribution.lexical.word == "suggest" and not self._proposed(head):
            return None  # "suggested that Cuba would sue": what is thought to be so
        if spoken.attribution.lexical.word == "insist" and syntax.modal(head) is None and syntax.finite(head):
            return None  # "insisted that the gap was bridgeable"
        return act if act not in (None, Act.ANNOUNCE, Act.ASSESS, Act.ACCEPT) else None

    def _proposed(self, head: Token) -> bool:
        """True of "suggested that parties refer to it", "suggested it could be discussed", "suggested adding it"."""
        modal = syntax.modal(head)
        if modal is not None:
            return modal in ("could", "can", "might", "may")
        auxiliaries = [a for a in syntax.auxiliaries(head) if a.tag_ != "TO"]
        first = auxiliaries[0] if auxiliaries else head
        return first.tag_ in ("VB", "VBG") or (first.tag_ == "VBP" and head.lemma_ != "be")

    def _stance(
        self,
        unit: Unit,
        stance: Stance,
        voice: Voice,
        chain: tuple[str, ...],
        spoken: Spoken | None,
        certainty: Certainty,
    ) -> Draft:
        who = self.cast.resolve(stance.subject, voice)
        holder = who.stand
        source = (
            stance.lexical.source_span
            if stance.lexical
            else (stance.subject.idx, stance.subject.idx + len(stance.subject))
        )
        act = stance.act
        kind = stance.lexical.lexical.kind if stance.lexical else "speech"
        if stance.lexical is not None and stance.spoken and voice == REPORTER:
            certainty = self._outside(unit, self._within(stance.lexical, unit))
        elif stance.spoken and voice == REPORTER:  # "held out the prospect": no guess of the reporter's
            certainty = self._outside(unit, stance.cue)
        if voice == REPORTER:
            if hearsay(self.doc[unit.head]) and certainty is Certainty.ASSERTED:
                certainty = Certainty.HEDGED  # "is reported to have asked for a vote"
            guess = certainty is not Certainty.ASSERTED or self._forecast(unit, stance)
            if who == REPORTER:  # "we urge …" outside quotation marks: nobody's but the text's own
                return Draft(unit, unit.ids, REPORTER, (AUTHOR,), Mode.AUTHOR, "clause", None, act=act,
                             certainty=certainty)  # fmt: skip
            if guess:
                sure = Certainty.PREDICTED if certainty is Certainty.ASSERTED else certainty
                if syntax.modal(self.doc[unit.head]) in ("should", "must"):
                    act, sure = Act.DEMAND, Certainty.OPINION  # "the council should vote for it"
                return Draft(unit, unit.ids, REPORTER, (AUTHOR,), Mode.AUTHOR, "guess", None, act=act, holder=holder,
                             certainty=sure)  # fmt: skip
            if stance.spoken and (kind != "stance" or self._uttered(unit, who)):
                ids, names = self._predicate(unit, stance), (*chain, who.name)
                return Draft(unit, ids, who, names, Mode.INDIRECT, "speech act", None, stance.lexical, act=act,
                              holder=holder, cue=stance.cue, source=source)  # fmt: skip
            return Draft(unit, unit.ids, REPORTER, chain, Mode.REPORTED_STANCE, "stance", None, stance.lexical,
                         act=act, holder=holder, cue=stance.cue, source=source)  # fmt: skip
        own = who == voice or (who.party is not None and who.party == voice.party)
        own = own or (spoken is not None and self.cast.among(spoken.attribution.source, who))
        told = stance.spoken and kind == "speech" and certainty is Certainty.ASSERTED
        idiom = stance.lexical is None and stance.act is Act.ACCEPT  # "had dropped its objection": nothing uttered
        if not own and told and not idiom and self._relays(spoken, who) and not self._together(stance):
            ids = self._predicate(unit, stance)  # "the Gazette reported that Y had ordered …": Y's, through another
            return Draft(unit, ids, who, (*chain, who.name), Mode.INDIRECT, "speech act", None, stance.lexical, act=act,
                          holder=holder, cue=stance.cue, source=source)  # fmt: skip
        a = stance.lexical
        if own and act is Act.DEMAND and a is not None and a.complement == "inf" and a.lexical.word != "need":
            act = Act.COMMIT  # "we want to finish": one's own doing
        head = self.doc[unit.head]
        if self._together(stance) and not syntax.negated(head) and syntax.modal(head) is None:
            act = Act.ANNOUNCE  # "the two sides had agreed on names"
        return Draft(unit, unit.ids, voice, chain, self.mode_of(unit, voice, spoken), "stance", spoken,
                     spoken.attribution if spoken else None, act=act, holder=voice.holder if own else holder,
                     certainty=certainty)  # fmt: skip

    def _together(self, stance: Stance) -> bool:
        """True of "the two sides had agreed", "both accepted": whoever tells it claims it for all of them."""
        noun = stance.subject
        counted = any(c.lower_ in ("both", "two", "three", "four", "all") for c in noun.lefts)
        joint = noun.lower_ in ("both", "they", "all", "sides", "parties") or counted
        return stance.act is Act.ACCEPT and joint

    def _outside(self, unit: Unit, told: frozenset[int]) -> Certainty:
        """How sure a clause sounds of what was done with words, `told`: guesses within them are not the reporter's."""
        ids = unit.ids - told
        text = self.text_of(replace(unit, ids=ids))
        return certainty_of(self.doc, self.doc[unit.head], sorted(ids), text, authorial=True)

    def _relays(self, spoken: Spoken | None, who: Voice) -> bool:
        """True if somebody who stands for no party tells what others did: an outlet, a diplomat, a witness.

        What one party tells of another is its own claim.
        """
        if spoken is None or spoken.attribution.source is None or spoken.attribution.complement == "quote":
            return False
        party, source = spoken.voice.party, self.doc[spoken.attribution.source]
        if party is None and self._of_a_side(source):
            return False  # "the ministry said the committee had turned it down": a side, whatever it is called
        return party is None or party == who.party

    def _of_a_side(self, source: Token) -> bool:
        """True of a ministry, and of a minister or an envoy, named or not: whom they speak for is at the table."""
        entity = self.cast.at(source)
        known = self.cast.entities.get(entity.entity) if entity is not None else None
        described = {source.lemma_.lower(), *((known.role or "").lower().split() if known is not None else ())}
        return bool(described & (words("home") | words("in_office")))

    def _uttered(self, unit: Unit, who: Voice) -> bool:
        """True if an attitude was uttered: one person's at one time ("she wanted"), or in a named medium."""
        if any(self.doc[i].lemma_ in words("media") and self.doc[i].dep_ == "pobj" for i in unit.ids):
            return True
        return who.type == "person" and self.doc[unit.head].tag_ == "VBD"

    def _predicate(self, unit: Unit, stance: Stance) -> frozenset[int]:
        """The clause without its subject: the words that follow are what the subject is reported to have said.

        Where they name nothing ("has rejected that", "has agreed"), the whole clause.
        """
        first = min(stance.cue, default=unit.first)
        rest = frozenset(i for i in unit.ids if i >= first)
        names = any(self.doc[i].pos_ in ("NOUN", "PROPN", "NUM", "VERB") for i in rest - stance.cue)
        return rest if len(rest) > 2 and names else unit.ids

    def _forecast(self, unit: Unit, stance: Stance) -> bool:
        """True if the clause speaks of a stand yet to come: the reporter's forecast, not the party's word."""
        head = self.doc[unit.head]
        modal = syntax.modal(head)
        if modal == "will" and stance.act is Act.REJECT and syntax.negated(head) and head.lemma_ in words("yields"):
            return False  # "will not sign": a refusal
        if any(c.lower_ == "rather" for c in head.lefts) or (modal == "would" and head.lemma_ in ("like", "prefer")):
            return False  # "would rather wait", "would like both to sign"
        if stance.lexical is not None and modal is not None:
            return True
        if modal in ("would", "could", "should", "can"):
            return True
        return any(a.lower_ == "to" for a in syntax.auxiliaries(head))

    def _described(
        self, unit: Unit, stance: Stance, voice: Voice, chain: tuple[str, ...], spoken: Spoken | None
    ) -> Iterator[Draft]:
        """ "called the offer “a first step”": from the cue to the end of what it is called, or the words
        between quotation marks where they are the lesser part of it."""
        a = stance.lexical
        if a is None or (not self.cast.agentive(stance.subject, voice) and a.source is None):
            return
        who = self.cast.resolve(stance.subject, voice)
        ids = unit.ids
        inside = [q for q in self.page.quotes for s, e in a.content if s <= q.start and q.end <= e]
        certainty = certainty_of(
            self.doc, self.doc[unit.head], sorted(unit.ids), self.text_of(unit), authorial=voice == REPORTER
        )
        if syntax.modal(self.doc[unit.head]) is not None:
            if voice != REPORTER:  # "They can call it a gift": what the speaker says of them
                yield Draft(unit, unit.ids, voice, chain, self.mode_of(unit, voice, spoken), "clause", spoken,
                            spoken.attribution if spoken else None, certainty=certainty)  # fmt: skip
            return
        names = chain if who.name == chain[-1] else (*chain, who.name)
        end = max([e for _, e in a.content] + [q.end for q in inside])
        comma = next((i for i in sorted(ids) if self.doc[i].is_punct and self.doc[i].idx >= end), unit.last + 1)
        told = frozenset(i for i in ids if min(stance.cue, default=i) <= i < comma)
        ids, span = (told if len(told) > 2 else self._predicate(unit, stance)), None
        if inside and self._long(inside[-1], ids):
            span = inside[-1].inner
            ids = frozenset(i for i in unit.ids if span[0] <= self.doc[i].idx < span[1]) or unit.ids
        mode = Mode.MIXED if inside else Mode.INDIRECT
        yield Draft(unit, ids, who, names, mode, "description", spoken, a,
                    act=frames.judged(doc=self.doc, ids=self._within(a, unit)), holder=who.holder, certainty=certainty,
                    source=a.source_span, span=span)  # fmt: skip

    def _long(self, quote: Quote, ids: frozenset[int]) -> bool:
        """True of quoted words that tell by themselves what is meant, rather than with the words around them."""
        inner = self.page.document.text[slice(*quote.inner)]
        return len(inner.split()) > 2 and 2 * len(inner.replace(" ", "")) < sum(len(self.doc[i]) for i in ids)

    def _within(self, a: Attribution, unit: Unit) -> frozenset[int]:
        """The tokens of `unit` that `a` has for content."""
        return frozenset(i for i in unit.ids if a.covers(self.doc[i].idx))

    def _phrase(self, phrase: Phrase) -> Draft | None:
        doc = self.doc
        head = doc[phrase.head]
        spoken = self.voices.at(head.idx)
        voice = spoken.voice if spoken else self.voices.voice_at(head.idx)
        chain = spoken.chain if spoken else self.voices.chain_at(head.idx)
        if phrase.holder is None:
            return None
        subject = doc[phrase.holder]
        if not self.cast.agentive(subject, voice) and self.cast.at(subject) is None:
            return None
        who = self.cast.resolve(subject, voice)
        unit = Unit(phrase.head, phrase.ids, "phrase")
        mode = Mode.REPORTED_STANCE if not phrase.fact else (Mode.AUTHOR if voice == REPORTER else Mode.INDIRECT)
        if voice != REPORTER and spoken is None and (who == voice or (who.party and who.party == voice.party)):
            mode = Mode.DIRECT  # "our proposal" in somebody's own letter
        act = Act.REJECT if phrase.negative and phrase.act in (Act.DEMAND, Act.ACCEPT) else phrase.act
        return Draft(unit, phrase.ids, voice, chain, mode, "phrase", spoken, act=act, holder=who.holder,
                     certainty=Certainty.ASSERTED, cue=phrase.cue, fact=phrase.fact,
                     source=(subject.idx, subject.idx + len(subject)))  # fmt: skip

    def _holder(self, subject: Token, voice: Voice) -> str | None:
        if len({self.cast.resolve(t, voice).name for t in self.cast.each(subject)}) > 1:
            return None
        return self.cast.resolve(subject, voice).holder

    def mode_of(self, unit: Unit, voice: Voice, spoken: Spoken | None) -> Mode:
        """How a clause of `voice` is reported."""
        if voice == REPORTER:
            return Mode.AUTHOR
        if spoken is None or voice == self.voices.owner(self.doc[unit.head].idx):
            return Mode.DIRECT  # a post, a speech or a communiqué in its author's own words
        start, end = self.doc[unit.first].idx, self.doc[unit.last].idx + len(self.doc[unit.last])
        head = self.doc[unit.head].idx
        for q in self.page.quotes:
            if q.start <= head < q.end and q.end - q.start > 0.6 * (end - start):
                return Mode.DIRECT
        if any(start <= q.start and q.end <= end + 1 and not self._name(q) for q in self.page.quotes):
            return Mode.MIXED
        return Mode.INDIRECT

    def _name(self, quote: Quote) -> bool:
        """True of a quoted name or title ('Box A'): no words of the speaker's."""
        inner = self.page.document.text[slice(*quote.inner)].split()
        return 0 < len(inner) <= 3 and all(word[:1].isupper() or word[:1].isdigit() for word in inner)

    def text_of(self, unit: Unit) -> str:
        return plain("".join(self.doc[i].text_with_ws for i in sorted(unit.ids)))
