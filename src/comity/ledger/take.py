"""A statement as the ledger takes it, with what every rule asks of it: each answer is worked out once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from comity.ledger.figures import Figure, figures
from comity.ledger.phrases import agrees
from comity.ledger.wording import content, telling
from comity.words import AUTHOR, Act, Authority, Certainty, Mode, Polarity, Provenance, Statement, StatusClaim

STANCES = frozenset({Act.REJECT, Act.DEMAND, Act.CONDITION, Act.ACCEPT, Act.OFFER, Act.COMMIT, Act.ANNOUNCE})
"""Acts by which a party takes a stand; assertions and assessments are claims and views."""

_AUTHORITIES = {authority: rank for rank, authority in enumerate(Authority)}
_PROVENANCES = {provenance: rank for rank, provenance in enumerate(Provenance)}
GUESSES = frozenset({Certainty.PREDICTED, Certainty.INFERRED, Certainty.SPECULATIVE, Certainty.OPINION})
HOPEFUL = frozenset({StatusClaim.CLOSE, StatusClaim.PROGRESS, StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED})
GLOOMY = frozenset({StatusClaim.OPEN, StatusClaim.STALLED, StatusClaim.UNKNOWN, StatusClaim.NEAR_LIMIT})


@dataclass(frozen=True, eq=False)
class Take:
    """One statement as the ledger takes it. Compared by identity: there is one for each statement.

    `holder` and `speaker` are ids of parties or None; `when` is the day not later than which it was said (of saying,
    else of publication, else `date.min`).
    """

    statement: Statement
    holder: str | None
    speaker: str | None
    when: date
    published: date | None
    authority: Authority
    outlet: bool
    between: bool
    names: frozenset[str]
    subject: frozenset[str]
    """Meanings of the words by which the agenda knows the issue."""

    def telling_again(self, utterance: str | None) -> Take:
        """The same take, its statement marked as telling an utterance again. Nothing else depends on that mark, so what
        was worked out of it is kept, and so is the last one made."""
        known: Take | None = vars(self).get("_again")
        if known is not None and known.statement.same_utterance_as == utterance:
            return known
        now = replace(self, statement=replace(self.statement, same_utterance_as=utterance))
        vars(now).update({name: value for name, value in vars(self).items() if name not in ("statement", "_again")})
        vars(self)["_again"] = now
        return now

    @cached_property
    def id(self) -> str:
        return self.statement.id

    @cached_property
    def quote(self) -> str:
        return self.statement.passage.quote

    @cached_property
    def issue(self) -> str | None:
        return self.statement.issue

    @cached_property
    def act(self) -> Act:
        return self.statement.act

    @cached_property
    def document(self) -> str:
        return self.statement.passage.document

    @cached_property
    def order(self) -> tuple[int, int, int, str, str]:
        """Newest first by date said; on one day the higher authority, own words and ledger order decide."""
        rank, near = _AUTHORITIES[self.authority], _PROVENANCES[self.provenance]
        return (-self.when.toordinal(), rank, near, self.document, self.id)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Meanings of the content words of the quote, names of parties and actors left out."""
        return frozenset(content(self.quote)) - self.names

    @cached_property
    def telling(self) -> frozenset[str]:
        """`stems` without what every report of talks says, and the topics that the reader saw."""
        topics = frozenset(stem for topic in self.statement.topics for stem in content(topic))
        return telling(self.stems | topics, self.names)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """`telling` in alphabetical order."""
        return tuple(sorted(self.telling))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Numbers that it puts forward."""
        return figures(self.statement)

    @cached_property
    def sign(self) -> int:
        """+1: for what it words (wants, offers, accepts, finds near); -1: against; 0: neither."""
        s = self.statement
        if s.act is Act.REJECT:
            return -1
        if s.polarity is not None:
            return 1 if s.polarity is Polarity.PRO else -1
        if s.act in STANCES:
            return 1
        return 1 if s.status in HOPEFUL else -1 if s.status in GLOOMY else 0

    @cached_property
    def attributed(self) -> bool:
        """True if somebody other than the article is said to have spoken."""
        return self.statement.mode not in (Mode.AUTHOR, Mode.REPORTED_STANCE) and self.statement.speaker != AUTHOR

    @cached_property
    def account(self) -> bool:
        """True if it is another's account of the holder: the article's, an outlet's or a go-between's."""
        return not self.attributed or self.outlet or (self.speaker is not None and self.speaker != self.holder)

    @cached_property
    def provenance(self) -> Provenance:
        if self.account:
            return Provenance.REPORTER
        own = self.statement.mode in (Mode.DIRECT, Mode.MIXED)
        return Provenance.OWN_WORDS if own else Provenance.PARAPHRASE

    @cached_property
    def supports(self) -> bool:
        """True if it may support a position of its holder.

        Never what an article says, forecasts or guesses itself; never a fact; never what one side tells of another
        (a go-between's account of a side may, and is marked).
        """
        s = self.statement
        if s.mode is Mode.AUTHOR or s.fact or self.holder is None or s.act is Act.DECLINE_TO_SAY:
            return False
        if s.mode is Mode.REPORTED_STANCE:
            return s.certainty not in GUESSES and self.speaker in (None, self.holder)
        if s.speaker == AUTHOR:
            return False
        if self.speaker in (None, self.holder):
            return not (self.outlet and s.certainty in GUESSES)
        return self.between and s.certainty is Certainty.ASSERTED

    @cached_property
    def forecast(self) -> bool:
        """True if it is an article's or outlet's forecast, guess or judgement of its holder."""
        s = self.statement
        if s.fact or self.supports or s.act is Act.DECLINE_TO_SAY:
            return False
        if s.mode is Mode.REPORTED_STANCE:
            return s.certainty in GUESSES and self.speaker in (None, self.holder)
        own = s.mode is Mode.AUTHOR or (self.outlet and self.speaker is None)
        return own and (s.act is not Act.ASSERT or s.certainty is not Certainty.ASSERTED)

    @cached_property
    def told_by_another(self) -> bool:
        """True if it is what one side tells of another."""
        return not self.supports and not self.statement.fact and self.speaker not in (None, self.holder)

    @cached_property
    def agreement(self) -> StatusClaim | None:
        """`AGREED` if it tells of an agreement, `SCHEDULED` if of a set date, flatly and without condition."""
        s = self.statement
        if s.certainty is not Certainty.ASSERTED or s.condition or self.sign < 0:
            return None
        if s.status in (StatusClaim.AGREED, StatusClaim.SCHEDULED):
            return s.status
        announced = s.act is Act.ANNOUNCE and s.status is None and agrees(self.quote)
        return StatusClaim.AGREED if announced else None

    @cached_property
    def stance(self) -> bool:
        return self.statement.act in STANCES

    @cached_property
    def conditional(self) -> bool:
        return bool(self.statement.condition)

    @cached_property
    def weak(self) -> bool:
        """True if said with less authority than a principal, spokesperson or envoy has."""
        return self.attributed and self.authority in (Authority.OFFICIAL_UNNAMED, Authority.OTHER)
