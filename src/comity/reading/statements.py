"""From drafts to statements: act, issue, status, conditions and time of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import frames, syntax
from comity.reading.attribution import Attribution
from comity.reading.author import bears
from comity.reading.binding import foreseen
from comity.reading.chains import not_thought, thinks_not
from comity.reading.clauses import passage_tokens
from comity.reading.company import companions, joined, names_given
from comity.reading.conditions import conditions, contingent
from comity.reading.drafts import Draft, Drafter, Page
from comity.reading.gapping import parted
from comity.reading.holders import holder_of, only_told
from comity.reading.issues import option_of
from comity.reading.model import Triple
from comity.reading.remaining import MOST, draft_of, part_of_another, plainly_within, told_already, told_share
from comity.reading.said import Clock
from comity.reading.scenes import Scene
from comity.reading.themes import Themes
from comity.reading.voices import REPORTER
from comity.reading.wording import pattern, plain, words
from comity.words import AUTHOR, Act, Certainty, Mode, Polarity, Skipped, Statement
from comity.words import Span as Chars

if TYPE_CHECKING:
    from spacy.tokens import Token

Spans = tuple[Chars, ...]
_MARK = re.compile(r"\[[^\]]*\]\W*")  # "[continued]"
_DENYING = words("denying") | words("brushing_off")
_SENTENCE = 15
"""Characters from which quoted words may be a sentence."""
_BULLETS = "\uf0b7\uf0a7•▪◦‣●■"


def find_statements(page: Page) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
    """The statements of a page in order of the text, and what was refused."""
    drafter = Drafter(page)
    finisher = _Finisher(page, drafter)
    out: list[Statement] = []
    for draft in drafter.drafts():
        made = finisher.finish(draft)
        if made is not None:
            out.extend(p for s in _with_company(drafter, draft, made) for p in parted(page.doc, drafter.cast, s))
    shown = {(s.cue, s.content) for s in out}
    for a in page.attributions:
        if a.told is None or (a.told.cue, a.told.content) in shown or told_already(a.told, out):
            continue
        if page.agenda is not None and part_of_another(a.told, out):
            continue  # of what an agenda asks, a piece of a statement is no other statement
        left = draft_of(drafter, a)
        made = finisher.finish(left) if left is not None else None
        if made is not None:
            out = [s for s in out if not plainly_within(s, a.told)] + [made]
    out.sort(key=lambda s: (s.passage.start, s.passage.end, s.mode.value))
    out = [s for n, s in enumerate(out) if not any(_repeats(s, other) for other in out[n + 1 : n + 4])]
    unique: list[Statement] = []
    seen: set[object] = set()
    for s in out:
        if (s.passage.span, s.speaker, s.holder) in seen:
            continue
        told = (s.source, s.cue, s.content)
        unique.append(replace(s, content=()) if told in seen else s)
        seen |= {(s.passage.span, s.speaker, s.holder), told}
    numbered = tuple(replace(s, id=f"{page.document.id}#{n}") for n, s in enumerate(unique, 1))
    return numbered, tuple(drafter.skipped)


def _with_company(drafter: Drafter, d: Draft, made: Statement) -> list[Statement]:
    """`made` and the same words by those beside its speaker; by these alone where it is they who speak."""
    others = list(_company(drafter, d, made))
    a = d.spoken.attribution if d.spoken else d.attribution
    same = [s for s in others if s.cue == made.cue]
    if same and a is not None and a.source is not None and names_given(drafter.doc[a.source]):
        return [replace(s, content=made.content) if s is same[0] else s for s in others]
    return [made, *others]


def _company(drafter: Drafter, d: Draft, made: Statement) -> Iterator[Statement]:
    """The same words as the stand of those who speak with the subject, or are told to be for or against it."""
    doc, a = drafter.doc, d.spoken.attribution if d.spoken else d.attribution
    at = doc[a.source] if a is not None and a.source is not None else _named_at(drafter, d)
    if d.mode is Mode.AUTHOR or d.why == "phrase" or at is None:
        return
    outer = drafter.voices.voice_at(doc[a.cue].idx) if a is not None else REPORTER
    beside = joined(doc[a.cue] if a is not None else doc[d.unit.head])
    for other in (*companions(at), *beside):
        who = drafter.cast.resolve(other.head, outer)
        named = other.head.i in doc.user_data.get("named", ()) or (
            other.with_it and other.head.pos_ == "PROPN" and a is not None and a.cue in doc.user_data.get("floor", ())
        )
        if not (who.party or who.known or named) or who.name in (made.speaker, made.holder) or who == outer:
            continue
        span = (other.head.idx, other.head.idx + len(other.head))
        if other.with_it and d.mode is not Mode.REPORTED_STANCE:
            holder = who.stand if made.holder in (d.voice.stand, d.voice.name) else made.holder
            chain = (*made.chain[:-1], who.name)
            yield replace(made, speaker=who.name, holder=holder, chain=chain, source=(span,), content=())
            continue
        act, polarity = made.act, made.polarity
        if not other.with_it:
            accepts = other.agrees is not (made.act is Act.REJECT)
            act, polarity = (Act.ACCEPT, Polarity.PRO) if accepts else (Act.REJECT, Polarity.CON)
        cue = made.cue if other.cue is None else (syntax.chars(doc, other.cue.i, other.cue.i),)
        yield replace(
            made, cue=cue, mode=Mode.REPORTED_STANCE, speaker=outer.name, holder=who.stand, act=act, polarity=polarity,
            status=None, chain=drafter.voices.chain_at(doc[a.cue].idx) if a is not None else (AUTHOR,),
            source=(span,), content=(),
        )  # fmt: skip


def _named_at(drafter: Drafter, d: Draft) -> Token | None:
    """Who takes a stand that no cue of the lexicon tells ("Norway and Chile are ready to …")."""
    if d.attribution is not None or d.spoken is not None or d.source is None or not d.cue:
        return None
    return next((t for t in drafter.doc[min(d.cue)].sent if t.idx == d.source[0]), None)


def _repeats(inner: Statement, outer: Statement) -> bool:
    """True if `inner` is the first piece of the quoted words of `outer` and does nothing else than the whole."""
    a, b = inner.passage, outer.passage
    within = b.start <= a.start <= b.start + 1 and a.end <= b.end and a.span != b.span
    same = inner.speaker == outer.speaker and inner.act is outer.act and inner.issue == outer.issue
    return within and same and inner.mode is outer.mode is Mode.DIRECT


def _after_comma(verb: Token) -> bool:
    """ "…, calling it a red line": what is said beside the clause, not in it."""
    first = verb.left_edge
    return first.i > verb.head.i and first.nbor(-1).text == ","


def _gives_reason(verb: Token) -> bool:
    return any(c.lower_ in ("since", "because", "although", "though", "while", "whereas") for c in verb.lefts)


class _Finisher:
    """Turns drafts into statements: act, issue, status, conditions, time."""

    def __init__(self, page: Page, drafter: Drafter) -> None:
        self.page, self.doc, self.cast, self.drafter = page, page.doc, drafter.cast, drafter
        self.themes, self.clock = Themes(page), Clock(page)

    def finish(self, d: Draft) -> Statement | None:
        doc, text = self.doc, self.page.document.text
        tokens = passage_tokens(doc, d.unit, d.ids)
        if tokens is None:
            return None
        start, end = d.span or syntax.chars(doc, *tokens)
        start, end = self._shift(start, end)
        not_so = self._not_thought(d)
        if not_so is not None and not_so.cue_span[1] <= start:
            start = not_so.cue_span[0]  # without its "does not think" a sentence says the opposite
        if end - start < 3:
            return None
        head = doc[d.unit.head]
        lowered = plain(text[start:end])
        if lowered.startswith("[signed"):
            return None  # who signed a letter is no part of what it says
        if pattern("courtesy").fullmatch(lowered.strip(" .!,:;")) or _MARK.fullmatch(lowered):
            return None
        full = self.drafter.text_of(replace(d.unit, ids=d.ids))
        condition = conditions(doc, d.ids) or self._shared_condition(d)
        author = d.mode is Mode.AUTHOR and d.voice == REPORTER
        certainty = d.certainty or Certainty.ASSERTED
        subject = syntax.clause_subject(head)
        own = self._own(subject, d)
        worded = self._worded(d, lowered).replace('"', "")
        worded = worded.removeprefix("should ") if condition else worded  # "Should the talks fail, …" asks nothing
        rival = not own and subject is not None and self._rival(subject, d)
        said_by = d.spoken.attribution if d.spoken is not None and d.spoken.attribution.head == d.unit.head else None
        verb = said_by.lexical.word if said_by is not None else ""
        depends = tuple((a, b) for a, b in condition if contingent(text[a:b]))
        scene = Scene(head, worded, own, author, bool(depends), certainty, rival, verb, d.mode is Mode.DIRECT)
        act = d.act or (Act.ASSERT if d.fact else frames.act_of(scene))
        own_words = self.themes.own(d, lowered, depends)
        status = frames.status_of(
            lowered, act, author=author, own=own, substance=self.themes.substance(own_words), modal=syntax.modal(head)
        )
        act = frames.settle(scene, act, status, lexical=d.act is not None, other=self._of_another(d))
        if (doubted := self._doubted(d)) or not_so is not None:
            act = Act.ASSESS
        claimed = status
        if d.mode is Mode.REPORTED_STANCE or act in (Act.DEMAND, Act.OFFER, Act.REJECT, Act.CONDITION, Act.COMMIT):
            status = None
        manner = author and d.why == "clause" and act is not Act.ANNOUNCE  # nobody's stand: told like any judgement
        theme = self.themes.choose(d, own_words, claimed if manner else status, Act.ASSESS if manner else act)
        issue, score = theme.issue, theme.score
        named = (*theme.also, *self.themes.supposed(condition, lowered))
        also = tuple(i for i in dict.fromkeys(named) if issue is None or i != issue.id)
        if author and d.why == "clause" and self._quoted(start, end):
            return None  # somebody's words, and nobody knows whose
        if author and d.why in ("clause", "silence", "guess") and not bears(
            doc, d.unit, self.cast, full, act=act, certainty=certainty, status=claimed, issue=issue, score=score,
            agenda=self.themes.matcher is not None,
        ):  # fmt: skip
            return None
        self.themes.remember(d, theme, act)
        plain_fact = author and act is Act.ASSERT and certainty is Certainty.ASSERTED and status is None
        fact = d.fact or (plain_fact and issue is not None and issue.kind == "substance")
        holder = d.holder
        if holder is None and d.why != "phrase":
            holder = holder_of(self.page, self.cast, d, author, head)
        if author and only_told(act, head):
            holder = None
        if (act is Act.ASSERT and self._of_another(d)) or (act is Act.ASSESS and foreseen(scene)):
            holder = d.voice.holder
        negative = syntax.negated(head)
        polarity = frames.polarity_of(act, lowered, status, negative and d.act is None)
        denied = d.attribution is not None and d.attribution.lexical.word in _DENYING and act is Act.ASSERT
        disowned = act is Act.ASSESS and polarity is not Polarity.CON and frames.disowns(doc, d.ids)
        if doubted or denied or d.negative or disowned:
            polarity = Polarity.CON
        if not_so is not None or (act is Act.ASSESS and thinks_not(head)):
            polarity = Polarity.PRO if polarity is Polarity.CON else Polarity.CON
        option = option_of(issue, lowered) if issue is not None else None
        said = self.clock.said(d, author)
        passage = self.page.document.passage(start, end)
        a = d.attribution if d.attribution is not None else (d.spoken.attribution if d.spoken else None)
        source, cue, content = self._told(d, a, passage.span)
        return Statement(
            id="",
            passage=passage,
            mode=d.mode,
            speaker=d.voice.name,
            act=act,
            certainty=certainty,
            holder=holder,
            chain=d.chain,
            issue=issue.id if issue else None,
            also_issues=also,
            option=option.id if option and act not in (Act.ASSESS,) else None,
            polarity=polarity,
            status=status,
            fact=fact,
            absolute=frames.absolute(lowered),
            said=said,
            source=source,
            cue=cue,
            content=content,
            condition=condition,
            quantities=tuple(q for q in self.page.quantities if start <= q.span[0] and q.span[1] <= end),
            topics=self.themes.topics(d.ids),
            addressee=d.spoken.addressee if d.spoken else None,
            medium=d.spoken.medium if d.spoken else None,
        )

    def _quoted(self, start: int, end: int) -> bool:
        """True of a whole sentence between quotation marks."""
        return any(
            q.start <= start and end <= q.end and end - start > 0.4 * (q.end - q.start) and end - start > _SENTENCE
            for q in self.page.quotes
        )

    def _shift(self, start: int, end: int) -> tuple[int, int]:
        text = self.page.document.text
        while start < end and (text[start].isspace() or text[start] in ",;:–—-" + _BULLETS):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—" + _BULLETS):
            end -= 1
        for q in self.page.quotes:  # marks that open or close outside the passage
            if q.start == start and q.end > end:
                start = q.inner[0]
            elif q.end == end and q.start < start:
                end = q.inner[1]
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end

    def _told(self, d: Draft, a: Attribution | None, passage: Chars) -> tuple[Spans, Spans, Spans]:
        """Source, cue and content as they stand in the text: the model's, else those of the rules."""
        own = ((d.source,) if d.source else (), self._cue(d), (passage,))
        if d.mode is Mode.DIRECT and a is None and not d.source:
            return self._turn(passage) or own
        if d.mode is Mode.AUTHOR or a is None:
            return own
        if a.told is not None:
            return a.told.source, a.told.cue, a.told.content
        outer = self._outer(a)
        if outer is not None:
            return outer.source, outer.cue, outer.content
        source = (a.source_span,) if a.source_span else own[0]
        return source, (a.cue_span,), a.content if d.why != "phrase" else own[2]

    def _outer(self, a: Attribution) -> Triple | None:
        """The model's attribution whose content is little more than `a`, where the model sees no other there.

        Of "Y said Z believes that …" both then stand in the statement's chain, and the words are shown as Y's.
        """
        for b in self.page.attributions:
            t = b.told
            if t is not None and b.covers(a.cue_span[0]) and told_share(t, a) >= MOST:
                return t
        return None

    def _turn(self, passage: Chars) -> tuple[Spans, Spans, Spans] | None:
        """Of words in a turn of a transcript: the label, its colon, and all that is said there; None elsewhere."""
        text = self.page.document.text
        for turn in self.page.turns:
            if turn.whole or not turn.start <= passage[0] < turn.end or turn.label[1] <= turn.label[0]:
                continue
            source = syntax.tidy(text, turn.label)
            colon = text.find(":", source[1], turn.start + 1)
            whole = syntax.tidy(text, (turn.start, turn.end))
            return (source,), ((colon, colon + 1),) if colon >= 0 else (), (whole,)
        return None

    def _cue(self, d: Draft) -> tuple[Chars, ...]:
        return tuple(syntax.chars(self.doc, a, b) for a, b in syntax.runs(d.cue))

    def _doubted(self, d: Draft) -> bool:
        """True if the cue speaks against what follows it ("doubts that two thirds can be found")."""
        a = d.spoken.attribution if d.spoken else None
        return a is not None and a.head == d.unit.head and a.lexical.word in words("doubting") and not a.negated

    def _not_thought(self, d: Draft) -> Attribution | None:
        """The cue that says of the whole clause that it is not thought to be so."""
        a = d.spoken.attribution if d.spoken else None
        return a if a is not None and a.head == d.unit.head and not_thought(a, self.doc) else None

    def _of_another(self, d: Draft) -> bool:
        """True if a party tells what another party has granted: a claim of the teller's, no position of the other's."""
        if d.voice.party is None or d.holder is None or d.act not in (Act.ACCEPT, Act.OFFER):
            return False
        if self.cast.parties is not None and d.holder not in self.cast.parties:
            return False  # "the government": for all we know, the teller's own
        return d.holder not in (d.voice.party, d.voice.name)

    def _own(self, subject: Token | None, d: Draft) -> bool:
        if subject is None or d.voice == REPORTER:
            return False
        who = self.cast.resolve(subject, d.voice)
        if who == d.voice or (who.party is not None and who.party == d.voice.party):
            return True
        if subject.pos_ == "PRON" and not who.known and subject.lower_ in ("he", "she", "they"):
            return d.mode is not Mode.DIRECT or d.spoken is None  # in quotation marks speakers call themselves "we"
        if subject.lower_ == "it" and not who.known and d.voice.type != "person" and d.spoken is not None:
            return d.mode is not Mode.DIRECT and (d.voice.type in ("group", "body") or subject.head.lemma_ != "be")
        acts = syntax.modal(subject.head) in ("will", "would") and syntax.child(subject.head, "dobj") is not None
        if d.spoken is not None and d.spoken.attribution.lexical.word in words("viewing"):
            acts = False  # "argued it would ruin the country"
        if subject.lower_ == "it" and not who.known and d.voice.party is not None and d.spoken is not None and acts:
            return d.mode is not Mode.DIRECT  # "the minister said it would pay the cost"
        if (who.party is None or d.voice.party is None) and self._at_home(subject, d):
            return True
        if d.spoken is not None and self.cast.among(d.spoken.attribution.source, who):
            return True
        return any(  # "our boats", "the union's members" said by the union
            c.dep_ in ("poss", "amod", "compound")
            and (c.lower_ in ("our", "my") or self.cast.resolve(c, d.voice).party == (d.voice.party or ""))
            for c in subject.lefts
        )

    def _rival(self, subject: Token, d: Draft) -> bool:
        """True if a party speaks of what another one does or could do."""
        party = self.cast.resolve(subject, d.voice).party
        return party is not None and d.voice.party is not None and party != d.voice.party

    def _worded(self, d: Draft, lowered: str) -> str:
        """What the clause does stands in its own words, not in "those who demanded it" or "what they asked for"."""
        beside: set[int] = set()
        for i in d.ids:
            token = self.doc[i]
            relative = token.dep_ == "relcl" or (token.dep_ in ("ccomp", "pcomp") and token.left_edge.tag_ == "WP")
            relative = relative or (token.dep_ == "advcl" and (_gives_reason(token) or syntax.beside(token)))
            relative = relative or (token.dep_ == "advcl" and token.tag_ == "VBG" and _after_comma(token))
            if relative and i != d.unit.head and token.head.i in d.ids:
                beside |= syntax.subtree_ids(token)
        apart = self._joined_apart(d)
        if not (beside or apart) or d.unit.head in beside:
            return lowered
        return plain("".join(self.doc[i].text_with_ws for i in sorted(d.ids - beside - apart)))

    def _joined_apart(self, d: Draft) -> set[int]:
        """Clauses joined to this one that have a modal verb of their own: "must go on and could not be sold"."""
        whole = (
            c for c in self.doc[d.unit.head].rights if c.dep_ == "conj" and list(c.rights)
        )  # not "and would not be"
        joined = (c for c in whole if syntax.modal(c) is not None)
        return {i for c in joined for i in syntax.subtree_ids(c)}

    def _at_home(self, subject: Token, d: Draft) -> bool:
        """ "the government would study it" said by a minister: that of whoever holds office there."""
        a = d.spoken.attribution if d.spoken is not None else None
        if a is None or a.source is None or list(subject.rights):
            return False
        if subject.lemma_.lower() not in words("home") | words("bodies"):
            return False
        if any(c.lower_ not in ("the", "his", "her", "our", "armed") for c in subject.lefts):
            return False
        entity = self.cast.entities.get(d.voice.entity or "")
        described = {t.lower_ for t in self.doc[a.source].subtree} | set(
            (entity.role if entity else "").lower().split()
        )
        if subject.lemma_.lower() in words("bodies") and described & words("heads"):
            return True
        return bool(described & words("in_office"))

    def _shared_condition(self, d: Draft) -> tuple[Chars, ...]:
        """The condition of the clause that this one is joined to, where it opens the sentence for both."""
        if d.unit.why != "conj" or d.unit.mother is None:
            return ()
        mother = self.doc[d.unit.mother]
        spans = conditions(self.doc, frozenset(syntax.subtree_ids(mother)))
        return tuple(s for s in spans if s[1] <= mother.idx and s[1] <= self.doc[d.unit.first].idx)
