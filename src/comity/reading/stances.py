"""Whether a clause tells what a party wants, offers or refuses though nobody is reported to have spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import frames, syntax
from comity.reading.attribution import Attribution
from comity.reading.binding import yet_to_be_said
from comity.reading.clauses import Unit
from comity.reading.disputes import by_object, denies
from comity.reading.idioms import idiom_at, turned
from comity.reading.lexicon import lexicon
from comity.reading.sources import owner_of
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Stance:
    """A stand that a clause tells: its act, who takes it (a token), and the tokens that say so."""

    act: Act
    subject: Token
    cue: frozenset[int]
    lexical: Attribution | None = None
    spoken: bool = False
    """True if it tells of a speech act that was done ("rejected the plan on Monday"), not of an attitude."""


def stance_of(doc: Doc, unit: Unit, attributions: dict[int, list[Attribution]]) -> Stance | None:
    """The stance that `unit` tells at its head, or None."""
    head = doc[unit.head]
    phrase = _idiomatic(head)
    if phrase is not None:
        return phrase
    for node in _chain(head):
        for a in attributions.get(node.i, ()):
            found = _lexical(doc, head, node, a)
            if found is not None:
                return found
    return (
        _adjectival(head)
        or _preferred(head)
        or _left_open(head)
        or _sided(head)
        or _position(head)
        or _adjusted(head)
        or _refusal(head)
    )


def _chain(head: Token) -> list[Token]:
    """The head and the verbs that complete it: "continues to demand", "has refused to sign"."""
    out = [head]
    node = head
    if hearsay(node):
        told = next((c for c in node.rights if c.dep_ == "xcomp" and c.pos_ in ("VERB", "AUX")), None)
        return out if told is None else [*out, told]  # "is reported to have asked for a vote"
    for _ in range(3):
        nxt = next((c for c in node.rights if c.dep_ == "xcomp" and c.pos_ in ("VERB", "AUX")), None)
        if nxt is None or node.lemma_ not in (
            "continue",
            "keep",
            "go",
            "begin",
            "start",
            "remain",
            "appear",
            "seem",
            "tend",
            "vow",
            "try",
        ):
            break
        out.append(nxt)
        node = nxt
    return out


def hearsay(head: Token) -> bool:
    """ "Is said to have refused": passed on from nobody in particular."""
    return head.lemma_ in words("evidential") and syntax.child(head, "auxpass") is not None


def _past(head: Token) -> bool:
    """True of a simple past or perfect, not of a progressive."""
    auxiliaries = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "VBG" or c.lower_ == "been" for c in auxiliaries):
        return False
    return head.tag_ in ("VBD", "VBN") or any(c.tag_ == "VBD" for c in auxiliaries)


def _takes_back_words(doc: Doc, a: Attribution) -> bool:
    """An offer or a demand is withdrawn from the table; boats and soldiers only from where they stand."""
    return a.head is not None and (doc[a.head].lemma_ in lexicon().nouns or doc[a.head].lemma_ in words("positions"))


def _inner_act(doc: Doc, a: Attribution) -> Act | None:
    """The act of the verb under "voted to …", "decided to …": to reject, to accept, to demand."""
    if a.complement != "inf" or a.head is None or a.lexical.act not in (Act.ACCEPT, Act.COMMIT):
        return None
    if a.lexical.word in words("promises") and doc[a.head].lemma_ in words("contests"):
        return None  # "has promised to challenge the law": what it will do
    verb = doc[a.head]
    against = next((f"{verb.lemma_} {c.lower_}" for c in verb.rights if c.dep_ in ("prep", "prt")), verb.lemma_)
    for word, kind in ((against, "object"), *((verb.lemma_, kind) for kind in ("object", "inf", "clause"))):
        cue = lexicon().verb(word, kind)
        if cue is not None and cue.act in (Act.REJECT, Act.DEMAND, Act.ACCEPT):
            bound = cue.act is not Act.REJECT and a.lexical.word in words("promises")  # "vowed to fight on"
            return None if bound else cue.act
    return None


def _lexical(doc: Doc, head: Token, verb: Token, a: Attribution) -> Stance | None:
    if a.lexical.act is None or a.lexical.kind == "mention" or a.complement == "noun":
        return None
    if a.complement in ("clause", "quote") and a.lexical.kind == "speech" and a.lexical.group != "deny":
        return None
    if verb.lemma_ == "need" and syntax.modal(verb) in ("would", "will", "may", "might"):
        return None  # "would need permission": what is the case, nothing asked for
    if a.lexical.group == "intend" and verb.lemma_ in words("efforts") and _past(head):
        return None  # "tried to leave": what was done
    if a.source is None or (a.lexical.act is Act.ASSESS and a.complement == "clause" and a.lexical.kind == "speech"):
        return None
    subject = doc[a.source]
    if a.lexical.word in ("withdraw", "take back") and not _takes_back_words(doc, a):
        return None
    if any(c.dep_ == "nsubjpass" for c in verb.children) and not any(c.dep_ == "agent" for c in verb.children):
        return None
    act = _inner_act(doc, a) or a.lexical.act
    if a.lexical.word == "block" and a.head is not None and syntax.lemma(doc[a.head]) in words("ways"):
        return None  # "blocked the coast road": done, not said
    if a.lexical.word in words("denying") and a.complement in ("clause", "gerund"):
        act = Act.ASSERT  # "denied that any visit was planned": what is not so
    what = "" if a.head is None else syntax.lemma(doc[a.head])
    if a.lexical.word in words("denying") and (what in ("", "it", "this", "that") or what in words("reported")):
        act = Act.ASSERT  # "disputes the figure", "denied this"
    if denies(a.lexical.word, None if a.head is None else doc[a.head]):
        act = Act.ASSERT
    made = yet_to_be_said(verb, by_object(a.lexical.word, act, subject, syntax.child(verb, "dobj")), subject)
    if made is None:
        return None
    act = made
    if a.lexical.word == "welcome" and a.head is not None and syntax.lemma(doc[a.head]) in words("put_up"):
        act = Act.ACCEPT
    if a.lexical.group == "raise":
        raised = frames.raised(doc[a.head], verb) if a.head is not None else None
        if raised is None or syntax.negated(head):
            return None
        act = raised
    if a.lexical.group == "accept" and a.head is not None and syntax.lemma(doc[a.head]) in words("needs"):
        act = Act.DEMAND  # "recognized the need to finish"
    promised = a.lexical.act in (Act.COMMIT, Act.ACCEPT, Act.OFFER) and a.complement == "inf"
    if promised and a.head is not None and syntax.negated(doc[a.head]):
        act = Act.REJECT  # "promised never to sign"
    elif syntax.negated(head) or (verb.i != head.i and syntax.negated(verb)):
        act = _negated(act, head, a)
    cue = frozenset(t.i for t in verb.sent if a.cue_span[0] <= t.idx < a.cue_span[1])
    spoken = a.lexical.kind in ("speech", "stance") and verb.tag_ != "VBG" and _past(head)
    if a.lexical.group == "deny" and a.complement == "clause" and verb.tag_ in ("VBZ", "VBP"):
        spoken = True  # "denies that …": in words, whenever
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl") and verb.i == head.i and _past(verb.head):
        spoken = a.lexical.kind == "speech"  # "rejected it, calling it absurd"
    if verb.i == head.i and syntax.beside(verb):
        spoken = a.lexical.kind == "speech"
    if a.lexical.group in ("speak_of", "put_at", "criticise", "praise", "accuse", "raise") and verb.tag_ in (
        "VBZ",
        "VBP",
    ):
        spoken = True  # the act is in the words themselves, whenever they are told
    return Stance(act, subject, cue, a, spoken)


def _negated(act: Act, head: Token, a: Attribution) -> Act:
    """Of a negated cue: "did not rule out" offers, "no longer insists" gives way, "did not offer" only denies."""
    if act is Act.REJECT:
        if a.lexical.word == "rule out":
            return Act.OFFER
        stands_aside = a.lexical.word in ("oppose", "object to", "resist", "block", "veto")
        return Act.ACCEPT if stands_aside or not _past(head) else Act.ASSERT  # "has never disavowed it"
    if act is Act.ANNOUNCE:
        return Act.ASSERT
    if a.lexical.word == "need":
        return Act.ASSESS  # "does not need those votes"
    if act is Act.DEMAND:
        longer = any(c.lower_ == "longer" for c in head.children)
        waived = a.lexical.word.startswith("insist") and head.tag_ == "VBG"  # "was not insisting on a seat"
        return Act.ACCEPT if longer or waived else Act.REJECT
    if act is Act.OFFER and syntax.modal(head) is None:
        return Act.ASSERT
    if act is Act.COMMIT and _past(head) and a.lexical.word.split()[0] in words("promises"):
        return Act.ASSERT  # "had never promised to give up its arms": what is not so
    return Act.REJECT if act in (Act.ACCEPT, Act.OFFER, Act.COMMIT) else act


def _idiomatic(head: Token) -> Stance | None:
    """ "left the door open to a vote", "have dug in their heels over it", "refused to give ground"."""
    if syntax.modal(head) in ("should", "must", "shall", "may", "might"):
        return None  # "they should drop the claim": asked of them
    refused = head.lemma_ in ("refuse", "decline")
    for node in [*_chain(head), *(c for c in head.rights if refused and c.dep_ == "xcomp")]:
        turn = idiom_at(node)
        subject = syntax.clause_subject(node) or syntax.clause_subject(head)
        if turn is not None and subject is not None and not any(c.dep_ == "nsubjpass" for c in node.children):
            act = turned(turn.act) if refused or (node.i != head.i and syntax.negated(head)) else turn.act
            return Stance(act, subject, turn.ids | {head.i}, None, turn.spoken and _past(head))
    return None


def _preferred(head: Token) -> Stance | None:
    """ "would rather do it in one day"."""
    subject = syntax.clause_subject(head)
    rather = next((c for c in head.lefts if c.lower_ == "rather"), None)
    if subject is None or rather is None or syntax.modal(head) not in ("would", "'d"):
        return None
    return Stance(Act.DEMAND, subject, frozenset({head.i, rather.i} | {a.i for a in syntax.auxiliaries(head)}))


def _left_open(head: Token) -> Stance | None:
    """ "has not ruled that out", "did not exclude a compromise"."""
    subject = syntax.clause_subject(head)
    out = next((c for c in head.rights if c.lower_ == "out"), None) if head.lemma_ == "rule" else head
    if subject is None or out is None or not syntax.negated(head) or head.lemma_ not in ("rule", "exclude"):
        return None
    if any(c.dep_ == "nsubjpass" for c in head.children):
        return None
    return Stance(Act.OFFER, subject, frozenset({head.i, out.i}))


def _sided(head: Token) -> Stance | None:
    """ "is against any increase", "are in favour of a vote"."""
    subject = syntax.clause_subject(head)
    if head.lemma_ not in ("be", "remain", "stand", "come") or subject is None:
        return None
    for prep in head.rights:
        if prep.dep_ == "prep" and prep.lower_ == "against":
            return Stance(Act.ACCEPT if syntax.negated(head) else Act.REJECT, subject, frozenset({head.i, prep.i}))
        if prep.dep_ == "prep" and prep.lower_ == "in":
            noun = syntax.child(prep, "pobj")
            if noun is not None and noun.lower_ in ("favour", "favor", "support"):
                act = Act.REJECT if syntax.negated(head) else Act.ACCEPT
                return Stance(act, subject, frozenset({head.i, prep.i, noun.i}))
    return None


def _position(head: Token) -> Stance | None:
    """ "Its position remains twelve months", "the union's demand is that …"."""
    noun = syntax.subject(head)
    if noun is None or noun.lemma_ not in words("positions") or head.lemma_ not in ("be", "remain", "stay"):
        return None
    owner = owner_of(noun).head
    if owner is None or syntax.negated(head) or syntax.child(head, "acomp") is not None:
        return None
    cue = lexicon().nouns.get(noun.lemma_)
    act = cue.act if cue is not None and cue.act in (Act.OFFER, Act.DEMAND) else Act.DEMAND
    return Stance(act, noun.doc[owner], frozenset({noun.i, head.i}))


def _adjusted(head: Token) -> Stance | None:
    """ "has lowered its demand to …", "renewed its offer": the demand or offer stands, changed."""
    noun = syntax.child(head, "dobj")
    subject = syntax.clause_subject(head)
    if noun is None or subject is None or head.lemma_ not in words("adjusts") or syntax.negated(head):
        return None
    cue = lexicon().nouns.get(noun.lemma_)
    if cue is None or cue.act not in (Act.DEMAND, Act.OFFER) or syntax.child(noun, "poss") is None:
        return None
    spoken = head.tag_ in ("VBD", "VBN")
    return Stance(cue.act, subject, frozenset({head.i, noun.i}), None, spoken)


def _adjectival(head: Token) -> Stance | None:
    """ "is ready to …", "is opposed to …", "remains committed to …"."""
    adjective = syntax.child(head, "acomp") if head.pos_ in ("AUX", "VERB") else None
    leaning = words("ready") | words("set_on") | words("averse") | words("eager")
    if adjective is None and head.tag_ in ("JJ", "VBN") and head.lemma_ in leaning:
        adjective = head
    if adjective is None:
        return None
    if syntax.modal(head) in ("should", "must"):
        return None  # "she should be ready": asked of her
    word = adjective.lower_ if adjective.lower_ in leaning else adjective.lemma_.lower()  # "committed"
    if word in words("convinced") and any(
        c.dep_ == "ccomp" and syntax.finite(c) for c in (*adjective.rights, *head.rights)
    ):
        return None  # "is adamant that …": words told
    subject = syntax.clause_subject(head)
    if subject is None:
        return None
    if not any(c.dep_ in ("xcomp", "prep", "ccomp") for c in [*adjective.children, *head.rights]):
        if adjective.lemma_.lower() not in ("willing", "unwilling"):
            return None
        refused = (adjective.lemma_.lower() == "unwilling") != syntax.negated(head)
        return Stance(Act.REJECT if refused else Act.ACCEPT, subject, frozenset({head.i, adjective.i}))
    negative = syntax.negated(head) or any(c.dep_ == "neg" for c in adjective.children)
    act: Act | None = None
    if word in words("ready"):
        act = Act.REJECT if negative else Act.OFFER
    elif word in words("averse"):
        act = Act.ACCEPT if negative else Act.REJECT
    elif word in words("set_on") and not negative:
        act = Act.COMMIT
    elif word in words("eager") and not negative:
        act = Act.DEMAND
    return Stance(act, subject, frozenset({head.i, adjective.i})) if act else None


def _refusal(head: Token) -> Stance | None:
    """ "will not cede …", "won't sign", "does not accept …", "has not agreed to …"."""
    if not syntax.negated(head) or head.lemma_ not in words("yields"):
        return None
    modal = syntax.modal(head)
    if modal not in ("will", "would", "can", "could") and head.lemma_ not in (
        "accept",
        "recognize",
        "recognise",
        "support",
        "agree",
        "acknowledge",
    ):
        return None
    subject = syntax.clause_subject(head)
    if subject is None or any(c.dep_ in ("nsubjpass", "expl") for c in head.children):
        return None
    if not any(c.dep_ in ("dobj", "xcomp", "ccomp", "prep", "prt") for c in head.rights):
        return None
    return Stance(Act.REJECT, subject, frozenset({head.i} | {c.i for c in head.lefts if c.dep_ in ("aux", "neg")}))
