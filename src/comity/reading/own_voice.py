"""What the article's own words do: tell, judge, or go on in the manner of somebody who spoke before."""

from __future__ import annotations

import re

from comity.reading import syntax
from comity.reading.judgements import judges
from comity.reading.moods import bound, cleft, imperative, in_hindsight, likens, of_people, would_be
from comity.reading.scenes import JUDGED, Scene
from comity.reading.wording import pattern, statuses, words
from comity.words import Act, Certainty, StatusClaim

_ASKED = re.compile(r"(?<!its )(?<!his )(?<!her )(?<!the )(?<!ir )(?<!'s )\b(?:demand|insist|call for|push for|seek)\b")
_OF_CASE = re.compile(r"\b(?:if|unless|once|until) [^,]*")
_GUESSED = frozenset({Certainty.PREDICTED, Certainty.SPECULATIVE, Certainty.INFERRED})


def author_act(scene: Scene) -> Act:
    """The article's own words: a judgement, a forecast of a stance, or a plain fact."""
    text = scene.text
    as_own = _as_if_spoken(scene)
    if as_own is not None:
        return as_own
    if scene.certainty is not Certainty.ASSERTED:
        text = _OF_CASE.sub(" ", text)
        if re.search(r"\b(?:unlikely|not likely|hardly|won't|will not|balk|refuse|reject)\b", text) and re.search(
            r"\b(?:go for|accept|agree|sign|allow|cede|recogni[sz]e|contemplate|balk|refuse|reject|wait|drop|swallow|"
            r"stomach|tolerate|concede|yield|back down|settle for|live with|budge|compromise|ratify|approve|consent)\b",
            text,
        ):
            return Act.REJECT
        if _ASKED.search(text) and not syntax.negated(scene.head):
            return Act.DEMAND
        if re.search(r"expected to", text) and pattern("act.announce").search(text):
            return Act.ASSERT  # "are expected to meet again in May": a date
        return Act.ASSESS
    if pattern("act.condition_strong").search(text):
        return Act.CONDITION
    if any(found.search(text) for claim, found in statuses() if StatusClaim(claim) in JUDGED):
        return Act.ASSESS
    if pattern("act.author_assess").search(text):
        return Act.ASSESS
    if scene.conditional and syntax.modal(scene.head) == "would":
        return Act.ASSESS
    if judges(scene.head) or likens(scene.head) or scene.head.lemma_ in words("foreseeing"):
        return Act.ASSESS
    return Act.ASSERT


def _as_if_spoken(scene: Scene) -> Act | None:
    """What a modal does in free indirect speech: "Nobody should sign it", "She would see both on Thursday".

    The words go on in somebody's manner though the article has them: an obligation asks, what a person would do binds.
    """
    head, modal = scene.head, syntax.modal(scene.head)
    passive = any(a.lower_ == "be" for a in syntax.auxiliaries(head))
    if (head.tag_ == "VBN" and not passive) or scene.certainty in _GUESSED:
        return None  # "he'd joined", "should have asked"
    if (wanted := cleft(head)) is not None:
        return wanted
    if imperative(head):
        return Act.DEMAND
    if modal in ("should", "must", "ought") and not in_hindsight(head):
        if modal == "must" and head.lemma_ in words("procedure"):
            return None  # "the senate must approve it": a rule, not a wish
        return Act.CONDITION if pattern("act.condition_strong").search(scene.text) else Act.DEMAND
    subject = syntax.subject(head)
    if modal in ("will", "shall") and subject is not None and subject.lower_ in ("i", "we"):
        return Act.REJECT if syntax.negated(head) else Act.COMMIT
    if modal != "would" or subject is None or bound(head) or head.lemma_ in words("helpless"):
        return None
    if subject.lower_ not in ("he", "she") and (not of_people(subject) or any(c.lower_ == "a" for c in subject.lefts)):
        return None
    if pattern("silence").search(scene.text):
        return Act.DECLINE_TO_SAY
    if pattern("act.condition_strong").search(scene.text):
        return Act.CONDITION
    if syntax.negated(head):
        return Act.REJECT
    if scene.conditional and would_be(head):
        return Act.ASSESS
    if scene.conditional or pattern("act.offer").search(scene.text):
        return Act.OFFER
    return Act.COMMIT
