"""Whether a clause tells what a party wants, offers or refuses though nobody is reported to have spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.clauses import Unit
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
    for node in _chain(head):
        for a in attributions.get(node.i, ()):
            found = _lexical(doc, head, node, a)
            if found is not None:
                return found
    return _adjectival(head) or _refusal(head)


def _chain(head: Token) -> list[Token]:
    """The head and the verbs that complete it: "continues to demand", "has refused to sign"."""
    out = [head]
    node = head
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


def _subject(verb: Token) -> Token | None:
    node = verb
    for _ in range(5):
        found = syntax.subject(node)
        if found is not None:
            if found.tag_ in ("WP", "WDT") and node.dep_ == "relcl":
                return node.head
            return found
        if node.dep_ not in ("conj", "xcomp", "advcl", "acl"):
            return None
        node = node.head
    return None


def _lexical(doc: Doc, head: Token, verb: Token, a: Attribution) -> Stance | None:
    if a.lexical.act is None or a.lexical.kind == "mention" or a.complement == "noun":
        return None
    if a.complement in ("clause", "quote") and a.lexical.kind == "speech" and a.lexical.group != "deny":
        return None
    if a.source is None or (a.lexical.act is Act.ASSESS and a.complement == "clause" and a.lexical.kind == "speech"):
        return None
    subject = doc[a.source]
    if any(c.dep_ == "nsubjpass" for c in verb.children) and not any(c.dep_ == "agent" for c in verb.children):
        return None
    act = a.lexical.act
    if syntax.negated(head) or (verb.i != head.i and syntax.negated(verb)):
        act = {Act.REJECT: Act.ACCEPT, Act.DEMAND: Act.REJECT, Act.ACCEPT: Act.REJECT, Act.OFFER: Act.REJECT,
               Act.COMMIT: Act.REJECT}.get(act, act)  # fmt: skip
    cue = frozenset(t.i for t in verb.sent if a.cue_span[0] <= t.idx < a.cue_span[1])
    spoken = a.lexical.kind == "speech" and head.tag_ in ("VBD", "VBN") and not any(
        c.tag_ == "VBG" or c.lower_ == "been" for c in verb.children if c.dep_ == "aux"
    ) and verb.tag_ != "VBG"  # fmt: skip
    return Stance(act, subject, cue, a, spoken)


def _adjectival(head: Token) -> Stance | None:
    """ "is ready to …", "is opposed to …", "remains committed to …"."""
    adjective = syntax.child(head, "acomp") if head.pos_ in ("AUX", "VERB") else None
    if adjective is None and head.lemma_ in words("ready") | words("set_on") | words("averse") | words("eager"):
        adjective = head
    if adjective is None:
        return None
    word = adjective.lemma_.lower()
    subject = _subject(head)
    if subject is None or not any(c.dep_ in ("xcomp", "prep", "ccomp") for c in [*adjective.children, *head.rights]):
        return None
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
    subject = _subject(head)
    if subject is None or any(c.dep_ in ("nsubjpass", "expl") for c in head.children):
        return None
    if not any(c.dep_ in ("dobj", "xcomp", "ccomp", "prep", "prt") for c in head.rights):
        return None
    return Stance(Act.REJECT, subject, frozenset({head.i} | {c.i for c in head.lefts if c.dep_ in ("aux", "neg")}))
