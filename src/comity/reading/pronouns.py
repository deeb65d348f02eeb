"""What pronouns and descriptions stand for, by salience.

Every mention before a pronoun that agrees with it is weighed by its part in the sentence, by how far back it stands,
by likeness of part, and by what the clause says (after Lappin and Leass 1994). Nouns that stand for no entity compete
too: where such a noun wins, or nothing fits, the pronoun is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import pronoun_grammar as grammar
from comity.reading.descriptions import aged, describes, of_before, of_there, refer
from comity.reading.jointly import jointly
from comity.reading.name_cast import Cast, Placed, head_of
from comity.reading.name_view import HUMAN
from comity.reading.named_later import named_later
from comity.reading.pronoun_words import DESCRIBED
from comity.reading.roles import BODIES, FEMALE_TITLES, GROUPS, MALE_TITLES, ROLES
from comity.reading.syntax import text_of
from comity.reading.told import KINDS, kinds_of
from comity.reading.truecase import truecase
from comity.reading.wording import words
from comity.words import Entity, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_PRONOUNS = _MALE | _FEMALE | _THING | _MANY
_POSSESSIVE = frozenset({"his", "her", "its", "their", "hers", "theirs"})

_PART = {"nsubj": 80.0, "nsubjpass": 70.0, "agent": 70.0, "attr": 60.0, "dobj": 50.0, "dative": 40.0} | {
    "pobj": 40.0,
    "poss": 40.0,
}
_REACH = 3
"""How many sentences back a pronoun may lean."""

_NAMED_BONUS = 15.0
_LEAST = 14.0
_BY_OFFICE = 0.6
"""How much less somebody known by office alone weighs than somebody named."""
_HOLDING = frozenset({"have", "hold", "control", "occupy", "seize", "operate", "run", "keep", "take", "return", "own"})
_DOERS = ("nsubj", "nsubjpass", "agent")


def resolve(doc: Doc, entities: tuple[Entity, ...], mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """`mentions` and those of pronouns and definite descriptions, in order of the text.

    What is added has kind "pronoun" or "description". First and second persons are left to whoever knows the speaker.
    """
    cast = Cast({e.id: e for e in entities})
    by_head: dict[int, list[tuple[Mention, int]]] = {}
    covered: set[int] = set()
    for mention in mentions:
        head = head_of(doc, mention)
        if head is None or mention.entity not in cast.entities:
            continue
        by_head.setdefault(head.i, []).append((mention, head.i))
        covered.update(t.i for t in _tokens_of(doc, mention))
    named = {i: cast.entities[met[0][0].entity] for i, met in by_head.items() if met[0][0].kind == "name"}
    together = jointly(doc, {i: cast.entities[met[0][0].entity] for i, met in by_head.items()})
    kinds: dict[int, frozenset[str]] = {}
    told: dict[str, set[str]] = {}
    for i, met in by_head.items():
        for mention, _ in met:
            kinds[i] = kinds_of(doc, mention, doc[i], cast.entities[mention.entity])
            told.setdefault(mention.entity, set()).update(kinds[i])
    later = named_later(doc, named, told)
    lowered = truecase(text_of(doc))
    quoted = _quoted(doc)
    sentences: list[int] = []
    out = list(mentions)
    for s, sentence in enumerate(doc.sents):
        for token in sentence:
            found: tuple[int, int, str, str] | None = None
            word = lowered[token.idx : token.idx + len(token)].lower()
            if whom := of_there(token, cast, s, sentences):
                for mention in [m for m in out if m.kind == "name" and m.start <= token.idx < m.end]:
                    out.remove(mention)
                found = (token.left_edge.idx, token.idx + len(token), whom, "description")
            elif token.i in by_head:
                for mention, _ in by_head[token.i]:
                    cast.told.setdefault(mention.entity, set()).update(kinds[token.i])
                    _place(cast, sentences, s, token, mention.entity)
            elif token.i in later:
                found = (*_phrase_of(token), later[token.i], "description")
            elif token.i in together:
                _place(cast, sentences, s, token, "", plural=True)
            elif word in _PRONOUNS and token.i not in covered:
                says = _says(token, by_head) if quoted[token.i] else None
                id_ = _antecedent(token, word, cast, s, sentences, quoted, says)
                if id_ is None:
                    id_ = _delegate(token, word, cast, s, sentences)
                if id_:
                    found = (token.idx, token.idx + len(token), id_, "pronoun")
                elif id_ == "":
                    _place(cast, sentences, s, token, "")
            elif aged(token) and token.left_edge.lower_ == "the":
                if (whom := of_before(token, cast, s, sentences)) is not None:
                    found = (token.left_edge.idx, token.idx + len(token), whom, "description")
            elif token.i not in covered and describes(token):
                name = _beside(token, by_head, cast)
                described = refer(token, cast, s, sentences) if name is None else (*_phrase_of(token), name)
                if described is not None:
                    found = (*described, "description")
                elif grammar.unnamed(token) or (token.tag_ == "NN" and token.lower_ in BODIES):
                    _again(token, cast, s, sentences)
                    _place(cast, sentences, s, token, "")
            elif (
                (token.tag_ == "NNS" or _common(token))
                and token.i not in covered
                and token.dep_ not in ("compound", "npadvmod", "nmod")
            ):
                beside = next((c for c in token.rights if c.dep_ == "appos" and c.i in by_head), None)
                if beside is None:  # "the company, Lindal Energy,": the name beside it counts
                    _again(token, cast, s, sentences)
                    _place(cast, sentences, s, token, "", plural=token.tag_ == "NNS")
            if found is not None:
                out.append(Mention(found[0], found[1], found[2], found[3]))
                _place(cast, sentences, s, token, found[2])
    return tuple(sorted(set(out), key=lambda m: (m.start, -m.end, m.entity)))


def _beside(token: Token, by_head: dict[int, list[tuple[Mention, int]]], cast: Cast) -> str | None:
    """The person whose name stands beside a noun for a person: "its foreign minister, Ada Holt, said"."""
    beside = [c for c in token.rights if c.dep_ == "appos"] + ([token.head] if token.dep_ == "appos" else [])
    places = [n for c in token.rights if c.dep_ == "prep" for n in c.rights if n.dep_ == "pobj"]
    beside += [c for n in places for c in n.rights if c.dep_ == "appos"]  # "the mayor of Lisk, Ida Kern"
    found = (m.entity for c in beside for m, _ in by_head.get(c.i, ()))
    return next((e for e in found if token.lower_ in ROLES and cast.entities[e].type == "person"), None)


def _phrase_of(token: Token) -> tuple[int, int]:
    """Where a noun begins, with all that stands before it, and where it ends."""
    return token.left_edge.idx, token.idx + len(token)


def _tokens_of(doc: Doc, mention: Mention) -> list[Token]:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return list(span) if span is not None else []


def _place(cast: Cast, sentences: list[int], s: int, head: Token, entity: str, plural: bool = False) -> None:
    cast.placed.append(Placed(head, entity, plural))
    sentences.append(s)
    if entity:
        cast.seen[entity] += 1


def _quoted(doc: Doc) -> list[bool]:
    """For each token, whether it stands within double quotation marks."""
    inside, out = False, []
    for token in doc:
        text = token.text
        if text in ("“", "``"):
            inside = True
        elif text in ("”", "''"):
            inside = False
        elif text == '"':
            inside = not inside
        elif "\n\n" in text:
            inside = False
        out.append(inside)
    return out


def _doer(token: Token, word: str, cast: Cast, subject: Token | None) -> str | None:
    """Who does what is done to the pronoun, and so is not meant by it: "he handed him a note"."""
    if subject is None or word in _POSSESSIVE or token.dep_ in grammar.SUBJECTS or word.endswith(("self", "selves")):
        return None
    if token.dep_ not in ("dobj", "dative"):
        return None
    return next((p.entity for p in reversed(cast.placed) if p.head == subject and p.entity), None)


def _common(noun: Token) -> bool:
    """True of a singular common noun, which the tagger may take for a name: "the foreign ministry"."""
    return noun.tag_ == "NN" or (noun.tag_ == "NNP" and noun.text.islower())


def _again(token: Token, cast: Cast, s: int, sentences: list[int]) -> None:
    """Tells that "the coast guard" is "its coast guard" of before, which has no name."""
    if token.lower_ not in KINDS or [c.lower_ for c in token.lefts if c.dep_ != "compound"] != ["the"]:
        return
    own = [c.lower_ for c in token.lefts if c.dep_ == "compound"]
    for placed, at in zip(reversed(cast.placed), reversed(sentences), strict=True):
        noun = placed.head
        if s - at > _REACH:
            return
        if placed.entity or noun.lower_ != token.lower_ or not any(c.dep_ == "poss" for c in noun.lefts):
            continue
        if [c.lower_ for c in noun.lefts if c.dep_ == "compound"][-len(own) :] == own or not own:
            known = token.doc.user_data.setdefault(DESCRIBED, {})
            known[token.i] = known.get(noun.i, noun.i)
            return


def _several_near(cast: Cast, s: int, sentences: list[int]) -> bool:
    """True if people in the plural were told of in this sentence or the one before."""
    near = (p for p, at in zip(reversed(cast.placed), reversed(sentences), strict=True) if s - at <= 1)
    return any(p.head.tag_ == "NNS" and grammar.people(p.head) for p in near)


def _says(token: Token, by_head: dict[int, list[tuple[Mention, int]]]) -> str | None:
    """Who speaks the quotation that `token` stands in, where its own sentence tells."""
    speaker = grammar.reporter(token)
    return next((m.entity for m, _ in by_head.get(speaker.i, ())), None) if speaker is not None else None


def _antecedent(
    token: Token, word: str, cast: Cast, s: int, sentences: list[int], quoted: list[bool], says: str | None
) -> str | None:
    """Id of what the pronoun stands for, "" for a noun without an entity, None if nothing fits.

    Whoever `says` the words does not say "he" of himself.
    """
    if word in _THING and word == "it" and grammar.empty(token):
        return None
    clause = grammar.clause(token)
    clause_subject = grammar.subject(clause)
    blamed = clause_subject is not None and clause_subject.dep_ == "dobj"
    tells = token.dep_ == "nsubj" and token.head.lemma_ in HUMAN
    speaks = word == "it" and tells
    speaker = grammar.reporter(token)
    if word in _MANY and token.dep_ in grammar.SUBJECTS and speaker is not None and list(speaker.conjuncts):
        return ""  # "Belvara and Vostria said they …": both
    master = _master(speaker, word, cast)
    doer = _doer(token, word, cast, clause_subject)
    local: Placed | None = None  # the nearest subject or doer before the pronoun, in its sentence
    best, weight, noun = None, _LEAST, None
    unlikely: tuple[float, str] = (_LEAST, "")  # who would win but for a first name that is mostly of the other sex
    totals: dict[str, float] = {}
    for n in range(len(cast.placed) - 1, -1, -1):
        distance = s - sentences[n]
        if distance > _REACH:
            break
        placed = cast.placed[n]
        if not _agrees(word, placed, cast) or (speaks and not _may_speak(placed, cast)):
            continue
        if placed.entity and placed.entity in (says, doer):
            continue
        if tells and distance == 0 and quoted[placed.head.i] and not quoted[token.i]:
            continue  # "The deal is dead," it said: not the deal
        apart = quoted[placed.head.i] and not quoted[token.i] and word in _MALE | _FEMALE | _POSSESSIVE
        if apart and not placed.entity:
            continue  # "One man holds us hostage." He went home: whoever said so
        part, share = _part(placed)
        if distance == 0 and local is None and part in _DOERS and placed.head.i < token.i:
            local = placed
        if distance == 0 and _same_clause(token, word, placed.head, part, clause):
            continue
        score = _PART.get(part, 20.0) * share
        if part in grammar.SUBJECTS and grammar.main(placed.head):
            score += 20.0
        if part == token.dep_ or (part in grammar.SUBJECTS and token.dep_ in grammar.SUBJECTS):
            score += 30.0
        if distance == 0 and word in _POSSESSIVE:
            near = placed.head == clause_subject if blamed else placed is local
            score += 40.0 * near + 60.0 * (_top(placed.head) in (clause_subject, token.head.head))
        if master is not None and placed.head == speaker:
            continue  # "her spokesman said she would wait"
        if master is not None and placed.entity == master:
            score += 70.0
        if distance == 0 and placed.head == speaker:
            if quoted[token.i] and not quoted[speaker.i] and word in _MALE | _FEMALE:
                continue  # whoever speaks does not say "he" of himself
            score += 70.0 * (local is placed or local is None or local.entity == placed.entity)
        if apart:
            score *= 0.5
        if distance <= 1 and grammar.emphatic(placed.head):
            score += 60.0  # "Karo himself has been vague: he said …"
        if tells and distance == 1 and part == "nsubj" and grammar.tells(placed.head.head):
            score += 40.0  # "The port was shut, the ministry said. It added …": whoever spoke goes on
        if distance and word in _MALE | _FEMALE and grammar.served(placed.head):
            score *= _BY_OFFICE
        if not placed.entity and word in _MALE | _FEMALE:
            score *= _BY_OFFICE if not grammar.told_of(token, placed.head) else 0.0
        score = (score + _NAMED_BONUS * bool(placed.entity)) * 0.5**distance
        like = _likeness(token, word, placed, cast, clause_subject)
        if like < 1.0 and word in _MANY and _several_near(cast, s, sentences):
            like *= 0.4
        if like < 1.0 and word in _MALE | _FEMALE and distance and part in grammar.SUBJECTS:
            unlikely = max(unlikely, (score, placed.entity))
        score *= like
        key = placed.entity or f"#{n}"
        totals[key] = totals.get(key, 0.0) + (score if key not in totals else 0.15 * score)
        if totals[key] > weight:
            best, weight, noun = placed.entity, totals[key], placed.head
    if best and word in _MANY and noun is not None and len([noun, *noun.conjuncts]) > 1:
        return ""  # "Belvara and Vostria … they": neither alone
    many = word in _MANY and noun is not None and noun.tag_ == "NNS" and grammar.people(noun)
    body = word in _THING and noun is not None and _common(noun) and noun.lower_ in BODIES | GROUPS
    if best == "" and noun is not None and (many or body or word in _MALE | _FEMALE):
        known = token.doc.user_data.setdefault(DESCRIBED, {})
        known[token.i] = known.get(noun.i, noun.i)
    if best is None and unlikely[1]:
        best = unlikely[1]
    if best and word in _MALE | _FEMALE and not cast.gender(best):
        cast.genders[best] = "m" if word in _MALE else "f"
    return best


def _delegate(token: Token, word: str, cast: Cast, s: int, sentences: list[int]) -> str | None:
    """A country or body that spoke in the sentence before, where no person is near: "NORWAY noted … He urged …" is its
    delegate. Only of a subject that goes on speaking in the same paragraph."""
    if word not in ("he", "she") or token.dep_ != "nsubj":
        return None
    for n in range(len(cast.placed) - 1, -1, -1):
        placed, distance = cast.placed[n], s - sentences[n]
        if distance > 2:
            return None
        entity = cast.entities.get(placed.entity)
        if entity is not None and entity.type == "person":
            return None
        if entity is None or distance < 1 or placed.head.dep_ != "nsubj" or not grammar.main(placed.head):
            continue
        if placed.head.tag_ in ("NNS", "NNPS") or not grammar.tells(placed.head.head):
            continue
        between = text_of(token.doc)[placed.head.idx : token.idx] if token.idx - placed.head.idx < 2000 else "\n\n"
        if entity.type in ("state", "group", "body") and "\n\n" not in between:
            return placed.entity
    return None


def _master(speaker: Token | None, word: str, cast: Cast) -> str | None:
    """X of "X's spokesman said he …", if the pronoun may stand for X: of himself a spokesman tells nothing."""
    if speaker is None or word not in _MALE | _FEMALE:
        return None
    office = next((t for t in (speaker, *speaker.children) if t.lower_ in words("mouthpieces")), None)
    if office is None and speaker.dep_ == "appos" and speaker.head.lower_ in words("mouthpieces"):
        office = speaker.head
    if office is None:
        return None
    owners = [c for t in (office, speaker) for c in t.lefts if c.dep_ == "poss"]
    owners += [n for p in office.rights if p.lower_ in ("for", "to", "of") for n in p.rights if n.dep_ == "pobj"]
    for owner in owners:
        placed = next((p for p in reversed(cast.placed) if p.head.i == owner.i and p.entity), None)
        if placed is not None and _agrees(word, placed, cast):
            return placed.entity
    return None


def _part(placed: Placed) -> tuple[str, float]:
    """The part that a mention plays, and how much of its weight it has: X of "the work of X" has most of the noun's."""
    head = placed.head
    for _ in range(5):
        if head.dep_ not in ("conj", "appos"):
            break
        head = head.head
    if head.dep_ == "pobj" and head.head.dep_ == "agent":
        return "agent", 1.0
    top = _top(head)
    return (head.dep_, 1.0) if top == head else (top.dep_, 0.9)


def _top(head: Token) -> Token:
    """The noun that `head` is of ("the operation of the station"), if that noun is no name."""
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.dep_ == "prep" and head.head.head.pos_ == "NOUN":
        return head.head.head
    return head


def _same_clause(token: Token, word: str, head: Token, part: str, clause: Token | None) -> bool:
    """True if grammar forbids that both are the same: "A met him", "he met A"."""
    if word in _POSSESSIVE:
        return False
    if token.dep_ in grammar.SUBJECTS:
        return head.head == token.head
    return clause is not None and (
        head == grammar.subject(clause) or (head.head == clause and part in grammar.SUBJECTS)
    )


def _likeness(token: Token, word: str, placed: Placed, cast: Cast, clause_subject: Token | None) -> float:
    """How apt the pronoun is for this kind of entity."""
    if not placed.entity:
        return 1.0
    kind = cast.entities[placed.entity].type
    if word in _MALE | _FEMALE and not cast.gender(placed.entity):
        likely = cast.likely_gender(placed.entity)
        return 0.3 if likely and (likely == "m") != (word in _MALE) else 1.0
    if word in _MANY:
        collective = kind in ("state", "body") or (kind == "group" and placed.head.tag_ in ("NNP", "NN"))
        if collective and not (word in _POSSESSIVE and placed.head == clause_subject):
            return 0.5 if token.dep_ in grammar.SUBJECTS or word in _POSSESSIVE else 0.25
        return 1.0
    if word in _THING:
        if kind in ("outlet", "platform"):
            return 0.4
        if token.dep_ == "dobj" and kind in ("place", "other"):
            return 1.6 if token.head.lemma_ in _HOLDING else 1.0
        if token.dep_ == "dobj":
            return 0.7
    return 1.0


def _agrees(word: str, placed: Placed, cast: Cast) -> bool:
    if not placed.entity:
        if placed.head.lower_ in _PRONOUNS:
            if word in _MALE | _FEMALE:
                return placed.head.lower_ in (_MALE if word in _MALE else _FEMALE)
            return (word in _THING) == (placed.head.lower_ in _THING) and word in _THING | _MANY
        if word in _MALE | _FEMALE:
            return _somebody(word, placed)
        return (word in _MANY and placed.plural) or (
            word in _THING and not placed.plural and (placed.head.pos_ == "NOUN" or placed.head.text.islower())
        )
    entity = cast.entities[placed.entity]
    if word in _MALE | _FEMALE and entity.type == "other":
        return grammar.bare_surname(placed.head)
    if word in _MALE:
        return entity.type == "person" and cast.gender(placed.entity) in ("", "m")
    if word in _FEMALE:
        return entity.type == "person" and cast.gender(placed.entity) in ("", "f")
    if entity.type == "person":
        return False
    if word in _MANY:
        return entity.type in ("group", "state", "body") or placed.head.tag_ in ("NNS", "NNPS")
    if placed.head.lower_ in _MANY and entity.type == "group":
        return False
    whole = entity.type in ("body", "group") or (entity.type == "state" and entity.name.endswith(placed.head.text))
    return placed.head.tag_ not in ("NNS", "NNPS") or (placed.head.tag_ == "NNPS" and whole)


def _may_speak(placed: Placed, cast: Cast) -> bool:
    """True of what "it added" may be: a body, a state, an outlet, a document; no call, no meeting, no place."""
    if placed.entity:
        return cast.entities[placed.entity].type not in ("place", "other", "")
    noun = placed.head
    meant = noun.doc.user_data.get(DESCRIBED, {}).get(noun.i)
    if noun.lower_ in _PRONOUNS:
        return meant is not None and noun.doc[meant].lower_ in BODIES | GROUPS
    return noun.lower_ in BODIES | GROUPS or noun.lemma_.lower() in words("papers")


def _somebody(word: str, placed: Placed) -> bool:
    """True of one person known by office alone, of a sex that the pronoun can stand for: "the mayor"."""
    noun = placed.head.lower_
    if placed.plural or noun not in ROLES:
        return False
    return noun not in (FEMALE_TITLES if word in _MALE else MALE_TITLES)
