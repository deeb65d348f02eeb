"""What a cue word reports: the clause, infinitive, object or phrase that completes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.lexicon import Cue, lexicon
from comity.reading.nesting import Told, addressed, answered, bidden, claimed, convinced, heard, plainly, reported_in
from comity.reading.sources import Source, noun_phrase
from comity.reading.wants import wanted
from comity.reading.wording import words
from comity.words import Act, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = frozenset({"it", "this", "that", "what", "which", "him", "her", "them", "me", "us", "himself", "herself"})
_MEANT = frozenset({"it", "this", "that", "which"})
_SIDING = (Act.REJECT, Act.ACCEPT)
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"}
    | {"april", "may", "june", "july", "august", "september", "october", "november", "december", "today"}
)
"""What follows "on" in "reported on Tuesday": a time, no object."""
_REASONS = frozenset({"because", "unless", "if", "until", "although", "though", "since", "provided", "as"})
_BLAMES = frozenset({"accuse", "suspect", "convict", "acquit"})
_FOLLOWS = frozenset({"advcl", "prep", "advmod", "npadvmod", "dep", "oprd", "dobj", "attr", "acomp", "conj", "cc"})


@dataclass(frozen=True)
class Complement:
    """One complement of a cue. `ids` are the tokens of the content, `cue_ids` those of the cue."""

    kind: str
    cue: Cue
    head: int | None
    ids: frozenset[int]
    cue_ids: frozenset[int]
    source: Source | None = None
    addressee: Span | None = None


def complements(token: Token) -> Iterator[Complement]:
    """The complements of `token` under which the lexicon knows it as a cue, most telling first."""
    if token.lower_ == "according":
        yield from _according(token)
    elif token.lower_ == "per":
        yield from _per(token)
    elif token.pos_ == "NOUN" and token.lemma_ in words("opinions"):
        yield from _in_the_opinion(token)
        yield from _nominal(token)
    elif token.pos_ in ("VERB", "AUX"):
        found = (*heard(token), *convinced(token), *addressed(token), *plainly(token), *answered(token))
        yield from (_of(told) for told in found)
        yield from (_of(told, "person_inf") for told in bidden(token))
        yield from _verbal(token)
    elif token.pos_ == "NOUN":
        yield from _nominal(token)
    elif token.pos_ == "ADJ":
        yield from (_of(told) for told in convinced(token))


def _of(told: Told, kind: str = "clause") -> Complement:
    cue, head, ids, cue_ids, source = told
    return Complement(kind, cue, head, ids, cue_ids, source)


def _phrases(verb: Token) -> Iterator[tuple[str, frozenset[int]]]:
    """The cue words that `verb` may be, longest first, each with its tokens beyond the verb."""
    lemma = syntax.lemma(verb)
    rests = lexicon().particles.get(lemma, ())
    if rests:
        doc = verb.doc
        near = [t for t in doc[verb.i + 1 : verb.i + 7] if t.sent == verb.sent]
        own = {t.i for t in near if t.head.i == verb.i} | {
            t.i for c in verb.children for t in c.children if t.i > verb.i
        }
        for rest in rests:
            words = rest.split()
            for k in range(len(near) - len(words) + 1):
                chunk = near[k : k + len(words)]
                if [t.lower_ for t in chunk] == words and (k == 0 or chunk[0].i in own):
                    if k and any(t.dep_ in ("ccomp", "xcomp", "punct") for t in near[:k]):
                        break
                    yield f"{lemma} {rest}", frozenset(t.i for t in chunk)
                    break
    if lemma == "like" and syntax.modal(verb) == "would":
        yield "would like", frozenset()
    yield lemma, frozenset()


def _group(verb: Token, extra: frozenset[int]) -> frozenset[int]:
    """Tokens of the verb group: auxiliaries and adverbs before the verb, the verb, and what the cue adds."""
    first = verb.i
    for c in verb.lefts:
        if c.dep_ in ("aux", "auxpass", "neg"):
            first = min(first, c.i)
    for c in verb.lefts:
        if c.dep_ == "advmod" and c.i == first - 1 and c.tag_ == "RB" and c.lower_ not in ("however", "so", "now"):
            first = c.i
    subject = syntax.subject(verb)
    if subject is not None and first <= subject.i < verb.i:
        first = subject.right_edge.i + 1 if subject.right_edge.i < verb.i else verb.i
    last = max([verb.i, *extra]) if not extra or max(extra) - verb.i < 4 else verb.i
    between = _object(verb) if extra else None  # "ruled it out": what is ruled out is no part of the cue
    return (frozenset(range(first, last + 1)) - (syntax.subtree_ids(between) if between else set())) | extra


def _verbal(verb: Token) -> Iterator[Complement]:
    known = lexicon()
    for word, extra in _phrases(verb):
        for kind, head, ids in _shapes(verb, extra):
            cue = known.verb(word, kind)
            if cue is None:
                continue
            pronoun = verb.doc[head].lower_ in _MEANT and verb.doc[head].dep_ == "dobj"
            if pronoun and (cue.act not in _SIDING or cue.word in words("denying") or syntax.negated(verb)):
                continue  # "ruled it out" tells a stand, "announced it" nothing
            group = _group(verb, extra)
            source = reported_in(verb) if kind == "clause" else None
            yield Complement(kind, cue, head, ids - group, group, source, _addressee(verb))


Shape = tuple[str, int, frozenset[int]]
"""Kind, head and tokens of a complement."""


def _shapes(verb: Token, extra: frozenset[int]) -> Iterator[Shape]:
    """The complements that a verb has, whatever the lexicon makes of them."""
    for c in verb.children:
        if c.i not in extra and not (c.i < verb.i and _cut_off(c, verb)):
            yield from _clausal(verb, c, extra)
    yield from wanted(verb)
    yield from _as_said(verb, extra)
    yield from _as_phrase(verb)
    yield from _at_number(verb)
    yield from _predicate(verb)
    yield from _of_phrase(verb)
    yield from _objects(verb, extra, _object(verb))


def _object(verb: Token) -> Token | None:
    return syntax.child(verb, "dobj", "dative")


def _clausal(verb: Token, c: Token, extra: frozenset[int]) -> Iterator[Shape]:
    """Clauses, infinitives and gerunds that complete a verb."""
    auxiliaries = syntax.auxiliaries(c)
    to = any(a.lower_ == "to" for a in auxiliaries)
    finite = syntax.finite(c)
    gerund = not finite and (c.tag_ == "VBG" or any(a.tag_ == "VBG" for a in auxiliaries))
    if c.dep_ == "xcomp" and to and not finite:
        whom = _object(verb)
        if whom is None or whom.i > c.i:
            whom = _object_of(verb, extra)
        ids = _clause_ids(verb, c)
        yield ("person_inf", c.i, ids | syntax.subtree_ids(whom)) if whom is not None else ("inf", c.i, ids)
    elif c.dep_ == "advcl" and to and not extra and c.i > verb.i:
        yield "inf", c.i, _clause_ids(verb, c)  # an infinitive that the parse takes for a purpose
    elif c.dep_ in ("ccomp", "xcomp") and gerund:
        yield "gerund", c.i, _clause_ids(verb, c)
    elif c.dep_ == "ccomp" and ((to and not finite) or _done(verb, c)):
        yield "person_inf", c.i, _clause_ids(verb, c)
    elif c.dep_ == "ccomp" and c.pos_ in ("ADJ", "NOUN", "PROPN") and not finite and c.i > verb.i:
        yield "object_predicate", c.i, frozenset(syntax.subtree_ids(c))
    elif c.dep_ == "ccomp" or (c.dep_ == "xcomp" and finite) or (c.dep_ == "advcl" and _quoted(c)):
        yield "clause", c.i, _clause_ids(verb, c)


def _done(verb: Token, c: Token) -> bool:
    """ "wants the rolls revised": a participle, which the parse may take for a past tense."""
    return (
        verb.lemma_ in ("want", "need", "like", "see")
        and c.tag_ in ("VBN", "VBD")
        and not syntax.auxiliaries(c)
        and c.i > verb.i
    )


def _as_said(verb: Token, extra: frozenset[int]) -> Iterator[Shape]:
    """ "…, as the minister put it" and ", the minister says," in the midst of a clause."""
    head = verb.head
    if syntax.subject(verb) is None or head.i == verb.i or head.pos_ not in ("VERB", "AUX"):
        return
    rest = frozenset(syntax.subtree_ids(head) - syntax.subtree_ids(verb))
    if verb.dep_ == "parataxis":
        yield "clause", head.i, rest
    elif verb.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "as" for m in verb.lefts):
        complete = any(
            c.dep_ in ("ccomp", "dobj", "xcomp") and c.i not in extra and c.lower_ != "it" for c in verb.children
        )
        if not complete and syntax.finite(head):
            yield "clause", head.i, rest


def _at_number(verb: Token) -> Iterator[Shape]:
    """ "put the limit at 50"."""
    dobj = _object(verb)
    at = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "at"), None)
    number = syntax.child(at, "pobj") if at is not None else None
    if dobj is not None and at is not None and number is not None and any(t.like_num for t in number.subtree):
        yield "at", number.i, frozenset(syntax.subtree_ids(dobj) | syntax.subtree_ids(at))


def _predicate(verb: Token) -> Iterator[Shape]:
    """ "called the offer a first step"."""
    predicates = [c for c in verb.rights if c.dep_ == "oprd"]
    if not predicates:
        return
    last = predicates[-1]
    if _object(verb) is not None or len(predicates) > 1 or syntax.child(last, "nsubj") is not None:
        whole = [c for c in verb.rights if c in predicates or c.dep_ in ("dobj", "prep")]
        yield "object_predicate", last.i, frozenset(i for c in whole for i in syntax.subtree_ids(c))


def _of_phrase(verb: Token) -> Iterator[Shape]:
    """ "accused the union of delay"."""
    dobj = _object(verb)
    beside = dobj.rights if dobj is not None and verb.lemma_ in _BLAMES else ()  # "accused [the union of delay]"
    of = next((c for c in (*verb.rights, *beside) if c.dep_ == "prep" and c.lower_ in ("of", "about")), None)
    inner = syntax.child(of, "pcomp", "pobj") if of is not None else None
    if inner is not None:
        ids = frozenset(syntax.subtree_ids(inner))
        yield "of", inner.i, ids | (syntax.subtree_ids(dobj) if dobj is not None else frozenset())


def _objects(verb: Token, extra: frozenset[int], dobj: Token | None) -> Iterator[Shape]:
    for i in sorted(extra):
        prep = verb.doc[i]
        inner = syntax.child(prep, "pobj", "pcomp")
        if inner is not None and inner.lower_ not in _DAYS:
            ids = frozenset(syntax.subtree_ids(inner))
            yield ("gerund" if inner.dep_ == "pcomp" else "object"), inner.i, ids
            yield "object", inner.i, ids
    passive = syntax.child(verb, "nsubjpass")
    if dobj is not None and (dobj.lower_ not in _PRONOUNS or dobj.lower_ in _MEANT):
        ids = frozenset(syntax.subtree_ids(dobj))
        for c in verb.rights:
            apart = c.lower_ in ("on", "in", "at", "by", "during") or any(syntax.beside(g) for g in c.rights)
            if c.i > dobj.i and c.dep_ in ("prep", "advcl") and not apart:
                ids |= syntax.subtree_ids(c)
        yield "object", dobj.i, ids
    elif passive is not None and syntax.child(verb, "agent") is not None and _names_what(verb, passive):
        yield "object", passive.i, frozenset(syntax.subtree_ids(passive))


def _names_what(verb: Token, passive: Token) -> bool:
    """True of a passive subject that is no pronoun; "this was opposed by Norway" tells a stand all the same."""
    return passive.lower_ not in _PRONOUNS or (passive.lower_ in _MEANT and verb.lower_ in words("siding"))


def _as_phrase(verb: Token) -> Iterator[Shape]:
    for c in verb.children:
        nodes = [c] if c.dep_ == "prep" else []
        if c.dep_ in ("dobj", "dative"):
            nodes = [g for g in c.subtree if g.dep_ == "prep"]
        for node in nodes:
            if node.lower_ != "as" or node.i < verb.i:
                continue
            inner = syntax.child(node, "pobj", "pcomp", "amod", "acomp", "advcl", "prep", "ccomp")
            if inner is not None:
                ids = frozenset(syntax.subtree_ids(node))
                if c.dep_ in ("dobj", "dative"):
                    ids |= syntax.subtree_ids(c)
                for d in verb.children:
                    if d.dep_ in ("dobj", "nsubjpass") and d.i != c.i and d.lower_ not in _PRONOUNS:
                        ids |= syntax.subtree_ids(d)
                yield "as", inner.i, ids


def _cut_off(clause: Token, verb: Token) -> bool:
    """True if a semicolon stands between a clause and the verb after it: two sentences, not words and their cue.

    So does a colon, where the verb has words of its own after it ("He admits as much: she told me that …").
    """
    between = {t.text for t in verb.doc[clause.right_edge.i : verb.i]}
    own = any(c.dep_ in ("ccomp", "xcomp", "dobj", "prep") for c in verb.rights)
    return ";" in between or (":" in between and own)


def _object_of(verb: Token, extra: frozenset[int]) -> Token | None:
    """The object of a preposition that belongs to the cue ("call on *the company*")."""
    for i in sorted(extra):
        found = syntax.child(verb.doc[i], "pobj")
        if found is not None:
            return found
    return None


def _quoted(token: Token) -> bool:
    left = token.left_edge
    return left.text in '"“' or (left.i > 0 and left.doc[left.i - 1].text in '"“')


def _after_aside(verb: Token) -> set[int]:
    """What goes on after ", she replies," and hangs under that verb: "That depends, she replies, on …"."""
    doc = verb.doc
    for c in verb.rights:  # "…, she added, but only if they left", "…, he said, because nobody would come"
        lead = {t.lower_ for t in doc[verb.i + 1 : c.left_edge.i]} - {",", "but", "only"}
        why = any(m.dep_ == "mark" and m.lower_ in _REASONS for m in c.lefts)
        if c.dep_ == "advcl" and why and syntax.finite(c) and doc[verb.i + 1].text == "," and not lead:
            return set(range(verb.i + 2, c.right_edge.i + 1))
    prep = doc[verb.i + 2] if verb.i + 2 < len(doc) and doc[verb.i + 1].text == "," else verb
    clause = syntax.child(prep, "pcomp") if prep.dep_ == "prep" and prep.head.i == verb.i else None
    return syntax.subtree_ids(prep) if clause is not None and syntax.finite(clause) else set()


def _clause_ids(verb: Token, clause: Token) -> frozenset[int]:
    """Tokens of a content clause, with what the parse hung beside it though it belongs to it."""
    inside = syntax.subtree_ids(clause)
    for c in verb.rights:  # "said a way had been found: trains could run …"
        if clause.i > verb.i and c.dep_ == "ccomp" and c.i > clause.i and c.doc[c.left_edge.i - 1].text in (":", ";"):
            inside |= set(range(c.left_edge.i - 1, c.right_edge.i + 1))
    for c in clause.rights:
        if clause.i > verb.i and _told_apart(c):
            inside -= syntax.subtree_ids(c)
            inside = {i for i in inside if i < c.left_edge.i or i > c.right_edge.i}
            last = max(inside, default=clause.i)
            while last in inside and clause.doc[last].dep_ in ("cc", "punct") and last > clause.i:
                inside.discard(last)
                last -= 1
    if clause.i < verb.i:
        inside |= _after_aside(verb)
        inside -= syntax.subtree_ids(verb) if verb.i in inside else set()
        cut = max((i for i in inside if clause.doc[i].text == ";" and i < clause.i), default=-1)
        inside = {i for i in inside if i > cut}
        left = min(inside)
        for c in verb.lefts:
            if cut < c.i < left and c.dep_ in (
                "advmod",
                "prep",
                "advcl",
                "npadvmod",
                "cc",
                "mark",
                "punct",
                "ccomp",
                "intj",
            ):
                inside |= syntax.subtree_ids(c)
        return frozenset(inside)
    right = max(inside)
    for c in verb.rights:
        if c.i <= right or c.dep_ not in _FOLLOWS:
            continue
        before = c.doc[c.left_edge.i - 1]
        if c.dep_ == "advcl" and (c.tag_ == "VBG" and before.text == ","):
            break
        if c.dep_ in ("conj", "cc"):
            if c.dep_ == "cc":
                continue
            if before.is_punct or syntax.subject(c) is None or _speaks(c):
                break
            cc = before if before.dep_ == "cc" else None
            if cc is None or (cc.i and cc.nbor(-1).is_punct):
                break
            inside.add(cc.i)
        inside |= syntax.subtree_ids(c)
        right = max(inside)
    return frozenset(range(min(inside), max(inside) + 1)) - {verb.i}


def _told_apart(verb: Token) -> bool:
    """True of "…, while the Herald quoted X as saying", "… and Y replied that": another speaker's words, not these."""
    subject = syntax.subject(verb)
    if subject is None or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or subject.lower_ in _RELATIVE:
        return False
    if verb.dep_ == "advcl":
        marks = [c.lower_ for c in verb.lefts if c.dep_ == "mark"]
        if not marks or marks[0] not in ("while", "whereas"):
            return False
        if _after_the_report(verb):
            return True
    elif verb.dep_ != "conj":
        return False
    plain = verb.lemma_ in words("plain_speech") and syntax.child(verb, "ccomp") is not None
    return plain or verb.lemma_ in words("quotes")


def _after_the_report(verb: Token) -> bool:
    """True of a clause in the present tense beside told words in the past one.

    In "said that thousands had fled, while the army puts the figure lower" the sequence of tenses ends with the report.
    """
    told = verb.head
    past = told.tag_ == "VBD" or any(a.lower_ in ("had", "was", "were", "would") for a in syntax.auxiliaries(told))
    auxiliaries = [a.lower_ for a in syntax.auxiliaries(verb)]
    present = verb.tag_ in ("VBZ", "VBP") and not auxiliaries
    return past and present and verb.doc[verb.left_edge.i - 1].text == ","


_RELATIVE = frozenset({"who", "which", "that", "i", "we"})


def _speaks(verb: Token) -> bool:
    return lexicon().verb(syntax.lemma(verb), "clause") is not None and syntax.child(verb, "ccomp") is not None


def _addressee(verb: Token) -> Span | None:
    """To whom it is said: "told reporters", "said to the council"."""
    for c in verb.rights:
        if c.dep_ == "dative" and c.pos_ == "ADP":
            inner = syntax.child(c, "pobj")
            if inner is not None:
                return noun_phrase(inner).span
        if c.dep_ in ("dative", "dobj") and verb.lemma_ in _TELLS and c.pos_ in syntax.NOMINAL:
            return noun_phrase(c).span
        if c.dep_ == "prep" and c.lower_ == "to" and verb.lemma_ in {"say", "write", "explain", "announce", "speak"}:
            inner = syntax.child(c, "pobj")
            if inner is not None:
                return noun_phrase(inner).span
    return None


_TELLS = frozenset(
    {"tell", "inform", "assure", "remind", "notify", "warn", "brief", "advise", "ask", "urge", "promise", "persuade"}
)


def _according(token: Token) -> Iterator[Complement]:
    """ "according to X": what is said is the rest of the clause that it hangs on."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    whom = syntax.child(to, "pobj") if to is not None else None
    if to is None or whom is None or syntax.lemma(whom) in words("yardsticks"):
        return
    source = noun_phrase(whom)
    relative = (i for c in whom.rights if c.dep_ == "relcl" for i in syntax.subtree_ids(c))  # "… who have seen it"
    own = set(source.ids) | {token.i, to.i, *relative}
    phrase = syntax.subtree_ids(token) if token.dep_ != "ROOT" else own
    head = token if token.dep_ == "ROOT" else _over(token, max(phrase))
    ids = syntax.subtree_ids(head) - (phrase if phrase != syntax.subtree_ids(head) else own)
    ids -= {c.i for c in head.lefts if c.dep_ == "mark" and c.i < token.i}
    for other in head.children:  # "According to X, according to Y …": the outer one comes first
        if other.lower_ == "according" and other.i < token.i:
            ids -= syntax.subtree_ids(other)
    cue = Cue("according to", None, "speech", "say")
    yield Complement(
        "clause", cue, head.i if head.i != token.i else None, frozenset(ids), frozenset({token.i, to.i}), source
    )


def _per(token: Token) -> Iterator[Complement]:
    """ "Per the Gazette, …": as "according to", where it opens the sentence and a name follows."""
    whom = syntax.child(token, "pobj")
    head = token.head
    if whom is None or whom.pos_ != "PROPN" or head.pos_ not in ("VERB", "AUX") or not token.is_sent_start:
        return
    ids = frozenset(syntax.subtree_ids(head) - syntax.subtree_ids(token))
    cue = Cue("per", None, "speech", "say")
    yield Complement("clause", cue, head.i, ids, frozenset({token.i}), noun_phrase(whom))


def _over(token: Token, last: int) -> Token:
    """The verb over which ", according to X" stands: at the end of a sentence the one that leads it."""
    head, doc = token.head, token.doc
    closes = last + 1 >= len(doc) or doc[last + 1].text in ".!?;" or doc[last + 1].is_space
    if closes and token.i and doc[token.i - 1].text in (",", "”", '"', "’"):
        while head.dep_ == "ccomp" and head.head.i < head.i and head.head.i != head.i:
            head = head.head
    return head


def _in_the_opinion(noun: Token) -> Iterator[Complement]:
    """ "in the opinion of X", "by her account", "in his words": what is said is the rest of the clause."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in ("in", "by", "to") or prep.head.pos_ not in ("VERB", "AUX"):
        return
    owner = syntax.child(noun, "poss")
    if owner is None:
        of = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
        owner = syntax.child(of, "pobj") if of is not None else None
    if owner is None:
        return
    head = prep.head
    phrase = syntax.subtree_ids(prep)
    own = frozenset({prep.i, noun.i}) | frozenset(t.i for t in noun.lefts if t.dep_ == "det")
    cue = Cue("in the opinion of", None, "speech", "say")
    yield Complement("clause", cue, head.i, frozenset(syntax.subtree_ids(head) - phrase), own, noun_phrase(owner))


def _nominal(noun: Token) -> Iterator[Complement]:
    """ "the demand that …", "its refusal to …", "calls for …": a noun whose complement is what is said."""
    cue = lexicon().nouns.get(syntax.lemma(noun))
    if cue is None:
        return
    for c in noun.rights:
        inner: Token | None = None
        if c.dep_ in ("acl", "ccomp", "relcl") and any(g.dep_ == "mark" or g.lower_ == "that" for g in c.lefts):
            inner = c if c.dep_ != "relcl" or syntax.child(c, "nsubj", "nsubjpass") is not None else None
            if inner is not None and any(g.lower_ == "that" and g.dep_ in syntax.SUBJECTS for g in inner.children):
                inner = None
        elif c.dep_ == "acl" and any(g.lower_ == "to" and g.dep_ == "aux" for g in c.lefts):
            inner = c
        elif c.dep_ == "prep" and c.lower_ in ("for", "to", "against") and cue.act is not None:
            inner = syntax.child(c, "pobj", "pcomp")
        if inner is not None:
            told = claimed(noun, inner) if inner is c else None
            if told is not None:
                yield _of(told)
            yield Complement("noun", cue, inner.i, frozenset(syntax.subtree_ids(c)), frozenset({noun.i}))
            return
