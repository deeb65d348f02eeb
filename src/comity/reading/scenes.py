"""What the rules look at when they say what a clause does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.words import Certainty, StatusClaim

if TYPE_CHECKING:
    from spacy.tokens import Token


JUDGED = frozenset(
    {StatusClaim.OPEN, StatusClaim.CLOSE, StatusClaim.STALLED, StatusClaim.PROGRESS, StatusClaim.UNKNOWN}
    | {StatusClaim.NEAR_LIMIT}
)
"""Claims that judge the state of an issue or of the talks."""


@dataclass(frozen=True)
class Scene:
    """What the rules look at: the clause's head, its words in lower case, and who speaks of whom.

    `own` is True if the grammatical subject is the speaker or the speaker's side, `rival` if it is another party;
    `author` if the article speaks. `cue` is the word that reports the clause, if it has one.
    """

    head: Token
    text: str
    own: bool
    author: bool
    conditional: bool
    certainty: Certainty = Certainty.ASSERTED
    rival: bool = False
    cue: str = ""
    direct: bool = False
