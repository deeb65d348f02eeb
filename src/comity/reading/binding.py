"""Who binds himself to what: acts that hang on who would do a thing, and whether it is threatened or only possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

    from comity.reading.scenes import Scene


def foreseen(scene: Scene) -> bool:
    """ "The envoys fear that Bresca will agree": what somebody thinks of others is a judgement, whatever they would do.

    What one thinks that others ought to do is asked of them all the same.
    """
    if scene.cue not in words("opining") or scene.own or scene.author:
        return False
    return syntax.modal(scene.head) not in ("must", "should", "ought") and "have to" not in scene.text


def threatens(scene: Scene) -> bool:
    """ "Warned that it would close the ports": no offer, whatever would keep it from doing so."""
    willed = syntax.modal(scene.head) in ("will", "would", "shall") and not syntax.negated(scene.head)
    return scene.cue in words("threats") and scene.own and willed and scene.head.lemma_ not in words("helpless")


def goes_on(scene: Scene) -> bool:
    """ "The strike will go on until they sit down with us": what one does oneself, and ends on a condition."""
    subject, head = syntax.subject(scene.head), scene.head
    if subject is None or subject.lemma_.lower() not in words("actions") or head.lemma_ not in words("lasting"):
        return False
    until = any(c.dep_ == "advcl" and c.left_edge.lower_ in ("until", "unless") for c in head.rights)
    return until and syntax.modal(head) in ("will", "would") and not scene.author


def forewarns(scene: Scene) -> bool:
    """ "Warned that the island would lose its ferry": what would follow for others, a judgement."""
    subject = syntax.subject(scene.head)
    if scene.cue != "warn" or scene.own or subject is None or subject.lower_ == "it":
        return False
    return syntax.modal(scene.head) in ("will", "would", "could", "might")


def yet_to_be_said(verb: Token, act: Act | None, subject: Token) -> Act | None:
    """What "will invite observers" or "could guarantee the route" does: bind to asking for it, offer to do so.

    Words that are still to be said are not said: a demand that one will make is a promise, a promise that one could
    make an offer. "I would ask you to wait" asks, as people do politely.
    """
    modal = syntax.modal(verb)
    if syntax.negated(verb) or subject.lower_ in ("i", "we"):
        return act
    if act is Act.DEMAND and modal in ("will", "would", "shall") and verb.lemma_ not in words("wishes"):
        return Act.COMMIT
    if act is Act.COMMIT and modal in ("can", "could", "might", "may"):
        return Act.OFFER
    return act


def said_again(head: Token) -> Token | None:
    """What "we have said that we would never sign" or "has always been clear that it wants a vote" tells again."""
    told = syntax.child(head, "ccomp")
    if told is None:
        word = syntax.child(head, "acomp")
        told = syntax.child(word, "ccomp") if word is not None and _sure(word) else None
    elif head.lemma_ not in ("say", "repeat", "stress") and not _is_clear(head):
        return None
    return told if told is not None and syntax.finite(told) and not syntax.negated(head) else None


def _is_clear(head: Token) -> bool:
    word = syntax.child(head, "acomp")
    return head.lemma_ == "be" and word is not None and _sure(word)


def _sure(word: Token) -> bool:
    return word.lower_ == "clear" or word.lower_ in words("convinced")


def safe(scene: Scene) -> bool:
    """ "Said that no posts would be cut", "nobody would be moved": bound not to do it, by whoever could."""
    head, subject = scene.head, syntax.subject(scene.head)
    if scene.author or subject is None or subject.dep_ != "nsubjpass" or not syntax.nobody(subject):
        return False
    if subject.lower_ == "nothing" or head.lemma_ in words("helpless") | words("perceiving"):
        return False
    return syntax.modal(head) in ("will", "would") and syntax.child(head, "agent") is None
