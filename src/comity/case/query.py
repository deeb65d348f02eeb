"""What a person types to search, understood: words, phrases, AND, OR, NOT, beginnings, spellings.

::

    ceasefire talks          both words
    "buffer zone"            these words in this order; «…» and “…” are quotation marks too
    tonnes OR quota          either
    talks NOT grain          the first without the second; also: talks -grain
    negotiat*                words that begin so; "peace negotiat*" ends a phrase so
    ~Kareliy                 also other spellings of the name
    (grain OR fuel) quota    grouped
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.case.tokens import tokens
from comity.words import InputError

MAX_LENGTH = 1000
MAX_WORDS = 64
_HINT = "see `comity search --help`"


@dataclass(frozen=True)
class Phrase:
    """Folded words in a row; `prefix`: the last may go on; `alike`: other spellings of each count too."""

    words: tuple[str, ...]
    prefix: bool = False
    alike: bool = False


@dataclass(frozen=True)
class Every:
    """All of the parts, and none of the unwanted."""

    parts: tuple[Query, ...]
    unwanted: tuple[Query, ...] = ()


@dataclass(frozen=True)
class Either:
    """One part at least."""

    parts: tuple[Query, ...]


Query = Phrase | Every | Either

_LEXEME = re.compile(
    r"""\s+
    | (?P<paren>[()])
    | (?P<not>-(?=[\w"“„«(~]))
    | (?P<like>~(?=[\w"“„«]))
    | "(?P<straight>[^"]*)"(?P<star1>\*?)
    | [“„](?P<curly>[^”“]*)[”“](?P<star2>\*?)
    | «(?P<angled>[^»]*)»(?P<star3>\*?)
    | (?P<word>[^\s()"“„”«»]+)
    | (?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)


def parse(query: str) -> Query:
    """The query that a person typed. Raises InputError, saying where, if it makes no sense.

    >>> [phrase.words for phrase in phrases(parse('"buffer zone" -tonnes grain'))]
    [('buffer', 'zone'), ('grain',)]
    """
    if len(query) > MAX_LENGTH:
        raise InputError(f"the search is {len(query)} characters long; {MAX_LENGTH} are the most")
    parser = _Parser(query)
    found = parser.either(0)
    if parser.here < len(parser.lexemes):
        raise InputError(f"the search closes a bracket that it never opened: {query!r}", hint=_HINT)
    if found is None:
        raise InputError(f"nothing to search for in {query!r}", hint=_HINT)
    return found


def phrases(query: Query) -> tuple[Phrase, ...]:
    """All phrases that a hit may show: every one that is wanted, in the order typed."""
    if isinstance(query, Phrase):
        return (query,)
    return tuple(dict.fromkeys(phrase for part in query.parts for phrase in phrases(part)))


class _Parser:
    """Recursive descent: either → every ("OR" every)*; every → (["NOT"] item)*; item → phrase | "(" either ")"."""

    def __init__(self, query: str) -> None:
        self.query, self.here, self.words = query, 0, 0
        self.lexemes = [m for m in _LEXEME.finditer(query) if not m.group().isspace()]
        for lexeme in self.lexemes:
            if lexeme.lastgroup == "stray":
                raise InputError(f"a quotation mark at {lexeme.start() + 1} has no partner: {query!r}", hint=_HINT)

    def peek(self) -> str:
        """The operator or bracket that comes next, or else something that is none."""
        lexeme = self.lexemes[self.here] if self.here < len(self.lexemes) else None
        if lexeme is None or lexeme.lastgroup not in ("not", "paren", "word"):
            return ""
        return "NOT" if lexeme.lastgroup == "not" else lexeme.group()

    def either(self, depth: int) -> Query | None:
        if depth > MAX_WORDS:
            raise InputError("the search has too many brackets inside each other")
        parts = [self.every(depth)]
        while self.peek() == "OR":
            self.here += 1
            parts.append(self.every(depth))
        found = tuple(part for part in parts if part is not None)
        if len(parts) > 1 and len(found) < len(parts):
            raise InputError(f"OR stands between two words or phrases: {self.query!r}", hint=_HINT)
        return Either(found) if len(found) > 1 else next(iter(found), None)

    def every(self, depth: int) -> Query | None:
        wanted: list[Query] = []
        unwanted: list[Query] = []
        dangling = ""
        while self.here < len(self.lexemes) and self.peek() not in (")", "OR"):
            if self.peek() in ("AND", "NOT"):
                if self.peek() == "AND" and (dangling or not wanted):
                    raise InputError(f"AND stands between two words or phrases: {self.query!r}", hint=_HINT)
                if self.peek() != "AND" and dangling == "NOT":
                    raise InputError(f"NOT stands before a word or phrase: {self.query!r}", hint=_HINT)
                dangling = "AND" if self.peek() == "AND" else "NOT"
                self.here += 1
                continue
            item = self.item(depth)
            if item is not None:
                (unwanted if dangling == "NOT" else wanted).append(item)
            dangling = ""
        if dangling:
            raise InputError(f"{dangling} stands before a word or phrase: {self.query!r}", hint=_HINT)
        if not wanted and unwanted:
            raise InputError(f"a search must also say what to find, not only what not: {self.query!r}", hint=_HINT)
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return Every(tuple(wanted), tuple(unwanted)) if wanted else None

    def item(self, depth: int) -> Query | None:
        lexeme = self.lexemes[self.here]
        self.here += 1
        if lexeme.group() == "(":
            found = self.either(depth + 1)
            if self.peek() != ")":
                raise InputError(f"a bracket at {lexeme.start() + 1} is never closed: {self.query!r}", hint=_HINT)
            self.here += 1
            return found
        alike = lexeme.lastgroup == "like"
        if alike:
            lexeme = self.lexemes[self.here]
            self.here += 1
        text, prefix = _text(lexeme)
        words = tuple(token.word for token in tokens(text))
        self.words += len(words)
        if self.words > MAX_WORDS:
            raise InputError(f"the search has too many words; {MAX_WORDS} are the most")
        if alike and prefix:
            raise InputError(f"~ and * do not go together: {self.query!r}", hint=_HINT)
        return Phrase(words, prefix, alike) if words else None


def _text(lexeme: re.Match[str]) -> tuple[str, bool]:
    """The words of a lexeme, and whether the last may go on."""
    text = next((lexeme[g] for g in ("straight", "curly", "angled", "word") if lexeme[g] is not None), "")
    star = any(lexeme[g] for g in ("star1", "star2", "star3")) or text.endswith("*")
    return text, star
