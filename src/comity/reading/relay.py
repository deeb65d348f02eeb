"""Who carried words to us: the paper they were said to, written in or quoted by, and whom a paper cites.

"The envoy told the Harbour Gazette", "in an interview with …", "in remarks carried by the agency …" add an outlet to
the chain, "through a spokesman" a person. "The Gazette, citing two aides, said" and "the Gazette quoted an aide as
saying" make the outlet the carrier and the other the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.roles import BODIES, GROUPS, HONORIFICS, OUTLETS, ROLES
from comity.reading.voices import Cast
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KINDS = frozenset(
    {"newspaper", "daily", "weekly", "magazine", "broadcaster", "agency", "television", "radio", "paper"}
    | {"tabloid", "website", "newswire", "portal", "podcast"}
)
"""Common nouns for an outlet."""
_NAMING = (
    OUTLETS
    | {"agence", "agencia", "agentur", "review", "broadcasting", "kanal", "canal", "zeitung", "gazeta", "gazette"}
    | {"jornal", "diario", "corriere", "giornale", "vestnik", "dnevnik", "pravda", "novosti", "tribuna", "rundfunk"}
)
"""Words in an outlet's name."""
_OWN = frozenset({"state", "news", "wire", "local", "public", "official", "national", "private", "independent"})
_PIECES = frozenset(
    {"interview", "remark", "comment", "letter", "column", "article", "essay", "statement", "recording", "broadcast"}
    | {"speech", "conversation", "post", "editorial", "message", "video", "piece", "op-ed", "address", "report"}
)
"""What an outlet carries."""
_CARRY = frozenset({"publish", "carry", "air", "quote", "cite", "broadcast", "write", "print", "run", "speak", "ask"})
_CITE = frozenset({"cite", "quote", "paraphrase"})
_WITH = frozenset({"with", "in", "by", "on", "for", "to"})


@dataclass(frozen=True)
class Relay:
    """Outlets between the speaker and us, outermost first; `speaker` is the one cited, if that is not the source."""

    outlets: tuple[str, ...] = ()
    speaker: Token | None = None


def relay_of(doc: Doc, a: Attribution, cast: Cast, nested: bool = False) -> Relay:
    """Who carried the words of `a`; `nested` if somebody else tells that they were said."""
    cue = doc[a.cue]
    cited = _quoted_as(cue) or _cited(doc, a, cast)
    if cited is not None:
        outlet, speaker = cited
        name = cast.resolve(outlet).name if outlet is not None else None
        return Relay((name,) if name else (), speaker)
    if a.source is not None and outlet_of(doc[a.source], cast):
        return Relay()
    found = [
        _through(cue, cast),
        _addressee(doc, a, cast, nested),
        *(outlet_of(noun, cast) for noun in _carriers(cue, a)),
    ]
    return Relay(tuple(dict.fromkeys(name for name in found if name)))


def outlet_of(noun: Token, cast: Cast) -> str | None:
    """The outlet that a noun names; None if it names none."""
    voice = cast.resolve(noun)
    if voice.type == "outlet":
        return voice.name
    if any(c.tag_ == "PRP$" for c in noun.lefts):
        return None  # "on its website": the speaker's own
    guessed = voice.type == "person" and noun.pos_ == "PROPN" and _names_outlet(noun)
    if voice.known and voice.type in ("person", "state", "place", "platform") and not guessed:
        return None
    near = [c for c in noun.children if c.dep_ in ("compound", "appos", "amod", "nmod")]
    if noun.pos_ == "PROPN":
        parts = {w for c in (noun, *near) if c.pos_ == "PROPN" or c.text[:1].isupper() for w in c.lower_.split("-")}
        kinds = {c.lemma_.lower() for c in near} | ({noun.head.lemma_.lower()} if noun.dep_ == "appos" else set())
        if parts & _NAMING or _channel(noun) or (kinds & _KINDS and len(parts) <= 3):
            return _name(noun)
        return None
    if noun.lemma_.lower() in _KINDS:
        after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
        if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper():
            return _following(after)
        if any(c.lower_ in _OWN for c in near) or noun.lemma_.lower() not in ("paper", "agency", "radio", "television"):
            return _name(noun)
    return None


def _names_outlet(noun: Token) -> bool:
    """True of "Kanal Ost", "Vestnik Sarn": two capitalised words, which are a person's unless one of them says more."""
    return any(c.lower_ in _NAMING and c.pos_ == "PROPN" for c in noun.lefts if c.dep_ == "compound")


def _channel(noun: Token) -> bool:
    """ "Channel Two", "Channel 5"."""
    after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    return noun.text == "Channel" and after is not None and (after.like_num or after.text.istitle())


def _following(first: Token) -> str:
    """The name that begins at `first`: it and the capitalised words after it."""
    last = first.i
    while last + 1 < len(first.doc) and first.doc[last + 1].pos_ == "PROPN" and first.doc[last].whitespace_:
        last += 1
    return str(first.doc[first.i : last + 1].text)


def _name(noun: Token) -> str:
    last = noun.i + 1 if _channel(noun) else noun.i
    parts = [t for t in noun.doc[noun.left_edge.i : last + 1] if t.dep_ not in ("det", "poss", "case")]
    kinds = [k for k, t in enumerate(parts) if t.lower_ in _KINDS | _OWN and t.text.islower()]
    if kinds and kinds[-1] + 1 < len(parts) and parts[-1].pos_ == "PROPN":
        parts = parts[kinds[-1] + 1 :]  # "the Ostran daily Vrem"
    return " ".join(t.text for t in parts)


def _quoted_as(cue: Token) -> tuple[Token | None, Token] | None:
    """ "X quoted Y as saying": X and Y, whether the cue is "quoted" or "saying"; passive as well."""
    verb: Token | None = cue if cue.lemma_ in _CITE else None
    if verb is None and cue.tag_ == "VBG" and cue.dep_ == "pcomp" and cue.head.lower_ == "as":
        verb = cue.head.head
    if verb is None or verb.lemma_ not in _CITE:
        return None
    if not any(c.lower_ == "as" and any(g.tag_ == "VBG" for g in c.children) for c in verb.children):
        return None
    subject = syntax.subject(verb)
    if subject is not None and subject.dep_ == "nsubjpass":
        agent = syntax.child(verb, "agent", "prep")
        by = syntax.child(agent, "pobj") if agent is not None and agent.lower_ in ("by", "in", "on") else None
        return (by, subject)
    whom = syntax.child(verb, "dobj")
    return (subject, whom) if whom is not None and subject is not None else None


def _cited(doc: Doc, a: Attribution, cast: Cast) -> tuple[Token | None, Token] | None:
    """ "X, citing Y, said": X and Y. What is cited must be people, or a paper by somebody."""
    if a.source is None:
        return None
    source = doc[a.source]
    if doc[a.cue].lemma_ in _CITE and doc[a.cue].tag_ == "VBG" and a.complement == "clause":
        named = syntax.child(
            doc[a.cue], "dobj"
        )  # "NTV reported, citing Ost, that …": the clause is hung under "citing"
        return (source, named) if named is not None else None
    later = _cited_after(doc[a.cue])
    if later is not None and outlet_of(source, cast):
        return source, later
    for verb in (*doc[a.cue].children, *source.children):
        if verb.dep_ not in ("advcl", "acl", "relcl", "conj") or verb.lemma_ not in _CITE or a.covers(verb.idx):
            continue
        if verb.dep_ == "conj" and syntax.subject(verb) is not None:
            continue  # "…, while the Herald quoted X": another paper's source
        whom = syntax.child(verb, "dobj")
        if whom is not None and whom.lemma_ in _PIECES:
            by = next((c for c in whom.children if c.lower_ in ("from", "by", "of")), None)
            whom = syntax.child(by, "pobj") if by is not None else None
        if whom is not None and (cast.agentive(whom) or whom.tag_ in ("NNS", "NN", "NNP")):
            return source, whom
    return None


def _cited_after(cue: Token) -> Token | None:
    """Y of "The Herald reported that …. It cited Y.": the sentence after names whom the paper has it from."""
    end = cue.sent.end
    verb = cue.doc[end].sent.root if end < len(cue.doc) else None
    if verb is None or verb.lemma_ not in _CITE or syntax.negated(verb):
        return None
    subject, whom = syntax.subject(verb), syntax.child(verb, "dobj")
    back = subject is not None and (subject.lower_ == "it" or subject.lemma_ in _KINDS | {"report"})
    return whom if back and not any(c.lower_ == "as" for c in verb.rights) else None


def _addressee(doc: Doc, a: Attribution, cast: Cast, nested: bool) -> str | None:
    if a.addressee is None:
        return None
    span = doc.char_span(*a.addressee, alignment_mode="expand")
    if span is None or not len(span):
        return None
    return outlet_of(span.root, cast) or (None if nested else _unknown(span.root, doc[a.cue], cast))


def _unknown(noun: Token, cue: Token, cast: Cast) -> str | None:
    """Whoever is told something by a bare name that the text explains nowhere is an outlet: "told Fenix that …"."""
    voice = cast.resolve(noun)
    if noun.pos_ != "PROPN" or cue.lemma_ != "tell" or voice.party or any(c.pos_ != "PROPN" for c in noun.lefts):
        return None
    parts = {t.lower_ for t in (noun, *noun.lefts)}
    if (voice.known and voice.type not in ("outlet", "other")) or parts & (BODIES | GROUPS | ROLES | HONORIFICS):
        return None
    return voice.name


def _through(cue: Token, cast: Cast) -> str | None:
    """Who spoke for the source: "through a spokesman"."""
    for prep in cue.children:
        if prep.lower_ in ("through", "via") and prep.dep_ == "prep":
            person = syntax.child(prep, "pobj")
            if person is not None and cast.agentive(person):
                return cast.resolve(person).name
    return None


def _carriers(cue: Token, a: Attribution) -> Iterator[Token]:
    """Nouns that hang on the cue's clause as what may have carried the words."""
    source = () if a.source is None else tuple(cue.doc[a.source].children)
    for c in (*cue.children, *source, *_asides(cue)):
        if a.covers(c.idx):
            continue
        if c.dep_ in ("prep", "agent", "dative") and c.lower_ in _WITH:
            yield from _behind(c, a)
        elif c.dep_ in ("advcl", "acl", "relcl", "dep", "csubj") and _hands(c):
            yield from (n for p in c.children if p.lower_ in _WITH for n in _behind(p, a))


def _hands(verb: Token) -> bool:
    """True of the participle of "published by", "seen by", "speaking to"."""
    known = verb.lemma_ in _CARRY or verb.lemma_ in words("sees") or verb.lemma_ in words("carries")
    return known and verb.tag_ in ("VBN", "VBG", "VBD")


def _asides(cue: Token) -> tuple[Token, ...]:
    """What opens the sentence for the cue's clause where the parse hangs it elsewhere."""
    return tuple(cue.head.children) if cue.dep_ in ("conj", "ccomp", "parataxis") and cue.head.i != cue.i else ()


def _behind(prep: Token, a: Attribution) -> Iterator[Token]:
    noun = syntax.child(prep, "pobj")
    if noun is None or a.covers(noun.idx) or noun.i == a.source:
        return
    yield noun
    if noun.lemma_ in _PIECES:
        for c in (c for inner in _down(noun) for c in inner.children):
            if c.dep_ in ("prep", "agent") and c.lower_ in _WITH and c.head.i == noun.i:
                yield from _behind(c, a)
            elif c.dep_ in ("acl", "relcl") and _hands(c):
                yield from (n for p in c.children if p.lower_ in _WITH for n in _behind(p, a))


def _down(noun: Token) -> Iterator[Token]:
    """A noun and those that hang on it by prepositions: "a letter to the council seen by X" was not seen with it."""
    yield noun
    for prep in noun.rights:
        inner = syntax.child(prep, "pobj") if prep.dep_ == "prep" else None
        if inner is not None:
            yield from _down(inner)
