"""What a clause does: its act, the status it claims, and whether it admits exceptions.

Rules are tried in order; the first that fits tells. Each is a pattern of language, never of a topic.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.binding import foreseen, forewarns, goes_on, safe, said_again, threatens
from comity.reading.conditions import barred
from comity.reading.dates_in_words import MONTHS, WEEKDAYS
from comity.reading.judgements import anybody, judges
from comity.reading.lexicon import lexicon
from comity.reading.moods import bound, cleft, forbids, imperative, in_hindsight, past, subjunctive, would_be
from comity.reading.noes import at_least, by_form
from comity.reading.own_voice import author_act
from comity.reading.scenes import JUDGED, Scene
from comity.reading.wording import pattern, statuses, words
from comity.words import Act, Certainty, Polarity, StatusClaim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_WANTS_TO = re.compile(r"\bwant(?:s|ed)? to\b")
_OBLIGES = re.compile(r"\b(?:must|should|ha(?:s|ve) to|only)\b")
_YES = re.compile(r"\W*yes to\b")
_CASE = re.compile(r"\b(?:if|unless|once|until|when|without|provided|should)\b")
_DAY = re.compile(
    rf"\b(?:{'|'.join((*WEEKDAYS, *MONTHS))}|tomorrow|tonight|noon|midnight|\d+(?:st|nd|rd|th)|next \w+)\b"
)
_OF_CASE = re.compile(r"\b(?:if|unless|once|until) [^,]*")
_OUGHT = re.compile(r"\b(?:must|should|ought to|ha(?:s|ve) to|need(?:s)? to)\b")
_ASKS = frozenset({"WDT", "WP", "WRB"})
_GUESSES = frozenset({Certainty.SPECULATIVE, Certainty.PREDICTED, Certainty.INFERRED, Certainty.OPINION})


def act_of(scene: Scene) -> Act:
    """The act of an assertion whose cue says no more than "said"."""
    if (again := said_again(scene.head)) is not None and scene.own:
        return act_of(replace(scene, head=again))
    text, head = scene.text, scene.head
    if pattern("silence").search(text):
        return Act.DECLINE_TO_SAY
    if scene.author:
        return author_act(scene)
    if (formed := by_form(scene)) is not None:
        return formed
    if threatens(scene) or goes_on(scene):
        return Act.COMMIT
    if pattern("act.condition_strong").search(text) or (scene.conditional and _binds(scene.text)):
        return Act.CONDITION
    if in_hindsight(head):
        return Act.ASSESS
    if _YES.match(text):
        return Act.ACCEPT
    ought = _OUGHT.search(text) is not None
    if _awaits(scene):
        return Act.DEMAND
    if scene.cue in words("requests") and subjunctive(head):
        return Act.DEMAND
    if head.lemma_ == "expect" and syntax.subject(head) is None and head.tag_ == "VB" and head.dep_ == "ROOT":
        return Act.ASSESS  # "expect them back in January"
    if pattern("act.own_view").search(text) and not ought:
        return Act.ASSESS
    plainly = _OF_CASE.sub(" ", text)
    refuses = pattern("act.reject").search(plainly) is not None and not pattern("act.not_a_refusal").search(text)
    obliges = syntax.modal(head) in ("must", "should") and not scene.conditional and not syntax.negated(head)
    if obliges and not refuses:
        return Act.DEMAND
    subject = syntax.subject(head)
    spared = subject is not None and any(c.lower_ in ("neither", "no") for c in (subject, *subject.lefts))
    if refuses and spared and head.lemma_ in words("refusing"):
        return Act.ASSERT  # "neither delegation rejected it"
    if refuses and scene.own and head.lemma_ in words("failing"):
        return Act.COMMIT  # "I will never let you down"
    promised = scene.cue in words("promises") and syntax.modal(head) in ("will", "would", "shall")
    if promised and not scene.own:
        return Act.COMMIT  # "promised that nobody would be moved"
    if refuses and syntax.negated(head):
        return Act.REJECT
    if (wanted := cleft(head)) is not None:
        return wanted
    if imperative(head):
        return Act.DEMAND
    if forbids(head):
        return Act.REJECT
    if promised:
        return Act.REJECT if refuses or syntax.negated(head) else Act.COMMIT
    can = syntax.modal(head) in ("can", "could", "will", "would", "shall")
    if scene.own and can and scene.conditional and not syntax.negated(head):
        return Act.ASSESS if would_be(head) else Act.OFFER
    if scene.own and syntax.modal(head) in ("can", "could") and head.lemma_ in words("bearing"):
        return Act.REJECT if syntax.negated(head) else Act.ACCEPT  # "she can sell that"
    if scene.own and syntax.modal(head) in ("can", "could") and head.lemma_ not in words("perceiving"):
        return Act.OFFER if not syntax.negated(head) else Act.REJECT
    lies = scene.conditional or any(word in text for word in ("ready", "open to", "on the table"))
    done = syntax.negated(head) or any(c.dep_ == "nsubjpass" for c in head.lefts)  # "was never put on the table"
    if pattern("act.offer").search(text) and (scene.own or (lies and not scene.rival and not (done and past(head)))):
        return Act.OFFER
    if pattern("act.condition").search(text):
        return Act.CONDITION
    if refuses:
        return Act.REJECT
    undone = spared or syntax.negated(head)  # "no list had been signed"
    named = pattern("act.announce").search(text) is not None and not (scene.conditional and can)
    if named and not pattern("act.judges").search(text) and not undone:
        return Act.ANNOUNCE
    if forewarns(scene) and not refuses:
        return Act.ASSESS
    if _makes_known(scene):
        return Act.ANNOUNCE
    needs = head.lemma_ == "need"  # "she would need permission": what is the case
    if syntax.modal(head) == "would" and head.lemma_ in words("asking_for") and not syntax.negated(head):
        spoken = subject is None or subject.lower_ in ("i", "we") or any(c.lower_ == "better" for c in head.children)
        return Act.DEMAND if spoken else Act.COMMIT  # "I would ask everybody to wait"
    if scene.own and syntax.modal(head) in ("will", "would", "shall") and not syntax.negated(head) and not needs:
        return Act.COMMIT
    binding = syntax.modal(head) in ("will", "would") and head.lemma_ in words("binding") and not scene.rival
    if binding and not undone and not (subject is not None and subject.dep_ == "nsubjpass"):
        return Act.OFFER if scene.conditional else Act.COMMIT  # "the company would honour it"
    unwilled = words("helpless") | words("perceiving")
    going = next((c for c in head.rights if c.dep_ == "xcomp"), None) if head.lower_ == "going" else None
    if scene.own and going is not None and going.lemma_ not in unwilled and not bound(going):
        return Act.REJECT if syntax.negated(head) else Act.COMMIT  # "we are not going to trade it"
    if (
        scene.own
        and syntax.negated(head)
        and head.tag_ == "VBG"
        and syntax.auxiliaries(head)
        and head.lemma_ not in unwilled
    ):
        return Act.REJECT  # "he was not resigning"
    if syntax.modal(head) == "shall" and subject is not None and subject.lemma_.lower() in ("party", "side"):
        return Act.COMMIT  # "the parties shall refrain from …": both bound by their text
    if safe(scene):
        return Act.COMMIT
    if needs and not scene.own and not scene.direct and _somebody(subject):
        return Act.ASSESS  # "analysts say she needs a success": how they see her
    if pattern("act.demand").search(plainly) and not (scene.own and _WANTS_TO.search(text)):
        willed = syntax.modal(head) in ("will", "would") and not syntax.negated(head) and head.lemma_ != "require"
        if head.lemma_ in words("desiring") and willed:
            return Act.COMMIT  # "it would demand compensation"
        if syntax.negated(head) and head.lemma_ in words("desiring"):
            return Act.REJECT if scene.own and head.tag_ not in ("VBD", "VBN") else Act.ASSERT
        return Act.DEMAND
    if pattern("act.accept").search(text) and scene.own:
        what = syntax.child(head, "dobj") if head.lemma_ == "welcome" else None
        return Act.ASSESS if what is not None and what.lemma_ not in words("put_up") else Act.ACCEPT
    if scene.own and (promise := pattern("act.commit").search(text)) is not None:
        noun = promise.group().rstrip("sd") in words("promises") and syntax.lemma(head) not in promise.group()
        return Act.ASSESS if noun else Act.COMMIT  # "we are tired of promises"
    if (
        syntax.modal(head) == "may"
        and subject is not None
        and any(c.lower_ in ("any", "either", "each") for c in subject.lefts)
    ):
        return Act.ASSERT  # "either party may leave it": a right
    if judges(head) or (_judges(head) and not pattern("act.narrates").search(text)):
        return Act.ASSESS
    if scene.certainty in _GUESSES or syntax.modal(head) in ("may", "might", "could", "can") or _maintains(scene):
        return Act.ASSESS
    return Act.ASSESS if scene.cue in words("opining") else Act.ASSERT


def _somebody(subject: Token | None) -> bool:
    return subject is not None and (subject.lower_ in ("he", "she") or subject.pos_ == "PROPN")


def _maintains(scene: Scene) -> bool:
    """True of the plain present without a figure in quoted words or after "argued": how somebody sees things."""
    head = scene.head
    if head.tag_ not in ("VBZ", "VBP") or syntax.auxiliaries(head) or any(t.like_num for t in head.subtree):
        return False
    return scene.direct or scene.cue in words("arguing")


def _awaits(scene: Scene) -> bool:
    """ "we expect something in return", said of the other side: no forecast."""
    wanted = syntax.child(scene.head, "dobj")
    speaks = any(c.lower_ in ("we", "i") for c in scene.head.lefts)
    return speaks and scene.head.lemma_ == "expect" and wanted is not None and not syntax.negated(scene.head)


def _makes_known(scene: Scene) -> bool:
    """True of what is still to come, told as settled: "announced that X is joining", "said both will be circulated"."""
    head, modal = scene.head, syntax.modal(scene.head)
    if scene.conditional or syntax.negated(head) or scene.head.left_edge.tag_ in _ASKS:
        return False
    if modal == "would" and scene.direct:
        return False
    helps = syntax.auxiliaries(head)
    begun = head.tag_ == "VBG" and bool(helps) and head.lemma_ in words("changing")
    if scene.own and begun and scene.cue and modal is None:
        return True  # "said it was suspending the strike"
    passive = syntax.child(head, "auxpass") is not None or syntax.child(head, "nsubjpass") is not None
    if scene.cue in words("announces") and passive and any(a.tag_ in ("VBZ", "VBP") for a in helps):
        return True  # "announced that the letter has been revoked"
    if scene.cue in words("announces"):
        going = head.tag_ == "VBG" and any(a.tag_ in ("VBZ", "VBP") for a in helps)
        return modal in ("will", "would") or going
    subject = syntax.subject(head)
    if (
        modal == "will"
        and subject is not None
        and subject.lemma_.lower() in words("gatherings")
        and head.lemma_ != "be"
    ):
        return True  # "a fourth round will open on Monday"
    if modal in ("will", "would") and head.lemma_ in words("starting") and not scene.own and _DAY.search(scene.text):
        return True  # "loading would begin on the 12th"
    available = any(c.lower_ == "available" for c in head.rights)
    return modal in ("will", "would") and (passive or available) and not scene.own


def _binds(text: str) -> bool:
    """True of "if land is given up, the people must decide": what a case requires; not of "must tell us if …"."""
    found = _OBLIGES.search(text)
    return found is not None and (found.group() == "only" or _CASE.search(text, 0, found.start()) is not None)


def raised(matter: Token, verb: Token) -> Act | None:
    """The act of words about a matter: to stress "the need for …" demands it; None if the verb tells of no words.

    "Raised concerns" and "expressed support" tell what was said, "raised a flag" does not.
    """
    word = syntax.lemma(matter)
    known = lexicon().nouns.get(word)
    if syntax.lemma(verb) in words("lifts") and known is None and word not in words("matters"):
        return None
    if word in words("unnamed") and syntax.lemma(verb) != "raise" and not list(matter.rights):
        return None  # "outlined the most difficult points", whatever they are
    if word in words("needs") or matter.tag_ == "VBG":
        return Act.DEMAND
    if syntax.lemma(verb) in words("recounts"):
        return Act.ASSERT
    return known.act if known is not None and known.act is not None else Act.ASSESS


def settle(scene: Scene, act: Act, status: StatusClaim | None, *, lexical: bool, other: bool) -> Act:
    """The act once the status is known, and where cue and clause together say more than either.

    `lexical` is True if the cue word told the act; `other` if a party tells what another one has granted.
    """
    if foreseen(scene) and act is not Act.DECLINE_TO_SAY:
        return Act.ASSESS
    if at_least(scene.text):
        return Act.DEMAND
    if other and act in (Act.ACCEPT, Act.OFFER):
        return Act.ASSERT
    if act is Act.REJECT and barred(scene.head):
        return Act.CONDITION
    if act in (Act.ACCEPT, Act.OFFER) and lexical and any(c.lower_ == "only" for c in scene.head.lefts):
        return Act.CONDITION  # "would only agree to a fund for schools"
    if act is Act.REJECT and syntax.negated(scene.head) and pattern("act.condition_strong").search(scene.text):
        return Act.CONDITION
    if act is Act.ACCEPT and scene.own and scene.conditional and not past(scene.head):
        return Act.OFFER
    if scene.author or lexical:
        return act
    undone = status is StatusClaim.OPEN and syntax.negated(scene.head) and not pattern("status.open").search(scene.text)
    if act is Act.ASSERT and status in JUDGED and not undone:
        return Act.ASSESS
    agreed = status in (StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED)
    if act in (Act.ASSERT, Act.ASSESS, Act.ACCEPT) and agreed and syntax.modal(scene.head) is None:
        return Act.ANNOUNCE
    return act


def _judges(head: Token) -> bool:
    """A likeness, a general truth or a supposition: "is only a photograph", "one cannot …", "if …, it would …"."""
    subject = syntax.subject(head)
    done = head.tag_ == "VBD" or any(
        a.lower_ in ("had", "has", "have", "was", "were") for a in syntax.auxiliaries(head)
    )
    done = done or (subject is not None and any(c.lower_ == "such" for c in subject.lefts))
    if subject is not None and (anybody(subject) or (syntax.nobody(subject) and not done)):
        return True
    attribute = syntax.child(head, "attr")
    if attribute is not None and head.lemma_ == "be" and subject is not None:
        return any(c.lower_ in ("a", "an", "no", "only", "never", "just") for c in (*attribute.lefts, *head.children))
    return False


def status_of(
    text: str, act: Act, *, author: bool, own: bool, substance: bool, modal: str | None
) -> StatusClaim | None:
    """What a clause says of the state of its issue.

    >>> status_of("talks remain unresolved", Act.ASSESS, author=False, own=False, substance=True, modal=None).value
    'open'
    """
    for name, found in statuses():
        if found.search(text):
            claim = StatusClaim(name)
            if claim is StatusClaim.CLOSE and re.search(
                r"\b(?:not|n't|no|never|hardly|far from)\b(?: \w+){0,2} (?:close|near)", text
            ):
                return StatusClaim.STALLED
            if claim is StatusClaim.AGREED and re.search(r"\b(?:not|n't|nothing|no|never|yet to)\b", text):
                return StatusClaim.OPEN
            if claim is StatusClaim.AGREED and not author and act in (Act.ASSERT, Act.ASSESS):
                return StatusClaim.CLAIMED_AGREED
            return claim
    if not author and not own and act is Act.ASSERT and substance and modal == "will":
        return StatusClaim.CLAIMED_AGREED
    return None


def polarity_of(act: Act, text: str, status: StatusClaim | None, negative: bool) -> Polarity | None:
    """For or against the proposition as worded; None where the clause only tells a state."""
    if act is Act.REJECT:
        return Polarity.CON
    if act in (Act.DEMAND, Act.OFFER, Act.ACCEPT, Act.COMMIT, Act.ANNOUNCE, Act.CONDITION):
        return Polarity.CON if negative and act in (Act.DEMAND, Act.ACCEPT, Act.COMMIT, Act.ANNOUNCE) else Polarity.PRO
    if status in (StatusClaim.CLOSE, StatusClaim.PROGRESS, StatusClaim.CLAIMED_AGREED, StatusClaim.AGREED):
        return Polarity.PRO
    if status is StatusClaim.STALLED or re.search(
        r"\b(?:unlikely|not likely|impossible|can't be|cannot be|hard to see)\b", text
    ):
        return Polarity.CON
    return None


def disowns(doc: Doc, ids: frozenset[int]) -> bool:
    """True if the words deny that something is what was hoped for ("It was never an offer")."""
    for verb in (doc[i] for i in sorted(ids) if doc[i].lemma_ == "be"):
        attribute = syntax.child(verb, "attr")
        if attribute is not None and attribute.lemma_ in words("hoped") and syntax.negated(verb):
            return True
    return False


def judged(doc: Doc, ids: frozenset[int]) -> Act:
    """What calling something names does: "unacceptable" refuses it, "sufficient" asks for it; else a judgement.

    `ids` are the tokens of what is said; the last adjective or noun that the lists know tells.
    """
    for i in sorted(ids, reverse=True):
        word = doc[i].lemma_.lower()
        if doc[i].pos_ == "ADJ" and i - 1 in ids and doc[i - 1].lower_ == "too":
            return Act.REJECT
        negative = any(
            doc[k].lower_ in ("not", "n't", "no", "hardly", "never") for k in range(max(0, i - 3), i) if k in ids
        )
        if word in words("unacceptable") or (word in words("wanted") | words("acceptable") and negative):
            return Act.REJECT
        if word in words("untrue"):
            return Act.ASSERT  # "called it an invention": denies it
        if word in words("wanted"):
            return Act.DEMAND
        if word in words("acceptable"):
            return Act.ACCEPT
    return Act.ASSESS


def absolute(text: str) -> bool:
    """True if the words admit no exception.

    >>> absolute("will not cede any territory"), absolute("may cede some of it")
    (True, False)
    """
    return pattern("absolute").search(text) is not None


def _of_us(head: Token) -> bool:
    subject = syntax.subject(head)
    return subject is not None and subject.lower_ in ("we", "i")


def declines(head: Token, text: str) -> bool:
    """True if the clause says that somebody gave no answer."""
    unable = syntax.modal(head) == "could" and head.lemma_ in ("confirm", "verify")
    if head.lemma_ == "discuss" and syntax.modal(head) in ("will", "'ll", "wo", "shall") and _of_us(head):
        return False  # "we will not discuss them under threat" refuses, and keeps nothing back
    silent = syntax.negated(head) and head.lemma_ in words("silent_verbs") and not unable
    return silent or pattern("silence").search(text) is not None
