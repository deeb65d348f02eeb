"""Who a source is: its canonical name, and the party it speaks for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.name_owners import home
from comity.reading.pronoun_words import DESCRIBED, SEVERAL
from comity.reading.roles import GROUPS, ROLES
from comity.reading.sources import noun_phrase
from comity.reading.wording import words
from comity.words import AUTHOR, Agenda, Entity, Mention, Span, fold_name
from comity.words.offices import for_state

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "this", "that", "both", "one", "some", "others"})
_KIN = frozenset(
    {"wife", "husband", "son", "daughter", "brother", "sister", "father", "mother", "widow", "relatives", "family"}
    | {"families", "parents", "neighbours", "neighbors", "villagers", "friends", "lawyers", "doctors", "officers"}
)
_SHORT = 24
"""Characters that hold the two words before a name."""
_SELF = frozenset({"i", "we", "us", "me", "our", "my", "ours", "mine", "myself", "ourselves", "let"})


@dataclass(frozen=True)
class Voice:
    """Somebody who says or wants something: canonical name, and the party's canonical name if it is known.

    `known` is True if the text, the agenda or a list tells who it is; `type` is the entity's type ("" if unknown).
    """

    name: str
    party: str | None = None
    known: bool = False
    type: str = ""
    entity: str | None = None

    @property
    def holder(self) -> str | None:
        """Whose position the words describe: the party, else the speaker where the text knows who that is."""
        return self.party or (self.name if self.known and self.name != AUTHOR else None)

    @property
    def stand(self) -> str | None:
        """Who takes a stand: the holder, else the description; never a pronoun that nothing in the text explains."""
        return self.holder or (self.name if self.name != AUTHOR and self.name.lower() not in _PRONOUNS else None)


REPORTER = Voice(AUTHOR)


def speaks_of_self(head: Token) -> bool:
    """True of a first-person pronoun; "the US" is a name, however it looks in small letters."""
    return head.lower_ in _SELF and head.tag_ not in ("NNP", "NNPS")


def _of_them(head: Token) -> Token | None:
    """The pronoun of "one of them", "both of them"."""
    of = next((c for c in head.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    return next((c for c in of.rights if c.dep_ == "pobj" and c.tag_ == "PRP"), None) if of is not None else None


def _bare(name: str) -> str:
    """A name without case, article and possessive, for comparison."""
    return re.sub(r"['’]s?$", "", name.casefold().removeprefix("the ").strip())


def _plain(name: str) -> str:
    """A label as a name: "MS VENN" is Ms Venn."""
    if not name.isupper() or len(name) <= 4:
        return name
    return re.sub(r" (?:Of|The|And|For|In|De)\b", lambda m: m.group().lower(), name.title())


def _inside(words: list[str], longer: list[str]) -> bool:
    """True if `words` stand in `longer`, which has more, in one piece."""
    n = len(words)
    return 0 < n < len(longer) and any(longer[k : k + n] == words for k in range(len(longer) - n + 1))


class Cast:
    """The people and bodies of one document, asked by place."""

    def __init__(
        self, doc: Doc, entities: Sequence[Entity], mentions: Sequence[Mention], agenda: Agenda | None
    ) -> None:
        self.doc = doc
        self.entities = {e.id: e for e in entities}
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self.mentions]
        self._longest = max((m.end - m.start for m in self.mentions), default=0)
        # what a proposed agenda leaves out, nobody decided to leave out
        self.parties = {p.name for p in agenda.parties} if agenda and not agenda.proposed else None
        self.aliases: dict[str, Voice] = {}
        for party in agenda.parties if agenda else ():
            for name in (party.name, *party.aliases):
                self.aliases.setdefault(_bare(name), Voice(party.name, party.name, True, "state", party.id))

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions inside ``[start, end)``, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.mentions[first:last] if m.end <= end]

    def at(self, token: Token) -> Mention | None:
        """The longest mention that covers `token`."""
        first = bisect_left(self._starts, token.idx - self._longest)
        last = bisect_right(self._starts, token.idx)
        covering = [m for m in self.mentions[first:last] if token.idx < m.end]
        return max(covering, key=lambda m: m.end - m.start, default=None)

    def party_of(self, entity: Entity) -> str | None:
        """The party that an entity stands for; under an agenda that a person wrote only its own parties count."""
        if self.parties is None:
            return entity.party
        return entity.party if entity.party in self.parties else None

    def voice(self, entity: Entity) -> Voice:
        return Voice(entity.name, self.party_of(entity), True, entity.type, entity.id)

    def resolve(self, head: Token, current: Voice = REPORTER) -> Voice:
        """The voice of the noun phrase that `head` heads. First-person pronouns are the `current` speaker's."""
        if speaks_of_self(head):
            return current
        if head.lower_ in words("some_of") and (whom := _of_them(head)) is not None:
            return self.resolve(whom, current)  # "one of them": of whom it is one
        if home := self._at_home(head, current) or self._party_of_whom(head, current):
            return home
        mention = self.at(head)
        meant = self.doc.user_data.get(DESCRIBED, {}).get(head.i)
        if mention is None and meant is not None and meant != head.i:
            return self.resolve(self.doc[meant], current)  # "he" of somebody known by office alone
        if mention is not None and mention.entity in self.entities:
            entity = self.entities[mention.entity]
            if not (head.lemma_.lower() in words("offices") and mention.kind == "name" and mention.end <= head.idx):
                return self.voice(entity)
        return self._described(head)

    def each(self, head: Token) -> tuple[Token, ...]:
        """Those whom `head` stands for: itself, with who is named beside it, or each of "both" and "they"."""
        several: tuple[int, ...] = self.doc.user_data.get(SEVERAL, {}).get(head.i, ())
        return tuple(self.doc[i] for i in several) or (head, *head.conjuncts)

    def named(self, name: str, at: Span) -> Voice:
        """The voice that a label names: a mention there, an entity of that name or surname, else as written."""
        inside = [self.entities[m.entity] for m in self.within(*at) if m.entity in self.entities and m.kind == "name"]
        if " " in name:  # "the Government of …": not whichever government the text has
            inside = [entity for entity in inside if fold_name(entity.name) not in words("home")]
        offices = [word for word in fold_name(name).split() if word in ROLES]
        person = next((entity for entity in inside if entity.type == "person"), None)
        of_place = bool(offices) and all(entity.type in ("state", "place", "other") for entity in inside)
        if inside and (person or not of_place):
            return self.voice(person or inside[0])
        if inside and len({entity.id for entity in inside}) == 1:  # "the Chairman of the Council of Tavria"
            state = inside[0]
            party = state.name if state.type == "state" and self.parties is None else None
            return Voice(_plain(name), self.party_of(state) or party, True, "person")
        if of_place and len(inside) > 1:
            return Voice(_plain(name), None, True, "group" if " and " in name.casefold() else "person")
        wanted = fold_name(name).split()
        best = (0, -1)
        for n, entity in enumerate(self.entities.values()):
            for known in (fold_name(alias).split() for alias in (entity.name, *entity.aliases)):
                one = entity.type == "person" and wanted[-1:] == known[-1:]
                if len(wanted) > 1 and known[:1] == wanted[:1] and known[0] in words("home"):
                    continue  # the Government of somewhere, whichever "the Government" may be
                if one or known == wanted or (entity.type in ("body", "group", "person") and _inside(known, wanted)):
                    best = max(best, (len(known), -n))
        if best[0]:
            return self.voice(list(self.entities.values())[-best[1]])
        alias = self.aliases.get(_bare(name))
        return alias or Voice(_plain(name), None, True, "person")

    def _at_home(self, head: Token, current: Voice) -> Voice | None:
        """ "the government", "our army" in the words of somebody who speaks for a party: that party's own."""
        bare = not list(head.rights) and {c.lower_ for c in head.lefts} == {"the"}
        if bare and current != REPORTER and _bare(current.name).split(" of ")[0] == head.lower_:
            return current  # "The Government regrets …" in the Government's own communiqué
        country = current.party == current.name or current.type in ("state", "place", "other")
        if bare and country and current != REPORTER and head.lemma_.lower() in words("home"):
            return current
        if current.party is None or head.lemma_.lower() not in words("home") or list(head.rights):
            return None
        if any(c.dep_ not in ("det", "poss") or c.pos_ not in ("DET", "PRON") for c in head.lefts):
            return None
        return replace(self._described(head), party=current.party)

    def _party_of_whom(self, head: Token, current: Voice) -> Voice | None:
        """ "her party", "his own side" of somebody whose party is known: that party."""
        whose = next((c for c in head.lefts if c.tag_ == "PRP$"), None)
        if whose is None or head.lemma_.lower() not in words("sides"):
            return None
        party = self.resolve(whose, current).party
        if party is None or self.aliases:
            return self.aliases.get(_bare(party)) if party is not None else None
        return Voice(party, party, True, "group")

    def _described(self, head: Token) -> Voice:
        """A voice known only by description: "a senior Northland official"; its party is the one named beside it."""
        phrase = noun_phrase(head)
        start, end = phrase.span or (head.idx, head.idx + len(head))
        if head.pos_ == "PROPN":  # of "Arn and Selland" the first: the others stand for themselves
            end = min([end, *(c.idx for c in head.rights if c.dep_ in ("cc", "conj") and c.idx > head.idx)])
        name = re.sub(
            r"^(?:the|a|an|its|his|her|their|(?:one|two|some|several)(?!\s+of\b))\s+",
            "",
            syntax.text_of(self.doc)[start:end],
            flags=re.I,
        )
        inside = [m for m in self.within(start, end) if m.entity in self.entities]
        party: str | None = None
        if head.lemma_.lower() in words("offices") or head.pos_ == "PROPN":
            ours = for_state(name.lower().split())
            for m in inside:
                entity = self.entities[m.entity]
                found = self.party_of(entity) if ours or entity.type != "state" else None
                if found and (m.end <= head.idx or (head.idx < m.start and self._of(m))):
                    party = found
                    break
            if party is None and ours:
                party = next((p for t in head.lefts if t.text[:1].isupper() and (p := self._home(t.text))), None)
        name = re.sub(r"['’]s?$", "", " ".join(name.split()).rstrip(", "))
        known = self.aliases.get(_bare(name))
        if known is not None:
            return known
        return Voice(name or head.text, party, False, "group" if head.tag_ == "NNS" else "person")

    def _of(self, mention: Mention) -> bool:
        """True if "of", "for" or "from" stands before a mention: "the ambassador to Belvara" is not Belvara's."""
        near = syntax.text_of(self.doc)[max(0, mention.start - _SHORT) : mention.start]
        before = near.split()[-2:]
        words = [w.lower() for w in before if w.lower() != "the"]
        return bool(words) and words[-1] in ("of", "for", "from")

    def _home(self, word: str) -> str | None:
        """The party whose people or name a word is: "Belvaran" in "the Belvaran foreign ministry"."""
        if alias := self.aliases.get(_bare(word)):
            return alias.party
        party = home(word, self.entities.values())
        return party if self.parties is None or party in self.parties else None

    def among(self, source: int | None, who: Voice) -> bool:
        """True if `who` is one of those who speak together in the source at token `source` ("A and B said they …")."""
        return source is not None and any(self.resolve(t).name == who.name for t in self.doc[source].conjuncts)

    def party_named(self, span: Span) -> str | None:
        """The first party named in `span`, or None."""
        for m in self.within(*span):
            entity = self.entities.get(m.entity)
            party = self.party_of(entity) if entity else None
            if party:
                return party
        return None

    def agentive(self, head: Token, current: Voice = REPORTER) -> bool:
        """True if `head` can hold a position: a person, body, state or group, not a thing."""
        if speaks_of_self(head):
            return True
        of = syntax.child(head, "prep") if head.lower_ in ("number", "majority") else None
        counted = syntax.child(of, "pobj") if of is not None and of.lower_ == "of" else None
        if counted is not None:
            return self.agentive(counted, current)  # "a number of delegations"
        mention = self.at(head)
        if mention is not None and mention.entity in self.entities:
            return self.entities[mention.entity].type in ("person", "group", "state", "body")
        if head.pos_ == "PRON":
            meant = self.doc.user_data.get(DESCRIBED, {}).get(head.i)
            return head.lower_ in ("he", "she", "they") or (
                meant not in (None, head.i) and self.agentive(self.doc[meant])
            )
        if head.lemma_.lower() in ROLES or head.lower_ in GROUPS | _KIN:
            return not syntax.nobody(head)
        return head.lemma_.lower() in words("offices") | words("floor") or (
            head.pos_ == "PROPN" and self._described(head).party is not None
        )
