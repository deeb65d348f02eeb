"""Ways of saying no, and of taking one back, that no word of refusal tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.conditions import barred
from comity.reading.moods import of_people
from comity.reading.wording import pattern, words
from comity.words import Act

if TYPE_CHECKING:
    from comity.reading.scenes import Scene

_AT_LEAST = re.compile(
    r"\b(?:settle for|accept|take|agree to|be (?:satisfied|content) with|do with) (?:nothing|no) (?:\w+ )?"
    r"(?:less|lower|fewer|worse|smaller|short)\b"
)
_TIED = re.compile(
    r"\b(?:tied to|linked to|conditional (?:up)?on|contingent (?:up)?on|dependent (?:up)?on|made dependent|"
    r"pre-?conditions?|prerequisites?|conditions? (?:for|of)|hinge on)\b"
)
_ENOUGH = re.compile(
    r"\b(?:enough|sufficient|adequate|go far|what (?:we|they|he|she) (?:\w+ )?(?:asked|want|need|demand))"
)
_SHORT = re.compile(
    r"\b(?:insufficient|inadequate|(?:falls?|fell|fallen|came|comes) (?:\w+ )?(?:short|too late)|"
    r"too (?:little|low|late|small|vague|weak|high|steep|expensive)|(?:did|does|do)(?:n't| not) go far)\b"
)


def by_form(scene: Scene) -> Act | None:
    """The act of a clause that says no, or takes a no back, by its form; None where the form tells nothing."""
    if at_least(scene.text):
        return Act.DEMAND
    if (untied := _untied(scene)) is not None:
        return untied
    general = scene.head.tag_ in ("VBZ", "VBP")  # "without a court there is no treaty"
    if barred(scene.head) and (general or syntax.modal(scene.head) in words("to_come")):
        return Act.CONDITION
    if _relies(scene):
        return Act.ASSERT
    if _lapses(scene):
        return Act.CONDITION
    if _shows(scene):
        return Act.ASSESS
    if _not_enough(scene) or _no_cause(scene) or _never(scene):
        return Act.REJECT
    return Act.ACCEPT if _gives_way(scene) else None


def at_least(text: str) -> bool:
    """True of what asks for so much and no less.

    >>> at_least("they would settle for nothing less than a seat"), at_least("they settled for less")
    (True, False)
    """
    return _AT_LEAST.search(text) is not None


def _untied(scene: Scene) -> Act | None:
    """ "The offer would not be tied to reform", "reform need not be a condition": one that is waived.

    "Reform cannot be a precondition" refuses one.
    """
    if not _TIED.search(scene.text) or not syntax.negated(scene.head) or barred(scene.head):
        return None
    modal = syntax.modal(scene.head)
    if modal in ("can", "could", "must", "should", "may"):
        return Act.REJECT
    return Act.OFFER if modal in ("will", "would", "shall", "need") else Act.ASSERT


def _relies(scene: Scene) -> bool:
    """ "Four towns depended on the river": people depend on what they live by, a deal on its condition."""
    subject = syntax.subject(scene.head)
    if subject is None or scene.head.lemma_ not in ("depend", "rely") or syntax.modal(scene.head) is not None:
        return False
    return subject.pos_ == "PROPN" or of_people(subject) or any(c.like_num for c in subject.lefts)


def _lapses(scene: Scene) -> bool:
    """ "The offer would be withdrawn if members voted no": what an offer or an agreement hangs on."""
    subject = syntax.clause_subject(scene.head)
    if subject is None or not scene.conditional or syntax.negated(scene.head):
        return False
    bound = subject.lemma_.lower() in words("put_up") | words("bargains")
    return bound and scene.head.lemma_ in words("lapsing") and syntax.modal(scene.head) in ("will", "would", "shall")


def _not_enough(scene: Scene) -> bool:
    """ "The offer does not go far enough", "the increase was too little": a proposal that is turned down."""
    subject = syntax.clause_subject(scene.head)
    if subject is None or subject.lemma_.lower() not in words("put_up") | words("sums"):
        return False
    short = _ENOUGH.search(scene.text) if syntax.negated(scene.head) else _SHORT.search(scene.text)
    return short is not None and syntax.modal(scene.head) is None


def _no_cause(scene: Scene) -> bool:
    """ "There was no reason to cancel the lease": sees no need for it; not of "no reason to doubt it"."""
    cause = syntax.child(scene.head, "attr", "dobj")
    step = None if cause is None else next((c for c in cause.rights if c.dep_ in ("relcl", "acl")), None)
    if cause is None or step is None:
        return False
    if cause.lower_ == "nothing":
        return step.lemma_ in ("discuss", "negotiate", "talk")
    reason = cause.lemma_ in words("causes") and any(c.lower_ == "no" for c in cause.lefts)
    return reason and step.lemma_ not in words("opining") | words("doubting") | {"be", "have", "complain"}


def _never(scene: Scene) -> bool:
    """ "Such a camp can never exist again", "that was not going to happen": not if it is up to the speaker."""
    head, subject = scene.head, syntax.subject(scene.head)
    if subject is None or scene.own or not syntax.negated(head):
        return False
    going = next((c for c in head.rights if c.dep_ == "xcomp"), None) if head.lower_ == "going" else None
    if (going or head).lemma_ not in words("being") or syntax.negated(going or head) is syntax.nobody(subject):
        return going is not None and going.lemma_ in words("being")
    return syntax.modal(head) in ("can", "could", "will", "would", "shall")


def _shows(scene: Scene) -> bool:
    """ "The terms showed that Bresca was not ready to sign": a conclusion, whatever the clause under it says."""
    subject = syntax.subject(scene.head)
    told = any(c.dep_ == "ccomp" and syntax.finite(c) for c in scene.head.rights)
    if subject is None or syntax.nobody(subject) or subject.lower_ in words("persons") or scene.author:
        return False
    return told and subject.pos_ in ("NOUN", "DET", "PRON") and scene.head.lemma_ in words("showing")


def _gives_way(scene: Scene) -> bool:
    """ "The island was not insisting on a seat": gives way in what it had asked for."""
    yields = scene.head.lemma_ in ("insist", "demand") and syntax.negated(scene.head)
    return scene.own and yields and scene.head.tag_ == "VBG" and pattern("act.demand").search(scene.text) is not None
