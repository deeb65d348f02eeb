"""Reporting chains: from the article over the outlets and speakers between to whoever said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.enclosing import accused, carriers_of, handed_on, participles, posted, utterer
from comity.reading.relay import outlet_of, relay_of
from comity.reading.sources import owner_of
from comity.reading.voices import REPORTER, Cast, Voice
from comity.reading.wording import words
from comity.words import AUTHOR, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ASIDES = frozenset(
    {"go", "continue", "hasten", "proceed", "rush", "begin", "start", "keep", "quote", "happen", "move"}
)
_RAISING = frozenset({"think", "believe", "expect", "feel", "suppose", "envisage", "envision", "foresee"})
"""Verbs whose negation is that of what is thought: "did not think it would last"."""
_QUICK = frozenset({"quick", "first", "last", "keen"})
_STRETCH = 256
_IF = frozenset({"if", "unless", "until", "once", "provided", "whether"})


@dataclass(frozen=True)
class Spoken:
    """An attribution that gives its content to a voice, with the chain that leads there (the voice last)."""

    attribution: Attribution
    voice: Voice
    chain: tuple[str, ...]
    addressee: str | None = None
    medium: str | None = None

    @property
    def size(self) -> int:
        return sum(e - s for s, e in self.attribution.content)


def gives_voice(a: Attribution, doc: Doc) -> bool:
    """True if the words under `a` are reported as said by its source.

    Not so for a question, a cue that is negated, supposed ("might say"), to come ("will say", "is expected to
    announce") or the condition of something else, and not where nobody is named.
    """
    if a.lexical.kind != "speech" or a.complement not in ("clause", "quote") or a.source is None:
        return False
    if a.lexical.group == "deny" or is_question(a, doc) or impersonal(a, doc):
        return False
    if a.negated and not not_thought(a, doc):
        return False
    source = doc[a.source]
    if syntax.nobody(source):
        return False  # "neither side believes it is losing": nobody's words
    if source.tag_ in ("WP", "WDT", "WP$") or shows(a, doc):
        return False
    return not supposed(a, doc)


def not_thought(a: Attribution, doc: Doc) -> bool:
    """True if what follows is held not to be so: "does not think that a deal is near"."""
    return a.negated and doc[a.cue].lemma_ in _RAISING


def thinks_not(verb: Token) -> bool:
    """True of a verb that says so of its own clause: "I don't think we are close"."""
    return verb.lemma_ in _RAISING and syntax.negated(verb) and syntax.child(verb, "ccomp") is not None


def shows(a: Attribution, doc: Doc) -> bool:
    """True of evidence, which says nothing: "the figures show that …", "the draft reflects what they asked for"."""
    if a.source is None or syntax.lemma(doc[a.cue]) not in words("evidence"):
        return False
    relative = a.head is not None and doc[a.head].left_edge.tag_ == "WP"
    return relative or _thing(doc[a.source])


def _thing(source: Token) -> bool:
    """True of a common noun that is neither people nor a paper, and of "this": it is evidence, it does not speak."""
    if source.lower_ in ("this", "that", "it", "which", "these"):
        return True
    word = syntax.lemma(source)
    return source.pos_ == "NOUN" and word not in words("papers") and word not in words("offices")


def impersonal(a: Attribution, doc: Doc) -> bool:
    """True for "it is hard to know …" and for the reporter's own "I suspect …": nobody else says it."""
    if a.source is None:
        return True
    word, cue = doc[a.source].lower_, doc[a.cue]
    if word in ("it", "there", "this", "that", "what", "which") and syntax.subject(cue) is None:
        return cue.lower_ != "according"
    return word in ("i", "we", "one", "you", "my", "our") and a.lexical.group == "believe"


def supposed(a: Attribution, doc: Doc) -> bool:
    """True if the cue tells of saying that has not happened: possible, future, wished for, or a condition."""
    cue = doc[a.cue]
    modal = syntax.modal(cue)
    if modal is not None and cue.lower_ != "according" and not _no_more(cue, modal):
        return True
    if _had(cue):
        return True
    node: Token = cue
    for _ in range(5):
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.lefts)
        if infinitive and node.head.lemma_ not in _ASIDES and node.head.lemma_ not in _QUICK:
            return True
        if node.dep_ in ("advcl", "ccomp") and any(c.dep_ == "mark" and c.lower_ in _IF for c in node.lefts):
            return True
        if node.dep_ not in ("xcomp", "pcomp", "prep", "acomp", "advcl", "conj"):
            break
        if node.dep_ == "conj" and syntax.subject(node) is not None:
            break
        node = node.head
        if syntax.modal(node) is not None and node.pos_ == "VERB" and cue.dep_ == "xcomp":
            return True
    return False


def _no_more(cue: Token, modal: str) -> bool:
    """ "would say only that …", "would only confirm that …": it was said, and no more."""
    return modal == "would" and any(c.lower_ == "only" and abs(c.i - cue.i) == 1 for c in (*cue.children, *_next(cue)))


def _next(token: Token) -> tuple[Token, ...]:
    return (token.nbor(1),) if token.i + 1 < len(token.doc) else ()


def _had(verb: Token) -> bool:
    """ "Had the envoy said so, …", "Should she say so, …": a condition worded by putting the auxiliary first."""
    first, subject = verb.left_edge, syntax.subject(verb)
    opens = first.lower_ in ("had", "should", "were") and first.dep_ in ("aux", "auxpass") and first.head.i == verb.i
    return opens and subject is not None and first.i < subject.i and verb.dep_ in ("advcl", "ccomp")


def is_question(a: Attribution, doc: Doc) -> bool:
    """True if the cue asks instead of telling ("asked whether …")."""
    if a.head is not None and any(c.dep_ == "mark" and c.lower_ == "that" for c in doc[a.head].lefts):
        return False  # "asked that the prisoners be freed"
    return a.complement in ("clause", "quote") and doc[a.cue].lemma_ in words("asking")


class Voices:
    """Who speaks at a place of one document."""

    def __init__(
        self,
        doc: Doc,
        attributions: Sequence[Attribution],
        cast: Cast,
        posts: Sequence[tuple[Span, Voice]] = (),
        source: str | None = None,
    ) -> None:
        self.doc, self.cast, self.posts, self.source = doc, cast, posts, source
        self.spoken: list[Spoken] = []
        self._near: dict[int, list[Spoken]] = {}  # by stretch of the text that the content reaches
        for a in sorted((a for a in attributions if gives_voice(a, doc)), key=lambda a: -_size(a)):
            spoken = self._spoken(a)
            self.spoken.append(spoken)
            for stretch in {k for s, e in a.content for k in range(s // _STRETCH, (e - 1) // _STRETCH + 1)}:
                self._near.setdefault(stretch, []).append(spoken)

    def at(self, char: int, beside: int | None = None) -> Spoken | None:
        """The innermost attribution whose content covers `char` (and whose cue is not the token `beside`)."""
        near = self._near.get(char // _STRETCH, ())
        covering = [s for s in near if s.attribution.covers(char) and s.attribution.cue != beside]
        return min(covering, key=lambda s: s.size, default=None)

    def voice_at(self, char: int) -> Voice:
        found = self.at(char)
        if found is not None:
            return found.voice
        return self.owner(char)

    def chain_at(self, char: int) -> tuple[str, ...]:
        found = self.at(char)
        if found is not None:
            return found.chain
        owner = self.owner(char)
        return (AUTHOR,) if owner == REPORTER else (AUTHOR, owner.name)

    def owner(self, char: int) -> Voice:
        """Whose the text itself is at `char`: the reporter's, or that of who posted, said in turn or signed it."""
        return next((voice for (start, end), voice in self.posts if start <= char < end), REPORTER)

    def _spoken(self, a: Attribution) -> Spoken:
        outer = self.at(self.doc[a.cue].idx, a.cue)
        current = outer.voice if outer else self.owner(self.doc[a.cue].idx)
        voice = self._source(a, current)
        base = outer.chain if outer else self.chain_at(self.doc[a.cue].idx)
        addressee = self._addressee(a)
        relay = relay_of(self.doc, a, self.cast, outer is not None)
        through, speaker = self._second_hand(a)
        speaker = relay.speaker or speaker
        if speaker is not None:
            voice = self.cast.resolve(speaker, current)
        outlets: list[str | None] = [self.cast.resolve(noun, current).name for noun in through]
        outlets += [self._outlet(i) for i in a.via]
        if addressee is not None:
            outlets.append(addressee[1])
        outlets.append(self._interviewer(a))
        outlets += [name for name in relay.outlets if self.source is None or name.casefold() != self.source.casefold()]
        chain = list(base)
        for name in [*(o for o in outlets if o), voice.name]:
            if name not in chain:
                chain.append(name)
        if chain[-1] != voice.name:
            chain = [c for c in chain if c != voice.name] + [voice.name]
        return Spoken(a, voice, tuple(chain), addressee[0] if addressee else None, self._medium(a))

    def _source(self, a: Attribution, current: Voice) -> Voice:
        if a.source is None:
            return current
        source = self.doc[a.source]
        voice = self.cast.resolve(source, current)
        owner = syntax.child(source, "poss") if source.lemma_ == "source" else None
        return replace(voice, name=source.lower_) if owner is not None and owner.pos_ == "PROPN" else voice

    def _second_hand(self, a: Attribution) -> tuple[list[Token], Token | None]:
        """Who carried the words without being the source of their cue, and who said them if that is not the source."""
        cue = self.doc[a.cue]
        handed = handed_on(cue)
        if handed is not None:
            return [handed[0]], handed[1]
        told = accused(cue)
        if told is not None:
            source = self.doc[a.source] if a.source is not None else None
            return [source] if source is not None and source != told else [], told
        through = list(carriers_of(cue))
        if a.source is None:
            return through, None
        source = self.doc[a.source]
        if source.lower_ == "it":
            return through, posted(cue)
        owner = syntax.child(source, "poss") if source.lemma_ == "source" else None
        if owner is not None and owner.pos_ == "PROPN":  # "the Gazette's sources"
            return [*through, owner], None
        return [*through, *participles(source)], utterer(source) or self._named(source)

    def _named(self, source: Token) -> Token | None:
        """X of "an analyst at the institute, X" and of "a poll by X" where X is an outlet."""
        if self.cast.at(source) is None:
            for c in source.rights:
                mention = self.cast.at(c) if c.dep_ == "appos" and c.pos_ == "PROPN" else None
                if mention is not None and self.cast.resolve(c).type == "person":
                    return c
        if source.lemma_ in words("surveys"):
            owner = owner_of(source).head
            if owner is not None and outlet_of(self.doc[owner], self.cast):
                return self.doc[owner]
        return None

    def _outlet(self, i: int) -> str | None:
        voice = self.cast.resolve(self.doc[i])
        return voice.name if self._carries(voice) else None

    def _carries(self, voice: Voice) -> bool:
        if not voice.known or voice.type != "outlet":
            return voice.type not in ("person", "group", "state", "body", "place", "platform") and voice.known
        return self.source is None or voice.name.casefold() != self.source.casefold()

    def _addressee(self, a: Attribution) -> tuple[str, str | None] | None:
        """To whom it was said, and the outlet's name if it was an outlet that then carried it."""
        if a.addressee is None:
            return None
        span = self.doc.char_span(*a.addressee, alignment_mode="expand")
        if span is None:
            return None
        voice = self.cast.resolve(span.root)
        name = voice.name if voice.known else syntax.text_of(self.doc)[slice(*a.addressee)]
        return name, (voice.name if voice.known and voice.type == "outlet" and self._carries(voice) else None)

    def _phrases(self, a: Attribution) -> list[tuple[Token, Token]]:
        """Prepositions and their objects that hang on the cue's clause outside the content."""
        out = []
        for prep in self.doc[a.cue].subtree:
            if prep.dep_ == "prep" and not a.covers(prep.idx):
                pobj = syntax.child(prep, "pobj")
                if pobj is not None:
                    out.append((prep, pobj))
        return out

    def _interviewer(self, a: Attribution) -> str | None:
        for prep, pobj in self._phrases(a):
            if prep.lower_ in ("with", "to", "in", "by") and (
                prep.lower_ != "in" or self.doc[a.cue].lemma_ in ("write", "quote")
            ):
                voice = self.cast.resolve(pobj)
                if voice.known and voice.type == "outlet" and self._carries(voice):
                    return voice.name
        return None

    def _medium(self, a: Attribution) -> str | None:
        for prep, pobj in self._phrases(a):
            if prep.lower_ not in ("on", "in", "via", "through", "at", "during"):
                continue
            voice = self.cast.resolve(pobj)
            if voice.known and voice.type in ("platform", "outlet"):
                return voice.name
            if pobj.lemma_ in words("media"):
                return " ".join(t.text for t in self.doc[pobj.left_edge.i : pobj.i + 1] if t.dep_ != "det")
        return None


def _size(a: Attribution) -> int:
    return sum(e - s for s, e in a.content)
